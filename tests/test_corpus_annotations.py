"""Annotations: exactly where they were put, every version kept, nothing lost between two writers or to a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import unicodedata
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus.annotations as notes  # not `from corpus import annotations`: that is the one of `__future__`
from corpus import Corpus, tables
from corpus.anchoring import How
from corpus.annotations import Annotation
from corpus.custody import Kind, verify
from corpus.errors import EditConflict, NotFound, UsageError
from corpus.folding import canonical
from corpus.locking import only_writer
from corpus.model import COVER, Audience, Extraction, Page, Span, Withheld
from corpus.store import Store
from tests.conftest import Write

ROOT = Path(__file__).resolve().parent.parent
TEXT = "정보주체의 동의를 받지\n않고 𝒳의 얼굴 사진 1억 7천만 건을 제공했다."


def marked(store: Store, document: str, words: str, number: int = 1, **options: object) -> Annotation:
    """Annotate the first place of some words."""
    page = store.page(document, number)
    start = page.text.index(words)
    options.setdefault("author", "김보좌")
    return notes.annotate(store, page, Span(start, start + len(words)), **options)  # type: ignore[arg-type]


def cover(corpus: Corpus, document: str, text: str, secret: str, fingerprint: str) -> Page:
    """Read page 1 of a document anew, some words of it being withheld."""
    start = text.index(secret)
    page = Page(document, 1, fingerprint, text, withheld=(Withheld(start, start + len(secret), (0, 0, 9, 9)),))
    with corpus.store.writing() as record:
        record.extraction(Extraction(document, fingerprint, "test", {}, 1, {}))
        record.pages([page])
    return page


# -- making


def test_an_annotation_is_what_was_selected(corpus: Corpus, write: Write) -> None:
    made = marked(
        corpus.store, write(TEXT), "받지\n않고 𝒳", note=" 확인\r\n할 것 ", tags=[" 동의 ", "동의", "얼굴  사진"]
    )
    assert made == notes.annotation(corpus.store, made.id)
    assert [made] == notes.annotations(corpus.store)
    assert uuid.UUID(made.id).version == 4
    selector = made.selector
    assert (selector.exact, selector.prefix, selector.suffix) == (
        "받지\n않고 𝒳",
        "정보주체의 동의를 ",
        "의 얼굴 사진 1억 7천만 건을 제공했다.",
    )
    assert (made.colour, made.note, made.tags, made.version, made.deleted) == (
        "yellow",
        "확인\n할 것",
        ("동의", "얼굴 사진"),
        1,
        False,
    )
    assert (made.author, made.editor, made.created, made.parent) == ("김보좌", "김보좌", made.modified, None)
    assert made.created.endswith("+00:00")
    assert [each.note for each in notes.history(corpus.store, made.id)] == ["확인\n할 것"]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (3, 3, "no stretch"),
        (5, 3, "no stretch"),
        (-1, 3, "no stretch"),
        (0, 10**9, "no stretch"),
        (True, 3, "no stretch"),
        (0.0, 3, "no stretch"),
        ("0", 3, "no stretch"),
        (1, 3, "Only blanks"),
    ],
)
def test_what_cannot_be_selected(corpus: Corpus, write: Write, start: int, end: int, said: str) -> None:
    page = corpus.store.page(write("가 \n 나"), 1)
    with pytest.raises(UsageError, match=said):
        notes.annotate(corpus.store, page, Span(start, end), author="김")
    assert notes.annotations(corpus.store) == []


def test_withheld_text_is_neither_selected_nor_quoted(corpus: Corpus, write: Write) -> None:
    text = "이름: 830101 끝"
    document = write("자리")
    cover(corpus, document, text, "830101", "test-2")
    with pytest.raises(UsageError, match="withheld"):
        marked(corpus.store, document, "830101")
    with pytest.raises(UsageError, match="withheld"):
        marked(corpus.store, document, " 8301")
    made = marked(corpus.store, document, "이름: 8301")
    assert (made.selector.exact, made.selector.suffix) == ("이름: ████", "██ 끝")
    assert "8301" not in str(notes.annotations(corpus.store, include_deleted=True))
    with corpus.store.reading() as connection:
        assert "8301" not in str(connection.execute(sa.select(tables.annotations)).all())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"note": "가" * 20_001}, "20,000"),
        ({"tags": ["가" * 101]}, "tag"),
        ({"tags": [str(at) for at in range(51)]}, "51 tags"),
        ({"colour": "red"}, "no colour"),
        ({"author": " "}, "name"),
        ({"author": "가" * 201}, "name"),
        ({"parent": str(uuid.uuid4())}, "no annotation"),
    ],
)
def test_what_cannot_be_written(corpus: Corpus, write: Write, options: dict[str, object], said: str) -> None:
    document = write(TEXT)
    with pytest.raises((UsageError, NotFound), match=said):
        marked(corpus.store, document, "동의", **options)
    assert notes.annotations(corpus.store) == []


def test_the_longest_that_can_be_written(corpus: Corpus, write: Write) -> None:
    tags = [f"{at:0>100}" for at in range(50)]
    made = marked(corpus.store, write(TEXT), "동의", note="𝒳" * 20_000, tags=tags)
    assert (len(notes.annotation(corpus.store, made.id).note), made.tags) == (20_000, tuple(tags))


def test_what_people_paste_is_cleaned(corpus: Corpus, write: Write) -> None:
    pasted = "첫 줄\x0b둘째\x00\ud800\x1b[31m\u2028끝"
    made = marked(
        corpus.store, write(TEXT), "동의", note=pasted, tags=["얼\n굴", unicodedata.normalize("NFD", "얼 굴")]
    )
    assert made.note == "첫 줄\n둘째���[31m\n끝"
    assert made.tags == ("얼 굴",)
    assert notes.annotation(corpus.store, made.id) == made


# -- versions


def test_every_version_is_kept(corpus: Corpus, write: Write) -> None:
    store = corpus.store
    made = marked(store, write(TEXT), "동의", note="하나", tags=["가"])
    second = notes.revise(store, made.id, 1, editor="이조사", note="둘")
    third = notes.revise(store, made.id, 2, editor="박", tags=["나", "가"], colour="blue")
    assert (second.note, second.tags, second.editor, second.author) == ("둘", ("가",), "이조사", "김보좌")
    assert (third.note, third.tags, third.colour, third.version) == ("둘", ("나", "가"), "blue", 3)
    gone = notes.delete(store, made.id, 3, editor="최")
    assert gone.deleted
    assert notes.annotations(store) == []
    assert notes.annotations(store, include_deleted=True) == [gone]
    back = notes.restore(store, made.id, editor="최")
    assert replace(back, version=3, editor="박", modified=third.modified) == third
    past = notes.history(store, made.id)
    assert [(each.version, each.note, each.deleted, each.editor) for each in past] == [
        (1, "하나", False, "김보좌"),
        (2, "둘", False, "이조사"),
        (3, "둘", False, "박"),
        (4, "둘", True, "최"),
        (5, "둘", False, "최"),
    ]


def test_nothing_changed_is_no_version(corpus: Corpus, write: Write) -> None:
    made = marked(corpus.store, write(TEXT), "동의", note="하나")
    assert notes.revise(corpus.store, made.id, 1, editor="이", note=" 하나 ", tags=[]) == made
    assert notes.restore(corpus.store, made.id, editor="이") == made


def test_the_later_of_two_editors_is_told_and_loses_nothing(corpus: Corpus, write: Write) -> None:
    store = corpus.store
    made = marked(store, write(TEXT), "동의", note="하나")
    first = notes.revise(store, made.id, 1, editor="이", note="이의 글")
    with pytest.raises(EditConflict, match="이 has changed this annotation meanwhile") as error:
        notes.revise(store, made.id, 1, editor="박", note="박의 글", tags=["태그"])
    conflict = error.value
    assert (conflict.current, conflict.note, conflict.tags, conflict.colour) == (first, "박의 글", ("태그",), None)
    assert notes.annotation(store, made.id) == first
    with pytest.raises(EditConflict):
        notes.delete(store, made.id, 1, editor="박")
    notes.delete(store, made.id, 2, editor="박")
    with pytest.raises(EditConflict, match="박 has deleted") as error:
        notes.revise(store, made.id, 2, editor="이", note="다시")
    assert error.value.note == "다시"
    with pytest.raises(UsageError, match="restore it"):
        notes.revise(store, made.id, 3, editor="이", note="다시")


def test_two_writers_at_once_make_one_conflict(corpus: Corpus, write: Write) -> None:
    """Each has a store of its own, as two servers have; both start from what they both read."""
    made = marked(corpus.store, write(TEXT), "동의")
    url = str(corpus.store.engine.url)
    for turn in range(5):
        told = edited_by_two(url, made.id, turn + 1)
        (won,) = (name for name, said in told.items() if said == "written")
        (lost,) = {"김", "이"} - {won}
        assert told[lost] == f"conflict: {lost} {turn + 1} / {won} {turn + 1}"
        assert notes.annotation(corpus.store, made.id).version == turn + 2
    assert [each.version for each in notes.history(corpus.store, made.id)] == [1, 2, 3, 4, 5, 6]


def edited_by_two(url: str, id: str, version: int) -> dict[str, str]:
    """Let two threads revise a version at once; return what each was told."""
    start, told = threading.Barrier(2), dict[str, str]()

    def edit(name: str) -> None:
        store = Store(url)
        try:
            start.wait()
            notes.revise(store, id, version, editor=name, note=f"{name} {version}")
            told[name] = "written"
        except EditConflict as conflict:
            told[name] = f"conflict: {conflict.note} / {conflict.current.note}"
        finally:
            store.close()

    threads = [threading.Thread(target=edit, args=(name,)) for name in ("김", "이")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_many_writers_lose_no_annotation(corpus: Corpus, write: Write) -> None:
    page = corpus.store.page(write(TEXT), 1)

    def work(name: str) -> None:
        for at in range(10):
            notes.annotate(corpus.store, page, Span(at, at + 2), author=name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "가나다라"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = notes.annotations(corpus.store)
    assert sorted((each.author, each.selector.start) for each in found) == [
        (n, at) for n in "가나다라" for at in range(10)
    ]


def test_annotations_are_written_while_an_ingest_runs(corpus: Corpus, write: Write) -> None:
    """The ingest holds the corpus's lock and writes one batch after the other; neither is refused."""
    page = corpus.store.page(write(TEXT), 1)
    ended, batches = threading.Event(), list[int]()

    def ingest() -> None:
        store = Store(str(corpus.store.engine.url))
        with only_writer(corpus.folder, "ingest"):
            while not ended.is_set():
                with store.writing() as record:
                    record.pages([replace(page, number=len(batches) + 2)])
                batches.append(1)
        store.close()

    thread = threading.Thread(target=ingest)
    thread.start()
    try:
        while not batches:
            ended.wait(0.01)
        made = [notes.annotate(corpus.store, page, Span(at, at + 3), author="김") for at in range(20)]
    finally:
        ended.set()
        thread.join()
    assert notes.annotations(corpus.store) == made
    assert len(corpus.store.pages(page.document)) == 1 + len(batches)


KILLED = """
import os, signal, sys
from corpus import Corpus
from corpus.annotations import annotate
from corpus.model import Span
corpus = Corpus.open(sys.argv[1])
made = annotate(corpus.store, corpus.store.page(sys.argv[2], 1), Span(0, 4), author="김", note="남을 글")
sys.stdout.write(made.id)
sys.stdout.flush()
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def test_an_annotation_survives_a_kill_right_after(corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    command = [sys.executable, "-c", KILLED, str(corpus.folder), document]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    if hasattr(signal, "SIGKILL"):
        assert done.returncode == -signal.SIGKILL, done.stderr
    found = notes.annotation(corpus.store, done.stdout)
    assert (found.note, found.selector.exact) == ("남을 글", TEXT[:4])
    assert len(notes.history(corpus.store, found.id)) == 1


# -- replies, colours, tags


def test_replies_stand_where_their_original_does(corpus: Corpus, write: Write) -> None:
    store = corpus.store
    made = marked(store, write(TEXT), "동의", colour="pink")
    answer = notes.reply(store, made.id, author="이", note="아니다")
    further = notes.reply(store, answer.id, author="박", note="맞다", tags=["논의"], colour="green")
    assert (answer.parent, answer.selector, answer.colour) == (made.id, made.selector, "pink")
    assert (further.parent, further.fingerprint, further.colour) == (answer.id, made.fingerprint, "green")
    with pytest.raises(UsageError, match="empty"):
        notes.reply(store, made.id, author="이", note=" \n")
    notes.delete(store, made.id, 1, editor="김")
    assert [each.id for each in notes.annotations(store)] == [answer.id, further.id]
    late = notes.reply(store, made.id, author="최", note="지운 뒤")
    assert late.selector == made.selector


def test_a_reply_is_on_the_page_of_its_original(corpus: Corpus, write: Write) -> None:
    document = write("첫째 쪽", "둘째 쪽")
    made = marked(corpus.store, document, "첫째")
    with pytest.raises(NotFound):
        marked(corpus.store, document, "둘째", 2, parent=made.id)


def test_annotations_come_in_the_order_of_reading(corpus: Corpus, write: Write) -> None:
    document, other = sorted([write("가나다", "라마바"), write("사아자", name="둘.pdf")])
    numbers = {key: len(corpus.store.pages(key)) for key in (document, other)}
    made = [
        notes.annotate(corpus.store, corpus.store.page(key, number), Span(at, at + 1), author="김")
        for key in (other, document)
        for number in range(numbers[key], 0, -1)
        for at in (2, 0)
    ]
    found = notes.annotations(corpus.store)
    assert sorted(map(str, found)) == sorted(map(str, made))
    order = [(each.document, each.page, each.selector.start) for each in found]
    assert order == sorted(order)
    assert {each.document for each in notes.annotations(corpus.store, document=other)} == {other}
    assert {each.page for each in notes.annotations(corpus.store, page=2)} == {2}


def test_colours_have_names(corpus: Corpus) -> None:
    notes.name_colour(corpus.store, "yellow", " 확인\n필요 ", "김")
    notes.name_colour(corpus.store, "blue", "증거", "김")
    notes.name_colour(corpus.store, "blue", "", "이")
    assert notes.colour_names(corpus.store) == {"yellow": "확인 필요"}
    assert [row.who for row in corpus.store.log()] == ["김", "김", "이"]
    with pytest.raises(UsageError, match="no colour"):
        notes.name_colour(corpus.store, "red", "위험", "김")


# -- audiences


def test_annotations_obey_the_audience(corpus: Corpus, write: Write) -> None:
    store = corpus.store
    mine = marked(store, write(TEXT, name="하나.pdf", release="1차"), "동의", tags=["가", "나"])
    other = marked(store, write(TEXT + "!", name="둘.pdf", release="2차"), "얼굴", tags=["나"])
    audience = Audience(frozenset({"1차"}))
    assert notes.annotations(store, audience) == [mine]
    assert notes.annotations(store, audience, document=other.document) == []
    assert notes.annotations(store, Audience(frozenset())) == []
    assert notes.all_tags(store, audience) == {"가": 1, "나": 1}
    assert list(notes.all_tags(store).items()) == [("나", 2), ("가", 1)]
    hidden = {"audience": audience}
    for refused in (
        lambda: notes.annotation(store, other.id, audience),
        lambda: notes.history(store, other.id, audience),
        lambda: notes.revise(store, other.id, 1, editor="김", note="x", **hidden),
        lambda: notes.delete(store, other.id, 1, editor="김", **hidden),
        lambda: notes.restore(store, other.id, editor="김", **hidden),
        lambda: notes.reply(store, other.id, author="김", note="x", **hidden),
    ):
        with pytest.raises(NotFound, match="no annotation"):
            refused()
    assert notes.annotation(store, other.id) == other


def test_annotations_of_a_removed_document_come_back_with_it(corpus: Corpus, write: Write) -> None:
    made = marked(corpus.store, write(TEXT), "동의", tags=["가"])
    places = corpus.store.occurrences(made.document)
    with corpus.store.writing() as record:
        record.remove(places, "김")
    assert notes.annotations(corpus.store) == []
    assert notes.all_tags(corpus.store) == {}
    with corpus.store.writing() as record:
        record.remove(places, "김", removed=False)
    assert notes.annotations(corpus.store) == [made]


# -- where they stand now


def test_an_annotation_is_found_on_the_page_as_read_anew_or_lost(corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    made, lost = marked(corpus.store, document, "얼굴 사진"), marked(corpus.store, document, "1억 7천만")
    same = corpus.store.page(document, 1)
    assert notes.placed(made, same).how is How.POSITION
    anew = Page(document, 1, "test-2", "머리말\n" + TEXT.replace("7천만", "2천만"))
    found = notes.placed(made, anew)
    assert (found.how, found.span and anew.text[found.span.start : found.span.end]) == (How.EXACT, "얼굴 사진")
    assert (notes.placed(lost, anew).how, notes.placed(lost, anew).span) == (How.LOST, None)
    twice = notes.placed(made, replace(anew, text="얼굴 사진 얼굴 사진"))
    assert (twice.how, twice.span) == (How.AMBIGUOUS, None)
    with pytest.raises(UsageError, match="another page"):
        notes.placed(made, replace(anew, number=2))


def test_words_withheld_since_are_covered(corpus: Corpus, write: Write) -> None:
    """The first reader saw no cover; the one after does, and has another line before the words."""
    text = "이름: 830101-1 끝, 주소: 서울"
    document = write(text)
    whole = marked(corpus.store, document, "830101-1 끝")
    beside = marked(corpus.store, document, "주소")
    inside = marked(corpus.store, document, "0101")
    page = cover(corpus, document, "새 머리\n" + text, "830101-1", "test-2")
    found = {each.id: each for each in notes.annotations(corpus.store)}
    assert found[whole.id].selector.exact == "████████ 끝"
    assert found[inside.id].selector.exact == "████"
    assert (found[beside.id].selector.exact, found[beside.id].selector.prefix) == ("주소", "이름: ████████ 끝, ")
    for each in found.values():
        assert notes.annotation(corpus.store, each.id) == each
        assert "8301" not in str(each)
        assert "0101" not in str(each)
    assert notes.placed(found[whole.id], page).how is How.EXACT
    assert notes.placed(found[inside.id], page).how is How.LOST
    with pytest.raises(EditConflict) as error:
        notes.revise(corpus.store, whole.id, 7, editor="이", note="x")
    assert "8301" not in str(error.value.current)
    assert "8301" not in str(notes.reply(corpus.store, whole.id, author="이", note="답"))
    with corpus.store.writing() as record:
        record.open_withheld(document, "김")
    assert notes.annotation(corpus.store, whole.id) == whole


def test_words_that_cannot_be_placed_beside_a_cover_are_all_covered(corpus: Corpus, write: Write) -> None:
    document = write("이름: 83O1O1 끝")
    made = marked(corpus.store, document, "83O1O1 끝")
    cover(corpus, document, "이름: 830101 끝", "830101", "test-2")
    assert notes.annotation(corpus.store, made.id).selector.exact == COVER * len("83O1O1 끝")


def test_words_broken_anew_are_covered_whole(corpus: Corpus, write: Write) -> None:
    document = write("주소 서울 종로 끝")
    made = marked(corpus.store, document, "서울 종로 끝")
    cover(corpus, document, "주소 서울\n종로끝", "종로", "test-2")
    assert COVER in notes.annotation(corpus.store, made.id).selector.exact
    assert "종로" not in str(notes.annotation(corpus.store, made.id))


ANY_TEXT = st.text(st.sampled_from("가각힣a1 \n𝒳🙂ㄱ-ﾞ"), min_size=4, max_size=30).map(canonical)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), text=ANY_TEXT, anew=ANY_TEXT)
def test_no_withheld_sign_is_ever_shown(data: st.DataObject, text: str, anew: str) -> None:
    """Whatever was quoted before: signs marked secret, each of which stands once, never come out of a covered page."""
    from corpus.covering import covered
    from corpus.model import Selector

    secret = "ΑΒΓΔ"
    at = data.draw(st.integers(0, len(text)))
    then = text[:at] + secret + text[at:]
    at = data.draw(st.integers(0, len(anew)))
    now = data.draw(st.sampled_from([anew[:at] + secret + anew[at:], then, " " + then, then.replace(" ", "\n")]))
    start = data.draw(st.integers(0, len(then) - 1))
    end = data.draw(st.integers(start + 1, len(then)))
    at = now.index(secret)
    page = Page("d", 1, "2", now, withheld=(Withheld(at, at + 4, (0, 0, 1, 1)),))
    selector = Selector.of(then, Span(start, end), data.draw(st.integers(0, 32)))
    for fingerprint in ("1", "2"):
        shown = covered(selector, fingerprint, page)
        assert not set(secret) & set(shown.exact + shown.prefix + shown.suffix)
        assert [len(shown.exact), len(shown.prefix), len(shown.suffix)] == [
            len(selector.exact),
            len(selector.prefix),
            len(selector.suffix),
        ]


# -- custody


def test_verify_tells_of_annotations_that_do_not_fit(corpus: Corpus, write: Write) -> None:
    made = [marked(corpus.store, write(TEXT), words) for words in ("동의", "얼굴", "사진", "제공")]
    notes.delete(corpus.store, made[3].id, 1, editor="김")
    cover(corpus, made[0].document, TEXT, "얼굴", "test-2")
    assert verify(corpus) == []
    t, v = tables.annotations, tables.annotation_versions
    with corpus.store.writing() as record:
        connection = record.connection
        connection.execute(sa.update(t).where(t.c.id == made[0].id).values(start=t.c.start + 1, end=t.c.end + 1))
        connection.execute(sa.update(t).where(t.c.id == made[1].id).values(fingerprint="없음"))
        connection.execute(sa.delete(v).where(v.c.annotation == made[2].id))
        connection.execute(sa.update(t).where(t.c.id == made[3].id).values(exact="다른"))
    found = {problem.sentence.split()[1]: problem for problem in verify(corpus)}
    assert set(found) == {each.id for each in made}
    assert {problem.kind for problem in found.values()} == {Kind.ANNOTATION}
    for each, said in zip(made, ("do not stand", "not listed", "own history", "do not stand"), strict=True):
        assert said in found[each.id].sentence
        assert found[each.id].document == each.document


def test_a_page_of_one_character(corpus: Corpus, write: Write) -> None:
    made = notes.annotate(corpus.store, corpus.store.page(write("𝒳"), 1), Span(0, 1), author="김")
    assert (made.selector.exact, made.selector.prefix, made.selector.suffix) == ("𝒳", "", "")
