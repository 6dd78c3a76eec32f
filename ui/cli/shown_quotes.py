"""A quotation on a terminal: its grade, its places, or the proof that it stands nowhere."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from corpus.model import State
from ui.cli import wording
from ui.cli.lookup import SHORT_ID
from ui.cli.session import typed
from ui.cli.shown_hits import INDENT, number
from ui.cli.terminal import headed, line, marked

if TYPE_CHECKING:
    from rich.console import Console

    from corpus.model import Coverage, Listing, Page
    from search.grading import Difference
    from search.quotes import Place
    from search.results import QuoteResult

SAID = {
    "exact": "word for word",
    "spacing": "the same but for blanks",
    "typography": "the same but for quotation marks, dashes or forms of letters",
    "altered": "not the same; what stands there, and the differences",
    "absent": "it does not stand in what can be searched",
}
_STYLES = {"exact": "bold green", "spacing": "bold yellow", "typography": "bold yellow"}
LINE_END = "↵"
_MOST_PLACES = 20  # as many as Searcher.quote returns
_COMPARED = 4000  # characters up to which differences are marked in the passage; they are listed in any case
_LISTED = 12


def show_quote(
    result: QuoteResult, pages: Mapping[tuple[str, int], Page], within: Listing | None, covered: int, out: Console
) -> None:
    """Print a quotation's grade and places; `pages` has the page each begins on.

    `within` is where alone it was looked for, `covered` the number of pages with withheld text, not looked into.
    """
    word = result.grade.word
    told = f": {SAID[word]}" + _places(len(result.places))
    line(out, (word, _STYLES.get(word, "bold red")), told, (f"  {result.took_ms:,.0f} ms", "dim"))
    for nth, place in enumerate(result.places, start=1):
        out.print()
        show_place(nth, place, result, pages[place.document, place.page], out)
    if word in ("altered", "absent"):
        if result.places:
            out.print()
            line(out, "The words you quote stand nowhere.", indent=INDENT)
        show_proof(result, within, covered, out)
    if not result.places:
        show_hint(result.quote, out)


def _places(number: int) -> str:
    more = " or more" if number >= _MOST_PLACES else ""
    return f", in {wording.count(number, 'place')}{more}" if number else ""


def show_place(nth: int, place: Place, result: QuoteResult, page: Page, out: Console) -> None:
    """Print one place of a quotation with its passage and what differs."""
    from rich.padding import Padding

    listing, word = result.listings[place.document], place.grade.word
    where = wording.unit(page) + (f" to {place.passage[-1].page}" if place.passage[-1].page != place.page else "")
    headed(out, number(nth), (listing.title, "bold"), f", {where}")
    about = (" · ".join(part for part in (wording.origin(listing), listing.document.id[:SHORT_ID]) if part), "dim")
    line(out, about, indent=INDENT)
    graded = f"{word} · {wording.basis(place.basis, place.confidence)}"
    line(out, (graded, _STYLES.get(word, "bold red")), indent=INDENT)
    spans = _differing(result.quote, place.text) if place.differences else []
    shown = marked(place.text.replace("\n", LINE_END), spans, out, "bold red underline")
    out.print(Padding(shown, (0, 0, 0, INDENT), expand=False))
    for difference in place.differences[:_LISTED]:
        line(out, *_difference(difference), indent=INDENT)
    if len(place.differences) > _LISTED:
        line(out, f"and {len(place.differences) - _LISTED} differences more (--json lists all)", indent=INDENT)


def _differing(quote: str, text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text that a quotation does not have, for marking alone."""
    if len(quote) + len(text) > 2 * _COMPARED:
        return []
    matcher = difflib.SequenceMatcher(None, quote, text, autojunk=False)
    found = [(c, d) for kind, _, _, c, d in matcher.get_opcodes() if kind != "equal" and d > c]
    return [(c, d) for c, d in found if text[c:d].strip() or "\n" not in text[c:d]]


def _difference(found: Difference) -> list[tuple[str, str] | str]:
    said: list[tuple[str, str] | str] = ["you quote ", (_visible(found.quoted), "bold"), ", it stands "]
    said.append((_visible(found.stands), "bold red"))
    return [*said, (f"  {found.kind.value}", "dim")] if found.grade.word == "altered" else said


def _visible(words: str) -> str:
    if not words:
        return "nothing"
    if not words.strip():
        return "a line end" if "\n" in words else "a page end" if "\f" in words else "a blank"
    return f"[{words.replace(chr(10), LINE_END)}]"


def show_proof(result: QuoteResult, within: Listing | None, covered: int, out: Console) -> None:
    """Print what "absent" rests on: what was looked through and what was not."""
    for said, style in _proof(result.coverage, within):
        line(out, (said, style), indent=INDENT)
    if covered:
        pages = wording.count(covered, "page")
        line(out, (f"Text under covers on {pages} was not looked into: gongmun withheld", "yellow"), indent=INDENT)
    changed = f"{wording.count(result.behind, 'changed document')} read directly"
    line(out, f"The index: {changed if result.behind else 'up to date'}.", indent=INDENT)


_MISREAD = " (what it misread is not found)"


def _proof(coverage: Coverage, within: Listing | None) -> Iterator[tuple[str, str]]:
    if within is not None:
        document = within.document
        state = document.state.value + (f" ({document.reason.value})" if document.reason.value else "")
        yield f"Looked through: {within.title}, {wording.count(document.pages or 0, 'page')}, {state}.", ""
        return
    files = sum(coverage.files.values())
    pages = f"{coverage.searchable:,} of {wording.count(coverage.total, 'page')}"
    shut = sum(n for (state, _), n in coverage.files.items() if state is State.NOT_SEARCHABLE)
    read = f"{files - shut:,} of {wording.count(files, 'file')}"
    whole = " Every page was read in full." if coverage.whole else ""
    yield f"Looked through: {pages}, {read}.{whole}", ""
    if not coverage.whole:
        yield "Not read, or not in full:", "yellow"
    for said in unread(coverage):
        yield f"- {said}", ""


def show_hint(quote: str, out: Console) -> None:
    """Say how to find a passage like the quotation."""
    words = re.findall(r"[^\W_]{2,}", quote)[:3]
    if words:
        line(
            out,
            f"Something like it: gongmun search {typed(' '.join(words))}, or quote a shorter stretch.",
            indent=INDENT,
        )


def unread(coverage: Coverage) -> list[str]:
    """Return what was not read in full, by state and reason."""
    found = [
        f"{wording.count(pages, 'page')} {state.value}" + (f": {reason.value}" if reason.value else _MISREAD)
        for (state, reason), pages in sorted(coverage.pages.items())
        if state is not State.SEARCHABLE
    ]
    lost: dict[str, int] = {}
    for document in coverage.not_whole:
        if document.pages is None:
            lost[document.reason.value] = lost.get(document.reason.value, 0) + 1
    return found + [f"{wording.count(files, 'file')} not searchable: {reason}" for reason, files in lost.items()]
