"""The permanent form of a citation: written, found again in any text, and checked against the record.

It says which bytes, which page, which code points of which extraction, and a checksum of the words:

    gongmun:1/<sha256 of the file>/p<page>[-<page>]/<start>-<end>[+p<page>:<start>-<end>…]/<extraction>/<checksum>

`all` stands for the code points where a whole page is cited. The checksum is the first 12 hexadecimal digits of the
SHA-256 of the words in UTF-8, the stretches of a passage joined by a line end. The extraction is its fingerprint; pages
read by different ones (OCR is per page) give one each, in order, joined by +. A page that was read in several steps
(its text and then its pictures; a correction after that) has a + in its fingerprint, written as two full stops.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from hashlib import sha256

from corpus.anchoring import Anchored, How, anchor
from corpus.correcting import said_since
from corpus.errors import NotFound
from corpus.model import EVERYTHING, Audience, Page, PageSpan, Passage, Selector, Span
from corpus.originals import Originals
from corpus.purging import when_purged
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Permanent:
    """A permanent form, read; `passage` is empty where whole pages are cited, `fingerprints` are by page."""

    document: str
    first: int
    last: int
    passage: Passage
    fingerprints: tuple[str, ...]
    checksum: str

    def __str__(self) -> str:
        pages = f"p{self.first}" + (f"-{self.last}" if self.last != self.first else "")
        head, *more = self.passage or (None,)
        place = f"{head.start}-{head.end}" if head else "all"
        place += "".join(f"+p{span.page}:{span.start}-{span.end}" for span in more if span)
        return f"gongmun:1/{self.document}/{pages}/{place}/{'+'.join(self.fingerprints)}/{self.checksum}"

    @property
    def read_by(self) -> dict[int, str]:
        """The fingerprint each cited page was read with."""
        pages = list(dict.fromkeys(span.page for span in self.passage)) or [self.first]
        prints = [each.replace(_STEP, "+") for each in self.fingerprints]
        return dict(zip(pages, prints if len(prints) == len(pages) else prints[:1] * len(pages), strict=True))


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that begins like a permanent form and cannot be read as one."""

    text: str

    def __str__(self) -> str:
        return self.text


def words_at(passage: Passage, pages: Mapping[int, Page]) -> str:
    """Return what stands at a passage: visible text alone, its stretches joined by line ends."""
    return "\n".join(pages[span.page].visible[span.start : span.end] for span in passage)


_STEP = ".."


def citable(fingerprint: str) -> str:
    """Return a page's fingerprint as permanent forms have it, where + stands between those of several pages."""
    return fingerprint.replace("+", _STEP)


def checksum(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:12]


# -- finding

_N = "[1-9][0-9]{0,8}"
_AT = "(?:0|[1-9][0-9]{0,8})"
FINGERPRINT = re.compile("[a-z0-9][a-z0-9.-]*")
_FORM = re.compile(
    rf"gongmun:1/([0-9a-f]{{64}})/p({_N})(?:-({_N}))?/(all|({_AT})-({_AT})((?:\+p{_N}:{_AT}-{_AT})*))"
    rf"/({FINGERPRINT.pattern}(?:\+{FINGERPRINT.pattern})*)/([0-9a-f]{{12}})"
)
_MORE = re.compile(rf"\+p({_N}):({_AT})-({_AT})")

# What mail, word processors and PDF put into a long word: line ends with quotation marks, zero-width signs, and
# pdfium's U+FFFE, which may be a hyphen of ours at a line end or one that the typesetter added.
_WRAP = r"(?:[\u200b\u00ad\u2060\ufeff\ufffe]|=?\r?\n[ \t>]*)*"
_HEAD = _WRAP.join(["g", "o", "n", "g", "m", "u", "n", ":", "1", r"\\?/"])
_WRAPPED = re.compile(
    rf"{_HEAD}{_WRAP}(?:(?:[0-9a-z:+.-]{_WRAP}){{1,400}}?\\?/{_WRAP}){{4}}(?:[0-9a-f]{_WRAP}){{11}}[0-9a-f](?![0-9a-z])",
    re.IGNORECASE,
)
_BEGINNING = re.compile(_HEAD, re.IGNORECASE)
_WORD = re.compile(r"[^\s\"'<>“”‘’「」\ufffe]{0,200}")


def find(text: str) -> list[tuple[int, Permanent | Broken]]:
    """Return every permanent form in a text with its position; one broken by line wraps is mended if only one way fits.

    Whatever begins with `gongmun:1/` is returned, what cannot be read as `Broken`.
    """
    found: list[tuple[int, Permanent | Broken]] = []
    for beginning in _BEGINNING.finditer(text):
        whole = _WRAPPED.match(text, beginning.start())
        broken = Broken("gongmun:1/" + _said(_WORD.match(text, beginning.end())))
        found.append((beginning.start(), (_mended(whole[0]) if whole else None) or broken))
    return found


def _said(match: re.Match[str] | None) -> str:
    return match[0] if match else ""


def _mended(raw: str) -> Permanent | None:
    plain = re.sub(r"[\u200b\u00ad\u2060\ufeff\\]|=?\r?\n[ \t>]*", "", raw).lower()
    readings = {parse(plain.replace("\ufffe", hyphen)) for hyphen in ("", "-")} - {None}
    return readings.pop() if len(readings) == 1 else None


def parse(form: str) -> Permanent | None:
    """Read one permanent form that is written as it should be; None if it is not."""
    match = _FORM.fullmatch(form)
    if match is None:
        return None
    document, first, last, place, start, end, more, prints, check = match.groups()
    passage: Passage = ()
    if place != "all":
        rest = (PageSpan(int(page), int(a), int(b)) for page, a, b in _MORE.findall(more))
        passage = (PageSpan(int(first), int(start), int(end)), *rest)
    read = Permanent(document, int(first), int(last or first), passage, tuple(prints.split("+")), check)
    return read if _makes_sense(read) else None


def _makes_sense(read: Permanent) -> bool:
    pages = [span.page for span in read.passage] or [read.first]
    return (
        all(span.start < span.end for span in read.passage)
        and pages == sorted(pages)
        and read.last == pages[-1]
        and len(read.fingerprints) in (1, len(set(pages)))
    )


# -- checking


class Status(StrEnum):
    """Whether a citation still holds."""

    TRUE = "holds"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "source gone"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a permanent form, in a sentence; what is written around the form is not looked at.

    `passage` is where its words stand now, empty if nowhere or if whole pages are cited.
    """

    status: Status
    sentence: str
    passage: Passage = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """What citations are checked against: `visible` are the documents to be told of, `whole` if those are all."""

    store: Store
    digest: Callable[[str], str | None]
    visible: frozenset[str]
    whole: bool

    @classmethod
    def of(cls, store: Store, originals: Originals, audience: Audience) -> _Record:
        return cls(store, cache(originals.digest), store.visible(audience), audience.releases is None)


def verify(
    permanent: Permanent | Broken, store: Store, originals: Originals, audience: Audience = EVERYTHING
) -> Verdict:
    """Say whether a citation still holds; to check many, see `verify_all`."""
    return _verdict(permanent, _Record.of(store, originals, audience))


def verify_all(
    text: str, store: Store, originals: Originals, audience: Audience = EVERYTHING
) -> list[tuple[int, Permanent | Broken, Verdict]]:
    """Find and check the permanent forms in a text, hashing each original once."""
    record = _Record.of(store, originals, audience)
    return [(at, found, _verdict(found, record)) for at, found in find(text)]


def _verdict(cited: Permanent | Broken, record: _Record) -> Verdict:
    if isinstance(cited, Broken):
        return Verdict(
            Status.BROKEN, "This is no whole permanent form; copy it again from where the citation was made."
        )
    gone = _gone(cited, record)
    if gone:
        return Verdict(Status.GONE, gone)
    keys = [(cited.document, number) for number in cited.read_by]
    now = {number: page for (_, number), page in record.store.some_pages(keys).items()}
    missing = [number for number in cited.read_by if number not in now]
    if missing:
        return Verdict(Status.CHANGED, f"The file is kept, but page {missing[0]} is not in it as now read; look at it.")
    if not cited.passage:
        return Verdict(Status.TRUE, f"Page {cited.first} of the file is there, its bytes unchanged.")
    found = _compared(cited, now, _as_cited(cited, record.store))
    if found.status is not Status.CHANGED:
        return found
    since = []
    for number, then in cited.read_by.items():
        spans = [Span(each.start, each.end) for each in cited.passage if each.page == number]
        since.append(said_since(record.store, cited.document, number, then, now[number].fingerprint, spans))
    return replace(found, sentence=" ".join(filter(None, (found.sentence, *since))))


def _gone(cited: Permanent, record: _Record) -> str | None:
    """Return the sentence that says why the source is gone, to this audience."""
    name = cited.document[:12]
    if cited.document not in record.visible:
        if record.whole and record.store.documents([cited.document]):
            at = when_purged(record.store, cited.document)
            if at is not None:
                return f"Document {name} was purged from this corpus on {at[:10]}, for good; ask for the paper again."
            return f"Document {name} is in the trash of this corpus; gongmun remove --restore brings it back."
        return f"This corpus has no document {name}; open the corpus the citation was made in."
    found = record.digest(cited.document)
    if found is None:
        return f"The original of {name} is missing; restore it from a backup (gongmun verify)."
    if found != cited.document:
        return f"The original of {name} is no longer the bytes that were cited; restore it from a backup."
    return None


def _as_cited(cited: Permanent, store: Store) -> dict[int, Page] | None:
    """Return the pages as the cited extraction read them; None if the store does not have it."""
    try:
        return {n: store.page(cited.document, n, read_by) for n, read_by in cited.read_by.items()}
    except NotFound:
        return None


def _compared(cited: Permanent, now: dict[int, Page], then: dict[int, Page] | None) -> Verdict:
    if then is None:
        return _without_extraction(cited, now)
    if checksum(words_at(cited.passage, then)) != cited.checksum:
        return Verdict(
            Status.BROKEN,
            "Its place and its checksum do not belong together in the extraction it names: it was mistyped, or the "
            "text was withheld or altered since; compare the page, and cite anew.",
        )
    anchored = [_anchored(span, then, now) for span in cited.passage]
    if all(each.how is How.POSITION for each in anchored):
        return _true(cited)
    spans = [each.span for each in anchored if each.span]
    if len(spans) < len(anchored):
        return _changed(cited, now, "still has", any(each.how is How.AMBIGUOUS for each in anchored))
    place = tuple(PageSpan(old.page, new.start, new.end) for old, new in zip(cited.passage, spans, strict=True))
    return _moved(place, any(each.how is How.LAYOUT for each in anchored))


def _anchored(span: PageSpan, then: Mapping[int, Page], now: Mapping[int, Page]) -> Anchored:
    selector = Selector.of(then[span.page].visible, Span(span.start, span.end))
    return anchor(selector, now[span.page].visible)


_MOST_HASHED = 100_000_000  # characters; above, a passage that moved counts as changed


def _without_extraction(cited: Permanent, now: Mapping[int, Page]) -> Verdict:
    """Check by the checksum alone, in a corpus that was made anew by another reader."""
    if checksum(words_at(cited.passage, now)) == cited.checksum:
        return _true(cited)
    head, *more = cited.passage
    text, length = now[head.page].visible, head.end - head.start
    starts: list[int] = []
    if not more and len(text) * length < _MOST_HASHED:
        starts = [a for a in range(len(text)) if checksum(text[a : a + length]) == cited.checksum]
    if len(starts) == 1:
        return _moved((PageSpan(head.page, starts[0], starts[0] + length),), False)
    return _changed(cited, now, "is not in this corpus to say if it had", len(starts) > 1)


def _true(cited: Permanent) -> Verdict:
    return Verdict(Status.TRUE, "The words behind this form stand where they were cited.", cited.passage)


def _moved(place: Passage, layout: bool) -> Verdict:
    where = ", ".join(f"page {span.page} at {span.start}-{span.end}" for span in place)
    broken = ", in other lines" if layout else ""
    return Verdict(Status.MOVED, f"The same words now stand on {where}{broken}; cite anew to name that place.", place)


def _changed(cited: Permanent, now: Mapping[int, Page], old: str, several: bool) -> Verdict:
    here = checksum(words_at(cited.passage, now))
    what = "has the words in several places" if several else f"reads differently there ({here}, cited {cited.checksum})"
    reader = "+".join(cited.fingerprints)
    return Verdict(
        Status.CHANGED,
        f"The page as now read {what}; the cited extraction {reader} {old} them. Compare with the page's picture.",
    )
