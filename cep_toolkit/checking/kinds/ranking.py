"""An answer that puts options in order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind
from cep_toolkit.checking.reading import RefusedError, choice, listed, pairs, single, split, word, words

_NUMBERING = re.compile(r"^\s*\d+\s*[.)]\s*")


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
