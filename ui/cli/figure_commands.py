"""figures: what the papers say in numbers about something, side by side."""

from __future__ import annotations

import click

from ui.cli.session import Session, corpus_option, json_option


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("term")
@click.option("--unit", help="Only figures of this unit, as it is written: 건, 명, 원, %.")
@click.option("--all", "whole", is_flag=True, help="Print every statement; else the first ones of each value.")
@click.option(
    "--seconds", type=click.FloatRange(0), default=20, show_default=True, help="Time limit of /…/ and the like."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print the statements as CSV, for a spreadsheet.")
@json_option
@corpus_option
@click.pass_obj
def figures(
    session: Session, term: str, unit: str | None, whole: bool, seconds: float, as_csv: bool, as_json: bool
) -> None:
    """Show every number that stands in one sentence or table row with a term, grouped by value.

    TERM is in the query language; all its words must stand in that sentence, or in the row and the title of its table.
    Statements that one value fits (1억 7천만여 건, some 170 million) are one group; a group that differs a little from
    another is marked.

    \b
    Examples:
      gongmun figures '안면 이미지'
      gongmun figures '"안면 이미지" OR 얼굴' --unit 건
      gongmun figures 내국인 --csv > 수치.csv
    """
    from search import Searcher
    from search.statements import stated
    from ui.cli import shown_figures, terminal
    from ui.cli.patience import patience
    from ui.cli.search_commands import _to_a_file

    if as_csv and as_json:
        raise click.UsageError("Give one of --csv and --json.")
    with Searcher(session.open()) as searcher, patience(seconds) as patient:
        found = stated(searcher, term, patient, unit=unit)
    if as_json:
        terminal.print_json(shown_figures.form(found))
    elif as_csv:
        terminal.print_plain(("\ufeff" if _to_a_file() else "") + shown_figures.csv_text(found))
    else:
        shown_figures.show(found, whole, terminal.out())
    for said in shown_figures.undone(found):
        terminal.say(said)
