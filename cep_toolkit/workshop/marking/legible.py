"""Names that strangers chose, fit for a screen, a page and a spreadsheet."""

from __future__ import annotations

import unicodedata

LONGEST = 80
_PLAIN = " ._-()/"


def legible(name: str) -> str:
    """Return a name of letters, digits and a few plain signs, short enough for a line; every other sign as ``?``.

    Nothing in it can start a formula in the middle of a cell, be markup, steer a terminal or turn the reading order.

    Examples
    --------
    >>> legible("P07/submission.json"), legible("a;=1+1<b>.json"), len(legible("x" * 999))
    ('P07/submission.json', 'a??1?1?b?.json', 80)
    """
    text = "".join(sign if _is_plain(sign) else "?" for sign in name[: LONGEST + 1])
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _is_plain(sign: str) -> bool:
    return sign in _PLAIN or unicodedata.category(sign)[0] in "LMN"
