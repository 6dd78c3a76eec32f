"""The help in a browser: its examples search, its contents lead to its sections."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import Served

Reader = Callable[..., Page]
READY = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-guide-page"


def test_an_example_is_searched_and_the_back_button_returns(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/help", ready=READY)
    page.get_by_role("link", name='"동의를 받지 않고"').click()
    page.wait_for_url("**/?q=*")
    assert parse_qs(urlsplit(page.url).query) == {"q": ['"동의를 받지 않고"']}
    page.go_back()
    expect(page.locator("main.gm-guide-page h1")).to_have_text("도움말")


def test_the_contents_lead_to_sections_and_so_does_the_address(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/help", ready=READY)
    page.get_by_role("navigation", name="차례").get_by_role("link", name="일치 정도").click()
    expect(page.locator("#help-grades")).to_be_focused()
    expect(page.locator("#help-grades")).to_be_in_viewport()
    page.goto(f"{served.url}/releases")
    page.goto(f"{served.url}/help#help-marking")
    expect(page.locator("#help-marking")).to_be_in_viewport()


def test_the_question_mark_opens_it(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/overview")
    page.keyboard.press("Shift+Slash")
    expect(page.locator("main.gm-guide-page")).to_be_visible()


@pytest.mark.parametrize(("locale", "scheme"), [("ko-KR", "light"), ("en-GB", "dark")])
def test_nothing_serious_is_found_and_nothing_runs_over(
    served: Served, reader: Reader, locale: str, scheme: str
) -> None:
    page = reader(f"{served.url}/help", locale=locale, scheme=scheme, ready=READY)
    serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == []
    for width in (820, 640):  # a tablet; 1280 at 200 %
        page.set_viewport_size({"width": width, "height": 500})
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
