"""Purged papers are gone: from every file of the corpus and of its index, whenever the purge was cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus import Corpus, purging
from corpus.annotations import annotate, annotations, revise
from corpus.custody import Kind, verify
from corpus.errors import CorpusLocked, UsageError
from corpus.failpoints import PURGE_POINTS
from corpus.locking import only_writer
from corpus.model import Occurrence, Reason, Span, State
from corpus.taking_back import with_contents
from ingest.drawing import CACHE, PICTURES
from ingest.outcomes import Verdict
from ingest.picture_cache import PictureCache, PictureKey
from ingest.purging import finish, purge
from search import Searcher
from search.indexes import current_index, index_folder
from tests.conftest import Write
from tests.ingests import OTHER, by_name, ingest
from tests.pdfs import lines, make
from ui.cli.index_state import indexed

ROOT = Path(__file__).parent.parent
SECRET, KEPT = "Zyzzyva quixotic", "Perfectly ordinary minutes"
NAME = "비밀명단-7731.pdf"
PURGE = """
import sys
from corpus import Corpus, purging
from ingest.purging import purge

with Corpus.open(sys.argv[1]) as corpus:
    places = [each for each in corpus.store.occurrences() if each.removed]
    purge(corpus, purging.plan(corpus.store, places), "김주무관")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "받은자료"
    made.mkdir()
    make(made / NAME, lines(f"{SECRET} one hundred and seventy-one", "170,000,123 images were given away"))
    make(made / "회의록.pdf", lines(KEPT))
    return made


@pytest.fixture
def secret(corpus: Corpus, folder: Path) -> str:
    """A corpus with a paper in the trash that has left its traces everywhere; the paper's id."""
    found = by_name(ingest(corpus, folder))[NAME].document
    assert found is not None
    page = corpus.store.page(found, 1)
    start = page.text.index("quixotic")
    made = annotate(corpus.store, page, Span(start, start + 8), author="이보좌관", note="돌려 보낼 것")
    revise(corpus.store, made.id, version=1, editor="이보좌관", note="다시 볼 것")
    with Searcher(corpus) as searcher:
        assert searcher.search("quixotic").total == 1
    picture = PictureKey(found, 1, 620, 0, "1")
    PictureCache(corpus.folder / CACHE / PICTURES, 10, print).keep(picture, SECRET.encode())
    corpus.logger().warning("%s: damaged: %s", NAME, "a sentence")
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        corpus.logger().error("web", exc_info=error)
    with corpus.store.writing() as record:
        record.edit(found, "title", "비밀명단-7731 고침", "이보좌관")
        record.remove(corpus.store.occurrences(found), "김주무관")
    with Searcher(corpus) as searcher:
        assert searcher.search("quixotic").total == 0
    return found


def holding(words: str, *places: Path) -> list[str]:
    """Return the files whose bytes or name have some words; whether as text, squashed, or in UTF-16."""
    forms = [words, words.lower(), words.replace(" ", ""), words.lower().replace(" ", "")]
    sought = [form.encode(code) for form in forms for code in ("utf-8", "utf-16-le")]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(each in path.read_bytes() or words in path.name for each in sought)]


def traces(corpus: Corpus) -> dict[str, list[str]]:
    words = ("zyzzyva", "quixotic", "170000123", "170,000,123", NAME, NAME.removesuffix(".pdf"))
    found = {each: holding(each, corpus.folder, index_folder(corpus)) for each in words}
    return {each: files for each, files in found.items() if files}


def places(corpus: Corpus, document: str) -> list[Occurrence]:
    return corpus.store.occurrences(document)


def test_nothing_of_a_purged_paper_is_left(corpus: Corpus, folder: Path, secret: str) -> None:
    assert {"zyzzyva", "quixotic", NAME} <= set(traces(corpus))
    told: list[tuple[int, int]] = []
    purge(corpus, purging.plan(corpus.store, places(corpus, secret)), "김주무관", lambda *step: told.append(step))
    assert traces(corpus) == {}
    assert told
    assert holding(KEPT, corpus.folder)
    assert verify(corpus, lambda: indexed(corpus)) == []
    assert purging.purged(corpus.store) == {secret}
    assert not purging.unfinished(corpus.store)
    with Searcher(corpus) as searcher:
        assert (searcher.search("quixotic").total, searcher.search("minutes").total) == (0, 1)
    document = corpus.store.documents()[secret]
    assert (document.state, document.reason) == (State.NOT_SEARCHABLE, Reason.PURGED)


def test_notes_are_kept_and_their_quotations_covered(corpus: Corpus, secret: str) -> None:
    purge(corpus, purging.plan(corpus.store, places(corpus, secret)), "김주무관")
    assert annotations(corpus.store) == []
    with corpus.store.reading() as connection:
        from sqlalchemy import select

        from corpus import tables

        row = connection.execute(select(tables.annotations)).one()
        notes = connection.scalars(select(tables.annotation_versions.c.note)).all()
    assert (row.exact, row.note, row.author) == ("█" * 8, "다시 볼 것", "이보좌관")
    assert set(row.prefix + row.suffix) == {"█"}
    assert notes == ["돌려 보낼 것", "다시 볼 것"]


def test_the_log_has_the_hash_alone(corpus: Corpus, secret: str) -> None:
    purge(corpus, purging.plan(corpus.store, places(corpus, secret)), "김주무관")
    about = [(row.who, row.what, row.detail) for row in corpus.store.log() if secret in row.detail]
    assert about[-1] == ("김주무관", "purge", secret)
    assert {detail for _, _, detail in about} == {secret}
    assert corpus.store.log()[-1].what == "purge finished"
    text = (corpus.folder / "gongmun.log").read_text(encoding="utf-8")
    assert secret[:12] in text
    assert "Traceback" not in text
    assert purging.when_purged(corpus.store, secret)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("point", PURGE_POINTS)
def test_a_purge_that_is_killed_is_told_and_finished(corpus: Corpus, secret: str, point: str) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", PURGE, str(corpus.folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "GONGMUN_FAILPOINT": point},
        capture_output=True,
        text=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Kind.PURGE in {problem.kind for problem in verify(corpus)}
    assert finish(corpus, "김주무관")
    assert traces(corpus) == {}
    assert verify(corpus, lambda: indexed(corpus)) == []
    assert not finish(corpus, "김주무관")
    with Searcher(corpus) as searcher:
        assert (searcher.search("quixotic").total, searcher.search("minutes").total) == (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_purge_of_many_that_is_killed_goes_on_where_it_was(corpus: Corpus, write: Write) -> None:
    for n in range(60):
        write(f"many words {n}", name=f"{n}.pdf")
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(), "김주무관")
    killed = subprocess.run(
        [sys.executable, "-c", PURGE, str(corpus.folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "GONGMUN_FAILPOINT": "purge rows"},
    )
    assert killed.returncode == -signal.SIGKILL
    left = corpus.store.occurrences()
    assert 0 < len(left) < 60
    purge(corpus, purging.plan(corpus.store, left), "김주무관")
    assert len(purging.purged(corpus.store)) == 60
    assert verify(corpus, lambda: indexed(corpus)) == []
    assert list(corpus.originals.ids()) == []
    assert holding("many words", corpus.folder, index_folder(corpus)) == []


def test_purged_bytes_are_not_taken_in_again_unasked(corpus: Corpus, folder: Path, secret: str) -> None:
    purge(corpus, purging.plan(corpus.store, places(corpus, secret)), "김주무관")
    for request in ({}, {"request": OTHER}):
        again = by_name(ingest(corpus, folder, **request))[NAME]
        assert (again.verdict, again.reason, again.document) == (Verdict.FAILED, Reason.PURGED, None)
    assert traces(corpus) == {}
    assert by_name(ingest(corpus, folder, retry=True))[NAME].verdict is Verdict.NEW
    assert purging.purged(corpus.store) == frozenset()
    assert verify(corpus, lambda: indexed(corpus)) == []
    with Searcher(corpus) as searcher:
        assert searcher.search("quixotic").total == 1
    covered = annotations(corpus.store)
    assert [each.selector.exact for each in covered] == ["█" * 8]
    assert not finish(corpus, "김주무관")


def test_only_what_is_in_the_trash_is_purged(corpus: Corpus, folder: Path, secret: str) -> None:
    with corpus.store.writing() as record:
        record.remove(places(corpus, secret), "김주무관", removed=False)
    with pytest.raises(UsageError, match="not in the trash"):
        purging.plan(corpus.store, places(corpus, secret))
    with corpus.store.writing() as record:
        record.remove(places(corpus, secret), "김주무관")
    planned = purging.plan(corpus.store, places(corpus, secret))
    ingest(corpus, folder, request=OTHER)
    with pytest.raises(UsageError, match="changed meanwhile"):
        purge(corpus, planned, "김주무관")
    assert corpus.store.page(secret, 1).text


def test_a_paper_met_elsewhere_stays_and_its_name_goes(
    corpus: Corpus, folder: Path, secret: str, tmp_path: Path
) -> None:
    other = tmp_path / "다른"
    other.mkdir()
    (other / "a.pdf").write_bytes((folder / NAME).read_bytes())
    ingest(corpus, other, request=OTHER)
    here = [each for each in places(corpus, secret) if each.removed]
    planned = purging.plan(corpus.store, here)
    assert (planned.documents, planned.stay) == ((), {secret})
    purge(corpus, planned, "김주무관")
    assert [each.path for each in places(corpus, secret)] == ["a.pdf"]
    assert NAME not in traces(corpus)
    assert verify(corpus, lambda: indexed(corpus)) == []
    with Searcher(corpus) as searcher:
        assert searcher.search("quixotic").total == 1


def test_nobody_else_may_write_meanwhile(corpus: Corpus, secret: str) -> None:
    planned = purging.plan(corpus.store, places(corpus, secret))
    with only_writer(corpus.folder, "an ingest"), pytest.raises(CorpusLocked, match="an ingest"):
        purge(corpus, planned, "김주무관")
    assert not purging.unfinished(corpus.store)
    assert corpus.store.page(secret, 1).text


def test_a_delivery_of_one_file_loses_its_name_too(corpus: Corpus, folder: Path) -> None:
    (document,) = (each.document for each in ingest(corpus, folder / NAME))
    assert document is not None
    with corpus.store.writing() as record:
        record.remove(places(corpus, document), "김주무관")
    purge(corpus, purging.plan(corpus.store, places(corpus, document)), "김주무관")
    assert corpus.store.deliveries() == {}
    assert traces(corpus) == {}


def test_of_a_delivery_of_several_files_only_the_purged_one_loses_its_name(corpus: Corpus, folder: Path) -> None:
    document = by_name(ingest(corpus, folder / NAME, folder / "회의록.pdf"))[NAME].document
    assert document is not None
    with corpus.store.writing() as record:
        record.remove(places(corpus, document), "김주무관")
    purge(corpus, purging.plan(corpus.store, places(corpus, document)), "김주무관")
    (delivery,) = corpus.store.deliveries().values()
    assert delivery.source == "; ".join([f"{folder}/{document[:12]}", f"{folder}/회의록.pdf"])
    assert traces(corpus) == {}
    again = by_name(ingest(corpus, folder / NAME, folder / "회의록.pdf"))
    assert again["회의록.pdf"].verdict is Verdict.UNCHANGED


# -- archives


@pytest.fixture
def archive(corpus: Corpus, folder: Path, tmp_path: Path) -> tuple[str, str, str]:
    """A corpus with an archive of both papers, one of which also came by itself; ids of archive, secret, minutes."""
    whole = tmp_path / "압축"
    whole.mkdir()
    with zipfile.ZipFile(whole / "자료.zip", "w") as made:
        made.write(folder / NAME, NAME)
        made.write(folder / "회의록.pdf", "회의록.pdf")
    (whole / "회의록.pdf").write_bytes((folder / "회의록.pdf").read_bytes())
    found = by_name(ingest(corpus, whole))
    ids = [found[path].document for path in ("자료.zip", f"자료.zip!/{NAME}", "회의록.pdf")]
    assert None not in ids
    return str(ids[0]), str(ids[1]), str(ids[2])


def test_what_came_out_of_an_archive_goes_with_it(corpus: Corpus, archive: tuple[str, str, str]) -> None:
    holder, inside, alone = archive
    whole = with_contents(corpus.store, places(corpus, holder))
    assert {each.path for each in whole} == {"자료.zip", f"자료.zip!/{NAME}", "자료.zip!/회의록.pdf"}
    with corpus.store.writing() as record:
        record.remove(whole, "김주무관")
    assert corpus.store.visible() == {alone}
    planned = purging.plan(corpus.store, places(corpus, holder))
    assert set(planned.documents) == {holder, inside}
    assert planned.documents[-1] == holder
    assert planned.stay == {alone}
    purge(corpus, planned, "김주무관")
    assert traces(corpus) == {}
    assert [each.path for each in places(corpus, alone)] == ["회의록.pdf"]
    assert verify(corpus, lambda: indexed(corpus)) == []


def test_a_paper_whose_archive_stays_is_not_purged(corpus: Corpus, archive: tuple[str, str, str]) -> None:
    holder, inside, _ = archive
    with corpus.store.writing() as record:
        record.remove(places(corpus, inside), "김주무관")
    with pytest.raises(UsageError, match=r"came out of 자료\.zip"):
        purging.plan(corpus.store, places(corpus, inside))
    with corpus.store.writing() as record:
        record.remove(places(corpus, holder), "김주무관")
    with pytest.raises(UsageError, match=r"회의록\.pdf is not in the trash"):
        purging.plan(corpus.store, places(corpus, holder))


# -- what the web page was sent


def test_what_was_sent_to_the_web_page_goes_too(corpus: Corpus, folder: Path) -> None:
    import json

    job = corpus.folder / "jobs" / ("0" * 16)
    (job / "papers").mkdir(parents=True)
    for name in (NAME, "회의록.pdf"):
        (job / "papers" / name).write_bytes((folder / name).read_bytes())
    files = [{"path": name, "stored": name, "size": 1} for name in (NAME, "회의록.pdf")]
    (job / "asked.json").write_text(json.dumps({"about": {}, "files": files}, ensure_ascii=False), encoding="utf-8")
    document = by_name(ingest(corpus, job / "papers"))[NAME].document
    assert document is not None
    events = [{"event": "begin"}, {"event": "file", "path": NAME, "document": document, "detail": NAME}]
    (job / "progress").write_text("".join(json.dumps(each) + "\n" for each in events), encoding="utf-8")
    (job / "log.txt").write_text(f"{NAME}: damaged", encoding="utf-8")
    with corpus.store.writing() as record:
        record.log("김", "received under another name", f"{NAME} was '비밀명단-7731.pdf.'")
        record.remove(places(corpus, document), "김주무관")
    purge(corpus, purging.plan(corpus.store, places(corpus, document)), "김주무관")
    assert traces(corpus) == {}
    assert [each.name for each in (job / "papers").iterdir()] == ["회의록.pdf"]
    assert [each["path"] for each in json.loads((job / "asked.json").read_text())["files"]] == [
        document[:12],
        "회의록.pdf",
    ]
    assert [json.loads(line).get("path") for line in (job / "progress").read_text().splitlines()] == [
        None,
        document[:12],
    ]


def test_every_table_with_a_document_is_emptied_of_it(corpus: Corpus, secret: str) -> None:
    """A table added one day without a reference to documents would be left out."""
    from sqlalchemy import func, or_, select

    from corpus import tables

    kept = {"documents", "changes", "annotations"}
    purge(corpus, purging.plan(corpus.store, places(corpus, secret)), "김주무관")
    with corpus.store.reading() as connection:
        for table in tables.metadata.sorted_tables:
            names = [name for name in ("document", "other") if name in table.c]
            if names and table.name not in kept:
                about = or_(*(table.c[name] == secret for name in names))
                assert connection.scalar(select(func.count()).select_from(table).where(about)) == 0, table.name


def test_a_reader_that_goes_on_is_no_reason_to_leave_words_behind(corpus: Corpus, secret: str) -> None:
    """A reading room holds the index and the catalogue open, and sees the new ones."""
    index = current_index(corpus)
    purge(corpus, purging.plan(corpus.store, places(corpus, secret)), "김주무관")
    index.refresh()
    assert (index.frequency("quixotic"), index.frequency("minutes")) == (0, 1)
    index.close()
    assert traces(corpus) == {}
