"""Passages to show: the words marked, nothing withheld, nothing cut in two."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import HYPHEN, folded
from corpus.model import Page, Span, Withheld
from search.analysis import analyse, pattern
from search.query import Prefix, Word
from search.snippets import merged, snippet, spans, stands


def page(text: str, withheld: tuple[Withheld, ...] = ()) -> Page:
    return Page("d", 1, "f", text, withheld=withheld)


def marked(text: str, *words: Word | Prefix) -> list[str]:
    return [text[span.start : span.end] for span in spans(page(text), words)]


def test_the_marks_are_the_words() -> None:
    assert marked("비안면 인식과 안면인식, 인식", Word("안면인식")) == ["안면 인식", "안면인식"]
    assert marked("images of an image, imagery", Word("image")) == ["images", "image"]
    assert marked("images of an image", Word("image", exact=True)) == ["image"]
    assert marked("5,764만과 1,764만, 764", Word("764")) == ["764"]
    assert marked("5,764만과 5764만", Word("5764만")) == ["5,764만", "5764만"]
    assert marked("biometrics 제15조 bi", Prefix("bio"), Prefix("제1")) == ["biometrics", "제15"]
    assert marked("recog" + HYPHEN + "nition 기술", Word("recognition")) == ["recog" + HYPHEN + "nition"]
    assert marked("각서 각서", Word("각서")) == ["각서", "각서"]
    assert marked("면 😀면 𠀋면", Word("면")) == ["면", "면", "면"]
    assert marked("동의", Word("…"), Word("수집")) == []


def test_a_word_as_typed_is_marked_where_it_stands_so() -> None:
    assert marked("AI, ai와 Ai", Word("AI", exact=True)) == ["AI"]
    assert marked("안면인식 안면 인식 안면\n인식", Word("안면인식", exact=True)) == ["안면인식", "안면\n인식"]
    assert marked("5,764와 5764", Word("5,764", exact=True)) == ["5,764"]
    assert marked("C++ C", Word("C++", exact=True)) == ["C"]
    assert marked("re" + HYPHEN + "port Report", Word("report", exact=True)) == ["re" + HYPHEN + "port"]
    assert [stands(text, Word("AI", exact=True)) for text in ("AI 계획", "ai 계획")] == [True, False]


def test_a_word_with_a_sign_is_marked_with_it() -> None:
    assert marked("제1·2항과 제12항", Word("제1·2항")) == ["제1·2항"]
    assert marked("face-image face image", Word("face-image")) == ["face-image"]


def test_overlapping_marks_are_one() -> None:
    assert marked("안면인식", Word("안면인"), Word("면인식")) == ["안면인식"]
    assert merged([Span(0, 3), Span(1, 2), Span(2, 5), Span(5, 6)]) == (Span(0, 5), Span(5, 6))


def test_a_snippet_is_around_the_first_mark() -> None:
    text = "가나다 " * 300 + "안면인식 " + "라마바 " * 300
    found = spans(page(text), [Word("안면인식")])
    made = snippet(page(text), found)
    assert made.text == text[made.start : made.start + len(made.text)]
    assert [made.text[mark.start : mark.end] for mark in made.marks] == ["안면인식"]
    assert 30 < made.marks[0].start <= 60
    assert 150 < len(made.text) <= 200
    assert made.text.startswith("가나다 ")
    assert made.text.endswith("라마바")


SENTENCE = "업체와 맺은 협약의 내용은 다음과 같다. "


def shown(text: str, *words: str) -> str:
    return snippet(page(text), spans(page(text), [Word(word) for word in words])).text


def test_a_snippet_begins_and_ends_with_a_sentence() -> None:
    sought = "법무부는 2019. 4. 22. 정보주체의 동의를 받지 않고 안면 데이터를 제공하였다."
    text = SENTENCE * 9 + sought + " " + SENTENCE * 9
    made = shown(text, "동의")
    assert sought in made
    assert made.startswith("업체와 맺은")
    assert made.endswith("같다.")
    assert len(made) <= 200
    english = "The Ministry gave images (see Art. 3, No. 5). " * 9
    made = shown(english + "No consent was asked for! “Was it lawful?” It was not known. " + english, "consent")
    assert "No consent was asked for! “Was it lawful?”" in made
    assert made.startswith("The Ministry")
    assert made.endswith((".", "!", "”"))


def test_a_line_of_a_list_is_a_beginning() -> None:
    text = (
        "앞글자들이 길게 이어지는 줄 " * 12
        + "\n□ 추진 경과\n○ 동의 절차를 두지 않음\n"
        + "뒤에도 길게 이어지는 줄 " * 20
    )
    assert shown(text, "동의").startswith("□ 추진 경과 ○ 동의 절차를")


def test_abbreviations_and_dates_end_no_sentence() -> None:
    text = "x " * 100 + "시행 2019. 4. 22. 부터 No. 5 e.g. 동의 " + "가나다 " * 100
    made = shown(text, "동의")
    assert made.startswith("x ")
    assert made.endswith("가나다")


def test_the_stretch_with_the_most_different_words_is_shown() -> None:
    text = (
        "동의 동의 동의. "
        + "가나다 " * 60
        + "동의와 제공. "
        + "라마바 " * 60
        + "동의 없는 제공과 이용. "
        + "사아자 " * 60
    )
    assert "동의 없는 제공과 이용." in shown(text, "동의", "제공", "이용")
    assert "동의와 제공." in shown(text, "동의", "제공")
    assert shown(text, "동의").startswith("동의 동의")
    spaced = "안면 인식, 안면인식. " + "가나다 " * 60 + "안면인식과 동의"
    assert shown(spaced, "안면인식", "동의").endswith("안면인식과 동의")


def test_no_word_that_counted_is_cut_off() -> None:
    text = "가나다 " * 60 + "동의. 짧다. " + "라마바 " * 25 + "제공하였다. " + "사아자 " * 60
    assert "동의" in (made := shown(text, "동의", "제공"))
    assert "제공" in made


def test_without_marks_it_is_the_beginning() -> None:
    made = snippet(page("첫 줄\n둘째 줄" + HYPHEN), [])
    assert (made.text, made.start, made.marks) == ("첫 줄 둘째 줄-", 0, ())
    assert snippet(page(""), []).text == ""


def test_no_mark_is_cut_at_the_end() -> None:
    text = "안면 " + "가" * 190 + " 안면 인식은 " + "나 " * 100
    found = spans(page(text), [Word("안면인식"), Word("안면")])
    for width in range(180, 196):
        here = text.replace("가" * 190, "가" * width)
        found = spans(page(here), [Word("안면"), Word("안면인식")])
        made = snippet(page(here), found)
        assert {made.text[mark.start : mark.end] for mark in made.marks} <= {"안면", "안면 인식"}


def test_a_mark_longer_than_a_snippet_is_whole() -> None:
    text = "앞 " + "동의를 받지 않고 " * 60 + "뒤"
    made = snippet(page(text), [Span(2, 2 + 10 * 60)])
    assert made.marks[0] == Span(2, 602)
    assert made.text[2:602] == text[2:602]


def test_withheld_text_is_covered() -> None:
    text = "연락처 비밀번호 끝"
    hidden = page(text, (Withheld(4, 8, (0, 0, 1, 1)),))
    assert spans(hidden, [Word("비밀번호"), Word("비밀")]) == ()
    made = snippet(hidden, spans(hidden, [Word("연락처")]))
    assert made.text == "연락처 ████ 끝"


PARTS = [
    "안면",
    "인식",
    " ",
    "\n",
    "image",
    "images",
    "5,764",
    "만",
    "제",
    "1",
    "·",
    "😀",
    "𠀋",
    HYPHEN,
    "각",
    "가 " * 40,
]
texts = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
words = st.lists(
    st.sampled_from(
        [Word("안면인식"), Word("인식"), Word("image"), Word("5764만"), Word("1"), Prefix("im"), Word("각")]
    ),
    min_size=1,
    max_size=3,
)


@given(texts, words)
def test_marks_are_inside_whole_and_true(text: str, sought: list[Word | Prefix]) -> None:
    found = spans(page(text), sought)
    assert list(found) == sorted(found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    made = snippet(page(text), found)
    assert len(made.marks) > 0 or not found
    for mark in made.marks:
        assert 0 <= mark.start < mark.end <= len(made.text)
        assert Span(mark.start + made.start, mark.end + made.start) in found
    if len(sought) == 1:
        for span in found:
            stream = analyse(folded(text[span.start : span.end]))[0]
            assert pattern(sought[0].text).stream.rstrip("s") in stream
    made.text.encode()


@given(texts, words)
def test_a_word_is_marked_if_and_only_if_it_matches(text: str, sought: list[Word | Prefix]) -> None:
    from search.engines.scan import atoms, holds

    for word in sought:
        assert bool(spans(page(text), [word])) == holds(atoms(text), word)
