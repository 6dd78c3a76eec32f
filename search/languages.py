"""The language of a page, by the share of its letters; digits, signs and letters of other scripts do not count.

Korean where at least a quarter of the letters are Hangul or hanja, English where at least half are Latin: a page with
as much of both is both, a page without letters neither. Withheld text does not count.
"""

from __future__ import annotations

import numpy as np

from corpus.model import Page

_KOREAN = ((0x1100, 0x11FF), (0x3131, 0x318E), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF))
_LATIN = ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
_KO, _EN = 0.25, 0.5  # the least share of the letters


def languages(page: Page) -> frozenset[str]:
    """Return the languages of a page: ko, en, both or none."""
    points = np.frombuffer(page.visible.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    korean, latin = (
        sum(int(np.count_nonzero((points >= first) & (points <= last))) for first, last in script)
        for script in (_KOREAN, _LATIN)
    )
    letters = korean + latin
    shares = {"ko": (korean, _KO), "en": (latin, _EN)}
    return frozenset(name for name, (number, least) in shares.items() if number and number >= least * letters)
