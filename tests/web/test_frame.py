"""The frame of every page: it comes up in both languages, asks nobody else for anything, and can be switched."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import READY, Served


@pytest.mark.parametrize("place", ["", "annotations", "releases", "overview", "help"])
def test_every_page_comes_up(served: Served, reader: Callable[..., Page], place: str) -> None:
    page = reader(f"{served.url}/{place}")
    assert page.locator(".gm-head nav a").all_inner_texts() == ["검색", "주석", "제출 자료", "한눈에 보기", "도움말"]
    assert page.locator(".gm-head nav a[aria-current=page]").count() == 1


def test_language_is_the_browsers_and_can_be_switched(served: Served, reader: Callable[..., Page]) -> None:
    page = reader(f"{served.url}/help", locale="en-GB")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click(".gm-language")
    expect(page.locator("html[lang=ko]")).to_be_attached()
    page.wait_for_selector(READY)
    assert page.url.endswith("/help")
    page.reload()
    expect(page.locator("html[lang=ko]")).to_be_attached()


def test_a_link_keeps_the_page_and_the_back_button_works(served: Served, reader: Callable[..., Page]) -> None:
    page = reader(f"{served.url}/overview")
    page.evaluate("window.kept = true")
    page.click(".gm-head a[href='/help']")
    page.wait_for_selector(".gm-head a[href='/help'][aria-current=page]")
    page.go_back()
    page.wait_for_selector(".gm-head a[href='/overview'][aria-current=page]")
    assert page.evaluate("window.kept") is True


def test_another_name_for_this_machine_is_refused(served: Served) -> None:
    """DNS rebinding: a page elsewhere whose name was made to point here reads nothing."""
    request = urllib.request.Request(f"{served.url}/health", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value as answer:
        assert answer.code == 400
