"""All annotations as a list: what an address asks to see of them, grouped and in order."""

# No `from __future__ import annotations` here: the name is that of a function.

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from corpus.anchoring import Anchored
from corpus.annotations import COLOURS, Annotation, annotations, colour_names, placed
from corpus.citation import Citation, cite_page, cite_passage, clean, formatted, permanent
from corpus.errors import NotFound, UsageError
from corpus.folding import canonical
from corpus.listings import listings
from corpus.model import COVER, Audience, Listing, Page
from corpus.store import PageKey, Store

Json = dict[str, Any]

STEP = 30  # threads shown at first, and more each time
_MOST_SHOWN = 1_000
GROUPS = ("none", "tag", "document")
SORTS = ("time", "place")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; "" asks for nothing. `query` is looked for in notes, quotations and tags."""

    query: str = ""
    tag: str = ""
    colour: str = ""
    author: str = ""
    document: str = ""
    release: str = ""
    group: str = "none"
    sort: str = "time"
    deleted: bool = False
    shown: int = STEP

    @classmethod
    def of(cls, parameters: Mapping[str, list[str]]) -> "Asked":
        """Read an address's parameters; what is not understood counts as not given."""

        def one(name: str) -> str:
            return canonical((parameters.get(name) or [""])[-1][:1_000]).strip()

        shown, group, sort = one("show"), one("group"), one("sort")
        return cls(
            query=one("q"),
            **{name: one(name) for name in ("tag", "colour", "author", "document", "release")},
            group=group if group in GROUPS else GROUPS[0],
            sort=sort if sort in SORTS else SORTS[0],
            deleted=one("deleted") == "1",
            shown=min(int(shown), _MOST_SHOWN) if shown.isascii() and shown.isdigit() and len(shown) < 6 else STEP,
        )

    def filters(self) -> dict[str, str]:
        """Return what narrows the list, as parameters of an address."""
        names = {"q": "query"} | {name: name for name in ("tag", "colour", "author", "document", "release")}
        return {name: getattr(self, field) for name, field in names.items() if getattr(self, field)}


@dataclass(frozen=True, slots=True)
class Thread:
    """An annotation and the replies to it and to these, by time."""

    first: Annotation
    replies: tuple[Annotation, ...]

    @property
    def all(self) -> tuple[Annotation, ...]:
        return (self.first, *self.replies)

    @property
    def latest(self) -> str:
        return max(each.modified for each in self.all)


def matching(store: Store, audience: Audience, asked: Asked) -> list[Annotation]:
    """Return the annotations of all threads that meet what is asked, by document and place."""
    known = listings(store, audience)
    found = threads(annotations(store, audience))
    return [each for thread in found if _meets(thread, asked, known) for each in thread.all]


def contents(store: Store, audience: Audience, asked: Asked, language: str) -> Json:
    """Return what the component of the list shows, apart from texts and addresses of files."""
    known = listings(store, audience)
    kept = annotations(store, audience, include_deleted=True)
    gone = [each for each in kept if each.deleted]
    alive = [each for each in kept if not each.deleted]
    every = [Thread(each, ()) for each in gone] if asked.deleted else threads(alive)
    found = [thread for thread in every if _meets(thread, asked, known)]
    found.sort(key=lambda thread: _place(thread, known))
    if asked.sort == "time":
        found.sort(key=lambda thread: thread.latest, reverse=True)
    shown = found[: asked.shown]
    names = colour_names(store)
    items = _items(store, [thread.first for thread in shown], known, language)
    return {
        "asked": {**asked.filters(), "group": asked.group, "sort": asked.sort, "deleted": asked.deleted},
        "found": len(found),
        "all": len(alive),
        "deleted": len(gone),
        "more": min(asked.shown + STEP, _MOST_SHOWN) if len(found) > len(shown) and asked.shown < _MOST_SHOWN else None,
        "groups": _groups(shown, items, asked, known),
        "choices": _choices(every, known),
        "colours": {colour: names.get(colour, "") for colour in COLOURS},
    }


# -- which


def threads(found: list[Annotation]) -> list[Thread]:
    """Put replies with what they reply to; one whose own parent is gone stands by itself."""
    by_id = {each.id: each for each in found}
    replies: dict[str, list[Annotation]] = {}
    for each in found:
        root, met = each, {each.id}
        while root.parent in by_id and root.parent not in met:
            root = by_id[root.parent]
            met.add(root.id)
        replies.setdefault(root.id, [])
        if root is not each:
            replies[root.id].append(each)
    return [Thread(by_id[id], tuple(sorted(said, key=lambda each: each.created))) for id, said in replies.items()]


def _meets(thread: Thread, asked: Asked, known: Mapping[str, Listing]) -> bool:
    listing = known.get(thread.first.document)
    if listing is None or (asked.document and asked.document != thread.first.document):
        return False
    if asked.release and asked.release not in listing.releases:
        return False
    return any(_says(each, asked) for each in thread.all)


def _says(found: Annotation, asked: Asked) -> bool:
    if asked.tag and asked.tag not in found.tags:
        return False
    if (asked.colour and asked.colour != found.colour) or (asked.author and asked.author != found.author):
        return False
    if not asked.query:
        return True
    text = _bare(" ".join((clean(found.selector.exact), found.note, *found.tags)))
    return all(word in text for word in map(_bare, asked.query.split()))


def _bare(text: str) -> str:
    """Return a text without blanks and capitals: blanks in Korean quotations are the paper's, not the reader's."""
    return "".join(text.split()).casefold()


def _place(thread: Thread, known: Mapping[str, Listing]) -> tuple[str, str, int, int, str]:
    first = thread.first
    title = known[first.document].title
    return (title, first.document, first.page, first.selector.start, first.id)


def _choices(threads: list[Thread], known: Mapping[str, Listing]) -> Json:
    """Return the values one can narrow by, each with how many annotations have it, the most first."""
    every = [each for thread in threads for each in thread.all if each.document in known]
    documents = Counter(each.document for each in every)
    return {
        "tag": _counted(tag for each in every for tag in each.tags),
        "colour": _counted(each.colour for each in every),
        "author": _counted(each.author for each in every),
        "document": [[id, n, known[id].title] for id, n in documents.most_common(200)],
        "release": _counted(release for each in every for release in known[each.document].releases),
    }


def _counted(values: Iterable[str]) -> list[list[Any]]:
    return [[value, n] for value, n in Counter(values).most_common(200)]


# -- how


def _groups(shown: list[Thread], items: Mapping[str, Json], asked: Asked, known: Mapping[str, Listing]) -> list[Json]:
    groups: dict[str, list[Json]] = {}
    for thread in shown:
        item = {**items[thread.first.id], "replies": [_written(each) for each in thread.replies]}
        for key in _keys(thread, asked):
            groups.setdefault(key, []).append(item)
    ordered = (
        sorted(groups, key=lambda key: (key == "", -len(groups[key]), key)) if asked.group == "tag" else list(groups)
    )
    titles = {id: listing.title for id, listing in known.items()} if asked.group == "document" else {}
    return [{"key": key, "title": titles.get(key, key), "items": groups[key]} for key in ordered]


def _keys(thread: Thread, asked: Asked) -> tuple[str, ...]:
    if asked.group == "document":
        return (thread.first.document,)
    if asked.group == "tag":
        return tuple(dict.fromkeys(tag for each in thread.all for tag in each.tags)) or ("",)
    return ("",)


def _items(store: Store, found: list[Annotation], known: Mapping[str, Listing], language: str) -> dict[str, Json]:
    keys: set[PageKey] = {(each.document, each.page) for each in found}
    pages = store.some_pages(keys, words=False)
    return {
        each.id: _item(store, each, known[each.document], pages.get((each.document, each.page)), language)
        for each in found
    }


def _item(store: Store, found: Annotation, listing: Listing, page: Page | None, language: str) -> Json:
    where = placed(found, page) if page is not None else None
    return {
        **_written(found),
        "quote": clean(found.selector.exact),
        "title": listing.title,
        "document": found.document,
        "page": found.page,
        "label": page.label if page is not None else None,
        "kind": page.kind.value if page is not None else "page",
        "name": page.name if page is not None else None,
        "placed": where.how.value if where is not None else "lost",
        "href": _address(found, where),
        "span": [where.span.start, where.span.end] if where is not None and where.span is not None else None,
        **_cited(store, found, listing, language),
    }


def _written(found: Annotation) -> Json:
    names = ("id", "note", "colour", "author", "editor", "created", "modified", "version", "deleted")
    return {**{name: getattr(found, name) for name in names}, "tags": list(found.tags)}


def _address(found: Annotation, where: Anchored | None) -> str:
    """Return the address of an annotation's place in the reader; of its page where it has none."""
    asked = {"doc": found.document, "page": str(found.page), "annotation": found.id}
    if where is not None and where.span is not None:
        asked["at"] = f"{where.span.start}-{where.span.end}"
    return "/reader?" + urlencode(asked)


def _cited(store: Store, found: Annotation, listing: Listing, language: str) -> Json:
    """Return the source of an annotation's words, and with the words before it: what is copied, as the reader does.

    Cited is the passage as it was read when marked; where that is withheld or gone, the page, and no words with it.
    """
    made, words = _citation(store, found, listing), ""
    if made is None:
        return {"citation": None, "copied": None}
    if made.quote:
        words = f"“{clean(made.quote)}”\n"
    try:
        style = "korean" if language == "ko" else "english"
        source, _, _ = formatted(replace(made, quote=""), style).rpartition("\n")
    except UsageError:  # an extraction with a name that cannot be cited
        return {"citation": None, "copied": None}
    source = f"{source}\n{permanent(made)}"
    return {"citation": source, "copied": words + source}


def _citation(store: Store, found: Annotation, listing: Listing) -> Citation | None:
    try:
        if COVER not in found.selector.exact:
            return cite_passage(store, listing, found.passage, found.fingerprint)
    except (NotFound, UsageError):
        pass
    try:
        return cite_page(store, listing, found.page)
    except NotFound:
        return None
