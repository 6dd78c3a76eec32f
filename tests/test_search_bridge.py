"""Words of a query in the other language."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from corpus.errors import UsageError
from search.bridge import OWN, Glossary, bridged, key_of, read, version
from search.query import And, Not, Or, Phrase, Word, parse


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.of()


def added(query: str, glossary: Glossary, *without: str) -> dict[str, tuple[str, ...]]:
    return {each.typed: each.added for each in bridged(parse(query), glossary, frozenset(without))[1]}


def test_the_glossary_is_whole(glossary: Glossary) -> None:
    assert int(version()) >= 1
    assert len(glossary.concepts) >= 400
    held: dict[str, str] = {}
    for concept in glossary.concepts:
        assert concept.kind in ("agency", "statute", "term"), concept
        assert concept.source, concept
        for form in concept.korean:
            assert unicodedata.is_normalized("NFC", form)
            assert form == form.strip()
            assert held.setdefault(form, concept.korean[0]) == concept.korean[0], form  # in one concept only


@pytest.mark.parametrize(
    ("query", "typed", "form"),
    [
        ("법무부", "법무부", "Ministry of Justice"),
        ("MOJ", "MOJ", "법무부"),
        ("Ministry of Justice", "Ministry of Justice", "법무부"),
        ("ministry of justice consent", "consent", "동의"),
        ("consents", "consents", "동의"),  # inflections
        ("동의를", "동의를", "consent"),  # a particle
        ("개인정보 보호 위원회", "개인정보 보호 위원회", "PIPC"),  # however it is spaced
        ("개인정보보호위원회", "개인정보보호위원회", "PIPC"),
        ("동의 OR 감사", "감사", "audit"),
        ("scope:document 동의", "동의", "consent"),
        ("-법무부 동의", "동의", "consent"),
    ],
)
def test_forms_are_added(glossary: Glossary, query: str, typed: str, form: str) -> None:
    assert form in added(query, glossary)[typed]


@pytest.mark.parametrize(
    "query", ['"동의"', "=consent", "consen*", "-consent", "title:동의", "moj", "who", "가나다라", "미동의"]
)
def test_a_query_that_says_exactly_what_it_means_is_left_alone(glossary: Glossary, query: str) -> None:
    tree = parse(query)
    assert bridged(tree, glossary) == (tree, ())


def test_the_longest_form_wins_and_the_rest_of_the_query_stays(glossary: Glossary) -> None:
    tree, told = bridged(parse('"출입국" Ministry of Justice -회의'), glossary)
    assert isinstance(tree, And)
    first, second, last = tree.children
    assert (first, last) == (Phrase("출입국"), Not(Word("회의")))
    assert isinstance(second, Or)
    assert second.children[:2] == (And((Word("Ministry"), Word("of"), Word("Justice"))), Word("법무부"))
    assert Word("MOJ") in second.children
    assert [each.typed for each in told] == ["Ministry of Justice"]


def test_an_acronym_that_is_a_word_too_is_looked_for_in_capitals(glossary: Glossary) -> None:
    tree, _ = bridged(parse("세계보건기구"), glossary)
    assert isinstance(tree, Or)
    assert Word("WHO", exact=True) in tree.children


def test_what_was_added_can_be_left_out(glossary: Glossary) -> None:
    assert "동의" not in added("동의 법무부", glossary, "동의")
    assert "MOJ" not in added("법무부", glossary, "moj")["법무부"]
    assert added("법무부", glossary, *added("법무부", glossary)["법무부"]) == {}


def test_a_corpus_has_words_of_its_own(tmp_path: Path) -> None:
    (tmp_path / OWN).write_text(
        "# 우리 말\n\n식별추적시스템 | 식별추적 체계\tidentification and tracking system | AITS\n", "utf-8"
    )
    glossary = Glossary.of(tmp_path)
    assert added("AITS", glossary)["AITS"][0] == "식별추적시스템"
    assert "AITS" in added("식별추적 시스템", glossary)["식별추적 시스템"]
    assert "consent" in added("동의", glossary)["동의"]


def test_a_line_without_both_languages_is_named() -> None:
    with pytest.raises(UsageError, match=r"Line 2 of mine\.tsv has not two columns"):
        list(read("가\ta\n나\n", "mine.tsv"))


def test_a_glossary_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / OWN).write_bytes("동의\tconsent\n".encode("cp949"))
    with pytest.raises(UsageError, match=r"glossary\.tsv cannot be read; save it as text in UTF-8"):
        Glossary.of(tmp_path)


def test_keys() -> None:
    assert key_of(["face", "images"]) == key_of(["Face-image"])
    assert key_of(["WHO"]) != key_of(["who"])
    assert key_of(["개인정보", "보호법"]) == key_of(["개인정보보호법"])
