"""gongmun batch: CSV in, CSV and XLSX out, with citations that hold and cells that command nobody."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from corpus.errors import UsageError
from corpus.locking import only_writer
from corpus.model import Document, Extraction, Page, Reason, State, Withheld
from tests.conftest import Write
from ui.cli.batch_rows import COLUMNS
from ui.cli.entry import gongmun
from ui.cli.sheets import inert_cell
from ui.cli.sheets import write as write_sheet

Run = Callable[..., Result]
Rows = list[dict[str, str]]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1"]


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: object, **options: object) -> Result:
        made = ["--corpus", str(corpus.folder), *map(str, arguments)]
        return CliRunner().invoke(gongmun, made, **options)  # type: ignore[arg-type]

    return invoked


@pytest.fixture
def batch(run: Run, tmp_path: Path) -> Callable[..., tuple[Result, Rows]]:
    """Run a batch over a table of queries; return what came of it and the rows it wrote."""

    def ran(text: str | bytes, *options: str, ending: str = ".csv") -> tuple[Result, Rows]:
        queries, output = tmp_path / "질의.csv", tmp_path / f"결과{ending}"
        queries.write_bytes(text if isinstance(text, bytes) else text.encode())
        result = run("batch", queries, "--output", output, *options)
        return result, rows(output) if output.exists() else []

    return ran


Batch = Callable[..., tuple[Result, Rows]]


def rows(path: Path) -> Rows:
    if path.suffix == ".csv":
        text = path.read_text(encoding="utf-8")
        assert text.startswith("\ufeff")  # else spreadsheets do not read the Korean
        return list(csv.DictReader(io.StringIO(text[1:], newline="")))
    sheet = openpyxl.load_workbook(path).active
    header, *rest = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}  # n: empty
    return [dict(zip(header, row, strict=True)) for row in rest]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_row_a_hit_with_its_citation(write: Write, batch: Batch, run: Run, ending: str) -> None:
    key = write(
        "첫 쪽", "동의를 받지 않고", name="계획.pdf", release="요구자료", agency="법무부", received="2021-10-21"
    )
    result, found = batch("id,query,note\n7,동의,메모\n", ending=ending)
    assert result.exit_code == 0
    (row,) = found
    assert list(row) == ["line", "id", "note", *COLUMNS]
    wanted = {
        "line": "2",
        "id": "7",
        "note": "메모",
        "query": "동의",
        "result": "found",
        "all pages": "1",
        "all documents": "1",
        "hit": "1",
        "title": "계획",
        "file": "계획.pdf",
        "page": "2",
        "label": "2",
        "unit": "p. 2",
        "release": "요구자료",
        "agency": "법무부",
        "date": "2021-10-21",
        "passage": "동의를 받지 않고",
        "basis": "text layer",
        "document": key,
        "pages searched": "2",
        "pages not searched": "0",
    }
    assert {name: row[name] for name in wanted} == wanted
    assert row["citation"] == run("cite", key, "--page", "2").stdout.strip()
    assert (row["quote"], row["grade"], row["message"]) == ("", "", "")
    assert "Wrote 1 row" in result.stderr
    assert result.stdout == ""


def test_the_same_hits_as_search(write: Write, batch: Batch, run: Run) -> None:
    for n in range(15):
        write(f"동의를 받지 않고 {n} 얼굴" * (n + 1), name=f"{n}.pdf")
    queries = ['"동의를 받지" 얼굴', "얼굴 OR 동의", "동의 -얼굴", "title:7"]
    made = io.StringIO()
    csv.writer(made).writerows([["query"], *([query] for query in queries)])
    for options in ([], ["--limit", "4", "--sort", "document"]):
        _, found = batch(made.getvalue(), *options)
        for query in queries:
            hits = json.loads(run("search", query, "--json", *options).stdout)["hits"]
            mine = [row for row in found if row["query"] == query and row["hit"]]
            assert [(row["document"], row["page"], row["passage"]) for row in mine] == [
                (hit["document"], str(hit["page"]), hit["snippet"]) for hit in hits
            ]


def test_its_citations_hold(write: Write, batch: Batch, run: Run, tmp_path: Path) -> None:
    write("정보주체의 동의를 받지\n않고 얼굴", "둘째 동의", name="협약.pdf")
    result, found = batch("query,quote\n동의,동의를 받지 않고\n", "--style", "english")
    assert (result.exit_code, len(found)) == (0, 3)
    checked = run("cite", "--verify", tmp_path / "결과.csv", "--json")
    told = json.loads(checked.stdout)
    assert (checked.exit_code, told["hold"], told["total"]) == (0, 3, 3)
    assert "자료, p. " in found[0]["citation"]


def test_quotations_have_grades(write: Write, batch: Batch) -> None:
    write("정보주체의 동의를 받지\n않고", "모두 1.7억 건이다", name="답변.pdf")
    _, found = batch("id,quote\n1,동의를 받지 않고\n2,모두 17억 건\n3,셋째 문장이다\n")
    assert [(row["result"], row["grade"], row["page"]) for row in found] == [
        ("found", "exact", "1"),
        ("altered", "altered", "2"),
        ("not found", "absent", ""),
    ]
    assert found[0]["quote"] == "동의를 받지 않고"
    assert [(row["all pages"], row["all documents"]) for row in found] == [("1", "1"), ("1", "1"), ("0", "0")]
    assert found[0]["passage"] == "동의를 받지\n않고"
    assert "/p1/6-15/" in found[0]["citation"]
    assert "/p2/all/" in found[1]["citation"]  # these words do not stand there: the page alone can be cited
    assert found[1]["message"] == "quoted [], it stands [.]"
    assert found[2]["message"] == "Searched 2 of 2 pages, every one read in full."


def test_places_beyond_the_limit_are_not_counted(write: Write, batch: Batch) -> None:
    for n in range(3):
        write(f"동의를 받지 않고 {n}", name=f"{n}.pdf")
    _, found = batch("quote,limit\n동의를 받지 않고,2\n동의를 받지 않고,4\n")
    assert [(row["line"], row["all pages"]) for row in found] == [
        ("2", ""),
        ("2", ""),
        ("3", "3"),
        ("3", "3"),
        ("3", "3"),
    ]


def test_finding_nothing_is_a_row_that_says_what_was_searched(corpus: Corpus, write: Write, batch: Batch) -> None:
    write("하나", name="가.pdf")
    lost = Document("f" * 64, 1, "application/pdf", None, State.NOT_SEARCHABLE, Reason.ENCRYPTED)
    with corpus.store.writing() as record:
        place = corpus.store.occurrences()[0]
        record.document(lost)
        record.occurrence(type(place)("x", lost.id, place.delivery, "잠김.pdf", "잠김.pdf", 1, 0))
        record.settle(lost, "test-1", 1)
    result, found = batch("query,quote\n없는말,없는 말이다\n")
    assert result.exit_code == 0
    assert [row["result"] for row in found] == ["not found", "not found"]
    for row in found:
        assert row["message"] == "Searched 1 of 1 page; not searched, or not in full: 1 file not searchable: encrypted."
        assert (row["hit"], row["document"], row["citation"]) == ("", "", "")


def test_bad_lines_are_told_and_the_rest_done(write: Write, batch: Batch) -> None:
    write("동의")
    result, found = batch('query,limit\n동의 (,\n동의,x\n"동의" 얼굴,\n동의,\n')
    assert result.exit_code == 3
    assert [(row["line"], row["result"]) for row in found] == [
        ("2", "error"),
        ("3", "error"),
        ("4", "error"),
        ("5", "found"),
    ]
    assert found[0]["message"].endswith("(at character 4)")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("Line 2: ")
    assert lines[1:3] == ["동의 (", "     ^"]
    assert [line.split(":")[0] for line in lines[3:5]] == ["Line 3", "Line 4"]
    assert lines[-1].endswith("of 4 asked, 1 found, 3 error.")


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_cell_is_a_formula(write: Write, batch: Batch, ending: str, tmp_path: Path) -> None:
    write('=HYPERLINK("http://x") 동의, "인용"', name="-1+1.pdf", release="@자료", agency="+82")
    _, found = batch("query,note,=id\n동의,\"=cmd|'/C calc'!A0\",#N/A\n", ending=ending)
    (row,) = found
    assert [row[name] for name in ("title", "file", "release", "agency")] == ["'-1+1", "'-1+1.pdf", "'@자료", "'+82"]
    assert row["passage"] == '\'=HYPERLINK("http://x") 동의, "인용"'
    assert (row["note"], row["'=id"]) == ("'=cmd|'/C calc'!A0", "#N/A")
    if ending == ".xlsx":
        with zipfile.ZipFile(tmp_path / "결과.xlsx") as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert 't="e"' not in sheet


@pytest.mark.parametrize("start", FORMULAS)
def test_formulas_are_inert(start: str) -> None:
    assert inert_cell(start)[0] in "'\ufffd"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_hostile_text_is_written(write: Write, batch: Batch, ending: str, tmp_path: Path) -> None:
    write("동의 \x1b[31m\x0b\ufffe_x0041_ \uffff<b>&amp;</b> 😀", name="가.pdf")
    _, found = batch("query,limit,hit\n동의,,나\n", ending=ending)
    passage = found[0]["passage"]
    assert "<b>&amp;</b> 😀" in passage
    assert not set(passage) & {"\x1b", "\x0b", "\uffff", "\ufffe"}
    assert found[0]["hit (input)"] == "나"  # a column of the name of one of ours is kept beside it
    if ending == ".xlsx":
        with zipfile.ZipFile(tmp_path / "결과.xlsx") as book:
            assert "_x005F_x0041_" in book.read("xl/worksheets/sheet1.xml").decode()  # else Excel shows an A
    else:
        assert "_x0041_" in passage


def test_what_a_cell_cannot_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    long = "가" * 20_000 + "😀" * 10_000
    assert write_sheet(tmp_path / "a.xlsx", ["x"], [[long]]) == 1
    value = openpyxl.load_workbook(tmp_path / "a.xlsx").active["A2"].value
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.startswith("가" * 20_000 + "😀")
    assert "the CSV has all of it" in value
    write_sheet(tmp_path / "a.csv", ["x"], [[long]])
    assert long in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_withheld_text_stays_withheld(corpus: Corpus, write: Write, batch: Batch, tmp_path: Path) -> None:
    key = write("동의 홍길동 얼굴", name="가.pdf")
    page = Page(key, 1, "test-2", "동의 홍길동 얼굴", withheld=(Withheld(3, 6, (0, 0, 9, 9)),))
    with corpus.store.writing() as record:
        record.extraction(Extraction(key, "test-2", "test", {}, 1, {}))
        record.pages([page])
        record.change(key, "read")
    _, found = batch("query,quote\n동의,동의\n홍길동,홍길동\n")
    assert [row["result"] for row in found] == ["found", "found", "not found", "not found"]
    assert found[0]["passage"] == "동의 ███ 얼굴"
    assert "Text under covers on 1 page was not looked into." in found[3]["message"]
    names = [row.pop("query") + row.pop("quote") for row in found]
    assert "홍길동" in "".join(names)
    assert "홍길동" not in json.dumps(found, ensure_ascii=False)


def test_cp949_is_noticed(write: Write, batch: Batch) -> None:
    write("동의")
    result, found = batch("검색어\n동의\n".encode("cp949"))
    assert found[0]["result"] == "found"
    assert "read as CP949" in result.stderr
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        result, found = batch("검색어\n동의\n".encode(encoding))
        assert found[0]["result"] == "found"
        assert "CP949" not in result.stderr


def test_a_running_ingest_is_told(corpus: Corpus, write: Write, batch: Batch) -> None:
    write("동의", name="가.pdf")
    batch("동의\n")
    with only_writer(corpus.folder, "a test"):
        write("동의 얼굴", name="나.pdf")
        _, found = batch("동의\n얼굴\n")
    assert [(row["query"], row["result"]) for row in found] == [("동의", "found"), ("얼굴", "not found")]
    assert all("1 changed document not searched yet." in row["message"] for row in found)


def test_pages_that_have_some_of_the_words_are_called_partial(write: Write, batch: Batch) -> None:
    write("얼굴 사진", "동의 없이", "다른 말", name="가.pdf")
    result, found = batch("동의 사진\n동의 없이\n")
    assert result.exit_code == 0
    assert [(row["query"], row["result"], row["page"]) for row in found[2:]] == [("동의 없이", "found", "2")]
    some = {row["page"]: row for row in found[:2]}
    assert {row["result"] for row in some.values()} == {"partial"}
    assert some["1"]["message"].startswith("This page lacks 동의. No page has all the words. Searched 3 of 3 pages")
    assert some["2"]["message"].startswith("This page lacks 사진. ")
    assert "1 partial" in result.stderr


def test_what_was_not_looked_for_to_the_end_is_told(write: Write, batch: Batch) -> None:
    write("a" * 60 + "c", "aa", name="가.pdf")  # on the first page the expression takes for ever
    result, found = batch("/(a|aa)+$/\n/(a|aa)+$/ page:1\n")
    assert result.exit_code == 3
    assert [(row["result"], row["page"]) for row in found] == [("found", "2"), ("not finished", "")]
    for row in found:
        assert "/(a|aa)+$/: took too long on one of them" in row["message"]


def test_standard_input_and_a_limit_of_none(write: Write, run: Run, tmp_path: Path) -> None:
    write("동의", "동의")
    output = tmp_path / "결과.csv"
    result = run("batch", "-", "--output", output, "--limit", "0", input="동의\n".encode())
    assert result.exit_code == 0
    (row,) = rows(output)
    assert (row["result"], row["all pages"], row["hit"]) == ("found", "2", "")


def test_wrong_usage_is_told_before_the_work(write: Write, run: Run, tmp_path: Path) -> None:
    write("동의")
    queries = tmp_path / "질의.csv"
    queries.write_text("동의\n", encoding="utf-8")
    for arguments in (
        ["batch", queries],
        ["batch", queries, "--output", tmp_path / "결과.txt"],
        ["batch", queries, "--output", tmp_path / "없음" / "결과.csv"],
        ["batch", queries, "--output", queries],
        ["batch", tmp_path / "없음.csv", "--output", tmp_path / "결과.csv"],
    ):
        assert run(*arguments).exit_code == 2, arguments
    queries.write_bytes(b"\0\1\2")
    assert run("batch", queries, "--output", tmp_path / "결과.csv").exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".csv", ".part")) == ["질의.csv"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_was_there_stays_until_all_is_done(tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"결과{ending}"
    output.write_text("전의 결과", encoding="utf-8")

    def stopped() -> Iterator[list[str]]:
        yield ["x"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_sheet(output, ["a"], stopped())
    assert output.read_text(encoding="utf-8") == "전의 결과"
    assert not list(tmp_path.glob("*.part"))


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.cli.sheets._MOST_ROWS", 3)  # the names take one
    assert write_sheet(tmp_path / "a.xlsx", ["x"], [["1"], ["2"]]) == 2
    with pytest.raises(UsageError, match=r"write a \.csv"):
        write_sheet(tmp_path / "b.xlsx", ["x"], [["1"], ["2"], ["3"]])
    assert not (tmp_path / "b.xlsx").exists()
    assert write_sheet(tmp_path / "b.csv", ["x"], [["1"], ["2"], ["3"]]) == 3


def test_the_example_of_the_manual(write: Write, batch: Batch) -> None:
    manual = (Path(__file__).parent.parent / "docs/cli.md").read_text(encoding="utf-8")
    example = manual[manual.index("    id,query,quote,limit,note\n") :].partition("\n\n")[0]
    write("정보주체의 동의를 받지 않고 안면인식에 썼다", name="답변.pdf", agency="법무부")
    result, found = batch("\n".join(line.strip() for line in example.splitlines()))
    assert result.exit_code == 0
    assert [(row["id"], row["result"], row["query"], row["grade"]) for row in found] == [
        ("1", "found", "안면인식 동의", ""),
        ("2", "found", '"동의를 받지 않고" agency:법무부', ""),
        ("3", "found", "", "exact"),
    ]
    assert found[0]["note"] == "보도자료 3쪽"
