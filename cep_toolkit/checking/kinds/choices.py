"""Answers chosen from a list: one of, several of, and a ranking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, islice

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind, overlap
from cep_toolkit.checking.reading import (
    MOST_ITEMS,
    RefusedError,
    choice,
    listed,
    many,
    single,
    word,
    words,
)


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
        return float(value == reference)

    def say(self, value: str) -> str:
        return self.options[value]

    @property
    def inputs(self) -> int:
        return 1


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
        How many may be chosen. With ``at_least=0`` an empty list is an answer.

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
        if isinstance(raw, str) and raw.casefold() in {label.casefold() for label in self.options.values()}:
            raw = [raw]  # a label may itself hold a comma
        found = {choice(text, self.options) for text in words(raw)}
        if not found and (self.at_least or raw is None or isinstance(raw, str)):
            return None
        if len(found) < self.at_least:
            raise RefusedError(messages.TOO_FEW.format(least=self.at_least, count=len(found)))
        if self.at_most is not None and len(found) > self.at_most:
            raise RefusedError(messages.TOO_MANY.format(most=self.at_most, count=len(found)))
        return [key for key in self.options if key in found]

    def score(self, value: list[str], reference: list[str]) -> float:
        return overlap(value, reference)

    def say(self, value: list[str]) -> str:
        return "; ".join(self.options[key] for key in value) or "none"

    @property
    def inputs(self) -> int:
        return len(self.options)

    def remark(self, value: list[str], reference: list[str]) -> str:
        return messages.SOME_RIGHT.format(right=len(set(value) & set(reference)), count=len(value))


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
        place = {key: number for number, key in enumerate(value)}
        pairs = [place[first] < place[second] for first, second in combinations(reference, 2)]
        return max(0.0, 2 * sum(pairs) / len(pairs) - 1)

    def say(self, value: list[str]) -> str:
        return "; ".join(f"{place}. {self.options[key]}" for place, key in enumerate(value, start=1))

    @property
    def inputs(self) -> int:
        return len(self.options)

    def remark(self, value: list[str], reference: list[str]) -> str:
        right = sum(ours == theirs for ours, theirs in zip(value, reference, strict=True))
        return messages.PLACES_RIGHT.format(right=right, count=len(reference))


def _in_order(raw: object) -> list[str]:
    """Return the words of a ranking: a list, ``{option: place}``, or a text cut at ``>``, ``;`` or ``,``."""
    if isinstance(raw, Mapping):
        places = {word(single(place)): key for key, place in islice(raw.items(), MOST_ITEMS) if single(place)}
        if len(places) < sum(single(place) is not None for place in raw.values()):
            raise RefusedError(messages.RANK_ONCE)
        raw = [places[place] for place in sorted(places, key=float)]
    elif many(raw) is None and isinstance(text := single(raw), str):
        raw = [re.sub(r"^\d+\s*[.)]\s*", "", part.strip()) for part in re.split("[>;]" if re.search("[>;]", text) else ",", text)]
    return words(raw)
