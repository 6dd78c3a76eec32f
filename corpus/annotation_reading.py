"""Reading annotations from a file, which may be anybody's: W3C Web Annotations (JSON-LD), or our own CSV.

Nothing here looks at the record: a `Draft` is what a file says, checked for form alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.annotation_forms import COLUMNS, uninert
from corpus.annotations import COLOURS, moment
from corpus.errors import UsageError
from corpus.folding import canonical
from corpus.model import Selector
from corpus.written import name_of, note_of, tags_of

MOST_ANNOTATIONS = 100_000
MOST_CHARACTERS = 200_000_000  # of a file
_MOST_QUOTED = 1_000_000
_MOST_PAGES = 1_000_000
_MOST_VERSIONS = 1_000_000
_AROUND = 128


@dataclass(frozen=True, slots=True)
class Draft:
    """An annotation as a file has it; `name` is how a report calls it.

    `page` (from 1) and `fingerprint` are None where the file does not say; so is `document` in a reply whose target is
    another annotation. The selector's position is 0-0 where the file gives none.
    """

    name: str
    id: str
    document: str | None
    page: int | None
    fingerprint: str | None
    selector: Selector
    colour: str
    note: str
    tags: tuple[str, ...]
    parent: str | None
    author: str
    created: str
    editor: str
    modified: str
    version: int


def drafts(text: str, who: str) -> tuple[list[Draft], list[str]]:
    """Return the annotations of a file, and a sentence for each that cannot be used; `who` wrote what is unsigned.

    Raises:
        UsageError: the file as a whole cannot be read.
    """
    if len(text) > MOST_CHARACTERS:
        raise UsageError(f"The file has more than {MOST_CHARACTERS:,} characters; split it.")
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        return _each(list(_items(_parsed(text))), lambda item: _of_item(item, who))
    rows = csv.reader(io.StringIO(canonical(text), newline=""))
    try:
        header = [uninert(cell.strip()) for cell in next(rows, [])]
        if {"id", "document", "quote"} <= set(header):
            return _each([dict(zip(header, row, strict=False)) for row in rows if row], lambda row: _of_row(row, who))
    except csv.Error as error:
        raise UsageError(f"The file is no CSV ({error}); export it again.") from error
    raise UsageError(
        "The file has no annotations that can be read; give JSON-LD (W3C) or CSV as gongmun annotations export writes "
        "them. Markdown is for reading and cannot be imported."
    )


def _each(items: list[Any], read: Callable[[Any], Draft]) -> tuple[list[Draft], list[str]]:
    if len(items) > MOST_ANNOTATIONS:
        raise UsageError(f"The file has {len(items):,} annotations and may have {MOST_ANNOTATIONS:,}; split it.")
    made: list[Draft] = []
    refused: list[str] = []
    for at, item in enumerate(items, start=1):
        try:
            draft = read(item)
        except UsageError as error:
            refused.append(f"Annotation {at}: {error}")
        except RecursionError:
            refused.append(f"Annotation {at}: it is nested too deeply.")
        else:
            made.append(replace(draft, name=f"Annotation {at} ({draft.id[:8]})"))
    return made, refused


# -- JSON-LD


def _parsed(text: str) -> Any:
    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no JSON number")

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError as error:
        raise UsageError("The JSON is nested too deeply to be annotations; export it again.") from error
    except ValueError as error:
        raise UsageError(f"The file is no JSON ({str(error)[:100]}); export it again.") from error


def _items(found: Any) -> Iterator[Any]:
    """Yield the annotations of a collection with its pages, of a page, of a list, or the only one."""
    if isinstance(found, list):
        yield from found
        return
    if not isinstance(found, dict):
        raise UsageError("The JSON holds no annotations; export it again.")
    if "Annotation" in _list(found.get("type")):
        yield found
        return
    page: Any = found.get("first", found)
    for _ in range(MOST_ANNOTATIONS):  # pages lie in one another, so there cannot be more
        if not isinstance(page, dict) or not isinstance(page.get("items"), list):
            raise UsageError("The collection has pages that are not in the file; download it whole.")
        yield from page["items"]
        page = page.get("next")
        if page is None:
            return


def _of_item(item: Any, who: str) -> Draft:
    if not isinstance(item, dict) or "Annotation" not in _list(item.get("type")):
        raise UsageError("it is no W3C annotation.")
    notes, tags = _bodies(item)
    target = item.get("target")
    target = target[0] if isinstance(target, list) and len(target) == 1 else target
    source, selectors, colour, fingerprint = _target(target)
    parent = item.get("gongmun:parent")
    parent = parent.get("id") if isinstance(parent, dict) else parent
    if parent is None and "replying" in _list(item.get("motivation")) and source.startswith("urn:uuid:"):
        parent = source
    document = _DOCUMENT.search(source.lower())
    if document is None and parent is None:
        raise UsageError("it names no document by its SHA-256 (urn:sha256:…#page=N).")
    selector, page = _selector(selectors, required=document is not None)
    page = page or _page_of(source)
    author = _person(item.get("creator"), who)
    created = _time(item.get("created"), None)
    return Draft(
        name="",
        id=_id(item.get("id"), item),
        document=document[0] if document else None,
        page=page,
        fingerprint=fingerprint,
        selector=selector,
        colour=colour,
        note=note_of("\n\n".join(notes)),
        tags=tags_of(tags),
        parent=None if parent is None else _id(parent, None),
        author=author,
        created=created,
        editor=_person(item.get("gongmun:editor"), author),
        modified=_time(item.get("modified"), created),
        version=_whole(item.get("gongmun:version", 1), "version", 1, _MOST_VERSIONS),
    )


_DOCUMENT = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_PAGE = re.compile(r"(?:^|#|&)page=([1-9][0-9]{0,6})(?![0-9])")


def _page_of(text: str) -> int | None:
    found = _PAGE.search(text)
    return _whole(int(found[1]), "page", 1, _MOST_PAGES) if found else None


def _target(target: Any) -> tuple[str, list[Any], str, str | None]:
    """Return the source, the selectors, the colour and the extraction of a target."""
    if isinstance(target, str):
        return target, [], COLOURS[0], None
    if not isinstance(target, dict):
        raise UsageError("it needs one target, an IRI or an object.")
    source = target.get("source", target.get("id"))
    source = source.get("id") if isinstance(source, dict) else source
    styles = [each.removeprefix("gongmun-") for each in _list(target.get("styleClass")) if isinstance(each, str)]
    colour = next((each for each in styles if each in COLOURS), COLOURS[0])
    fingerprint = target.get("gongmun:extraction")
    fingerprint = None if fingerprint is None else _text(fingerprint, "extraction", 200)
    return _text(source, "source", 10_000), _list(target.get("selector")), colour, fingerprint


def _selector(selectors: list[Any], required: bool) -> tuple[Selector, int | None]:
    """Return the quotation with its position, 0-0 if there is none, and the page that a FragmentSelector names."""
    exact, prefix, suffix, start, end, page = "", "", "", 0, 0, None
    waiting = list(selectors)
    for _ in range(20):
        if not waiting:
            break
        each = waiting.pop(0)
        if not isinstance(each, dict):
            raise UsageError("a selector is no object.")
        kinds = _list(each.get("type"))
        if "TextQuoteSelector" in kinds:
            exact = _text(each.get("exact"), "quotation", _MOST_QUOTED)
            prefix = _text(each.get("prefix", ""), "prefix", _MOST_QUOTED)[-_AROUND:]
            suffix = _text(each.get("suffix", ""), "suffix", _MOST_QUOTED)[:_AROUND]
        if "TextPositionSelector" in kinds:
            start = _whole(each.get("start"), "start", 0, 10**9)
            end = _whole(each.get("end"), "end", start, 10**9)
        if "FragmentSelector" in kinds:
            page = _page_of(_text(each.get("value"), "fragment", 10_000)) or page
        waiting += _list(each.get("refinedBy"))
    if required and not exact.strip():
        raise UsageError("it quotes nothing (no TextQuoteSelector), so its place cannot be checked.")
    return Selector(exact, prefix, suffix, start, end), page


def _bodies(item: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the notes and the tags of an annotation; a body elsewhere is noted by its address."""
    notes = [_text(each, "body", _MOST_QUOTED) for each in _list(item.get("bodyValue"))]
    tags: list[str] = []
    only_tags = _list(item.get("motivation")) == ["tagging"]
    for body in _list(item.get("body")):
        value, purposes = body, []
        if isinstance(body, dict):
            value = body.get("value", body.get("source", body.get("id")))
            purposes = _list(body.get("purpose"))
        words = _text(value, "body", _MOST_QUOTED)
        (tags if "tagging" in purposes or (only_tags and not purposes) else notes).append(words)
    return notes, tags


def _person(found: Any, otherwise: str) -> str:
    found = (_list(found) or [otherwise])[0]
    if isinstance(found, dict):
        found = found.get("name") or found.get("nickname") or found.get("id") or otherwise
    return name_of(_text(found, "name", 10_000))


# -- CSV


def _of_row(row: Mapping[str, str], who: str) -> Draft:
    cells = {name: uninert(row.get(name, "")) for name in COLUMNS}
    if not _DOCUMENT.fullmatch(cells["document"].strip().lower()):
        raise UsageError("it names no document by its SHA-256.")
    if not cells["quote"].strip():
        raise UsageError("it quotes nothing, so its place cannot be checked.")
    start = _figure(cells["start"] or "0", "start", 0, 10**9)
    end = _figure(cells["end"] or str(start), "end", start, 10**9)
    selector = Selector(cells["quote"], cells["prefix"][-_AROUND:], cells["suffix"][:_AROUND], start, end)
    created = _time(cells["created"] or None, None)
    author = name_of(cells["author"].strip() or who)
    colour = cells["colour"].strip()
    return Draft(
        name="",
        id=_id(cells["id"] or None, cells),
        document=cells["document"].strip().lower(),
        page=_figure(cells["page"], "page", 1, _MOST_PAGES) if cells["page"] else None,
        fingerprint=cells["extraction"] or None,
        selector=selector,
        colour=colour if colour in COLOURS else COLOURS[0],
        note=note_of(cells["note"]),
        tags=tags_of(cells["tags"].splitlines()),
        parent=_id(cells["parent"], None) if cells["parent"] else None,
        author=author,
        created=created,
        editor=name_of(cells["editor"].strip() or author),
        modified=_time(cells["modified"] or None, created),
        version=_figure(cells["version"] or "1", "version", 1, _MOST_VERSIONS),
    )


# -- values that may be anything


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any, what: str, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise UsageError(f"its {what} is no text of at most {most:,} characters.")
    return canonical(value)


def _figure(value: str, what: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", value.strip()):
        raise UsageError(f"its {what} is no whole number.")
    return _whole(int(value), what, least, most)


def _whole(value: Any, what: str, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise UsageError(f"its {what} is no whole number from {least:,} to {most:,}.")
    return value


def _id(value: Any, content: Any) -> str:
    """Return a UUID: the one given, else one that the same address, or the same content, always gives."""
    text = json.dumps(content, sort_keys=True) if value is None else _text(value, "id", 10_000)
    try:
        return str(uuid.UUID(text.removeprefix("urn:uuid:")))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, canonical(text)))


def _time(value: Any, otherwise: str | None) -> str:
    """Return a moment in UTC to the millisecond; one without a zone is taken for UTC."""
    if value is None:
        return otherwise or moment()
    try:
        found = dt.datetime.fromisoformat(_text(value, "time", 100))
        found = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
        return found.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError) as error:
        raise UsageError("its time is none (ISO 8601, as 2026-11-22T10:00:00Z).") from error
