"""The overview in a browser: marks are links that keep their promise, tags lead to annotations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from corpus import Corpus
from corpus.annotations import annotate
from corpus.model import Span
from tests.web.conftest import Served

Reader = Callable[..., Page]
READY = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-overview-page"
HOSTILE = '<img src=x onerror="window.hacked=1">'


def test_a_bar_leads_to_as_many_pages_as_it_says(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/overview", ready=READY)
    bar = page.locator(".gm-overview-agencies a").first
    number = bar.locator(".gm-overview-number > span").first.inner_text()
    bar.click()
    expect(page.locator(".gm-finding-head h2")).to_contain_text(number)
    page.go_back()
    word = page.locator(".gm-overview-words a").first
    number = word.locator(".gm-overview-number > span").first.inner_text()
    word.click()
    expect(page.locator(".gm-finding-head h2")).to_contain_text(number)


def test_every_mark_of_every_plot_leads_to_what_it_counts(served: Served, reader: Reader) -> None:
    """Clicked one by one: the page it leads to says the same number."""
    page = reader(f"{served.url}/overview", ready=READY)
    marks = "main .gm-overview-figure:not(.gm-overview-tags) a[href]:not(.gm-overview-choice a)"
    numbers = "[...each.querySelectorAll('.gm-overview-number span')].map((span) => span.innerText)[0]"
    found = page.locator(marks).evaluate_all(f"all => all.map((each) => [each.getAttribute('href'), {numbers}])")
    places = {href.partition("?")[0] for href, _ in found}
    assert places == {"/", "/releases"}
    for href, number in found:
        page.locator(f'main a[href="{href}"]').first.click()
        if href.startswith("/?"):
            expect(page.locator(".gm-finding-head h2")).to_contain_text(f"{number}쪽에서")
            assert "page:" not in page.locator("input[data-search]").input_value()
        elif "state=" in href:
            expect(page.locator(".gm-releases-files tbody tr")).to_have_count(int(number))
        elif number is None:  # the papers without a date are told in a sentence
            expect(page.locator(".gm-releases-only")).to_contain_text("날짜 없음")
        else:
            expect(page.locator(".gm-releases-only")).to_contain_text(f"모두 {number}쪽")
        page.go_back()
        expect(page.locator("main.gm-overview-page")).to_be_visible()


def test_every_mark_is_a_link_with_its_number_in_words(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/overview", locale="en-GB", ready=READY)
    drawn = page.locator(".gm-overview-length, .gm-overview-height")
    assert drawn.count() > 20
    assert page.locator("a[href] .gm-overview-length, a[href] .gm-overview-height").count() == drawn.count()
    for name in page.locator(".gm-overview-rows a").all_inner_texts():
        assert any(word in name for word in ("pages", "1 page", "files", "annotations")), name


def test_tags_lead_to_annotations_and_are_text(served: Served, reader: Reader) -> None:
    with Corpus.open(served.folder) as corpus:
        page_of = corpus.store.pages(next(iter(corpus.store.visible())))[0]
        annotate(corpus.store, page_of, Span(0, 10), author="김", tags=[HOSTILE])
    page = reader(f"{served.url}/overview", ready=READY)
    page.locator(".gm-overview-tags a").click()
    expect(page.locator("main.gm-annotated-page article")).to_have_count(1)
    assert page.locator("main img").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(("locale", "scheme"), [("ko-KR", "light"), ("en-GB", "dark")])
def test_nothing_serious_is_found_and_nothing_runs_over(
    served: Served, reader: Reader, locale: str, scheme: str
) -> None:
    page = reader(f"{served.url}/overview", locale=locale, scheme=scheme, ready=READY)
    serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == []
    for width in (820, 640):  # a tablet; 1280 at 200 %
        page.set_viewport_size({"width": width, "height": 500})
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
