"""The exercises of one notebook, posed and marked in one world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Answer, Exercise, Expected, Fields, NoCaseError, Play, Result, Status
from cep_toolkit.checking import messages as said
from cep_toolkit.checking.reading import guarded, shown, single, word
from cep_toolkit.course import messages, opening
from cep_toolkit.course.catalogue import Chapter
from cep_toolkit.errors import UnknownValueError

if TYPE_CHECKING:
    from cep_toolkit.checking.game import Game
    from cep_toolkit.world import World


class Posing:
    """Poses each exercise once, and asks for the truth anew at each check: it is never kept here.

    Parameters
    ----------
    chapter : Chapter
        The notebook's exercises.
    world : World
        Where they are posed.
    """

    def __init__(self, chapter: Chapter, world: World) -> None:
        self._chapter, self._world = chapter, world
        self._questions: dict[str, Any] = {}

    def exercise(self, name: object) -> Exercise:
        """Return the exercise of a name that a participant gave.

        Raises
        ------
        UnknownValueError
            There is no such exercise here.
        """
        text = guarded(lambda: shown(word(single(name)))).value or ""
        if text not in self._chapter.exercises:
            raise UnknownValueError("exercise", text, self._chapter.exercises)
        return self._chapter.exercises[text]

    def question(self, exercise: Exercise) -> Any:
        """Return the question posed in this world."""
        if exercise.id not in self._questions:
            self._questions[exercise.id] = exercise.pose(self._world, self._truth(exercise))
        return self._questions[exercise.id]

    def obstacle(self, exercise: Exercise) -> str:
        """Say why own data or a real administration's world cannot pose an exercise, or no referee is here.

        In an invented world that is an error of the course, which is raised.
        """
        own = self._world.is_own_data
        if exercise.referee and self._truth(exercise) is None:
            return said.NO_REFEREE
        if not (own or self._world.is_national):
            return ""
        if own and (missing := [name for name in exercise.needs if not self._has(*name.split("."))]):
            return messages.NO_COLUMN.format(columns=", ".join(missing))
        try:
            self.question(exercise)
        except NoCaseError:
            return messages.NO_CASE if own else messages.NO_CASE_HERE
        return ""

    def fields(self, exercise: Exercise) -> Fields:
        """Return the fields as a check reads them: those of a play know its referee, so nobody else may hold them."""
        return exercise.answer_fields(self._world, self._truth(exercise), self.question(exercise))

    def game(self, play: Play) -> Game:
        """Return a play with its referee, for one move or one look: nobody may hold it longer."""
        return play.game(self._world, self._truth(play), self.question(play))

    def marks(self, exercise: Exercise) -> bool:
        """Whether the right answer is known here: always in a simulated world, on own data by open book only."""
        return exercise.open_book or not self._world.is_own_data

    def result(self, exercise: Exercise, answer: Answer) -> Result:
        """Return how an answer stands."""
        if not self.marks(exercise):
            return Result(Status.NOT_MARKED, 0.0, said.NOT_MARKED, said.NEXT_NOT_MARKED)
        return exercise.check(self._world, self._truth(exercise), self.question(exercise), answer)

    def expected(self, exercise: Exercise) -> Expected:
        """Return what is right, for the solution."""
        return exercise.expected(self._world, self._truth(exercise), self.question(exercise))

    def _truth(self, exercise: Exercise) -> Any:
        return opening.truth_of(self._world) if exercise.needs_truth else None

    def _has(self, table: str, column: str) -> bool:
        return table in self._world.tables and column in self._world.table(table).columns
