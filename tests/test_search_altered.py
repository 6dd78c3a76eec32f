"""The nearest passage for a quotation that stands nowhere: found by every engine, named word by word, never too far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from corpus.folding import squash, squashed
from corpus.model import Audience, Furniture, FurnitureKind, Page, Withheld
from search import Searcher
from search.altered import FEWEST_LETTERS, rounds, unbroken
from search.engines.scan import ScanIndex
from search.engines.whoosh import WhooshIndex
from search.grading import Grade
from search.kinds import Kind
from search.wording import Sides, differences
from tests.conftest import Write

PAPER = (
    "법무부는 2019년 4월 22일 정보주체의 동의를 받지 않고 안면 데이터 1억 7천만여 건을\n"
    "민간 업체에 제공하였다는 사실을 확인하였다. 예산은 모두 17억 원이며 증가율은 -5% 이다.\n"
    "홍길동 과장은 국회에 출석하지 않았다. 공개 대상 문서는 10~20건이다.\n"
    "The Ministry of Justice provided 170 million images to private companies\n"
    "without consent in April 2019. The system stored 64 GB for 30 days."
)
ROOT = Path(__file__).parent.parent
SYLLABLES = [chr(code) for code in range(ord("가"), ord("가") + 2 * 588, 2)]  # none of them stands twice in a text
OTHERS = [chr(code) for code in range(ord("타"), ord("타") + 588)]


@pytest.fixture
def searchers(corpus: Corpus, tmp_path: Path) -> Iterator[Callable[[], list[Searcher]]]:
    """Open a searcher with each engine, and one with an index that has seen nothing of the corpus."""
    opened: list[Searcher] = []

    def search() -> list[Searcher]:
        opened.append(Searcher(corpus))
        opened.append(Searcher(corpus, index=ScanIndex(corpus.store)))
        opened.append(Searcher(corpus, index=WhooshIndex(tmp_path / "nothing")))
        return opened

    yield search
    for each in opened:
        each.close()


CHANGES = [
    # quotation; what of it differs, what stands there, and what kind of thing that is
    ("법무부는 2019년 4월 23일 정보주체의 동의를", "23일", "22일", Kind.DATE),
    ("법무부는 2018년 4월 22일 정보주체의 동의를", "2018년", "2019년", Kind.DATE),
    ("안면 데이터 1억 8천만여 건을 민간 업체에", "8천만여", "7천만여", Kind.FIGURE),
    ("안면 데이터 1조 7천만여 건을 민간 업체에", "1조", "1억", Kind.FIGURE),
    ("예산은 모두 17만 원이며 증가율은", "17만", "17억", Kind.FIGURE),
    ("안면 데이터 1억 7천만여 명을 민간 업체에", "명을", "건을", Kind.UNIT),
    ("예산은 모두 17억 달러이며 증가율은", "달러이며", "원이며", Kind.UNIT),
    ("국방부는 2019년 4월 22일 정보주체의", "국방부는", "법무부는", Kind.NAME),
    ("홍길순 과장은 국회에 출석하지 않았다", "홍길순", "홍길동", Kind.NAME),
    ("정보주체의 동의를 받고 안면 데이터", "받고", "받지 않고", Kind.NEGATION),
    ("민간 업체에 제공하지 않았다는 사실을 확인", "제공하지 않았다는", "제공하였다는", Kind.NEGATION),
    ("비공개 대상 문서는 10~20건이다. The Ministry", "비공개", "공개", Kind.NEGATION),
    ("정보주체가 동의를 받지 않고 안면 데이터", "정보주체가", "정보주체의", Kind.PARTICLE),
    ("민간 업체가 제공하였다는 사실을 확인", "업체가", "업체에", Kind.PARTICLE),
    ("민간 기관에 제공하였다는 사실을 확인", "기관에", "업체에", Kind.WORD),
    ("민간 업체에 무단 제공하였다는 사실을 확인", "무단", "", Kind.WORD),
    ("정보주체의 동의를 않고 안면 데이터 1억", "", "받지", Kind.WORD),
    ("동의를 정보주체의 받지 않고 안면 데이터", "동의를 정보주체의", "정보주체의 동의를", Kind.ORDER),
    ("provided 17 million images to private companies", "17", "170", Kind.FIGURE),
    ("provided 170 billion images to private companies", "billion", "million", Kind.FIGURE),
    ("companies without consent in May 2019", "May", "April", Kind.DATE),
    ("to private companies with consent in April", "with", "without", Kind.NEGATION),
    ("images to public companies without consent", "public", "private", Kind.WORD),
    ("images for private companies without consent", "for", "to", Kind.PARTICLE),
    ("The Ministry of Defence provided 170 million", "Defence", "Justice", Kind.NAME),
    ("The system stored 64 MB for 30 days", "MB", "GB", Kind.UNIT),
    ("stored 64 GB for 30 months", "months", "days", Kind.UNIT),
]


@pytest.mark.parametrize(("quote", "quoted", "stands", "kind"), CHANGES)
def test_what_differs_is_named_with_its_kind(
    corpus: Corpus, write: Write, quote: str, quoted: str, stands: str, kind: Kind
) -> None:
    document = write("앞 쪽", PAPER, "뒤 쪽")
    with Searcher(corpus) as search:
        result = search.quote(quote)
    assert result.grade is Grade.ALTERED
    [place] = result.places
    assert (place.document, place.page, place.grade) == (document, 2, Grade.ALTERED)
    assert [(each.quoted, each.stands, each.kind) for each in place.differences if each.grade] == [
        (quoted, stands, kind)
    ]
    [span] = place.passage
    assert PAPER[span.start : span.end] == place.text


def test_several_differences_stay_apart_and_signs_are_compared_too(corpus: Corpus, write: Write) -> None:
    write(PAPER)
    with Searcher(corpus) as search:
        found = search.quote("확인하였다, 예산이 모두 17억 원이며 증가율은 5% 이다").places[0].differences
        assert [(each.kind, each.quoted.strip(), each.stands.strip()) for each in found] == [
            (Kind.SIGN, ",", "."),
            (Kind.PARTICLE, "예산이", "예산은"),
            (Kind.FIGURE, "", "-"),
        ]
        spaced = search.quote("예산은모두18억원이며증가율은").places[0].differences
        assert [(each.quoted, each.stands) for each in spaced if each.grade is Grade.ALTERED] == [("18억", "17억")]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("모두 17억 건의 안면 정보", "모두 1.7억 건의 안면 정보"),
        ("전년 대비 5% 증가한 예산", "전년 대비 -5% 증가한 예산"),
        ("매년 1020건 가량의 요청", "매년 10~20건 가량의 요청"),
        ("같은 법 제12항에 따라", "같은 법 제1·2항에 따라"),
        ("기준 연도는 20192로 한다", "기준 연도는 2019²로 한다"),
    ],
)
def test_the_traps_are_altered_figures(corpus: Corpus, write: Write, quote: str, text: str) -> None:
    write(text)
    with Searcher(corpus) as search:
        result = search.quote(quote)
    assert result.grade is Grade.ALTERED
    serious = [each for each in result.places[0].differences if each.grade is Grade.ALTERED]
    assert serious
    assert {each.kind for each in serious} == {Kind.FIGURE}


def test_a_sign_or_a_cut_negation_has_its_kind(corpus: Corpus, write: Write) -> None:
    write("비공개 대상 정보, 그리고 AI 기록")
    with Searcher(corpus) as search:
        kinds = {
            quote: [each.kind for each in search.quote(quote).places[0].differences if each.grade]
            for quote in ("공개 대상", "대상 정보 그리고", "대상정보", "ai 기록")
        }
    assert kinds == {
        "공개 대상": [Kind.NEGATION],
        "대상 정보 그리고": [Kind.SIGN],
        "대상정보": [Kind.SPACING],
        "ai 기록": [Kind.WORD, Kind.WORD],
    }


# -- where it is looked for


def test_over_a_page_end_and_by_every_engine(write: Write, searchers: Callable[[], list[Searcher]]) -> None:
    one, two = "개인정보를 동의 없이 민간 업\n- 1 -", "머리글\n체에 넘겨 이용하였다는 지적이 있다"
    document = write(
        "앞 쪽의 글",
        one,
        two,
        furniture={
            2: (Furniture(FurnitureKind.NUMBER, one.index("- 1"), len(one)),),
            3: (Furniture(FurnitureKind.HEAD, 0, 3),),
        },
    )
    for search in searchers():
        for quote in (
            "동의 없이 민간 업체에 넘겨 활용하였다는",
            "합의 없이 민간 업체에 넘겨 이용하였다는",
            "동의 없이 민간 단체에 넘겨 이용하였다는",
        ):
            result = search.quote(quote)
            assert result.grade is Grade.ALTERED, quote
            place = result.places[0]
            assert (place.document, place.page, place.passage[-1].page) == (document, 2, 3)
            assert "머리글" not in place.text
            assert len([each for each in place.differences if each.grade]) == 1


def test_far_out_ends_may_differ(corpus: Corpus, write: Write) -> None:
    write("가나다라 마바사아 자차카타 파하거너 더러머버")
    with Searcher(corpus) as search:
        first = search.quote("뷁뷁 마바사아 자차카타 파하거너").places[0]
        assert (first.text, first.differences[0].stands) == ("가나다라 마바사아 자차카타 파하거너", "가나다라")
        last = search.quote("마바사아 자차카타 파하거너 뷁뷁뷁").places[0]
        assert (last.text, last.differences[-1].stands) == ("마바사아 자차카타 파하거너 더러머버", "더러머버")
        short = search.quote("바사아 자차카타 파하거더 더러")  # begun and ended inside a word, which is no difference
        assert [(each.quoted, each.stands) for each in short.places[0].differences] == [("파하거더", "파하거너")]


def test_a_long_quotation_over_many_pages(corpus: Corpus, write: Write) -> None:
    words = [f"{n}번째 낱말은" for n in range(900)]
    document = write(*[" ".join(words[n : n + 150]) for n in range(0, 900, 150)], name="긴 글.pdf")
    with Searcher(corpus) as search:
        place = search.quote(" ".join(words).replace("700번째", "701번째")).places[0]
    assert (place.document, [span.page for span in place.passage]) == (document, [1, 2, 3, 4, 5, 6])
    assert [(each.quoted, each.stands, each.kind) for each in place.differences] == [
        ("701번째", "700번째", Kind.FIGURE)
    ]


def test_the_nearest_is_given_and_all_that_are_as_near(corpus: Corpus, write: Write) -> None:
    far = write("정보주체의 동의를 구하지 아니하고 제공하였다", name="가.pdf")
    near = write("정보주체의 동의를 받지 않고 제공하였다", name="나.pdf")
    same = write("서문. 정보주체의 동의를 받지 않고 제공하였다", name="다.pdf")
    with Searcher(corpus) as search:
        found = search.quote("정보주체의 합의를 받지 않고 제공하였다")
        assert {place.document for place in found.places} == {near, same}
        assert {place.document for place in search.quote("정보주체의 동의를 구하지 않고 제공하였다", far).places} == {
            far
        }


def test_a_short_quotation_is_compared_with_a_named_document_alone(corpus: Corpus, write: Write) -> None:
    one, other = write("동의를 받지 않았다", name="가.pdf"), write("무관한 글", name="나.pdf")
    with Searcher(corpus) as search:
        assert len(squash("동의를 받지 않았고")) < FEWEST_LETTERS
        assert search.quote("동의를 받지 않았고").grade is Grade.ABSENT
        place = search.quote("동의를 받지 않았고", one).places[0]
        assert [(each.quoted, each.stands) for each in place.differences] == [("않았고", "않았다")]
        assert search.quote("동의를 받지 않았고", other).grade is Grade.ABSENT
        assert search.quote("동의가", one).grade is Grade.ALTERED  # two letters of three
        assert search.quote("의가", one).grade is Grade.ABSENT
        assert search.quote("뷁", one).grade is Grade.ABSENT


def test_what_is_hidden_or_withheld_is_never_near(corpus: Corpus, write: Write) -> None:
    write("숨긴 문서에는 홍길동이 반대하였다고 적혀 있다", name="가.pdf", release="갑")
    seen = write("다른 문서", name="나.pdf", release="을")
    text = "연락처는 홍길동 과장이며 회의는 열리지 않았다"
    hidden = Withheld(5, 11, (0.0, 0.0, 1.0, 1.0))
    with corpus.store.writing() as record:
        record.pages([replace(corpus.store.page(seen, 1), fingerprint="2", text=text, withheld=(hidden,))])
        record.change(seen, "read")
    for index in (None, ScanIndex(corpus.store)):
        with Searcher(corpus, Audience(frozenset({"을"})), index=index) as search:
            assert search.quote("숨긴 문서에는 홍길순이 반대하였다고 적혀").grade is Grade.ABSENT
            place = search.quote("연락처는 홍길동 과장이며 회의는 열리지 않았음").places[0]
            assert "홍길동" not in place.text
            assert not any("홍길" in each.stands for each in place.differences)


def test_hanja_and_its_reading_differ(corpus: Corpus, write: Write) -> None:
    write("女性의 權利를 보호하여야 한다는 의견")
    with Searcher(corpus) as search:
        assert search.quote("여성").grade is Grade.ABSENT
        assert search.quote("女性").grade is Grade.EXACT
        found = search.quote("여성의 權利를 보호하여야 한다는 의견").places[0]
        assert [(each.quoted, each.stands) for each in found.differences] == [("여성의", "女性의")]


# -- the line between altered and absent


def changed(text: str, at: int, count: int) -> str:
    return text[:at] + "".join(OTHERS[:count]) + text[at + count :]


@pytest.mark.parametrize("length", [12, 30, 90, 300])
def test_two_letters_in_three_must_stand_there(corpus: Corpus, write: Write, length: int) -> None:
    text = "".join(SYLLABLES[:length])
    write(text)
    with Searcher(corpus) as search:
        assert search.quote(changed(text, length - length // 3, length // 3)).grade is Grade.ALTERED
        assert search.quote(changed(text, length - length // 3 - 1, length // 3 + 1)).grade is Grade.ABSENT


@pytest.mark.parametrize("length", [12, 13, 20, 31, 32, 64, 100, 300])
def test_one_unbroken_stretch_must_stand_there(corpus: Corpus, write: Write, length: int) -> None:
    text = "".join(SYLLABLES[:length])
    write(text)
    stretch = unbroken(length)

    def broken(into: int) -> str:
        return "".join(OTHERS[at] if at % (into + 1) == into else char for at, char in enumerate(text))

    with Searcher(corpus) as search:
        assert search.quote(broken(stretch)).grade is Grade.ALTERED
        assert search.quote(broken(stretch - 1)).grade is Grade.ABSENT


def test_the_passage_may_be_half_as_long_again(corpus: Corpus, write: Write) -> None:
    write("".join([*SYLLABLES[:6], *OTHERS[:6], *SYLLABLES[6:12]]), name="가.pdf")
    write("".join([*SYLLABLES[20:26], *OTHERS[:7], *SYLLABLES[26:32]]), name="나.pdf")
    with Searcher(corpus) as search:
        assert search.quote("".join(SYLLABLES[:12])).grade is Grade.ALTERED
        assert search.quote("".join(SYLLABLES[20:32])).grade is Grade.ABSENT


def test_twelve_letters_and_no_fewer(corpus: Corpus, write: Write) -> None:
    text = "".join(SYLLABLES[:12])
    write(text)
    with Searcher(corpus) as search:
        assert search.quote(changed(text, 6, 1)).grade is Grade.ALTERED
        assert search.quote(changed(text, 6, 1)[1:]).grade is Grade.ABSENT


def test_other_words_are_absent(corpus: Corpus, write: Write) -> None:
    write(PAPER)
    with Searcher(corpus) as search:
        for quote in ("전혀 관계 없는 말을 아무렇게나 적어 본다", "the committee will meet again next Tuesday"):
            assert search.quote(quote).grade is Grade.ABSENT


@pytest.mark.parametrize("length", range(4, 400))
def test_a_stretch_that_counts_holds_a_piece_wherever_it_begins(length: int) -> None:
    wanted, stretch = "".join(map(chr, range(0x4E00, 0x4E00 + length))), unbroken(length)
    last = list(rounds(wanted))[-1]
    assert all(wanted[piece.at : piece.at + len(piece.text)] == piece.text for piece in last)
    assert len(last) <= 17
    for start in range(length - stretch + 1):
        assert any(start <= piece.at and piece.at + len(piece.text) <= start + stretch for piece in last)


def test_the_table_of_the_manual_is_true() -> None:
    manual = (ROOT / "docs" / "quotations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \|$", manual, re.MULTILINE)
    assert len(rows) > 4
    for length, standing, stretch in rows:
        assert (int(standing), int(stretch)) == (-(-2 * int(length) // 3), unbroken(int(length)))


# -- words, by themselves

WORDS = [
    "동의를",
    "받지",
    "않고",
    "법무부는",
    "1억",
    "7천만",
    "face",
    "image",
    "2019년",
    "(정의)",
    "10~20건",
    "각",
    "홍길동",
]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)
)
def test_differences_account_for_every_letter(ours: list[str], its: list[str]) -> None:
    quote, text = " ".join(ours), "\n".join(its)
    found = differences(Sides(quote, squashed(quote), text, squashed(text)))
    if squash(quote) == squash(text):
        assert all(each.grade < Grade.ALTERED for each in found)
        return
    assert any(each.grade is Grade.ALTERED for each in found)
    mine, other = squash(quote), squash(text)
    for each in found:  # taking out what differs leaves the same letters on both sides
        a, b = mine.find(squash(each.quoted)), other.find(squash(each.stands))
        assert a >= 0
        assert b >= 0
    left = len(mine) - sum(len(squash(each.quoted)) for each in found if each.grade is Grade.ALTERED)
    same = len(other) - sum(len(squash(each.stands)) for each in found if each.grade is Grade.ALTERED)
    assert left == same


def test_a_page_alone_can_be_read_from_a_notebook(corpus: Corpus) -> None:
    page = Page("d", 1, "f", "동의를 받지 않고")
    assert (
        differences(Sides("동의를 받고", squashed("동의를 받고"), page.text, squashed(page.text)))[0].kind
        is Kind.NEGATION
    )
