"""Saved searches on the search page: kept by name, what is new for each, and what people do with them.

They are asked as `gongmun saved` asks them, other languages and spellings included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from corpus import Corpus
from corpus import saved_searches as catalogue
from corpus.errors import GongmunError, NotFound, UsageError
from corpus.model import Audience
from search import Searcher, watch
from search.filters import Filters
from search.looking import Patience
from search.query import QueryError
from search.results import FACETS, Results
from search.searcher import SORTS
from ui.web.faults import said
from ui.web.hit_list import shown

Json = dict[str, Any]

_PATIENCE = Patience(1.0)  # for each search of the list: the page waits for all of them
_PATIENT = Patience(8.0)
_HITS = 50
_LONGEST_NAME, _LONGEST_QUERY, _MOST_VALUES = 200, 4000, 50


def kept(searcher: Searcher) -> list[Json]:
    """Return the saved searches by name, each with what its links are made of and how much is new for it."""
    return [_line(each) for each in watch.news(searcher, 0, _PATIENCE)]


def news(searcher: Searcher) -> list[Json]:
    """Return the saved searches for which something is new."""
    return [each for each in kept(searcher) if each["total"]]


def _line(found: watch.New) -> Json:
    saved = found.saved
    return {
        "id": saved.id,
        "name": saved.name,
        "q": saved.query,
        "sort": saved.sort,
        "chosen": {name: list(values) for name, values in saved.chosen.items()},
        "excluded": {name: list(values) for name, values in saved.excluded.items()},
        "total": found.total,
        "documents": found.documents,
        "fresh": len(found.fresh),
        "waiting": found.waiting,
        "until": found.until,
        "unfinished": found.unfinished,
        "broken": bool(found.error),
    }


def news_of(searcher: Searcher, id: str, language: str) -> Json:
    """Return the hits that are new for a saved search: its line, and what is found of it."""
    every = {each.id: each for each in catalogue.saved_searches(searcher.corpus.store, searcher.audience)}
    if id not in every:
        return {"news": {"gone": True}}
    try:
        made = watch.whats_new(searcher, every[id], _HITS, patience=_PATIENT)
    except QueryError as error:
        return {"news": {"gone": False, **_line(_broken(every[id], error)), "said": said(error, language)}}
    line = {"gone": False, **_line(made)}
    return {"news": line, "found": _found(searcher, made.results)} if made.results else {"news": line}


def _broken(saved: catalogue.SavedSearch, error: GongmunError) -> watch.New:
    return watch.New(saved, None, frozenset(), saved.seen, error=str(error))


def _found(searcher: Searcher, results: Results) -> Json:
    counts = {"total": results.total, "documents": results.documents, "took": round(results.took_ms), "partial": 0}
    listed = {"first": 1, "step": _HITS, "facets": [], "elsewhere": []}
    return {**counts, **listed, **shown(searcher.corpus, results, None)}


# -- what people do: each takes what the component sent, which anybody may have written, and returns the name of the
# text that says what came of it, with the search it is about


def save(corpus: Corpus, audience: Audience, value: Any, author: str) -> Json:
    """Keep a search by a name; `value` is {name, q, sort, chosen, excluded}."""
    name, query = _text(value, "name"), _text(value, "q")
    if not name.strip() or len(name) > _LONGEST_NAME:
        return {"name": "saved_nameless"}
    if not query.strip() or len(query) > _LONGEST_QUERY:
        return {"name": "saved_empty"}
    sort = _text(value, "sort")
    filters = Filters(_values(value, "chosen"), _values(value, "excluded"))
    sort = sort if sort in SORTS else SORTS[0]

    def kept() -> catalogue.SavedSearch:
        return watch.keep(corpus.store, name, query, author=author, sort=sort, filters=filters, audience=audience)

    return _written(corpus, "saved_done", kept)


def rename(corpus: Corpus, audience: Audience, value: Any, author: str) -> Json:
    """Give a saved search another name; `value` is {id, name}."""
    id, name = _text(value, "id"), _text(value, "name")
    if not name.strip() or len(name) > _LONGEST_NAME:
        return {"name": "saved_nameless"}
    return _written(
        corpus, "saved_renamed", lambda: catalogue.rename(corpus.store, id, name, editor=author, audience=audience)
    )


def remove(corpus: Corpus, audience: Audience, value: Any, author: str) -> Json:
    """Put a saved search away; it can be brought back."""
    return _written(
        corpus,
        "saved_removed",
        lambda: catalogue.remove(corpus.store, _text(value, "id"), editor=author, audience=audience),
    )


def restore(corpus: Corpus, audience: Audience, value: Any, author: str) -> Json:
    """Bring back a saved search that was put away."""
    return _written(
        corpus,
        "saved_restored",
        lambda: catalogue.restore(corpus.store, _text(value, "id"), editor=author, audience=audience),
    )


def seen(corpus: Corpus, audience: Audience, value: Any, author: str) -> Json:
    """Note that what is new for a search was looked at, up to the change that was shown; `value` is {id, until}."""
    until = value.get("until") if isinstance(value, Mapping) else None
    if not isinstance(until, int) or isinstance(until, bool) or until < 0:
        return {"name": "saved_broken"}
    return _written(
        corpus,
        "saved_seen",
        lambda: catalogue.looked(corpus.store, _text(value, "id"), until, editor=author, audience=audience),
    )


ACTS = {"save": save, "rename": rename, "remove": remove, "restore": restore, "seen": seen}
FINE = ("saved_done", "saved_renamed", "saved_removed", "saved_restored", "saved_seen")


def _written(corpus: Corpus, done: str, act: Callable[[], catalogue.SavedSearch]) -> Json:
    try:
        made = act()
    except NotFound:
        return {"name": "saved_gone"}
    except QueryError:
        return {"name": "saved_not_understood"}
    except UsageError:  # all else that it refuses was looked at before
        return {"name": "saved_taken"}
    except SQLAlchemyError:  # another holds the catalogue for long, or the disk is full
        corpus.logger().exception("web: a saved search was not written")
        return {"name": "saved_broken"}
    return {"name": done, "value": made.name, "id": made.id}


def _text(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found.encode("utf-8", "replace").decode() if isinstance(found, str) else ""


def _values(value: Any, name: str) -> dict[str, frozenset[str]]:
    found = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(found, Mapping):
        return {}
    made = {
        facet: frozenset(each for each in found[facet][:_MOST_VALUES] if isinstance(each, str) and each)
        for facet in FACETS
        if isinstance(found.get(facet), list | tuple)
    }
    return {facet: values for facet, values in made.items() if values}
