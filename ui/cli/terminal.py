"""What goes to the terminal: UTF-8 always, and document text that cannot command it.

Text of documents, file names and titles pass through `safe` and are printed as `rich.text.Text`, so that neither
escape sequences nor rich's own markup in them mean anything. Rich is imported when something is printed.
"""

from __future__ import annotations

import io
import json
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDE = 10_000  # columns where there is no terminal: a file or a pipe gets each passage on one line

_COMMANDING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls but tab and line feed: ANSI escapes start with one
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, overrides and isolates of writing direction
    "\u2028\u2029\ufff9-\ufffb\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_HYPHEN = "\ufffe"  # a line-end hyphen in canonical text


def speak_utf8() -> None:
    """Make the standard streams UTF-8 whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def safe(text: str, lines: bool = False) -> str:
    """Return text of the same length without characters that command a terminal; one line unless `lines`."""
    text = _COMMANDING.sub("\ufffd", text).replace(_HYPHEN, "-")
    return text if lines else text.replace("\n", " ").replace("\t", " ")


def out() -> Console:
    """Return the console that answers go to."""
    return _console(stderr=False)


def err() -> Console:
    """Return the console that messages and progress go to."""
    return _console(stderr=True)


def _console(stderr: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else WIDE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, legacy_windows=False)


def say(text: str) -> None:
    """Tell the person something, on standard error."""
    err().print(safe(text, lines=True))


def line(console: Console, *parts: tuple[str, str] | str, indent: int = 0) -> None:
    """Print one paragraph of plain and styled parts, wrapped within its indent."""
    from rich.padding import Padding

    console.print(Padding(text(*parts), (0, 0, 0, indent), expand=False))


def headed(console: Console, lead: str, *parts: tuple[str, str] | str) -> None:
    """Print a paragraph that begins with a number, say, and is wrapped beside it."""
    from rich.text import Text

    for at, row in enumerate(text(*parts).wrap(console, max(20, console.width - len(lead)))):
        console.print(Text(lead if at == 0 else " " * len(lead), "dim").append_text(row))


def unwrapped(console: Console, *parts: tuple[str, str] | str) -> None:
    """Print what is to be copied and pasted: no line end is put in."""
    console.print(text(*parts), soft_wrap=True)


def text(*parts: tuple[str, str] | str) -> Text:
    """Return parts, each a text or a text with its style, made safe and joined."""
    from rich.text import Text

    made = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        made.append(safe(words), style)
    return made


def marked(words: str, spans: list[tuple[int, int]], console: Console, style: str = "bold red") -> Text:
    """Return a text with spans marked: by style, or by «» where there is no colour. The spans are in order."""
    from rich.text import Text

    plain = console.no_color or console.color_system is None
    made, done = Text(), 0
    for start, end in spans:
        made.append(safe(words[done:start]))
        made.append(f"«{safe(words[start:end])}»" if plain else safe(words[start:end]), style)
        done = end
    made.append(safe(words[done:]))
    return made


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON document; what could command a terminal is written as \\u escapes."""
    made = json.dumps(value, ensure_ascii=False, indent=1)
    print_plain(re.sub(rf"{_COMMANDING.pattern}|{_HYPHEN}", _escaped, made))


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", errors="surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def print_plain(words: str) -> None:
    """Print text as it is, without wrapping."""
    sys.stdout.write(words if words.endswith("\n") else words + "\n")
    sys.stdout.flush()
