"""The oracle: an index that reads the stored text of every page for every query.

Slow and plain on purpose. It says what a query means; other engines are tested against it over random queries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.folding import fold, squash
from corpus.model import Page
from corpus.store import PageKey, Store
from search.analysis import JOINT, Entry, K, body_length, fingerprint, numbers, reading
from search.english import stem
from search.index import Documents, IndexState, Pages, Ranked, RankedPage, Tree
from search.query import And, Node, Not, Or, PageRange, Prefix, Scope, Word

Atom = tuple[str, str]  # kind (k Korean or hanja, w Latin word, n number, | sign) and normal form
_ATOM = re.compile(rf"(?P<n>[0-9]+(?:[.,][0-9]+)*)|(?P<k>[{K}])|(?P<w>[^\W_0-9{K}]+)|(?P<s>[^\w\s]|_)")


def atoms(text: str) -> list[Atom]:
    """Return a text as syllables, words, numbers and signs; signs that follow each other are one."""
    found: list[Atom] = []
    for match in _ATOM.finditer(fold(text).text):
        kind = match.lastgroup or ""
        if kind == "s":
            if found and found[-1][0] != "|":
                found.append(("|", "|"))
        elif kind == "n":
            for position, part in enumerate(numbers(match[0])):
                found += [("|", "|")] * (position > 0) + [("n", part)]
        else:
            found.append((kind, match[0]))
    return found[:-1] if found and found[-1][0] == "|" else found


def holds(text: Sequence[Atom], word: Word | Prefix) -> bool:
    """Whether a word, or one that begins so, stands in a text."""
    sought = atoms(word.text)
    if not sought:
        return False
    if len(sought) == 1 and sought[0][0] == "w" and isinstance(word, Word) and not word.exact:
        return any(kind == "w" and stem(form) == stem(sought[0][1]) for kind, form in text)
    return any(_at(text, start, sought, isinstance(word, Prefix)) for start in range(len(text) - len(sought) + 1))


def _at(text: Sequence[Atom], start: int, sought: list[Atom], open_end: bool) -> bool:
    here = text[start : start + len(sought)]
    if not open_end:
        return list(here) == sought
    (kind, form), (last_kind, last_form) = sought[-1], here[-1]
    return list(here[:-1]) == sought[:-1] and kind == last_kind and last_form.startswith(form)


class ScanIndex:
    """Brute force over a store; always up to date, so that putting and committing have nothing to do."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def put_pages(self, document: str, entries: Sequence[Entry]) -> None: ...

    def delete(self, document: str) -> None: ...

    def commit(self, change: int) -> None: ...

    def refresh(self) -> None: ...

    def close(self) -> None: ...

    def search(
        self,
        tree: Tree,
        allowed: frozenset[str] | None,
        order: Mapping[str, int] | None,
        after: RankedPage | None,
        limit: int,
        by: Tree | None = None,
    ) -> Ranked:
        pages = self._matching(tree, allowed)
        if order is not None:
            pages.sort(key=lambda key: (order.get(key[0], len(order)), key))
        hits = [RankedPage(document, number, 0.0) for document, number in pages]
        start = hits.index(after) + 1 if after in hits else 0
        return Ranked(tuple(hits[start : start + limit]), len(hits), len({hit.document for hit in hits}))

    def facets(self, tree: Tree, allowed: frozenset[str] | None) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for document, _ in self._matching(tree, allowed):
            counts[document] = counts.get(document, 0) + 1
        return counts

    def candidates(self, squashed: str, allowed: frozenset[str] | None, without: Word | None = None) -> list[PageKey]:
        return [
            (page.document, page.number)
            for pages in self._documents(allowed)
            for at, page in enumerate(pages)
            if squashed in squash(reading(page).text) or squashed in _joint(page, pages[at + 1 :])
            if without is None or not holds(_page_atoms(page), without)
        ]

    def terms(self, prefix: str, limit: int) -> list[str]:
        words = {form for pages in self._documents(None) for page in pages for _, form in _page_atoms(page)}
        return sorted(form for form in words if form.startswith(prefix))[:limit]

    def frequency(self, term: str) -> int:
        return sum(
            holds(_page_atoms(page), Word(term, exact=True)) for pages in self._documents(None) for page in pages
        )

    def state(self) -> IndexState:
        documents = list(self._documents(None))
        return IndexState(self.store.last_change(), sum(map(len, documents)), len(documents), fingerprint())

    def _documents(self, allowed: frozenset[str] | None) -> Iterator[list[Page]]:
        for document in sorted(self.store.visible()):
            if allowed is None or document in allowed:
                yield self.store.pages(document)

    def _matching(self, tree: Tree, allowed: frozenset[str] | None) -> list[PageKey]:
        found: list[PageKey] = []
        for pages in self._documents(allowed):
            if isinstance(tree, Scope):
                found += _whole_document(tree.child, pages)
            else:
                found += [(p.document, p.number) for p in pages if _matches(tree, p, _page_atoms(p))]
        return found


def _whole_document(tree: Node, pages: list[Page]) -> list[PageKey]:
    """Return the pages to show of a document that holds what is asked for, spread over its pages as it may be."""
    read = [(page, _page_atoms(page)) for page in pages]

    def somewhere(node: Tree) -> bool:
        match node:
            case And(children):
                return all(somewhere(child) for child in children)
            case Or(children):
                return any(somewhere(child) for child in children)
            case Not(child):
                return not somewhere(child)
            case leaf:
                return any(_matches(leaf, page, text) for page, text in read)

    if not somewhere(tree):
        return []
    leaves = _sought(tree)
    return [
        (page.document, page.number)
        for page, text in read
        if not leaves or any(_matches(leaf, page, text) for leaf in leaves)
    ]


def _sought(node: Tree) -> list[Tree]:
    match node:
        case And(children) | Or(children):
            return [leaf for child in children for leaf in _sought(child)]
        case Word() | Prefix() | Pages():
            return [node]
        case _:
            return []


def _matches(node: Tree, page: Page, text: Sequence[Atom]) -> bool:
    match node:
        case And(children):
            return all(_matches(child, page, text) for child in children)
        case Or(children):
            return any(_matches(child, page, text) for child in children)
        case Not(child):
            return not _matches(child, page, text)
        case Word() | Prefix():
            return holds(text, node)
        case PageRange(first, last):
            return (first or 1) <= page.number <= (last or page.number)
        case Pages(keys):
            return (page.document, page.number) in keys
        case Documents(ids):
            return page.document in ids
        case _:
            raise TypeError(f"an index does not know {type(node).__name__}; the searcher resolves it first")


def _page_atoms(page: Page) -> list[Atom]:
    return atoms(reading(page).text)


def _joint(page: Page, later: Sequence[Page]) -> str:
    ends, *others = (squash(reading(each).text[: body_length(each)]) for each in (page, *later))
    after = "".join(others)[:JOINT]
    return ends[-JOINT:] + after if after else ""
