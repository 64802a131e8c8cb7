"""Text that a cell shows: markdown in a notebook, the same text on a plain screen."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any, TypeVar

from cep_toolkit.checking import Answer, Cells, Exercise, Fields, Kind, messages
from cep_toolkit.checking.record import TRIES_FOR_SOLUTION, Record
from cep_toolkit.errors import UnknownValueError

T = TypeVar("T")

_SIGNS = r"([\\`*_{}\[\]()#+!|<>&~-])"
_SPACES = re.compile(r"[^\S\u00a0]+")  # a number's no-break spaces stay
_MARKS, _ESCAPED = re.compile(_SIGNS), re.compile(r"\\" + _SIGNS)


@dataclass(frozen=True)
class Text:
    """Markdown to show in a cell.

    Parameters
    ----------
    markdown : str
        Without HTML and pictures: both are shown as they are written, so that no text makes a page ask the network.

    Examples
    --------
    >>> print(Text("Duty is **5 %**."))
    Duty is **5 %**.
    >>> print(Text("Duty is **5 %**.").html)
    <p>Duty is <strong>5 %</strong>.</p>
    """

    markdown: str

    @property
    def html(self) -> str:
        """The text as safe HTML."""
        import mistune

        without_pictures = self.markdown.replace("![", "!\\[")
        return str(mistune.create_markdown(escape=True, plugins=["table"])(without_pictures)).strip()

    def __str__(self) -> str:
        return _ESCAPED.sub(r"\1", self.markdown)

    def __repr__(self) -> str:
        return str(self)

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
    >>> Text(as_written("2 * 4 * [x](y)")).html
    '<p>2 * 4 * [x](y)</p>'
    """
    return _MARKS.sub(r"\\\1", _SPACES.sub(" ", str(text)).strip())


def say_answer(fields: Fields, answer: Answer) -> str:
    """Return an answer in words as a list in markdown: a line for each field, and for each row of cells."""
    return "\n".join(f"- {as_written(fields[name].label)}:{_said(fields[name], answer[name])}" for name in answer)


def _said(kind: Kind[Any], value: Any) -> str:
    words = kind.say(value)
    if isinstance(kind, Cells):  # no row and no option holds a semicolon
        return "".join(f"\n  - {as_written(row)}" for row in words.split("; "))
    return f" **{as_written(words)}**"


def in_a_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: it begins with a small letter.

    Examples
    --------
    >>> in_a_sentence("Ask the importer")
    'ask the importer'
    """
    return label[:1].lower() + label[1:]


def lettered(items: Iterable[T]) -> Iterator[tuple[str, T]]:
    """Yield the items of a question with the letters that stand before them.

    Examples
    --------
    >>> list(lettered(["first file", "second file"]))
    [('A', 'first file'), ('B', 'second file')]
    """
    return zip(ascii_uppercase, items, strict=False)


def known_word(what: str, value: object, valid: Collection[str]) -> str:
    """Return a word typed in a blank as the course writes it, whatever its capitals and spaces.

    Raises
    ------
    UnknownValueError
        It is not one of the words known here.

    Examples
    --------
    >>> known_word("line", " Duty  Rate", ["duty rate", "VAT rate"])
    'duty rate'
    """
    word = " ".join(str(value).casefold().split())
    for each in valid:
        if each.casefold() == word:
            return each
    raise UnknownValueError(what, value, valid)


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
    if "IPython" in sys.modules:  # a kernel has it; a plain Python need not load it
        from IPython import get_ipython
        from IPython.display import display

        if get_ipython() is not None:
            display(thing)  # type: ignore[no-untyped-call]
            return
    print(thing)
