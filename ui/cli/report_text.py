"""A search report as text: plain to read, and the same where something shows it as Markdown.

Whatever is taken from papers, names or the query stands in lines indented by four blanks, which Markdown shows as they
are: no link, picture, heading or HTML comes of it. Its line ends and what could command a terminal are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.model import State
from ui.cli.lookup import SHORT_ID
from ui.cli.report_words import basis, count, listed, rule, unit, word
from ui.cli.suggesting import forms
from ui.cli.terminal import safe

if TYPE_CHECKING:
    from corpus.model import Listing
    from search.report import Report, Term
    from search.results import Hit

_MOST_FILES = 50


def report_text(report: Report, language: str, version: str) -> str:
    """Return a report in a language, one of report_words.LANGUAGES; `version` is the program's."""
    parts = (
        [f"# {word('title', language)}"],
        [word("made", language, made=report.made, version=version), word("corpus", language, id=report.corpus)],
        *_question(report, language),
        *_answer(report, language),
        *_terms(report, language),
        *_added(report, language),
        *_hits(report, language),
        *_coverage(report, language),
        [word("rules", language), word("took", language, ms=f"{report.results.took_ms:,.0f}")],
        [word("signature", language), "", "_" * 60],
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _inert(text: str) -> str:
    """Return text of others as one line that Markdown shows as it is."""
    return "    " + " ".join(safe(text).split())


def _question(report: Report, language: str) -> Iterator[list[str]]:
    yield [f"## {word('question', language)}"]
    yield [word("as_typed", language)]
    yield [_inert(report.query)]
    if report.canonical != report.query:
        yield [word("canonical", language)]
        yield [_inert(report.canonical)]


def _answer(report: Report, language: str) -> Iterator[list[str]]:
    found, coverage = report.results, report.coverage
    yield [f"## {word('answer', language)}"]
    number = found.total or coverage.searchable
    files = found.documents or sum(coverage.files.values())
    pages = count(number, "page", language)
    documents = count(files, "document", language)
    yield [word(report.answer.value, language, pages=pages, documents=documents, files=count(files, "file", language))]
    if found.total and not report.complete:
        yield [word("incomplete", language)]


def _terms(report: Report, language: str) -> Iterator[list[str]]:
    if report.terms:
        yield [f"## {word('terms', language)}"]
    for nth, term in enumerate(report.terms, start=1):
        yield [word("part", language, n=nth)]
        yield from _term(term, language)


def _term(term: Term, language: str) -> Iterator[list[str]]:
    yield [_inert(term.typed)]
    known = term.pages is not None
    alone = "term_pages" if known else "term_unknown"
    yield [rule(term.rule.value, language) + ".", word(alone, language, pages=count(term.pages or 0, "page", language))]
    if term.inflections:
        yield [word("inflections", language)]
        yield [_inert(", ".join(term.inflections))]
    if term.forms:
        yield [word("forms", language)]
        yield [_inert(f"{form} ({often:,})") for form, often in term.forms]


def _added(report: Report, language: str) -> Iterator[list[str]]:
    """Yield what was looked for beside the words as typed."""
    if report.results.added:
        yield [word("added", language)]
        yield [_inert(f"{each.typed}: {', '.join(forms(each))}") for each in report.results.added]


def _hits(report: Report, language: str) -> Iterator[list[str]]:
    found = report.results
    if not found.hits:
        return
    yield [f"## {word('hits', language)}"]
    rest = found.total - len(found)
    if rest > 0:
        pages = count(found.total, "page", language)
        yield [word("listed", language, shown=f"{len(found):,}", pages=pages, rest=f"{rest:,}")]
    for nth, (_, hits) in enumerate(groupby(found, key=lambda hit: hit.page.document), start=1):
        yield from _document(nth, list(hits), language)


def _document(nth: int, hits: list[Hit], language: str) -> Iterator[list[str]]:
    listing = hits[0].document
    yield [f"### {nth}"]
    yield [_inert(listing.title)]
    yield [word("file", language)]
    yield [_inert(file) for file in listing.files]
    if origin := _origin(listing, language):
        yield [word("about", language)]
        yield [_inert(origin)]
    yield [word("id", language, id=listing.document.id)]
    if listing.notices:
        yield [word("notice", language)]
        yield [_inert(notice) for notice in listing.notices]
    for hit in hits:
        yield from _passage(hit, language)


def _origin(listing: Listing, language: str) -> str:
    received = listing.date and listing.date_source == "received"
    dated = word("received", language, date=listing.date) if received else listing.date or ""
    return " · ".join(part for part in (", ".join(listing.agencies), dated, ", ".join(listing.releases)) if part)


def _passage(hit: Hit, language: str) -> Iterator[list[str]]:
    page, snippet = hit.page, hit.snippet
    before = "… " if snippet.start else ""
    after = " …" if snippet.start + len(snippet.text) < len(page.text.rstrip()) else ""
    where = unit(page, language) if page.kind.value == "page" and not page.label else ""
    about = basis(page.basis, page.confidence, language)
    # A label or the name of a sheet is the paper's own word.
    yield [f"{where} · {about}"] if where else [_inert(f"[{unit(page, language)} · {about}]")]
    yield [_inert(before + snippet.text + after)]


def _coverage(report: Report, language: str) -> Iterator[list[str]]:
    coverage, found = report.coverage, report.results
    files = count(sum(coverage.files.values()), "file", language)
    yield [f"## {word('coverage', language)}"]
    whole = [word("whole", language)] if coverage.whole else []
    searched = {"searched": f"{coverage.searchable:,}", "total": f"{coverage.total:,}", "files": files}
    yield [word("searched", language, **searched), *whole]
    if not coverage.whole:
        yield [word("not_whole", language), *_unread(report, language)]
        yield [word("not_whole_files", language)]
        yield _unread_files(report, language)
    if report.withheld:
        yield [word("withheld", language, pages=count(report.withheld, "page", language))]
    for each in found.unfinished:
        from search.query import unparse

        done, pages = f"{each.done - each.given_up:,}", f"{each.pages:,}"
        yield [word("unfinished", language, seconds=f"{each.seconds:.0f}", done=done, pages=pages)]
        yield [_inert(unparse(each.part))]
    state = {
        "pages": count(report.index.pages, "page", language),
        "files": count(report.index.documents, "file", language),
    }
    if found.behind:
        state["files"] = count(found.behind, "file", language)
    yield [word("behind" if found.behind else "index", language, **state)]


def _unread(report: Report, language: str) -> Iterator[str]:
    """Yield what was not read in full, by state and reason."""
    for (state, reason), pages in sorted(report.coverage.pages.items()):
        if reason.value:
            said = {"state": listed(state.value, "state", language), "reason": listed(reason.value, "reason", language)}
            yield word("pages_row", language, pages=count(pages, "page", language), **said)
        elif state is State.OCR:
            yield word("recognised_row", language, pages=count(pages, "page", language))
    lost: dict[str, int] = {}
    for document in report.coverage.not_whole:
        if document.pages is None:
            lost[document.reason.value] = lost.get(document.reason.value, 0) + 1
    for name, files in lost.items():
        reason_said = listed(name, "reason", language)
        yield word("files_row", language, files=count(files, "file", language), reason=reason_said)


def _unread_files(report: Report, language: str) -> list[str]:
    lines = []
    for listing in report.unread[:_MOST_FILES]:
        document = listing.document
        reason = listed(document.reason.value, "reason", language)
        lines.append(_inert(f"{listing.files[0]} · {document.id[:SHORT_ID]} · {reason}"))
    more = len(report.unread) - len(lines)
    return [*lines, _inert(word("more_files", language, files=f"{more:,}"))] if more > 0 else lines
