"""The feedback page of one participant: how each exercise stood, why, and what to look at next.

It never names the right answer, so that an exercise can be tried again, and it compares nobody with anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cep_toolkit.checking import Status
from cep_toolkit.checking.answer import read_answer
from cep_toolkit.course.text import Text
from cep_toolkit.workshop.marking.marks import Mark, Marked
from cep_toolkit.workshop.marking.page import page, paragraph

MOST_SHOWN = 400
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
GO_ON = "Read the solution to see the reasons, and compare them with yours."
ABOUT = (
    "This page is for you. It says how your answers stood and what is worth a second look. "
    "It does not give the right answers away, so you can try each exercise again."
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
        yield f"<h2>{_heading(notebook)}</h2>"
        for mark in marks:
            yield from _exercise(mark)


def _heading(notebook: str) -> str:
    number, _, name = notebook.partition("_")
    return Text(f"{number} {name.replace('_', ' ')}").html.removeprefix("<p>").removesuffix("</p>")


def _exercise(mark: Mark) -> Iterator[str]:
    result = mark.result
    yield "<section>"
    yield f"<h3>{Text(mark.entry.title).html.removeprefix('<p>').removesuffix('</p>')}</h3>"
    yield paragraph(_told(mark), before=STANDS[result.status])
    if said := _answer(mark):
        yield paragraph(said, before="Your answer:")
    if result.status is Status.CORRECT:
        yield paragraph(GO_ON, before="Next:")
    elif mark.posed:
        yield f"<p><strong>Look at next:</strong></p>{Text(_hint(mark)).html}"
    yield "</section>"


def _told(mark: Mark) -> str:
    if mark.result.status is Status.CORRECT:
        return ""
    return NO_ANSWER if mark.result.status is Status.NOT_ATTEMPTED else mark.result.message


def _answer(mark: Mark) -> str:
    """Return an answer in words; one that cannot be read is not shown."""
    if mark.handed is None or mark.entry.expected is None:
        return ""
    fields = mark.entry.expected.fields
    answer = read_answer(fields, mark.handed.answer).value or {}
    words = "; ".join(
        f"{fields[name].label.rstrip('?.:')}: {fields[name].say(value)}" for name, value in answer.items()
    )
    return words if len(words) <= MOST_SHOWN else f"{words[: MOST_SHOWN - 1]}…"


def _hint(mark: Mark) -> str:
    """Return the first hint that the participant has not seen, or the last one again."""
    seen = mark.handed.hints_open if mark.handed else 0
    return mark.entry.hints[min(seen, len(mark.entry.hints) - 1)] if mark.entry.hints else ""
