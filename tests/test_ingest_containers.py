"""Archives and mails through the pipeline: what is in them becomes papers of its own, wherever it lies."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.model import Audience, Reason, State
from ingest.outcomes import Verdict
from tests.ingests import OTHER, REQUEST, by_name, ingest, pages_with
from tests.pdfs import lines, make


@pytest.fixture
def paper(tmp_path: Path) -> bytes:
    path = tmp_path / "의견서.pdf"
    make(path, lines("consent of travellers"))
    return path.read_bytes()


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def mail(attachment: bytes, name: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "회신 자료 송부"
    message.set_content("붙임과 같이 보냅니다.\n")
    message.add_attachment(attachment, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "받은자료"
    made.mkdir()
    return made


def test_papers_in_archives_in_archives_are_found(corpus: Corpus, folder: Path, paper: bytes) -> None:
    inner = packed({"별지/의견서.pdf": paper})
    (folder / "1차.zip").write_bytes(packed({"안.zip": inner, ".DS_Store": b"x"}))
    found = by_name(ingest(corpus, folder))
    assert set(found) == {"1차.zip", "1차.zip!/안.zip", "1차.zip!/안.zip!/별지/의견서.pdf"}
    assert {each.state for each in found.values()} == {State.SEARCHABLE}
    met = {each.path: each for each in corpus.store.occurrences()}
    outer, middle, leaf = (found[name].document for name in sorted(found, key=len))
    assert met["1차.zip"].parent is None
    assert met["1차.zip!/안.zip"].parent == outer
    assert met["1차.zip!/안.zip!/별지/의견서.pdf"].parent == middle
    assert met["1차.zip!/안.zip!/별지/의견서.pdf"].name == "의견서.pdf"
    assert pages_with(corpus, "travellers") == [(leaf, 1)]


def test_running_it_again_changes_nothing(corpus: Corpus, folder: Path, paper: bytes) -> None:
    (folder / "1차.zip").write_bytes(packed({"가.pdf": paper}))
    ingest(corpus, folder)
    change = corpus.store.last_change()
    assert {each.verdict for each in ingest(corpus, folder)} == {Verdict.UNCHANGED}
    assert corpus.store.last_change() == change


def test_attachment_is_a_paper_whose_parent_is_the_mail(corpus: Corpus, folder: Path, paper: bytes) -> None:
    (folder / "회신.eml").write_bytes(mail(paper, "의견서.pdf"))
    found = by_name(ingest(corpus, folder))
    letter, attached = found["회신.eml"], found["회신.eml!/의견서.pdf"]
    assert (letter.state, letter.pages, attached.state) == (State.SEARCHABLE, 1, State.SEARCHABLE)
    assert next(met.parent for met in corpus.store.occurrences(attached.document)) == letter.document
    assert pages_with(corpus, "붙임과") == [(letter.document, 1)]


def test_archive_met_again_lists_its_papers_there_too(corpus: Corpus, tmp_path: Path, paper: bytes) -> None:
    archive = packed({"가.pdf": paper})
    for name in ("하나", "둘"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "자료.zip").write_bytes(archive)
    first = by_name(ingest(corpus, tmp_path / "하나", request=REQUEST))
    again = by_name(ingest(corpus, tmp_path / "둘", request=OTHER))
    assert set(first) == set(again) == {"자료.zip", "자료.zip!/가.pdf"}
    assert {each.verdict for each in again.values()} == {Verdict.KNOWN}
    document = first["자료.zip!/가.pdf"].document
    for request in (REQUEST, OTHER):
        assert document in corpus.store.visible(Audience(frozenset({request.release.id})))


@pytest.mark.parametrize("count", [2, 5])
def test_same_archive_at_many_places_of_one_delivery(corpus: Corpus, folder: Path, paper: bytes, count: int) -> None:
    names = [f"{n}.zip" for n in range(count)]
    for name in names:
        (folder / name).write_bytes(packed({"글.pdf": paper, "답.txt": b"no"}))
    found = by_name(ingest(corpus, folder))
    assert set(found) == {each for name in names for each in (name, f"{name}!/글.pdf", f"{name}!/답.txt")}
    assert {each.state for each in found.values()} == {State.SEARCHABLE}


def test_archive_in_itself_by_name_ends(corpus: Corpus, folder: Path) -> None:
    made = packed({"끝.txt": b"the end"})
    for _ in range(12):
        made = packed({"r.zip": made})
    (folder / "r.zip").write_bytes(made)
    found = ingest(corpus, folder)
    deepest = max(found, key=lambda each: each.source.depth)
    assert deepest.reason is Reason.TOO_LARGE
    assert "archive_depth" in deepest.detail
    assert deepest.source.depth == corpus.settings.archive_depth


def test_too_many_files_are_listed_and_the_rest_is_read(corpus: Corpus, folder: Path) -> None:
    (folder / "많음.zip").write_bytes(packed({f"{number}.txt": f"{number}".encode() for number in range(30)}))
    small = replace(corpus, settings=replace(corpus.settings, archive_files=10))
    found = by_name(ingest(small, folder))
    archive = found["많음.zip"]
    assert (archive.state, archive.reason) == (State.IN_PART, Reason.SOME_FILES)
    assert "could not be taken out" in archive.detail
    assert sum(each.document is not None for each in found.values()) == 11
    assert not corpus.store.coverage().whole


def test_damaged_archive_is_listed_with_its_reason(corpus: Corpus, folder: Path, paper: bytes) -> None:
    (folder / "깨짐.zip").write_bytes(packed({"가.pdf": paper})[:-40])
    found = by_name(ingest(corpus, folder))
    assert found["깨짐.zip"].state in (State.NOT_SEARCHABLE, State.IN_PART)
    assert found["깨짐.zip"].reason in (Reason.DAMAGED, Reason.SOME_FILES)


def test_nothing_is_left_in_the_temporary_folder(
    corpus: Corpus, folder: Path, paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    (folder / "1차.zip").write_bytes(packed({"안.zip": packed({"가.pdf": paper})}))
    ingest(corpus, folder)
    assert list(temporary.iterdir()) == []
