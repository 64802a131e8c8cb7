"""One notebook in one world, and its exercises answered through each door as a participant would."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from cep_toolkit.checking import Answer, Exercise, Expected, Misconception, Play, Result
from cep_toolkit.checking.kinds import Move
from cep_toolkit.checking.play import LOG
from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course.catalogue import chapter
from cep_toolkit.course.opening import truth_of
from cep_toolkit.course.playing import Playing
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import CourseError
from cep_toolkit.workshop.doors import Solution
from cep_toolkit.workshop.source import OPENING, Source
from cep_toolkit.world import Scenario

F = TypeVar("F")


class QuietWorkbook(Workbook):
    """A workbook whose code cells keep their results instead of showing them."""

    def __init__(self, notebook: str, scenario: Scenario) -> None:
        given = (scenario.administration, scenario.seed, scenario.level, scenario.declarations)
        super().__init__(notebook, *given, store=MemoryStore())
        self.results: list[Result] = []

    def obstacle(self, exercise: Exercise) -> str:
        """Say why this world cannot pose an exercise; nothing where it can."""
        return self._posing.obstacle(exercise)

    def answer(self, exercise: str) -> Callable[[F], F]:
        """Decorate the function that gives an answer in code."""

        def check_it(function: F) -> F:
            self.results.append(self._handed_in(exercise, function))
            return function

        return check_it


class Bench:
    """One notebook in one world.

    A cell of code is run as it would be in a notebook in which only the opening cell was run before: it finds ``wb``
    and what the opening cell imports; all else it imports itself.

    Parameters
    ----------
    source : Source
    scenario : Scenario
    """

    def __init__(self, source: Source, scenario: Scenario) -> None:
        self.source = source
        self.exercises = chapter(source.notebook).exercises
        self.workbook = QuietWorkbook(source.notebook, scenario)

    def obstacle(self, exercise: Exercise) -> str:
        """Say why a real administration's world cannot pose an exercise; nothing where it can, or in any other."""
        return self.workbook.obstacle(exercise)

    def expected(self, exercise: Exercise) -> Expected:
        """Return what is right in this world, and what each mistake gives."""
        world = self.workbook.world
        truth = truth_of(world) if exercise.needs_truth else None
        return exercise.expected(world, truth, self.workbook.question(exercise.id))

    def run(self, code: str, where: str) -> Result:
        """Run a cell of code that hands in an answer, and return its result.

        Raises
        ------
        Exception
            Whatever the code does outside the function it hands in.
        """
        results = self.workbook.results
        results.clear()
        exec(compile(code, f"<{where}>", "exec"), dict(self._namespace))
        (result,) = results
        return result

    @cached_property
    def _namespace(self) -> dict[str, Any]:
        (opening,) = self.source.tagged(OPENING)
        imports: list[ast.stmt] = [
            line for line in ast.parse(opening.text).body if isinstance(line, (ast.Import, ast.ImportFrom))
        ]
        namespace: dict[str, Any] = {}
        exec(compile(ast.Module(imports, []), "<opening>", "exec"), namespace)
        return namespace | {"wb": self.workbook}


class Choose:
    """The form: plain values, as JSON brings them."""

    name = "choose"

    def __init__(self, bench: Bench, exercise: Exercise, expected: Expected) -> None:
        self._bench, self._exercise, self._expected = bench, exercise, expected

    def nothing(self) -> list[Result]:
        """Return the results of an untouched form."""
        forms: tuple[object, ...] = (
            None,
            dict.fromkeys(self._expected.fields),
            dict.fromkeys(self._expected.fields, ""),
        )
        return [self._check(form) for form in forms]

    def reference(self) -> list[Result]:
        """Return the result of the right answer."""
        return [self._check(self._expected.reference)]

    def mistake(self, mistake: Misconception) -> list[Result]:
        """Return the result of an answer that makes one mistake."""
        return [self._check(self._expected.completed(mistake.name))]

    def slips(self) -> Iterator[tuple[str, Result, list[str]]]:
        """Yield every option of the form that is wrong, the result of choosing it, and what its author says of it."""
        for name, kind in self._expected.fields.items():
            right = self._expected.reference[name]
            for option, value in kind.slips(right):
                yield option, self._check({**self._expected.reference, name: value}), kind.told(value, right)

    def _check(self, form: object) -> Result:
        plain = json.loads(json.dumps(form))
        moves = plain[LOG] if isinstance(self._exercise, Play) and plain else None
        return self._moved(moves) if moves else self._bench.workbook.check(self._exercise.id, plain)

    def _moved(self, moves: list[Move]) -> Result:
        """Play move by move, as the form does."""
        playing = self._bench.workbook.play(self._exercise.id)
        if not isinstance(playing, Playing):
            raise CourseError(self._exercise.name, f"It cannot be played: {playing}", "See why it was posed.")
        playing.restart()
        for move in moves:
            playing.move(move)
        return playing.check()


class OneBlank:
    """The working code with one blank."""

    name = "one blank"

    def __init__(self, bench: Bench, exercise: Exercise, expected: Expected) -> None:
        self._bench, self._solution = bench, bench.source.solutions[exercise.id]

    def nothing(self) -> list[Result]:
        """Return the result of the blank left open."""
        return [self._run(self._solution.one_blank)]

    def reference(self) -> list[Result]:
        """Return the result of the right word."""
        return self._with(self._solution.word)

    def mistake(self, mistake: Misconception) -> list[Result]:
        """Return the result of the word that makes one mistake."""
        return self._with(mistake.word)

    def _with(self, word: str) -> list[Result]:
        results = [self._run(self._solution.filled(word))]
        if _is_number(word):
            results.append(self._run(self._solution.filled_bare(word)))
        return results

    def _run(self, code: str) -> Result:
        return self._bench.run(code, f"one blank of {self._solution.exercise}")


class Write:
    """A function of the participant's own."""

    name = "write"

    def __init__(self, bench: Bench, exercise: Exercise, expected: Expected) -> None:
        self._bench, self._expected = bench, expected
        self._solution: Solution = bench.source.solutions[exercise.id]

    def nothing(self) -> list[Result]:
        """Return the result of the stub."""
        return [self._run(self._solution.stub)]

    def reference(self) -> list[Result]:
        """Return the results of the solution, and of a function that returns the reference."""
        return [self._run(self._solution.code), self._returning(self._expected.reference)]

    def mistake(self, mistake: Misconception) -> list[Result]:
        """Return the result of a function that returns what one mistake gives."""
        return [self._returning(self._expected.completed(mistake.name))]

    def _returning(self, answer: Answer) -> Result:
        return self._run(self._solution.returning(answer))

    def _run(self, code: str) -> Result:
        return self._bench.run(code, f"solution of {self._solution.exercise}")


DOORS: tuple[type[Choose] | type[OneBlank] | type[Write], ...] = (Choose, OneBlank, Write)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True
