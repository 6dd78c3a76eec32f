"""batch: many queries from a table, their hits into another."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.session import Session, corpus_option

if TYPE_CHECKING:
    from corpus import Corpus
    from search.batch import Answer, Queries

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("queries", metavar="QUERIES.csv")
@click.option("--output", metavar="HITS.csv|HITS.xlsx", required=True, type=_FILE, help="Where the hits are written.")
@click.option("--limit", type=click.IntRange(0), help="Hits of a line that names no limit; else 10, or 20 of a quote.")
@click.option("--sort", type=click.Choice(["relevance", "date", "document"]), default="relevance", show_default=True)
@click.option(
    "--seconds", type=click.FloatRange(0), default=20, show_default=True, help="Time limit of /…/ and the like, a line."
)
@click.option("--as-typed", is_flag=True, help="Look for nothing beside what is typed: no other language or spelling.")
@click.option("--style", type=click.Choice(["korean", "english"]), default="korean", show_default=True)
@corpus_option
@click.pass_obj
@click.pass_context
def batch(
    context: click.Context,
    session: Session,
    queries: str,
    output: Path,
    limit: int | None,
    sort: str,
    seconds: float,
    as_typed: bool,
    style: str,
) -> None:
    """Ask many queries, one a line, and write every hit with its citation to a CSV or XLSX file.

    The first line may name the columns: query (in the query language) and quote (words that gongmun quote looks for),
    limit, id, note; all but the first three are carried through. "-" is standard input. A query that finds nothing gets
    a row that says what was searched. Lines that cannot be asked are listed and have a row, the rest is done, and the
    exit code is 3.

    \b
    Examples:
      gongmun batch 질의.csv --output 결과.xlsx
      gongmun batch 질의.csv --output 결과.csv --limit 50 --sort date
    """
    from search import Searcher
    from search.batch import answers, read
    from search.looking import Patience
    from search.widening import Widening
    from ui.cli import sheets, terminal, wording
    from ui.cli.batch_rows import header

    sheets.refuse_other(output)
    if queries != "-" and Path(queries).exists() and output.exists() and Path(queries).samefile(output):
        raise click.UsageError(f"{output} holds the queries themselves; name another file for the hits.")
    corpus = session.open()
    asked = read(_text(queries))
    for remark in asked.remarks:
        terminal.say(remark)
    counts = {"found": 0, "partial": 0, "altered": 0, "not found": 0, "not finished": 0, "error": 0}
    widening = None if as_typed else Widening.of(corpus.folder)
    with Searcher(corpus) as searcher:
        answered = answers(searcher, asked, limit, sort, Patience(seconds), widening)
        written = sheets.write(output, header(asked), _rows(corpus, asked, answered, style, counts))
    told = ", ".join(f"{number:,} {name}" for name, number in counts.items() if number)
    terminal.say(f"Wrote {wording.count(written, 'row')} to {output}: of {sum(counts.values()):,} asked, {told}.")
    context.exit(3 if counts["error"] or counts["not finished"] else 0)


def _rows(
    corpus: Corpus, asked: Queries, answered: Iterator[Answer], style: str, counts: dict[str, int]
) -> Iterator[list[str]]:
    """Yield the rows of all answers with a progress bar, telling of what cannot be asked; `counts` is added to."""
    from ui.cli.batch_rows import Rows, cells
    from ui.cli.progress import steps
    from ui.cli.withheld_text import covered

    made = Rows(corpus.store, style, cache(lambda: sum(len(found) for _, found in covered(corpus))))
    done = {line.number: nth for nth, line in enumerate(asked.lines, start=1)}
    with steps("Asking") as tell:
        for answer in answered:
            for nth, row in enumerate(made.of(answer)):
                if nth == 0:
                    counts[row["result"]] += 1
                yield cells(answer, row, asked)
            _complain(answer)
            tell(done[answer.line.number], len(asked.lines))


def _complain(answer: Answer) -> None:
    from ui.cli.terminal import say

    if answer.error:
        say(f"Line {answer.line.number}: {answer.error}")
        if answer.pointer:
            say(answer.pointer)


def _text(name: str) -> str:
    """Return the table of queries as text, and say so if it is in the old Korean encoding.

    Raises:
        UsageError: it is not there, or is no text.
    """
    from corpus.errors import UsageError
    from ui.cli.reading_files import decoded, given_bytes
    from ui.cli.terminal import say

    raw = given_bytes(name)
    text = decoded(raw)
    if text is None:
        raise UsageError(f"{name} is no text in UTF-8, UTF-16 or CP949; save it as CSV (UTF-8) first.")
    if _is_cp949(raw):
        say(f"{name} is no UTF-8: it was read as CP949.")
    return text


def _is_cp949(raw: bytes) -> bool:
    """Whether bytes that are text are neither UTF-16, which begins with a mark, nor UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return False
