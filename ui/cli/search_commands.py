"""search, quote and cite: finding passages and citing them."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import click

from ui.cli.session import Session, corpus_option, json_option

if TYPE_CHECKING:
    from search.results import Results
    from search.suggest import Suggestion

_MINUS = {"ignore_unknown_options": True}  # -교육 and -5% are what is asked for, not options
STYLE_NAMES = ("korean", "english", "json")


@click.command(context_settings=_MINUS)
@click.argument("query")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="How many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many hits to pass over.")
@click.option("--sort", type=click.Choice(["relevance", "date", "document"]), default="relevance", show_default=True)
@click.option(
    "--seconds", type=click.FloatRange(0), default=20, show_default=True, help="Time limit of /…/ and the like."
)
@click.option("--as-typed", is_flag=True, help="Look for nothing beside what is typed: no other language or spelling.")
@click.option(
    "--without", metavar="WORD", multiple=True, help="Leave out a word or form that was added; may be repeated."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print the hits as CSV, for a spreadsheet.")
@click.option(
    "--report",
    "report_file",
    metavar="[FILE]",
    is_flag=False,
    flag_value="-",
    help="Write a report one can sign: hits, and what was searched. Without FILE, print it. Stands after QUERY.",
)
@click.option("--lang", type=click.Choice(["en", "ko"]), help="The language of the report; else that of the system.")
@json_option
@corpus_option
@click.pass_obj
@click.pass_context
def search(
    context: click.Context,
    session: Session,
    query: str,
    limit: int,
    offset: int,
    sort: str,
    seconds: float,
    as_typed: bool,
    without: tuple[str, ...],
    as_csv: bool,
    report_file: str | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Find pages, best first.

    QUERY is in the query language (docs/query-language.md): all words on one page, OR between alternatives, "…" for
    words in this order (* between them for a gap, "…"~10 for words near each other), -word to leave out, =word as
    typed, /…/ for a regular expression, and the fields title: agency: release: file: date: page: scope: type: lang:
    basis: confidence: unit: label: has: tag: figure: mention:.

    Words are also looked for in the other language (동의: consent), numbers in their other spellings, which is told.
    Where few pages have all the words, those with some follow.

    \b
    Examples:
      gongmun search '안면인식 동의'
      gongmun search '"동의를 받지 않고" agency:법무부 date:2019..2021'
      gongmun search '법무부 동의' --without consent
      gongmun search '/제[0-9]+조의[0-9]/' --seconds 120
      gongmun search 출입국 --limit 50 --csv > hits.csv
      gongmun search '동의 consent' --report 보고서.md --lang ko
    """
    from search import Searcher
    from search.widening import Widening
    from ui.cli import json_forms, shown_hits, suggesting, terminal
    from ui.cli.patience import patience, undone

    if as_csv + as_json + (report_file is not None) > 1:
        raise click.UsageError("Give one of --csv, --json and --report.")
    corpus = session.open()
    widening = None if as_typed else Widening.of(corpus.folder, without)
    with Searcher(corpus) as searcher, patience(seconds) as patient:
        if report_file is not None:
            from ui.cli.reporting import write_report

            given = context.get_parameter_source("limit") is not click.core.ParameterSource.DEFAULT
            write_report(searcher, query, limit if given else None, patient, report_file, lang, widening)
            return
        results = searcher.search(query, limit, offset, sort, patience=patient, partial=not as_csv, widening=widening)
        meant = [] if results.total or as_csv else suggesting.suggestions(searcher, query)
    if as_json:
        terminal.print_json(json_forms.search_form(results, meant))
    elif as_csv:
        terminal.print_plain(("\ufeff" if _to_a_file() else "") + shown_hits.csv_text(results))
    else:
        _show(results, meant, query, offset)
    for said in undone(results):
        terminal.say(said)


def _show(results: Results, meant: list[Suggestion], query: str, offset: int) -> None:
    from ui.cli import shown_hits, suggesting, terminal

    if results.total or results.partial:
        shown_hits.show_results(results, offset, terminal.out())
    else:
        shown_hits.show_nothing(query, results.coverage, terminal.out(), bool(results.unfinished))
        shown_hits.show_gaps(results.coverage, results.behind, terminal.out())
    suggesting.show(results, meant, terminal.say)


def _to_a_file() -> bool:
    """Whether standard output is a plain file: spreadsheets need a byte order mark there to read Korean."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


@click.command(context_settings=_MINUS)
@click.argument("text")
@click.option("--document", "meant", metavar="DOCUMENT", help="Look in this document alone: id, file name or title.")
@click.option("--strict", is_flag=True, help="Exit with 1 unless it stands somewhere at least as `typography`.")
@json_option
@corpus_option
@click.pass_obj
@click.pass_context
def quote(context: click.Context, session: Session, text: str, meant: str | None, strict: bool, as_json: bool) -> None:
    """Find where a quotation stands, word for word.

    TEXT may run over line ends and page ends of the paper; "-" reads it from standard input, where a quotation in “ ”
    copied with its citation is looked for without marks and citation. The answer is a grade:
    exact, spacing (blanks differ), typography (quotation marks, dashes differ), altered (the nearest passage, with what
    differs: a figure, a negation, a word …), absent. For the last two it prints what was looked through. The exit code
    is 0 whatever the grade, unless --strict.

    \b
    Examples:
      gongmun quote '정보주체의 동의를 받지 않고'
      gongmun quote '1억 7천만 건' --document 답변서
      pbpaste | gongmun quote - --strict
    """
    from search import Searcher
    from ui.cli import json_forms, lookup, shown_quotes, terminal, withheld_text
    from ui.cli.copied_quotes import pasted_quote, say_gone
    from ui.cli.reading_files import given_text

    corpus = session.open()
    words = given_text("-").strip() if text == "-" else text
    within = lookup.document(corpus, meant) if meant is not None else None
    with Searcher(corpus) as searcher:
        document = within.document.id if within else None
        result = (pasted_quote(searcher, words, document) if text == "-" else None) or searcher.quote(words, document)
    if text == "-":
        say_gone(corpus, words)
    pages = corpus.store.some_pages((place.document, place.page) for place in result.places)
    nowhere = result.grade.word in ("altered", "absent")
    covered = sum(len(found) for _, found in withheld_text.covered(corpus)) if nowhere else 0
    if as_json:
        terminal.print_json(json_forms.quote_form(result, pages, covered, within))
    else:
        shown_quotes.show_quote(result, pages, within, covered, terminal.out())
    if strict and result.grade.word in ("altered", "absent"):
        context.exit(1)


@click.command()
@click.argument("document", required=False)
@click.option("--page", type=click.IntRange(1), help="The page in the file, counted from 1.")
@click.option("--quote", "words", metavar="TEXT", help="The words to cite; they must stand on that page.")
@click.option("--style", type=click.Choice(STYLE_NAMES), default="korean", show_default=True)
@click.option("--verify", "draft", metavar="FILE", help="Check the citations in a text; - is standard input.")
@click.option("--json", "as_json", is_flag=True, help="The same as --style json; with --verify, the verdicts.")
@corpus_option
@click.pass_obj
@click.pass_context
def cite(
    context: click.Context,
    session: Session,
    document: str | None,
    page: int | None,
    words: str | None,
    style: str,
    draft: str | None,
    as_json: bool,
) -> None:
    """Cite a page or a passage, or check citations made earlier.

    DOCUMENT is an id or its beginning, a file name, or a part of a title that fits only one. Each citation carries a
    permanent form (gongmun:1/…) that --verify finds again in any text, and compares a quotation in “ ” directly before
    it with the paper's words. Exit code 1: the words do not stand there, or a citation does not hold.

    \b
    Examples:
      gongmun cite 업무협약서 --page 2
      gongmun cite 업무협약서 --page 2 --quote '개인정보 보호법' --style english
      gongmun cite --verify 보도자료.txt
    """
    if draft is not None:
        if document is not None or page is not None or words is not None:
            raise click.UsageError("--verify takes a file alone, without DOCUMENT, --page and --quote.")
        from ui.cli.citing import check

        context.exit(0 if check(session.open(), draft, as_json) else 1)
    if document is None or page is None:
        raise click.UsageError("Give DOCUMENT and --page N, or --verify FILE.")
    from ui.cli.citing import show_citation

    show_citation(session.open(), document, page, words, "json" if as_json else style)
