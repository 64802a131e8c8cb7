"""One play with its question and its referee: replaying a log, running a strategy, telling ways of playing apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cep_toolkit.checking import messages
from cep_toolkit.checking.answer import read_answer
from cep_toolkit.checking.doors import has_blank, run_door
from cep_toolkit.checking.kept_play import to_plain
from cep_toolkit.checking.kinds.log import Move
from cep_toolkit.checking.play import Offer, Play, Strategy
from cep_toolkit.checking.reading import RefusedError
from cep_toolkit.checking.referee import Referee
from cep_toolkit.errors import CourseError

ALIKE = 0.8
"""From this share of its moves on, a log follows a strategy."""


SCALARS = frozenset({str, int, float, bool, type(None)})


def copied(value: Any) -> Any:
    """Return a copy of plain values, its own down to the last list; ``copy.deepcopy`` takes five times as long.

    Examples
    --------
    >>> facts = {"left": ["A", "B"]}
    >>> copied(facts)["left"].remove("A")
    >>> facts
    {'left': ['A', 'B']}
    """
    if type(value) in SCALARS:  # most are
        return value
    if isinstance(value, Mapping):
        return {name: copied(part) for name, part in value.items()}
    return [copied(part) for part in value] if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True)
class Turn:
    """One move that was made.

    Parameters
    ----------
    offer : Offer
        What could be done.
    move : dict
        What was done.
    shown : str
        What it brought, as markdown.
    revealed : bool
        Whether it earned a hidden result.
    """

    offer: Offer
    move: Move
    shown: str
    revealed: bool

    def say(self) -> str:
        """Return the move in words."""
        return "; ".join(f"{kind.label}: {kind.say(self.move[name])}" for name, kind in self.offer.fields.items())


@dataclass(frozen=True)
class Played:
    """How far a play has come.

    Parameters
    ----------
    state
        As the play's author made it.
    offer : Offer or None
        What may be done next; ``None`` at the end.
    turns : tuple of Turn
        What was done, in order.
    """

    state: Any
    offer: Offer | None
    turns: tuple[Turn, ...] = ()

    @property
    def moves(self) -> list[Move]:
        """The log, its own copy."""
        return [copied(turn.move) for turn in self.turns]

    @property
    def revealed(self) -> bool:
        """Whether any hidden result was shown."""
        return any(turn.revealed for turn in self.turns)


@dataclass(frozen=True)
class Game:
    """The rules that a log is held against; it lives inside a check alone.

    Parameters
    ----------
    play : Play
    question
        As it was posed.
    hidden : Mapping[str, Any]
        What the referee may answer.
    """

    play: Play
    question: Any = field(repr=False)
    hidden: Mapping[str, Any] = field(repr=False)
    _ways: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def begin(self) -> Played:
        """Return the play before its first move."""
        state = self.play.start(self.question)
        return Played(state, self.play.checked_offer(self.question, state, 0))

    def after(self, played: Played, raw: object) -> Played:
        """Return the play after one more move, or refuse the move with a sentence."""
        turn = len(played.turns) + 1
        if played.offer is None:
            raise RefusedError(messages.PLAY_OVER)
        move, problem = read_answer(played.offer.fields, raw)
        if move is None:
            raise RefusedError(messages.TURN.format(turn=turn, problem=problem or messages.NOTHING_YET))
        earned = tuple(self.play.earns(self.question, played.state, move))
        step = self.play.step(self.question, played.state, copied(move), Referee(self.hidden, earned))
        done = Turn(played.offer, move, step.shown, bool(earned))
        return Played(step.state, self.play.checked_offer(self.question, step.state, turn), (*played.turns, done))

    def replay(self, moves: list[Move]) -> Played:
        """Return the play after moves that were on offer, or refuse the first that was not."""
        played = self.begin()
        for move in moves:
            played = self.after(played, move)
        return played

    def run(self, strategy: object) -> list[Move] | None:
        """Return the moves of a function from beginning to end; ``None`` for an empty one or an open blank."""
        played = self.begin()
        while played.offer is not None:
            move, problem = self._asked(strategy, played.offer)
            turn = len(played.turns) + 1
            if problem or (move is None and turn > 1):
                raise RefusedError(messages.TURN.format(turn=turn, problem=problem or messages.NO_MOVE))
            if move is None or has_blank(strategy):
                return None
            played = self.after(played, move)
        return played.moves

    def read(self, moves: list[Move]) -> list[Move]:
        """Return the moves of a whole play as it takes them, or refuse them."""
        played = self.replay(moves)
        if played.offer is not None:
            raise RefusedError(messages.PLAY_OPEN.format(made=len(played.turns)))
        return played.moves

    def score(self, value: list[Move], reference: list[Move]) -> float:
        """Return the worth beside the reference's, 0 to 1; 1 from ``enough`` on."""
        ours, best = (self.play.worth(self.question, self.replay(moves).state) for moves in (value, reference))
        if best <= 0:
            return float(value == reference)
        return 1.0 if ours >= self.play.enough * best else max(0.0, ours / best)

    def same_way(self, value: list[Move], wanted: list[Move]) -> bool:
        """Return whether two logs follow the same mistaken way."""
        way = self.way(wanted)
        return bool(way) and self.way(value) == way

    def way(self, moves: list[Move]) -> str:
        """Return the name of the misconception whose strategy the moves follow; empty where none, or the reference's.

        At every turn each strategy is asked what it would have done there.
        """
        log = json.dumps(moves)
        if log not in self._ways:
            self._ways[log] = self._way(moves)
        return self._ways[log]

    def _way(self, moves: list[Move]) -> str:
        turns = self.replay(moves).turns
        best = self._share(turns, self.play.reference(None, None, self.question))
        found = ""
        for mistake in self.play.misconceptions:
            share = self._share(turns, mistake.compute(None, self.question))
            if share >= ALIKE and share > best:
                found, best = mistake.name, share
        return found

    def remark(self, value: list[Move], reference: list[Move]) -> str:
        """Return what the author says of an end."""
        ours, best = (self.replay(moves).state for moves in (value, reference))
        return self.play.remark(self.question, ours, best)

    def say(self, moves: list[Move]) -> str:
        """Return the moves in words, with their numbers."""
        turns = self.replay(moves).turns
        return " ".join(f"{number}. {turn.say()}." for number, turn in enumerate(turns, start=1))

    def kept(self) -> dict[str, Any]:
        """Return as plain JSON what a marker needs to replay a log without the world: question and hidden results."""
        return {"question": to_plain(self.question), "hidden": to_plain(dict(self.hidden))}

    def _asked(self, strategy: object, offer: Offer) -> tuple[object, str]:
        """Ask a function for its next move; the facts are its own copy."""
        return run_door(strategy, replace(offer, facts=copied(offer.facts)))

    def _share(self, turns: tuple[Turn, ...], strategy: Strategy | object) -> float:
        """Return how much of some moves a strategy would have made in their places."""
        if not turns:
            return 0.0
        return sum(self._likeness(turn, strategy) for turn in turns) / len(turns)

    def _likeness(self, turn: Turn, strategy: Strategy | object) -> float:
        raw, problem = self._asked(strategy, turn.offer)
        move, refused = read_answer(turn.offer.fields, raw)
        if move is None:
            trouble = problem or refused or messages.NO_MOVE
            raise CourseError(self.play.name, f"A strategy fails in turn {turn.offer.turn + 1}: {trouble}", "Mend it.")
        scores = [kind.score(turn.move[name], move[name]) for name, kind in turn.offer.fields.items()]
        return sum(scores) / len(scores)
