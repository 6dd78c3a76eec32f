"""init, status, show, edit, remove, withheld, verify, reindex and doctor, and how documents are named."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from corpus import Corpus
from corpus.locking import only_writer
from corpus.model import Document, Page, Reason, State, UnitKind, Withheld
from search.indexes import index_folder
from tests.ingests import SAMPLE, ingest
from ui.cli.dates import iso
from ui.cli.entry import gongmun
from ui.cli.lookup import Known, one

Run = Callable[..., Result]
SECRET = "주민번호 830101"


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: str, **options: str) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *arguments], **options)

    return invoked


@pytest.fixture
def cover(corpus: Corpus, write) -> str:
    """A document on whose first page a secret lies under a cover."""
    text = f"이름: {SECRET} 끝"
    start = text.index(SECRET)
    key: str = write("자리", name="검토서.pdf")
    covered = Page(
        key,
        1,
        "test-2",
        text,
        width=100.0,
        height=100.0,
        withheld=(Withheld(start, start + len(SECRET), (10.0, 10.0, 60.0, 20.0)),),
    )
    with corpus.store.writing() as record:
        record.pages([covered])
        record.settle(Document(key, 1, "application/pdf", 1, State.SEARCHABLE), "test-2", 1)
    return key


def test_init_makes_a_corpus_and_no_second_one(tmp_path: Path) -> None:
    place = tmp_path / "새 말뭉치"
    made = CliRunner().invoke(gongmun, ["init", str(place)])
    assert made.exit_code == 0
    assert f"--corpus '{place}'" in made.stdout
    again = CliRunner().invoke(gongmun, ["init", str(place)])
    assert again.exit_code == 2
    assert "has a corpus already" in again.stderr


# -- how documents are named


KNOWN = [
    Known("ab12" + "0" * 60, "추진계획", ("1차/계획서.pdf",)),
    Known("ab34" + "0" * 60, "추진계획 별첨", ("1차/별첨.pdf",)),
]


@pytest.mark.parametrize(
    ("meant", "found"),
    [
        ("ab12", 0),
        ("AB12" + "0" * 60, 0),
        ("추진계획", 0),  # the whole title goes before a part of another
        ("계획서.pdf", 0),
        ("1차/별첨.pdf", 1),
        ("별첨", 1),
        (unicodedata.normalize("NFD", "계획서.pdf"), 0),
    ],
)
def test_documents_are_meant_by_any_of_their_names(meant: str, found: int) -> None:
    assert one(meant, KNOWN) is KNOWN[found]


def test_ambiguous_and_unknown_names_are_told(write, run: Run) -> None:
    write("하나", name="업무협약서 1.pdf")
    write("둘", name="업무협약서 2.pdf")
    several = run("show", "협약")
    assert several.exit_code == 2
    assert "fits 2" in several.stderr
    assert "업무협약서 2.pdf" in several.stderr
    nothing = run("show", "업무협약사")
    assert nothing.exit_code == 2
    assert "Did you mean '업무협약서'?" in nothing.stderr
    assert run("show", "").exit_code == 2


def test_decomposed_file_names_are_shown_and_found_composed(write, run: Run) -> None:
    write("글", name=unicodedata.normalize("NFD", "협약서.pdf"))
    for typed in ("협약서.pdf", unicodedata.normalize("NFD", "협약서")):
        assert run("show", typed).stdout.startswith("협약서\n")


# -- show, status


def test_show_document_and_page(write, run: Run) -> None:
    key = write("첫\n쪽", "둘째 쪽", name="계획.pdf", release="요구자료", agency="법무부", received="2021-10-21")
    shown = run("show", "계획")
    assert shown.exit_code == 0
    for said in (key, "2021-10-21 (received)", "searchable", "test-1", "계획.pdf"):
        assert said in shown.stdout
    page = run("show", "계획", "--page", "1")
    assert page.stdout == "첫\n쪽\n"
    assert "계획, p. 1 · text layer" in page.stderr
    whole = json.loads(run("show", "계획", "--json").stdout)
    assert (whole["document"], whole["pages"], whole["set"]) == (key, 2, {})
    assert [each["page"] for each in whole["page_list"]] == [1, 2]
    assert json.loads(run("show", "계획", "--page", "2", "--json").stdout)["text"] == "둘째 쪽"
    assert run("show", "계획", "--page", "3").exit_code == 2
    assert run("show", "계획", "--image", "쪽.png").exit_code == 2


def test_pictures_of_images_are_written_and_sheets_have_none(corpus: Corpus, write, run: Run, tmp_path: Path) -> None:
    scan, made = tmp_path / "사진.tiff", tmp_path / "쪽.png"
    Image.new("RGB", (300, 200), "white").save(scan, save_all=True, append_images=[Image.new("RGB", (90, 40), "red")])
    ingest(corpus, scan)
    assert run("show", "사진", "--page", "2", "--image", str(made)).exit_code == 0
    with Image.open(made) as drawn:
        assert (drawn.size, drawn.format) == ((90, 40), "PNG")
    assert run("show", "사진", "--page", "3", "--image", str(made)).exit_code == 2
    sheet = tmp_path / "표.csv"
    sheet.write_text("가,나\n1,2\n", encoding="utf-8")
    ingest(corpus, sheet)
    refused = run("show", "표", "--page", "1", "--image", str(tmp_path / "2.png"))
    assert refused.exit_code == 2
    assert "has no picture (text/csv)" in refused.stderr


def test_pictures_of_computed_pages_are_written(corpus: Corpus, run: Run, tmp_path: Path) -> None:
    ingest(corpus, SAMPLE.parent / "second" / "13_인공지능_식별추적시스템_세부_추진계획.hwpx")
    if next(iter(corpus.store.pages(next(iter(corpus.store.documents()))))).kind is not UnitKind.COMPUTED:
        pytest.skip("install the extra hwp-pages to compute pages of HWP papers")
    made = tmp_path / "쪽.png"
    assert run("show", "13_", "--page", "2", "--image", str(made)).exit_code == 0
    with Image.open(made) as drawn:
        assert drawn.width == pytest.approx(1191, abs=4)


def test_printed_page_numbers_are_shown_where_they_differ(corpus: Corpus, write, run: Run) -> None:
    key = write("머리말 동의", name="계획.pdf")
    with corpus.store.writing() as record:
        record.pages([Page(key, 1, "test-2", "머리말 동의", label="iii")])
        record.change(key, "read")
    assert "계획, p. 1 (printed iii)" in run("search", "머리말").stdout


def test_status_lists_what_cannot_be_searched(corpus: Corpus, write, run: Run) -> None:
    write("글", name="온전.pdf")
    key = write("", name="사진.pdf")
    with corpus.store.writing() as record:
        record.settle(Document(key, 1, "application/pdf", None, State.NOT_SEARCHABLE, Reason.ENCRYPTED), "", 1)
    status = run("status")
    assert status.exit_code == 0
    assert "--password-file" in status.stdout
    assert "사진.pdf" in status.stdout
    assert "온전.pdf" not in status.stdout
    assert "온전.pdf" in run("status", "--files").stdout
    found = json.loads(run("status", "--json").stdout)
    assert [each["reason"] for each in found["files"]] == ["encrypted", ""]
    assert [each["title"] for each in found["documents"]] == ["사진"]
    assert found["index"]["up_to_date"] is False
    assert "1 file could not be searched: gongmun status" in run("search", "글").stdout
    proof = run("quote", "없는 말").stdout
    assert "1 file not searchable: encrypted" in proof
    assert "Every page was read in full" not in proof


def test_show_names_the_pages_that_are_not_whole(corpus: Corpus, write, run: Run) -> None:
    key = write(*"가나다라마", name="계획.pdf")
    with corpus.store.writing() as record:
        unread = {"state": State.IN_PART, "reason": Reason.UNREAD_PICTURES}
        record.pages([Page(key, number, "test-2", "글", **unread) for number in (1, 2, 3, 5)])
        record.settle(Document(key, 1, "application/pdf", 5, State.IN_PART, Reason.SOME_PAGES, "4 of 5."), "test-2", 1)
    shown = run("show", "계획").stdout
    assert "searchable in part, unread pictures: p. 1-3, 5" in shown
    assert "has pictures that were not read" in shown


# -- edit


def test_edit_sets_and_unsets(write, run: Run) -> None:
    write("동의", name="02_협약.pdf", agency="법무부")
    done = run("edit", "02_협약", "--title", "업무협약서", "--date", "2019. 4. 22.", "--agency", "과기정통부")
    assert done.exit_code == 0
    hit = run("search", "동의 title:업무협약서 date:2019-04 agency:과기정통부").stdout
    assert "1.  업무협약서, p. 1" in hit
    run("edit", "업무협약서", "--title", "", "--date", "", "--agency", "")
    again = json.loads(run("show", "02_협약", "--json").stdout)
    assert (again["title"], again["date"], again["agencies"], again["set"]) == ("02_협약", None, ["법무부"], {})
    assert run("edit", "02_협약").exit_code == 2
    assert run("edit", "02_협약", "--date", "2019-13-01").exit_code == 2


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2021-12-20", "2021-12-20"),
        ("2021.12.20.", "2021-12-20"),
        ("2021. 1. 2", "2021-01-02"),
        ("２０２１.1.2.", "2021-01-02"),
        ("2021년 1월 2일", "2021-01-02"),
        ("20211220", "2021-12-20"),
        ("2021.12", "2021-12"),
        ("2021", "2021"),
        ("2021-02-30", None),
        ("2021-13", None),
        ("20.12.2021", None),
        ("어제", None),
        ("0000", None),
    ],
)
def test_dates_as_people_type_them(typed: str, read: str | None) -> None:
    assert iso(typed) == read


# -- remove


def test_remove_and_restore_a_document_and_a_delivery(corpus: Corpus, write, run: Run) -> None:
    write("동의 하나", name="회의록.pdf", release="1차")
    write("동의 둘", name="계획.pdf", release="2차")
    gone = run("remove", "회의록")
    assert gone.exit_code == 0
    assert "--restore" in gone.stderr
    assert "1 page in 1 document" in run("search", "동의").stdout
    assert run("show", "회의록").exit_code == 2
    back = run("remove", "회의록", "--restore")
    assert back.exit_code == 0
    assert "2 pages in 2 documents" in run("search", "동의").stdout
    assert run("remove", "2차-1").exit_code == 0
    assert "1 page in 1 document" in run("search", "동의").stdout
    assert "in the trash already" in run("remove", "2차-1").stderr
    assert "(1 document)" in run("remove", "2차-1", "--restore").stderr


# -- withheld text


def test_withheld_text_is_listed_and_never_shown(cover: str, run: Run) -> None:
    listed = run("withheld")
    assert "p. 1" in listed.stdout
    assert "5.0%" in listed.stdout
    assert json.loads(run("withheld", "--json").stdout)["documents"][0]["pages"][0]["boxes"] == [
        [10.0, 10.0, 60.0, 20.0]
    ]
    everything = [
        listed,
        run("withheld", "--json"),
        run("show", "검토서", "--page", "1"),
        run("show", "검토서", "--page", "1", "--json"),
        run("show", "검토서", "--json"),
        run("search", "이름", "--json"),
        run("search", "이름"),
        run("quote", "이름", "--json"),
    ]
    assert all("830101" not in result.output for result in everything)
    absent = run("quote", SECRET)
    assert "Text under covers on 1 page was not looked into: gongmun withheld" in absent.stdout
    assert json.loads(run("quote", SECRET, "--json").stdout)["coverage"]["withheld_pages"] == 1


def test_release_of_withheld_text_is_asked_for_and_logged(corpus: Corpus, cover: str, run: Run) -> None:
    refused = run("withheld", "release", "검토서", input="n\n")
    assert "Nothing was released" in refused.stderr
    assert SECRET not in run("show", "검토서", "--page", "1").stdout
    assert run("withheld", "release", "검토서", "--yes").exit_code == 0
    assert SECRET in run("show", "검토서", "--page", "1").stdout
    assert "1 page in 1 document" in run("search", "830101").stdout
    assert [row.what for row in corpus.store.log()] == ["withheld text released"]
    assert "has no withheld text" in run("withheld", "release", "검토서", "--yes").stderr


# -- verify, reindex, doctor


def test_verify_finds_what_differs(corpus: Corpus, write, run: Run) -> None:
    key = write("글")
    run("search", "글")
    agreed = run("verify")
    assert (agreed.exit_code, agreed.stdout.startswith("No difference")) == (0, True)
    assert json.loads(run("verify", "--json").stdout) == {"schema": 1, "agree": True, "differences": []}
    original = corpus.originals.local(key)
    original.chmod(0o600)
    original.write_bytes(b"changed")
    differs = run("verify")
    assert differs.exit_code == 1
    assert key[:12] in differs.stdout
    assert json.loads(run("verify", "--json").stdout)["agree"] is False


def test_verify_looks_into_the_index(corpus: Corpus, write, run: Run) -> None:
    key = write("글")
    assert "index differs" in run("verify").stdout  # it has not taken the page in
    run("search", "글")
    page = corpus.store.page(key, 1)
    with corpus.store.writing() as record:
        record.pages([replace(page, number=2)])
    assert "index differs" in run("verify").stdout


def test_reindex_makes_the_index_anew(corpus: Corpus, write, run: Run) -> None:
    write("동의", name="하나.pdf")
    run("search", "동의")
    for file in index_folder(corpus).rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    made = run("reindex")
    assert made.exit_code == 0
    assert "Indexed 1 page of 1 document." in made.stderr
    assert "1 page in 1 document" in run("search", "동의").stdout
    assert "up to date" in run("status").stdout


def test_a_second_writer_is_told_who_the_first_is(corpus: Corpus, run: Run) -> None:
    with only_writer(corpus.folder, "a test"):
        result = run("reindex")
    assert result.exit_code == 4
    assert "a test, process" in result.stderr


def test_doctor_looks_at_machine_and_corpus(write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("글")
    result = run("doctor")
    assert result.exit_code == 0
    for said in ("Python", "SQLite", "FTS5", "Tesseract", "말뭉치: 1 page in 1 file"):
        assert said in result.stdout
    assert {each["mark"] for each in json.loads(run("doctor", "--json").stdout)["findings"]} <= {"ok", "missing"}
    monkeypatch.setattr("ui.cli.checkup.PACKAGES", ("no-such-package",))
    missing = run("doctor")
    assert missing.exit_code == 1
    assert "scripts/set_up.py" in missing.stdout
