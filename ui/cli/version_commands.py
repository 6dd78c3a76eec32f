"""alike, compare: papers that are nearly the same, and what differs between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ui.cli.session import Session, corpus_option, json_option

if TYPE_CHECKING:
    from corpus import Corpus


@click.command()
@click.argument("document", required=False)
@json_option
@corpus_option
@click.pass_obj
def alike(session: Session, document: str | None, as_json: bool) -> None:
    """List papers whose text is 80 % alike or more, or that have the same title: copies and versions.

    DOCUMENT is the beginning of its id, its title or its file name; without it, all such papers are listed.

    \b
    Examples:
      gongmun alike
      gongmun alike 업무협약서 --json
    """
    from search.similar_papers import papers_alike
    from ui.cli import lookup, shown_versions, terminal

    corpus = session.open()
    listing = lookup.document(corpus, document) if document is not None else None
    left = _caught_up(corpus)
    found, common = papers_alike(corpus, listing.document.id if listing else None)
    if as_json:
        terminal.print_json(shown_versions.alike_form(listing, found, common, left))
    else:
        shown_versions.show_alike(listing, found, common, terminal.out())
        if left:
            said = f"{left:,} papers are" if left > 1 else "1 paper is"
            terminal.say(f"{said} not compared yet: another process writes to the corpus; try again when it is done.")


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--all", "whole", is_flag=True, help="Show every difference in full; else the first of each kind.")
@json_option
@corpus_option
@click.pass_obj
def compare(session: Session, before: str, after: str, whole: bool, as_json: bool) -> None:
    """Show what differs between two versions of a paper: black boxes, figures, words, pages.

    A and B are the beginning of an id, a title or a file name; A is the version before. Pages are matched by what they
    say. Of each black box that only one version has, the words that the other has in its place are shown.

    \b
    Examples:
      gongmun compare 업무협약서_1차.pdf 업무협약서_2차.pdf
      gongmun compare 3f2a9c 81b07d --json
    """
    from search import versions
    from ui.cli import lookup, shown_versions, terminal

    corpus = session.open()
    one, other = lookup.document(corpus, before), lookup.document(corpus, after)
    if one.document.id == other.document.id:
        raise click.UsageError(f"A and B are one paper ({one.title}), to the last byte; name two.")
    found = versions.compare(corpus, one.document.id, other.document.id)
    if as_json:
        terminal.print_json(shown_versions.form(found))
    else:
        shown_versions.show(found, whole, terminal.out())


def _caught_up(corpus: Corpus) -> int:
    """Compare the papers that are new, where nobody else writes; return how many are left."""
    from corpus.errors import CorpusLocked
    from search import near_duplicates
    from ui.cli.progress import steps

    try:
        with steps("Comparing papers") as tell:
            near_duplicates.link(corpus, tell)
    except CorpusLocked:
        return len(near_duplicates.left(corpus))
    return 0
