"""The mark sheet as tables: a line a participant, a line an answer, a line a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from cep_toolkit.checking import Status
from cep_toolkit.workshop.marking.marks import Mark, Marked, Marking

Cell: TypeAlias = str | int | float
COUNTS, REFUSED, REPEATED, ABSENT = "marked", "refused", "the same again", "nothing handed in"
OPEN_BOOK, REFEREE = "open book", "referee"


class Table(NamedTuple):
    """A title, headings, and lines of text and numbers."""

    title: str
    headings: tuple[str, ...]
    lines: list[tuple[Cell, ...]]


def participants(marking: Marking) -> Table:
    """Return a line for everybody of the cohort: what became of it, counts, and points for each exercise."""
    exercises = _exercises(marking)
    counts = ("answers", "right", "partly", "points", "out of", "of it open book", "out of open book")
    marked = {each.participant: each for each in marking.marked}
    refused = {each.participant: each.reason for each in reversed(marking.refused) if each.participant}
    lines: list[tuple[Cell, ...]] = []
    for name, member in sorted(marking.key.participants.items()):
        if name in marked:
            each = marked[name]
            about = (name, member.administration, COUNTS, *_counts(each), *_points(each, list(exercises)))
            lines.append((*about, " ".join(each.remarks)))
        else:
            said = (REFUSED, refused[name]) if name in refused else (ABSENT, "")
            lines.append((name, member.administration, said[0], *[""] * (len(counts) + len(exercises)), said[1]))
    headings = ("participant", "administration", "what became of it", *counts, *exercises.values(), "remark")
    return Table("Participants", headings, lines)


def answers(marking: Marking) -> Table:
    """Return a line for every answer; at the end one for every refused file and everybody who handed in nothing."""
    headings = (
        *("participant", "notebook", "exercise", "title", "status", "points", "mistake recognised"),
        *("tries", "hints open", "door", OPEN_BOOK, REFEREE, "file", "remark"),
    )
    lines = [_answer(each, mark) for each in marking.marked for mark in each.marks]
    lines += [_no_answer(each.participant, REFUSED, each.file, each.reason) for each in marking.refused]
    lines += [_no_answer(each.participant, REPEATED, each.file, each.reason) for each in marking.repeated]
    lines += [_no_answer(name, ABSENT, "", "") for name in marking.absent]
    return Table("Answers", headings, lines)


def files(marking: Marking) -> Table:
    """Return a line for every file: whose it is and what became of it."""
    lines: list[tuple[Cell, ...]] = [
        *((each.file, each.participant, COUNTS, " ".join(each.remarks)) for each in marking.marked),
        *((each.file, each.participant, REFUSED, each.reason) for each in marking.refused),
        *((each.file, each.participant, REPEATED, each.reason) for each in marking.repeated),
    ]
    return Table("Files", ("file", "participant", "what became of it", "reason"), sorted(lines, key=str))


def flags(mark: Mark) -> str:
    """Return how an exercise is marked as special, in brackets, or nothing."""
    said = [word for word, holds in ((OPEN_BOOK, mark.entry.open_book), (REFEREE, mark.entry.referee)) if holds]
    return f" ({', '.join(said)})" if said else ""


def _exercises(marking: Marking) -> dict[tuple[str, str], str]:
    """Return the heading of every exercise that somebody's world has, in teaching order."""
    every = (mark for each in marking.marked for mark in each.marks)
    return {(mark.notebook, mark.exercise): f"{mark.notebook[:2]} {mark.exercise}{flags(mark)}" for mark in every}


def _counts(each: Marked) -> Iterator[Cell]:
    yield each.answered
    yield each.count(Status.CORRECT)
    yield each.count(Status.PARTLY)
    yield round(each.points, 2)
    yield len(each.posed)
    opened = [mark.result.score for mark in each.posed if mark.entry.open_book]
    yield round(sum(opened), 2)
    yield len(opened)


def _points(each: Marked, exercises: list[tuple[str, str]]) -> Iterator[Cell]:
    points: dict[tuple[str, str], Cell] = {
        (mark.notebook, mark.exercise): round(mark.result.score, 2) for mark in each.posed
    }
    yield from (points.get(exercise, "") for exercise in exercises)


def _answer(each: Marked, mark: Mark) -> tuple[Cell, ...]:
    entry, result, handed = mark.entry, mark.result, mark.handed
    work: tuple[Cell, ...] = (handed.attempts, handed.hints_open, handed.door) if handed else ("", "", "")
    return (
        *(each.participant, mark.notebook, mark.exercise, entry.title, str(result.status)),
        *(round(result.score, 2) if mark.posed else "", result.misconception, *work),
        *("yes" if flag else "no" for flag in (entry.open_book, entry.referee)),
        *(each.file, entry.not_posed),
    )


def _no_answer(participant: str, status: str, file: str, reason: str) -> tuple[Cell, ...]:
    return (participant, "", "", "", status, *[""] * 7, file, reason)
