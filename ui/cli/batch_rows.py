"""The answers of a batch as rows of a table: a row a hit, with its citation, and a row for what was not found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.patience import undone
from ui.cli.shown_hits import gaps
from ui.cli.shown_quotes import unread

if TYPE_CHECKING:
    from corpus.citation import Citation
    from corpus.model import Basis, Coverage, Listing, Page
    from corpus.store import Store
    from search.batch import Answer, Queries
    from search.quotes import Place
    from search.results import Hit, QuoteResult, Results

COLUMNS = (
    "query",
    "quote",
    "result",
    "grade",
    "message",
    "all pages",
    "all documents",
    "hit",
    "title",
    "file",
    "page",
    "label",
    "unit",
    "release",
    "agency",
    "date",
    "passage",
    "basis",
    "citation",
    "document",
    "pages searched",
    "pages not searched",
)
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """What makes rows of answers: the catalogue, a style of citation, and how many pages have text under covers.

    That number is asked for when the first quotation is absent, since every page is read for it.
    """

    store: Store
    style: str
    covered: Callable[[], int]

    def of(self, answer: Answer) -> Iterator[Row]:
        """Yield the rows of an answer by column, at least one; what is not given is empty."""
        asked = {"quote": answer.quoted.quote} if answer.quoted is not None else {"query": answer.line.query}
        if answer.error:
            asked = {"query": answer.line.query, "quote": answer.line.quote}
            where = "" if answer.position is None else f" (at character {answer.position + 1})"
            yield {**asked, "result": "error", "message": answer.error + where}
        for row in self._searched(answer.results) if answer.results is not None else ():
            yield asked | row
        for row in self._quoted(answer.quoted, answer.all_places) if answer.quoted is not None else ():
            yield asked | row

    def _searched(self, results: Results) -> Iterator[Row]:
        said = {"all pages": str(results.total), "all documents": str(results.documents), **_searched(results.coverage)}
        told = [f"{sentence}." for sentence in undone(results)]
        if results.behind:
            told.append(f"{wording.count(results.behind, 'changed document')} not searched yet.")
        if not results.total and not results.partial:
            result = "not finished" if results.unfinished else "not found"
            yield said | {"result": result, "message": " ".join([_coverage(results.coverage), *told])}
            return
        if not results.total:
            told = ["No page has all the words.", _coverage(results.coverage), *told]
        if not results.hits:
            yield said | {"result": "found" if results.total else "partial", "message": " ".join(told)}
        for place, hit in enumerate(results, start=1):
            lacks = [f"This page lacks {', '.join(hit.missing)}."] if hit.missing else []
            row = {"hit": str(place), "result": "partial" if hit.partial else "found"}
            yield said | row | {"message": " ".join([*lacks, *told])} | self._hit(hit)

    def _hit(self, hit: Hit) -> Row:
        from corpus.citation import cite_page

        cited = cite_page(self.store, hit.document, hit.page.number)
        about = _about(hit.document, hit.page, hit.page.basis, hit.page.confidence)
        return about | {"passage": hit.snippet.text, "citation": self._citation(cited)}

    def _quoted(self, result: QuoteResult, all_places: bool) -> Iterator[Row]:
        said = {"grade": result.grade.word, **_searched(result.coverage)}
        if all_places:  # else nobody has counted
            pages = {(place.document, place.page) for place in result.places}
            said |= {"all pages": str(len(pages)), "all documents": str(len({document for document, _ in pages}))}
        if not result.places:
            yield said | {"result": "not found", "message": self._absence(result)}
            return
        read = self.store.some_pages({(place.document, place.page) for place in result.places}, words=False)
        for nth, place in enumerate(result.places, start=1):
            listing, page = result.listings[place.document], read[place.document, place.page]
            yield said | {"hit": str(nth)} | self._place(place, listing, page)

    def _place(self, place: Place, listing: Listing, page: Page) -> Row:
        from corpus.citation import cite_page, cite_passage

        altered = place.grade.word == "altered"
        # What was quoted does not stand there: the page can be cited, not these words.
        cited = (
            cite_page(self.store, listing, place.page) if altered else cite_passage(self.store, listing, place.passage)
        )
        return _about(listing, page, place.basis, place.confidence) | {
            "result": "altered" if altered else "found",
            "grade": place.grade.word,
            "message": "; ".join(f"quoted [{each.quoted}], it stands [{each.stands}]" for each in place.differences),
            "passage": place.text,
            "citation": self._citation(cited),
        }

    def _absence(self, result: QuoteResult) -> str:
        said = [_coverage(result.coverage)]
        if result.behind:
            said.append(f"{wording.count(result.behind, 'changed document')} read directly.")
        if self.covered():
            said.append(f"Text under covers on {wording.count(self.covered(), 'page')} was not looked into.")
        return " ".join(said)

    def _citation(self, cited: Citation) -> str:
        from corpus.citation import formatted

        return formatted(cited, self.style)


def header(queries: Queries) -> list[str]:
    """Return the names of the columns: the line, those carried through, then ours."""
    ours = {"line", *COLUMNS}
    return ["line", *(f"{name} (input)" if name in ours else name for name in queries.carried), *COLUMNS]


def cells(answer: Answer, row: Row, queries: Queries) -> list[str]:
    """Return a row in the order of the header."""
    carried = [*answer.line.carried, *[""] * len(queries.carried)][: len(queries.carried)]
    return [str(answer.line.number), *carried, *(row.get(name, "") for name in COLUMNS)]


def _about(listing: Listing, page: Page, basis: Basis, confidence: float | None) -> Row:
    return {
        "title": listing.title,
        "file": listing.files[0].rpartition("/")[2],
        "page": str(page.number) if page.kind.value == "page" else "",
        "label": page.label or "",
        "unit": wording.unit(page),
        "release": "; ".join(listing.releases),
        "agency": "; ".join(listing.agencies),
        "date": listing.date or "",
        "basis": wording.basis(basis, confidence),
        "document": listing.document.id,
    }


def _searched(coverage: Coverage) -> Row:
    shut = coverage.total - coverage.searchable
    return {"pages searched": str(coverage.searchable), "pages not searched": str(shut)}


def _coverage(coverage: Coverage) -> str:
    """Return what "not found" rests on."""
    searched = f"Searched {coverage.searchable:,} of {wording.count(coverage.total, 'page')}"
    if coverage.whole:
        return f"{searched}, every one read in full."
    missing = gaps(coverage)
    return f"{searched}; not searched, or not in full: {', '.join(unread(coverage)) or missing}."
