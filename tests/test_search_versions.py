"""What differs between two versions: pages, words, figures, black boxes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.errors import NotFound
from corpus.model import Audience, Furniture, FurnitureKind, Page, Reason, Redaction, State, Withheld
from search.page_pairs import paired
from search.version_words import matched
from search.versions import Change, ChangeKind, compare, differences
from tests import pdfs
from tests.conftest import Write
from tests.ingests import by_name, ingest


def page(number: int, text: str, *furniture: Furniture) -> Page:
    return Page("가" * 64, number, "f", text, furniture=furniture)


def pages(*texts: str) -> list[Page]:
    return [page(number, text) for number, text in enumerate(texts, start=1)]


def said(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.before.text, each.after.text) for each in changes]


BODY = "법무부는 인천공항 출입국 심사에서 얻은 얼굴 정보 {} 건을 민간 업체에 넘겼다. 담당자는 {} 과장이다."


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (BODY.format("5,764만", "김철수"), BODY.format("5,760만", "김철수"), "figure"),
        (BODY.format("1.7억", "김철수"), BODY.format("17억", "김철수"), "figure"),
        (BODY.format("10 20", "김철수"), BODY.format("1020", "김철수"), "figure"),
        (BODY.format("-5", "김철수"), BODY.format("5", "김철수"), "figure"),
        (BODY.format("수천만", "김○○"), BODY.format("수천만", "김철수"), "unmasked"),
        (BODY.format("수천만", "김철수"), BODY.format("수천만", "김○수"), "masked"),
        (BODY.format("수천만", "███"), BODY.format("수천만", "김철수"), "unmasked"),
        (BODY.format("수천만", "김철수"), BODY.format("수천만", "박영희"), "words"),
        (BODY.format("수천만", "김 철수"), BODY.format("수천만", "김철수"), "spacing"),
        ("○ " + BODY.format("수천만", "김철수"), "- " + BODY.format("수천만", "김철수"), "words"),
    ],
)
def test_kinds_of_change(before: str, after: str, kind: str) -> None:
    (found,) = differences(pages(before), pages(after))[1]
    assert found.kind.value == kind
    for side, text in ((found.before, before), (found.after, after)):
        (span,) = side.passage
        assert " ".join(text[span.start : span.end].split()) == side.text


def test_figures_are_named_with_their_units() -> None:
    (found,) = differences(pages(BODY.format("5,764만", "김")), pages(BODY.format("5,760만", "김")))[1]
    assert (found.before.figures, found.after.figures) == (("5,764만 건",), ("5,760만 건",))


def test_line_ends_and_hyphens_are_no_difference() -> None:
    one = "법무부는 얼굴 사진을 넘겼다 iden\ufffetification system"
    assert differences(pages(one), pages(one.replace(" ", "\n").replace("\ufffe", "")))[1] == ()


def test_text_that_moves_to_the_next_page_is_no_difference() -> None:
    words = [f"낱말{number}" for number in range(300)]
    ours = pages(" ".join(words[:100]), " ".join(words[100:200]), " ".join(words[200:]))
    added = "새로 들어간 문장이 하나 있다."
    theirs = pages(" ".join([added, *words[:90]]), " ".join(words[90:190]), " ".join(words[190:]))
    pairs, changes, _ = differences(ours, theirs)
    assert [(p.one and p.one.number, p.other and p.other.number) for p in pairs] == [(1, 1), (2, 2), (3, 3)]
    assert said(changes) == [("words", "", added)]


def test_a_page_put_in_is_alone() -> None:
    texts = [" ".join(f"{name}{number}" for number in range(40)) for name in ("가", "나", "다")]
    pairs, changes, _ = differences(pages(*texts), pages(texts[0], "전혀 다른 쪽 하나", texts[1], texts[2]))
    assert [(p.one and p.one.number, p.other and p.other.number) for p in pairs] == [(1, 1), (None, 2), (2, 3), (3, 4)]
    assert [p.same for p in pairs] == [True, False, True, True]
    assert said(changes) == [("words", "", "전혀 다른 쪽 하나")]
    assert [span.page for span in changes[0].after.passage] == [2]


def test_equal_pages_stay_in_order() -> None:
    form = ["서식", "이름", "주소"]
    assert paired([form] * 4, [form] * 4) == [(n, n) for n in range(4)]
    assert paired([form, ["가", "나", "다"], form], [form, form]) == [(0, 0), (1, None), (2, 1)]
    assert paired([[], []], [[], [], []]) == [(0, 0), (1, 1), (None, 2)]
    assert paired([], []) == []


def test_every_page_is_in_one_pair_and_in_order() -> None:
    lots = random.Random(7)
    for _ in range(200):
        sides = [[lots.choices("가나다라", k=lots.randint(0, 4)) for _ in range(lots.randint(0, 6))] for _ in range(2)]
        found = paired(*sides)
        for side, given in enumerate(sides):
            assert [pair[side] for pair in found if pair[side] is not None] == list(range(len(given)))


def test_every_word_is_in_a_block_or_a_change() -> None:
    lots = random.Random(3)
    for _ in range(200):
        one, other = (
            [" ".join(lots.choices("가나다라마", k=lots.randint(0, 8))) for _ in range(lots.randint(1, 3))]
            for _ in range(2)
        )
        changes = differences(pages(*one), pages(*other))[1]
        mine, its = (" ".join(texts).split() for texts in (one, other))
        gone = [word for each in changes for word in each.before.text.split()]
        new = [word for each in changes for word in each.after.text.split()]
        assert sorted(mine + new) == sorted(its + gone)


def test_running_heads_and_notes_are_compared_apart() -> None:
    def headed(head: str, number: int) -> Page:
        text = f"{head} 본문은 그대로이다 {number}"
        last = len(text) - len(str(number))
        marks = (Furniture(FurnitureKind.HEAD, 0, len(head)), Furniture(FurnitureKind.NUMBER, last, len(text)))
        return page(1, text, *marks)

    (found,) = differences([headed("대외비", 1)], [headed("공개", 7)])[1]
    assert (found.kind, found.before.text, found.after.text, found.margin) == (
        ChangeKind.WORDS,
        "대외비",
        "공개",
        True,
    )


def test_a_long_paper_that_was_rewritten_is_compared() -> None:
    lots = random.Random(1)
    words = [f"말{n}" for n in range(3000)]
    sides = [pages(*(" ".join(lots.choices(words, k=400)) for _ in range(15))) for _ in range(2)]
    assert len(differences(*sides)[0]) >= 15
    assert matched(words, words) == [(0, 0, 3000)]


def written(path: Path, *draws: pdfs.Draw) -> Path:
    path.parent.mkdir(exist_ok=True)
    return pdfs.make(path, *draws)


LINES = ("The Ministry gave face images to firms.", "Officer in charge: Hong Gildong, Division 3", "End of the letter.")


def test_a_black_box_that_is_gone_shows_what_stood_under_it(corpus: Corpus, tmp_path: Path) -> None:
    masked = (LINES[0], "Officer in charge:", LINES[2])
    box = pdfs.box(155, 108, 300, 124)
    one = written(tmp_path / "가" / "letter.pdf", pdfs.all_of(pdfs.lines(*masked), box))
    moved = ("A sentence put in before all others.", *LINES)
    other = written(tmp_path / "나" / "letter2.pdf", pdfs.lines(*moved))
    ids = {name: each.document for name, each in by_name(ingest(corpus, one, other)).items()}
    found = compare(corpus, ids["가/letter.pdf"] or "", ids["나/letter2.pdf"] or "")
    (gone,) = found.boxes
    assert gone.uncovered
    assert "Gildong" in gone.text
    assert "charge" not in gone.text
    back = compare(corpus, ids["나/letter2.pdf"] or "", ids["가/letter.pdf"] or "")
    assert [(each.uncovered, each.text) for each in back.boxes] == [(False, gone.text)]
    assert not found.same


def boxed(number: int, text: str, boxes: tuple[tuple[float, float, float, float], ...], **more: object) -> Page:
    from corpus.model import Word, Words

    words, at = [], 0
    for place, word in enumerate(text.split(" ")):
        words.append(Word(at, at + len(word), (50.0 + 60 * place, 100.0, 100.0 + 60 * place, 112.0)))
        at += len(word) + 1
    made = tuple(Redaction(box, "black rectangle") for box in boxes)
    size = {"width": 600.0, "height": 800.0}
    return Page("가" * 64, number, "f", text, words=Words.pack(words, **size), redactions=made, **size, **more)  # type: ignore[arg-type]


def test_a_box_that_both_have_is_no_difference() -> None:
    box = (170.0, 98.0, 220.0, 114.0)
    assert differences([boxed(1, "하나 둘", (box,))], [boxed(1, "하나 둘", (box,))])[2] == ()


def test_text_still_withheld_is_not_told() -> None:
    box = (110.0, 98.0, 160.0, 114.0)
    ours = boxed(1, "하나 비밀 셋", (box,))
    theirs = boxed(1, "하나 비밀 셋", (), withheld=(Withheld(3, 5, box),))
    _, changes, boxes = differences([ours], [theirs])
    assert boxes == ()
    told = [each for each in changes if "비밀" in each.after.text]
    assert told == []


def test_who_may_not_see_a_version_cannot_compare_it(corpus: Corpus, write: Write) -> None:
    one, other = write("하나 둘 셋", release="가"), write("하나 둘 넷", name="나.pdf", release="나")
    assert compare(corpus, one, other).changes
    with pytest.raises(NotFound):
        compare(corpus, one, other, Audience(frozenset({"가"})))


def test_pages_not_read_in_full_are_counted(corpus: Corpus, write: Write) -> None:
    one, other = write("하나 둘 셋"), write("하나 둘 셋 ", name="나.pdf")
    with corpus.store.writing() as record:
        unread = {"state": State.NOT_SEARCHABLE, "reason": Reason.NEEDS_OCR}
        record.pages([Page(other, 1, "test-2", "", **unread)])  # type: ignore[arg-type]
    assert compare(corpus, one, other).unread == (0, 1)
