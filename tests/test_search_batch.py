"""Reading tables of queries, and asking them: the same as asking one by one."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from corpus.errors import CorpusLocked, UsageError
from search import Searcher
from search.batch import Line, answers, read
from tests.conftest import Write


def asked(text: str) -> list[tuple[int, str]]:
    return [(line.number, line.query) for line in read(text).lines if not line.error]


@pytest.mark.parametrize(
    "text",
    [
        "query,note\n안면인식 동의,메모\n",
        "\ufeffquery,note\r\n안면인식 동의,메모\r\n",
        " Query ,note\n안면인식 동의,메모",
        "note,검색어\n메모,안면인식 동의\n",
        "검색어\t비고\n안면인식 동의\t메모\n",
        "query;note\n안면인식 동의;메모\n",
        "term,limit,note\n안면인식 동의,,메모\n",  # no column is called query: the first is it
    ],
)
def test_the_column_of_queries_is_found(text: str) -> None:
    found = read(text)
    assert [(line.number, line.query, line.carried) for line in found.lines] == [(2, "안면인식 동의", ("메모",))]
    assert len(found.carried) == 1
    assert found.remarks == ()


def test_a_list_without_names_is_asked_whole_and_told() -> None:
    found = read("안면인식 동의\n\n얼굴 OR 안면\n")
    assert [(line.number, line.query) for line in found.lines] == [(1, "안면인식 동의"), (3, "얼굴 OR 안면")]
    assert len(found.remarks) == 1
    assert "first column" in found.remarks[0]


def test_columns_that_mean_nothing_are_carried_through() -> None:
    found = read("id,query,quote,limit,담당\n7, 동의 ,않고,5,=김\n8,얼굴\n")
    assert found.carried == ("id", "담당")
    assert found.lines == (Line(2, "동의", "않고", 5, ("7", "=김")), Line(3, "얼굴", "", None, ("8", "")))


def test_bad_lines_cost_themselves_alone() -> None:
    text = 'query,limit\n동의,열\n"동의를" 받지,3\n안면, 얼굴, 사진\n,5\n"열린\n마침,2\n'
    found = read(text)
    assert [(line.number, bool(line.error)) for line in found.lines] == [
        (2, True),
        (3, True),
        (4, True),
        (5, True),
        (6, True),
        (7, False),
    ]
    said = [line.error for line in found.lines]
    for sentence, words in zip(
        said, ["열", "double each mark", "3 cells", "no query", "double each mark"], strict=False
    ):
        assert words in sentence
    assert found.lines[2].query == "안면, 얼굴, 사진"  # shown as it stands


def test_a_quotation_in_csv_keeps_its_marks() -> None:
    assert asked('query\n"""동의를 받지 않고"" agency:법무부"\n') == [(2, '"동의를 받지 않고" agency:법무부')]
    assert asked('query\n"안면, 얼굴"\n"두\n줄"\n끝\n') == [(2, "안면, 얼굴"), (3, "두\n줄"), (5, "끝")]


def test_marks_that_csv_takes_away_are_told() -> None:
    told = read('query\n"동의를 받지 않고"\n동의\n"얼굴 사진을"\n').remarks
    assert len(told) == 1
    assert told[0].startswith("Line 2 and 1 more: ")
    assert read('"query","note"\n"동의를 받지 않고","메모"\n').remarks == ()  # a program puts marks round everything
    assert read('query\n"동의"\n').remarks == ()


@pytest.mark.parametrize(
    "text", ["", "\n \n,,\n", "query\n", "query,note\n\n", "id,term\n1,동의\n", "note,x\n동의,1\n"]
)
def test_a_table_without_queries_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read(text)


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1).filter(lambda text: text.strip())


@given(st.lists(_CELL, min_size=1, max_size=8))
def test_what_a_program_writes_is_read(queries: list[str]) -> None:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(["query"])
    writer.writerows([query] for query in queries)
    lines = read(made.getvalue()).lines
    assert [line.query for line in lines] == [query.strip() for query in queries]
    assert not any(line.error for line in lines)


def test_hits_are_those_of_a_search(corpus: Corpus, write: Write) -> None:
    for n in range(15):
        write(f"동의를 받지 않고 {n}", f"얼굴 {n}", name=f"{n}.pdf")
    text = "query,limit\n동의,\n동의 OR 얼굴,3\n\n없는말,\n동의 (,\n"
    with Searcher(corpus) as searcher:
        found = list(answers(searcher, read(text), sort="document"))
        wanted = [searcher.search("동의", sort="document"), searcher.search("동의 OR 얼굴", 3, sort="document")]
    every = [answer.results for answer in found]
    assert [results and results.hits for results in every[:2]] == [results.hits for results in wanted]
    assert [None if results is None else results.total for results in every] == [15, 30, 0, None]
    assert (found[3].line.number, found[3].position) == (6, 3)
    assert found[3].error
    assert found[3].pointer.splitlines()[1].strip() == "^"


def test_quotations_are_asked_beside_queries(corpus: Corpus, write: Write) -> None:
    write("정보주체의 동의를 받지\n않고")
    text = "query,quote,limit\n동의,동의를 받지 않고,\n,없는 말이다,\n,!!,\n,동의,0\n동의,,0\n"
    with Searcher(corpus) as searcher:
        found = list(answers(searcher, read(text), limit=7))
    assert [(a.line.number, a.results is not None, a.quoted and a.quoted.grade.word) for a in found] == [
        (2, True, None),
        (2, False, "exact"),
        (3, False, "absent"),
        (4, False, None),
        (5, False, None),
        (6, True, None),
    ]
    assert all(found[n].error for n in (3, 4))
    assert found[5].results is not None
    assert (found[5].results.total, found[5].results.hits) == (1, ())


def test_a_corpus_that_cannot_be_used_is_not_a_bad_line(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*arguments: object, **options: object) -> None:
        raise CorpusLocked("locked")

    with Searcher(corpus) as searcher:
        monkeypatch.setattr(Searcher, "search", locked)
        with pytest.raises(CorpusLocked):
            list(answers(searcher, read("동의")))
