"""HTML: what is seen, in order; what is hidden, withheld; encodings that pages declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.cells import grid
from corpus.model import Page, Reason, State
from ingest.formats import html
from ingest.formats.model import FormatError


def read(folder: Path, text: str | bytes) -> Page:
    path = folder / "a.html"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    assert html.outline(path).pages == 1
    (page,) = html.read(path, 1, 1, None, "d")
    return page


def test_paragraphs_as_a_browser_shows_them(tmp_path: Path) -> None:
    page = read(
        tmp_path,
        "<title>보도</title><style>p{}</style><h1>제목 <small>부제</small></h1><div>첫 문단 <b>굵게</b>,\n  이어짐"
        "<br>다음 줄<p>둘째 문단</div><script>var x</script><ul><li>하나<li>둘</ul>"
        "<pre>  줄 1\n    줄 2</pre><!-- 주석 -->",
    )
    assert page.text == "제목 부제\n첫 문단 굵게, 이어짐\n다음 줄\n둘째 문단\n하나\n둘\n  줄 1\n    줄 2"
    assert page.name == "제목 부제"


def test_hidden_text_is_withheld(tmp_path: Path) -> None:
    page = read(tmp_path, "<p>보임 <span style='display : none'>숨김</span>끝<p hidden>통째<p style='color:red'>빨강")
    assert page.visible == "보임 ██끝\n██\n빨강"
    assert (page.state, page.reason) == (State.IN_PART, Reason.WITHHELD)


def test_tables(tmp_path: Path) -> None:
    page = read(
        tmp_path,
        "<table><caption>표 1</caption><tr><th rowspan=2>구분<th>값<tr><td>1,234<tr hidden><td>숨김<td>x</table>"
        "<table><tr><td><h2>자리 잡기</h2><table><tr><td>안</table><td>옆</table>",
    )
    first, second = page.tables
    assert grid(first, page.text) == [["구분", "값"], ["", "1,234"], ["숨김", "x"]]
    assert first.caption is not None
    assert page.text[slice(*first.caption)] == "표 1"
    assert [page.text[span.start : span.end] for span in page.withheld] == ["숨김", "x"]
    assert grid(second, page.text) == [["안"]]
    assert page.text.endswith("자리 잡기\n안\n옆")


@pytest.mark.parametrize("declared", ["euc-kr", "ks_c_5601-1987", "utf-8", "iso-8859-1", ""])
def test_encodings_declared_rightly_and_wrongly(tmp_path: Path, declared: str) -> None:
    text = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'><p>법무부 보도자료를 배포한다"
    assert read(tmp_path, text.encode("cp949")).text == "법무부 보도자료를 배포한다"
    assert read(tmp_path, text.encode("utf-8") + b" ").text == "법무부 보도자료를 배포한다"


def test_pictures_in_the_file_are_told(tmp_path: Path) -> None:
    page = read(tmp_path, f"<p>글<img src='data:image/png;base64,{'A' * 30_000}'><p>끝")
    assert (page.text, page.state, page.reason) == ("글\n끝", State.IN_PART, Reason.UNREAD_PICTURES)


def test_a_page_nested_without_end(tmp_path: Path) -> None:
    assert read(tmp_path, "<div>" * 5000 + "깊은" + "<table><tr><td>" * 200 + "칸").text == "깊은\n칸"


def test_nothing_in_it(tmp_path: Path) -> None:
    assert read(tmp_path, "<html><body><script>x</script></body></html>").text == ""
    (tmp_path / "b.html").write_bytes(b" \r\n")
    with pytest.raises(FormatError) as refused:
        html.outline(tmp_path / "b.html")
    assert refused.value.reason is Reason.EMPTY


def test_visible_text_for_mail() -> None:
    text = html.visible_text("<p>안녕<span hidden>숨김</span><table><tr><td>가<td>나</table>")
    assert text == "안녕\n가\t나"
