"""A short code that brings back how far somebody is: statuses only, no answers.

The statuses are written as one number in the 23 signs below, three check signs behind it. A check sign is a weighted
sum modulo the prime 23: since every weight differs from zero and from the others, one wrong sign, or two signs of the
number exchanged, always changes the first sum (the principle of ISO/IEC 7064; J. Verhoeff, Error Detecting Decimal
Codes, 1969). The notebook, the world and the edition of the code go into all three sums, so that the code of another
one is refused, but for one in twelve thousand.

The order of a notebook's exercises only ever grows at its end: a code written down last year is still right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from cep_toolkit.checking import messages
from cep_toolkit.checking.reading import Parsed, RefusedError, guarded, single, word
from cep_toolkit.checking.result import Status

SIGNS = "23456789ACDEFHJKMPRTWXY"
"""No two of these are easily taken for each other, by hand or over the telephone: no 0 and O, 1, I and L, M and N."""
BASE = len(SIGNS)
LOOKS_LIKE = str.maketrans("ZSGBN", "2568M", " -\t\n\r\u00a0\u2010\u2011\u2012\u2013\u2014_.")
GROUP = 4
CHECKS = 3
MOST_EXERCISES = 30
MOST_SIGNS = 20 + CHECKS
"""Thirty statuses fill twenty signs; up to twenty-one, all weights differ."""
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
EDITION = 1
EXAMPLE = "T89C"


def resume_code(statuses: Iterable[Status], owner: str = "") -> str:
    """Return the code of statuses in the notebook's order.

    Parameters
    ----------
    statuses : iterable of Status
        One for each exercise, ``MOST_EXERCISES`` at most.
    owner : str
        What the code belongs to: notebook and world.

    Examples
    --------
    >>> resume_code([Status.CORRECT, Status.PARTLY])
    'T89C'
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

    Case, spaces and hyphens do not matter; Z is read as 2, S as 5, G as 6, B as 8, N as M.

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
    >>> read_resume_code("t 89-c", 3).value
    [<Status.CORRECT: 'correct'>, <Status.PARTLY: 'partly'>, <Status.NOT_ATTEMPTED: 'not attempted'>]
    >>> read_resume_code("t98c", 3).problem.split(".")[0]
    'This code does not fit here'
    """

    def read() -> list[Status]:
        signs = _signs(raw)
        body, checks = signs[:-CHECKS], signs[-CHECKS:]
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
    text = "" if value is None else word(value).upper().translate(LOOKS_LIKE)
    if not text:
        raise RefusedError(messages.CODE_EMPTY.format(example=EXAMPLE))
    if unknown := [letter for letter in text if letter not in SIGNS]:
        raise RefusedError(messages.CODE_LETTER.format(letter=unknown[0]))
    if not CHECKS <= len(text) <= MOST_SIGNS:
        raise RefusedError(messages.CODE_WRONG)
    return [SIGNS.index(letter) for letter in text]


def _checks(body: list[int], owner: str) -> list[int]:
    """Return the check signs: sums weighted with 2, 3, ..., counted from the end, with their squares and cubes."""
    salt = hashlib.sha256(f"{EDITION} {owner}".encode()).digest()
    places = list(enumerate(reversed(body), start=2))
    return [
        (salt[power] + len(body) + sum(weight**power * sign for weight, sign in places)) % BASE
        for power in range(1, CHECKS + 1)
    ]
