"""Every error the package raises on purpose: one root, one class for each condition.

A message names the thing, gives the rule, and says what to do next.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping


class CepError(Exception):
    """Root of all errors of this package; its text is meant for people."""


def nearest(value: object, valid: Iterable[str]) -> str:
    """Return the valid word closest to ``value``, or an empty string.

    Examples
    --------
    >>> nearest("practicioner", ["foundation", "practitioner"])
    'practitioner'
    """
    words = list(valid)
    folded = {word.casefold(): word for word in words}
    close = difflib.get_close_matches(str(value).casefold(), folded, n=1, cutoff=0.5)
    return folded[close[0]] if close else ""


class UnknownValueError(CepError):
    """A word that is not among the words known here."""

    def __init__(
        self, what: str, value: object, valid: Iterable[str], *, also: str = "", near: Mapping[str, str] | None = None
    ) -> None:
        """Say what is valid; ``also`` tells of more than can be listed, ``near`` gives the word meant by each other."""
        words = list(valid)
        meant = {word: word for word in words} if near is None else near
        guess = meant.get(nearest(value, meant))
        hint = f' Did you mean "{guess}"?' if guess else ""
        more = f"; {also}" if also else ""
        super().__init__(f'{what} "{value}" is not known.{hint} Valid: {", ".join(words)}{more}.')


class WrongTypeError(CepError):
    """A value of the wrong type."""

    def __init__(self, what: str, value: object, expected: str) -> None:
        super().__init__(f"{what} must be {expected}; {value!r} is {type(value).__name__}.")


class OutOfRangeError(CepError):
    """A value of the right type outside what is allowed."""

    def __init__(self, what: str, value: object, allowed: str) -> None:
        super().__init__(f"{what} is {value}; allowed is {allowed}.")


class CourseError(CepError):
    """A mistake of the course's author, never of a participant."""

    def __init__(self, where: str, rule: str, remedy: str) -> None:
        super().__init__(f"{where}: {rule} {remedy}")


class InputFileError(CepError):
    """A file that cannot be used as it is."""

    def __init__(self, file: object, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {problem} {remedy}")


class StorageError(CepError):
    """A folder or disk that cannot be written."""

    def __init__(self, path: object, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem} {remedy}")
