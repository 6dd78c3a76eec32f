"""How exactly a quotation agrees with a text: every trap of a Korean paper, one line each."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.folding import squash, squashed
from corpus.model import Page
from search.grading import Grade
from search.quotes import Place, Sought, on_page

EXACT, SPACING, TYPOGRAPHY, ALTERED, ABSENT = Grade


def pages(*texts: str) -> list[Page]:
    return [Page("d", number, "f", text) for number, text in enumerate(texts, start=1)]


def found(quote: str, *texts: str, any_case: bool = False) -> list[Place]:
    return on_page(Sought.of(quote, any_case), pages(*texts))


def best(quote: str, *texts: str, any_case: bool = False) -> Grade:
    return min((place.grade for place in found(quote, *texts, any_case=any_case)), default=ABSENT)


CASES = [
    # layout: a line or page end may have stood for a blank, or for nothing
    pytest.param("안면인식", "안면\n인식", EXACT, id="Korean word over a line end"),
    pytest.param("안면 인식", "안면\n인식", EXACT, id="Korean words over a line end"),
    pytest.param("안면 인식", "안면  \n   인식", EXACT, id="blanks around the line end"),
    pytest.param("안면\n인식", "안면 인식", EXACT, id="line end in the quotation"),
    pytest.param("face data", "face\ndata", EXACT, id="English words over a line end"),
    pytest.param("facedata", "face\ndata", SPACING, id="English words glued at a line end"),
    pytest.param("cafédata", "café\ndata", SPACING, id="not only ASCII letters are English"),
    pytest.param("recognition", "recog\ufffenition", EXACT, id="line-end hyphen taken out"),
    pytest.param("face-image", "face\ufffeimage", EXACT, id="line-end hyphen meant as one"),
    pytest.param("recog-nition", "recognition", ALTERED, id="hyphen that is nowhere"),
    pytest.param("동의 없이 수집", "동의 없이\f수집", EXACT, id="form feed"),
    pytest.param("was notified", "was noti-\ffied", EXACT, id="hyphen at the page end"),
    pytest.param("was noti-fied", "was noti-\ffied", EXACT, id="hyphen at the page end, quoted"),
    pytest.param("was noti fied", "was noti-\ffied", SPACING, id="hyphen at the page end, a blank quoted"),
    pytest.param("pages 10 20", "pages 10-\f20", ALTERED, id="range over the page end"),
    pytest.param("pages 1020", "pages 10-\f20", ALTERED, id="range over the page end, run together"),
    # blanks
    pytest.param("안면인식", "안면 인식", SPACING, id="blank left out"),
    pytest.param("안면 인식", "안면인식", SPACING, id="blank put in"),
    pytest.param("안면  인식", "안면 인식", EXACT, id="two blanks are one"),
    pytest.param("안면\u3000인식", "안면 인식", EXACT, id="ideographic blank"),
    pytest.param("안면\u00a0인식", "안면 인식", EXACT, id="no-break blank"),
    pytest.param("안\u200b면", "안면", EXACT, id="zero-width blank"),
    # the same letters in another form
    pytest.param(unicodedata.normalize("NFD", "법무부"), "법무부", EXACT, id="decomposed quotation"),
    pytest.param("법무부", unicodedata.normalize("NFD", "법무부"), EXACT, id="decomposed text"),
    pytest.param("ＡＩ 기술", "AI 기술", TYPOGRAPHY, id="full-width letters"),
    pytest.param("５，７６４만", "5,764만", TYPOGRAPHY, id="full-width figure"),
    pytest.param("office", "oﬃce", TYPOGRAPHY, id="ligature in the text"),
    pytest.param("oﬃce", "office", TYPOGRAPHY, id="ligature in the quotation"),
    pytest.param("12 ㎡의", "12 m2의", TYPOGRAPHY, id="square metres, spelt out"),
    pytest.param("12 m²의", "12 m2의", ALTERED, id="a raised digit lowered"),
    pytest.param("㈜한국", "㈜한국", EXACT, id="company sign"),
    pytest.param("AI 기술", "ai 기술", ALTERED, id="letter case counts"),
    pytest.param("法務部", "法務部", EXACT, id="hanja"),
    pytest.param("女性", "女性", EXACT, id="compatibility hanja are one with theirs"),
    pytest.param("法務部", "법무부", ABSENT, id="hanja are not their reading"),
    pytest.param("𠀋은 한자", "𠀋은 한자", EXACT, id="hanja beyond the BMP"),
    pytest.param("동의 😀 수집", "동의 😀 수집", EXACT, id="emoji"),
    pytest.param("동의 수집", "동의 😀 수집", ALTERED, id="emoji left out"),
    # signs
    pytest.param('"동의"를 받지', "“동의”를 받지", TYPOGRAPHY, id="straight for curly inside"),
    pytest.param("‘동의’를 받지", "“동의”를 받지", TYPOGRAPHY, id="single for double inside"),
    pytest.param('"동의를 받지"', "동의를 받지", EXACT, id="the quoter's own marks"),
    pytest.param("「동의를 받지」", "동의를 받지", EXACT, id="corner brackets of the quoter"),
    pytest.param("A-B 구간", "A–B 구간", TYPOGRAPHY, id="dash for hyphen"),
    pytest.param("개인·정보", "개인ㆍ정보", TYPOGRAPHY, id="middle dots"),
    pytest.param("수집...이용", "수집…이용", TYPOGRAPHY, id="ellipsis"),
    pytest.param("수집, 이용", "수집 이용", ALTERED, id="comma put in"),
    pytest.param("제3조(정의)", "제3조 정의", ALTERED, id="parentheses left out"),
    pytest.param("정보주체의 동의 없이", "정보주체의 ‘동의’ 없이", TYPOGRAPHY, id="inner marks of quotation left out"),
    pytest.param("2021 예산", "2021’ 예산", ALTERED, id="a mark beside a figure may be its unit"),
    pytest.param("–– 추진", "– 추진", TYPOGRAPHY, id="list dashes"),
    pytest.param("…동의를 받지", "이용자의 동의를 받지", TYPOGRAPHY, id="ellipsis of the quoter"),
    # idea 7: never better than altered
    pytest.param("17억", "1.7억", ALTERED, id="decimal point lost"),
    pytest.param("1.7억", "17억", ALTERED, id="decimal point gained"),
    pytest.param("5%", "-5%", ALTERED, id="minus lost"),
    pytest.param("-5%", "5%", ALTERED, id="minus gained"),
    pytest.param("5%", "–5%", ALTERED, id="minus written as a dash lost"),
    pytest.param("–5%", "5%", ALTERED, id="dash for a minus gained"),
    pytest.param("5%", "－5%", ALTERED, id="full-width minus lost"),
    pytest.param("-5%", "–5%", TYPOGRAPHY, id="minus in another form"),
    pytest.param(", 5%", ", -5%", ALTERED, id="minus lost behind a comma"),
    pytest.param("…5%", "-5%", ALTERED, id="minus lost behind an ellipsis"),
    pytest.param('"5%', "-5%", ALTERED, id="minus lost behind the quoter's mark"),
    pytest.param("증가율 5%", "증가율 -5%", ALTERED, id="minus lost inside"),
    pytest.param("5", "△5", ALTERED, id="triangle for minus lost"),
    pytest.param("△5", "5", ALTERED, id="triangle for minus gained"),
    pytest.param("5건", "≤5건", ALTERED, id="at most lost"),
    pytest.param("1020건", "10~20건", ALTERED, id="range mark lost"),
    pytest.param("10~20건", "1020건", ALTERED, id="range mark gained"),
    pytest.param("10-20건", "10~20건", ALTERED, id="another range mark"),
    pytest.param("1020건", "10-20건", ALTERED, id="hyphen of a range lost"),
    pytest.param("1020건", "10\ufffe20건", ALTERED, id="range broken at the line end and joined"),
    pytest.param("10-20건", "10\ufffe20건", EXACT, id="range broken at the line end"),
    pytest.param("~20건", "20건", ALTERED, id="range mark gained at the front"),
    pytest.param("5", "5%", ALTERED, id="per cent lost"),
    pytest.param("5%", "5", ALTERED, id="per cent gained"),
    pytest.param("5", "5 %", ALTERED, id="per cent lost behind a blank"),
    pytest.param("5 %", "5%", SPACING, id="blank before per cent"),
    pytest.param("5％", "5%", TYPOGRAPHY, id="full-width per cent"),
    pytest.param("5% 증가", "5 증가", ALTERED, id="per cent gained inside"),
    pytest.param("제12항", "제1·2항", ALTERED, id="two paragraphs made one"),
    pytest.param("20192", "2019²", ALTERED, id="note number joined"),
    pytest.param("2019", "2019²", ALTERED, id="raised digit cut off"),
    pytest.param("5 km", "5 km²", ALTERED, id="raised digit of a unit cut off"),
    pytest.param("2", "2½", ALTERED, id="fraction cut off"),
    pytest.param("10", "10⁻³", ALTERED, id="exponent cut off"),
    pytest.param("1000", "1 000", ALTERED, id="blank between digits lost"),
    pytest.param("1 000", "1000", ALTERED, id="blank between digits gained"),
    pytest.param("1000", "1\n000", ALTERED, id="digits joined over a line end"),
    pytest.param("1\n000", "1000", ALTERED, id="digits parted by a line end"),
    pytest.param("1 000", "1\n000", EXACT, id="digits on two lines"),
    pytest.param("5764", "5,764", ALTERED, id="thousands separator lost"),
    pytest.param("5,764", "5764", ALTERED, id="thousands separator gained"),
    pytest.param("1．7", "1. 7", ALTERED, id="decimal point and blank at once"),
    pytest.param("10-20", "10 – 20", ALTERED, id="blanks around a range, in another form"),
    # cut out of a number
    pytest.param("1,764", "21,764", ALTERED, id="first digit cut off"),
    pytest.param("764", "1,764", ALTERED, id="thousands cut off"),
    pytest.param("764", "１，７６４", ALTERED, id="thousands cut off a full-width figure"),
    pytest.param("1,76", "1,764", ALTERED, id="last digit cut off"),
    pytest.param("5", "5.3", ALTERED, id="decimals cut off"),
    pytest.param("5.", "5.3", ALTERED, id="decimals cut off behind the point"),
    pytest.param("5,764.", "5,764.3", ALTERED, id="decimals cut off, thousands kept"),
    pytest.param("5%", "0.5%", ALTERED, id="nought point cut off"),
    pytest.param("5%", ".5%", ALTERED, id="bare point cut off"),
    pytest.param(".5%", "5%", ALTERED, id="bare point gained"),
    pytest.param("…17억", "1.17억", ALTERED, id="ellipsis does not hide a cut"),
    pytest.param("20건", "10~20건", EXACT, id="second figure of a range by itself"),
    pytest.param("5개 기관", "①5개 기관", EXACT, id="list mark before a figure"),
    pytest.param("5개 기관", "있다.5개 기관", EXACT, id="full stop before a figure"),
    pytest.param("20건", "A-20건", EXACT, id="hyphen of a name before a figure"),
    pytest.param("5개", "<표>5개", EXACT, id="bracket before a figure"),
    # negations
    pytest.param("may provide", "may not provide", ABSENT, id="not lost"),
    pytest.param("may not provide", "may provide", ABSENT, id="not gained"),
    pytest.param("비공개 대상", "공개 대상", ABSENT, id="negating syllable gained"),
    pytest.param("공개 대상", "비공개 대상", ALTERED, id="negating syllable cut off"),
    pytest.param("동의 상태", "정보 미동의 상태", ALTERED, id="another negating syllable cut off"),
    pytest.param("“공개 대상”", "비공개 대상", ALTERED, id="negating syllable cut off by the quoter's mark"),
    pytest.param("able to provide", "unable to provide", ALTERED, id="un- cut off"),
    pytest.param("T T I N G", "SETTING", SPACING, id="begun inside a word, letters spaced"),
    pytest.param("mages of citizens", "images of citizens", EXACT, id="begun inside a word"),
    pytest.param("장관", "법무부장관", EXACT, id="second part of a compound"),
    pytest.param("개인정보", "준비 개인정보", EXACT, id="syllable of the word before"),
    pytest.param("동의를 받고", "동의를 받지", ABSENT, id="other words"),
    pytest.param("동의가", "동의를", ABSENT, id="another particle"),
]


@pytest.mark.parametrize(("quote", "text", "grade"), CASES)
def test_grade(quote: str, text: str, grade: Grade) -> None:
    assert best(quote, text) == grade
    assert best(f"그는 {quote} 등", f"그는 {text} 등") >= min(grade, SPACING)  # inside more words, no trap opens


@pytest.mark.parametrize(
    ("quote", "text"), [pytest.param(*c.values[:2], id=c.id) for c in CASES if c.values[2] is ALTERED]
)
def test_what_is_altered_says_where(quote: str, text: str) -> None:
    place = min(found(quote, text), key=lambda place: place.grade)
    serious = [difference for difference in place.differences if difference.grade is ALTERED]
    assert serious
    assert all(difference.quoted != difference.stands for difference in serious)


SEPARATORS = ["", ".", ",", "-", "~", "·", " ", "–", "～", "/", ":", ". ", " - ", "\n", "\ufffe", "\u200b", "%", "×"]
SAME = [{"-", "–"}, {"~", "～"}, {" ", "\n"}, {"", "\u200b"}]


@pytest.mark.parametrize("ours", SEPARATORS)
def test_between_two_digits_only_the_form_of_a_sign_may_differ(ours: str) -> None:
    for its in SEPARATORS:
        same = ours == its or any({ours, its} <= signs for signs in SAME) or (ours, its) == ("-", "\ufffe")
        assert (best(f"약 1{ours}7억 건", f"약 1{its}7억 건") < ALTERED) == same, its
        assert (best(f"1{ours}7", f"1{its}7") < ALTERED) == same, its


def test_a_line_end_hyphen_among_signs_is_only_layout() -> None:
    assert best("5,764\ufffe… 5,764", "5,764\ufffe…", "5,764") == EXACT


def test_case_does_not_count_in_a_search() -> None:
    assert best("face IMAGE", "Face image", any_case=True) == EXACT
    assert best("ai", "ＡＩ", any_case=True) == TYPOGRAPHY
    assert best("공개 대상", "비공개 대상", any_case=True) == EXACT
    assert best("17억", "1.7억", any_case=True) == ALTERED


def test_grades_are_in_order() -> None:
    assert [grade.word for grade in Grade] == ["exact", "spacing", "typography", "altered", "absent"]
    assert list(Grade) == sorted(Grade)


# -- over made-up pages

WORDS = [
    "안면인식",
    "동의를",
    "받지",
    "비공개",
    "법무부는",
    unicodedata.normalize("NFD", "각서"),
    "AI",
    "face",
    "recog\ufffenition",
    "oﬃce",
    "5,764만",
    "1.7억",
    "-5%",
    "△3",
    "10~20건",
    "2019²",
    "2021.12.20.",
    "제1·2항",
    "㎡",
    "㈜한국",
    "女性",
    "𠀋",
    "😀",
    "“동의”",
    "(정의)",
    "…",
    "·",
    "①",
    "é",
    "ㄱ",
]
GAPS = [" ", "  ", "\n", " \n ", "\u3000", "\t"]
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=1, max_size=14)


@given(texts, st.data())
def test_words_as_they_stand_are_exact_at_their_own_place(words: list[tuple[str, str]], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    before, after = ("".join(a + b for a, b in some) for some in (words[:start], words[end:]))
    quote = "".join(a + b for a, b in words[start:end])
    letters = squashed(quote)
    assume(letters.text)
    place = [place for place in found(quote, before + quote + after) if place.grade is EXACT]
    spans = [[(span.start, span.end) for span in each.passage] for each in place]
    own = quote.strip()  # the signs at its ends are part of the place, the blanks are not
    assert [(len(before) + quote.index(own), len(before) + quote.index(own) + len(own))] in spans
    for each in place:
        assert squash(each.text) == letters.text
        assert not each.differences


@given(texts, st.data())
def test_one_other_letter_or_digit_is_never_there(words: list[tuple[str, str]], data: st.DataObject) -> None:
    text = "".join(a + b for a, b in words)
    letters = [at for at, char in enumerate(text) if char.isalnum()]
    assume(letters)
    at = data.draw(st.sampled_from(letters))
    other = data.draw(st.sampled_from("뷁Q4z女"))
    assume(squash(other) != squash(text[at]))
    assert best(text[:at] + other + text[at + 1 :], text) >= ALTERED
    swapped = text[at].swapcase()
    assert best(text[:at] + swapped + text[at + 1 :], text) >= (ALTERED if swapped != text[at] else EXACT)


@given(st.text("안면인식동의가나다", min_size=2, max_size=12), st.data())
def test_blanks_among_syllables_are_spacing_at_worst(word: str, data: st.DataObject) -> None:
    def spaced() -> str:
        gaps = data.draw(st.lists(st.sampled_from(["", "", " ", "  "]), min_size=len(word), max_size=len(word)))
        return "".join(map("".join, zip(word, gaps, strict=True))).strip()

    quote, text = spaced(), spaced()
    here = [place for place in found(quote, text) if squash(place.text) == word]
    assert [place.grade for place in here] in ([EXACT], [SPACING])
    assert (here[0].grade is EXACT) == (quote.split() == text.split())


@given(st.text("0123456789.,-~%·△ ", min_size=1, max_size=7), st.text("0123456789.,-~%·△ ", min_size=1, max_size=7))
def test_two_figures_that_read_differently_never_pass_for_one(ours: str, its: str) -> None:
    assume(squash(ours))
    signs, its_signs = "".join(ours.split()), "".join(its.split())
    grade = best(f"합계 {ours} 건", f"합계 {its} 건")
    if signs != its_signs:
        assert grade >= ALTERED
    elif ours.split() != its.split():
        assert grade >= SPACING
