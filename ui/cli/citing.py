"""Making citations of what a person names, and checking those in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cli import lookup, wording
from ui.cli.json_forms import SCHEMA
from ui.cli.terminal import line, out, print_json, print_plain, safe

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.citation import Citation
    from corpus.model import Listing, Passage
    from search.quotes import Place
    from search.results import QuoteResult


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
        anywhere = here if here.places else searcher.quote(words)
    raise AnswerIsNo(_elsewhere(listing, number, anywhere))


def _elsewhere(listing: Listing, number: int, result: QuoteResult) -> str:
    said = f"These words do not stand on page {number} of {listing.title!r}"
    if not result.places:
        return f"{said}, nor anywhere else that can be searched; check them with: gongmun quote TEXT"
    places = "\n".join(f"  {_where(place, result)}" for place in result.places[:5])
    return f"{said}; where they stand:\n{places}"


def _where(place: Place, result: QuoteResult) -> str:
    listing = result.listings[place.document]
    found = [f"you quote {each.quoted!r}, it stands {each.stands!r}" for each in place.differences[:3]]
    said = f"{place.grade.word}: {'; '.join(found)}" if found else place.grade.word
    return f"{listing.title}, page {place.page} ({said})"


def check(corpus: Corpus, name: str, as_json: bool) -> bool:
    """Print a verdict on every citation in a file; return whether there are some and all hold."""
    from corpus.verifying import Status, verify_all
    from ui.cli.reading_files import given_text

    text = given_text(name)
    found = verify_all(text, corpus.store, corpus.originals)
    held = sum(verdict.status is Status.TRUE for _, _, verdict in found)
    if as_json:
        rows = [
            {"position": at, "form": str(form), "status": verdict.status.value, "sentence": verdict.sentence}
            for at, form, verdict in found
        ]
        print_json({"schema": SCHEMA, "file": name, "total": len(found), "hold": held, "citations": rows})
        return bool(found) and held == len(found)
    console = out()
    for at, form, verdict in found:
        style = "bold green" if verdict.status is Status.TRUE else "bold red"
        row = text.count("\n", 0, at) + 1
        line(console, (f"line {row}: ", "dim"), (verdict.status.value, style), f": {verdict.sentence}")
        line(console, (str(form), "dim"), indent=2)
    if found:
        line(console, (f"{held} of {wording.count(len(found), 'citation')} hold", "bold"))
    else:
        line(console, "There is no citation with a permanent form (gongmun:1/…) in it.")
    return bool(found) and held == len(found)
