"""init, status, show and verify: the record as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.cli.session import Session, corpus_option, json_option, typed

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.model import Listing, Page

_WHOLE = 30_000  # pixels: a picture file is drawn as wide as it is


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new corpus in a new or empty folder.

    \b
    Examples:
      gongmun init 법무부-2021
      gongmun init ~/말뭉치/과기정통부
    """
    from corpus import Corpus
    from ui.cli.terminal import out, text

    with Corpus.create(folder) as corpus:
        out().print(text(f"Made a corpus in {corpus.folder}. Next:"))
        out().print(text(f"  gongmun ingest PATH --corpus {typed(str(folder))} --agency 법무부"))


@click.command()
@click.option("--files", is_flag=True, help="List every document.")
@json_option
@corpus_option
@click.pass_obj
def status(session: Session, files: bool, as_json: bool) -> None:
    """Say what can be searched, what cannot and why, and what to do about it.

    \b
    Examples:
      gongmun status
      gongmun status --files
      gongmun status --json --corpus 법무부-2021
    """
    from corpus.checking import bases
    from corpus.listings import listings
    from ui.cli import json_forms, shown_corrections, shown_records, terminal
    from ui.cli.index_state import index_form, show_index

    corpus = session.open()
    coverage, known = corpus.store.coverage(), listings(corpus.store)
    not_whole = {document.id for document in coverage.not_whole}
    shown = {id: listing for id, listing in known.items() if files or id in not_whole}
    if as_json:
        index = index_form(corpus)
        form = json_forms.status_form(str(corpus.folder), corpus.settings.id, coverage, shown, index)
        terminal.print_json({**form, "bases": shown_corrections.bases_form(bases(corpus.store))})
        return
    out = terminal.out()
    shown_records.show_coverage(coverage, out)
    shown_corrections.show_bases(bases(corpus.store), out)
    if shown:
        out.print("" if files else "\nNot searchable, or not in full:")
        shown_records.show_files(shown.values(), files, out)
    show_index(corpus, out)


@click.command()
@click.argument("document")
@click.option("--page", type=click.IntRange(1), help="Print the text of this page, counted from 1.")
@click.option("--image", metavar="FILE", type=click.Path(path_type=Path), help="Write a picture of the page (PNG).")
@click.option("--password", is_flag=True, help="Ask for the file's password (for --image).")
@json_option
@corpus_option
@click.pass_obj
def show(session: Session, document: str, page: int | None, image: Path | None, password: bool, as_json: bool) -> None:
    """Show what is known of a document, or the text or picture of a page.

    DOCUMENT is an id or its beginning, a file name, or a part of a title that fits only one. Withheld text is covered
    by █. With --page, only the text goes to standard output.

    \b
    Examples:
      gongmun show 업무협약서
      gongmun show 업무협약서 --page 2
      gongmun show 업무협약서 --page 2 --image 협약서-2쪽.png
    """
    from ui.cli import lookup

    if image is not None and page is None:
        raise click.UsageError("--image needs --page N.")
    corpus = session.open()
    listing = lookup.document(corpus, document)
    if page is None:
        _show_document(corpus, listing, as_json)
    elif image is None:
        _show_text(listing, corpus.store.page(listing.document.id, page), as_json)
    else:
        secret = click.prompt("Password", hide_input=True, err=True) if password else None
        _write_picture(corpus, listing, page, image, secret)


def _show_document(corpus: Corpus, listing: Listing, as_json: bool) -> None:
    from ui.cli import json_forms, shown_records, terminal

    key = listing.document.id
    facts = (
        listing,
        corpus.store.edits().get(key, {}),
        corpus.store.occurrences(document=key),
        corpus.store.pages(key),
    )
    if as_json:
        terminal.print_json(json_forms.document_form(*facts))
    else:
        shown_records.show_document(*facts, terminal.out())


def _show_text(listing: Listing, page: Page, as_json: bool) -> None:
    from ui.cli import json_forms, terminal, wording

    if as_json:
        terminal.print_json(json_forms.text_form(page))
        return
    about = f"{listing.title}, {wording.unit(page)} · {wording.basis(page.basis, page.confidence)}"
    terminal.say(about + (f" · {page.state.value}: {page.reason.value}" if page.reason.value else ""))
    terminal.print_plain(terminal.safe(page.visible, lines=True))


def _write_picture(corpus: Corpus, listing: Listing, number: int, image: Path, password: str | None) -> None:
    from corpus.errors import UsageError
    from ui.cli.terminal import say

    if image.suffix.lower() != ".png":
        raise UsageError(f"The picture is a PNG: call the file {image.with_suffix('.png')}.")
    drawn = _drawn(corpus, listing, number, password)
    image.write_bytes(drawn)
    say(f"Wrote {image} ({len(drawn):,} bytes).")


def _drawn(corpus: Corpus, listing: Listing, number: int, password: str | None) -> bytes:
    """Draw a page in a worker process, since papers are hostile."""
    from corpus.errors import UsageError
    from corpus.model import Reason
    from ingest.formats import FormatError
    from ingest.render import PDF, picture
    from ingest.workers import WorkerPool

    drawing: tuple[Any, ...] = (picture, number, 2.0, password)
    if listing.document.media_type != PDF:
        drawing = _other_drawing(corpus, listing, number)
    limits, original = corpus.settings, corpus.originals.local(listing.document.id)
    with WorkerPool(1, seconds=limits.worker_seconds, memory_mb=limits.worker_memory_mb) as pool:
        try:
            draw, *asked = drawing
            return bytes(pool.submit(draw, original, *asked).result())
        except FormatError as error:
            if error.reason is Reason.ENCRYPTED and password is None:
                raise UsageError(
                    f"{listing.title} is encrypted; add --password to be asked for its password."
                ) from error
            raise


def _other_drawing(corpus: Corpus, listing: Listing, number: int) -> tuple[Any, ...]:
    """Return how a page of a paper that is no PDF is drawn: the function, and what it takes besides the file.

    Raises:
        UsageError: it has no picture.
        NotFound: there is no such page.
    """
    from corpus.errors import UsageError
    from ingest.render import HWP, has_picture, picture_of_hwp, picture_of_image
    from ui.cli import wording

    page, media_type = corpus.store.page(listing.document.id, number), listing.document.media_type
    if not has_picture(media_type, page.kind):
        where = f"{listing.title}, {wording.unit(page)}"
        raise UsageError(f"{where}, has no picture ({media_type}): show it without --image, or open the original.")
    if media_type in HWP:
        return picture_of_hwp, number, round(2 * page.width), 0, "png"
    return picture_of_image, number, _WHOLE, 0, "png"


@click.command()
@corpus_option
@json_option
@click.pass_obj
@click.pass_context
def verify(context: click.Context, session: Session, as_json: bool) -> None:
    """Compare originals, catalogue and index with each other; exit code 1 on any difference.

    Every original is hashed anew, so a large corpus takes a while.

    \b
    Examples:
      gongmun verify
      gongmun verify --corpus 법무부-2021 || echo '백업에서 되살릴 것'
    """
    from ui.cli.verification import differences, show_differences, verify_form

    corpus = session.open()
    found = differences(corpus)
    if as_json:
        from ui.cli.terminal import print_json

        print_json(verify_form(found))
    else:
        show_differences(corpus, found)
    context.exit(1 if found else 0)
