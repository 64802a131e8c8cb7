"""What was done in a notebook: records, resets, resume codes, saved files, handing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cep_toolkit.checking import Status
from cep_toolkit.checking import messages as said
from cep_toolkit.checking.files import reason, write_whole
from cep_toolkit.checking.reading import guarded
from cep_toolkit.checking.record import Record, Sheet
from cep_toolkit.checking.resume_code import read_resume_code, resume_code
from cep_toolkit.checking.save_file import FILE_NAME, merge_into, pack, unpack
from cep_toolkit.checking.store import Store
from cep_toolkit.course import messages
from cep_toolkit.course.catalogue import Chapter, chapter, notebooks
from cep_toolkit.course.handing_in import hand_in
from cep_toolkit.course.pack import Pack
from cep_toolkit.course.posing import Posing
from cep_toolkit.course.progress import Progress, of_chapter, of_course
from cep_toolkit.course.text import Text
from cep_toolkit.errors import UnknownValueError

if TYPE_CHECKING:
    from cep_toolkit.world import World


class Remembering:
    """A notebook's exercises in one world, with what the participant has done: the half of a Workbook that remembers.

    Parameters
    ----------
    chapter : Chapter
        The notebook's exercises.
    world : World
    pack : Pack, optional
        The pack that the notebook lies in.
    store : Store
        Where progress is kept.
    """

    def __init__(self, chapter: Chapter, world: World, pack: Pack | None, store: Store) -> None:
        self._chapter, self._world, self._pack, self._store = chapter, world, pack, store
        self._posing = Posing(chapter, world, pack)

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

    @property
    def pack(self) -> Pack | None:
        """The pack that this notebook lies in; ``None`` outside one."""
        return self._pack

    def record(self, exercise: str) -> Record:
        """Return what is remembered of an exercise: status, answer, tries, open hints, door."""
        try:
            name = self._posing.exercise(exercise).id
        except UnknownValueError:
            return Record()
        return self._store.read(self._sheet).of(name)

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
        return of_course(chapters, [self._store.read(self._sheet_of(each.notebook)) for each in chapters], Path())

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

    def saved(self) -> bytes:
        """Return everything done in all notebooks as the content of one file, for ``load``."""
        return pack(self._store)

    def save(self, folder: str | Path = ".") -> Text:
        """Write everything done in all notebooks into one file, ``cep_progress.json``, to download."""
        place, problem = guarded(lambda: Path(folder) / FILE_NAME)
        if place is None or problem:
            return Text(said.FOLDER_NEEDED)
        try:
            write_whole(place, self.saved())
        except OSError as error:
            return Text(said.FILE_NOT_SAVED.format(reason=reason(error)))
        except ValueError:  # a name that no system takes
            return Text(said.FOLDER_NEEDED)
        return self._text(said.FILE_SAVED.format(name=FILE_NAME))

    def load(self, source: str | Path | bytes = FILE_NAME) -> Text:
        """Load a saved file, by its name or its content; of two records of an exercise the better stays."""
        sheets, problem = unpack(source)
        if sheets is None:
            return Text(problem)
        return self._text(said.FILE_LOADED.format(count=merge_into(self._store, sheets)))

    def submit(self, folder: str | Path = ".") -> Text:
        """Write the answers of the whole pack into one file beside the notebook, to hand in."""
        if self._pack is None:
            return Text(messages.NO_PACK)
        return self._text(hand_in(self._pack, lambda name: self._store.read(self._sheet_of(name)), folder))

    # Inside ---------------------------------------------------------------------------------------------------

    @property
    def _sheet(self) -> str:
        return self._sheet_of(self.notebook)

    def _sheet_of(self, notebook: str) -> str:
        """Return the name of a notebook's sheet: of this world and, in a pack, of its participant alone."""
        whose = f"{self._world.fingerprint}{self._pack.participant if self._pack else ''}"
        return f"{notebook}-{re.sub('[^a-z0-9]', '', whose.lower())}"

    def _keep(self, exercise: str, change: Callable[[Record], Record]) -> Record:
        kept = self._store.change(self._sheet, lambda sheet: sheet.put(exercise, change(sheet.of(exercise))))
        return kept.of(exercise)

    def _rearrange(self, exercise: str, change: Callable[[Sheet, str], Sheet], done: str, nothing: str) -> Text:
        try:
            name = self._posing.exercise(exercise).id
        except UnknownValueError as unknown:
            return Text(str(unknown))
        before = self._store.read(self._sheet)
        after = self._store.change(self._sheet, lambda sheet: change(sheet, name))
        return self._text(nothing if after == before else done)

    def _text(self, markdown: str) -> Text:
        return Text(f"{markdown} {self._store.notice()}".strip())
