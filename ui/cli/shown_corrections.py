"""Corrections and ticks of recognised text, on a terminal and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corpus.model import Basis
from ui.cli import wording
from ui.cli.json_forms import SCHEMA, page_form
from ui.cli.terminal import line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from corpus import Corpus
    from corpus.checking import Check
    from corpus.correcting import Correction
    from corpus.model import Listing, Page


_BY_EYE = (Basis.OCR, Basis.CORRECTED, Basis.CHECKED)


def form(corpus: Corpus, listing: Listing, page: Page) -> dict[str, Any]:
    """Return a page with its corrections, oldest first."""
    from corpus.correcting import history

    kept = ("fingerprint", "before", "start", "end", "was", "text", "who", "at", "undo")
    made = [asdict(each) for each in history(corpus.store, page.document, page.number)]
    return {
        "schema": SCHEMA,
        "document": page.document,
        "title": listing.title,
        **page_form(page),
        "text": page.visible,
        "corrections": [{name: each[name] for name in kept} for each in made],
    }


def said(corpus: Corpus, listing: Listing, page: Page, undo: str) -> str:
    """Say what was done last on a page, and how to take it back."""
    from corpus.correcting import history

    last = history(corpus.store, page.document, page.number)[-1]
    where = f"{wording.unit(page)} of {listing.title}"
    if last.undo:
        about = wording.basis(page.basis, page.confidence)
        return f"Took a correction back on {where}: it says “{last.text}” again ({about})."
    return f"Corrected {where}: “{last.was}” to “{last.text}”, by {last.who}; to take it back: {undo}"


def show(corpus: Corpus, listing: Listing, page: Page, out: Console) -> None:
    """Print the corrections of a page, oldest first."""
    from corpus.correcting import history

    found = history(corpus.store, page.document, page.number)
    line(out, (f"{listing.title}, {wording.unit(page)}", "bold"), f" · {wording.basis(page.basis, page.confidence)}")
    if not found:
        line(out, "Nobody has corrected it.", indent=2)
    for each in found:
        line(out, *_parts(each), indent=2)


def _parts(each: Correction) -> tuple[tuple[str, str] | str, ...]:
    done = " (taken back)" if each.undo else ""
    return f"“{each.was}” to “{each.text}”{done} ", (f"· {each.who} · {each.at}", "dim")


def show_checks(listing: Listing, found: list[Check], out: Console) -> None:
    """Print which pages were ticked off, by whom and when."""
    pages = listing.document.pages
    line(out, (listing.title, "bold"), f": {len(found):,} of {wording.count(pages or 0, 'page')} checked by a person")
    for each in found:
        line(out, f"p. {each.page} ", (f"· {each.who} · {each.at}", "dim"), indent=2)


def bases_form(counts: Mapping[Basis, int]) -> dict[str, int]:
    """Return how many pages rest on what."""
    return {basis.value: number for basis, number in sorted(counts.items())}


def show_bases(counts: Mapping[Basis, int], out: Console) -> None:
    """Print how many pages were recognised, corrected and checked, where any were."""
    told = [f"{counts[basis]:,} {wording.basis(basis, None)}" for basis in _BY_EYE if counts.get(basis)]
    if told:
        out.print()
        line(out, f"Of the pages, {', '.join(told)}.")
