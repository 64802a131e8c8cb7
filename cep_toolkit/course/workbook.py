"""What a notebook opens: its world, its exercises and the participant's progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from cep_toolkit.checking import Answer, Exercise, Play, Result, Status, read_answer
from cep_toolkit.checking import messages as said
from cep_toolkit.checking.marking import unmarked
from cep_toolkit.checking.record import CHOOSE, CODE, Record
from cep_toolkit.checking.store import FileStore, Store
from cep_toolkit.course import messages, opening
from cep_toolkit.course.catalogue import chapter
from cep_toolkit.course.pack import Pack
from cep_toolkit.course.playing import Playing
from cep_toolkit.course.remembering import Remembering
from cep_toolkit.course.text import Prompt, Text, first_hint, hints, say_answer, show, solution_closed
from cep_toolkit.errors import UnknownValueError

if TYPE_CHECKING:
    pass

F = TypeVar("F")


class Workbook(Remembering):
    """A notebook's exercises in one world, with what the participant has done.

    Nothing a participant passes to its methods raises, but for ``question``, which code goes on with; the parameters
    here do, before any exercise is shown. The truth is asked for inside a check and is never an attribute.

    Parameters
    ----------
    notebook : str
        For example ``"12_risk_analysis"``.
    administration, seed, level, declarations
        The scenario; see ``Scenario``.
    data : str
        A folder with own data or a pack; empty for the simulated world.
    store : Store, optional
        Where progress is kept; by default files in the user's data folder.

    Raises
    ------
    UnknownValueError, WrongTypeError, OutOfRangeError, InputFileError
        A parameter is not valid; the message lists what is.

    Examples
    --------
    >>> from cep_toolkit.checking.store import MemoryStore
    >>> wb = Workbook("00_start_here", declarations=5_000, store=MemoryStore())
    >>> wb.check("duty_rate", "two").message
    '"two" is not a number. Type digits only, for example 12.5.'
    """

    def __init__(
        self,
        notebook: str,
        administration: str = "XA",
        seed: int = 2016,
        level: str = "practitioner",
        declarations: int = 50_000,
        data: str = "",
        *,
        store: Store | None = None,
    ) -> None:
        world = opening.open_world(administration, seed, level, declarations, data)
        kept = FileStore(opening.progress_folder()) if store is None else store
        super().__init__(chapter(notebook), world, Pack.of(data) if data else None, kept)

    def __repr__(self) -> str:
        return f"Workbook {self.notebook}: {', '.join(self.exercises)}"

    # Asking and checking --------------------------------------------------------------------------------------

    def question(self, exercise: str) -> Any:
        """Return the question posed in this world, a frozen dataclass of plain values, for code to go on with.

        Raises
        ------
        UnknownValueError
            There is no such exercise here.
        NoCaseError
            Own data holds no case that fits.
        """
        return self._posing.question(self._posing.exercise(exercise))

    def ask(self, exercise: str) -> Text:
        """Return what an exercise asks: a Prompt, or one sentence where it cannot be asked here."""
        return self._about(exercise, self._prompt)

    def check(self, exercise: str, raw: object, door: str = CHOOSE) -> Result:
        """Check an answer of any make, remember it, and say how it stands.

        Parameters
        ----------
        exercise : str
            The exercise's id.
        raw : object
            ``{field: value}``, or the bare value where there is one field.
        door : str
            Where it came from: ``"choose"`` or ``"code"``.
        """
        try:
            found = self._posing.exercise(exercise)
        except UnknownValueError as unknown:
            return _misnamed(str(unknown))
        if obstacle := self._posing.obstacle(found):
            return Result(Status.NOT_MARKED, 0.0, obstacle)
        answer, problem = read_answer(self._posing.fields(found), raw)
        if answer is None:
            return unmarked(problem)
        return self._remember(found, answer, self._posing.result(found, answer), door)

    def answer(self, exercise: str) -> Callable[[F], F]:
        """Decorate the function that gives an answer in code: it is run, checked, and its result is shown.

        Examples
        --------
        In a notebook::

            @wb.answer("duty_rate")
            def my_answer():
                return 5
        """

        def check_it(function: F) -> F:
            if self._blocked(exercise):
                show(self.check(exercise, {}, CODE))
                return function
            show(self._handed_in(exercise, function))
            return function

        if callable(exercise):  # @wb.answer without its brackets
            example = f'@wb.answer("{next(iter(self.exercises), "name")}")'
            show(_misnamed(messages.NAME_FIRST.format(example=example)))
            return exercise
        return check_it

    def play(self, exercise: str) -> Playing | Text:
        """Return a play to be played move by move, where it was left; one sentence where there is none.

        Examples
        --------
        In a notebook::

            letters = wb.play("ten_letters")
            letters.move({"letters": ["A", "B"]})
        """
        try:
            found = self._posing.exercise(exercise)
        except UnknownValueError as unknown:
            return Text(str(unknown))
        if not isinstance(found, Play):
            return Text(messages.NO_PLAY)
        if obstacle := self._posing.obstacle(found):
            return Text(obstacle)
        return Playing(found, self._posing, self._store, self._sheet, lambda moves: self.check(found.id, moves))

    # Help -----------------------------------------------------------------------------------------------------

    def open_hints(self, exercise: str) -> Text:
        """Return the hints that are open already, and open none."""
        return self._about(exercise, self._open_hints)

    def hint(self, exercise: str) -> Text:
        """Open the next hint, if it may open yet, and return all that are open."""
        return self._about(exercise, self._hints)

    def solution_opens(self, exercise: str) -> bool:
        """Whether the solution may be read: after the right answer or three tries, and never in an assessment."""
        return not self._posing.assessed and self.record(exercise).solution_opens

    def solution(self, exercise: str) -> Text:
        """Return the answer with its reasons, once it was found or three tries were made."""
        return self._about(exercise, self._solution)

    # Inside ---------------------------------------------------------------------------------------------------

    def _about(self, exercise: str, say: Callable[[Exercise], Text]) -> Text:
        """Say something about an exercise, or why nothing can be said."""
        try:
            found = self._posing.exercise(exercise)
        except UnknownValueError as unknown:
            return Text(str(unknown))
        return Text(obstacle) if (obstacle := self._posing.obstacle(found)) else say(found)

    def _handed_in(self, exercise: str, function: object) -> Result:
        """Check what a participant's function gives."""
        try:
            value, problem = self._posing.exercise(exercise).handed_in(function)
        except UnknownValueError:
            value, problem = None, ""  # the check says which names there are
        return unmarked(problem) if problem else self.check(exercise, value, CODE)

    def _blocked(self, exercise: str) -> bool:
        """Whether an exercise that is here cannot be posed in this world."""
        try:
            return bool(self._posing.obstacle(self._posing.exercise(exercise)))
        except UnknownValueError:
            return False

    def _prompt(self, exercise: Exercise) -> Text:
        question = self._posing.question(exercise)
        return Prompt(exercise.prompt(question), exercise.id, exercise.title, exercise.fields(question))

    def _open_hints(self, exercise: Exercise) -> Text:
        if self._posing.assessed:
            return Text("")
        record = self.record(exercise.id)
        return Text(hints(exercise, Record(), record) if record.hints_open else "")

    def _hints(self, exercise: Exercise) -> Text:
        if self._posing.assessed:
            return Text(messages.HINTS_CLOSED)
        before = self.record(exercise.id)
        after = self._keep(exercise.id, lambda record: record.open_hint(len(exercise.hints)))
        return self._text(hints(exercise, before, after))

    def _solution(self, exercise: Exercise) -> Text:
        if self._posing.assessed:
            return Text(messages.SOLUTION_CLOSED)
        explanation = exercise.explanation(self._world, self._posing.question(exercise))
        if not self._posing.marks(exercise):
            return Text(f"{messages.NO_ANSWER_HERE}\n\n{explanation}")
        record = self.record(exercise.id)
        if not record.solution_opens:
            return Text(solution_closed(record))
        expected = self._posing.expected(exercise)
        return Text(f"{say_answer(expected.fields, expected.reference)}\n\n{explanation}")

    def _remember(self, exercise: Exercise, answer: Answer, result: Result, door: str) -> Result:
        """Keep a checked answer; say in the result which hint opened by it, and what could not be saved."""
        before = self.record(exercise.id)
        origin = CODE if type(door) is str and door == CODE else CHOOSE
        after = self._keep(exercise.id, lambda record: record.after(result, answer, origin))
        next_step = first_hint(exercise) if after.hints_open > before.hints_open else result.next_step
        if after.solution_opens and next_step == said.NEXT_TRY:
            next_step = said.NEXT_SOLUTION
        return replace(result, next_step=f"{next_step} {self._store.notice()}".strip())


def _misnamed(sentence: str) -> Result:
    return Result(Status.WRONG_FORM, 0.0, sentence, messages.NEXT_NAME)
