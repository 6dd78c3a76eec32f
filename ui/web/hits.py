"""What the search page shows, as plain data: what was asked, hits and facets, what could not be searched.

Everything taken from papers and names is text for text nodes; of pages only `Page.visible` goes out, in snippets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import filelock

from corpus import Corpus
from corpus.model import Coverage, State
from search import Searcher
from search.filters import Filters
from search.looking import Patience
from search.query import Node, Phrase, QueryError, unparse
from search.results import FACETS, Results
from ui.web.asked import Asked
from ui.web.faults import said
from ui.web.hints import NO_HINTS, beginning, hints, meant
from ui.web.hit_list import shown
from ui.web.likeness import likeness
from ui.web.nearly_alike import also_in
from ui.web.numbers import numbers
from ui.web.quoted import elsewhere, proof
from ui.web.saved import kept, news_of
from ui.web.widening import Widen, Widening, typed_forms

PAGES, DOCUMENTS, BEST = 20, 10, 3  # hits on one page of results, or documents with their best pages
_FEW = 10  # pages up to which other forms of words that stand nowhere are looked for
_PATIENCE = Patience(8.0)  # readers take turns at the searcher: none may hold it for long


@dataclass(frozen=True, slots=True)
class Question:
    """A query on its way: as typed, as it is looked for, and how one becomes the other."""

    asked: Asked
    node: Node
    tree: Node
    widen: Widen

    @property
    def phrase(self) -> str | None:
        """The text of a quotation that is all of the query."""
        return self.node.text if isinstance(self.node, Phrase) else None

    @property
    def partial(self) -> bool:
        """Whether pages with some of the words follow those with all."""
        return not self.asked.like

    @property
    def step(self) -> int:
        return DOCUMENTS if self.asked.grouped else PAGES


def contents(searcher: Searcher, asked: Asked, language: str) -> dict[str, Any]:
    """Return what to show for what is asked: a beginning, an error, hits, or what to try instead of them."""
    made: dict[str, Any] = {"asked": asked.form(), "ingesting": ingesting(searcher.corpus)}
    widening = Widening.of(searcher.corpus.folder, asked.without, asked.bridge)
    if asked.new:
        return {**made, "coverage": coverage(searcher.coverage()), **news_of(searcher, asked.new, language)}
    if not asked.anything:
        begin = {**beginning(searcher, language, widening.tree), "saved": kept(searcher)}
        return {**made, "coverage": coverage(searcher.coverage()), "begin": begin}
    if asked.like:
        alike, told = likeness(searcher, asked.like)
        if alike is None:
            return {**made, "coverage": coverage(searcher.coverage()), "like": told}
        return _answered(searcher, Question(asked, alike, alike, lambda node: node), {**made, "like": told})
    try:
        node = asked.node
    except QueryError as error:
        fault = {"query": error.query, "position": error.position, "said": said(error, language)}
        return {**made, "coverage": coverage(searcher.coverage()), "fault": fault}
    if asked.numbers and asked.query:
        told = numbers(searcher, asked.query, asked.filters)
        return {**made, "coverage": coverage(searcher.coverage()), "behind": told["behind"], "numbers": told}
    tree = widening.tree(node)
    made["widened"] = {"on": asked.bridge, "chips": widening.chips(node), "fault": widening.fault}
    made["asked"]["widens"] = tree != node  # then the reader marks what was added, too
    return _answered(searcher, Question(asked, node, tree, widening.tree), made)


def _answered(searcher: Searcher, question: Question, made: dict[str, Any]) -> dict[str, Any]:
    """Return the data of hits, or of what to try instead of them."""
    results, page = _searched(searcher, question)
    asked, node, phrase = question.asked, question.node, question.phrase
    made["asked"]["page"] = page
    found = {
        "total": results.total,
        "partial": results.partial,
        "partialDocuments": results.partial_documents,
        "documents": results.documents,
        "first": (page - 1) * question.step + 1,
        "step": question.step,
        "took": round(results.took_ms),
        **shown(searcher.corpus, results, phrase, typed_forms(node, question.widen)),
        "facets": facets(results, asked.filters),
        "elsewhere": elsewhere(searcher, results, phrase, asked.filters) if phrase and page == 1 else [],
    }
    for document, others in also_in(searcher.corpus.store, searcher.known(), found["papers"]).items():
        found["papers"][document]["also"] = others
    if not asked.like and not results.unfinished and results.total < _FEW and page == 1:
        found["meant"] = meant(searcher, node, asked.filters, question.widen)
    if not results.total and not asked.like:
        # What took too long once is not tried in other forms.
        found["hints"] = NO_HINTS if results.unfinished else hints(searcher, node, asked.filters, question.widen)
        found["proof"] = proof(searcher)
    return {
        **made,
        "coverage": coverage(results.coverage),
        "behind": results.behind,
        **_undone(results),
        "found": found,
    }


def _undone(results: Results) -> dict[str, Any]:
    """Return what not all pages could be looked through for in time; nothing where there is none."""
    listed = [[unparse(each.part), each.pages, each.done - each.given_up] for each in results.unfinished]
    return {"unfinished": listed} if listed else {}


def _searched(searcher: Searcher, question: Question) -> tuple[Results, int]:
    """Return the results and their page; beyond the last page, the last."""
    asked, step, best = question.asked, question.step, BEST if question.asked.grouped else 0

    def at(page: int) -> Results:
        return searcher.search(
            question.tree,
            step,
            (page - 1) * step,
            asked.sort,
            filters=asked.filters,
            best=best,
            patience=_PATIENCE,
            partial=question.partial,
        )

    results, page = at(asked.page), asked.page
    number = results.documents + results.partial_documents if asked.grouped else results.total + results.partial
    if not results.hits and number and page > 1:
        page = -(-number // step)
        results = at(page)
    return results, page


def facets(results: Results, filters: Filters) -> list[dict[str, Any]]:
    """Return the facets with their values and counts of pages; what is chosen is there though it counts nothing.

    `some` has the counts of the pages with some of the words, which are not in the others.
    """
    made = []
    for name in FACETS:
        counts, some = dict(results.facets.get(name, {})), dict(results.partial_facets.get(name, {}))
        for value in some:
            counts.setdefault(value, 0)
        for value in sorted(filters.chosen.get(name, frozenset()) | filters.excluded.get(name, frozenset())):
            counts.setdefault(value, 0)
        made.append({"name": name, "values": [[value, number] for value, number in counts.items()], "some": some})
    return made


def coverage(found: Coverage) -> dict[str, int]:
    """Return how many pages there are, were searched, and only in part; and the files nobody could count pages of."""
    part = sum(number for (state, _), number in found.pages.items() if state is State.IN_PART)
    return {"total": found.total, "searched": found.searchable, "part": part, "files": found.unread_files}


def ingesting(corpus: Corpus) -> bool:
    """Whether an ingest is writing to the corpus now."""
    try:
        doing = (corpus.folder / "writer.txt").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    if not doing.startswith("an ingest"):
        return False
    lock = filelock.FileLock(corpus.folder / "writer.lock", blocking=False)
    try:  # the note of one that was killed stays; its lock does not
        lock.acquire()
    except filelock.Timeout:
        return True
    lock.release()
    return False
