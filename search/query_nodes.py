"""The nodes of a query: what parse() returns, what every engine and page reads. All are frozen and hashable.

docs/query-language.md says what each construct means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

TEXT_FIELDS = ("title", "agency", "release", "file")  # of documents: hold a word or phrase as a page does
NAME_FIELDS = ("label", "tag")  # of pages: are this word or phrase, all of it, or with * begin so
CHOICES = {
    "type": (),  # any: pdf, hwp, docx …
    "lang": ("ko", "en"),
    "basis": ("text", "ocr", "corrected", "checked"),
    "unit": ("page", "slide", "sheet", "section", "message", "image"),
    "has": ("table", "withheld", "ocr", "annotation"),
}
FIELDS = (*TEXT_FIELDS, "date", "page", "scope", *CHOICES, "confidence", *NAME_FIELDS, "figure", "mention")
SCOPES = ("document", "page")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, without blanks; `exact` (typed =word) is found as typed only, capital letters included."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """The text between double quotation marks, raw but for the blanks at both ends."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text` (typed text*)."""

    text: str


@dataclass(frozen=True, slots=True)
class Gapped:
    """Phrases that follow each other on one page; between two, for each * up to search.near.GAP words.

    `stars` counts the * after each of `parts` but the last, 1 or more.
    """

    parts: tuple[str, ...]
    stars: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Two or more different words in any order, in a stretch of a page with at most `within` further words."""

    words: tuple[Word, ...]
    within: int


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression over the visible text of a page, as typed between slashes."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRange:
    """Statements of a number that may be from `low` to `high`, both included, as decimals; None is open.

    `unit` is the one they must have, None any or none. With `close` (typed figure:=) only statements of about this
    value, not ranges and bounds that happen to hold it.
    """

    low: str | None
    high: str | None
    unit: str | None = None
    close: bool = False


@dataclass(frozen=True, slots=True)
class MentionRange:
    """Dates in the text from `first` to `last`, both included: 2019, 2019-04, 2019-04-22, --04-22; None is open."""

    first: str | None
    last: str | None


Leaf: TypeAlias = Word | Phrase | Prefix
Findable: TypeAlias = Leaf | Gapped | Near | Expression | FigureRange | MentionRange


@dataclass(frozen=True, slots=True)
class TextField:
    """The field `name`, one of TEXT_FIELDS or NAME_FIELDS, holds (or is) this word or phrase."""

    name: str
    value: Leaf


@dataclass(frozen=True, slots=True)
class Choice:
    """The field `name`, a key of CHOICES, has this value, in small letters."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates from `first` to `last`, both included; ISO prefixes (2019, 2019-04, 2019-04-22), None is open."""

    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages from number `first` to `last`, both included, counted from 1; None is open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class ConfidenceRange:
    """Pages read by OCR with a confidence from `first` to `last`, both included, 0 to 1; None is open."""

    first: float | None
    last: float | None


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more children, none of them an And."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more children, none of them an Or."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What the child does not match."""

    child: Node


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole query, its parts found anywhere in one `unit` ("document"); only ever the root."""

    unit: str
    child: Node


Node: TypeAlias = Findable | TextField | Choice | DateRange | PageRange | ConfidenceRange | And | Or | Not | Scope


def positive_leaves(node: Node) -> tuple[Findable, ...]:
    """Return, in order, what is to be marked in a page: nothing under a Not, nothing of a field."""
    match node:
        case Word() | Phrase() | Prefix() | Gapped() | Near() | Expression() | FigureRange() | MentionRange():
            return (node,)
        case And(children) | Or(children):
            return tuple(leaf for child in children for leaf in positive_leaves(child))
        case Scope(_, child):
            return positive_leaves(child)
        case _:
            return ()
