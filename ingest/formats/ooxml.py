"""The package that DOCX, XLSX and PPTX are: a ZIP of XML parts that refer to each other (ECMA-376-2).

Nothing is fetched: parts with a DTD are refused, so that there are no entities, and links that lead out are not
followed. Names of elements and attributes are given with the prefixes of the standard (`w:p`), transitional and strict
alike.
"""

from __future__ import annotations

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from struct import error as StructError
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from corpus.folding import canonical
from corpus.model import Reason
from ingest.formats.model import FormatError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 500_000_000  # out of one file
_MOST_RATIO, _RATIO_FROM = 200, 50_000_000
_MOST_PART = 150_000_000  # of XML that is held in memory as a tree
_MOST_DEPTH = 250
_LARGE_PICTURE = 20_000  # bytes from which a picture may have words in it
_MOST_PICTURE = 100_000_000  # bytes

_DAMAGED = (Reason.DAMAGED, "The file is damaged and cannot be read; ask the agency to send it again.")
_ENCRYPTED = (
    Reason.ENCRYPTED,
    "The file is protected by a password. Open it where the password is known, save it without one and ingest that, "
    "or ask the agency: please send an unprotected copy of it.",
)
_TOO_LARGE = (
    Reason.TOO_LARGE,
    "The file unpacks to far more than a paper holds, and was not read; ask the agency what is in it.",
)

_OF_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, StructError, EOFError, NotImplementedError),  # of the archive
    *(expat.ExpatError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError),  # of XML that is not so
)

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    "wordprocessingml": "w",
    "spreadsheetml": "x",
    "presentationml": "p",
    "drawingml": "a",
    "drawingml/chart": "c",
    "drawingml/diagram": "dgm",
    "drawingml/picture": "pic",
    "drawingml/spreadsheetDrawing": "xdr",
    "drawingml/wordprocessingDrawing": "wp",
    "officeDocument/math": "m",
    "officeDocument/relationships": "r",
    "package/relationships": "rel",
    "package/metadata/core-properties": "cp",
    "officeDocument/extended-properties": "ep",
    "markup-compatibility": "mc",
}
_OTHER_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": "tc",
    "http://schemas.microsoft.com/office/powerpoint/2018/8/main": "p188",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_FACTS = {
    "dc:title": "Title",
    "dc:creator": "Author",
    "dc:subject": "Subject",
    "cp:keywords": "Keywords",
    "dc:description": "Description",
    "cp:lastModifiedBy": "LastModifiedBy",
    "dcterms:created": "CreationDate",
    "dcterms:modified": "ModDate",
    "ep:Application": "Creator",
    "ep:Company": "Company",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: `kind` is the last word of the relation's type, `target` a part's name."""

    kind: str
    target: str


class Package:
    """An open package. Names of parts have no leading slash; those that are missing read as nothing."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}
        self._relations: dict[str, dict[str, Relation]] = {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def main(self) -> str:
        """Return the name of the main part."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        raise FormatError(*_DAMAGED)

    def size(self, name: str) -> int:
        info = self._names.get(name.lower())
        return info.file_size if info else 0

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """Open a part that is there."""
        with self._archive.open(self._names[name.lower()]) as file:
            yield file

    def tree(self, name: str) -> Element:
        """Return a part as a tree; an empty element where there is none."""
        if name not in self:
            return Element("none")
        if self.size(name) > _MOST_PART:
            raise FormatError(*_TOO_LARGE)
        with self.stream(name) as file:
            return parse(file)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part refers to by id; of those that lead out of the file, nothing."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            found = {}
            for each in self.tree(posixpath.join(folder, "_rels", f"{base}.rels")):
                if each.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "").replace("\\", "/")))
                    kind = each.get("Type", "").rsplit("/", 1)[-1]
                    found[each.get("Id", "")] = Relation(kind, target.lstrip("/"))
            self._relations[name] = found
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts that a part refers to as a kind, in the order of their mention."""
        return [each.target for each in self.relations(name).values() if each.kind == kind and each.target in self]

    def target(self, name: str, key: str | None) -> str:
        """Return the name of the part that a part refers to by an id, "" where there is none."""
        relation = self.relations(name).get(key or "")
        return relation.target if relation and relation.target in self else ""

    def picture(self, name: str) -> bytes:
        """Return the bytes of a picture; nothing where it is not there, or is larger than any that is read."""
        if name not in self or self.size(name) > _MOST_PICTURE:
            return b""
        with self.stream(name) as file:
            return file.read()

    def is_large_picture(self, name: str, key: str | None) -> bool:
        """Whether a picture that a part refers to is large enough to have words in it."""
        return self.size(self.target(name, key)) > _LARGE_PICTURE

    def facts(self) -> dict[str, str]:
        """Return the file's own claims about itself, under the names that PDF has for them."""
        found: dict[str, str] = {}
        for kind in ("core-properties", "extended-properties"):
            for name in self.related("", kind):
                for each in self.tree(name):
                    if each.tag in _FACTS and (each.text or "").strip():
                        found[_FACTS[each.tag]] = canonical(each.text or "").strip()
        return found


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a package, and let nothing but FormatError out of what is done with it.

    Raises:
        FormatError: it is encrypted, damaged, or a bomb.
    """
    try:
        with path.open("rb") as file:
            if file.read(8) == _OLE:
                raise FormatError(*_ENCRYPTED)
            with zipfile.ZipFile(file) as archive:
                _check_sizes(archive, path.stat().st_size)
                yield Package(archive)
    except FormatError:
        raise
    except RuntimeError as error:  # RecursionError, or zipfile's for an encrypted member
        raise FormatError(*(_ENCRYPTED if "password" in str(error) else _DAMAGED)) from error
    except _OF_DAMAGE as error:
        raise FormatError(*_DAMAGED) from error
    except OSError as error:
        if error.errno not in (None, EINVAL):
            raise  # of the disk
        raise FormatError(*_DAMAGED) from error  # places before the file's beginning, broken bzip2


def _check_sizes(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse bombs by what the directory claims; zipfile unpacks no more than that of a member."""
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    if total > _MOST_BYTES or (total > _RATIO_FROM and total > _MOST_RATIO * size):
        raise FormatError(*_TOO_LARGE)
    if any(info.flag_bits & 1 for info in infos):
        raise FormatError(*_ENCRYPTED)


def parse(file: IO[bytes]) -> Element:
    """Return an XML part as a tree."""
    builder = TreeBuilder()
    events(file, builder.start, builder.end, builder.data)
    return builder.close()


def events(
    file: IO[bytes],
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    data: Callable[[str], object],
) -> None:
    """Call `start`, `end` and `data` as an XML part is read, names prefixed.

    Raises:
        FormatError: it has a DTD, or is nested as no paper is.
        ExpatError: it is not XML.
    """
    names: dict[str, str] = {}
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise FormatError(*_DAMAGED)
        start(
            names.get(name) or _named(name, names),
            {names.get(key) or _named(key, names): value for key, value in attributes.items()},
        )

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names[name])

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = _refuse
    parser.ParseFile(file)


def streamed(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    data: Callable[[str], object],
) -> None:
    """Do as `events` for a part that may be very long, in pieces: elements by their last name, attributes as found."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    last: dict[str, str] = {}

    def started(name: str, attributes: dict[str, str]) -> None:
        if name not in last:
            last[name] = name.rpartition(" ")[2]
        start(last[name], attributes)

    def ended(name: str) -> None:
        end(last[name])

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = _refuse
    for piece in pieces:
        parser.Parse(piece)
    parser.Parse(b"", True)


def _refuse(*declared: object) -> None:
    raise FormatError(*_DAMAGED)


def _named(name: str, names: dict[str, str]) -> str:
    """Return a name with its prefix; one of an unknown namespace keeps its last word alone, after a colon."""
    space, _, local = name.rpartition(" ")
    found = local if not space else f"{_OTHER_PREFIXES.get(space) or _prefix(space)}:{local}"
    names[name] = found
    return found


def _prefix(space: str) -> str:
    for root in (_OFFICE, _STRICT):
        if space.startswith(root):
            words = [word for word in space.removeprefix(root).split("/") if not word.isdigit() and word != "main"]
            return _PREFIXES.get("/".join(words), "")
    return ""


def choice(element: Element) -> Element:
    """Return the alternative to be read of mc:AlternateContent: the newest, for both say the same."""
    found = element.find("mc:Choice")
    if found is None or not len(found):
        found = element.find("mc:Fallback")
    return Element("none") if found is None else found


def find(element: Element, path: str) -> Element | None:
    """Return what a path of names leads to, the first of each name; Element.find takes prefixes for its own."""
    found: Element | None = element
    for name in path.split("/"):
        found = None if found is None else found.find(name)
    return found


def child(element: Element, path: str) -> Element:
    """Return what a path leads to; an empty element where that is nothing."""
    found = find(element, path)
    return Element("none") if found is None else found


def is_on(element: Element | None) -> bool:
    """Whether a property that is on by being there is on (ECMA-376-1, 17.17.4)."""
    return element is not None and (element.get("w:val") or element.get("val") or "1") not in ("0", "false", "off")
