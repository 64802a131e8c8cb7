"""Finding a notebook's module, and its exercises."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from cep_toolkit import course
from cep_toolkit.checking import Exercise
from cep_toolkit.checking.resume_code import MOST_EXERCISES
from cep_toolkit.errors import CourseError, UnknownValueError, WrongTypeError

COURSE = (
    "Start here",
    "The Compliance and Enforcement Package",
    "High-risk areas",
    "CEN",
    "nCEN",
    "CENcomm",
    "Cargo Targeting System",
    "IRIS",
    "I2C",
    "The intelligence cycle",
    "Intelligence analysis",
    "Risk management",
    "Risk analysis",
    "Targeting exercise",
    "Controls",
    "Interviewing",
    "Evidence handling",
    "Case development",
    "Legal framework and procedure",
    "Customs-police cooperation",
    "Capstone case study",
)
"""What the notebooks of the whole course are about, from 00 on; those that have no module are not written yet."""

_NAME = re.compile(r"\d\d_([a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class Chapter:
    """What one notebook exercises.

    Parameters
    ----------
    notebook, title : str
        The notebook's name without ending, and its heading.
    exercises : Mapping[str, Exercise]
        Exercise's id -> exercise, in the notebook's order.
    """

    notebook: str
    title: str
    exercises: Mapping[str, Exercise]


def chapter(notebook: str) -> Chapter:
    """Return the chapter of a notebook.

    Raises
    ------
    UnknownValueError, WrongTypeError
        No notebook has this name.
    CourseError
        The notebook's module, or one of its exercises, is not as it must be.

    Examples
    --------
    >>> chapter("00_start_here").title
    'Start here'
    """
    if not isinstance(notebook, str):
        raise WrongTypeError("notebook", notebook, 'a name such as "00_start_here"')
    match = _NAME.fullmatch(notebook)
    name = f"{course.__name__}.{match.group(1)}" if match else ""
    if match and find_spec(name) is not None:
        module = import_module(name)
        if getattr(module, "NOTEBOOK", None) == notebook:
            return _chapter(module)
    raise UnknownValueError("notebook", notebook, notebooks())


@cache
def notebooks() -> tuple[str, ...]:
    """Return the names of all notebooks, in teaching order."""
    modules = [import_module(f"{course.__name__}.{found.name}") for found in pkgutil.iter_modules(course.__path__)]
    return tuple(sorted(module.NOTEBOOK for module in modules if hasattr(module, "NOTEBOOK")))


def not_here(present: Iterable[str]) -> dict[str, str]:
    """Return number and title of every notebook of the course that is not among some.

    Examples
    --------
    >>> sorted(not_here(["00_start_here"]))[:2]
    ['01', '02']
    """
    numbers = {name[:2] for name in present}
    titles = {f"{number:02}": title for number, title in enumerate(COURSE)}
    return {number: title for number, title in titles.items() if number not in numbers}


@cache
def _chapter(module: ModuleType) -> Chapter:
    for name in ("TITLE", "EXERCISES"):
        if not hasattr(module, name):
            raise CourseError(module.__name__, f"It has no {name}.", "Give NOTEBOOK, TITLE and EXERCISES.")
    exercises = [kind() for kind in module.EXERCISES]
    if len(exercises) > MOST_EXERCISES:
        raise CourseError(
            module.__name__, f"It has {len(exercises)} exercises.", f"A resume code holds {MOST_EXERCISES}: make two."
        )
    by_id = {exercise.id: exercise for exercise in exercises}
    if len(by_id) < len(exercises):
        raise CourseError(module.__name__, "Two exercises share an id.", "Name each exercise differently.")
    return Chapter(module.NOTEBOOK, module.TITLE, by_id)
