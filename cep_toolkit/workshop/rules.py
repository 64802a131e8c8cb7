"""The house's rules for a notebook's source; a breach names notebook, cell and remedy."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from cep_toolkit.checking import Exercise, Play
from cep_toolkit.course.catalogue import Chapter, chapter
from cep_toolkit.errors import CourseError, nearest
from cep_toolkit.workshop.doors import OFFER
from cep_toolkit.workshop.source import FACILITATOR, OPENING, PARAMETERS, Cell, Source

_ROLES = ("exercise", "solution")
_FREE = (PARAMETERS, OPENING, FACILITATOR, "explorer", "tool", "lab")
_KNOWN = (*_FREE, *(f"{role}:ID" for role in _ROLES))


def hold(source: Source) -> None:
    """Hold a source to every rule.

    Raises
    ------
    CourseError
        For the first breach.
    """
    exercises = chapter(source.notebook)
    for cell in source.cells:
        _tags(cell, exercises)
        _readable(cell)
    _openings(source)
    for exercise in exercises.exercises:
        _asked_and_solved(source, exercise)
    _order(source, exercises)
    _nothing_hidden(source)
    for part in ("parameters", "solutions"):
        getattr(source, part)  # each has rules of its own, looked at when it is read
    for each in exercises.exercises.values():
        _played_by_offer(source, each)


def _tags(cell: Cell, exercises: Chapter) -> None:
    for tag in cell.tags:
        if tag in _FREE:
            continue
        role, _, exercise = tag.partition(":")
        if role not in _ROLES:
            close = nearest(tag, _KNOWN)
            guess = f' Did you mean "{close}"?' if close else ""
            raise cell.refused(f'The tag "{tag}" is not known.{guess}', f"Known are {', '.join(_KNOWN)}.")
        if exercise not in exercises.exercises:
            known = ", ".join(exercises.exercises)
            raise cell.refused(f'The tag "{tag}" names no exercise.', f"The notebook's exercises are {known}.")
        if cell.kind != "code":
            raise cell.refused(f'The tag "{tag}" is on a cell of text.', "Tag the code cell.")


def _readable(cell: Cell) -> None:
    if cell.kind != "code":
        return
    try:
        ast.parse(cell.text)
    except SyntaxError as error:
        raise cell.refused(f"The code cannot be read: {error.msg}.", f"Mend line {error.lineno}.") from error


def _openings(source: Source) -> None:
    """Hold that one parameters cell and one opening cell, which makes this notebook's workbook, come first."""
    parameters = _only(source, PARAMETERS)
    opening = _only(source, OPENING)
    first_code = [cell for cell in source.cells if cell.kind == "code"][:2]
    if first_code != [parameters, opening]:
        raise opening.refused(
            "The parameters cell and the opening cell are not the first two code cells.", "Put them in that order."
        )
    made = [call for call in _calls(opening) if isinstance(call.func, ast.Name) and call.func.id == "Workbook"]
    names = [call.args[0].value for call in made if call.args and isinstance(call.args[0], ast.Constant)]
    if names != [source.notebook]:
        example = f'wb = Workbook("{source.notebook}", administration, seed, level, declarations, data)'
        raise opening.refused("The opening cell does not make this notebook's workbook.", f"Write: {example}")


def _only(source: Source, tag: str) -> Cell:
    found = source.tagged(tag)
    if len(found) != 1:
        raise CourseError(
            f"notebook {source.notebook}", f'{len(found)} cells are tagged "{tag}".', "Tag exactly one code cell."
        )
    if found[0].kind != "code":
        raise found[0].refused(f'The tag "{tag}" is on a cell of text.', "Tag the code cell.")
    return found[0]


def _asked_and_solved(source: Source, exercise: str) -> None:
    """Hold that an exercise is asked once, in a cell of its own tag, and solved once, later on."""
    where = f"notebook {source.notebook}"
    asked = [cell for cell in source.cells for name in _asks(cell) if name == exercise]
    if len(asked) != 1:
        raise CourseError(where, f'"{exercise}" is asked {len(asked)} times.', f'Write wb.ask("{exercise}") once.')
    if source.tagged(f"exercise:{exercise}") != tuple(asked):
        raise asked[0].refused("It asks, but lacks its tag, or shares it.", f'Tag it "exercise:{exercise}".')
    solved = source.tagged(f"solution:{exercise}")
    if len(solved) != 1:
        raise CourseError(
            where, f'"{exercise}" has {len(solved)} solution cells.', f'Tag one cell "solution:{exercise}".'
        )
    if solved[0].number < asked[0].number:
        raise solved[0].refused("The solution stands before its exercise.", "Put it after.")


def _played_by_offer(source: Source, exercise: Exercise) -> None:
    """Hold that the function of a play, and of nothing else, takes the offer."""
    is_play = isinstance(exercise, Play)
    if source.solutions[exercise.id].of_play is not is_play:
        (cell,) = source.tagged(f"solution:{exercise.id}")
        brackets = f"({OFFER})" if is_play else "()"
        raise cell.refused("The brackets after the function's name do not fit.", f"Write {brackets}.")


def _order(source: Source, exercises: Chapter) -> None:
    """Hold that the exercises are asked in the order that the course module gives."""
    asked = [cell.part("exercise") for cell in source.cells if cell.part("exercise")]
    if asked != list(exercises.exercises):
        raise CourseError(
            f"notebook {source.notebook}",
            f"It asks in the order {', '.join(asked)}.",
            f"The course module has {', '.join(exercises.exercises)}: give both the same order.",
        )


def _nothing_hidden(source: Source) -> None:
    """Hold that a heading follows a solution: the code doors are folded under one, with all up to the next."""
    kept = [cell for cell in source.cells if FACILITATOR not in cell.tags]
    for cell, following in pairwise(kept):
        if cell.part("solution") and not (following.kind == "markdown" and _opens_with_heading(following.text)):
            raise following.refused(
                "It follows a solution and has no heading: it would be folded away with the code doors.",
                "Begin it with a heading, # to ####.",
            )


def _opens_with_heading(text: str) -> bool:
    marks, _, title = text.lstrip().partition(" ")
    return marks in ("#", "##", "###", "####") and bool(title.strip())


def _asks(cell: Cell) -> Iterator[object]:
    """Yield what ``wb.ask`` is called with in a cell."""
    for call in _calls(cell):
        if ast.unparse(call.func) == "wb.ask" and call.args:
            argument = call.args[0]
            yield argument.value if isinstance(argument, ast.Constant) else None


def _calls(cell: Cell) -> Iterator[ast.Call]:
    if cell.kind == "code":
        yield from (node for node in ast.walk(ast.parse(cell.text)) if isinstance(node, ast.Call))
