"""From an answer to a Result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cep_toolkit.checking import messages
from cep_toolkit.checking.answer import Answer, read_answer
from cep_toolkit.checking.expected import Expected, Misconception
from cep_toolkit.checking.kinds import Kind
from cep_toolkit.checking.result import Result, Status

PARTLY_FROM = 0.5
"""The score from which a wrong answer is called *partly*."""
MOST_TOLD = 2
"""How many messages about wrong options are told where one field is wrong; where several are, one a field."""


def unmarked(problem: str = "") -> Result:
    """Return the result of an answer that is empty or, with a problem that says what to do, cannot be read."""
    if problem:
        return Result(Status.WRONG_FORM, 0.0, problem, messages.NEXT_FORM)
    return Result(Status.NOT_ATTEMPTED, 0.0, messages.NOTHING_YET, messages.NEXT_START)


def mark(expected: Expected, misconceptions: Iterable[Misconception], raw: object) -> Result:
    """Compare any object a participant gave with what is expected.

    Returns
    -------
    Result
        *not attempted* or *wrong form* for an answer that cannot be compared; *correct*; else *partly* or *not yet*
        with the message of the recognised mistake, or with what is right so far and what is said of wrong options.
    """
    answer, problem = read_answer(expected.fields, raw)
    if answer is None:
        return unmarked(problem)
    scores = {name: kind.score(answer[name], expected.reference[name]) for name, kind in expected.fields.items()}
    if min(scores.values()) >= 1.0:
        return Result(Status.CORRECT, 1.0, messages.CORRECT, messages.NEXT_CORRECT)
    score = sum(scores.values()) / len(scores)
    status = Status.PARTLY if score >= PARTLY_FROM else Status.NOT_YET
    name = expected.recognised(answer)
    message = next((mistake.message for mistake in misconceptions if mistake.name == name), "")
    message = message or _nearness(expected, answer, scores, status)
    return Result(status, score, message, messages.NEXT_TRY, misconception=name)


def _nearness(expected: Expected, answer: Answer, scores: dict[str, float], status: Status) -> str:
    """Say which fields are right and, of each wrong one, how near it is and what is said of its wrong options."""
    right = [_named(expected.fields[name]) for name, score in scores.items() if score >= 1.0]
    wrong = [name for name, score in scores.items() if score < 1.0]
    opening = messages.PARTLY if status is Status.PARTLY else messages.NOT_YET
    if right:
        labels = ", ".join(_named(expected.fields[name]) for name in wrong)
        opening = messages.PARTS_RIGHT.format(right=", ".join(right), wrong=labels)
    said = {name: _said(expected, answer, name, max(1, MOST_TOLD // len(wrong))) for name in wrong}
    if len(wrong) > 1:
        fields = expected.fields
        said = {
            name: messages.ON_PART.format(part=_named(fields[name]), told=told) for name, told in said.items() if told
        }
    return " ".join([opening, *filter(None, said.values())])


def _said(expected: Expected, answer: Answer, name: str, at_most: int) -> str:
    """Return how near one wrong field is, and what its author says of its wrong options."""
    kind, value, reference = expected.fields[name], answer[name], expected.reference[name]
    return " ".join(filter(None, [kind.remark(value, reference), *kind.told(value, reference)[:at_most]]))


def _named(kind: Kind[Any]) -> str:
    """Return a field's label so that a sentence can go on after it."""
    return kind.label.rstrip("?.:")
