"""annotations list, export and import: what people marked and noted, on the command line."""

# No `from __future__ import annotations` here: the name is that of a command.
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.session import Session, corpus_option, json_option, who

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.annotations import Annotation

FORMATS = ("jsonld", "csv", "markdown")


@click.group()
def annotations() -> None:
    """List, export and import annotations: what people marked in the papers and wrote beside it.

    \b
    Examples:
      gongmun annotations list --tag 동의
      gongmun annotations export --format csv --output 주석.csv
      gongmun annotations import 주석.jsonld
    """


@annotations.command("list")
@click.option("--document", "meant", metavar="DOCUMENT", help="Of this document alone: id, file name or title.")
@click.option("--tag", help="With this tag alone.")
@click.option("--author", help="By this author alone.")
@json_option
@corpus_option
@click.pass_obj
def list_(session: Session, meant: str | None, tag: str | None, author: str | None, as_json: bool) -> None:
    """List annotations by document and page, with where each stands on the page as it is read now.

    Those of papers in the trash, or purged, follow: their source is gone, what people wrote is not.

    \b
    Examples:
      gongmun annotations list
      gongmun annotations list --document 업무협약서 --author 김보좌
      gongmun annotations list --tag 동의 --json
    """
    from ui.cli import notes_left, shown_annotations, terminal

    corpus = session.open()
    found = shown_annotations.facts(corpus, _wanted(corpus, meant, tag, author))
    left = notes_left.wanted(corpus, tag, author) if meant is None else []
    if as_json:
        form = shown_annotations.annotations_form(found)
        terminal.print_json({**form, "source_gone": notes_left.left_form(left)})
    else:
        shown_annotations.show_annotations(found, terminal.out())
        notes_left.show_left(left, terminal.out())


def _wanted(corpus: "Corpus", meant: str | None, tag: str | None, author: str | None) -> "list[Annotation]":
    from corpus.annotations import annotations as all_of
    from corpus.written import name_of, tags_of
    from ui.cli import lookup

    document = lookup.document(corpus, meant).document.id if meant is not None else None
    tags, names = tags_of([tag or ""]), [name_of(author)] if author else []
    return [
        each
        for each in all_of(corpus.store, document=document)
        if set(tags) <= set(each.tags) and (not names or each.author in names)
    ]


@annotations.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonld", show_default=True)
@click.option("--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option(
    "--style",
    type=click.Choice(("korean", "english")),
    default="korean",
    show_default=True,
    help="How Markdown cites and what language its headings have.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(("ko", "en")),
    help="Language of the CSV's headings and colours; else that of the locale, else English.",
)
@corpus_option
@click.pass_obj
def export(session: Session, form: str, output: Path | None, style: str, language: str | None) -> None:
    """Write all annotations that are not deleted: W3C Web Annotations (JSON-LD), CSV or Markdown.

    JSON-LD and CSV can be imported again; Markdown is for reading, each quotation with its citation. Times in the CSV
    are those of this machine's zone, with their offset.

    \b
    Examples:
      gongmun annotations export --output 주석.jsonld
      gongmun annotations export --format csv --lang ko --output 주석.csv
      gongmun annotations export --format markdown --style english > notes.md
    """
    import json

    from corpus import annotation_forms
    from corpus.annotations import annotations as all_of
    from ui.cli import terminal, wording

    corpus = session.open()
    found = all_of(corpus.store)
    if form == "jsonld":
        made = annotation_forms.jsonld(corpus.store, found)
        if output is None:
            terminal.print_json(made)
            return
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    elif form == "csv":
        text = annotation_forms.csv_text(corpus.store, found, language=language or _of_locale())
    else:
        text = annotation_forms.markdown(corpus.store, found, style=style)
    if output is None:
        terminal.print_plain(text.replace("\r\n", "\n"))
        return
    output.write_bytes(text.encode("utf-8-sig" if form == "csv" else "utf-8"))
    terminal.say(f"Wrote {wording.count(len(found), 'annotation')} to {output}.")


def _of_locale() -> str:
    """Return the language that the locale asks for (POSIX: LC_ALL before LC_MESSAGES before LANG), else English."""
    asked = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "ko" if asked.lower().startswith("ko") else "en"


@annotations.command("import")
@click.argument("file")
@json_option
@corpus_option
@click.pass_obj
@click.pass_context
def import_(context: click.Context, session: Session, file: str, as_json: bool) -> None:
    """Take in annotations from JSON-LD (W3C Web Annotations, ours or others') or our CSV; "-" is standard input.

    Each must name its document by its SHA-256 and quote what it marks. One whose words do not stand where it says is
    placed where they stand, if that is certain, or listed as not placed. Of two versions of one annotation the higher
    wins and both are kept, so importing a file twice changes nothing. Exit code 3: some could not be imported.

    \b
    Examples:
      gongmun annotations import 주석.jsonld
      gongmun annotations import 주석.csv --json
    """
    from corpus.annotation_forms import keyed
    from corpus.annotation_import import import_annotations
    from ui.cli import shown_annotations, terminal
    from ui.cli.reading_files import given_text

    corpus = session.open()
    report = import_annotations(corpus.store, keyed(given_text(file)), who())
    if as_json:
        terminal.print_json(shown_annotations.import_form(report))
    else:
        shown_annotations.show_import(report, terminal.out())
    context.exit(3 if report.refused else 0)
