"""Importing annotations: what goes out comes back equal; what cannot be placed is listed; nothing breaks it."""

from __future__ import annotations

import copy
import csv
import io
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus.annotations as notes
from corpus import Corpus
from corpus.annotation_forms import COLUMNS, csv_text, jsonld
from corpus.annotation_import import Imported, import_annotations
from corpus.annotations import COLOURS, Annotation
from corpus.errors import UsageError
from corpus.folding import canonical
from corpus.model import Audience, Page, Span, Withheld
from corpus.written import harmless
from tests.conftest import Write, write_document

TEXT = "정보주체의 동의를 받지\n않고 𝒳의 얼굴 사진 1억 7천만 건을 제공했다."
LONG = (
    "=공문\u200b 제1호\ufffe2 \x1b[31m🙂👩‍👩‍👧 각각 각\n\n동의를 받지 않고 제공 -5% '인용' 동의를 받지 않고\t표 "
    "ＡＢ 𠮷野家 한글 " * 3
)
FORMS: dict[str, Callable[..., str]] = {
    "jsonld": lambda store, found: json.dumps(jsonld(store, found), ensure_ascii=False),
    "csv": csv_text,
}


def marked(corpus: Corpus, document: str, words: str, **options: object) -> Annotation:
    page = corpus.store.page(document, 1)
    start = page.text.index(words)
    options.setdefault("author", "김보좌")
    return notes.annotate(corpus.store, page, Span(start, start + len(words)), **options)  # type: ignore[arg-type]


def taken(corpus: Corpus, *items: Any) -> Imported:
    return import_annotations(corpus.store, json.dumps({"type": "AnnotationPage", "items": items}), "이")


def item(document: str, exact: str = "동의", **more: Any) -> dict[str, Any]:
    """Return a W3C annotation as another program would write it."""
    selector = {"type": "TextQuoteSelector", "exact": exact}
    target = {"source": f"urn:sha256:{document}#page=1", "selector": selector}
    return {"type": "Annotation", "id": f"urn:uuid:{uuid.uuid4()}", "target": target, **more}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Corpus, Corpus, str]]:
    """Two corpora of the same document, of two pages."""
    made, ids = [], set()
    for name in ("하나", "둘"):
        corpus = Corpus.create(tmp_path_factory.mktemp("twins") / name)
        ids.add(write_document(corpus, (TEXT, LONG), "문서.pdf", "자료", None, None, "test-1", {}, None))
        made.append(corpus)
    yield made[0], made[1], ids.pop()
    for corpus in made:
        corpus.close()


NOTE = st.text(max_size=40) | st.text(st.sampled_from("가=+-@'\n\t\r ;,\"𝒳\x00\ud800"), max_size=10)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("form", FORMS)
def test_what_is_exported_comes_back_equal(twins: tuple[Corpus, Corpus, str], form: str, data: st.DataObject) -> None:
    here, there, document = twins
    page = here.store.page(document, data.draw(st.sampled_from([1, 2])))
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    if not page.text[start:end].strip():
        return
    made = notes.annotate(
        here.store,
        page,
        Span(start, end),
        author=data.draw(st.sampled_from(["김보좌", "=이", "'박"])),
        colour=data.draw(st.sampled_from(COLOURS)),
        note=data.draw(NOTE),
        tags=data.draw(st.lists(NOTE, max_size=3)),
    )
    if data.draw(st.booleans()):
        made = notes.revise(here.store, made.id, 1, editor="최", note=data.draw(NOTE))
    answer = notes.reply(here.store, made.id, author="정", note="답" + data.draw(NOTE))
    text = FORMS[form](here.store, [answer, made])
    report = import_annotations(there.store, text, "이")
    assert (report.added, report.remarks, report.refused) == (2, (), ())
    expected = [made, answer]
    if form == "csv":  # controls and marks of direction do not go into a file for spreadsheets
        expected = [replace(each, note=harmless(each.note), tags=tuple(map(harmless, each.tags))) for each in expected]
    assert [notes.annotation(there.store, each.id) for each in expected] == expected
    again = import_annotations(there.store, text, "이")
    assert (again.added, again.changed, again.kept, again.same, again.refused) == (0, 0, 0, 2, ())


def test_a_whole_corpus_of_annotations_comes_back(corpus: Corpus, write: Write, tmp_path: Any) -> None:
    document = write(TEXT)
    made = [marked(corpus, document, sign) for sign in sorted(set(TEXT) - set(" \n"))]
    found = notes.annotations(corpus.store)
    assert len(found) == len(made)
    with Corpus.create(tmp_path / "다른") as other:
        write_document(other, (TEXT,), "문서.pdf", "자료", None, None, "test-1", {}, None)
        assert import_annotations(other.store, FORMS["jsonld"](corpus.store, found), "이").added == len(made)
        assert notes.annotations(other.store) == found


# -- versions


def test_the_higher_version_wins_and_both_are_kept(corpus: Corpus, write: Write) -> None:
    made = marked(corpus, write(TEXT), "동의", note="하나")
    before = FORMS["jsonld"](corpus.store, [made])
    mine = notes.revise(corpus.store, made.id, 1, editor="김", note="둘")
    old = import_annotations(corpus.store, before, "이")
    assert (old.same, notes.annotation(corpus.store, made.id)) == (1, mine)
    newer = replace(mine, version=5, note="다섯", editor="박")
    new = import_annotations(corpus.store, FORMS["jsonld"](corpus.store, [newer]), "이")
    assert (new.changed, notes.annotation(corpus.store, made.id)) == (1, newer)
    assert [(each.version, each.note) for each in notes.history(corpus.store, made.id)] == [
        (1, "하나"),
        (2, "둘"),
        (5, "다섯"),
    ]
    edited = notes.revise(corpus.store, made.id, 5, editor="김", note="여섯")
    assert edited.version == 6


@pytest.mark.parametrize(
    ("modified", "wins"), [("2999-01-01T00:00:00.000+00:00", True), ("2000-01-01T00:00:00Z", False)]
)
def test_of_rivals_the_later_wins_and_both_are_kept(corpus: Corpus, write: Write, modified: str, wins: bool) -> None:
    made = marked(corpus, write(TEXT), "동의", note="하나")
    mine = notes.revise(corpus.store, made.id, 1, editor="김", note="여기")
    rival = FORMS["jsonld"](corpus.store, [replace(mine, note="저기", editor="박", modified=modified)])
    report = import_annotations(corpus.store, rival, "이")
    assert (report.changed, report.kept) == ((1, 0) if wins else (0, 1))
    now = notes.annotation(corpus.store, made.id)
    assert (now.note, now.editor) == (("저기", "박") if wins else ("여기", "김"))
    assert {each.note for each in notes.history(corpus.store, made.id)} == {"하나", "여기", "저기"}
    assert import_annotations(corpus.store, rival, "이").same == 1
    assert notes.annotation(corpus.store, made.id) == now


def test_what_was_deleted_here_stays_deleted_unless_edited_elsewhere(corpus: Corpus, write: Write) -> None:
    made = marked(corpus, write(TEXT), "동의", note="하나")
    before = FORMS["jsonld"](corpus.store, [made])
    notes.delete(corpus.store, made.id, 1, editor="김")
    assert import_annotations(corpus.store, before, "이").same == 1
    assert notes.annotations(corpus.store) == []
    newer = FORMS["jsonld"](corpus.store, [replace(made, version=3, note="고침")])
    assert import_annotations(corpus.store, newer, "이").changed == 1
    assert [each.note for each in notes.annotations(corpus.store)] == ["고침"]


def test_an_id_of_another_page_is_refused(corpus: Corpus, write: Write) -> None:
    made = marked(corpus, write("동의 하나", name="하나.pdf"), "동의", note="원래")
    other = item(write("동의 둘", name="둘.pdf"), id=f"urn:uuid:{made.id}", bodyValue="남의 것")
    report = taken(corpus, other)
    assert "another annotation here has its id" in report.refused[0]
    assert notes.annotation(corpus.store, made.id) == made


# -- annotations of other programs


def test_a_generic_w3c_annotation(corpus: Corpus, write: Write) -> None:
    document = write("앞 쪽", TEXT)
    found = item(
        document,
        "얼굴 사진",
        id="https://hypothes.is/a/abc",
        created="2021-10-21T09:00:00+09:00",
        creator=[{"type": "Person", "name": "홍 길동"}, "urn:x"],
        motivation="commenting",
        body=["https://x.kr/y", {"type": "TextualBody", "value": "메모"}, {"value": "태그", "purpose": "tagging"}],
    )
    found["target"] = [{"source": {"id": f"URN:SHA256:{document.upper()}"}, "selector": found["target"]["selector"]}]
    report = taken(corpus, found)
    assert (report.added, report.refused) == (1, ())
    assert "page 2 at 19-24 (found by exact)" in report.remarks[0]
    (made,) = notes.annotations(corpus.store)
    assert (made.page, made.selector.start, made.selector.exact) == (2, 19, "얼굴 사진")
    assert made.selector.prefix == TEXT[:19]
    assert (made.author, made.editor, made.created) == ("홍 길동", "홍 길동", "2021-10-21T00:00:00.000+00:00")
    assert (made.note, made.tags, made.version, made.colour) == ("https://x.kr/y\n\n메모", ("태그",), 1, "yellow")
    assert taken(corpus, found).same == 1


def test_unsigned_and_bare_annotations(corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    fragment = {
        "type": "FragmentSelector",
        "value": "page=1",
        "refinedBy": {"type": "TextQuoteSelector", "exact": "동의"},
    }
    one = {"type": ["Annotation"], "target": {"source": f"sha256:{document}", "selector": fragment}, "bodyValue": "글"}
    tag = {**one, "motivation": "tagging", "body": {"value": "꼬리표"}, "bodyValue": None}
    text = json.dumps([one, tag])
    assert import_annotations(corpus.store, text, "나").added == 2
    assert {(each.author, each.note, each.tags) for each in notes.annotations(corpus.store)} == {
        ("나", "글", ()),
        ("나", "", ("꼬리표",)),
    }
    assert import_annotations(corpus.store, text, "나").same == 2
    assert import_annotations(corpus.store, json.dumps(one), "나").same == 1


def test_pages_of_a_collection_lie_in_each_other(corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    second = {"type": "AnnotationPage", "items": [item(document, "얼굴")]}
    first = {"type": "AnnotationPage", "items": [item(document)], "next": second}
    whole = {"type": "AnnotationCollection", "first": first}
    assert import_annotations(corpus.store, json.dumps(whole), "이").added == 2
    first["next"] = "https://x.kr/page2"
    with pytest.raises(UsageError, match="not in the file"):
        import_annotations(corpus.store, json.dumps(whole), "이")


def test_replies_find_their_original(corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    first = item(document)
    reply = {"type": "Annotation", "id": "x:1", "motivation": "replying", "target": first["id"], "bodyValue": "답"}
    ours = item(document, "얼굴", **{"gongmun:parent": {"id": "x:1"}})
    lone = item(document, "사진", **{"gongmun:parent": f"urn:uuid:{uuid.uuid4()}"})
    lost = {**reply, "id": "x:2", "target": f"urn:uuid:{uuid.uuid4()}"}
    report = taken(corpus, lost, ours, reply, lone, first)
    assert report.added == 4
    assert any("replies to an annotation that is neither here" in said for said in report.refused)
    assert sum("stands alone" in said for said in report.remarks) == 1
    found = {each.selector.exact + each.note: each for each in notes.annotations(corpus.store)}
    assert found["동의답"].parent == found["동의"].id
    assert found["얼굴"].parent == found["동의답"].id
    assert found["사진"].parent is None


def test_a_ring_of_replies_is_cut(corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    one, two, self = item(document), item(document, "얼굴"), item(document, "사진")
    one["gongmun:parent"], two["gongmun:parent"], self["gongmun:parent"] = two["id"], one["id"], self["id"]
    report = taken(corpus, one, two, self)
    assert (report.added, len(report.remarks)) == (3, 5)
    assert sum(each.parent is None for each in notes.annotations(corpus.store)) == 2


# -- placing


def test_words_that_moved_are_placed_again_or_listed(corpus: Corpus, write: Write) -> None:
    old = write(TEXT)
    made = [marked(corpus, old, words) for words in ("동의를 받지\n않고", "얼굴 사진", "1억 7천만", "다.")]
    text = FORMS["jsonld"](corpus.store, made).replace("test-1", "elsewhere-1")
    with corpus.store.writing() as record:
        anew = "다. 다. 머리\n" + TEXT.replace("\n", " ").replace("7천만", "2천만").replace("제공했다.", "")
        record.pages([Page(old, 1, "test-2", anew)])
        record.connection.exec_driver_sql("DELETE FROM annotation_versions")
        record.connection.exec_driver_sql("DELETE FROM annotations")
    report = import_annotations(corpus.store, text, "이")
    assert report.added == 2
    assert sorted(said.rpartition("(")[2] for said in report.remarks) == ["found by exact).", "found by layout)."]
    assert ["several places" in said or "do not stand on page 1" in said for said in report.refused] == [True, True]
    found = {each.id: each for each in notes.annotations(corpus.store)}
    assert found[made[0].id].selector.exact == "동의를 받지 않고"
    assert found[made[1].id].selector.exact == "얼굴 사진"
    for each in found.values():
        assert (each.fingerprint, anew[each.selector.start : each.selector.end]) == ("test-2", each.selector.exact)


def test_a_wrong_position_is_never_believed(corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    made = marked(corpus, document, "얼굴 사진")
    found = jsonld(corpus.store, [made])
    wrong = found["first"]["items"][0]
    wrong["id"] = f"urn:uuid:{uuid.uuid4()}"
    wrong["target"]["selector"][1].update(start=0, end=5)
    assert taken(corpus, wrong).added == 1
    assert [each.selector.start for each in notes.annotations(corpus.store)] == [19, 19]


def test_withheld_words_cannot_be_guessed_by_importing(corpus: Corpus, write: Write) -> None:
    document = write("자리")
    text = "이름: 830101 끝"
    with corpus.store.writing() as record:
        record.pages([Page(document, 1, "test-2", text, withheld=(Withheld(4, 10, (0, 0, 1, 1)),))])
    for guess, fingerprint in (("830101", "test-9"), ("830101", "test-2"), ("999999", "test-2"), ("██████", "test-9")):
        found = item(document, guess)
        position = {"type": "TextPositionSelector", "start": 4, "end": 10}
        found["target"]["selector"] = [found["target"]["selector"], position]
        found["target"]["gongmun:extraction"] = fingerprint
        report = taken(corpus, found)
        assert report.added == (1 if fingerprint == "test-2" else 0)  # right and wrong guesses fare alike
    assert {each.selector.exact for each in notes.annotations(corpus.store)} == {"██████"}


def test_unknown_documents_pages_and_words_are_listed(corpus: Corpus, write: Write) -> None:
    document = write(TEXT, release="1차")
    page = item(document)
    page["target"]["source"] = f"urn:sha256:{document}#page=7"
    report = taken(corpus, item("f" * 64), page, item(document, "없는 말"), item(document))
    assert report.added == 1
    assert ["is not in this corpus" in each for each in report.refused] == [True, False, False]
    assert "has no page 7" in report.refused[1]
    assert "do not stand on page 1" in report.refused[2]
    unseen = import_annotations(corpus.store, json.dumps([item(document)]), "이", Audience(frozenset({"2차"})))
    assert "is not in this corpus" in unseen.refused[0]


# -- hostile files


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "글",
        "# 주석\n\n> 인용",
        "{",
        "[" * 200_000,
        '{"a":' * 100_000,
        "[NaN]",
        '[{"type": "Annotation", "gongmun:version": Infinity}]',
        "[" + "9" * 5000 + "]",
        "{}",
        '{"type": "AnnotationCollection", "first": "https://x.kr"}',
        '{"type": "AnnotationCollection", "first": {"items": {}}}',
        "id,document,page\nx,y,z",
        "\x00\x01",
    ],
)
def test_a_file_that_is_no_annotations_is_one_sentence(corpus: Corpus, text: str) -> None:
    with pytest.raises(UsageError) as error:
        import_annotations(corpus.store, text, "이")
    assert len(str(error.value)) < 400
    assert "\n" not in str(error.value)


PARTS = [
    ("id",),
    ("type",),
    ("motivation",),
    ("creator",),
    ("creator", "name"),
    ("created",),
    ("modified",),
    ("body",),
    ("body", 0),
    ("body", 0, "value"),
    ("body", 0, "purpose"),
    ("target",),
    ("target", "source"),
    ("target", "styleClass"),
    ("target", "selector"),
    ("target", "selector", 0),
    ("target", "selector", 0, "type"),
    ("target", "selector", 0, "exact"),
    ("target", "selector", 0, "prefix"),
    ("target", "selector", 1, "start"),
    ("target", "selector", 1, "end"),
    ("target", "gongmun:extraction"),
    ("gongmun:version",),
    ("gongmun:editor",),
    ("gongmun:parent",),
]
WRONG: list[Any] = [None, True, 3, -1, 1.5, 10**30, "", "x", "\ud800\x00'; DROP TABLE annotations", "가" * 30_000]
WRONG += [[], {}, [[]], [None], {"id": {}}, [{"type": [{}]}] * 50, "0001-01-01T00:00:00+23:00", "9" * 300]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: ".".join(map(str, part)))
def test_a_wrong_value_is_refused_in_one_sentence_or_harmless(
    corpus: Corpus, write: Write, part: tuple[Any, ...]
) -> None:
    document = write(TEXT)
    good = jsonld(corpus.store, [marked(corpus, document, "동의", note="글", tags=["가"])])["first"]["items"][0]
    for wrong in WRONG:
        bad = copy.deepcopy(good)
        at = bad
        for key in part[:-1]:
            at = at[key]
        at[part[-1]] = wrong
        before = notes.annotations(corpus.store)
        report = taken(corpus, bad)
        assert report.added + report.changed + report.kept + report.same + len(report.refused) == 1
        for said in (*report.refused, *report.remarks):
            assert "\n" not in said
            assert len(said) < 300
        for made in notes.annotations(corpus.store):
            assert made in before or TEXT[made.selector.start : made.selector.end] == made.selector.exact == "동의"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "value", "x"]), inner),
    max_leaves=5,
)
KEYS = ["id", "type", "target", "body", "creator", "created", "motivation", "items", "first", "gongmun:parent"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(found=st.lists(st.dictionaries(st.sampled_from(KEYS), JSON) | JSON, max_size=3))
def test_no_json_breaks_it(twins: tuple[Corpus, Corpus, str], found: list[Any]) -> None:
    made = [{**each, "type": "Annotation"} if isinstance(each, dict) else each for each in found]
    report = import_annotations(twins[1].store, json.dumps(made), "이")
    assert (report.added, len(report.refused)) == (0, len(found))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(cells=st.lists(st.text(max_size=8), min_size=19, max_size=21))
def test_no_csv_breaks_it(twins: tuple[Corpus, Corpus, str], cells: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, ["", twins[2], *cells[2:]]])
    report = import_annotations(twins[1].store, canonical(out.getvalue()), "이")
    assert report.added + report.same + len(report.refused) == 1


def test_a_csv_cell_too_large_is_told(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="no CSV"):
        import_annotations(corpus.store, f'id,document,quote\na,b,"{"가" * 200_000}"\n', "이")


def test_an_import_is_logged(corpus: Corpus, write: Write) -> None:
    taken(corpus, item(write(TEXT)))
    assert [(row.who, row.what) for row in corpus.store.log()] == [("이", "annotations imported")]
