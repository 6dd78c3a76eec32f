"""Making citations of what a person names, and checking those in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.cli import lookup
from ui.cli.json_forms import SCHEMA
from ui.cli.terminal import line, out, print_json, print_plain, safe

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.citation import Citation
    from corpus.model import Listing, Passage
    from corpus.verifying import Verdict
    from search.quotes import Place
    from search.results import QuoteResult
    from ui.cli.compared import Compared

WORDING = "wording differs"
_BUT_FOR = {"spacing": "blanks", "typography": "quotation marks, dashes or signs at its ends"}
_TOLD = 3  # differences named in a sentence; --json lists all


def show_citation(corpus: Corpus, meant: str, number: int, words: str | None, style: str) -> None:
    """Print the citation of a page, or of words on it.

    Raises:
        NotFound: there is no such document or page.
        AnswerIsNo: the words do not stand on the page.
    """
    from corpus.citation import formatted

    made = citation(corpus, lookup.document(corpus, meant), number, words)
    print_plain(safe(formatted(made, style), lines=True))


def citation(corpus: Corpus, listing: Listing, number: int, words: str | None) -> Citation:
    """Cite a page, or the words on it that a person quotes, as they stand there."""
    from corpus.citation import cite_page, cite_passage

    if words is None:
        return cite_page(corpus.store, listing, number)
    return cite_passage(corpus.store, listing, _passage(corpus, listing, number, words))


def _passage(corpus: Corpus, listing: Listing, number: int, words: str) -> Passage:
    """Return where words stand on a page.

    Raises:
        AnswerIsNo: they do not stand there; the message says where they do, and how.
    """
    from corpus.errors import AnswerIsNo
    from search import Searcher

    corpus.store.page(listing.document.id, number)  # says so if there is no such page
    with Searcher(corpus) as searcher:
        here = searcher.quote(words, listing.document.id)
        standing = [place for place in here.places if place.grade.word not in ("altered", "absent")]
        for place in standing:
            if place.page == number:
                return place.passage
        anywhere = here if standing else searcher.quote(words)
    raise AnswerIsNo(_elsewhere(listing, number, anywhere if anywhere.grade < here.grade else here))


def _elsewhere(listing: Listing, number: int, result: QuoteResult) -> str:
    said = f"These words do not stand on page {number} of {listing.title!r}"
    if not result.places:
        return f"{said}, nor anywhere else that can be searched; check them with: gongmun quote TEXT"
    places = "\n".join(f"  {_where(place, result)}" for place in result.places[:5])
    told = "where they stand" if result.grade.word != "altered" else "what stands instead"
    return f"{said}; {told}:\n{places}"


def _where(place: Place, result: QuoteResult) -> str:
    listing = result.listings[place.document]
    found = [f"you quote {each.quoted!r}, it stands {each.stands!r}" for each in place.differences[:3]]
    said = f"{place.grade.word}: {'; '.join(found)}" if found else place.grade.word
    return f"{listing.title}, page {place.page} ({said})"


@dataclass(frozen=True, slots=True)
class Checked:
    """A form in a text with what is said of it; `wording` is None where none was there to compare."""

    position: int
    form: str
    status: str
    sentence: str
    wording: Compared | None

    @property
    def holds(self) -> bool:
        return self.status == "holds"


def check(corpus: Corpus, name: str, as_json: bool) -> bool:
    """Print a verdict on every citation in a file; return whether there are some and all hold."""
    from ui.cli.reading_files import given_text

    text = given_text(name)
    found = checked(corpus, text)
    held, compared = sum(each.holds for each in found), sum(each.wording is not None for each in found)
    if as_json:
        rows = [_row(each) for each in found]
        counts = {"total": len(found), "hold": held, "compared": compared}
        print_json({"schema": SCHEMA, "file": name, **counts, "citations": rows})
        return bool(found) and held == len(found)
    console = out()
    for each in found:
        style = "bold green" if each.holds else "bold red"
        row = text.count("\n", 0, each.position) + 1
        line(console, (f"line {row}: ", "dim"), (each.status, style), f": {each.sentence}")
        line(console, (each.form, "dim"), indent=2)
    if found:
        said = f"{held:,} of {len(found):,} citations {'holds' if held == 1 else 'hold'}"
        line(console, (f"{said}; wording compared in {compared:,}", "bold"))
    else:
        line(console, "There is no citation with a permanent form (gongmun:1/…) in it.")
    return bool(found) and held == len(found)


def checked(corpus: Corpus, text: str) -> list[Checked]:
    """Check every permanent form in a text, and the quotation directly before it against the words it names."""
    from corpus.listings import listings
    from corpus.verifying import Permanent, verify_all
    from ui.cli.compared import compared
    from ui.cli.pasted import quotations

    found, since = [], 0
    known = listings(corpus.store)
    for at, form, verdict in verify_all(text, corpus.store, corpus.originals):
        wording = None
        if isinstance(form, Permanent) and verdict.passage:
            readings = quotations(text, at, since, known.get(form.document))
            if readings:
                wording = compared(readings, form.document, verdict.passage, corpus.store)
        differs = wording is not None and not wording.holds
        status = WORDING if differs else verdict.status.value
        found.append(Checked(at, str(form), status, _sentence(verdict, wording), wording))
        since = at
    return found


def _sentence(verdict: Verdict, wording: Compared | None) -> str:
    if wording is None:
        if verdict.status.value != "holds":
            return verdict.sentence
        why = "no quotation in “ ” stands directly before it" if verdict.passage else "it names no words of the page"
        return f"{verdict.sentence} No wording was compared: {why}."
    found = [f"it has {_shown(each.quoted)}, the paper {_shown(each.stands)}" for each in wording.differences[:_TOLD]]
    more = f" (and {len(wording.differences) - _TOLD} more)" if len(wording.differences) > _TOLD else ""
    told = f": {'; '.join(found)}{more}" if found else ""
    if not wording.holds:
        return f"{verdict.sentence} The quotation before this form is not what stands there{told}."
    how = "word for word" if not wording.grade else f"the same but for {_BUT_FOR[wording.grade.word]}"
    return f"{verdict.sentence} The quotation before it is {how}{told}."


def _shown(words: str) -> str:
    return f"[{words}]" if words else "nothing"


def _row(found: Checked) -> dict[str, Any]:
    from ui.cli.json_forms import difference_form

    wording = found.wording
    return {
        "position": found.position,
        "form": found.form,
        "status": found.status,
        "sentence": found.sentence,
        "wording": wording
        and {
            "quote": wording.quoted,
            "grade": wording.grade.word,
            "difference": [difference_form(each) for each in wording.differences],
        },
    }
