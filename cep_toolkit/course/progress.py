"""How far a participant is: one notebook, or the whole course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from cep_toolkit.checking import Status
from cep_toolkit.checking.record import Sheet
from cep_toolkit.course import messages
from cep_toolkit.course.catalogue import Chapter, not_here

DONE = (Status.CORRECT, Status.RECORDED, Status.NOT_MARKED)
SIGNS = {**dict.fromkeys(DONE, "●"), Status.PARTLY: "◐", Status.NOT_YET: "◔"}
EMPTY, NOTHING = "○", "–"


@dataclass(frozen=True)
class Step:
    """One line of a progress table: an exercise or a notebook; ``file`` is where to go on, empty for nowhere."""

    name: str
    title: str
    sign: str
    status: str
    detail: str = ""
    file: str = ""

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
        return self.html(links=False)

    def html(self, links: bool) -> str:
        """Return the table as HTML, with links to the files or, where nobody can follow them, without."""
        width = 3 if any(step.detail for step in self.steps) else 2
        rows = "".join(f"<tr>{''.join(_cells(step, links)[:width])}</tr>" for step in self.steps)
        return f'<table class="cep-progress"><caption>{escape(self.summary)}</caption>{rows}</table>'


def _cells(step: Step, links: bool) -> list[str]:
    first, *others = map(escape, step.words)
    if links and step.file:
        where = f'href="{escape(step.file)}" target="_blank" rel="noopener"'
        first = f"{escape(step.sign)} <a {where}>{escape(step.title)}</a>"
    return [f"<td>{text}</td>" for text in (first, *others)]


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


def of_course(chapters: Sequence[Chapter], sheets: Sequence[Sheet], folder: Path) -> Progress:
    """Return the course map, a line a notebook; those in the folder can be opened from it."""
    steps = []
    for chapter, sheet in zip(chapters, sheets, strict=True):
        done, count = _done(chapter, sheet), len(chapter.exercises)
        begun = SIGNS[Status.PARTLY] if sheet.records else EMPTY
        sign = SIGNS[Status.CORRECT] if count and done == count else begun
        title = f"{chapter.notebook[:2]} {chapter.title}"
        file = f"{chapter.notebook}.ipynb"
        there = file if (folder / file).is_file() else ""
        steps.append(Step(chapter.notebook, title, sign, f"{done} of {count} done", file=there))
    missing = not_here(chapter.notebook for chapter in chapters)
    steps += [Step(number, f"{number} {title}", NOTHING, messages.NOT_HERE) for number, title in missing.items()]
    steps.sort(key=lambda step: step.title)
    total = sum(len(chapter.exercises) for chapter in chapters)
    return Progress("The course", steps, sum(map(_done, chapters, sheets)), total)


def _done(chapter: Chapter, sheet: Sheet) -> int:
    return sum(sheet.of(name).status in DONE for name in chapter.exercises)
