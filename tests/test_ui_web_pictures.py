"""Pictures of pages at signed addresses."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from corpus import Corpus
from ingest.formats import hwp_layout
from tests import pdfs, rooms
from tests.asgi import Answer, ask
from tests.conftest import Write
from tests.ingests import ingest
from ui.web import signing
from ui.web.pictures import ROUTES
from ui.web.room import Room


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


@pytest.fixture
def paper(corpus: Corpus, tmp_path: Path) -> str:
    """A paper of one page, on its side."""
    ingest(corpus, pdfs.make(tmp_path / "한 장.pdf", pdfs.turned(90, pdfs.lines("one page of words"))))
    return next(iter(corpus.store.documents()))


def picture(room: Room, document: str, rest: str = "1/620.webp", **headers: str) -> Answer:
    return ask(ROUTES, f"/picture/{document}/{rest}?{room.signer.query('picture', document)}", headers)


def test_a_page_is_drawn_turned_as_viewers_show_it(room: Room, paper: str) -> None:
    answer = picture(room, paper)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/webp")
    with Image.open(io.BytesIO(answer.body)) as image:
        assert image.width >= 620
        assert image.width > image.height
    assert answer.headers["cache-control"].startswith("private, max-age=")


def test_a_browser_that_has_it_is_told_so(room: Room, paper: str) -> None:
    mark = picture(room, paper).headers["etag"]
    again = picture(room, paper, **{"if-none-match": mark})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", mark)
    assert picture(room, paper, "1/930.webp", **{"if-none-match": mark}).status == 200


def test_without_a_signature_nothing_is_told(room: Room, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = room.signer.query("picture", "f" * 64)
    wrong = room.signer.query("plain", paper)
    with monkeypatch.context() as patched:
        patched.setattr(signing.time, "time", lambda: 1_000_000_000.0)
        ended = room.signer.query("picture", paper)
    for query in ("", "until=9999999999&by=0", other, wrong, ended):
        answer = ask(ROUTES, f"/picture/{paper}/1/620.webp?{query}")
        assert answer.status == 403
        assert answer.headers["cache-control"] == "no-store"
        assert "주소" in ask(ROUTES, f"/picture/{paper}/1/620.webp?{query}&lang=ko").text


@pytest.mark.parametrize(
    "rest", ["2/620.webp", "0/620.webp", "-1/620.webp", "x/620.webp", "1/621.webp", "1/99999999999.webp", "1/620.png"]
)
def test_what_is_not_there_is_not_found(room: Room, paper: str, rest: str) -> None:
    assert picture(room, paper, rest).status == 404


@pytest.mark.parametrize("document", ["f" * 64, "..", "%2e%2e%2f%2e%2e", "F" * 64, "가"])
def test_hostile_names_are_not_found(room: Room, document: str) -> None:
    from urllib.parse import unquote

    query = room.signer.query("picture", unquote(document))
    assert ask(ROUTES, f"/picture/{document}/1/620.webp?{query}").status == 404


def test_a_page_that_cannot_be_drawn_says_why(room: Room, write: Write) -> None:
    answer = picture(room, write("not a PDF at all"))
    assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
    assert answer.text.endswith(".")


def test_a_picture_file_is_drawn_upright_in_its_colours(room: Room, corpus: Corpus, tmp_path: Path) -> None:
    fax = tmp_path / "팩스.tiff"
    first, second = Image.new("RGB", (800, 1000), (200, 30, 30)), Image.new("L", (900, 300), 90)
    first.save(fax, save_all=True, append_images=[second], dpi=(150, 150))
    ingest(corpus, fax)
    document = next(iter(corpus.store.documents()))
    with Image.open(io.BytesIO(picture(room, document).body)) as image:
        assert image.size == (620, 775)
        red, green, _ = image.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
        assert red > 180 > 60 > green
    with Image.open(io.BytesIO(picture(room, document, "2/930.webp").body)) as image:
        assert image.size == (900, 300)  # no larger than it is
    assert picture(room, document, "3/620.webp").status == 404


def test_a_computed_page_is_drawn(room: Room, corpus: Corpus) -> None:
    paper = Path(__file__).resolve().parents[2] / "shared" / "data" / "hwpx" / "table-caption.hwpx"
    if not paper.exists() or not hwp_layout.there():
        pytest.skip("needs ../shared and rhwp-python")
    ingest(corpus, paper)
    answer = picture(room, next(iter(corpus.store.documents())))
    with Image.open(io.BytesIO(answer.body)) as image:
        darkest, lightest = image.convert("L").getextrema()
        assert image.width in range(618, 623)
        assert (darkest < 100, lightest) == (True, 255)  # type: ignore[operator]
