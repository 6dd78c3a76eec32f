"""A search as a document one can sign: what was asked, how it was understood, what was found, what was searched.

"Does any paper mention it?" has an answer here: yes with its passages, no with the proof of what was looked through,
or that nobody can tell, with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Coverage, Listing, Page
from search.analysis import pattern
from search.english import stem
from search.index import IndexState
from search.looking import Patience
from search.page_fields import pages_with
from search.query import (
    Choice,
    Expression,
    FigureRange,
    Findable,
    Gapped,
    MentionRange,
    Near,
    Node,
    Phrase,
    Prefix,
    Word,
    parse,
    positive_leaves,
    unparse,
)
from search.results import Results
from search.searcher import Searcher
from search.widening import Widening

MOST_HITS = 200
_MOST_FORMS = 12
_BLANKS = re.compile(r"\s+")


class Answer(StrEnum):
    """Whether anything was found; NO only where everything could be searched."""

    YES = "yes"
    NO = "no"
    NOT_FOUND = "not found in what could be searched"


class Rule(StrEnum):
    """How a part of a query is looked for; docs/query-language.md has each rule."""

    KOREAN = "Korean word"
    LATIN = "Latin word"
    NUMBER = "number"
    MIXED = "word of several parts"
    AS_TYPED = "word as typed"
    PREFIX = "beginning of a word"
    PHRASE = "phrase"
    GAPPED = "phrase with gaps"
    NEAR = "words near each other"
    EXPRESSION = "regular expression"
    FIGURE = "figure"
    MENTION = "date in the text"


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a query that is looked for in the text.

    `pages` have it anywhere in the corpus, whatever the rest of the query says; None where time ran out. `inflections`
    are the words of the index that it stands for; `forms` how it is written on the pages of the hits listed, with how
    often, most often first.
    """

    typed: str
    rule: Rule
    pages: int | None
    inflections: tuple[str, ...]
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A search and its proof.

    `results` has the first hits, by document and page, and the counts of all. `withheld` counts pages with text under
    covers, which is not searched; `unread` are the documents not read in full. `made` is the local time with its
    distance to UTC, ISO, to the second.
    """

    query: str
    canonical: str
    terms: tuple[Term, ...]
    results: Results
    withheld: int
    unread: tuple[Listing, ...]
    index: IndexState
    corpus: str
    made: str

    @property
    def answer(self) -> Answer:
        if self.results.total:
            return Answer.YES
        return Answer.NO if self.complete else Answer.NOT_FOUND

    @property
    def complete(self) -> bool:
        """Whether every page and file was searched in full, as it is now."""
        found = self.results
        return found.coverage.whole and not found.behind and not found.unfinished and not self.withheld

    @property
    def coverage(self) -> Coverage:
        return self.results.coverage


def report(
    searcher: Searcher,
    query: str,
    most: int = MOST_HITS,
    patience: Patience | None = None,
    widening: Widening | None = None,
) -> Report:
    """Search, and return what is to be signed; at most so many hits are listed.

    Raises:
        QueryError: the query cannot be understood.
    """
    node = parse(query)
    patience = patience or Patience()
    results = searcher.search(query, most, 0, "document", patience=patience, widening=widening)
    pages = [hit.page for hit in results]
    leaves = dict.fromkeys(positive_leaves(node))
    known = searcher.known()
    return Report(
        query=query,
        canonical=unparse(node),
        terms=tuple(_term(searcher, leaf, pages, results, node, patience) for leaf in leaves),
        results=results,
        withheld=len(pages_with(Choice("has", "withheld"), searcher.corpus.store, frozenset(known))),
        unread=tuple(known[document.id] for document in results.coverage.not_whole if document.id in known),
        index=searcher.index.state(),
        corpus=searcher.corpus.settings.id,
        made=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _term(
    searcher: Searcher, leaf: Findable, pages: Sequence[Page], results: Results, node: Node, patience: Patience
) -> Term:
    alone = results if leaf == node else searcher.search(leaf, 0, facets=False, patience=patience)
    number = None if alone.unfinished else alone.total
    forms: Counter[str] = Counter()
    for page, spans in zip(pages, searcher.marks(unparse(leaf), pages), strict=True):
        forms.update(_BLANKS.sub(" ", page.visible[span.start : span.end]) for span in spans)
    return Term(
        unparse(leaf), rule_of(leaf), number, _inflections(searcher, leaf), tuple(forms.most_common(_MOST_FORMS))
    )


def rule_of(leaf: Findable) -> Rule:
    """Return the rule by which a part of a query is looked for."""
    match leaf:
        case Word(_, exact) if exact:
            return Rule.AS_TYPED
        case Word(text):
            shape = pattern(text)
            if shape.single:
                return Rule.NUMBER if shape.stream[0].isdigit() else Rule.LATIN
            return Rule.KOREAN if not re.search(r"[|_]", shape.stream) else Rule.MIXED
        case Prefix():
            return Rule.PREFIX
        case Phrase():
            return Rule.PHRASE
        case Gapped():
            return Rule.GAPPED
        case Near():
            return Rule.NEAR
        case Expression():
            return Rule.EXPRESSION
        case FigureRange():
            return Rule.FIGURE
        case MentionRange():
            return Rule.MENTION


def _inflections(searcher: Searcher, leaf: Findable) -> tuple[str, ...]:
    """Return the words of the index that a Latin word, or the beginning of one, stands for."""
    if not isinstance(leaf, Word | Prefix) or (isinstance(leaf, Word) and leaf.exact):
        return ()
    form = pattern(leaf.text, prefix=isinstance(leaf, Prefix)).stream
    if not re.fullmatch("[a-z]+", form):
        return ()
    common = stem(form)
    there = searcher.index.terms(form if isinstance(leaf, Prefix) else common[:-1] or form, 5000)
    latin = [word for word in there if word.isascii() and word.isalpha()]
    return tuple(word for word in latin if isinstance(leaf, Prefix) or stem(word) == common)
