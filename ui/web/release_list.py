"""What the page of releases shows: facts, coverage, deliveries, files with what to do about them. No Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from corpus import Corpus, tables
from corpus.listings import listings, shown
from corpus.model import Basis, Delivery, Document, Listing, Reason, Release, State
from ui.cli.ingest_commands import UPLOADED
from ui.web.units import units

if TYPE_CHECKING:
    from ui.web.visit import Visit

PAGE = 50  # files on one page of the table
_NAMED = 12  # files named of each reason
STATES = {"searchable": State.SEARCHABLE, "ocr": State.OCR, "part": State.IN_PART, "none": State.NOT_SEARCHABLE}
_CODES = {state: code for code, state in STATES.items()}
Data = dict[str, Any]


def key_of(value: str) -> str:
    """Return a reason or basis as addresses and the names of texts have it."""
    return value.lower().replace(" ", "_") or "none"


def tenth_of(confidence: float | None) -> int | None:
    """Return the tenth (0 to 9) that a confidence from 0 to 1 lies in."""
    return None if confidence is None else min(max(int(confidence * 10), 0), 9)


_REASONS = frozenset(key_of(reason.value) for reason in Reason)
_BASES = frozenset(key_of(basis.value) for basis in Basis)


@dataclass(frozen=True, slots=True)
class PageFact:
    """How one page came out; `tenth` (0 to 9) is that of its OCR confidence."""

    number: int
    label: str | None
    state: State
    reason: Reason
    basis: Basis
    tenth: int | None


@dataclass(frozen=True, slots=True)
class _Known:
    """All of one look at the catalogue: who is in which delivery, and how the pages of each document came out."""

    listed: Mapping[str, Listing]
    releases: Mapping[str, Release]
    deliveries: Mapping[str, Delivery]
    places: Mapping[str, list[str]]  # the documents of each delivery, each once
    pages: Mapping[str, list[PageFact]]
    withdrawn: Mapping[str, int]  # by release, how many documents are in the trash
    parents: Mapping[tuple[str, str], str]  # by document and path as shown, the archive or mail that it came in

    @classmethod
    def of(cls, corpus: Corpus) -> _Known:
        listed = listings(corpus.store)
        releases, deliveries = corpus.store.releases(), corpus.store.deliveries()
        places: dict[str, dict[str, None]] = {}
        gone: dict[str, set[str]] = {}
        parents: dict[tuple[str, str], str] = {}
        for met in corpus.store.occurrences():
            if met.removed and met.delivery in deliveries:
                gone.setdefault(deliveries[met.delivery].release, set()).add(met.document)
            elif met.document in listed:
                places.setdefault(met.delivery, {})[met.document] = None
                if met.parent is not None:
                    parents[met.document, shown(met.path)] = met.parent
        lists = {delivery: list(found) for delivery, found in places.items()}
        withdrawn = {release: len(found) for release, found in gone.items()}
        return cls(listed, releases, deliveries, lists, page_facts(corpus), withdrawn, parents)

    def within(self, release: str) -> list[str]:
        """Return the documents of a release, each once."""
        mine = (self.places.get(key, []) for key, each in self.deliveries.items() if each.release == release)
        return list(dict.fromkeys(document for documents in mine for document in documents))


def page_facts(corpus: Corpus) -> dict[str, list[PageFact]]:
    """Return how the pages of each document came out, in order; no text is read."""
    t, pages = tables.pages, dict[str, list[PageFact]]()
    columns = (t.c.document, t.c.number, t.c.label, t.c.state, t.c.reason, t.c.basis, t.c.confidence)
    query = select(*columns).where(t.c.current).order_by(t.c.document, t.c.number)
    with corpus.store.reading() as connection:
        for document, number, label, state, reason, basis, confidence in connection.execute(query):
            fact = PageFact(number, label, State(state), Reason(reason), Basis(basis), tenth_of(confidence))
            pages.setdefault(document, []).append(fact)
    return pages


def shown_data(corpus: Corpus, visit: Visit) -> Data:
    """Return all that the page of releases shows for an address."""
    known = _Known.of(corpus)
    return {
        "coverage": _coverage(known, known.listed),
        "releases": [_release(known, each) for each in _by_date(known)],
        "troubles": _troubles(known, visit.language),
        "files": _files(known, visit),
        "deliveries": _deliveries(known),
    }


def _by_date(known: _Known) -> list[Release]:
    """Return the releases, that with the newest delivery first."""
    last: dict[str, str] = {}
    for each in known.deliveries.values():
        last[each.release] = max(last.get(each.release, ""), each.received or "")
    return sorted(known.releases.values(), key=lambda each: (last.get(each.id, ""), each.name), reverse=True)


# -- coverage


def _coverage(known: _Known, documents: Iterable[str]) -> Data:
    """Count pages and files by listed state; a file whose pages nobody could count has none."""
    found = list(documents)
    pages = Counter(_CODES[page.state] for each in found for page in known.pages.get(each, []))
    files = Counter(_CODES[known.listed[each].document.state] for each in found)
    uncounted = sum(1 for each in found if known.listed[each].document.pages is None)
    return {
        "pages": [{"state": code, "count": pages[code]} for code in STATES if pages[code]],
        "total": pages.total(),
        "files": [{"state": code, "count": files[code]} for code in STATES if files[code]],
        "documents": len(found),
        "uncounted": uncounted,
    }


def _release(known: _Known, release: Release) -> Data:
    mine = [each for each in known.deliveries.values() if each.release == release.id]
    days = sorted({each.received for each in mine if each.received})
    facts = ("agency", "requester", "request_number", "requested", "due", "legal_basis", "notice")
    return {
        "id": release.id,
        "name": release.name,
        **{name: getattr(release, name) for name in facts},
        "received": days,
        "late": bool(release.due and days and days[0] > release.due and len(days[0]) == len(release.due)),
        "deliveries": len(mine),
        "withdrawn": known.withdrawn.get(release.id, 0),
        "coverage": _coverage(known, known.within(release.id)),
        "query": 'release:"' + release.name.replace('"', " ") + '"',
    }


def _deliveries(known: _Known) -> list[Data]:
    """Return the log of deliveries, newest first; one sent by the web page is named so, not by its folder."""
    made = []
    for key, each in known.deliveries.items():
        documents = known.places.get(key, [])
        pages = sum(known.listed[document].document.pages or 0 for document in documents)
        uploaded = f"/{UPLOADED}/" in each.source.replace("\\", "/")
        made.append(
            {
                "received": each.received,
                "release": known.releases[each.release].name,
                "source": None if uploaded else shown(each.source),
                "files": len(documents),
                "pages": pages,
            }
        )
    return sorted(made, key=lambda row: (row["received"] or "", row["release"]), reverse=True)


# -- files


def _troubles(known: _Known, language: str) -> list[Data]:
    """Return the files that cannot be searched in full, by what is to be done; those of which nothing can, first."""
    groups: dict[tuple[str, str], list[Listing]] = {}
    for listing in known.listed.values():
        document = listing.document
        if document.state is not State.SEARCHABLE:
            for reason in _reasons(known, document):
                groups.setdefault((_CODES[document.state], reason.value), []).append(listing)
    rows = []
    for (state, why), found in sorted(groups.items(), key=lambda group: (group[0][0] != "none", group[0][1])):
        found.sort(key=lambda listing: listing.title)
        named = [_file(known, listing, language) for listing in found[:_NAMED]]
        rows.append({"state": state, "reason": key_of(why), "count": len(found), "files": named})
    return rows


def _reasons(known: _Known, document: Document) -> list[Reason]:
    """Return why a file is not whole: where only some pages are not, why they are not."""
    if document.reason is not Reason.SOME_PAGES:
        return [document.reason]
    found = {page.reason for page in known.pages.get(document.id, []) if page.state is not State.SEARCHABLE}
    return sorted(found, key=lambda reason: reason.value) or [document.reason]


def _file(known: _Known, listing: Listing, language: str, narrowed: Narrowed | None = None) -> Data:
    document, pages = listing.document, known.pages.get(listing.document.id, [])
    labels = {page.number: page.label for page in pages}
    short: dict[str, list[int]] = {}
    for page in pages:
        if page.state is not State.SEARCHABLE:
            short.setdefault(key_of(page.reason.value), []).append(page.number)
    whole = document.pages is not None and any(len(numbers) == document.pages for numbers in short.values())
    meant = [page.number for page in pages if narrowed.meets(page)] if narrowed and narrowed.of_pages else []
    return {
        "id": document.id,
        "title": listing.title,
        "names": list(listing.files[:3]),
        "agency": ", ".join(listing.agencies),
        "date": listing.date,
        "pages": document.pages,
        "size": document.size,
        "state": _CODES[document.state],
        "reasons": [key_of(reason.value) for reason in _reasons(known, document) if reason is not Reason.NONE],
        "short": {} if whole else {reason: _pages(numbers, labels, language) for reason, numbers in short.items()},
        "meant": _pages(meant, labels, language) if meant else None,
        "readable": bool(document.pages),
    }


def _pages(numbers: list[int], labels: Mapping[int, str | None], language: str) -> Data:
    return {"said": units(numbers, labels, language), "first": numbers[0]}


def _files(known: _Known, visit: Visit) -> Data:
    """Return one page of the table of files: those the address names by release, states and how their pages are."""
    release = visit.one("release")
    release = release if release in known.releases else ""
    states = [code for code in visit.asked.get("state", []) if code in STATES]
    narrowed = Narrowed.of(visit)
    documents = known.within(release) if release else list(known.listed)
    mine = [known.listed[each] for each in documents if narrowed.passes(known, known.listed[each])]
    counts = Counter(_CODES[listing.document.state] for listing in mine)
    found = sorted(
        (listing for listing in mine if not states or _CODES[listing.document.state] in states),
        key=lambda listing: (listing.files[0] if listing.files else "", listing.document.id),
    )
    last = max(1, -(-len(found) // PAGE))
    page = min(max(1, visit.number("page", 1)), last)
    shown_rows = found[(page - 1) * PAGE : page * PAGE]
    return {
        "release": release,
        "states": states,
        "only": narrowed.form(known, found),
        "counts": [{"state": code, "count": counts[code]} for code in STATES],
        "total": len(found),
        "page": page,
        "pages": last,
        "rows": _rows(known, shown_rows, visit.language, narrowed),
    }


def _rows(known: _Known, listed: list[Listing], language: str, narrowed: Narrowed) -> list[Data]:
    """Return files in order of their paths; one that came in a file above it has a `depth`, and its path in there."""
    rows: list[Data] = []
    above: dict[str, tuple[int, str]] = {}  # how deep each file lies, and where
    for listing in listed:
        row, path = _file(known, listing, language, narrowed), listing.files[0] if listing.files else ""
        deep, around = above.get(known.parents.get((listing.document.id, path), ""), (-1, ""))
        within = path.removeprefix(f"{around}!/") if around else path
        depth = deep + 1 if within != path else 0
        above[listing.document.id] = depth, path
        rows.append({**row, "depth": depth, "names": [within, *row["names"][1:]] if path else []})
    return rows


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What an address asks of files (`reason`: theirs) and of their pages (`pages`: state, `why`: reason); "" nothing.

    The overview's bars lead here where no search can express what they count.
    """

    reason: str = ""
    pages: str = ""
    why: str = ""
    basis: str = ""
    confidence: int | None = None
    undated: bool = False

    @classmethod
    def of(cls, visit: Visit) -> Narrowed:
        """Read an address's parameters; what is not understood counts as not given."""
        reason, pages, why, basis = (visit.one(name) for name in ("reason", "pages", "why", "basis"))
        percent = visit.number("confidence", -1)
        return cls(
            reason=reason if reason in _REASONS else "",
            pages=pages if pages in STATES else "",
            why=why if why in _REASONS else "",
            basis=basis if basis in _BASES else "",
            confidence=percent if percent in range(0, 100, 10) else None,
            undated=visit.one("dated") == "no",
        )

    @property
    def of_pages(self) -> bool:
        return bool(self.pages or self.why or self.basis) or self.confidence is not None

    def meets(self, page: PageFact) -> bool:
        return (
            (not self.pages or page.state is STATES[self.pages])
            and (not self.why or key_of(page.reason.value) == self.why)
            and (not self.basis or key_of(page.basis.value) == self.basis)
            and (self.confidence is None or page.tenth == self.confidence // 10)
        )

    def passes(self, known: _Known, listing: Listing) -> bool:
        document = listing.document
        if (self.reason and key_of(document.reason.value) != self.reason) or (self.undated and listing.date):
            return False
        return not self.of_pages or any(map(self.meets, known.pages.get(document.id, [])))

    def form(self, known: _Known, found: list[Listing]) -> Data | None:
        """Return what is asked, and how many pages of the files found meet it; None where nothing is asked."""
        if not (self.reason or self.undated or self.of_pages):
            return None
        met = sum(1 for each in found for page in known.pages.get(each.document.id, []) if self.meets(page))
        return {**asdict(self), "met": met if self.undated or self.of_pages else None}
