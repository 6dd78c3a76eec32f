"""The original, the page for printing and the page for plain reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from corpus import Corpus
from corpus.model import Furniture, FurnitureKind, Withheld
from tests import pdfs, rooms
from tests.asgi import Answer, ask
from tests.conftest import Write
from tests.ingests import ingest
from ui.web.papers import ROUTES, disposition
from ui.web.room import Room

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


class Read(HTMLParser):
    """The tags of a page, the languages named, the links, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.languages: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attributes:
            assert not name.startswith("on")
            if name == "href":
                self.links.append(str(value))
            if name == "lang":
                self.languages.append(str(value))

    def handle_data(self, text: str) -> None:
        self.text += text


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


def get(room: Room, purpose: str, document: str, page: str = "", more: str = "&lang=ko") -> Answer:
    rest = f"/{page}" if page else ""
    return ask(ROUTES, f"/{purpose}/{document}{rest}?{room.signer.query(purpose, document)}{more}")


# -- the original


def saved_as(header: str) -> tuple[str, str]:
    """Return the names a header gives: the one browsers take, and the plain one."""
    match = re.fullmatch(r"attachment; filename=\"([^\"\\]*)\"; filename\*=UTF-8''([A-Za-z0-9%._~-]*)", header)
    assert match
    return unquote(match[2]), match[1]


def test_the_original_is_the_bytes_as_they_came(room: Room, corpus: Corpus, tmp_path: Path) -> None:
    path = pdfs.make(tmp_path / "추진계획 (안).pdf", pdfs.lines("words"))
    ingest(corpus, path)
    answer = get(room, "original", next(iter(corpus.store.documents())))
    assert (answer.status, answer.body) == (200, path.read_bytes())
    assert answer.headers["content-type"] == "application/pdf"
    assert saved_as(answer.headers["content-disposition"]) == ("추진계획 (안).pdf", "____ ___.pdf")


@pytest.mark.parametrize(
    "name",
    [
        '"; filename=evil.exe; x="',
        "a\r\nSet-Cookie: x=1",
        "../../etc/passwd",
        "..\\..\\boot.ini",
        "\u202efdp.exe",
        "",
        "...",
        "가" * 400 + ".pdf",
        "a" * 400,
    ],
)
def test_hostile_names_stay_in_their_place(name: str) -> None:
    written = disposition(name)
    written.encode("ascii")
    assert not set(written) & set("\r\n")
    for given in saved_as(written):
        assert given
        assert not set(given) & set('/\\":\u202e')
        assert not given.startswith(".")
        assert len(given) <= 120


def test_a_long_name_keeps_its_ending() -> None:
    assert disposition("가" * 400 + ".pdf").endswith(".pdf")


# -- reading


def test_plain_reading(room: Room, write: Write) -> None:
    id = write("첫 쪽", "- 2 -\n동의를 받지 않고", "셋째", furniture={2: (Furniture(FurnitureKind.NUMBER, 0, 5),)})
    answer = get(room, "plain", id, "2")
    read = Read(answer.text)
    assert (answer.status, read.tags.count("h1"), read.tags.count("main")) == (200, 1, 1)
    assert read.languages == ["ko", "ko"]
    assert "동의를 받지 않고" in read.text
    assert "gongmun:1/" in read.text
    pages = [link for link in read.links if link.startswith("/plain/")]
    assert [link.split("?")[0].rpartition("/")[2] for link in pages[:2]] == ["1", "3"]
    assert ask(ROUTES, pages[1]).status == 200
    assert "받은" not in get(room, "plain", id, "2", "&lang=en").text
    assert Read(get(room, "plain", id, "2", "&lang=en").text).languages == ["en", "ko"]


def test_text_is_never_html(room: Room, corpus: Corpus, write: Write) -> None:
    id = write(f"{HOSTILE} [a](javascript:alert(3))", name="<b>나쁜.pdf", agency=HOSTILE)
    for purpose in ("plain", "print"):
        answer = get(room, purpose, id, "1", '&lang=ko&x="><script>')
        read = Read(answer.text)
        assert "script" not in read.tags
        assert "b" not in read.tags
        assert read.tags.count("img") == (purpose == "print")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "script-src" not in answer.headers["content-security-policy"]
    assert HOSTILE in Read(get(room, "plain", id, "1").text).text


def test_withheld_text_stays_covered(room: Room, corpus: Corpus, write: Write) -> None:
    id = write("성명 홍길동 귀하")
    other = replace(corpus.store.page(id, 1), fingerprint="test-2", withheld=(Withheld(3, 6, (0, 0, 1, 1)),))
    with corpus.store.writing() as record:
        record.pages([other])
        record.settle(corpus.store.document(id), "test-2", 2)
    for purpose in ("plain", "print"):
        text = get(room, purpose, id, "1").text
        assert "홍길동" not in text
    assert "███" in Read(get(room, "plain", id, "1").text).text


def test_a_page_without_text_says_so(room: Room, write: Write) -> None:
    assert "글이 없습니다" in Read(get(room, "plain", write(" "), "1").text).text


# -- printing


@pytest.mark.parametrize(("turn", "way"), [(0, "portrait"), (90, "landscape")])
def test_a_page_prints_on_one_sheet(room: Room, corpus: Corpus, tmp_path: Path, turn: int, way: str) -> None:
    ingest(corpus, pdfs.make(tmp_path / "한 장.pdf", pdfs.turned(turn, pdfs.lines("words"))))
    id = next(iter(corpus.store.documents()))
    answer = get(room, "print", id, "1", "&lang=en")
    read = Read(answer.text)
    assert (answer.status, read.tags.count("img")) == (200, 1)
    assert f"size: A4 {way}" in answer.text
    assert "gongmun:1/" in read.text
    assert answer.headers["content-language"] == "en"


# -- who may ask


@pytest.mark.parametrize("address", ["/original/{}", "/print/{}/1", "/plain/{}/1"])
def test_unsigned_and_foreign_addresses_are_refused(room: Room, write: Write, address: str) -> None:
    id, path = write("가나"), address.split("/")[1]
    for query in ("", room.signer.query(path, "f" * 64), room.signer.query("picture", id)):
        assert ask(ROUTES, f"{address.format(id)}?{query}").status == 403
    gone = "f" * 64
    assert ask(ROUTES, f"{address.format(gone)}?{room.signer.query(path, gone)}").status == 404
    assert ask(ROUTES, f"{address.format(id)}?{room.signer.query(path, id)}", method="POST").status == 405


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1e3", "9" * 20])
def test_pages_that_are_none_are_not_found(room: Room, write: Write, page: str) -> None:
    id = write("가나")
    assert get(room, "plain", id, page).status == get(room, "print", id, page).status == 404
