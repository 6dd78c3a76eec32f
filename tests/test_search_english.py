"""Stems of English inflections, by the examples of Porter's own paper (1980), steps 1a to 1c and 5a."""

from __future__ import annotations

import pytest

from search.english import stem

PORTER = {
    # 1a
    "caresses": "caress",
    "ponies": "poni",
    "ties": "ti",
    "caress": "caress",
    "cats": "cat",
    # 1b
    "feed": "feed",
    "agreed": "agre",
    "plastered": "plaster",
    "bled": "bled",
    "motoring": "motor",
    "sing": "sing",
    # 1b, what -ed and -ing took is given back
    "conflated": "conflat",
    "troubled": "troubl",
    "sized": "size",
    "hopping": "hop",
    "tanned": "tan",
    "falling": "fall",
    "hissing": "hiss",
    "fizzed": "fizz",
    "failing": "fail",
    "filing": "file",
    # 1c
    "happy": "happi",
    "sky": "sky",
    # 5a
    "probate": "probat",
    "rate": "rate",
    "cease": "ceas",
}


@pytest.mark.parametrize(("word", "stemmed"), PORTER.items())
def test_porters_own_examples(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    "forms",
    [
        ("image", "images", "imaged", "imaging"),
        ("identify", "identifies", "identified"),
        ("collect", "collects", "collected", "collecting"),
        ("stop", "stops", "stopped", "stopping"),
        ("policy", "policies"),
        ("agree", "agrees", "agreed", "agreeing"),
        ("provide", "provides", "provided", "providing"),
        ("release", "releases", "released", "releasing"),
        ("use", "uses", "used", "using"),
        ("age", "ages", "aged"),
        ("add", "adds", "added", "adding"),
        ("rate", "rates", "rated", "rating"),
        ("process", "processes", "processed", "processing"),
    ],
    ids=lambda forms: forms[0],
)
def test_inflections_share_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("university", "universe"),
        ("policy", "police"),
        ("one", "on"),
        ("use", "us"),
        ("care", "car"),
        ("plane", "plan"),
        ("king", "kin"),
    ],
)
def test_relatives_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["", "a", "is", "as", "5,764", "A4", "안면인식", "cafés", "x2s", "naïveties"])
def test_what_is_no_english_word_comes_back_as_it_is(word: str) -> None:
    assert stem(word) == word
