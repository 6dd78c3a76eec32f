"""Syllables to words, and the second opinion on what may be in the other script."""

from corpus.model import Box
from ingest.ocr_second import better
from ingest.ocr_words import Piece, confidence_of, letters_of, words_of


def line(*parts: tuple[str, float], joined: str = "") -> list[Piece]:
    """Return pieces 20 pixels wide, side by side; those named in `joined` without a blank before them."""
    return [
        Piece(text, (25.0 * at, 0.0, 25.0 * at + 20, 20.0), confidence, text in joined.split())
        for at, (text, confidence) in enumerate(parts)
    ]


def texts(lines: list[list[Piece]]) -> list[str]:
    return [" ".join(word.text for word in each) for each in words_of(lines)]


def test_syllables_are_joined_where_the_line_has_no_blank() -> None:
    (words,) = words_of([line(("분", 90), ("담", 70), ("한다.", 95), ("또", 92), joined="담 한다.")])
    assert [word.text for word in words] == ["분담한다.", "또"]
    assert words[0].box == (0, 0, 70, 20)
    assert words[0].confidence == (90 + 70 + 3 * 95) / 5


def test_rules_and_specks_are_no_words() -> None:
    assert texts([line(("|", 40), ("갑", 90), ("—", 30)), line(("_", 20))]) == ["갑"]


def test_sure_signs_stay() -> None:
    assert texts([line(("-", 90), ("갑", 90))]) == ["- 갑"]


def test_confidence_counts_letters() -> None:
    words = words_of([line(("가나다", 90), ("라", 50), ("-", 70))])
    assert letters_of(words) == 4
    assert confidence_of(words) == (3 * 90 + 50) / 4
    assert confidence_of([]) == 0


def second(language: str, given: list[Piece], answer: list[Piece]) -> tuple[list[str], list[Box]]:
    asked: list[Box] = []

    def read_again(box: Box) -> list[list[Piece]]:
        asked.append(box)
        return [answer]

    return texts(better([given], language, read_again)), asked


def test_a_number_that_is_none_is_read_again() -> None:
    given = line(("과제", 95), ("656", 80), ("경영", 95))
    assert second("kor", given, line(("ESG", 90)))[0] == ["과제 ESG 경영"]


def test_a_particle_stays_joined_to_what_was_read_again() -> None:
    given = line(("656", 40), ("를", 95), joined="를")
    assert second("kor", given, line(("ESG", 90)))[0] == ["ESG를"]


def test_several_words_side_by_side_are_read_together() -> None:
    given = line(("2481", 30), ("다1006『", 30), ("장치", 95))
    found, asked = second("kor", given, line(("Dual", 95), ("Chamber", 95)))
    assert found == ["Dual Chamber 장치"]
    assert asked == [(0, 0, 45, 20)]


def test_sure_numbers_and_syllables_are_left_alone() -> None:
    given = line(("2021", 95), ("년", 95), ("예산", 92), joined="년")
    assert second("kor", given, line(("ESG", 99))) == (["2021년 예산"], [])


def test_a_reading_less_sure_or_without_letters_changes_nothing() -> None:
    given = line(("과제", 95), ("656", 80))
    for answer in (line(("ESG", 70)), line(("6.56", 99)), line(("l", 99)), []):
        assert second("kor", given, answer)[0] == ["과제 656"]


def test_artificial_intelligence() -> None:
    """AI looks like a syllable to the Korean model, and like Al to the English one."""
    assert second("kor", line(("시", 60), ("기반", 95)), line(("Al", 96)))[0] == ["AI 기반"]
    assert second("kor", line(("시", 92), ("기반", 95)), line(("Al", 96)))[0] == ["시 기반"]
    assert second("kor", line(("지", 20), ("기반", 95)), line(("Al", 96)))[0] == ["지 기반"]


def test_korean_on_an_english_page() -> None:
    given = line(("Ministry", 95), ("HSS", 20), ("AA", 20))
    assert second("eng", given, line(("법무부", 93)))[0] == ["Ministry 법무부"]


def test_looking_in_vain_ends() -> None:
    given = line(*[(f"1{at}{at}", 50.0) if at % 2 else ("가나", 95.0) for at in range(100)])
    asked = second("kor", given, [])[1]
    assert len(asked) == 12
