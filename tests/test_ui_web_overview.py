"""The overview: what is counted is what the addresses beside the numbers find."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from corpus.annotations import annotate, delete, reply
from corpus.model import EVERYTHING, Audience, Basis, Document, Extraction, Page, Reason, Span, State, Withheld
from search import Searcher
from search.indexes import keep_up
from tests.conftest import Write
from ui.web.annotation_list import Asked as Listed
from ui.web.annotation_list import contents
from ui.web.asked import Asked
from ui.web.frequent_words import frequent_words
from ui.web.overview import overview, words_of
from ui.web.release_list import shown_data
from ui.web.texts import LANGUAGES, texts
from ui.web.visit import Visit

TEXTS = ("개인정보를 처리하는 시스템", "개인정보의 처리와 영향평가를", "영향평가가 끝난 시스템은 영향평가 대상")


def figures(corpus: Corpus, audience: Audience | None = None, by: str = "") -> dict[str, Any]:
    keep_up(corpus)
    with Searcher(corpus, audience or Audience()) as searcher:
        return overview(searcher, words_of(corpus, searcher.audience), by)


@pytest.fixture
def filled(corpus: Corpus, write: Write) -> Corpus:
    write(*TEXTS, name="가.pdf", release="갑", agency="법무부", received="2019-04-22")
    write(*TEXTS[:2], name="나.pdf", release="갑 2차", agency="법무부", received="2021-02")
    write(TEXTS[0], name="다.pdf", release='을 "따옴표" & <b>', agency="인천국제공항공사, 1팀", received="2021")
    write(TEXTS[2], name="라.hwp", release="병")
    return corpus


def test_each_number_is_what_its_address_finds(filled: Corpus) -> None:
    made = figures(filled)
    bars = [
        *made["time"]["bars"],
        *made["words"],
        *(bar for name in ("agencies", "releases", "kinds") for bar in made[name]["bars"]),
    ]
    assert {bar.get("name") for bar in bars} >= {"2019", "2021", "법무부", '을 "따옴표" & <b>', "pdf", "개인정보"}
    with Searcher(filled) as searcher:
        for bar in bars:
            if bar["href"] is None:
                assert bar["count"] == 0
                continue
            asked = Asked.of(parse_qs(urlsplit(bar["href"]).query))
            assert "page:" not in asked.query
            found = searcher.search(asked.node, 0, filters=asked.filters)
            assert (found.total, found.documents) == (bar["count"], bar["documents"]), bar


def test_marks_that_no_search_can_ask_for_lead_to_the_files_they_count(corpus: Corpus, write: Write) -> None:
    write(*TEXTS, name="가.pdf", received="2021")
    scan = write("첫 쪽", name="스캔.pdf")
    pages = [
        Page(scan, n, "ocr-1", "읽은 글", label=label, basis=Basis.OCR, confidence=c, state=state, reason=reason)
        for n, label, c, state, reason in (
            (1, "i", 0.91, State.OCR, Reason.NONE),
            (2, "1", 1.0, State.OCR, Reason.NONE),
            (3, "2", 0.42, State.NOT_SEARCHABLE, Reason.NOTHING_RECOGNISED),
        )
    ]
    with corpus.store.writing() as record:
        record.extraction(Extraction(scan, "ocr-1", "test", {}, 3, {}))
        record.pages(pages)
        whole = Document(scan, 9, "application/pdf", 3, State.IN_PART, Reason.SOME_PAGES)
        record.settle(whole, "ocr-1", 1)
    made = figures(corpus)
    undated = made["time"]["undated"]
    bars = [*made["bases"], *made["page_states"], *made["confidence"], undated]
    assert len(bars) == 2 + 3 + 2 + 1
    for bar in bars:
        files = led_to(corpus, bar["href"])
        assert files["only"]["met"] == bar["count"], bar
        assert files["total"] == bar.get("documents", files["total"])
    for bar in made["file_states"]:
        assert led_to(corpus, bar["href"])["total"] == bar["count"], bar
    weak = next(bar for bar in made["confidence"] if bar["from"] == 40)
    assert led_to(corpus, weak["href"])["rows"][0]["meant"] == {"said": "2쪽(파일 3쪽)", "first": 3}


def led_to(corpus: Corpus, href: str) -> dict[str, Any]:
    """Return the table of files at an address."""
    address = urlsplit(href)
    assert (address.path, address.fragment) == ("/releases", "files")
    files: dict[str, Any] = shown_data(corpus, Visit("ko", parse_qs(address.query)))["files"]
    return files


def test_years_without_papers_are_seen_and_undated_ones_told(filled: Corpus) -> None:
    time = figures(filled, by="year")["time"]
    assert [(bar["name"], bar["count"]) for bar in time["bars"]] == [("2019", 3), ("2020", 0), ("2021", 3)]
    assert (time["undated"]["count"], time["undated"]["documents"]) == (1, 1)


def test_months_are_drawn_only_where_all_are_known(filled: Corpus, write: Write) -> None:
    assert figures(filled, by="month")["time"]["by"] == "year"
    audience = Audience(frozenset({"갑", "갑 2차"}))
    time = figures(filled, audience)["time"]
    assert (time["by"], time["months"], len(time["bars"])) == ("month", True, 23)
    assert {bar["name"]: bar["count"] for bar in time["bars"] if bar["count"]} == {"2019-04": 3, "2021-02": 2}
    assert figures(filled, audience, "year")["time"]["by"] == "year"


def test_an_audience_learns_of_its_own_releases_alone(filled: Corpus) -> None:
    made = figures(filled, Audience(frozenset({"갑"})))
    assert (made["documents"], made["pages"]) == (1, 3)
    assert [bar["name"] for bar in made["releases"]["bars"]] == ["갑"]
    assert "따옴표" not in json.dumps(made, ensure_ascii=False)


def test_withheld_words_are_no_frequent_words(corpus: Corpus, write: Write) -> None:
    for n in range(3):
        document = write(f"빈 쪽 {n}", name=f"{n}.pdf", fingerprint="empty")
        text = f"비밀계좌 그리고 공개자료 {n}"
        page = Page(document, 1, "test-2", text, withheld=(Withheld(0, 4, (0, 0, 9, 9)),))
        with corpus.store.writing() as record:
            record.extraction(Extraction(document, "test-2", "test", {}, 1, {}))
            record.pages([page])
    words = words_of(corpus, Audience()).words
    assert "공개자료" in words
    assert "비밀계좌" not in words


def test_states_bases_and_confidence_are_counted(corpus: Corpus, write: Write) -> None:
    document = write("첫 쪽", name="스캔.pdf")
    pages = [
        Page(document, n, "ocr-1", "읽은 글", basis=Basis.OCR, confidence=c, state=State.OCR)
        for n, c in ((1, 0.91), (2, 0.99), (3, 1.0), (4, 0.42))
    ]
    with corpus.store.writing() as record:
        record.extraction(Extraction(document, "ocr-1", "test", {}, 4, {}))
        record.pages(pages)
        record.document(Document("f" * 64, 9, "application/x-hwp", None, State.NOT_SEARCHABLE, Reason.ENCRYPTED))
    made = figures(corpus)
    assert [(bar["name"], bar["count"]) for bar in made["bases"]] == [("ocr", 4)]
    assert [(bar["from"], bar["count"]) for bar in made["confidence"]] == [(90, 3), (40, 1)]
    assert [bar["href"] for bar in made["file_states"]] == ["/releases?state=searchable&reason=none#files"]
    assert ("searchable by OCR", 4) in [(bar["name"], bar["count"]) for bar in made["page_states"]]


def test_tags_are_counted_without_deleted_annotations_and_replies(corpus: Corpus, write: Write) -> None:
    page = corpus.store.page(write(TEXTS[0]), 1)
    kept = annotate(corpus.store, page, Span(0, 4), author="김", tags=["동의", "a&b=c"])
    gone = annotate(corpus.store, page, Span(5, 8), author="김", tags=["동의"])
    delete(corpus.store, gone.id, 1, editor="김")
    reply(corpus.store, kept.id, author="김", note="답", tags=["답에만"])
    tags = figures(corpus)["tags"]
    assert (tags["total"], tags["without"]) == (1, 0)
    bars = {bar["name"]: bar for bar in tags["bars"]}
    assert bars["동의"]["count"] == 1
    for bar in tags["bars"]:
        asked = Listed.of(parse_qs(urlsplit(bar["href"]).query))
        assert contents(corpus.store, EVERYTHING, asked, "ko")["found"] == bar["count"]
    assert parse_qs(urlsplit(bars["a&b=c"]["href"]).query) == {"tag": ["a&b=c"]}


def test_particles_are_cut_off_by_what_else_is_met() -> None:
    found = frequent_words({str(n): TEXTS for n in range(3)}, 10)
    assert {"개인정보", "영향평가", "시스템"} <= set(found)
    assert not {"영향평", "개인정보를", "개인정보의", "영향평가가"} & set(found)


def test_empty_words_and_what_stands_on_every_page_are_left_out() -> None:
    pages = [f"시연용 자료 {word} 및 관한 이후 2019년에" for word in ("출입국", "출입국", "카메라", "카메라") * 4]
    found = frequent_words({str(n): pages for n in range(4)}, 10)
    assert set(found) == {"출입국", "카메라"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_reason_and_basis_has_a_name(language: str) -> None:
    found = texts("overview", language)
    kinds = {"state": list(State), "reason": [each for each in Reason if each], "basis": list(Basis)}
    for prefix, values in kinds.items():
        for value in values:
            assert found[f"{prefix}_{value.value.replace(' ', '_').lower()}"]


def test_the_view_shows_it_also_of_nothing(corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    assert shown()["documents"] == 0
    write(TEXTS[0], received="2019")
    assert shown(by="year")["time"]["bars"][0]["name"] == "2019"


def shown(**asked: str) -> dict[str, Any]:
    at = AppTest.from_string("from ui.web.views.overview import show\nshow()", default_timeout=60)
    for name, value in asked.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    (component,) = at.get("bidi_component")
    data: dict[str, Any] = json.loads(component.proto.json)
    return data
