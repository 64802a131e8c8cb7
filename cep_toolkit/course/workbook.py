"""What a notebook opens: its world, its exercises and the participant's progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cep_toolkit.checking import Answer, Exercise, NoCaseError, Result, Status, read_answer, run_door, say_answer
from cep_toolkit.checking import messages as said
from cep_toolkit.checking.files import reason, write_whole
from cep_toolkit.checking.marking import unmarked
from cep_toolkit.checking.record import CHOOSE, CODE, Record, Sheet
from cep_toolkit.checking.resume_code import read_resume_code, resume_code
from cep_toolkit.checking.save_file import FILE_NAME, merge_into, pack, unpack
from cep_toolkit.checking.store import FileStore, Store
from cep_toolkit.course import messages, opening
from cep_toolkit.course.catalogue import chapter, notebooks
from cep_toolkit.course.progress import Progress, of_chapter, of_course
from cep_toolkit.course.text import Prompt, Text, first_hint, hints, show, solution_closed
from cep_toolkit.errors import UnknownValueError

if TYPE_CHECKING:
    from cep_toolkit.world import World

F = TypeVar("F")


class Workbook:
    """A notebook's exercises in one world, with what the participant has done.

    Nothing a participant passes to its methods raises; the parameters here do, before any exercise is shown.
    The truth is asked for inside a check and is never an attribute.

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
    >>> print(wb.check("duty_rate", "two"))
    Wrong form. "two" is not a number. Type digits only, for example 12.5. Change the answer and check again. This did not count as a try.
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
        self._chapter = chapter(notebook)
        self._world = opening.open_world(administration, seed, level, declarations, data)
        self._store = FileStore(opening.progress_folder()) if store is None else store
        self._questions: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"Workbook {self.notebook}: {', '.join(self.exercises)}"

    @property
    def notebook(self) -> str:
        """The notebook's name."""
        return self._chapter.notebook

    @property
    def exercises(self) -> tuple[str, ...]:
        """The ids of the exercises, in the notebook's order."""
        return tuple(self._chapter.exercises)

    @property
    def world(self) -> World:
        """The tables that everybody sees."""
        return self._world

    # Asking ---------------------------------------------------------------------------------------------------

    def question(self, exercise: str) -> Any:
        """Return the question posed in this world, a frozen dataclass of plain values.

        Raises
        ------
        UnknownValueError
            There is no such exercise here.
        NoCaseError
            Own data holds no case that fits.
        """
        return self._posed(self._exercise(exercise))

    def ask(self, exercise: str) -> Text:
        """Return what an exercise asks: a Prompt, or one sentence where it cannot be asked here."""
        try:
            found = self._exercise(exercise)
        except UnknownValueError as unknown:
            return Text(str(unknown))
        if obstacle := self._obstacle(found):
            return Text(obstacle)
        question = self._posed(found)
        return Prompt(found.prompt(question), found.id, found.title, found.fields(question))

    # Checking -------------------------------------------------------------------------------------------------

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
            found = self._exercise(exercise)
        except UnknownValueError as unknown:
            return unmarked(str(unknown))
        if obstacle := self._obstacle(found):
            return Result(Status.NOT_MARKED, 0.0, obstacle, messages.NEXT_EXERCISE)
        question = self._posed(found)
        answer, problem = read_answer(found.fields(question), raw)
        if answer is None:
            return unmarked(problem)
        result = Result(Status.NOT_MARKED, 0.0, said.NOT_MARKED, said.NEXT_NOT_MARKED)
        if self._is_marked(found):
            result = found.check(self._world, self._truth(found), question, answer)
        return self._remember(found, answer, result, door)

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
            value, problem = run_door(function)
            show(unmarked(problem) if problem else self.check(exercise, value, CODE))
            return function

        if callable(exercise):  # @wb.answer without its brackets
            show(unmarked(messages.NAME_FIRST.format(example=f'@wb.answer("{self.exercises[0]}")')))
            return exercise
        return check_it

    # Help -----------------------------------------------------------------------------------------------------

    def hint(self, exercise: str) -> Text:
        """Open the next hint, if it may open yet, and return all that are open."""
        try:
            found = self._exercise(exercise)
        except UnknownValueError as unknown:
            return Text(str(unknown))
        before = self.record(exercise)
        after = self._keep(exercise, lambda record: record.open_hint(len(found.hints)))
        return self._text(hints(found, before, after))

    def solution(self, exercise: str) -> Text:
        """Return the answer with its reasons, once it was found or three tries were made."""
        try:
            found = self._exercise(exercise)
        except UnknownValueError as unknown:
            return Text(str(unknown))
        if obstacle := self._obstacle(found):
            return Text(obstacle)
        record, question = self.record(exercise), self._posed(found)
        if self._is_marked(found) and not record.solution_opens:
            return Text(solution_closed(record))
        opening_lines = messages.NO_ANSWER_HERE
        if self._is_marked(found):
            expected = found.expected(self._world, self._truth(found), question)
            opening_lines = say_answer(expected.fields, expected.reference)
        return Text(f"{opening_lines}\n\n{found.explanation(self._world, question)}")

    # Progress -------------------------------------------------------------------------------------------------

    def record(self, exercise: str) -> Record:
        """Return what is remembered of an exercise: status, answer, tries, open hints, door."""
        return self._store.read(self._sheet).of(str(exercise))

    def reset(self, exercise: str) -> Text:
        """Empty an exercise; its answer is kept aside, and ``restore`` brings it back."""
        return self._rearrange(exercise, Sheet.reset, said.RESET_DONE, said.RESET_NOTHING)

    def restore(self, exercise: str) -> Text:
        """Bring back the answer that the last ``reset`` of an exercise set aside."""
        return self._rearrange(exercise, Sheet.restore, said.RESTORE_DONE, said.RESTORE_NOTHING)

    def progress(self) -> Progress:
        """Return how far this notebook is done."""
        return of_chapter(self._chapter, self._store.read(self._sheet))

    def course_map(self) -> Progress:
        """Return how far every notebook of the course is done in this world."""
        chapters = [chapter(name) for name in notebooks()]
        return of_course(chapters, [self._store.read(self._sheet_of(each.notebook)) for each in chapters])

    def resume_code(self) -> str:
        """Return a short code of this notebook's statuses, to write down."""
        sheet = self._store.read(self._sheet)
        return resume_code([sheet.of(name).status for name in self.exercises], self._sheet)

    def resume(self, code: str) -> Text:
        """Bring back the statuses of a resume code; better ones that are here already stay."""
        statuses, problem = read_resume_code(code, len(self.exercises), self._sheet)
        if statuses is None:
            return Text(problem)
        coded = dict(zip(self.exercises, statuses, strict=True))
        self._store.change(self._sheet, lambda sheet: sheet.resume(coded))
        return self._text(said.CODE_DONE.format(done=statuses.count(Status.CORRECT), count=len(statuses)))

    def save(self, folder: str | Path = ".") -> Text:
        """Write everything done in all notebooks into one file, ``cep_progress.json``, to download."""
        try:
            write_whole(Path(folder) / FILE_NAME, pack(self._store))
        except OSError as error:
            return Text(said.FILE_NOT_SAVED.format(reason=reason(error)))
        return self._text(said.FILE_SAVED.format(name=FILE_NAME))

    def load(self, source: str | Path | bytes = FILE_NAME) -> Text:
        """Load a saved file, by its name or its content; of two records of an exercise the better stays."""
        sheets, problem = unpack(source)
        if sheets is None:
            return Text(problem)
        return self._text(said.FILE_LOADED.format(count=merge_into(self._store, sheets)))

    # Inside ---------------------------------------------------------------------------------------------------

    @property
    def _sheet(self) -> str:
        return self._sheet_of(self.notebook)

    def _sheet_of(self, notebook: str) -> str:
        return f"{notebook}-{self._world.fingerprint}"

    def _exercise(self, name: object) -> Exercise:
        found = self._chapter.exercises.get(name) if isinstance(name, str) else None
        if found is None:
            raise UnknownValueError("exercise", str(name)[:40], self.exercises)
        return found

    def _truth(self, exercise: Exercise) -> Any:
        """Return the truth for an exercise that needs it; asked for anew at each check, never kept here."""
        return opening.truth_of(self._world) if exercise.needs_truth else None

    def _is_marked(self, exercise: Exercise) -> bool:
        return exercise.open_book or not self._world.is_own_data

    def _posed(self, exercise: Exercise) -> Any:
        if exercise.id not in self._questions:
            self._questions[exercise.id] = exercise.pose(self._world, self._truth(exercise))
        return self._questions[exercise.id]

    def _obstacle(self, exercise: Exercise) -> str:
        """Say why own data cannot pose an exercise; nothing where it can."""
        if not self._world.is_own_data:
            return ""
        missing = [name for name in exercise.needs if not self._has(*name.split("."))]
        if missing:
            return messages.NO_COLUMN.format(columns=", ".join(missing))
        try:
            self._posed(exercise)
        except NoCaseError:
            return messages.NO_CASE
        return ""

    def _has(self, table: str, column: str) -> bool:
        return table in self._world.tables and column in self._world.table(table).columns

    def _remember(self, exercise: Exercise, answer: Answer, result: Result, door: str) -> Result:
        """Keep a checked answer; say in the result which hint opened by it, and what could not be saved."""
        before = self.record(exercise.id)
        after = self._keep(exercise.id, lambda record: record.after(result, answer, door))
        next_step = first_hint(exercise) if after.hints_open > before.hints_open else result.next_step
        return replace(result, next_step=f"{next_step} {self._store.notice()}".strip())

    def _keep(self, exercise: str, change: Callable[[Record], Record]) -> Record:
        kept = self._store.change(self._sheet, lambda sheet: sheet.put(exercise, change(sheet.of(exercise))))
        return kept.of(exercise)

    def _rearrange(self, exercise: str, change: Callable[[Sheet, str], Sheet], done: str, nothing: str) -> Text:
        try:
            name = self._exercise(exercise).id
        except UnknownValueError as unknown:
            return Text(str(unknown))
        before = self._store.read(self._sheet)
        after = self._store.change(self._sheet, lambda sheet: change(sheet, name))
        return self._text(nothing if after == before else done)

    def _text(self, markdown: str) -> Text:
        return Text(f"{markdown} {self._store.notice()}".strip())
