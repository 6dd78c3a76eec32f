"""The trash of the reading room: a paper put there, one brought back, and what is in it.

Acts take what the component sent, which anybody may have written, and return the name of the text that says what came
of it. Nothing is deleted here; that is `gongmun purge`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from corpus import Corpus
from corpus.listings import shown
from corpus.taking_back import trash, with_contents

FINE = ("discarded", "put_back_done")  # texts that tell of no mistake
_LISTED = 50


def discarded(corpus: Corpus, value: Any, author: str) -> str:
    """Put a paper in the trash, and with an archive or mail what came out of it; `value` is {document}."""
    return _moved(corpus, value, author, removed=True)


def put_back(corpus: Corpus, value: Any, author: str) -> str:
    """Take a paper out of the trash, and with an archive or mail what is there of it; `value` is {document}."""
    return _moved(corpus, value, author, removed=False)


def _moved(corpus: Corpus, value: Any, author: str, removed: bool) -> str:
    document = value.get("document") if isinstance(value, Mapping) else None
    if not isinstance(document, str):
        return "edit_broken"
    store = corpus.store
    named = [each for each in store.occurrences(document) if each.removed is not removed]
    places = [each for each in with_contents(store, named) if each.removed is not removed]
    if not places:
        return "edit_gone"
    try:
        with store.writing() as record:
            record.remove(places, author, removed=removed)
    except SQLAlchemyError:
        corpus.logger().exception("web: a paper was not moved to or from the trash")
        return "edit_broken"
    return "discarded" if removed else "put_back_done"


def shown_trash(corpus: Corpus) -> dict[str, Any]:
    """Return the papers put in the trash last, and how many there are in all."""
    found = trash(corpus.store)
    rows = [
        {
            "document": each.document,
            "name": each.name,
            "paths": [shown(place.path) for place in each.places[:3]],
            "releases": ", ".join(each.releases),
            "at": each.at[:10] if each.at else None,
            "who": each.who,
            "elsewhere": each.elsewhere,
        }
        for each in found[:_LISTED]
    ]
    return {"rows": rows, "total": len(found)}
