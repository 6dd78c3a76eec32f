"""search, quote and cite on small corpora: JSON, CSV, grades, proofs, citations."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from corpus.locking import only_writer
from corpus.model import Basis, Page, UnitKind
from ui.cli.entry import gongmun
from ui.cli.json_forms import page_number
from ui.cli.sheets import inert_cell
from ui.cli.wording import unit

HIT = ["document", "title", "file", "page", "label", "unit", "score", "basis", "snippet", "matches", "releases"]
HIT += ["partial", "missing"]
ESCAPES = "\x1b[31m빨강\x1b]0;제목\x07 \u202e뒤집힘 \x9b2J [bold red]마크업[/] :smile:"
Run = Callable[..., Result]


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: str, **options: str) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *arguments], **options)

    return invoked


def commanding(output: str) -> list[str]:
    """Characters that could command a terminal."""
    return [char for char in output if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\n"]


def test_search_shows_where_the_words_stand(write, run: Run) -> None:
    key = write(
        "첫 쪽", "안면 인식과 동의 없이", name="계획.pdf", release="요구자료", agency="법무부", received="2021-10-21"
    )
    result = run("search", "안면인식 동의")
    assert result.exit_code == 0
    assert "1.  계획, p. 2" in result.stdout
    assert f"법무부 · received 2021-10-21 · 요구자료 · text layer · {key[:10]}" in result.stdout
    assert "«안면 인식»과 «동의» 없이" in result.stdout
    assert "1 page in 1 document" in result.stdout
    assert "agency  법무부 1" in result.stdout
    assert "could not be searched" not in result.stdout


def test_search_says_which_pages_have_only_some_of_the_words(write, run: Run) -> None:
    write("안면 인식과 동의 없이", "안면 인식 장비", name="계획.pdf")
    both = run("search", "안면인식 동의").stdout
    assert both.index("p. 1") < both.index("These have only some of the words:") < both.index("p. 2")
    assert "without: 동의" in both
    assert "1 page in 1 document; 1 page more with some of the words" in both
    none = run("search", "안면인식을 파기").stdout
    assert none.startswith("No page has all the words; these have some:")
    assert "«안면 인식»과" in none
    assert "0 pages in 0 documents; 2 pages more with some of the words" in none
    found = json.loads(run("search", "안면인식을 파기", "--json").stdout)
    assert (found["total"], found["partial"]) == (0, 2)
    assert (found["facets"]["kind"], found["partial_facets"]["kind"]) == ({}, {"pdf": 2})
    assert "kind    pdf 0 (+2 in part)" in none
    assert [(hit["partial"], hit["missing"]) for hit in found["hits"]] == [(True, ["파기"])] * 2
    assert "계획" not in run("search", "안면인식을 파기", "--csv").stdout


def test_the_other_language_is_looked_for_too_and_can_be_left_out(write, run: Run) -> None:
    write("정보주체의 동의를 받지 않았다.", name="가.pdf")
    write("The images were handed over without consent.", name="b.pdf")
    both = run("search", "동의")
    assert "2 pages in 2 documents" in both.stdout
    assert "동의: also looked for consent (leave out: --without 동의)" in both.stderr
    assert "1 page in 1 document" in run("search", "동의", "--without", "consent").stdout
    typed = run("search", "동의", "--as-typed")
    assert "1 page in 1 document" in typed.stdout
    assert "also looked for" not in typed.stderr
    report = run("search", "동의", "--report").stdout
    assert "Looked for in their place as well" in report
    assert "    동의: consent" in report


def test_a_number_is_found_however_it_is_written(write, run: Run) -> None:
    write("얼굴 이미지 1억 7천만 건을 넘겼다.", "Some 170 million images.", name="가.pdf")
    found = json.loads(run("search", "170,000,000", "--json").stdout)
    assert found["total"] == 2
    assert (found["added"][0]["kind"], found["added"][0]["value"]) == ("number", "170000000")


def test_what_may_have_been_meant_is_told(write, run: Run) -> None:
    write("안면 인식 장비", name="가.pdf")
    result = run("search", "안면인싁")
    assert "Did you mean 안면인식? It is on 1 page." in result.stderr
    assert json.loads(run("search", "dksausdlstlr", "--json").stdout)["did_you_mean"] == [
        {"query": "안면인식", "total": 1}
    ]


def test_search_json_has_the_keys_of_the_contract(write, run: Run) -> None:
    key = write("첫 쪽", "안면 인식과 동의 없이", name="계획.pdf", release="요구자료", agency="법무부")
    result = run("search", "동의", "--json")
    found = json.loads(result.stdout)
    keys = ["schema", "query", "total", "partial", "counted", "took_ms", "hits", "facets", "partial_facets"]
    assert list(found) == [*keys, "coverage", "unfinished", "added", "did_you_mean"]
    assert (found["unfinished"], found["partial"], found["did_you_mean"]) == ([], 0, [])
    assert found["added"] == [{"typed": "동의", "kind": "word", "forms": ["consent"]}]
    assert (found["schema"], found["query"], found["total"], found["counted"]) == (1, "동의", 1, "pages")
    assert found["facets"]["agency"] == {"법무부": 1}
    assert found["coverage"] == {"pages": 2, "searchable": 2, "not_searchable": 0}
    (hit,) = found["hits"]
    assert list(hit) == HIT
    assert hit["unit"] == {"kind": "page", "number": 2, "name": None, "address": None}
    assert (hit["document"], hit["file"], hit["page"], hit["label"]) == (key, "계획.pdf", 2, "2")
    ((start, end),) = hit["matches"]
    assert hit["snippet"][start:end] == "동의"
    assert result.stderr == ""


def test_offset_goes_on_where_the_limit_ended(write, run: Run) -> None:
    for n in range(3):
        write(f"동의 {n}", name=f"{n}.pdf")
    first = run("search", "동의", "--limit", "2", "--sort", "document")
    assert "3 pages in 3 documents, 1 to 2 shown (more: --offset 2)" in first.stdout
    rest = run("search", "동의", "--limit", "2", "--offset", "2", "--sort", "document")
    assert "3.  2, p. 1" in rest.stdout
    assert "1.  0" not in rest.stdout


def test_a_search_beside_a_writer_says_what_it_did_not_see(corpus: Corpus, write, run: Run) -> None:
    write("동의", name="하나.pdf")
    with only_writer(corpus.folder, "a test"):
        result = run("search", "동의")
        quoted = run("quote", "동의")
    assert "1 document changed since the index was written" in result.stdout
    assert quoted.stdout.startswith("exact")  # quotations look into what the index has yet to take in
    assert "changed since" not in run("search", "동의").stdout


def test_finding_nothing_teaches(write, run: Run) -> None:
    write("다른 글")
    result = run("search", '"얼굴인식시스템 구축사업을" 동의')
    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing found. Searched: 1 page.")
    assert "quotation marks" in result.stdout
    assert " OR " in result.stdout


@pytest.mark.parametrize(
    ("query", "hint", "no_hint"),
    [
        ("/없는 말/", "capital and small letters differ", "Use fewer words"),
        ('"없는 * 말"', "farther apart", "quotation marks"),
        ('"없는 말"~3', "farther apart", "Use fewer words"),
        ("=Nowhere", "Leave = out", "narrows"),
        ("e-mail", "Try another word", "narrows"),
        ("없는 -글", "narrows", "fewer"),
        ("안면인식시스템을", "shorter word", "fewer"),
    ],
)
def test_what_to_try_depends_on_what_was_asked(write, run: Run, query: str, hint: str, no_hint: str) -> None:
    write("다른 글")
    said = run("search", query).stdout
    assert hint in said
    assert no_hint not in said


def test_a_bad_query_is_pointed_at(write, run: Run) -> None:
    write("글")
    result = run("search", "안면인식 titel:추진", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[1:] == ["안면인식 titel:추진", "         ^"]
    assert "did you mean title:" in result.stderr


def test_document_text_cannot_command_the_terminal(write, run: Run) -> None:
    write(f"동의 {ESCAPES}", name="[red]이름.pdf", release=f"자료{ESCAPES[:4]}")
    for arguments in (["search", "동의"], ["quote", "동의"], ["show", "이름", "--page", "1"], ["status", "--files"]):
        result = run(*arguments)
        assert commanding(result.stdout + result.stderr) == [], arguments
        assert "[red]이름" in result.stdout + result.stderr, arguments
    assert "[bold red]마크업[/] :smile:" in run("search", "동의").stdout
    as_json = run("search", "동의", "--json").stdout
    assert commanding(as_json) == []
    assert "\x1b[31m" in json.loads(as_json)["hits"][0]["snippet"]


def test_what_was_not_finished_is_said(write, run: Run) -> None:
    write(*["동의를 받지 않고"] * 3, name="가.pdf")
    whole = run("search", "/동의(를|가)/")
    assert "3 pages in 1 document" in whole.stdout
    assert "«동의를» 받지 않고" in whole.stdout
    assert whole.stderr == ""
    stopped = run("search", "/동의(를|가)/", "--seconds", "0")
    assert "/동의(를|가)/: stopped after 0 s: 0 of 3 pages looked at; add words" in stopped.stderr
    assert "--seconds" in stopped.stderr
    assert stopped.stdout == "Nothing found in what could be looked through in time.\n"
    for option in ("--json", "--csv"):
        assert "0 of 3 pages" in run("search", "/동의(를|가)/", "--seconds", "0", option).stderr
    found = json.loads(run("search", "/동의(를|가)/", "--seconds", "0", "--json").stdout)
    (part,) = found["unfinished"]
    assert part == {"part": "/동의(를|가)/", "pages": 3, "looked_at": 0, "given_up": 0, "seconds": 0.0}


def test_a_page_that_takes_too_long_is_told_of(write, run: Run) -> None:
    write("x" * 4000, "y", name="가.pdf")
    result = run("search", "/(x+x+)+z|y/")
    assert "1 page in 1 document" in result.stdout
    assert "(x+x+)+z|y/: took too long on one of them" in result.stderr


def test_a_fault_in_an_expression_is_pointed_at(write, run: Run) -> None:
    write("글")
    result = run("search", "안면 /가[나/")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[1:] == ["안면 /가[나/", "           ^"]


def test_report_is_printed_or_written(write, run: Run, tmp_path: Path) -> None:
    key = write("동의를 받지 않고", name="가.pdf")
    printed = run("search", "동의", "--lang", "en", "--report")
    assert printed.exit_code == 0
    assert "YES: found on 1 page in 1 document." in printed.stdout
    assert key in printed.stdout
    file = tmp_path / "보고서.md"
    written = run("search", "없는말", "--report", str(file), "--lang", "ko")
    assert written.stdout == ""
    assert str(file) in written.stderr
    assert "없음: 파일 1건의 1쪽 어디에도 없습니다." in file.read_text(encoding="utf-8")
    assert run("search", "동의", "--json", "--report").exit_code == 2
    nowhere = run("search", "동의", "--report", str(tmp_path / "없는" / "보고서.md"))
    assert nowhere.exit_code == 2
    assert "cannot be written" in nowhere.stderr


def test_report_lists_as_many_as_asked(write, run: Run) -> None:
    write(*["동의"] * 12, name="가.pdf")
    assert run("search", "동의", "--report=-", "--lang", "en").stdout.count("p. ") == 12
    some = run("search", "동의", "--limit", "5", "--lang", "en", "--report").stdout
    assert "The first 5 of 12 pages" in some


@pytest.mark.parametrize(
    ("locale", "said"), [("ko_KR.UTF-8", "# 검색 보고서"), ("C.UTF-8", "# Search report"), ("", "# Search")]
)
def test_report_speaks_the_language_of_the_system(
    write, run: Run, monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    write("글")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert run("search", "글", "--report").stdout.startswith(said)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\u3000=", "＝", "'", "\n+", "\t=", "\r="])
def test_no_csv_cell_is_a_formula(start: str) -> None:
    assert inert_cell(f"{start}cmd|' /C calc'!A0", lines=False)[0] in "'\ufffd"
    assert inert_cell("보통\n글", lines=False) == "보통 글"


def test_csv_has_a_row_a_hit(write, run: Run) -> None:
    write('=HYPERLINK("http://x") 동의, "인용"\n둘째 줄', name="-1+1.pdf")
    rows = list(csv.DictReader(io.StringIO(run("search", "동의", "--csv").stdout)))
    assert [(row["title"], row["file"], row["page"]) for row in rows] == [("'-1+1", "'-1+1.pdf", "1")]
    assert rows[0]["snippet"] == '\'=HYPERLINK("http://x") 동의, "인용" 둘째 줄'
    assert run("search", "동의", "--csv", "--json").exit_code == 2


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page("x", 3, "f", ""), "p. 3"),
        (Page("x", 3, "f", "", label="3"), "p. 3"),
        (Page("x", 3, "f", "", label="2"), "p. 3 (printed 2)"),
        (Page("x", 3, "f", "", kind=UnitKind.SLIDE), "slide 3"),
        (Page("x", 3, "f", "", kind=UnitKind.SHEET, name="카메라", address="B7"), 'sheet "카메라", B7'),
    ],
)
def test_only_a_page_has_a_page_number(page: Page, said: str) -> None:
    assert unit(page) == said
    assert page_number(page) == (3 if page.kind is UnitKind.PAGE else None)


def test_ocr_is_never_plainly_exact(corpus: Corpus, write, run: Run) -> None:
    key = write("동의를 받지 않고", name="스캔.pdf")
    with corpus.store.writing() as record:
        record.pages([Page(key, 1, "ocr-1", "동의를 받지 않고", basis=Basis.OCR, confidence=0.913)])
        record.change(key, "read")
    assert "exact · read by OCR (confidence 0.91)" in run("quote", "동의를 받지 않고").stdout
    assert "read by OCR (confidence 0.91)" in run("search", "동의").stdout
    assert json.loads(run("quote", "동의", "--json").stdout)["places"][0]["basis"] == "ocr"


# -- quote


def test_quote_grades_and_places(write, run: Run) -> None:
    key = write("정보주체의 동의를 받지\n않고 제공", name="답변.pdf")
    result = run("quote", "동의를 받지 않고", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert list(found) == ["schema", "quote", "grade", "places", "coverage"]
    (place,) = found["places"]
    assert list(place) == ["document", "page", "unit", "spans", "text", "grade", "basis", "difference"]
    assert (found["grade"], place["document"], place["page"]) == ("exact", key, 1)
    assert place["spans"] == [{"page": 1, "start": 6, "end": 15}]
    assert found["coverage"]["whole"] is True
    shown = run("quote", "동의를 받지 않고").stdout
    assert shown.startswith("exact: word for word, in 1 place")
    assert "동의를 받지↵않고" in shown


def test_quote_marks_what_differs(write, run: Run) -> None:
    write("모두 1.7억 건이다")
    result = run("quote", "모두 17억 건")
    assert result.stdout.startswith("altered")
    assert "1«.»7억" in result.stdout
    assert "you quote nothing, it stands [.]" in result.stdout
    assert run("quote", "모두 17억 건", "--strict").exit_code == 1
    assert run("quote", "모두 1.7억 건", "--strict").exit_code == 0


def test_absence_is_proved(write, run: Run) -> None:
    write("하나", "둘")
    result = run("quote", "셋째 문장")
    assert result.exit_code == 0
    assert result.stdout.startswith("absent")
    assert "Looked through: 2 of 2 pages, 1 of 1 file. Every page was read in full." in result.stdout
    assert "The index: up to date." in result.stdout
    assert run("quote", "셋째 문장", "--strict").exit_code == 1


def test_quote_reads_standard_input_and_one_document(write, run: Run) -> None:
    write("동의를 받지 않고", name="하나.pdf")
    write("동의를 받지 않고 또", name="둘.pdf")
    result = run("quote", "-", "--document", "둘", input="동의를 받지\n않고\n")
    assert "in 1 place" in result.stdout
    assert "1.  둘, p. 1" in result.stdout
    cp949 = CliRunner().invoke(gongmun, ["--corpus", str(_folder(run)), "quote", "-"], input="동의를".encode("cp949"))
    assert cp949.stdout.startswith("exact")


def _folder(run: Run) -> str:
    found: str = json.loads(run("status", "--json").stdout)["corpus"]["folder"]
    return found


# -- cite


def test_cite_page_and_words_and_verify(write, run: Run, tmp_path: Path) -> None:
    key = write("정보주체의 동의를 받지\n않고 제공", "둘째", name="답변.pdf", agency="법무부")
    page = run("cite", "답변", "--page", "2")
    assert page.exit_code == 0
    assert f"gongmun:1/{key}/p2/all/" in page.stdout
    words = run("cite", key[:8], "--page", "1", "--quote", "동의를 받지 않고", "--style", "english")
    assert "/p1/6-15/" in words.stdout.replace("\n", "")
    assert json.loads(run("cite", "답변", "--page", "1", "--json").stdout)
    draft = tmp_path / "초고.txt"
    draft.write_text(f"글 {page.stdout} 그리고 {words.stdout}", encoding="utf-8")
    checked = run("cite", "--verify", str(draft))
    assert checked.exit_code == 0
    assert "2 of 2 citations hold" in checked.stdout
    draft.write_text(words.stdout.replace("/6-15/", "/7-15/"), encoding="utf-8")
    assert run("cite", "--verify", str(draft)).exit_code == 1
    assert json.loads(run("cite", "--verify", str(draft), "--json").stdout)["hold"] == 0
    assert run("cite", "--verify", "-", input="인용 없음").exit_code == 1


def test_words_on_another_page_are_not_cited(write, run: Run) -> None:
    write("첫 쪽의 글", "동의를 받지 않고", name="답변.pdf")
    result = run("cite", "답변", "--page", "1", "--quote", "동의를 받지 않고")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "답변, page 2 (exact)" in result.stderr
    altered = run("cite", "답변", "--page", "2", "--quote", "동의를 받지-않고")
    assert altered.exit_code == 1
    assert "altered" in altered.stderr
    assert "nor anywhere else" in run("cite", "답변", "--page", "1", "--quote", "없는 말이다").stderr


@pytest.mark.parametrize(
    "arguments", [["cite"], ["cite", "답변"], ["cite", "답변", "--page", "9"], ["cite", "x", "--verify", "y"]]
)
def test_citing_wrongly_is_a_usage_error(write, run: Run, arguments: list[str]) -> None:
    write("글", name="답변.pdf")
    assert run(*arguments).exit_code == 2
