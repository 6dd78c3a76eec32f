"""What the help says, as sections of plain data: how to ask, which keys there are, what the words here mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ui.web.examples import Example

Part = dict[str, Any]

# Each is one of docs/query-language.md; where it finds nothing in the corpus, one that does is shown in its place.
QUERIES: dict[str, tuple[str, ...]] = {
    "both": ("안면인식 동의",),
    "either": ("안면인식 OR 얼굴인식", "안면인식|얼굴인식"),
    "without": ("동의 -철회", "동의 NOT 철회"),
    "parentheses": ("(출입국 OR 공항) 인식",),
    "phrase": ('"동의를 받지 않고"',),
    "gap": ('"동의를 * 않았다"',),
    "near": ('"동의 제공"~10',),
    "exactly": ("=card", "title:=report"),
    "beginning": ("식별*", "ident*"),
    "sign": ('"5 %"', '증가율 "-5%"'),
    "pattern": ("/제[0-9]+조의[0-9]/",),
}
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title:추진계획", "title:추진 title:계획"),
    "agency": ('agency:"과학기술정보통신부"', "-agency:법무부"),
    "release": ("release:2021",),
    "file": ("file:보고*",),
    "date": ("date:2019", "date:2019-04", "date:2019..2021", "date:..2020-12-31"),
    "page": ("page:3", "page:3..5"),
    "figure": ("figure:1억7천만", "figure:1.6억..1.8억"),
    "mention": ("mention:2019-04",),
    "others": ("type:pdf", "lang:en consent", "has:withheld"),
    "scope": ("scope:document 안면인식 동의",),
}
WORDS = ("korean", "latin", "number", "signs", "all_words", "case", "minus", "bridge", "spellings", "some", "refused")
RESULTS = ("save", "report", "numbers", "like", "batch")
ANYWHERE: dict[str, tuple[str, ...]] = {"to_search": ("/",), "to_help": ("?",), "close": ("Esc",)}
FINDING: dict[str, tuple[str, ...]] = {"next_hit": ("J",), "previous_hit": ("K",), "open_hit": ("Enter",)}
READER: dict[str, tuple[str, ...]] = {
    "next_page": ("J", "→", "PageDown"),
    "previous_page": ("K", "←", "PageUp"),
    "next_match": ("N",),
    "previous_match": ("P",),
    "highlight": ("H",),
    "note": ("M",),
    "tag": ("T",),
    "correct": ("E",),
    "check": ("V",),
    "copy_quotation": ("Y",),
    "copy_citation": ("Shift+Y",),
    "go_to_page": ("G",),
    "find_here": ("F",),
    "zoom": ("+", "−"),
    "fit": ("0",),
    "outline": ("O",),
    "facts": ("I",),
    "text_view": ("X",),
    "layers": ("L",),
    "next_table": ("Shift+T",),
}
COMPARING: dict[str, tuple[str, ...]] = {
    "next_difference": ("N",),
    "previous_difference": ("P",),
    "next_pair": ("J",),
    "previous_pair": ("K",),
    "zoom": ("+", "−"),
    "text_view": ("X",),
}
ANNOTATED: dict[str, tuple[str, ...]] = {
    "next_annotation": ("J",),
    "previous_annotation": ("K",),
    "open_annotation": ("Enter",),
}
GRADES = ("exact", "spacing", "typography", "altered", "absent")
BASES = ("text_layer", "ocr", "corrected", "checked")
STEPS = ("select", "copy", "permanent", "check_quote", "check_citation")
STATES = ("searchable", "by_ocr", "in_part", "not_searchable", "withheld")
NEXT_STEPS = ("encrypted", "unreadable", "needs_ocr", "timed_out")
MARKING = ("mark", "revise", "stay", "carry")


def sections(texts: dict[str, str], examples: Mapping[str, list[Example]]) -> list[Part]:
    """Return the sections of the help, each with its parts; `examples` has some for each of QUERIES and FIELDS."""

    def section(name: str, *parts: Part) -> Part:
        return {"id": name, "title": texts[name], "lead": texts[f"{name}_lead"], "parts": list(parts)}

    def part(kind: str, title: str | None, rows: list[Any]) -> Part:
        return {"kind": kind, "title": texts[title] if title else None, "rows": rows}

    def keys(title: str, pressed: dict[str, tuple[str, ...]]) -> Part:
        return part(
            "keys", title, [{"keys": list(each), "text": texts[f"key_{name}"]} for name, each in pressed.items()]
        )

    def examples_of(title: str, asked: dict[str, tuple[str, ...]]) -> Part:
        rows = [{"examples": [list(q) for q in examples[name]], "text": texts[f"query_{name}"]} for name in asked]
        return part("examples", title, rows)

    terms, lines = _rows(texts)
    return [
        section(
            "queries",
            examples_of("queries_words", QUERIES),
            examples_of("queries_fields", FIELDS),
            part("list", "queries_meaning", lines("word", WORDS)),
        ),
        section("results", part("list", None, lines("result", RESULTS))),
        section(
            "keys",
            keys("keys_anywhere", ANYWHERE),
            keys("keys_finding", FINDING),
            keys("keys_reader", READER),
            keys("keys_comparing", COMPARING),
            keys("keys_annotated", ANNOTATED),
        ),
        section(
            "grades",
            part("terms", "grades_words", terms("grade", GRADES)),
            part("terms", "bases", terms("basis", BASES)),
        ),
        section("citing", part("steps", None, lines("cite", STEPS))),
        section("marking", part("list", None, lines("mark", MARKING))),
        section(
            "unsearchable",
            part("terms", "states", terms("state", STATES)),
            part("list", "next_steps", lines("next", NEXT_STEPS)),
        ),
    ]


def _rows(
    texts: dict[str, str],
) -> tuple[Callable[[str, tuple[str, ...]], list[Part]], Callable[[str, tuple[str, ...]], list[str]]]:
    """Return what makes rows of named texts: a term with its meaning, and a plain line."""

    def terms(kind: str, names: tuple[str, ...]) -> list[Part]:
        return [{"name": texts[f"{kind}_{name}"], "text": texts[f"{kind}_{name}_means"]} for name in names]

    def lines(kind: str, names: tuple[str, ...]) -> list[str]:
        return [texts[f"{kind}_{name}"] for name in names]

    return terms, lines
