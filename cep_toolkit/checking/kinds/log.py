"""An answer that is a log of moves: what somebody did in a play, in order."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind
from cep_toolkit.checking.reading import RefusedError, many, pairs, single, word

Move: TypeAlias = dict[str, Any]
"""Field's name -> canonical value of what was done in one turn."""

MOST_MOVES = 200
MOST_LETTERS = 20_000
DEEPEST = 3
LARGEST = 10**15


class Rules(Protocol):
    """What a log is held against: a play with its question and its referee; see ``play.Game``."""

    def run(self, strategy: object) -> list[Move] | None:
        """Return the moves that a function makes from beginning to end."""
        ...

    def read(self, moves: list[Move]) -> list[Move]:
        """Return moves as the play takes them, or refuse them."""
        ...

    def score(self, value: list[Move], reference: list[Move]) -> float:
        """Return how near an outcome is to another."""
        ...

    def same_way(self, value: list[Move], wanted: list[Move]) -> bool:
        """Return whether two logs follow the same way of playing."""
        ...

    def remark(self, value: list[Move], reference: list[Move]) -> str:
        """Return what is told of an outcome."""
        ...

    def say(self, moves: list[Move]) -> str:
        """Return the moves in words."""
        ...

    def kept(self) -> dict[str, Any]:
        """Return as plain JSON what a marker needs of them."""
        ...


@dataclass(frozen=True)
class Log(Kind[list[Move]]):
    """The moves of a play, from its beginning to its end.

    Without rules it reads the shape alone: few enough moves, small enough, plain. With them, each move must be one that
    was on offer, the play must have ended, and a function ``offer -> move`` is a log too: it is run.

    Parameters
    ----------
    label : str
        What the participant reads above the play.
    at_most : int
        How many moves it may have.
    rules : Rules, optional
        Known inside a check alone: they may know what is hidden.

    Examples
    --------
    >>> Log("Your letters", 3).parse([{"letters": ("A", "B")}, {"letters": []}]).value
    [{'letters': ['A', 'B']}, {'letters': []}]
    >>> Log("Your letters", 3).parse("A; B").problem
    'This is not a list of moves. Use the form, or write a function that takes the offer.'
    """

    at_most: int = 60
    rules: Rules | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.at_most <= MOST_MOVES:
            raise self.refuse(f"It takes {self.at_most} moves.", f"Let it take 1 to {MOST_MOVES}.")

    def _read(self, raw: object) -> list[Move] | None:
        if callable(raw):
            if self.rules is None:
                raise RefusedError(messages.NO_REFEREE)
            return self.rules.run(raw)
        moves = self._moves(raw)
        return self.rules.read(moves) if self.rules is not None and moves else moves

    def _moves(self, raw: object) -> list[Move] | None:
        members = None if isinstance(raw, Mapping) else many(raw)
        if members is None:
            if not isinstance(raw, Mapping) and single(raw) is None:
                return None
            raise RefusedError(messages.NOT_MOVES)
        if len(members) > self.at_most:
            raise RefusedError(messages.TOO_MANY_MOVES.format(most=self.at_most, count=len(members)))
        if not all(isinstance(member, Mapping) for member in members):
            raise RefusedError(messages.NOT_MOVES)
        moves = [_plain(member, DEEPEST) for member in members]
        if len(json.dumps(moves)) > MOST_LETTERS:
            raise RefusedError(messages.TOO_MUCH)
        return moves or None

    def score(self, value: list[Move], reference: list[Move]) -> float:
        """Return the worth of the outcome beside the reference's; without rules, whether the moves are the same."""
        return float(value == reference) if self.rules is None else self.rules.score(value, reference)

    def agrees(self, value: list[Move], wanted: list[Move]) -> bool:
        """Return whether both follow one way of playing."""
        return value == wanted or (self.rules is not None and self.rules.same_way(value, wanted))

    def say(self, value: list[Move]) -> str:
        """Return the moves in words; without rules, how many they are."""
        return messages.MOVES_MADE.format(count=len(value)) if self.rules is None else self.rules.say(value)

    def remark(self, value: list[Move], reference: list[Move]) -> str:
        """Return what is told of the outcome."""
        return "" if self.rules is None else self.rules.remark(value, reference)


def _plain(raw: object, depth: int) -> Any:
    """Bring a value down to what JSON holds; what is empty in a mapping is left out."""
    if depth < 0:
        raise RefusedError(messages.UNREADABLE)
    if isinstance(raw, Mapping):
        found = {word(key): _plain(value, depth - 1) for key, value in pairs(raw)}
        return {key: value for key, value in found.items() if value is not None}
    members = many(raw)
    if members is not None:
        return [_plain(member, depth - 1) for member in members]
    value = single(raw)
    if isinstance(value, (int, float)) and not (math.isfinite(value) and abs(value) <= LARGEST):
        raise RefusedError(messages.NOT_FINITE)
    return value if value is None or isinstance(value, (bool, int, float, str)) else word(value)
