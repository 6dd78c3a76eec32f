"""Annotations as files: W3C JSON-LD, CSV and Markdown say what was written, and nothing in them commands anything."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
import time
from pathlib import Path

import pytest

import corpus.annotations as notes
from corpus import Corpus
from corpus.annotation_forms import COLUMNS, HEADINGS, csv_text, inert, jsonld, keyed, markdown, uninert
from corpus.annotation_reading import drafts
from corpus.annotations import Annotation
from corpus.errors import UsageError
from corpus.model import Audience, Page, Span, Withheld
from corpus.verifying import Status, verify_all
from tests.conftest import Write

TEXT = "정보주체의 동의를 받지\n않고 𝒳의 얼굴 사진 1억 7천만 건을 제공했다."


def marked(corpus: Corpus, document: str, words: str, **options: object) -> Annotation:
    page = corpus.store.page(document, 1)
    start = page.text.index(words)
    options.setdefault("author", "김보좌")
    return notes.annotate(corpus.store, page, Span(start, start + len(words)), **options)  # type: ignore[arg-type]


# -- JSON-LD


def test_jsonld_is_a_w3c_collection(corpus: Corpus, write: Write) -> None:
    document = write(TEXT, name="협약서.pdf")
    made = marked(corpus, document, "𝒳의", note="확인", tags=["가", "나"], colour="blue")
    answer = notes.reply(corpus.store, made.id, author="이", note="답")
    gone = marked(corpus, document, "제공")
    notes.delete(corpus.store, gone.id, 1, editor="김보좌")
    found = jsonld(corpus.store, notes.annotations(corpus.store, include_deleted=True))
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (found["type"], found["total"]) == ("AnnotationCollection", 2)
    page = found["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", found["id"], 0)
    item, reply = page["items"]
    assert item == {
        "id": f"urn:uuid:{made.id}",
        "type": "Annotation",
        "motivation": "commenting",
        "creator": {"type": "Person", "name": "김보좌"},
        "created": made.created,
        "modified": made.modified,
        "body": [
            {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": "확인"},
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "가"},
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "나"},
        ],
        "stylesheet": {"type": "CssStylesheet", "value": ".gongmun-blue { background-color: #c3e0fb; }"},
        "target": {
            "source": f"urn:sha256:{document}#page=1",
            "styleClass": "gongmun-blue",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "𝒳의",
                    "prefix": "정보주체의 동의를 받지\n않고 ",
                    "suffix": " 얼굴 사진 1억 7천만 건을 제공했다.",
                },
                {"type": "TextPositionSelector", "start": 16, "end": 18},  # code points: 𝒳 is one
            ],
            "gongmun:title": "협약서",
            "gongmun:extraction": "test-1",
        },
        "gongmun:editor": "김보좌",
        "gongmun:version": 1,
    }
    assert (reply["motivation"], reply["gongmun:parent"]) == ("replying", {"id": f"urn:uuid:{made.id}"})
    assert reply["id"] == f"urn:uuid:{answer.id}"
    assert found == jsonld(corpus.store, notes.annotations(corpus.store))


@pytest.mark.parametrize(
    ("options", "motivation"), [({}, "highlighting"), ({"tags": ["가"]}, "tagging"), ({"note": "가"}, "commenting")]
)
def test_motivations(corpus: Corpus, write: Write, options: dict[str, object], motivation: str) -> None:
    marked(corpus, write(TEXT), "동의", **options)
    (item,) = jsonld(corpus.store, notes.annotations(corpus.store))["first"]["items"]
    assert item["motivation"] == motivation


def test_forms_obey_the_audience(corpus: Corpus, write: Write) -> None:
    marked(corpus, write("가 비밀", name="하나.pdf", release="1차"), "비밀")
    marked(corpus, write("나 공개", name="둘.pdf", release="2차"), "공개")
    found, audience = notes.annotations(corpus.store), Audience(frozenset({"2차"}))
    for made in (
        json.dumps(jsonld(corpus.store, found, audience), ensure_ascii=False),
        csv_text(corpus.store, found, audience),
        markdown(corpus.store, found, audience),
    ):
        assert "공개" in made
        assert "비밀" not in made


def test_withheld_words_are_in_no_form(corpus: Corpus, write: Write) -> None:
    document = write("이름: 830101 끝")
    marked(corpus, document, "이름: 830101")
    covered = Page(document, 1, "test-2", "이름: 830101 끝", withheld=(Withheld(4, 10, (0, 0, 1, 1)),))
    with corpus.store.writing() as record:
        record.pages([covered])
    found = notes.annotations(corpus.store)
    for made in (str(jsonld(corpus.store, found)), csv_text(corpus.store, found), markdown(corpus.store, found)):
        assert "이름: ██████" in made.replace("\\", "")
        assert "830101" not in made


# -- CSV


def test_csv_has_a_row_each(corpus: Corpus, write: Write) -> None:
    made = marked(corpus, write(TEXT), "받지\n않고", note='=1+1, "둘"\n셋', tags=["-가", "나"], author="@김")
    (row,) = csv.DictReader(io.StringIO(csv_text(corpus.store, notes.annotations(corpus.store)), newline=""))
    assert tuple(row) == COLUMNS
    assert (row["id"], row["page"], row["start"], row["quote"]) == (made.id, "1", "10", "받지\n않고")
    assert (row["note"], row["tags"], row["author"]) == ('\'=1+1, "둘"\n셋', "'-가\n나", "'@김")


@pytest.mark.parametrize(("language", "heading", "word"), [("ko", "작성 시각", "분홍"), ("en", "created", "pink")])
def test_csv_for_people_speaks_their_language(
    corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch, language: str, heading: str, word: str
) -> None:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    try:
        document = write(TEXT)
        made = marked(corpus, document, "동의", colour="pink")
        marked(corpus, document, "사진", colour="green")
        text = csv_text(corpus.store, notes.annotations(corpus.store), language=language)
        first, second = csv.DictReader(io.StringIO(text, newline=""))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert tuple(first) == HEADINGS[language]
    assert first[heading].endswith("+09:00")
    assert dt.datetime.fromisoformat(first[heading]) == dt.datetime.fromisoformat(made.created)
    colour = HEADINGS[language][COLUMNS.index("colour")]
    assert (first[colour], second[colour]) == (word, {"ko": "초록", "en": "green"}[language])
    notes.name_colour(corpus.store, "pink", "=증거", "김")
    (first, _) = csv.DictReader(
        io.StringIO(csv_text(corpus.store, notes.annotations(corpus.store), language=language), newline="")
    )
    assert first[colour] == f"'=증거 ({word})"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_csv_for_people_is_turned_back_for_import(corpus: Corpus, write: Write, language: str) -> None:
    document = write(TEXT)
    for colour, words in zip(notes.COLOURS, ("정보", "동의", "얼굴", "사진", "제공"), strict=True):
        marked(corpus, document, words, colour=colour, note='=1+1, "둘"\n셋', tags=["-가", "나"])
    notes.name_colour(corpus.store, "pink", "분홍 (아님) (노랑", "김")
    found = notes.annotations(corpus.store)
    drafts_of, refused = drafts(keyed("\ufeff" + csv_text(corpus.store, found, language=language)), "김")
    assert refused == []
    assert [(each.id, each.colour, each.note, each.tags, each.created) for each in drafts_of] == [
        (each.id, each.colour, each.note, each.tags, each.created) for each in found
    ]


@pytest.mark.parametrize(
    "text", ["", "{", '[{"id": 1}]', "가,나\n1,2", 'id,"', "id,document,quote\na,b,c", '"' + "가" * 200_000]
)
def test_what_is_no_csv_of_ours_is_left_as_it_is(text: str) -> None:
    assert keyed(text) == text


def test_a_language_without_headings_is_refused(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="ko"):
        csv_text(corpus.store, [], language="fr")


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\n=1", "＝1", "'=1", "'가", "\x1b[31m=", "보통"]
)
def test_no_cell_is_a_formula_and_each_comes_back(cell: str) -> None:
    made = inert(cell)
    assert made.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert "\x1b" not in made
    assert uninert(made) == cell.replace("\x1b", "\ufffd")


# -- Markdown

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [눌러](javascript:alert) ![그림](http://x) # 제목 "
    "* 항목 `코드` **굵게** _기울임_ ~~줄~~ $수식$ :red[색] | 표 | &lt; http://x.kr \\ > 인용 1. 하나 \x1b[31m\u202e"
)


def test_markdown_quotes_and_cites_so_that_it_verifies(corpus: Corpus, write: Write) -> None:
    document = write(TEXT, name="협약서.pdf", agency="법무부")
    made = marked(corpus, document, "받지\n않고 𝒳", note="첫째\n둘째\n\n셋째", tags=["가"], colour="pink")
    notes.name_colour(corpus.store, "pink", "증거", "김")
    answer = notes.reply(corpus.store, made.id, author="이", note="답")
    notes.reply(corpus.store, answer.id, author="박", note="답의 답")
    found = notes.annotations(corpus.store)
    text = markdown(corpus.store, found)
    assert text.startswith("# 주석\n\n## 협약서\n\n> “받지 않고 𝒳”  \n> 법무부, 「협약서」")
    assert "첫째\\\n둘째\n\n셋째\n\n태그: 가\n\n— 김보좌 · " in text
    assert " · 증거\n" in text
    assert text.count("**답글**") == 2
    assert text.index("답\n") < text.index("답의 답")
    (verdict,) = [verdict for _, _, verdict in verify_all(text, corpus.store, corpus.originals)]
    assert verdict.status is Status.TRUE
    assert markdown(corpus.store, found, style="english").startswith("# Annotations\n\n## 협약서\n\n> 법무부\\: “받지")
    assert "주석이 없습니다" in markdown(corpus.store, [])
    with pytest.raises(UsageError, match="no style"):
        markdown(corpus.store, found, style="json")


def test_all_text_in_markdown_is_inert(corpus: Corpus, write: Write) -> None:
    document = write(HOSTILE, name="<b>*이름*.pdf", agency="[기관](http://x)")
    marked(corpus, document, HOSTILE, note=HOSTILE, tags=[HOSTILE[:90]], author=HOSTILE[:150])
    text = markdown(corpus.store, notes.annotations(corpus.store))
    ours = re.compile(r"^(?:# |## |> |>$|— |태그: )|`gongmun:1/[a-z0-9:/+.-]+`$", re.M)
    bare = re.sub(r"\\[!-/:-@\[-`{-~\n]|&(?:amp|lt|gt);", "", ours.sub("", text))
    assert re.findall(r"[!#$&()*+\-.:<=>@\[-`{-~\x1b\u202e]", bare) == []
    note = text.split("\n\n")[3]
    plain = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", note))
    assert plain == HOSTILE.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")


def test_citing_what_is_gone_names_the_page_or_nothing(corpus: Corpus, write: Write, tmp_path: Path) -> None:
    import sqlalchemy as sa

    from corpus import tables

    made = marked(corpus, write(TEXT), "동의")
    with corpus.store.writing() as record:
        record.connection.execute(sa.update(tables.annotations).values(fingerprint="없음"))
    assert "> 동의\n>\n> 「문서」, 자료, 1쪽\n>\n> `gongmun:1/" in markdown(
        corpus.store, notes.annotations(corpus.store)
    )
    with corpus.store.writing() as record:
        record.connection.execute(sa.update(tables.annotations).values(page=9))
    assert "> 동의\n\n— 김보좌" in markdown(corpus.store, notes.annotations(corpus.store))
    assert made.page == 1
