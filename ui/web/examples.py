"""Examples of queries that find something in the corpus at hand, each tried before it is shown.

An example of the help that finds nothing is replaced by one of the same form, made of the corpus's own words; where
none finds anything either, it stays as a form to look at.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from corpus.model import Listing
from search import Searcher
from search.query import Phrase, QueryError, unparse
from ui.web.overview import Words

Example = tuple[str, int]  # a query, and on how many pages it is met
Queries = tuple[str, ...]
Searching = Callable[[], AbstractContextManager[Searcher]]  # takes the searcher for a short while

_MOST_WORDS, _MOST_TRIED = 6, 12
_MOST_TITLES, _MOST_READ = 200, 10  # titles and pages looked through
_SCRIPT = {"ko": re.compile("[가-힣]{2,}"), "en": re.compile("[A-Za-z]{4,}")}
_TWO = {"ko": re.compile("[가-힣]{2,} [가-힣]{2,}"), "en": re.compile("[A-Za-z]{4,} [A-Za-z]{3,}")}


@dataclass(frozen=True, slots=True)
class Stock:
    """What examples are made of: words of the texts and of titles in one script, and what is known of documents."""

    words: tuple[str, ...]
    latin: tuple[str, ...]
    listings: tuple[Listing, ...]
    text: str

    @classmethod
    def of(cls, searching: Searching, words: Words, language: str) -> Stock:
        """Gather them: in the reader's language where the corpus has it, else in whichever there is."""
        with searching() as searcher:
            known = [listing for _, listing in sorted(searcher.known().items())[:_MOST_TITLES]]
        known.sort(key=lambda listing: not _SCRIPT[language].search(listing.title))
        titles = " ".join(listing.title for listing in known)
        both = {
            name: tuple(dict.fromkeys([*filter(script.fullmatch, words.words), *script.findall(titles.lower())]))
            for name, script in _SCRIPT.items()
        }
        own = both[language] or both["en" if language == "ko" else "ko"]
        with searching() as searcher:
            hits = searcher.search(own[0], _MOST_READ, facets=False).hits if own else ()
        text = " ".join([*(hit.page.visible for hit in hits), titles])
        return cls(own[:_MOST_WORDS], both["en"][:_MOST_WORDS], tuple(known), text)

    @property
    def language(self) -> str:
        return "ko" if self.words and _SCRIPT["ko"].fullmatch(self.words[0]) else "en"


def found(searching: Searching, words: Words, language: str, asked: Mapping[str, Queries]) -> dict[str, list[Example]]:
    """Return examples for each form: those given where they find something, else some made of the corpus's words.

    Those given are Korean; to a reader of English the ones made go first, where the corpus has English words.
    """
    stock, count = Stock.of(searching, words, language), functools.cache(functools.partial(_count, searching))
    made = {}
    for form, given in asked.items():
        tried = [(query, count(query)) for query in given]
        foreign = language == stock.language == "en"
        if foreign or not all(total for _, total in tried):
            own = _tried(_MADE[form](stock), count, len(given)) if form in _MADE else []
            tried = [*own, *(each for each in tried if each[1])][: len(given)] or tried[:1]
        made[form] = tried
    return made


def _tried(queries: Iterable[str], count: Callable[[str], int], most: int) -> list[Example]:
    tried = ((query, count(query)) for query in itertools.islice(queries, _MOST_TRIED))
    return list(itertools.islice((each for each in tried if each[1]), most))


def _count(searching: Searching, query: str) -> int:
    try:
        with searching() as searcher:  # others search in between
            return searcher.search(query, 0, facets=False).total
    except QueryError:
        return 0


# -- one maker a form


def _pairs(form: str) -> Callable[[Stock], Iterator[str]]:
    return lambda stock: (form.format(a, b) for a, b in itertools.combinations(stock.words, 2))


def _triples(stock: Stock) -> Iterator[str]:
    return (f"({a} OR {b}) {c}" for a, b, c in itertools.permutations(stock.words, 3))


def _phrases(stock: Stock) -> Iterator[str]:
    return (_quoted(two) for two in dict.fromkeys(_TWO[stock.language].findall(stock.text)))


def _exactly(stock: Stock) -> Iterator[str]:
    words = stock.latin or stock.words
    return itertools.chain.from_iterable((f"={word}", f"title:={word}") for word in words)


def _beginnings(stock: Stock) -> Iterator[str]:
    return (f"{word[: 5 if word.isascii() else 2]}*" for word in stock.words if len(word) > 2)


def _signs(stock: Stock) -> Iterator[str]:
    return (_quoted(each) for each in dict.fromkeys(re.findall(r"\d+(?:\.\d+)? ?%", stock.text)))


def _titles(stock: Stock) -> Iterator[str]:
    for listing in stock.listings:
        words = _SCRIPT[stock.language].findall(listing.title)
        yield from (f"title:{word}" for word in words[:1])
        yield from (f"title:{a} title:{b}" for a, b in itertools.pairwise(words[:2]))


def _agencies(stock: Stock) -> Iterator[str]:
    names = list(dict.fromkeys(name for listing in stock.listings for name in listing.agencies))
    yield from (f"agency:{_quoted(name)}" for name in names[:2])
    yield from (f"-agency:{_quoted(name)}" for name in names)


def _releases(stock: Stock) -> Iterator[str]:
    names = dict.fromkeys(name for listing in stock.listings for name in listing.releases)
    return (f"release:{word}" for name in names for word in re.findall(r"[가-힣A-Za-z0-9]{2,}", name)[:2])


def _files(stock: Stock) -> Iterator[str]:
    names = (file.rpartition("/")[2].rpartition(".")[0] for listing in stock.listings for file in listing.files[:1])
    return (f"file:{word}*" for name in names for word in re.findall("[가-힣A-Za-z]{2,}", name)[:2])


def _dates(stock: Stock) -> Iterator[str]:
    dates = sorted({listing.date for listing in stock.listings if listing.date})
    if dates:
        first, last = dates[0], dates[-1]
        months = (f"date:{date[:7]}" for date in dates if len(date) >= 7)
        yield from dict.fromkeys(
            [f"date:{first[:4]}", *itertools.islice(months, 1), f"date:{first[:4]}..{last[:4]}", f"date:..{last}"]
        )


def _mentions(stock: Stock) -> Iterator[str]:
    return (f"mention:{year}" for year in dict.fromkeys(re.findall(r"\b(?:19|20)[0-9]{2}\b", stock.text)))


def _quoted(text: str) -> str:
    return unparse(Phrase(text.replace('"', " ")))


_MADE: Mapping[str, Callable[[Stock], Iterator[str]]] = {
    "both": _pairs("{} {}"),
    "either": lambda stock: itertools.chain(*zip(_pairs("{} OR {}")(stock), _pairs("{}|{}")(stock), strict=True)),
    "without": lambda stock: itertools.chain(*zip(_pairs("{} -{}")(stock), _pairs("{} NOT {}")(stock), strict=True)),
    "parentheses": _triples,
    "phrase": _phrases,
    "gap": _pairs('"{} * {}"'),
    "near": _pairs('"{} {}"~10'),
    "exactly": _exactly,
    "beginning": _beginnings,
    "sign": _signs,
    "pattern": lambda stock: iter(("/[0-9]{4}/",)),
    "title": _titles,
    "agency": _agencies,
    "release": _releases,
    "file": _files,
    "date": _dates,
    "figure": lambda stock: iter(("figure:1000..", "figure:100..1000", "figure:..100")),
    "mention": _mentions,
    "page": lambda stock: iter(("page:1", "page:1..2")),
    "scope": _pairs("scope:document {} {}"),
}
