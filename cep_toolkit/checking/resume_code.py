"""A short code that brings back how far somebody is: statuses only, no answers.

The statuses are written as one number, in the 31 signs below, behind it two check signs. The check signs are
weighted sums modulo the prime 31: since every weight differs from zero and from the others, one wrong sign, or two
signs exchanged, always changes the first sum (the principle of ISO/IEC 7064 and of J. Verhoeff, Error Detecting
Decimal Codes, 1969). The notebook and the world go into both sums, so a code of another one is refused.

The order of a notebook's exercises only ever grows at its end: a code written down last year is still right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from cep_toolkit.checking import messages
from cep_toolkit.checking.reading import Parsed, RefusedError, guarded, single
from cep_toolkit.checking.result import Status

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXY"
BASE = len(SIGNS)
LOOKS_LIKE = str.maketrans("OILUZ", "011V2", " -\t\n\r\u00a0\u2010\u2011\u2012\u2013\u2014_.")
GROUP = 4
MOST_SIGNS = 28
CODED = (
    Status.NOT_ATTEMPTED,
    Status.NOT_YET,
    Status.PARTLY,
    Status.CORRECT,
    Status.RECORDED,
    Status.NOT_MARKED,
)
"""The statuses in a code, by their number; new ones are added at the end, up to eight."""
STEP = 8


def resume_code(statuses: Iterable[Status], owner: str = "") -> str:
    """Return the code of statuses in the notebook's order.

    Parameters
    ----------
    statuses : iterable of Status
        One for each exercise, 40 at most.
    owner : str
        What the code belongs to: notebook and world.

    Examples
    --------
    >>> resume_code([Status.CORRECT, Status.PARTLY])
    'KJP'
    """
    number = 0
    for status in reversed(list(statuses)):
        number = number * STEP + (CODED.index(status) if status in CODED else 0)
    signs: list[int] = []
    while number:
        number, rest = divmod(number, BASE)
        signs.insert(0, rest)
    whole = "".join(SIGNS[sign] for sign in (*signs, *_checks(signs, owner)))
    return "-".join(whole[place : place + GROUP] for place in range(0, len(whole), GROUP))


def read_resume_code(raw: object, count: int, owner: str = "") -> Parsed[list[Status]]:
    """Read a code as people type it, without ever raising.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1, U as V, Z as 2.

    Parameters
    ----------
    raw : object
        What was typed.
    count : int
        How many exercises the notebook has; those that came after the code was made are *not attempted*.
    owner : str
        What the code must belong to.

    Examples
    --------
    >>> read_resume_code("kjp", 3).value
    [<Status.CORRECT: 'correct'>, <Status.PARTLY: 'partly'>, <Status.NOT_ATTEMPTED: 'not attempted'>]
    >>> read_resume_code("kjq", 3).problem.split(".")[0]
    'This code does not fit'
    """

    def read() -> list[Status]:
        signs = _signs(raw)
        body, checks = signs[:-2], signs[-2:]
        number = 0
        for sign in body:
            number = number * BASE + sign
        numbers = [number // STEP**place % STEP for place in range(count)]
        fits = not number // STEP**count and (not body or body[0]) and max(numbers, default=0) < len(CODED)
        if checks != _checks(body, owner) or not fits:
            raise RefusedError(messages.CODE_WRONG)
        return [CODED[place] for place in numbers]

    return guarded(read)


def _signs(raw: object) -> list[int]:
    value = single(raw)
    text = str(value if value is not None else "").upper().translate(LOOKS_LIKE)
    if not text:
        raise RefusedError(messages.CODE_EMPTY.format(example="KJP"))
    if unknown := [letter for letter in text if letter not in SIGNS]:
        raise RefusedError(messages.CODE_LETTER.format(letter=unknown[0]))
    if not 2 <= len(text) <= MOST_SIGNS:
        raise RefusedError(messages.CODE_WRONG)
    return [SIGNS.index(letter) for letter in text]


def _checks(body: list[int], owner: str) -> list[int]:
    """Return the two check signs; the weights 2, 3, ... and their squares belong to places counted from the end."""
    salt = hashlib.sha256(owner.encode()).digest()
    places = list(enumerate(reversed(body), start=2))
    first = (salt[0] + len(body) + sum(weight * sign for weight, sign in places)) % BASE
    second = (salt[1] + sum(weight * weight * sign for weight, sign in places) + first) % BASE
    return [first, second]
