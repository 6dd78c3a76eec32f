"""The bridge between Korean and English: the words of a query in the other language, from a glossary.

The glossary (search/glossary/glossary.tsv, and `glossary.tsv` in the folder of a corpus for what its users add) holds
concepts with their forms in both languages. Words of a query that follow each other and are a form of a concept are
looked for in its other forms as well; what was added is told, and can be left out. Nothing is added inside quotation
marks, to =words and words*, in fields and under a NOT: there a query means what it says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus.errors import UsageError
from corpus.folding import squash
from search.english import stem
from search.query import And, Node, Or, Word
from search.word_runs import with_runs_replaced

OWN = "glossary.tsv"  # in the folder of a corpus
_HEAD = re.compile(r"# gongmun glossary (\d+)")
_LATIN = re.compile(r"[^\W\d_]+", re.ASCII)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]+")
# Particles after a noun; what is left must itself be a form of the glossary.
_PARTICLE = re.compile(r"(?:에서|에게|으로|까지|부터|이나|[을를이가은는의에로와과도만])\Z")
_LONGEST = 12  # words of a form
# Acronyms that are words as well are looked for in capitals alone, which takes reading the pages.
_ALSO_WORDS = frozenset({"AID", "APIS", "FAR", "ICE", "IT", "MODS", "SAFE", "UN", "US", "WHO"})


@dataclass(frozen=True, slots=True)
class Concept:
    """What a line of a glossary says: forms of one concept, Korean ones first; where that is taken from."""

    korean: tuple[str, ...]
    english: tuple[str, ...]
    kind: str
    source: str

    @property
    def forms(self) -> tuple[str, ...]:
        return self.korean + self.english


@dataclass(frozen=True, slots=True)
class Bridged:
    """Words of a query, `typed`, and the forms that were looked for beside them."""

    typed: str
    added: tuple[str, ...]


class Glossary:
    """Concepts by their forms."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._by_key: dict[str, list[Concept]] = {}
        for concept in self.concepts:
            for form in concept.forms:
                held = self._by_key.setdefault(key_of(form.split()), [])
                if concept not in held:
                    held.append(concept)

    @classmethod
    def of(cls, folder: Path | None = None) -> Glossary:
        """Return the glossary of this program, with that of a corpus.

        Raises:
            UsageError: the corpus's own, or a line of it, cannot be read.
        """
        own = folder / OWN if folder else None
        if own is None or not own.exists():
            return cls(_own_concepts())
        try:
            text = own.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{own} cannot be read; save it as text in UTF-8, or take it away.") from error
        return cls([*_own_concepts(), *read(text, own.name)])

    def named(self, words: Sequence[str]) -> tuple[Concept, ...]:
        """Return the concepts that some words are a form of; none where they are none."""
        concepts = self._by_key.get(key_of(words), ())
        if not concepts and (bare := _PARTICLE.sub("", words[-1])) != words[-1]:
            concepts = self._by_key.get(key_of([*words[:-1], bare]), ())
        return tuple(concepts)


def key_of(words: Sequence[str]) -> str:
    """Return what is the same for all ways to write a form: its letters, Latin words by their stem.

    An acronym is itself in capitals: who is not the WHO.
    """
    if len(words) == 1 and _ACRONYM.fullmatch(words[0]):
        return words[0]
    parts = (part for word in words for part in re.split("[-/·]", unicodedata.normalize("NFKC", word)))
    return "".join(stem(part.lower()) if _LATIN.fullmatch(part) else squash(part) for part in parts)


def read(text: str, name: str) -> Iterator[Concept]:
    """Yield the concepts of a glossary: lines of Korean, English, kind and source, forms separated by |.

    Kind and source may be left out; lines that begin with # are remarks.

    Raises:
        UsageError: a line has not both languages.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        korean, english, kind, source = [*line.split("\t"), "", "", ""][:4]
        concept = Concept(_forms(korean), _forms(english), kind.strip() or "term", source.strip())
        if not concept.korean or not concept.english:
            raise UsageError(f"Line {number} of {name} has not two columns; write Korean, a tab, and English.")
        yield concept


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(form for part in unicodedata.normalize("NFC", cell).split("|") if squash(form := part.strip()))


@cache
def _built_in() -> str:
    return files("search").joinpath("glossary/glossary.tsv").read_text("utf-8")


@cache
def _own_concepts() -> tuple[Concept, ...]:
    return tuple(read(_built_in(), "glossary.tsv"))


def version() -> str:
    """Return the version of this program's glossary."""
    found = _HEAD.match(_built_in())
    return found[1] if found else ""


def bridged(node: Node, glossary: Glossary, without: frozenset[str] = frozenset()) -> tuple[Node, tuple[Bridged, ...]]:
    """Return a tree in which words are also looked for in their other forms, and what was added to which.

    `without` are words or forms to leave alone, as `Bridged` tells them, case aside.
    """
    told: dict[str, Bridged] = {}
    left_out = frozenset(form.casefold() for form in without)

    def other(words: Sequence[Word]) -> list[Node] | None:
        typed = " ".join(word.text for word in words)
        concepts = glossary.named([word.text for word in words])
        known = {key_of(typed.split()), key_of([*typed.split()[:-1], _PARTICLE.sub("", words[-1].text)])}
        forms = dict.fromkeys(form for concept in concepts for form in concept.forms)
        added = tuple(form for form in forms if key_of(form.split()) not in known and form.casefold() not in left_out)
        if not added or typed.casefold() in left_out:
            return None
        told[typed] = Bridged(typed, added)
        return [Or((as_typed(words, concepts), *(word for form in added for word in _sought(form))))]

    def as_typed(words: Sequence[Word], concepts: Sequence[Concept]) -> Node:
        """Return the words themselves; those of a term, unlike those of a name, each with its own other forms."""
        if len(words) == 1:
            return words[0]
        names = any(concept.kind != "term" for concept in concepts)
        return And(tuple(each for word in words for each in ((not names and other([word])) or [word])))

    return with_runs_replaced(node, _LONGEST, other), tuple(told.values())


def _sought(form: str) -> Iterator[Word]:
    """Yield what finds a form in a page: Korean however it is spaced, English in singular and plural."""
    if _ACRONYM.fullmatch(form):
        yield Word(form, exact=form in _ALSO_WORDS)
        return
    yield Word(form)
    *first, last = form.split()
    if first and _LATIN.fullmatch(last):  # one word alone is found in its inflections anyway
        yield Word(" ".join([*first, _plural(last)]))


def _plural(word: str) -> str:
    if re.search("(?:s|x|ch|sh)$", word):
        return word + "es"
    return re.sub("y$", "ies", word) if re.search("[^aeiou]y$", word) else word + "s"
