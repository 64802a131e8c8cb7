"""The exercises of one notebook, posed and marked in one world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Answer, Exercise, Expected, NoCaseError, Result, Status
from cep_toolkit.checking import messages as said
from cep_toolkit.checking.reading import guarded, shown, single, word
from cep_toolkit.course import messages, opening
from cep_toolkit.course.catalogue import Chapter
from cep_toolkit.course.pack import Pack
from cep_toolkit.errors import UnknownValueError

if TYPE_CHECKING:
    from cep_toolkit.world import World


class Posing:
    """Poses each exercise once, and asks for the truth anew at each check: it is never kept here.

    Parameters
    ----------
    chapter : Chapter
        The notebook's exercises.
    world : World
        Where they are posed.
    pack : Pack, optional
        The pack that holds the world.
    """

    def __init__(self, chapter: Chapter, world: World, pack: Pack | None = None) -> None:
        self._chapter, self._world, self._pack = chapter, world, pack
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
            self._questions[exercise.id] = self._posed(exercise)
        return self._questions[exercise.id]

    @property
    def assessed(self) -> bool:
        """Whether answers are only kept, because they are marked after handing in."""
        return self._pack is not None and self._pack.is_assessment

    def obstacle(self, exercise: Exercise) -> str:
        """Say why own data or a real administration's world cannot pose an exercise; nothing where it can.

        In an invented world that is an error of the course, which is raised.
        """
        own = self._world.is_own_data
        if not (own or self._world.is_national):
            return ""
        if own and (missing := [what for name in exercise.needs if (what := self._missing(*name.split(".")))]):
            return messages.NO_COLUMN.format(missing=", ".join(dict.fromkeys(missing)))
        try:
            self.question(exercise)
        except NoCaseError:
            return messages.NO_CASE if own else messages.NO_CASE_HERE
        return ""

    def marks(self, exercise: Exercise) -> bool:
        """Whether an answer is marked here: in a simulated world outside an assessment; own data by open book only."""
        if self.assessed:
            return False
        return exercise.open_book or not self._world.is_own_data

    def result(self, exercise: Exercise, answer: Answer) -> Result:
        """Return how an answer stands."""
        if self.assessed:
            return Result(Status.RECORDED, 0.0, said.RECORDED, said.NEXT_RECORDED)
        if not self.marks(exercise):
            return Result(Status.NOT_MARKED, 0.0, said.NOT_MARKED, said.NEXT_NOT_MARKED)
        return exercise.check(self._world, self._truth(exercise), self.question(exercise), answer)

    def expected(self, exercise: Exercise) -> Expected:
        """Return what is right, for the solution."""
        return exercise.expected(self._world, self._truth(exercise), self.question(exercise))

    def _posed(self, exercise: Exercise) -> Any:
        """Return the first fit candidate; in an assessment of a hidden truth, the one that the key's maker chose."""
        chosen = self._pack.posed.get(self._chapter.notebook, {}) if self._pack else {}
        if exercise.id in chosen:
            return exercise.candidate(self._world, chosen[exercise.id])
        return exercise.pose(self._world, self._truth(exercise))

    def _truth(self, exercise: Exercise) -> Any:
        return opening.truth_of(self._world) if exercise.needs_truth else None

    def _missing(self, table: str, column: str) -> str:
        """Return what is missing where a column is not there; nothing where it is."""
        if table not in self._world.tables:
            return messages.A_TABLE.format(table=table)
        there = column in self._world.table(table).columns
        return "" if there else messages.A_COLUMN.format(column=column, table=table)
