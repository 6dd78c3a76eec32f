"""The files of the encodings set, made from the texts of tuning.jsonl and frozen.jsonl: the same bytes every time.

`python -m benchmarks.encodings.build FOLDER` writes them; README.md says what is expected of a reader.
"""

from __future__ import annotations

import codecs
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HALVES = ("tuning", "frozen")
BAD = "\ufffd"
UNICODE = {
    "utf-8": ("utf-8", b""),
    "utf-8-bom": ("utf-8", codecs.BOM_UTF8),
    "utf-16-le": ("utf-16-le", b""),
    "utf-16-be": ("utf-16-be", b""),
    "utf-16-le-bom": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be-bom": ("utf-16-be", codecs.BOM_UTF16_BE),
}
LINE_ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


@dataclass(frozen=True, slots=True)
class Case:
    """A file and what is right for it.

    `outcome`: text | damaged | refused | empty. `text`: the canonical text (line ends as LF, no byte order mark; `None`
    where none is expected). `encodings`: names that are right. `refusal_ok`: refusing with a reason is no mistake.
    """

    name: str
    half: str
    data: bytes
    outcome: str
    text: str | None
    encodings: tuple[str, ...]
    source: str
    made: str
    refusal_ok: bool = False

    def line(self) -> dict[str, Any]:
        """Return the case as expected.jsonl lists it; the text is named by its id, so that halves stay apart."""
        return {
            "file": self.name,
            "half": self.half,
            "outcome": self.outcome,
            "encodings": list(self.encodings),
            "source": self.source,
            "made": self.made,
            "refusal_ok": self.refusal_ok,
            "bytes": len(self.data),
        }


def make(folder: Path) -> list[Case]:
    """Write every file into `folder` and return the cases in the order of expected.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    made = list(cases())
    for case in made:
        (folder / case.name).write_bytes(case.data)
    return made


def cases() -> Iterator[Case]:
    """Yield all cases, tuning first."""
    for half in HALVES:
        rows = [json.loads(line) for line in (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]
        for row in rows:
            yield from _of_text(half, row)
        yield from _damaged(half, [row for row in rows if "text" in row])
        yield from _refused(half, rows)


def text_of(row: dict[str, Any]) -> str:
    """Return the text of a line of tuning.jsonl or frozen.jsonl, its long form written out."""
    if "text" in row:
        return str(row["text"])
    return "".join(part.replace("{n}", str(n)) for times, part in row["parts"] for n in range(1, times + 1))


def _of_text(half: str, row: dict[str, Any]) -> Iterator[Case]:
    text = text_of(row)
    for at, (name, encoding, mark) in enumerate(_encodings(text)):
        ends = ("lf", "crlf", "lf", "crlf", "cr")[(int(row["id"][1:]) + at) % 5] if "\n" in text else "lf"
        yield Case(
            name=f"{row['id']}-{name}-{ends}.{row['kind']}",
            half=half,
            data=mark + text.replace("\n", LINE_ENDS[ends]).encode(encoding),
            outcome="text",
            text=text,
            encodings=_names(name, text),
            source=row["id"],
            made=f"{name} {ends}",
            refusal_ok=_too_short(name, text),
        )


def _encodings(text: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, codec and mark of each encoding that can hold the text and says something others do not."""
    for name, (encoding, mark) in UNICODE.items():
        yield name, encoding, mark
    if text.isascii():
        return
    hangul = any("가" <= char <= "힣" for char in text)
    if _fits(text, "cp949"):
        plain = _fits(text, "euc_kr") and text.encode("euc_kr") == text.encode("cp949")
        yield ("euc-kr" if plain else "cp949"), "cp949", b""
        if plain and hangul:
            yield "iso-2022-kr", "iso2022_kr", b""
    if _fits(text, "cp1252"):
        yield "windows-1252", "cp1252", b""


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _names(name: str, text: str) -> tuple[str, ...]:
    plain = name.removesuffix("-bom")
    if plain == "utf-8" and text.isascii() and name == plain:
        return ("utf-8", "ascii")
    if plain == "euc-kr":
        return ("euc-kr", "cp949")
    if plain == "windows-1252" and _fits(text, "latin-1"):
        return ("windows-1252", "iso-8859-1")
    return (plain,)


def _too_short(name: str, text: str) -> bool:
    """Return whether so little stands in the file that "cannot tell" is an honest answer."""
    if name in ("utf-16-le", "utf-16-be"):
        return len(text) < 10 or sum(char.isascii() for char in text) < 2
    if name in ("euc-kr", "cp949", "windows-1252"):
        return sum(not char.isascii() for char in text) < 4 and len(text) < 20
    return False


def _damaged(half: str, rows: list[dict[str, Any]]) -> Iterator[Case]:
    """Files cut in the middle of a character, and files with one bad unit in the middle.

    The text expected has one U+FFFD for each such place, however many a decoder makes of it.
    """
    fit = [row for row in rows if len(row["text"]) >= 20 and _fits(row["text"], "cp949")]
    for at, row in enumerate([row for row in fit if any("가" <= char <= "힣" for char in row["text"])][::2]):
        text = row["text"].rstrip()
        last = max(place for place, char in enumerate(text) if "가" <= char <= "힣")
        middle = len(text) // 2
        names = ("utf-8", "cp949", "utf-16-le-bom")
        for name in (names[at % 3], names[(at + 1) % 3]):
            encoding, mark = UNICODE.get(name, ("cp949", b""))
            whole = mark + text[: last + 1].encode(encoding)
            cut = _damage_case(half, row, name, "cut")
            yield cut(whole[: -1 - (at % 2 if name == "utf-8" else 0)], text[:last] + BAD)
            unit = b"\x00\xdc" if encoding == "utf-16-le" else b"\xff"
            data = mark + text[:middle].encode(encoding) + unit + text[middle:].encode(encoding)
            yield _damage_case(half, row, name, "bad-unit")(data, text[:middle] + BAD + text[middle:])


def _damage_case(half: str, row: dict[str, Any], name: str, how: str) -> Any:
    names = ("cp949", "euc-kr") if name == "cp949" else (name.removesuffix("-bom"),)

    def case(data: bytes, text: str) -> Case:
        file = f"{row['id']}-{name}-{how}.{row['kind']}"
        return Case(file, half, data, "damaged", text, names, row["id"], f"{name} {how}", refusal_ok=True)

    return case


def _refused(half: str, rows: list[dict[str, Any]]) -> Iterator[Case]:
    """Files that are no text in one encoding; and files in encodings nobody promised, where mojibake is the mistake."""
    korean = [row["text"] for row in rows if "text" in row and "ko" in row["scripts"] and _fits(row["text"], "euc_kr")]
    first, second = (text.rstrip() + "\n" for text in korean[2:4])
    noise = random.Random(half).randbytes(2000)
    bodies: list[tuple[str, bytes, str, str | None, tuple[str, ...]]] = [
        ("noise", noise, "refused", None, ()),
        ("zeros", bytes(512 if half == "tuning" else 4097), "refused", None, ()),
        ("cp949-then-utf-8", first.encode("cp949") + second.encode("utf-8"), "refused", first + second, ()),
        ("utf-8-then-cp949", first.encode("utf-8") + second.encode("cp949"), "refused", first + second, ()),
        ("utf-16-then-cp949", first.encode("utf-16") + second.encode("cp949") * 3, "refused", None, ()),
        ("johab", (first + second).encode("johab"), "refused", first + second, ("johab",)),
        ("utf-32", (first + second).encode("utf-32"), "refused", first + second, ("utf-32",)),
        ("ebcdic", (f"{half}: work plan of the ministry " * 4).encode("cp037"), "refused", None, ()),
        ("nothing", b"", "empty", None, ()),
        ("bom-alone", codecs.BOM_UTF8 if half == "tuning" else codecs.BOM_UTF16_LE, "empty", None, ()),
        ("blanks", b" \r\n\t\r\n  " if half == "tuning" else b"\n \n\x0c", "empty", None, ()),
    ]
    for name, data, outcome, text, names in bodies:
        yield Case(f"x-{half}-{name}.txt", half, data, outcome, text, names, "-", name, refusal_ok=True)


def _main(folder: str) -> None:
    made = make(Path(folder))
    lines = [json.dumps(case.line(), ensure_ascii=False) + "\n" for case in made]
    (HERE / "expected.jsonl").write_text("".join(lines), encoding="utf-8")
    print(f"{len(made)} files in {folder}; {HERE / 'expected.jsonl'} written")


if __name__ == "__main__":
    _main(sys.argv[1])
