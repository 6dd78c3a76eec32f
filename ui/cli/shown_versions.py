"""Papers nearly alike, and what differs between two, on a terminal and as JSON: only text that may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from search.versions import Change, ChangeKind, Side, Versions
from ui.cli import json_forms, wording
from ui.cli.lookup import SHORT_ID
from ui.cli.terminal import line

if TYPE_CHECKING:
    from rich.console import Console

    from corpus.model import Listing, Page
    from search.black_boxes import BoxChange
    from search.similar_papers import Alike, CommonTitle
    from search.versions import PagePair

_MOST, _LONGEST = 20, 200  # differences of a kind, and characters of each, unless all are asked for
_INDENT = 4
_HEADS = {
    ChangeKind.FIGURE: "Figures and dates",
    ChangeKind.WORDS: "Words",
    ChangeKind.SPACING: "Blanks alone",
}
_MASKS = (ChangeKind.UNMASKED, ChangeKind.MASKED)


def percent(likeness: float | None) -> str:
    """Return "96 % alike"; 100 only where nothing differs."""
    if likeness is None:
        return "too little text to compare"
    return f"{100 if likeness == 1 else min(99, round(likeness * 100))} % alike"


def show_alike(
    listing: Listing | None, found: Sequence[Alike], common: Sequence[CommonTitle], console: Console
) -> None:
    """Print pairs of papers, and the titles that are too common to say anything."""
    for each in found:
        said = percent(each.likeness) + (", same title" if each.same_title else "")
        line(console, (said, "bold"))
        for paper in (each.other,) if listing else (each.one, each.other):
            origin = wording.origin(paper)
            line(console, f"{_named(paper)}" + (f" · {origin}" if origin else ""), indent=_INDENT)
    for title in common:
        said = f"{title.papers:,} papers have the title {title.title!r}: compared by their text alone."
        line(console, (said, "dim"))
    about = f" to {listing.title}" if listing else ""
    if found:
        line(console, f"{wording.count(len(found), 'pair')}. What differs: gongmun compare A B")
    else:
        line(console, f"No paper is known to be alike{about}.")


def alike_form(
    listing: Listing | None, found: Sequence[Alike], common: Sequence[CommonTitle], left: int
) -> json_forms.Json:
    """Return pairs as docs/json.md describes them."""
    return {
        "schema": json_forms.SCHEMA,
        "document": listing.document.id if listing else None,
        "pairs": [
            {
                "one": _paper(each.one),
                "other": _paper(each.other),
                "likeness": None if each.likeness is None else round(each.likeness, 4),
                "same_title": each.same_title,
            }
            for each in found
        ],
        "common_titles": [{"title": each.title, "papers": each.papers} for each in common],
        "not_compared": left,
    }


def show(found: Versions, whole: bool, console: Console) -> None:
    """Print what differs: boxes first, then figures, words, pages; what could not be read, last."""
    line(console, ("A  ", "dim"), (_named(found.one), "bold"))
    line(console, ("B  ", "dim"), (_named(found.other), "bold"))
    line(console, f"{percent(found.likeness)}. {_pages_said(found)}")
    masks = [each for each in found.changes if each.kind in _MASKS]
    rows = [_box_row(each, whole) for each in found.boxes] + [_change_row(each, whole) for each in masks]
    _show_rows("Black boxes and masked words", rows, whole, console)
    for kind, head in _HEADS.items():
        changes = [each for each in found.changes if each.kind is kind]
        if kind is ChangeKind.SPACING and not whole:
            if changes:
                line(console, (f"{head}: {len(changes):,}, not shown: --all", "dim"))
            continue
        _show_rows(head, [_change_row(each, whole) for each in changes], whole, console)
    _show_rows("Pages", [row for pair in found.pages if (row := _page_row(pair))], whole, console)
    if found.same:
        line(console, ("No difference was found.", "bold"))
    if any(found.unread):
        a, b = (wording.count(number, "page") for number in found.unread)
        line(console, (f"Not read in full: {a} of A, {b} of B; there may be more differences on them.", "yellow"))


def _show_rows(head: str, rows: Sequence[tuple[str, str]], whole: bool, console: Console) -> None:
    if not rows:
        return
    console.print()
    line(console, (f"{head} ({len(rows):,})", "bold"))
    for where, said in rows if whole else rows[:_MOST]:
        line(console, (f"{where}  ", "dim"), said, indent=_INDENT)
    if not whole and len(rows) > _MOST:
        line(console, f"{len(rows) - _MOST:,} more: --all", indent=_INDENT)


def _change_row(change: Change, whole: bool) -> tuple[str, str]:
    before, after = _cut(change.before.text, whole), _cut(change.after.text, whole)
    said = f"only in A: {before}" if not after else f"only in B: {after}" if not before else f"{before} → {after}"
    if change.margin:
        said += " (outside the running text)"
    return f"A {_numbers(change.before)} · B {_numbers(change.after)}", said


def _box_row(box: BoxChange, whole: bool) -> tuple[str, str]:
    a, b = (box.cover.page, box.page) if box.uncovered else (box.page, box.cover.page)
    has, lacks = ("A", "B") if box.uncovered else ("B", "A")
    read = f"{lacks} has: {_cut(box.text, whole)}" if box.text else f"no words that can be read are there in {lacks}"
    return f"A {a} · B {b}", f"black box only in {has}; {read}"


def _page_row(pair: PagePair) -> tuple[str, str] | None:
    if pair.one and pair.other:
        return None
    page, which = (pair.one, "A") if pair.one else (pair.other, "B")
    assert page is not None
    boxes = _boxes(page)
    return f"{which} {page.number}", f"{wording.unit(page)} is only in {which}" + (
        f" (with {wording.count(boxes, 'place')} covered)" if boxes else ""
    )


def _boxes(page: Page) -> int:
    from search.black_boxes import covers

    return len(covers(page))


def _numbers(side: Side) -> str:
    pages = [span.page for span in side.passage]
    return "–" if not pages else str(pages[0]) if pages[0] == pages[-1] else f"{pages[0]}–{pages[-1]}"


def _cut(text: str, whole: bool) -> str:
    return text if whole or len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


def _pages_said(found: Versions) -> str:
    both = [pair for pair in found.pages if pair.one and pair.other]
    same = sum(pair.same for pair in both)
    a, b = (sum(getattr(pair, side) is not None for pair in found.pages) for side in ("one", "other"))
    return f"{wording.count(a, 'page')} and {b:,}: {len(both):,} matched, {same:,} with the same words"


def _named(listing: Listing) -> str:
    return f"{listing.title} · {listing.document.id[:SHORT_ID]}"


def form(found: Versions) -> json_forms.Json:
    """Return what differs as docs/json.md describes it."""
    return {
        "schema": json_forms.SCHEMA,
        "one": _paper(found.one),
        "other": _paper(found.other),
        "likeness": None if found.likeness is None else round(found.likeness, 4),
        "same": found.same,
        "pages": [
            {
                "one": json_forms.unit_form(pair.one) if pair.one else None,
                "other": json_forms.unit_form(pair.other) if pair.other else None,
                "same_words": pair.same,
            }
            for pair in found.pages
        ],
        "changes": [
            {
                "kind": each.kind.value,
                "margin": each.margin,
                "before": _side(each.before),
                "after": _side(each.after),
            }
            for each in found.changes
        ],
        "boxes": [
            {
                "only_in": "one" if each.uncovered else "other",
                "number": each.cover.page,
                "box": [round(edge, 2) for edge in each.cover.box],
                "made": each.cover.made,
                "without": each.page,
                "text": each.text,
            }
            for each in found.boxes
        ],
        "unread": list(found.unread),
    }


def _side(side: Side) -> json_forms.Json:
    return {
        "text": side.text,
        "figures": list(side.figures),
        "spans": [{"number": span.page, "start": span.start, "end": span.end} for span in side.passage],
    }


def _paper(listing: Listing) -> json_forms.Json:
    return {"document": listing.document.id, "title": listing.title, "releases": list(listing.releases)}
