"""What every play is: an exercise that unfolds move by move, and whose answer is the log of its moves."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias, final

from cep_toolkit.checking.answer import Fields
from cep_toolkit.checking.exercise import MOST_INPUTS, Exercise
from cep_toolkit.checking.kept_play import from_plain
from cep_toolkit.checking.kinds import Log
from cep_toolkit.checking.kinds.log import MOST_MOVES, Move
from cep_toolkit.checking.reading import Parsed
from cep_toolkit.checking.referee import Referee
from cep_toolkit.errors import CourseError

if TYPE_CHECKING:
    from cep_toolkit.checking.game import Game

LOG = "log"
"""The one field of every play."""


@dataclass(frozen=True)
class Offer:
    """What may be done now.

    Parameters
    ----------
    text : str
        What the participant is asked, as markdown.
    fields : Mapping[str, Kind]
        The parts of a move, at most twelve inputs in all.
    facts : Mapping[str, Any]
        What can be seen now, as plain values: a function that plays by itself goes on with them. A copy; it may be
        changed.
    button : str
        What the form's button says.
    turn : int
        How many moves were made before; the engine sets it.
    """

    text: str
    fields: Fields
    facts: Mapping[str, Any] = field(default_factory=dict)
    button: str = ""
    turn: int = 0


Strategy: TypeAlias = Callable[[Offer], object]
"""A way of playing: from what is seen to the next move."""


class Step(NamedTuple):
    """Where a move leads.

    Parameters
    ----------
    state
        The new state.
    shown : str
        What the move brought, as markdown.
    """

    state: Any
    shown: str = ""


class Play(Exercise):
    """An exercise that unfolds: a subclass says what may be done, what follows, and what the end is worth.

    A state is a frozen dataclass of plain values, and every method here is pure: the same arguments give the same, and
    nothing that is passed in is changed. ``reference`` returns a ``Strategy``, and so does ``compute`` of every
    misconception; neither is given a world, so that a log is marked without one. A strategy sees the offers alone.

    Attributes
    ----------
    question_type : type
        The frozen dataclass that ``candidates`` yields.
    most_moves : int
        No play of it is longer.
    enough : float
        The share of the reference's worth from which an outcome is right.
    """

    question_type: ClassVar[type]
    most_moves: ClassVar[int] = 60
    enough: ClassVar[float] = 1.0

    def __init__(self) -> None:
        super().__init__()
        if not isinstance(getattr(self, "question_type", None), type):
            raise CourseError(self.name, "It has no question_type.", "Name the dataclass that candidates() yields.")
        if not (1 <= self.most_moves <= MOST_MOVES and 0 < self.enough <= 1):
            raise CourseError(
                self.name, "most_moves or enough is out of range.", f"Give 1 to {MOST_MOVES}, and above 0 to 1."
            )

    # What an author writes ------------------------------------------------------------------------------------

    @abstractmethod
    def start(self, question: Any) -> Any:
        """Return the state in which the play begins."""

    @abstractmethod
    def offer(self, question: Any, state: Any) -> Offer | None:
        """Return what may be done now; ``None`` at the end."""

    @abstractmethod
    def step(self, question: Any, state: Any, move: Move, referee: Referee) -> Step:
        """Return where a move that was on offer leads; the referee tells what the move earned."""

    @abstractmethod
    def tell(self, question: Any, state: Any) -> str:
        """Return what can be seen now, as markdown; at the end, the outcome."""

    @abstractmethod
    def worth(self, question: Any, state: Any) -> float:
        """Return what an end is worth, lawful procedure and fairness included."""

    def earns(self, question: Any, state: Any, move: Move) -> Collection[str]:
        """Return the names of the hidden results that a move earns."""
        return ()

    def hidden(self, world: Any, truth: Any, question: Any) -> Mapping[str, Any]:
        """Return everything that the referee may answer: name -> plain value."""
        return {}

    def barren(self, question: Any, hidden: Mapping[str, Any]) -> str:
        """Return why a question's hidden results teach too little, or nothing; asked before anything is played."""
        return ""

    def remark(self, question: Any, state: Any, best: Any) -> str:
        """Return one or two sentences on an end, beside the end of the reference's play; plain text."""
        return ""

    # What the engine does with it -----------------------------------------------------------------------------

    @final
    def fields(self, question: Any) -> Fields:
        """Return the one field: the log."""
        return {LOG: Log("Your moves", self.most_moves)}

    @final
    def answer_fields(self, world: Any, truth: Any, question: Any) -> Fields:
        """Return the log held against the rules, with a referee who knows the truth."""
        return self._ruled(self.game(world, truth, question))

    @final
    def hopeless(self, question: Any, fields: Fields) -> str:
        """Return what ``barren`` says."""
        log: Any = fields[LOG]
        return self.barren(question, log.rules.hidden)

    @final
    def handed_in(self, function: object) -> Parsed[object]:
        """Return the function itself: it is the way to play."""
        return Parsed(function)

    @final
    def game(self, world: Any, truth: Any, question: Any) -> Game:
        """Return the play with its question and its referee."""
        from cep_toolkit.checking.game import Game

        return Game(self, question, self.hidden(world, truth, question) if self.referee else {})

    @final
    def kept_fields(self, kept: Mapping[str, Any]) -> Fields:
        """Return the fields that read, replay and score a log, from what ``Game.kept`` gave.

        Raises
        ------
        CourseError
            It has another shape.
        """
        if set(kept) != {"question", "hidden"} or not isinstance(kept["hidden"], Mapping):
            raise CourseError(self.name, "What is kept of its play has another shape.", "Make the key again.")
        from cep_toolkit.checking.game import Game

        question = from_plain(self.question_type, kept["question"], self.name)
        return self._ruled(Game(self, question, kept["hidden"]))

    def checked_offer(self, question: Any, state: Any, turn: int) -> Offer | None:
        """Return the offer of a turn after counting its inputs.

        Raises
        ------
        CourseError
            It has no input, or more than a screen holds; or the play is longer than ``most_moves``.
        """
        offer = self.offer(question, state)
        if offer is None:
            return None
        if turn >= self.most_moves:
            raise CourseError(self.name, f"It has no end after {turn} moves.", "Let offer() return None, in time.")
        inputs = sum(kind.inputs for kind in offer.fields.values())
        if not 1 <= inputs <= MOST_INPUTS:
            raise CourseError(self.name, f"Turn {turn + 1} has {inputs} inputs.", f"Offer 1 to {MOST_INPUTS}.")
        return replace(offer, turn=turn)

    def _ruled(self, game: Game) -> Fields:
        return {LOG: Log("Your moves", self.most_moves, game)}
