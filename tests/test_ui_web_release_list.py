"""What the page of releases is told: coverage, what to do about each file, filters, pages, edits."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from corpus.model import Reason, State
from tests.ingests import OTHER, REQUEST, ingest
from tests.pdfs import lines, make, picture
from ui.web import release_list
from ui.web.release_list import shown_data
from ui.web.texts import LANGUAGES, texts
from ui.web.visit import Visit


def data(corpus: Corpus, **asked: str | list[str]) -> dict[str, Any]:
    lists = {name: [value] if isinstance(value, str) else value for name, value in asked.items()}
    return shown_data(corpus, Visit("ko", lists))


@pytest.fixture
def mixed(corpus: Corpus, tmp_path: Path) -> Corpus:
    """A readable paper, one with a picture page, a broken and an empty one; the first in another release too."""
    first, second = tmp_path / "1차", tmp_path / "2차"
    first.mkdir()
    second.mkdir()
    make(first / "글.pdf", lines("Consent"), lines("of the subjects"))
    make(first / "그림.pdf", lines("Text here"), picture(0, 0, 400, 600), picture(0, 0, 400, 600))
    (first / "끊김.pdf").write_bytes(b"%PDF-1.4")
    (second / "빈 파일.pdf").write_bytes(b"")
    (second / "글 사본.pdf").write_bytes((first / "글.pdf").read_bytes())
    ingest(corpus, first, request=REQUEST)
    ingest(corpus, second, request=OTHER)
    return corpus


def test_an_empty_corpus_has_nothing_to_show(corpus: Corpus) -> None:
    told = data(corpus)
    assert told["coverage"] == {"pages": [], "total": 0, "files": [], "documents": 0, "uncounted": 0}
    assert (told["releases"], told["troubles"], told["deliveries"], told["files"]["rows"]) == ([], [], [], [])


def test_coverage_counts_each_page_and_file_once(mixed: Corpus) -> None:
    told = data(mixed)
    whole = told["coverage"]
    assert {each["state"]: each["count"] for each in whole["pages"]} == {"searchable": 3, "none": 2}
    assert (whole["total"], whole["documents"], whole["uncounted"]) == (5, 4, 2)
    newest, oldest = told["releases"]
    assert (newest["name"], newest["received"]) == ("다른 자료", ["2022-03-02"])
    assert (oldest["coverage"]["documents"], newest["coverage"]["documents"]) == (3, 2)
    assert newest["coverage"]["pages"] == [{"state": "searchable", "count": 2}]
    assert oldest["query"] == 'release:"식별추적시스템 자료"'
    assert [(each["files"], each["pages"]) for each in told["deliveries"]] == [(2, 2), (3, 5)]


def test_each_file_that_is_not_whole_has_its_reason_and_pages(mixed: Corpus) -> None:
    told = data(mixed)
    found = {
        (group["state"], group["reason"]): [file["title"] for file in group["files"]] for group in told["troubles"]
    }
    assert found == {
        ("none", "damaged"): ["끊김"],
        ("none", "empty_file"): ["빈 파일"],
        ("part", "needs_ocr"): ["그림"],
    }
    rows = {file["title"]: file for file in told["files"]["rows"]}
    assert rows["그림"]["short"] == {"needs_ocr": {"said": "2–3쪽", "first": 2}}
    assert rows["끊김"]["reasons"] == ["damaged"]
    assert not rows["끊김"]["readable"]


def test_filters_and_pages_come_from_the_address(mixed: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {file["title"] for file in data(mixed, state="none")["files"]["rows"]} == {"끊김", "빈 파일"}
    assert {file["title"] for file in data(mixed, state=["none", "part"])["files"]["rows"]} == {
        "끊김",
        "빈 파일",
        "그림",
    }
    assert {file["title"] for file in data(mixed, release="자료-2")["files"]["rows"]} == {"글", "빈 파일"}
    assert data(mixed, state="<b>", release="../x")["files"]["total"] == 4
    monkeypatch.setattr(release_list, "PAGE", 3)
    pages = [data(mixed, page=page)["files"] for page in ("1", "2", "99", "-1")]
    assert [(each["page"], len(each["rows"])) for each in pages] == [(1, 3), (2, 1), (2, 1), (1, 3)]
    assert pages[0]["pages"] == 2


def test_files_are_narrowed_by_how_their_pages_are(mixed: Corpus) -> None:
    files = data(mixed, pages="none", why="needs_ocr")["files"]
    assert [(row["title"], row["meant"]["said"], row["meant"]["first"]) for row in files["rows"]] == [
        ("그림", "2–3쪽", 2)
    ]
    assert (files["total"], files["only"]["met"]) == (1, 2)
    assert [each for each in files["counts"] if each["count"]] == [{"state": "part", "count": 1}]
    assert {row["title"] for row in data(mixed, basis="text_layer")["files"]["rows"]} == {"글", "그림"}
    assert {row["title"] for row in data(mixed, state="none", reason="damaged")["files"]["rows"]} == {"끊김"}
    assert data(mixed, confidence="90")["files"]["total"] == 0
    assert data(mixed, dated="no")["files"]["total"] == 0
    for broken in ({"pages": "<b>"}, {"basis": "x"}, {"confidence": "95"}, {"reason": "none'"}, {"why": "?"}):
        files = data(mixed, **broken)["files"]
        assert (files["only"], files["total"]) == (None, 4), broken


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_reason_has_its_words(language: str) -> None:
    known = texts("releases", language)
    for reason in Reason:
        key = reason.value.lower().replace(" ", "_") or "none"
        assert known[f"reason_{key}"]
        assert known[f"advice_{key}"] or reason is Reason.NONE
    assert all(known[code] for code in release_list.STATES)
    assert set(release_list.STATES.values()) == set(State)


def test_a_file_out_of_an_archive_is_shown_under_it(corpus: Corpus, tmp_path: Path) -> None:
    inner, outer = tmp_path / "안.zip", tmp_path / "밖.zip"
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("깊은 글.txt", "글")
    with zipfile.ZipFile(outer, "w") as file:
        file.write(inner, "별지/안.zip")
        file.writestr("메모.txt", "메모")
    ingest(corpus, outer, request=REQUEST)
    rows = data(corpus)["files"]["rows"]
    found = [(row["depth"], row["names"]) for row in rows]
    assert found == [(0, ["밖.zip"]), (1, ["메모.txt"]), (1, ["별지/안.zip"]), (2, ["깊은 글.txt"])]
    narrowed = data(corpus, basis="text_layer")["files"]["rows"]
    assert {(row["depth"], row["names"][0]) for row in narrowed} == {
        (0, "밖.zip!/메모.txt"),
        (0, "밖.zip!/별지/안.zip!/깊은 글.txt"),
    }
