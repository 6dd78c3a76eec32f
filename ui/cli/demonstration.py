"""`gongmun demo`: the sample release, a corpus of it, four searches and a citation."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli import afterwards, citing, ingesting, shown_hits, shown_quotes, wording
from ui.cli.progress import Events
from ui.cli.session import Session, typed, who
from ui.cli.terminal import line, out, unwrapped

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus
    from corpus.model import Listing
    from search import Searcher

FOLDER = ".demo"
MARKER = "made-by-gongmun-demo.txt"
KOREAN = "안면이미지 민간기업"
ENGLISH = "face images consent"
OTHER_KINDS = "연계 점검"
_DELIVERIES = ("release", "second")  # folders of ui/sample: what came first, and what came later in other formats
QUOTATION = "과학기술정보통신부와 민간 기업에 이전하였으며, 그 수가 약 1억 7천만 건에 이른다"
_HITS = 3
_NEXT = (
    ("search", '"동의를 받지 않" agency:법무부'),
    ("quote", "1억7000만여 건임"),
    ("show", "업무협약서", "--page", "2"),
    ("tables", "카메라 대장"),
    ("withheld",),
    ("status", "--files"),
)
_EDITED = ("title", "date", "agency")


def demonstrate(session: Session, folder: Path | None, fresh: bool) -> None:
    """Make the demonstration corpus, or open the one that is there, and search it."""
    from search import Searcher

    place = folder or default_folder()
    corpus = _opened(place, fresh)
    session.corpus, session.folder = corpus, str(place)
    sample = tomllib.loads((resources.files("ui.sample") / "release.toml").read_text(encoding="utf-8"))
    console = out()
    line(console, (sample["release"]["name"], "bold"))
    line(console, (sample["release"]["notice"], "yellow"))
    _take_in(corpus, sample, console)
    with Searcher(corpus) as searcher:
        _search(searcher, KOREAN, "Korean: blanks in the text do not matter", console)
        _search(searcher, ENGLISH, "English: a word finds its plural and other inflections", console)
        _search(searcher, OTHER_KINDS, "a word processor's paper, and a sheet of a workbook", console)
        first = _quote(corpus, searcher, console)
    if first is not None:
        _cite(corpus, *first, console)
    _next(session, console)


def default_folder() -> Path:
    """Return .demo in the current folder if that can be written, else a folder for temporary files."""
    here = Path(FOLDER)
    if here.exists() or os.access(".", os.W_OK):
        return here
    there = Path(tempfile.gettempdir()) / f"gongmun-demo-{who()}"
    if there.is_symlink() or (there.exists() and not _is_ours(there)):
        return Path(tempfile.mkdtemp(prefix="gongmun-demo-"))  # somebody else's, in a folder that all share
    return there


def _is_ours(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _opened(place: Path, fresh: bool) -> Corpus:
    """Open the demonstration's corpus, made anew if asked; never any other corpus.

    Raises:
        UsageError: the folder holds something else.
    """
    from corpus import Corpus
    from corpus.errors import UsageError
    from corpus.settings import FILE

    ours = (place / MARKER).is_file()
    if (place / FILE).is_file() and not ours:
        raise UsageError(f"{place} is a corpus that gongmun demo did not make; give another folder with --dir.")
    if ours and fresh:
        _delete(place)
        ours = False
    if ours:
        return Corpus.open(place)
    corpus = Corpus.create(place)
    (corpus.folder / MARKER).write_text("gongmun demo --fresh deletes this folder.\n", encoding="utf-8")
    return corpus


def _delete(place: Path) -> None:
    """Delete the demonstration's corpus and its index."""
    from corpus import Corpus
    from search.indexes import index_folder

    with Corpus.open(place) as corpus:
        shutil.rmtree(index_folder(corpus), ignore_errors=True)
    for path in place.rglob("*"):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)  # Windows deletes no read-only file
    shutil.rmtree(place)


# -- taking in


def _take_in(corpus: Corpus, sample: dict[str, Any], console: Console) -> None:
    """Ingest the sample release, with the titles, dates and agencies that people would have set."""
    about = dict(sample["release"])
    request = ingesting.request_for(corpus, about.pop("name"), about.pop("received", None), about)
    with resources.as_file(resources.files("ui.sample")) as folder:
        outcomes = ingesting.run([folder / each for each in _DELIVERIES], corpus, request, ingesting.Manner())
    afterwards.find_tables(corpus)
    afterwards.recognise(corpus, (), False, Events())
    _set(corpus, sample["document"])
    pages, fresh = sum(each.pages for each in outcomes), sum(each.verdict.value == "new" for each in outcomes)
    papers = f"{wording.count(len(outcomes), 'document')}, {wording.count(pages, 'page')}"
    line(console, f"{papers} in {corpus.folder}" + ("" if fresh else " (from last time)"))


def _set(corpus: Corpus, documents: list[dict[str, str]]) -> None:
    """Set what the sample's list says of each document, but nothing that somebody has set before."""
    known = {met.name: met.document for met in corpus.store.occurrences()}
    before = corpus.store.edits()
    wanted = [
        (known[each["file"]], field, each[field])
        for each in documents
        for field in _EDITED
        if each["file"] in known and field in each and field not in before.get(known[each["file"]], {})
    ]
    if wanted:
        with corpus.store.writing() as record:
            for document, field, value in wanted:
                record.edit(document, field, value, "gongmun demo")


# -- showing


def _head(console: Console, command: str, what: str) -> None:
    console.print()
    line(console, (f"# {what}", "dim"))
    unwrapped(console, ("$ ", "dim"), (f"gongmun {command}", "bold cyan"))
    console.print()


def _search(searcher: Searcher, query: str, what: str, console: Console) -> None:
    results = searcher.search(query, limit=_HITS)
    _head(console, f"search {typed(query)}", what)
    shown_hits.show_results(results, 0, console)


def _quote(corpus: Corpus, searcher: Searcher, console: Console) -> tuple[Listing, int] | None:
    """Look for a quotation that runs over a line end; return where it stands first."""
    result = searcher.quote(QUOTATION)
    _head(console, f"quote {typed(QUOTATION)}", "a quotation, though it runs over line ends of the paper")
    pages = corpus.store.some_pages((place.document, place.page) for place in result.places)
    shown_quotes.show_quote(result, pages, None, 0, console)
    if not result.places:
        return None
    return result.listings[result.places[0].document], result.places[0].page


def _cite(corpus: Corpus, listing: Listing, number: int, console: Console) -> None:
    from corpus.citation import formatted

    name = listing.document.id[:8]
    _head(console, f"cite {name} --page {number} --quote '…'", "that passage as a footnote, with its permanent form")
    made = citing.citation(corpus, listing, number, QUOTATION)
    for row in formatted(made, "korean").splitlines():
        unwrapped(console, row)


def _next(session: Session, console: Console) -> None:
    """Print lines to paste."""
    command = f"{command_words()}{session.corpus_words()}"
    console.print()
    line(console, ("What to type next:", "bold"))
    for words in _NEXT:
        unwrapped(console, " ".join(["", command, *map(typed, words)]))


def command_words() -> str:
    """Return how this program was called, so that a line that begins so can be pasted."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{typed(_near(Path(sys.executable)))} -m ui.cli"
    if shutil.which(called.name) or called.stem != "gongmun":
        return "gongmun"
    return typed(_near(called))


def _near(path: Path) -> str:
    """Return a path from the current folder, where it lies under it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
