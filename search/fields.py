"""Fields of documents, answered from what an audience may know of each.

Titles, agencies and dates can be edited, so no engine knows them: a field becomes the set of documents it is true of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from corpus.model import Listing
from search.query_nodes import Choice, DateRange, TextField
from search.snippets import stands

_VALUES: Mapping[str, Callable[[Listing], tuple[str, ...]]] = {
    "title": lambda listing: (listing.title,),
    "agency": lambda listing: listing.agencies,
    "release": lambda listing: listing.releases,
    "file": lambda listing: listing.files,
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_TYPES: Mapping[str, str] = {  # what people call files whose media type says it otherwise
    "application/x-hwp": "hwp",
    "application/haansofthwp": "hwp",
    "application/vnd.hancom.hwp": "hwp",
    "application/hwp+zip": "hwpx",
    "application/haansofthwpx": "hwpx",
    "application/vnd.hancom.hwpx": "hwpx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.ms-outlook": "msg",
    "application/rtf": "rtf",
    f"{_OFFICE}wordprocessingml.document": "docx",
    f"{_OFFICE}spreadsheetml.sheet": "xlsx",
    f"{_OFFICE}presentationml.presentation": "pptx",
    f"{_OPEN}text": "odt",
    f"{_OPEN}spreadsheet": "ods",
    f"{_OPEN}presentation": "odp",
    "image/jpeg": "jpg",
    "image/tiff": "tif",
    "message/rfc822": "eml",
    "text/plain": "txt",
    "text/markdown": "md",
    "application/gzip": "gz",
    "application/x-tar": "tar",
    "application/x-7z-compressed": "7z",
}
_CONTAINERS = {"application/zip", "application/x-ole-storage", "application/octet-stream"}


def file_type(media_type: str) -> str:
    """Return what people call files of a media type: hwpx, docx, eml."""
    return _TYPES.get(media_type, media_type.rpartition("/")[2])


def documents_with(field: TextField | DateRange | Choice, listings: Mapping[str, Listing]) -> frozenset[str]:
    """Return the documents of which a field is true: a text field, a date, or the type of the file."""
    match field:
        case TextField(name, value):
            values = _VALUES[name]
            return frozenset(d for d, known in listings.items() if any(stands(v, value) for v in values(known)))
        case DateRange(first, last):
            return frozenset(d for d, known in listings.items() if _within(known.date, first, last))
        case Choice(_, value):
            return frozenset(d for d, known in listings.items() if value in types(known))


def types(listing: Listing) -> frozenset[str]:
    """Return what may be typed after type: for a document: of image/jpeg, jpg, jpeg and image.

    Where the bytes tell only of a container (a zip file, say), the endings of the received names count too.
    """
    media_type = listing.document.media_type.lower()
    family, _, kind = media_type.partition("/")
    found = {family, kind, _TYPES.get(media_type, kind)}
    if media_type in _CONTAINERS:
        found |= {PurePosixPath(file).suffix.lower().removeprefix(".") for file in listing.files}
    return frozenset(found)


def _within(date: str | None, first: str | None, last: str | None) -> bool:
    """Whether a date (of any precision) can lie between two others, both included."""
    if date is None:
        return False
    return (first is None or date >= first[: len(date)]) and (last is None or date[: len(last)] <= last)
