"""edit, remove and withheld: what people set, take back and release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ui.cli.dates import date
from ui.cli.session import Session, corpus_option, json_option, typed, who

if TYPE_CHECKING:
    from corpus import Corpus
    from ui.cli.lookup import Known


@click.command()
@click.argument("document")
@click.option("--title", help='The title; "" goes back to the file name.')
@click.option(
    "--date",
    "when",
    metavar="DATE",
    callback=date,
    help='Its date (2019-04-22, 2019-04, 2019); "" unsets it.',
)
@click.option("--agency", help='The agency it is from; "" goes back to that of the release.')
@corpus_option
@click.pass_obj
def edit(session: Session, document: str, title: str | None, when: str | None, agency: str | None) -> None:
    """Set the title, date or agency of a document; "" unsets one.

    The file itself is never changed, and what was set before stays in the record.

    \b
    Examples:
      gongmun edit 02_업무협약서.pdf --title '업무협약서' --date 2019.4.
      gongmun edit 업무협약서 --agency 과학기술정보통신부
      gongmun edit 업무협약서 --date ''
    """
    from corpus.listings import shown
    from ui.cli import lookup, shown_records, terminal

    given = {"title": title, "date": when, "agency": agency}
    if not any(value is not None for value in given.values()):
        raise click.UsageError("Give --title, --date or --agency.")
    values = {field: shown(value.strip()) for field, value in given.items() if value is not None}
    corpus = session.open()
    listing = lookup.document(corpus, document)
    with corpus.store.writing() as record:
        for field, value in values.items():
            record.edit(listing.document.id, field, value or None, who())
    out = terminal.out()
    again = lookup.document(corpus, listing.document.id)
    shown_records.show_document(again, corpus.store.edits().get(again.document.id, {}), [], [], out)


@click.command()
@click.argument("meant", metavar="DOCUMENT|DELIVERY")
@click.option("--restore", is_flag=True, help="Take it out of the trash again.")
@corpus_option
@click.pass_obj
def remove(session: Session, meant: str, restore: bool) -> None:
    """Put a document, or all papers of a delivery, in the trash.

    They are no longer found, counted or cited, but kept: --restore brings them back. What came out of an archive or
    mail goes and comes with it, unless it was met elsewhere, too. A delivery is named by its folder or its id.

    \b
    Examples:
      gongmun remove 회의록
      gongmun remove 회의록 --restore
      gongmun remove ~/받은자료/2차
    """
    from corpus.taking_back import with_contents
    from ui.cli import lookup, wording
    from ui.cli.terminal import say

    corpus = session.open()
    known = _removable(corpus, restore)
    thing = lookup.one(meant, known)
    named = [met for met in lookup.occurrences(corpus, thing) if met.removed is restore]
    places = [met for met in with_contents(corpus.store, named) if met.removed is restore]
    if not places:
        done = "there, not in the trash" if restore else "in the trash already"
        say(f"{thing.title} is {done}.")
        return
    with corpus.store.writing() as record:
        record.remove(places, who(), removed=not restore)
    papers = wording.count(len({met.document for met in places}), "document")
    if restore:
        say(f"Restored {thing.title} ({papers}).")
    else:
        again = f"gongmun{session.corpus_words()} remove {thing.id[: lookup.SHORT_ID]} --restore"
        say(f"Moved {thing.title} to the trash ({papers}); to bring it back: {again}")


def _removable(corpus: Corpus, restore: bool) -> list[Known]:
    from corpus.listings import listings
    from ui.cli import lookup

    papers = lookup.removed(corpus) if restore else lookup.documents(listings(corpus.store))
    return papers + lookup.deliveries(corpus)


@click.group(invoke_without_command=True)
@json_option
@corpus_option
@click.pass_obj
@click.pass_context
def withheld(context: click.Context, session: Session, as_json: bool) -> None:
    """List where text lies under a cover; its words are never shown.

    Such text is not searched, quoted or shown until it is released for that document.

    \b
    Examples:
      gongmun withheld
      gongmun withheld --json
      gongmun withheld release 검토서 --yes
    """
    if context.invoked_subcommand is not None:
        return
    from ui.cli import terminal, withheld_text

    found = withheld_text.covered(session.open())
    if as_json:
        terminal.print_json(withheld_text.withheld_form(found))
    else:
        withheld_text.show_withheld(found, terminal.out())


@withheld.command()
@click.argument("document")
@click.option("--yes", is_flag=True, help="Do not ask.")
@corpus_option
@click.pass_obj
def release(session: Session, document: str, yes: bool) -> None:
    """Let the withheld text of one document be searched and shown; this is logged with your name.

    Do this where the cover is a matter of layout, not of secrecy, or where you may lawfully publish what is under it.

    \b
    Examples:
      gongmun withheld release 검토서
      gongmun withheld release 07_개인정보_처리_검토서_부분공개.pdf --yes
    """
    from ui.cli import lookup
    from ui.cli.terminal import safe, say

    corpus = session.open()
    listing = lookup.document(corpus, document)
    pages = [page for page in corpus.store.pages(listing.document.id) if page.withheld]
    if not pages:
        say(f"{listing.title} has no withheld text.")
        return
    spans = sum(len(page.withheld) for page in pages)
    asked = f"Release {spans} covered stretches on {len(pages)} pages of {listing.title}, logged as {who()}?"
    if not yes and not click.confirm(safe(asked), err=True):
        say("Nothing was released.")
        return
    with corpus.store.writing() as record:
        record.open_withheld(listing.document.id, who())
    say(f"Released; the next search finds it. Look at it with: gongmun show {typed(listing.document.id[:10])} --page N")
