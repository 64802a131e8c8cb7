"""What every exercise is: a question found in the world, an answer, and the mistakes people make."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import islice
from typing import Any, ClassVar, final

from cep_toolkit.checking.answer import Answer, Fields, read_parts
from cep_toolkit.checking.doors import run_door
from cep_toolkit.checking.expected import Expected, Misconception
from cep_toolkit.checking.marking import mark
from cep_toolkit.checking.reading import Parsed, RefusedError
from cep_toolkit.checking.result import Result
from cep_toolkit.errors import CourseError

MOST_INPUTS = 12
MOST_CANDIDATES = 500


class NoCaseError(CourseError):
    """A world holds no question in which the reference and every mistake differ."""


class Exercise(ABC):
    """One exercise; a subclass says what an officer is asked, what is right, and what people get wrong.

    The world, the truth and the question are what the course's modules make of them; this room knows nothing of
    Customs, so their types are open here and named in the subclass.

    Attributes
    ----------
    id, title : str
        Short word with underscores, and the heading.
    minutes : int
        Time a participant needs, about eight.
    core : bool
        Core exercises are done in the room; the others at home.
    open_book : bool
        Whether the public tables suffice to compute the answer. If not, ``reference`` is given the truth.
    referee : bool
        Whether play reveals hidden results.
    most_candidates : int
        How many candidates are tried.
    needs : tuple of str
        Columns without which own data cannot pose it, as ``"table.column"``.
    hints : tuple of str
        Two or more, each telling a little more.
    misconceptions : tuple of Misconception
        Two or more.
    """

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    minutes: ClassVar[int] = 8
    core: ClassVar[bool] = True
    open_book: ClassVar[bool] = False
    referee: ClassVar[bool] = False
    most_candidates: ClassVar[int] = MOST_CANDIDATES
    needs: ClassVar[tuple[str, ...]] = ()
    hints: ClassVar[tuple[str, ...]] = ()
    misconceptions: ClassVar[tuple[Misconception, ...]] = ()

    def __init__(self) -> None:
        for broken, rule, remedy in _house_rules(self):
            if broken:
                raise CourseError(self.name, rule, remedy)

    # What an author writes ------------------------------------------------------------------------------------

    @abstractmethod
    def candidates(self, world: Any) -> Iterator[Any]:
        """Yield possible questions, frozen dataclasses of plain values, from public tables only."""

    @abstractmethod
    def fields(self, question: Any) -> Fields:
        """Return the parts of the answer: field's name -> kind; at most twelve inputs in all."""

    @abstractmethod
    def prompt(self, question: Any) -> str:
        """Return what the participant is asked, as markdown."""

    @abstractmethod
    def reference(self, world: Any, truth: Any, question: Any) -> object:
        """Return the right answer; ``truth`` is ``None`` when the exercise is open-book."""

    @abstractmethod
    def explanation(self, world: Any, question: Any) -> str:
        """Return markdown: the reasoning, the cost of being wrong, an alternative."""

    def objection(self, world: Any, question: Any, expected: Expected) -> str:
        """Return why a question must not be asked although its answers differ, or nothing."""
        return ""

    # What the engine does with it -----------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """How errors call this exercise."""
        return f'exercise "{self.id or type(self).__name__}"'

    @property
    def needs_truth(self) -> bool:
        """Whether the answer can be computed only where the truth is known."""
        return not self.open_book

    @final
    def pose(self, world: Any, truth: Any) -> Any:
        """Return the first candidate in which the reference and every mistake differ.

        Where the truth is needed but nobody knows it (own data), the first candidate is posed and not marked.

        Raises
        ------
        NoCaseError
            When there is none.
        """
        reason = "there is no candidate at all"
        for question in islice(self.candidates(world), self.most_candidates):
            if truth is None and self.needs_truth:
                self.checked_fields(question)
                return question
            expected = self._expected(world, truth, question)
            if isinstance(expected, Expected):
                reason = expected.ambiguity() or self.objection(world, question, expected)
            else:
                reason = expected
            if isinstance(expected, Expected) and not reason:
                return question
        raise NoCaseError(
            self.name,
            f"In no candidate do the reference and every mistake differ; in the last one, {reason}.",
            "Yield more candidates, or take out a mistake that is no longer one.",
        )

    @final
    def candidate(self, world: Any, place: int) -> Any:
        """Return one candidate by its place, 0 for the first, with its fields checked.

        Raises
        ------
        NoCaseError
            There are not so many.
        """
        question = next(islice(self.candidates(world), place, min(place + 1, self.most_candidates)), None)
        if question is None:
            raise NoCaseError(self.name, f"There is no candidate {place + 1}.", "Make the pack again.")
        self.checked_fields(question)
        return question

    @final
    def expected(self, world: Any, truth: Any, question: Any) -> Expected:
        """Return the reference and the mistakes' answers for a posed question.

        Raises
        ------
        CourseError
            When the author's own answers do not fit the fields.
        """
        expected = self._expected(world, truth, question)
        if isinstance(expected, str):
            raise CourseError(self.name, f"This question was never posed: {expected}.", "Use a posed question.")
        return expected

    def handed_in(self, function: object) -> Parsed[object]:
        """Return the answer that a participant's function gives; it may fail in any way."""
        return run_door(function)

    def hopeless(self, question: Any, fields: Fields) -> str:
        """Return why a question need not even be tried, or nothing."""
        return ""

    def answer_fields(self, world: Any, truth: Any, question: Any) -> Fields:
        """Return the fields as a check reads them; a play's then know their referee."""
        return self.checked_fields(question)

    def check(self, world: Any, truth: Any, question: Any, raw: object) -> Result:
        """Return how an answer stands; whatever a participant gives, nothing is raised."""
        return mark(self.expected(world, truth, question), self.misconceptions, raw)

    @final
    def checked_fields(self, question: Any) -> Fields:
        """Return ``fields(question)`` after counting the inputs.

        Raises
        ------
        CourseError
            For no field at all, or more inputs than a screen holds.
        """
        fields = self.fields(question)
        inputs = sum(kind.inputs for kind in fields.values())
        if not 1 <= inputs <= MOST_INPUTS:
            raise CourseError(
                self.name, f"Its form has {inputs} inputs.", f"Ask for 1 to {MOST_INPUTS}: one screen, eight minutes."
            )
        return fields

    def _expected(self, world: Any, truth: Any, question: Any) -> Expected | str:
        """Return what is expected, or why this question cannot be asked."""
        fields = self.answer_fields(world, truth, question)
        if reason := self.hopeless(question, fields):
            return reason
        try:
            reference = read_parts(fields, self.reference(world, truth, question))
        except RefusedError as refusal:
            raise CourseError(
                self.name, f"Its reference cannot be read ({refusal})", "Return what the fields accept."
            ) from refusal
        if len(reference) < len(fields):
            return "the reference is empty"
        mistakes: dict[str, Answer] = {}
        for mistake in self.misconceptions:
            try:
                mistakes[mistake.name] = read_parts(fields, mistake.compute(world, question))
            except RefusedError as refusal:
                return f'the answer of "{mistake.name}" does not fit the form ({refusal})'
            if not mistakes[mistake.name]:
                return f'the answer of "{mistake.name}" is empty'
        return Expected(fields, reference, mistakes)


def _house_rules(exercise: Exercise) -> Iterator[tuple[bool, str, str]]:
    """Yield (broken, rule, remedy) for everything that must hold before a question is posed."""
    mistakes = exercise.misconceptions
    words = [mistake.word.strip().casefold() for mistake in mistakes]
    names = [mistake.name for mistake in mistakes]
    silent = [mistake.name for mistake in mistakes if not mistake.message.strip()]
    mute = [mistake.name for mistake in mistakes if not mistake.word.strip()]
    yield (
        re.fullmatch(r"[a-z][a-z0-9_]{0,39}", exercise.id) is None,
        f'Its id is "{exercise.id}".',
        "Use small letters, digits and underscores, 40 at most.",
    )
    yield not exercise.title.strip(), "It has no title.", "Give one that an officer understands."
    yield not 1 <= exercise.minutes <= 90, f"It takes {exercise.minutes} minutes.", "Give 1 to 90."
    yield len(exercise.hints) < 2, f"It has {len(exercise.hints)} hints.", "Give two or more, each telling more."
    yield not all(hint.strip() for hint in exercise.hints), "A hint is empty.", "Write it, or take it out."
    yield len(mistakes) < 2, f"It has {len(mistakes)} misconceptions.", "Give two or more that officers really have."
    yield len(set(names)) < len(names), "Two misconceptions share a name.", "Name each one differently."
    yield bool(silent), f"Misconceptions without a message: {silent}.", "Say what moves the person on."
    yield bool(mute), f"Misconceptions without a word: {mute}.", "Give the word that makes this mistake in the blank."
    yield len(set(words)) < len(words), "Two misconceptions share a word.", "Let each blank word make one mistake."
