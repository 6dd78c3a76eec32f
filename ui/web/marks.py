"""The annotations of a page as the reader's component takes them, replies with what they reply to."""

# No `from __future__ import annotations` here: the name is that of a function.

from collections.abc import Mapping
from typing import Any

from corpus.annotations import Annotation, annotations, placed
from corpus.model import Audience, Page
from corpus.store import Store

Json = dict[str, Any]


def on_page(store: Store, audience: Audience, page: Page) -> list[Json]:
    """Return the annotations of a page, each with its replies in order of time.

    A reply whose own parent was deleted stands by itself, at the same place.
    """
    found = {each.id: each for each in annotations(store, audience, document=page.document, page=page.number)}
    threads: dict[str, list[Annotation]] = {}
    for each in found.values():
        threads.setdefault(_root(each, found), []).append(each)
    listed = []
    for root, thread in threads.items():
        replies = sorted((each for each in thread if each.id != root), key=lambda each: (each.created, each.id))
        listed.append({**shown_on(found[root], page), "replies": [beside(reply) for reply in replies]})
    return listed


def elsewhere(store: Store, audience: Audience, page: Page) -> dict[str, int]:
    """Count the annotations on each other page of the document, replies left out."""
    counts: dict[str, int] = {}
    for each in annotations(store, audience, document=page.document):
        if each.page != page.number and each.parent is None:
            counts[str(each.page)] = counts.get(str(each.page), 0) + 1
    return counts


def shown_on(annotation: Annotation, page: Page) -> Json:
    """Return an annotation with its place on the page as read; `start` and `end` are None where it has none."""
    anchored = placed(annotation, page)
    span = anchored.span
    place = {"start": span.start if span else None, "end": span.end if span else None, "how": anchored.how.value}
    return {**beside(annotation), **place, "exact": annotation.selector.exact}


def beside(annotation: Annotation) -> Json:
    """Return what people wrote beside a mark, and who did and when."""
    return {
        "id": annotation.id,
        "colour": annotation.colour,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "author": annotation.author,
        "editor": annotation.editor,
        "created": annotation.created,
        "modified": annotation.modified,
        "version": annotation.version,
        "deleted": annotation.deleted,
    }


def _root(annotation: Annotation, found: Mapping[str, Annotation]) -> str:
    """Return the id of the annotation that a chain of replies begins with, as far as it is there."""
    seen = {annotation.id}
    while annotation.parent is not None and annotation.parent in found and annotation.parent not in seen:
        annotation = found[annotation.parent]
        seen.add(annotation.id)
    return annotation.id
