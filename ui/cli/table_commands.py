"""tables: the tables of a paper, as grids, as CSV or as JSON."""

from __future__ import annotations

import click

from ui.cli.session import Session, corpus_option, json_option


@click.command()
@click.argument("document")
@click.option("--page", type=click.IntRange(1), help="Only those on this page or sheet, counted from 1 in the file.")
@click.option("--number", type=click.IntRange(1), help="Only this one of the page.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the cells as CSV, for a spreadsheet.")
@json_option
@corpus_option
@click.pass_obj
def tables(session: Session, document: str, page: int | None, number: int | None, as_csv: bool, as_json: bool) -> None:
    """Show the tables of a paper, cell by cell, in the words of its text; withheld words are covered.

    DOCUMENT is the beginning of its id, its title or its file name. Tables of PDFs are found by their ruled lines,
    after an ingest; those of HWPX, DOCX, XLSX and the like are the file's own.

    \b
    Examples:
      gongmun tables 업무보고
      gongmun tables 카메라현황 --page 1 --csv > 현황.csv
    """
    from ui.cli import lookup, shown_tables, terminal
    from ui.cli.search_commands import _to_a_file

    if as_csv and as_json:
        raise click.UsageError("Give one of --csv and --json.")
    corpus = session.open()
    listing = lookup.document(corpus, document)
    found = shown_tables.tables_of(corpus, listing.document.id, page, number)
    if as_json:
        terminal.print_json(shown_tables.form(listing, found))
    elif as_csv:
        terminal.print_plain(("\ufeff" if _to_a_file() else "") + shown_tables.csv_text(found))
    elif found:
        shown_tables.show(listing, found, terminal.out())
    else:
        terminal.say(f"No table is known of {listing.title}; gongmun show {listing.document.id[:10]} shows its text.")
