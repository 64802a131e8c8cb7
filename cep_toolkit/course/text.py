"""Text that a cell shows: markdown in a notebook, the same text on a plain screen."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field

from cep_toolkit.checking import Exercise, Fields, messages
from cep_toolkit.checking.record import TRIES_FOR_SOLUTION, Record

_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>&~-])")


@dataclass(frozen=True)
class Text:
    """Markdown to show in a cell.

    Parameters
    ----------
    markdown : str
        Without HTML: tags in it are shown as they are written.

    Examples
    --------
    >>> print(Text("Duty is **5 %**."))
    Duty is **5 %**.
    >>> Text("Duty is **5 %**.").html
    '<p>Duty is <strong>5 %</strong>.</p>\\n'
    """

    markdown: str

    @property
    def html(self) -> str:
        """The text as safe HTML."""
        import mistune

        return str(mistune.create_markdown(escape=True, plugins=["table"])(self.markdown))

    def __str__(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True, repr=False)
class Prompt(Text):
    """What an exercise asks, and the parts of its answer.

    Parameters
    ----------
    exercise, title : str
        The exercise's id and heading.
    fields : Mapping[str, Kind]
        The parts of the answer.
    """

    exercise: str = ""
    title: str = ""
    fields: Fields = field(default_factory=dict)


def as_written(text: object) -> str:
    """Return text from data so that markdown shows it as it is written.

    Examples
    --------
    >>> as_written("2 * 4 [x](y)")
    '2 \\\\* 4 \\\\[x\\\\]\\\\(y\\\\)'
    """
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))


def hints(exercise: Exercise, before: Record, after: Record) -> str:
    """Return every open hint as markdown, and what opens the next one."""
    count = len(exercise.hints)
    lines = [
        messages.HINT.format(number=number, count=count, text=text)
        for number, text in enumerate(exercise.hints[: after.hints_open], start=1)
    ]
    if before.hints_open >= count:
        lines.append(messages.HINTS_ALL)
    elif after == before:
        lines.append(messages.HINT_AFTER_TRY)
    return "\n\n".join(lines)


def first_hint(exercise: Exercise) -> str:
    """Return the hint that opens by itself, as plain text."""
    return messages.HINT.format(number=1, count=len(exercise.hints), text=exercise.hints[0]).replace("**", "")


def solution_closed(record: Record) -> str:
    """Return what opens the solution."""
    closed = messages.SOLUTION_AFTER.format(tries=TRIES_FOR_SOLUTION, made=record.attempts)
    return f"{closed} {messages.SOLUTION_NEXT}"


def show(thing: object) -> None:
    """Display something in a notebook's cell, or print it where there is no notebook."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(thing)
    else:
        print(thing)
