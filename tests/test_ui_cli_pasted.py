"""What is pasted with a permanent form: its wording is compared (cite --verify), its words are found (quote -)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from corpus.annotations import annotate
from corpus.citation import cite_page, cite_passage, formatted
from corpus.listings import listings
from corpus.model import Furniture, FurnitureKind, PageSpan, Release, Span
from search.clean import clean_quotation
from search.usage import Usage
from tests.conftest import Write
from ui.cli.citing import Checked, checked
from ui.cli.entry import gongmun
from ui.cli.pasted import copied, quotations
from ui.web.passages import Copied

PAGE = "보고. 법무부는 ‘2,000만 건’(약 15.5%)의 얼굴 사진을 동의를 받지 않\n고 3개 업체에 “제공”(이전)하였다. 끝"
FIRST, LAST = 4, len(PAGE) - 2
Run = Callable[..., Result]


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: str, **options: str) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *arguments], **options)

    return invoked


def pasted(corpus: Corpus, id: str, start: int, end: int, style: str = "web ko", number: int = 1) -> str:
    """A stretch as the web page (`web ko`, `web en`) or a style of the command line writes it."""
    page, listing = corpus.store.page(id, number), listings(corpus.store)[id]
    if not style.startswith("web"):
        return formatted(cite_passage(corpus.store, listing, (PageSpan(number, start, end),)), style)
    quotation = clean_quotation(page, Span(start, end), Usage.of([]))
    spans = tuple(PageSpan(number, part.start, part.end) for part in quotation.passage)
    copy = Copied(quotation, cite_passage(corpus.store, listing, spans), style[-2:])
    return copy.plain(quotation.choices[0])


def one(corpus: Corpus, text: str) -> Checked:
    [found] = checked(corpus, text)
    return found


STYLES = ["web ko", "web en", "korean", "english"]


@pytest.fixture(params=["법무부", None])
def id(request: pytest.FixtureRequest, corpus: Corpus, write: Write) -> str:
    made = write(PAGE, "2쪽", name="「AI」 “식별”(안).pdf", agency=request.param, received="2021-10-21")
    with corpus.store.writing() as record:
        record.release(Release("자료", "자료", agency=request.param, notice="시연용 “자료”(가상)"))
        record.change(made, "edit")
    return made


@pytest.mark.parametrize("style", STYLES)
def test_every_changed_digit_and_dropped_sign_is_reported(corpus: Corpus, id: str, style: str) -> None:
    copy = pasted(corpus, id, FIRST, LAST, style)
    assert (one(corpus, copy).status, one(corpus, copy).wording.grade.word) == ("holds", "exact")
    first, last = copy.index("법무부는"), copy.index("하였다.") + len("하였다.")
    variants = [
        (copy[:at] + digit + copy[at + 1 :], True)
        for at in range(first, last)
        if copy[at].isdigit()
        for digit in "0123456789"
        if digit != copy[at]
    ]
    line_end = copy.index("않") + 1  # may be a blank or nothing there
    dropped = [at for at in range(first, last) if not (at == line_end and copy[at] == " ")]
    variants += [(copy[:at] + copy[at + 1 :], copy[at].isalnum()) for at in dropped]
    found = checked(corpus, "\n\n".join(text for text, _ in variants))
    assert len(found) == len(variants)
    for (text, serious), each in zip(variants, found, strict=True):
        assert each.wording is not None, text
        assert each.wording.grade, text
        assert each.wording.differences, text
        if serious:
            assert (each.status, each.holds) == ("wording differs", False), text


@pytest.mark.parametrize("style", STYLES)
def test_citations_in_one_text_do_not_disturb_each_other(corpus: Corpus, id: str, style: str) -> None:
    other = pasted(corpus, id, FIRST, FIRST + 4, style)
    page = formatted(cite_page(corpus.store, listings(corpus.store)[id], 2), "english")
    copy = pasted(corpus, id, FIRST, LAST, style)
    for between in ("\n", "\n\n", "\r\n", " 그리고 “다른 말”이 있다. 또 "):
        found = checked(corpus, between.join([copy, page, other, copy.replace("3개", "4개")]))
        assert [each.status for each in found] == ["holds", "holds", "holds", "wording differs"], between
        assert [each.wording is not None for each in found] == [True, False, True, True]


def test_the_difference_is_named_and_counted(run: Run, corpus: Corpus, id: str, tmp_path: Path) -> None:
    file = tmp_path / "보도자료.txt"
    copy = pasted(corpus, id, FIRST, LAST)
    file.write_text(copy, encoding="utf-8")
    done = run("cite", "--verify", str(file))
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "1 of 1 citations holds; wording compared in 1")
    assert "word for word" in done.stdout
    file.write_text(copy.replace("2,000만", "20,000만"), encoding="utf-8")
    done = run("cite", "--verify", str(file))
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (1, "0 of 1 citations hold; wording compared in 1")
    said = " ".join(done.stdout.split())
    assert "wording differs: " in said
    assert "it has [‘20,000만], the paper [‘2,000만]" in said
    found = json.loads(run("cite", "--verify", str(file), "--json").stdout)
    assert list(found) == ["schema", "file", "total", "hold", "compared", "citations"]
    assert (found["total"], found["hold"], found["compared"]) == (1, 0, 1)
    [row] = found["citations"]
    assert list(row) == ["position", "form", "status", "sentence", "wording"]
    assert (row["status"], row["wording"]["grade"]) == ("wording differs", "altered")
    assert row["wording"]["difference"] == [
        {"grade": "altered", "kind": "figure", "quoted": "‘20,000만", "stands": "‘2,000만"}
    ]


def test_a_form_without_a_quotation_says_that_nothing_was_compared(run: Run, corpus: Corpus, id: str) -> None:
    bare = pasted(corpus, id, FIRST, LAST).partition("\n")[2]
    english = pasted(corpus, id, FIRST, LAST, "web en").partition("\n")[2]
    for text in (bare, bare.rpartition("\n")[2], english, f"그는 “모른다”고 했다.\n\n{bare}"):
        done = run("cite", "--verify", "-", input=text)
        assert done.exit_code == 0
        assert done.stdout.splitlines()[-1] == "1 of 1 citations holds; wording compared in 0"
        assert "No wording was compared" in done.stdout
        assert json.loads(run("cite", "--verify", "-", "--json", input=text).stdout)["citations"][0]["wording"] is None


def test_blanks_and_typography_hold_and_are_told(run: Run, corpus: Corpus, id: str) -> None:
    copy = pasted(corpus, id, FIRST, LAST)
    for old, new, grade in (("얼굴 사진을", "얼굴사진을", "spacing"), ("‘2,000만 건’", "'2,000만 건'", "typography")):
        found = one(corpus, copy.replace(old, new))
        assert (found.status, found.wording.grade.word) == ("holds", grade)
        assert "the same but for" in found.sentence
    assert run("cite", "--verify", "-", input=copy.replace("얼굴 사진을", "얼굴사진을")).exit_code == 0


def test_both_readings_of_a_line_end_are_exact(corpus: Corpus, id: str) -> None:
    copy = pasted(corpus, id, FIRST, LAST)
    for reading in ("받지 않고", "받지 않 고"):
        text = copy.replace("받지 않 고", "받지 않고").replace("받지 않고", reading)
        assert one(corpus, text).wording.grade.word == "exact"


def test_a_quotation_that_is_longer_or_cut_short_differs(corpus: Corpus, id: str) -> None:
    copy = pasted(corpus, id, FIRST, LAST)
    for old, new in (
        ("“법무부는", "“보고. 법무부는"),
        ("법무부는 ", ""),
        (" 동의를 받지 않", ""),
        ("“법무부", "“한 법무부"),
    ):
        assert one(corpus, copy.replace(old, new)).status == "wording differs"


@pytest.mark.parametrize("style", STYLES)
def test_a_quotation_that_was_emptied_differs(corpus: Corpus, id: str, style: str) -> None:
    text = pasted(corpus, id, FIRST, FIRST + 3, style)
    assert one(corpus, text).wording.grade.word == "exact"
    assert one(corpus, text.replace("“법무부”", "“”", 1)).status == "wording differs"


@pytest.mark.parametrize("style", STYLES)
def test_mails_markdown_and_word_processors_keep_it_comparable(corpus: Corpus, id: str, style: str) -> None:
    copy = pasted(corpus, id, FIRST, LAST, style)
    words, form = copy.rpartition("\n")[::2]
    texts = [
        "\n".join(f"> {line}" for line in copy.split("\n")),
        copy.replace("\n", "\r\n"),
        f"{words} {form}" if "\n" not in words else f"{words}\n\n{form}",
        copy.replace("얼굴 사진을", "얼굴\n사진을"),
        copy.replace("”\n", "”\n\n", 1),
    ]
    for text in texts:
        assert (one(corpus, text).status, one(corpus, text).wording is not None) == ("holds", True), text
        assert one(corpus, text.replace("3개", "4개")).status == "wording differs", text


@pytest.mark.parametrize("style", ["korean", "english"])
def test_an_export_of_annotations_is_compared(run: Run, corpus: Corpus, id: str, style: str) -> None:
    annotate(corpus.store, corpus.store.page(id, 1), Span(FIRST, LAST), author="김보좌", note="“메모”(참고)")
    annotate(corpus.store, corpus.store.page(id, 1), Span(FIRST, FIRST + 4), author="김보좌")
    text = run("annotations", "export", "--format", "markdown", "--style", style).stdout
    assert [each.wording.grade.word for each in checked(corpus, text)] == ["exact", "exact"]
    changed = [each.status for each in checked(corpus, text.replace("3개", "4개"))]
    assert sorted(changed) == ["holds", "wording differs"]


def test_json_is_compared_by_its_quote(corpus: Corpus, id: str) -> None:
    text = pasted(corpus, id, FIRST, LAST, "json")
    assert one(corpus, text).wording.grade.word == "exact"
    assert one(corpus, text.replace("3개", "4개")).status == "wording differs"


def test_over_running_heads_and_pages(corpus: Corpus, write: Write) -> None:
    furniture = {1: (Furniture(FurnitureKind.HEAD, 5, 10),)}
    id = write("가나 다\n머리말 1\n라마 12건", "13개 바사", furniture=furniture, name="표.pdf")
    listing = listings(corpus.store)[id]
    spans = (PageSpan(1, 0, 5), PageSpan(1, 11, 17), PageSpan(2, 0, 3))
    copy = formatted(cite_passage(corpus.store, listing, spans), "korean")
    assert one(corpus, copy).wording.grade.word == "exact"
    assert one(corpus, copy.replace("13개", "14개", 1)).status == "wording differs"
    whole = formatted(cite_passage(corpus.store, listing, (PageSpan(1, 0, 17),)), "korean")
    assert one(corpus, whole).status == "holds"
    assert one(corpus, whole.replace("라마", "라 마", 1)).wording.grade.word == "spacing"


def test_what_moved_or_is_broken_stays_so(corpus: Corpus, id: str) -> None:
    copy = pasted(corpus, id, FIRST, LAST)
    assert one(corpus, copy[:-1]).status == "broken"
    assert one(corpus, copy[:-1]).wording is None
    page = replace(corpus.store.page(id, 1), fingerprint="test-2", text=f"앞에 {PAGE}")
    with corpus.store.writing() as record:
        record.pages([page])
        record.settle(corpus.store.document(id), "test-2", 2)
    assert (one(corpus, copy).status, one(corpus, copy).wording.grade.word) == ("moved", "exact")
    assert one(corpus, copy.replace("3개", "4개")).status == "wording differs"


def test_readings_stay_few_in_a_hostile_text() -> None:
    text = "“a”(b) " * 5_000 + "\ngongmun:1/"
    assert len(quotations(text, text.index("gongmun"))) < 100
    assert quotations("[" * 50_000 + "gongmun:1/", 50_000) == ()
    deep = "{" + '"a":[' * 50_000 + "gongmun:1/"
    assert quotations(deep, deep.index("gongmun")) == ()


# -- quote -


@pytest.mark.parametrize("style", STYLES)
def test_a_copied_quotation_is_looked_for_without_its_citation(run: Run, corpus: Corpus, id: str, style: str) -> None:
    copy = pasted(corpus, id, FIRST, LAST, style)
    done = run("quote", "-", "--strict", input=copy + "\n")
    assert (done.exit_code, done.stdout[:5]) == (0, "exact")
    assert "Looked for the words between “ ” alone; the citation below them was left out." in done.stderr
    told = run("quote", "-", "--json", input=copy)
    found = json.loads(told.stdout)
    assert found["grade"] == "exact"
    assert found["quote"].startswith("법무부는")
    assert found["quote"].endswith("하였다.")
    assert "left out" in told.stderr
    changed = run("quote", "-", "--strict", input=copy.replace("3개", "4개"))
    assert (changed.exit_code, changed.stdout[:7]) == (1, "altered")


def test_a_quotation_in_marks_alone(run: Run, write: Write) -> None:
    write("얼굴 사진을 동의를 받지 않고")
    done = run("quote", "-", "--json", input="“동의를 받지 않고”\n")
    assert (json.loads(done.stdout)["quote"], json.loads(done.stdout)["grade"]) == ("동의를 받지 않고", "exact")
    assert done.stderr == "Looked for the words between “ ” alone.\n"
    assert run("quote", "-", input="동의를 받지 않고").stderr == ""
    assert run("quote", "“동의를 받지 않고”").stderr == ""


def test_marks_that_stand_in_the_paper_are_looked_for(run: Run, corpus: Corpus, write: Write) -> None:
    id = write("그는 “동의를 받지 않고” 하였다고 한다. 동의를 받지 않고 한 일")
    done = run("quote", "-", "--json", input="“동의를 받지 않고”")
    assert (json.loads(done.stdout)["quote"], done.stderr) == ("“동의를 받지 않고”", "")
    done = run("quote", "-", "--json", input=pasted(corpus, id, 4, 13))
    assert (json.loads(done.stdout)["quote"], json.loads(done.stdout)["grade"]) == ("“동의를 받지 않고”", "exact")
    assert "with their marks" in done.stderr


def nothing(id: str) -> None:
    """What is known of a document: nothing."""


def test_other_texts_are_looked_for_as_given() -> None:
    form = f"gongmun:1/{'0' * 64}/p1/0-2/x/{'0' * 12}"
    assert copied(f"“가나”(자료)\n{form}", nothing) == ("가나", True)
    assert copied(f"“가나”(자료)\n{form[:60]}\n{form[60:]}", nothing) == ("가나", True)
    for text in (
        "가나",
        "“가”와 “나”",
        "“",
        "”",
        "“”",
        "",
        f"“가나”(자료)\n{form}\n뒤",
        f"앞 “가나”(자료)\n{form}",
        form,
    ):
        assert copied(text, nothing) is None, text
