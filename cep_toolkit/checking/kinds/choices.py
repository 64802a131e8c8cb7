"""Answers chosen from a list: one of, several of, and a ranking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind, overlap, some_right
from cep_toolkit.checking.reading import RefusedError, choice, clean, listed, many, pairs, single, split, word, words

NONE = "none"
_NUMBERING = re.compile(r"^\s*\d+\s*[.)]\s*")


@dataclass(frozen=True)
class OneOf(Kind[str]):
    """One option of a list.

    Parameters
    ----------
    label : str
        What the participant reads beside the input.
    options : Mapping[str, str]
        Short Customs word -> what the form shows.

    Examples
    --------
    >>> kind = OneOf("Next step", {"documents": "Ask for documents", "release": "Release the goods"})
    >>> kind.parse(" Ask for DOCUMENTS ").value
    'documents'
    >>> kind.parse("relaese").problem
    '"relaese" is not one of the choices. Did you mean "release"? Choose from: documents, release.'
    """

    options: Mapping[str, str]

    def __post_init__(self) -> None:
        self.require_options(self.options)

    def _read(self, raw: object) -> str | None:
        value = single(raw, messages.ONE_CHOICE)
        return None if value is None else choice(word(value), self.options)

    def score(self, value: str, reference: str) -> float:
        """Return 1 for the same option, else 0."""
        return float(value == reference)

    def say(self, value: str) -> str:
        """Return what the form shows for the option."""
        return self.options[value]


@dataclass(frozen=True)
class SeveralOf(Kind[list[str]]):
    """Some options of a list, in no order.

    Parameters
    ----------
    label : str
        What the participant reads beside the boxes.
    options : Mapping[str, str]
        Short Customs word -> what the form shows.
    at_least, at_most : int, optional
        How many may be chosen. With ``at_least=0`` an empty list, or the word *none*, is an answer.

    Examples
    --------
    >>> kind = SeveralOf("Facts", {"price": "Price per kg", "origin": "Origin", "route": "Route"})
    >>> kind.parse("Origin, price").value
    ['price', 'origin']
    """

    options: Mapping[str, str]
    at_least: int = 1
    at_most: int | None = None

    def __post_init__(self) -> None:
        self.require_options(self.options)
        if not 0 <= self.at_least <= (self.at_most or len(self.options)) <= len(self.options):
            raise self.refuse("at_least and at_most do not fit the options.", "Make 0 <= least <= most <= options.")

    def _read(self, raw: object) -> list[str] | None:
        if isinstance(raw, str):
            text = clean(raw).casefold()
            if not self.at_least and text == NONE:
                return []
            if text in {label.casefold() for label in self.options.values()}:
                raw = [raw]  # a label may itself hold a comma
        given = (raw or None) if isinstance(raw, Mapping) else many(raw)
        found = {choice(text, self.options) for text in words(raw if given is None else given)}
        if not found and (self.at_least or given is None):
            return None
        if len(found) < self.at_least:
            raise RefusedError(messages.TOO_FEW.format(least=self.at_least, count=len(found)))
        if self.at_most is not None and len(found) > self.at_most:
            raise RefusedError(messages.TOO_MANY.format(most=self.at_most, count=len(found)))
        return [key for key in self.options if key in found]

    def score(self, value: list[str], reference: list[str]) -> float:
        """Return the overlap of both choices: choosing everything earns little."""
        return overlap(value, reference)

    def say(self, value: list[str]) -> str:
        """Return what the form shows for the options, with semicolons."""
        return "; ".join(self.options[key] for key in value) or NONE

    @property
    def inputs(self) -> int:
        """One box for each option."""
        return len(self.options)

    def remark(self, value: list[str], reference: list[str]) -> str:
        """Return how many of the chosen options are right."""
        return some_right(value, reference)


@dataclass(frozen=True)
class Ranking(Kind[list[str]]):
    """All options of a list, put in order, the first first.

    The score is Kendall's tau where it is positive, so that a random order earns about nothing
    (M. G. Kendall, Biometrika 30 (1938) 81).

    Parameters
    ----------
    label : str
        What is to be ranked, and by what.
    options : Mapping[str, str]
        Short Customs word -> what the form shows.

    Examples
    --------
    >>> kind = Ranking("Most urgent first", {"air": "Air", "sea": "Sea", "road": "Road"})
    >>> kind.parse("1. Road > 2. Air > 3. Sea").value, kind.parse({"air": 2, "sea": 3, "road": 1}).value
    (['road', 'air', 'sea'], ['road', 'air', 'sea'])
    """

    options: Mapping[str, str]

    def __post_init__(self) -> None:
        self.require_options(self.options)

    def _read(self, raw: object) -> list[str] | None:
        found = [choice(text, self.options) for text in _in_order(raw)]
        if not found:
            return None
        if len(found) > len(set(found)):
            raise RefusedError(messages.RANK_ONCE)
        if missing := [key for key in self.options if key not in found]:
            raise RefusedError(messages.RANK_ALL.format(count=len(self.options), missing=listed(missing)))
        return found

    def score(self, value: list[str], reference: list[str]) -> float:
        """Return Kendall's tau, or 0 where it is negative."""
        place = {key: number for number, key in enumerate(value)}
        in_order = [place[first] < place[second] for first, second in combinations(reference, 2)]
        return max(0.0, 2 * sum(in_order) / len(in_order) - 1)

    def say(self, value: list[str]) -> str:
        """Return the options with their places."""
        return "; ".join(f"{place}. {self.options[key]}" for place, key in enumerate(value, start=1))

    @property
    def inputs(self) -> int:
        """One place for each option."""
        return len(self.options)

    def remark(self, value: list[str], reference: list[str]) -> str:
        """Return how many options stand in their place."""
        right = sum(ours == theirs for ours, theirs in zip(value, reference, strict=True))
        return messages.PLACES_RIGHT.format(right=right, count=len(reference))


def _in_order(raw: object) -> list[str]:
    """Return the words of a ranking: a list, ``{option: place}``, or a text cut at ``;``, ``>`` or ``,``."""
    if isinstance(raw, Mapping):
        placed = [(float(word(place)), key) for key, cell in pairs(raw) if (place := single(cell)) is not None]
        if len({place for place, _ in placed}) < len(placed):
            raise RefusedError(messages.RANK_ONCE)
        raw = [key for _, key in sorted(placed, key=itemgetter(0))]
    elif isinstance(raw, (set, frozenset)):
        raise RefusedError(messages.RANK_NO_ORDER)
    elif isinstance(raw, str):
        raw = [_NUMBERING.sub("", str(part)) for part in split(raw, ">")]
    return words(raw)
