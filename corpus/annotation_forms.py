"""Annotations as files: W3C Web Annotations (JSON-LD), CSV for spreadsheets, Markdown for reading.

The first two can be read back (corpus/annotation_reading.py). JSON-LD is after the Web Annotation Data Model (W3C
Recommendation, 2017); offsets of its TextPositionSelector are code points, as it asks for.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.annotation_rows import Annotation
from corpus.annotations import COLOURS, colour_names
from corpus.citation import Citation, cite_page, cite_passage, formatted
from corpus.errors import NotFound, UsageError
from corpus.listings import listings
from corpus.model import COVER, EVERYTHING, Audience, Listing
from corpus.store import Store
from corpus.written import harmless

Json = dict[str, Any]

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"gongmun": "urn:gongmun:annotation:"}]
_SHADES = {"yellow": "#fff3a3", "green": "#c5edc5", "blue": "#c3e0fb", "pink": "#fbcfe0", "purple": "#e0d3f8"}


# -- JSON-LD


def jsonld(store: Store, found: list[Annotation], audience: Audience = EVERYTHING) -> Json:
    """Return annotations as one W3C AnnotationCollection with one page; deleted ones are left out.

    Its id is made of what is in it, so that the same annotations give the same file.
    """
    known = listings(store, audience)
    items = [_item(each, known) for each in found if not each.deleted and each.document in known]
    named = " ".join(f"{item['id']} {item['gongmun:version']} {item['modified']}" for item in items)
    id = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}"
    page = {"id": f"{id}#1", "type": "AnnotationPage", "partOf": id, "startIndex": 0, "items": items}
    return {"@context": CONTEXT, "id": id, "type": "AnnotationCollection", "total": len(items), "first": page}


def _item(found: Annotation, known: Mapping[str, Listing]) -> Json:
    selector, shade = found.selector, _SHADES[found.colour]
    bodies: list[Json] = []
    if found.note:
        purpose = "replying" if found.parent else "commenting"
        bodies.append({"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": found.note})
    bodies += [{"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": t} for t in found.tags]
    item: Json = {
        "id": f"urn:uuid:{found.id}",
        "type": "Annotation",
        "motivation": _motivation(found),
        "creator": {"type": "Person", "name": found.author},
        "created": found.created,
        "modified": found.modified,
        "body": bodies,
        "stylesheet": {"type": "CssStylesheet", "value": f".gongmun-{found.colour} {{ background-color: {shade}; }}"},
        "target": {
            "source": f"urn:sha256:{found.document}#page={found.page}",
            "styleClass": f"gongmun-{found.colour}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": selector.exact,
                    "prefix": selector.prefix,
                    "suffix": selector.suffix,
                },
                {"type": "TextPositionSelector", "start": selector.start, "end": selector.end},
            ],
            "gongmun:title": known[found.document].title,
            "gongmun:extraction": found.fingerprint,
        },
        "gongmun:editor": found.editor,
        "gongmun:version": found.version,
    }
    if found.parent:
        item["gongmun:parent"] = {"id": f"urn:uuid:{found.parent}"}
    return item


def _motivation(found: Annotation) -> str:
    if found.parent:
        return "replying"
    return "commenting" if found.note else "tagging" if found.tags else "highlighting"


# -- CSV

COLUMNS = (
    "id",
    "document",
    "title",
    "page",
    "extraction",
    "start",
    "end",
    "quote",
    "prefix",
    "suffix",
    "colour",
    "note",
    "tags",
    "parent",
    "author",
    "created",
    "editor",
    "modified",
    "version",
)


HEADINGS: Mapping[str, tuple[str, ...]] = {
    "en": COLUMNS,
    "ko": (
        "식별자",
        "문서",
        "제목",
        "파일 쪽",
        "추출",
        "시작",
        "끝",
        "인용",
        "앞 글",
        "뒤 글",
        "색",
        "메모",
        "태그",
        "답글 대상",
        "작성자",
        "작성 시각",
        "수정자",
        "수정 시각",
        "판",
    ),
}
_COLOURS: Mapping[str, tuple[str, ...]] = {"en": COLOURS, "ko": ("노랑", "초록", "파랑", "분홍", "보라")}


def csv_text(
    store: Store, found: list[Annotation], audience: Audience = EVERYTHING, language: str | None = None
) -> str:
    """Return annotations as CSV, tags one a line within their cell; deleted ones are left out.

    Without a language it is for programs: columns and colours by their keys, times in UTC. With one ("ko", "en") it is
    for people: headings and colours in words, with the names people gave them, times of this machine's zone (ISO 8601,
    with their offset); `keyed` turns it back. Write it as "utf-8-sig", so that spreadsheets read the Korean. No cell is
    a formula to a spreadsheet.

    Raises:
        UsageError: there are no headings in that language.
    """
    if language is not None and language not in HEADINGS:
        raise UsageError(f"There are no headings in {language!r}; give one of {', '.join(HEADINGS)}.")
    known, names = listings(store, audience), colour_names(store)
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEADINGS[language] if language else COLUMNS)
    for each in found:
        if not each.deleted and each.document in known:
            cells = _cells(each, known[each.document])
            if language:
                cells = {**cells, **_for_people(each, language, names.get(each.colour))}
            writer.writerow([inert(cells[column]) for column in COLUMNS])
    return made.getvalue()


def _cells(found: Annotation, listing: Listing) -> dict[str, str]:
    selector = found.selector
    place = [found.id, found.document, listing.title, str(found.page), found.fingerprint]
    quoted = [str(selector.start), str(selector.end), selector.exact, selector.prefix, selector.suffix]
    written = [found.colour, found.note, "\n".join(found.tags), found.parent or ""]
    by = [found.author, found.created, found.editor, found.modified, str(found.version)]
    return dict(zip(COLUMNS, [*place, *quoted, *written, *by], strict=True))


def _for_people(found: Annotation, language: str, name: str | None) -> dict[str, str]:
    word = _COLOURS[language][COLOURS.index(found.colour)]
    return {
        "colour": f"{name} ({word})" if name else word,
        "created": _here(found.created),
        "modified": _here(found.modified),
    }


def _here(moment: str) -> str:
    """Return a moment in this machine's time zone, with its offset."""
    return dt.datetime.fromisoformat(moment).astimezone().isoformat(timespec="milliseconds")


def keyed(text: str) -> str:
    """Return our CSV for people, in any language, with headings and colours by their keys; other texts as they are."""
    bare = text.removeprefix("\ufeff")
    if bare.lstrip()[:1] in ("{", "["):
        return text
    try:
        header, *rows = list(csv.reader(io.StringIO(bare, newline=""))) or [[]]
    except csv.Error:
        return text
    keys = {heading: key for headings in HEADINGS.values() for heading, key in zip(headings, COLUMNS, strict=True)}
    plain = [keys.get(uninert(cell.strip()), cell) for cell in header]
    if not {"id", "document", "quote", "colour"} <= set(plain):
        return text
    at, made = plain.index("colour"), io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(plain)
    writer.writerows([_key_of(cell) if n == at else cell for n, cell in enumerate(row)] for row in rows)
    return made.getvalue()


def _key_of(cell: str) -> str:
    """Return the key of a colour written as `csv_text` writes it: "분홍", or "증거 (분홍)" with a name of its own."""
    word = cell.strip()
    word = word[:-1].rpartition("(")[2] if word.endswith(")") else word
    return next(
        (key for words in _COLOURS.values() for key, each in zip(COLOURS, words, strict=True) if each == word), cell
    )


_FORMULA = tuple("=+-@＝＋－＠")


def inert(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would run as a formula; see `uninert`."""
    cell = harmless(cell)
    return "'" + cell if cell.lstrip().startswith(_FORMULA) or cell[:1] in ("\t", "\n", "'") else cell


def uninert(cell: str) -> str:
    """Take back what `inert` put before a cell."""
    return cell.removeprefix("'")


# -- Markdown

_TEXTS = {
    "korean": {"title": "주석", "tags": "태그", "reply": "답글", "none": "주석이 없습니다."},
    "english": {"title": "Annotations", "tags": "Tags", "reply": "Reply", "none": "There are no annotations."},
}


def markdown(store: Store, found: list[Annotation], audience: Audience = EVERYTHING, style: str = "korean") -> str:
    """Return annotations for reading, by document: each quotation with its citation, then what was written beside it.

    `style` is "korean" or "english", as in `corpus.citation.STYLES`. All text of papers and people is escaped.

    Raises:
        UsageError: there is no such style.
    """
    if style not in _TEXTS:
        raise UsageError(f"There is no style {style!r} of annotations; give one of {', '.join(_TEXTS)}.")
    known, names, texts = listings(store, audience), colour_names(store), _TEXTS[style]
    kept = [each for each in found if not each.deleted and each.document in known]
    ids = {each.id for each in kept}
    replies: dict[str, list[Annotation]] = {}
    for each in kept:
        if each.parent in ids and each.parent is not None:
            replies.setdefault(each.parent, []).append(each)
    parts, document = [f"# {texts['title']}"], ""
    for each in kept:
        if each.parent in ids:
            continue
        if each.document != document:
            document = each.document
            parts.append(f"## {_escaped(known[document].title)}")
        parts.append(_quoted(store, each, known[document], style))
        parts += _said(each, texts, names)
        for answer in _thread(each, replies):
            parts += [f"**{texts['reply']}**", *_said(answer, texts, names)]
    return "\n\n".join(parts if kept else [*parts, texts["none"]]) + "\n"


def _thread(first: Annotation, replies: Mapping[str, list[Annotation]]) -> Iterator[Annotation]:
    """Yield the replies to an annotation and to these, each after what it replies to."""
    waiting = list(reversed(replies.get(first.id, [])))
    while waiting:
        answer = waiting.pop()
        yield answer
        waiting += reversed(replies.get(answer.id, []))


def _quoted(store: Store, found: Annotation, listing: Listing, style: str) -> str:
    citation = _citation(store, found, listing)
    if citation is None:
        return f"> {_escaped(found.selector.exact)}"
    line, _, form = formatted(citation, style).rpartition("\n")
    covered = "" if citation.quote else f"> {_escaped(found.selector.exact)}\n>\n"
    said = "  \n> ".join(map(_escaped, line.split("\n")))  # blanks break a line, and leave no sign of their own
    return f"{covered}> {said}\n>\n> `{form}`"


def _citation(store: Store, found: Annotation, listing: Listing) -> Citation | None:
    """Cite the passage; where it touches withheld text, or its extraction is gone, the page; None if that is gone."""
    try:
        if COVER not in found.selector.exact:
            return cite_passage(store, listing, found.passage, found.fingerprint)
    except (NotFound, UsageError):
        pass
    try:
        return cite_page(store, listing, found.page)
    except NotFound:
        return None


def _said(found: Annotation, texts: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    """Return what was written beside a quotation, and by whom."""
    said = [_escaped(part) for part in re.split(r"\n\s*\n", found.note) if part.strip()]
    if found.tags:
        said.append(f"{texts['tags']}: " + ", ".join(map(_escaped, found.tags)))
    facts = [found.author, found.created[:16].replace("T", " ") + " UTC", names.get(found.colour, found.colour)]
    return [*said, "— " + " · ".join(map(_escaped, facts))]


_MARKS = re.compile(r"[!#$()*+\-.:=@\[-`{-~]")  # $ and : mean something to Streamlit
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _escaped(text: str) -> str:
    """Return text that is nothing but text in Markdown (CommonMark 0.31, section 2.4), its lines kept as lines."""
    plain = _MARKS.sub(r"\\\g<0>", harmless(text).replace("\ufffe", "-"))
    plain = re.sub("[&<>]", lambda found: _ENTITIES[found[0]], plain)
    lines = [line.strip() for line in plain.split("\n")]
    return "\\\n".join(line for line in lines if line)
