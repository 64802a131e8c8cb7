"""How far a participant is: one notebook, or the whole course."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from cep_toolkit.checking import Status
from cep_toolkit.checking.record import Sheet
from cep_toolkit.course.catalogue import Chapter

DONE = (Status.CORRECT, Status.RECORDED, Status.NOT_MARKED)
SIGNS = {**dict.fromkeys(DONE, "●"), Status.PARTLY: "◐", Status.NOT_YET: "◔"}
EMPTY = "○"


@dataclass(frozen=True)
class Step:
    """One line of a progress table: an exercise or a notebook."""

    name: str
    title: str
    sign: str
    status: str
    detail: str = ""

    @property
    def words(self) -> tuple[str, str, str]:
        """What stands in the line's three cells."""
        return f"{self.sign} {self.title}", self.status, self.detail


@dataclass(frozen=True)
class Progress:
    """A table of progress, with signs and words, never by colour.

    Parameters
    ----------
    title : str
        What it is about.
    steps : sequence of Step
        Its lines.
    done, count : int
        How many are finished, and how many there are.
    """

    title: str
    steps: Sequence[Step]
    done: int
    count: int

    @property
    def summary(self) -> str:
        """The table in one sentence."""
        return f"{self.title}: {self.done} of {self.count} done."

    def __str__(self) -> str:
        width = max((len(step.title) for step in self.steps), default=0)
        lines = [f"{step.sign} {step.title:<{width}}  {step.status}  {step.detail}".rstrip() for step in self.steps]
        return "\n".join([self.summary, *lines])

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr>{''.join(map(_cell, step.words))}</tr>" for step in self.steps)
        return f'<table class="cep-progress"><caption>{html.escape(self.summary)}</caption>{rows}</table>'


def _cell(text: str) -> str:
    return f"<td>{html.escape(text)}</td>"


def of_chapter(chapter: Chapter, sheet: Sheet) -> Progress:
    """Return the progress in one notebook, a line an exercise."""
    steps = []
    for name, exercise in chapter.exercises.items():
        record = sheet.of(name)
        place = "core" if exercise.core else "home"
        tries = f"{record.attempts} tries" if record.attempts != 1 else "1 try"
        hints = f", {record.hints_open} of {len(exercise.hints)} hints open" if record.hints_open else ""
        sign = SIGNS.get(record.status, EMPTY)
        steps.append(Step(name, exercise.title, sign, str(record.status), f"{place}, {tries}{hints}"))
    return Progress(chapter.title, steps, _done(chapter, sheet), len(steps))


def of_course(chapters: Sequence[Chapter], sheets: Sequence[Sheet]) -> Progress:
    """Return the course map, a line a notebook."""
    steps = []
    for chapter, sheet in zip(chapters, sheets, strict=True):
        done, count = _done(chapter, sheet), len(chapter.exercises)
        begun = SIGNS[Status.PARTLY] if sheet.records else EMPTY
        sign = SIGNS[Status.CORRECT] if count and done == count else begun
        steps.append(Step(chapter.notebook, f"{chapter.notebook[:2]} {chapter.title}", sign, f"{done} of {count} done"))
    total = sum(len(chapter.exercises) for chapter in chapters)
    return Progress("The course", steps, sum(map(_done, chapters, sheets)), total)


def _done(chapter: Chapter, sheet: Sheet) -> int:
    return sum(sheet.of(name).status in DONE for name in chapter.exercises)
