"""gongmun figures, and the fields figure: and mention: of a search."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from corpus.model import Audience
from search import Searcher
from search.query import FigureRange, MentionRange, QueryError, parse, unparse
from search.statements import stated
from tests.conftest import Write
from tests.ingests import SAMPLE, ingest
from ui.cli.entry import gongmun

Run = Callable[..., Result]


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: object) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *map(str, arguments)])

    return invoked


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("figure:170000000", "figure:170000000"),
        ("figure:1억7천만", "figure:170000000"),
        ('figure:"1억 7천만여 건"', "figure:170000000건..180000000건"),
        ("figure:1.6억..1.8억", "figure:160000000..180000000"),
        ("figure:5000만..", "figure:50000000.."),
        ("figure:50명", "figure:50명"),
        ("figure:=$500", "figure:=500달러"),
        ("figure:40%", "figure:40%"),
        ("mention:2019-4", "mention:2019-04"),
        ("mention:2019년4월", "mention:2019-04"),
        ("mention:2019..2021", "mention:2019..2021"),
        ("mention:04-22", "mention:04-22"),
        ("mention:4월22일", "mention:04-22"),
    ],
)
def test_fields_have_one_canonical_text(typed: str, canonical: str) -> None:
    node = parse(typed)
    assert isinstance(node, FigureRange | MentionRange)
    assert unparse(node) == canonical
    assert parse(canonical) == node


@pytest.mark.parametrize(
    "typed",
    [
        "figure:얼굴",
        "figure:" + "9" * 500,
        "figure:..",
        "figure:5명..3명",
        "figure:5명..9원",
        "mention:어제",
        "mention:2019-13",
        "mention:..04-22",
    ],
)
def test_what_is_no_value_is_told(typed: str) -> None:
    with pytest.raises(QueryError):
        parse(typed)


def found(corpus: Corpus, query: str) -> set[int]:
    with Searcher(corpus) as searcher:
        return {hit.page.number for hit in searcher.search(query)}


def test_figures_are_found_by_value_and_marked(corpus: Corpus, write: Write) -> None:
    write("얼굴 1억 7천만여 건", "some 170 million images", "제170조", "카메라 100대 이상", "1억 7,760만 건", "17억 원")
    assert found(corpus, "figure:177600000") == {1, 4, 5}
    assert found(corpus, "figure:=177600000건") == {1, 5}
    assert found(corpus, "figure:=1억7천만") == {1, 2}
    assert found(corpus, "figure:170") == {4}
    with Searcher(corpus) as searcher:
        hit = searcher.search("figure:=1.7억건 얼굴").hits[0]
        marked = {hit.page.visible[span.start : span.end] for span in hit.matches}
    assert marked == {"얼굴", "1억 7천만여 건"}


def test_dates_are_found_by_day(corpus: Corpus, write: Write) -> None:
    write("2019년 4월 22일 회의", "2019년 4월", "4월 22일", "2018년부터 2020년까지", "2021년")
    assert found(corpus, "mention:2019-04-22") == {1, 2, 4}
    assert found(corpus, "mention:2019") == {1, 2, 4}
    assert found(corpus, "mention:2020..") == {4, 5}
    assert found(corpus, "mention:04-22") == {1, 3}
    assert found(corpus, "mention:2019 -mention:2018") == {1, 2}


def test_statements_of_the_sample_stand_side_by_side(corpus: Corpus, run: Run) -> None:
    ingest(corpus, SAMPLE)
    result = run("figures", "안면 이미지 OR 얼굴 이미지", "--unit", "건", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    groups = {entry["written"]: place for place, group in enumerate(told["groups"]) for entry in group["statements"]}
    exact, rounded = groups["1억 7,760만 건"], groups["1억 7천만 건"]
    assert exact != rounded
    assert rounded in told["groups"][exact]["near"]
    assert groups["17,760"] == exact  # (단위: 만 건)
    assert told["coverage"]["pages"] >= told["pages"] >= told["looked_at"] > 0
    for group in told["groups"]:
        for entry in group["statements"]:
            start, end = entry["mark"]
            assert entry["sentence"][start:end] == entry["written"]


def test_a_difference_is_flagged_on_the_terminal_and_as_csv(run: Run, write: Write) -> None:
    write("내국인은 5,764만 여 건이다.", name="가.pdf")
    write("내국인은 5,760만 건이다.\n외국인은 1억 2,000만 건이다.", name="나.pdf")
    shown = run("figures", "내국인").stdout
    assert "differs a little from" in shown
    assert "1억 2,000만" not in shown.split("Searched")[0]
    rows = list(csv.DictReader(io.StringIO(run("figures", "내국인", "--csv").stdout)))
    assert [(row["value"], row["differs from"]) for row in rows] == [("57600000", "2"), ("57640000..57650000", "1")]
    assert "No number stands" in run("figures", "외계인").stdout


def test_nobody_reads_numbers_of_releases_they_may_not_see(corpus: Corpus, write: Write) -> None:
    write("직원 120명", release="열림", name="가.pdf")
    write("직원 130명", release="닫힘", name="나.pdf")
    with Searcher(corpus, Audience(frozenset({"열림"}))) as searcher:
        assert [each.written for group in stated(searcher, "직원").groups for each in group.statements] == ["120명"]
        assert searcher.search("figure:130명").total == 0


def test_cells_command_no_spreadsheet(run: Run, write: Write) -> None:
    write("=SUM(A1) 직원 120명")
    row = next(csv.DictReader(io.StringIO(run("figures", "직원", "--csv").stdout)))
    assert row["sentence"].startswith("'=")
