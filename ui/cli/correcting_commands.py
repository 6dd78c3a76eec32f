"""correct, checked and read-first: what people do about recognised text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ui.cli.session import Session, corpus_option, json_option, who

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.model import Listing, Page

who_option = click.option("--who", "name", metavar="NAME", help="Who does it; else the name of your account.")


@click.command()
@click.argument("document")
@click.option("--page", type=click.IntRange(1), required=True, help="The page, counted from 1 in the file.")
@click.option(
    "--line", "wrong", metavar="TEXT", help="What it says now: a line or a part of one, that stands there once."
)
@click.option("--to", "right", metavar="TEXT", help='What the paper says; "" takes it out.')
@click.option("--undo", is_flag=True, help="Take the last correction of the page back.")
@who_option
@json_option
@corpus_option
@click.pass_obj
def correct(
    session: Session,
    document: str,
    page: int,
    wrong: str | None,
    right: str | None,
    undo: bool,
    name: str | None,
    as_json: bool,
) -> None:
    """Put right what OCR misread on a page; the machine's text is kept, and searches find the corrected one.

    Only recognised text can be corrected, never a file's own. Without --line and --to, the corrections of the page are
    listed.

    \b
    Examples:
      gongmun correct 진정서 --page 1 --line '동의률 받지' --to '동의를 받지'
      gongmun correct 진정서 --page 1
      gongmun correct 진정서 --page 1 --undo
    """
    from ui.cli import lookup, shown_corrections, terminal

    if undo and (wrong is not None or right is not None):
        raise click.UsageError("Give --undo alone, or --line and --to.")
    if (wrong is None) != (right is None):
        raise click.UsageError("Give --line and --to both: what the page says now, and what the paper says.")
    corpus = session.open()
    listing = lookup.document(corpus, document)
    before = corpus.store.page(listing.document.id, page)
    after = before
    if undo:
        after = _undone(corpus, before, name or who())
    elif wrong is not None and right is not None:
        after = _corrected(corpus, before, wrong, right, name or who())
    if as_json:
        terminal.print_json(shown_corrections.form(corpus, listing, after))
    elif after is before:
        shown_corrections.show(corpus, listing, after, terminal.out())
    else:
        again = f"gongmun{session.corpus_words()} correct {listing.document.id[: lookup.SHORT_ID]} --page {page} --undo"
        terminal.say(shown_corrections.said(corpus, listing, after, again))


def _undone(corpus: Corpus, page: Page, name: str) -> Page:
    from ingest.correcting import undo

    return undo(corpus, page.document, page.number, page.fingerprint, name)


def _corrected(corpus: Corpus, page: Page, wrong: str, right: str, name: str) -> Page:
    from ingest import correcting

    start, end = _place(page, wrong)
    return correcting.correct(corpus, page.document, page.number, page.fingerprint, start, end, right, name)


def _place(page: Page, wrong: str) -> tuple[int, int]:
    """Return where a text stands on a page, if it stands there once.

    Raises:
        UsageError: it stands there several times, or not at all.
    """
    from unicodedata import normalize

    from corpus.errors import UsageError

    if not wrong.strip():
        raise UsageError("--line is empty; give some words of the page.")
    text = page.visible
    for sought in dict.fromkeys((wrong, normalize("NFC", wrong))):
        starts = [at for at in range(len(text)) if text.startswith(sought, at)]
        if len(starts) == 1:
            return starts[0], starts[0] + len(sought)
        if starts:
            raise UsageError(
                f"{wrong!r} stands {len(starts)} times on page {page.number}; give more of its line, so that it stands "
                "there once."
            )
    raise UsageError(
        f"{wrong!r} does not stand on page {page.number}, letter by letter; to see what does: "
        f"gongmun show {page.document[:10]} --page {page.number}"
    )


@click.command()
@click.argument("document")
@click.option("--page", "pages", type=click.IntRange(1), multiple=True, help="A page, counted from 1; may be repeated.")
@click.option("--undo", is_flag=True, help="Take the tick off again.")
@who_option
@corpus_option
@click.pass_obj
def checked(session: Session, document: str, pages: tuple[int, ...], undo: bool, name: str | None) -> None:
    """Tick off recognised pages that you have compared with their picture, letter by letter ("read by eye").

    They then count as fully read, and say "checked by a person". A later correction takes the tick off. Without --page,
    the pages ticked off are listed.

    \b
    Examples:
      gongmun checked 진정서 --page 1 --page 2
      gongmun checked 진정서
      gongmun checked 진정서 --page 2 --undo
    """
    from corpus import checking
    from ui.cli import lookup, shown_corrections, terminal

    if undo and not pages:
        raise click.UsageError("--undo needs --page N.")
    corpus = session.open()
    listing = lookup.document(corpus, document)
    key = listing.document.id
    for number in pages:
        page = corpus.store.page(key, number)  # before any is ticked off, so that a wrong number changes nothing
        if not undo:
            checking.refuse(page)
    for number in dict.fromkeys(pages):
        if undo:
            checking.uncheck(corpus.store, key, number, name or who())
        else:
            fingerprint = corpus.store.page(key, number).fingerprint
            checking.check(corpus.store, key, number, fingerprint, name or who())
    if pages:
        terminal.say(_said_checked(listing, pages, undo))
    else:
        shown_corrections.show_checks(listing, checking.checks(corpus.store, key), terminal.out())


def _said_checked(listing: Listing, pages: tuple[int, ...], undo: bool) -> str:
    numbers = ", ".join(map(str, sorted(set(pages))))
    if undo:
        return f"Took the tick off p. {numbers} of {listing.title}."
    return f"Ticked off p. {numbers} of {listing.title}: compared with the picture, letter by letter."


@click.command("read-first")
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
@corpus_option
@click.pass_obj
def read_first(session: Session, documents: tuple[str, ...]) -> None:
    """Have documents read by OCR before all others that wait; in the order given.

    A reading that is under way goes on with them after the document it is at.

    \b
    Examples:
      gongmun read-first 진정서
      gongmun read-first 진정서 '별지 3' && gongmun ingest --ocr
    """
    from corpus.waiting import want
    from ui.cli import lookup, wording
    from ui.cli.terminal import say

    corpus = session.open()
    found = [lookup.document(corpus, meant) for meant in documents]
    waiting = {listing.document.id: _waiting(corpus, listing.document.id) for listing in found}
    with corpus.store.writing() as record:
        for key in (key for key, waits in waiting.items() if waits):
            want(record, key, who())
    for listing in found:
        if waits := waiting[listing.document.id]:
            say(f"{listing.title} is read before others ({wording.count(waits, 'page')} waiting): gongmun ingest --ocr")
        else:
            say(f"{listing.title} has no page that waits for OCR.")


def _waiting(corpus: Corpus, document: str) -> int:
    from corpus.model import Reason

    reasons = (Reason.NEEDS_OCR, Reason.UNREAD_PICTURES)
    return sum(reason in reasons for _, reason in corpus.store.page_states(document).values())
