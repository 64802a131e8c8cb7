"""The feedback page of one participant: how each exercise stood, why, and what to look at next.

It never names the right answer, so that an exercise can be tried again, and it compares nobody with anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from cep_toolkit.checking import Status
from cep_toolkit.checking.answer import read_answer
from cep_toolkit.course.catalogue import COURSE
from cep_toolkit.course.text import Text, say_answer
from cep_toolkit.workshop.marking.marks import Mark, Marked
from cep_toolkit.workshop.marking.page import page, paragraph

MOST_SHOWN = 4_000
STANDS = {
    Status.CORRECT: "● Right.",
    Status.PARTLY: "◐ Partly right.",
    Status.NOT_YET: "◔ Not yet.",
    Status.WRONG_FORM: "◔ The answer could not be read.",
    Status.NOT_ATTEMPTED: "○ No answer yet.",
    Status.NOT_MARKED: "– Not asked in your world.",
    Status.RECORDED: "● Kept, not marked.",
}
NO_ANSWER = "Nothing was handed in here. You can still try it."
GO_ON = "Say in one sentence which facts your answer rests on, as you would to a colleague."
ABOUT = (
    "This page is for you. It says how your answers stood and what is worth a second look. "
    "It does not give the right answers away."
)


def feedback(marked: Marked) -> str:
    """Return the page of a participant as HTML."""
    return page(f"Feedback for {marked.participant}", _body(marked))


def _body(marked: Marked) -> Iterator[str]:
    right, partly = marked.count(Status.CORRECT), marked.count(Status.PARTLY)
    parts = f", {partly} partly right" if partly else ""
    yield paragraph(f"{right} of {len(marked.posed)} right{parts}; {marked.answered} answered.", before="In short:")
    yield paragraph(ABOUT)
    for notebook, marks in groupby(marked.marks, key=lambda mark: mark.notebook):
        yield f"<h2>{escape(_heading(notebook))}</h2>"
        for mark in marks:
            yield from _exercise(mark)


def _heading(notebook: str) -> str:
    number = notebook[:2]
    titles = {f"{place:02}": title for place, title in enumerate(COURSE)}
    return f"{number} {titles[number]}" if number in titles else notebook


def _exercise(mark: Mark) -> Iterator[str]:
    result = mark.result
    yield "<section>"
    yield f"<h3>{escape(mark.entry.title)}</h3>"
    yield paragraph(_told(mark), before=STANDS[result.status])
    if said := _answer(mark):
        yield f"{paragraph('', before='Your answer:')}{Text(said).html}"
    if result.status is Status.CORRECT:
        yield paragraph(GO_ON, before="Next:")
    elif mark.posed:
        yield f"{paragraph('', before='Look at next:')}{Text(_hint(mark)).html}"
    yield "</section>"


def _told(mark: Mark) -> str:
    if mark.result.status is Status.CORRECT:
        return ""
    return NO_ANSWER if mark.result.status is Status.NOT_ATTEMPTED else mark.result.message


def _answer(mark: Mark) -> str:
    """Return an answer in words, as markdown; one that cannot be read, or fills pages, is not shown."""
    if mark.handed is None or mark.entry.expected is None:
        return ""
    fields = mark.entry.expected.fields
    answer = read_answer(fields, mark.handed.answer).value or {}
    words = say_answer(fields, answer)
    return words if len(words) <= MOST_SHOWN else ""


def _hint(mark: Mark) -> str:
    """Return the first hint that the participant has not seen, or the last one again."""
    seen = mark.handed.hints_open if mark.handed else 0
    return mark.entry.hints[min(seen, len(mark.entry.hints) - 1)] if mark.entry.hints else ""
