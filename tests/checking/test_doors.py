"""The code doors: whatever a participant's function does, a value or a sentence comes back."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from cep_toolkit.checking import run_door
from cep_toolkit.checking.doors import has_blank
from cep_toolkit.errors import UnknownValueError
from tests.checking.odd_objects import Panic
from tests.checking.toys import QUESTION, Shortfall, missing

TABLE = pd.DataFrame({"mass": [1.0]})


def run_cell(code: str) -> str:
    """Return what is said of the function ``answer`` in a cell."""
    cell: dict[str, Any] = {"table": TABLE, "pd": pd}
    exec(compile(code, "<cell>", "exec"), cell)
    return run_door(cell["answer"]).problem


def test_what_the_function_returns_is_the_answer() -> None:
    assert run_door(lambda: {"gap": 20}) == ({"gap": 20}, "")
    assert run_door(functools.partial(missing, QUESTION, "share")) == (0.2, "")


def test_an_empty_function_is_no_attempt() -> None:
    def answer() -> None:
        """Return the gap."""

    assert run_door(answer) == (None, "")


def test_an_open_blank_is_no_attempt_wherever_it_stands_and_nothing_is_run() -> None:
    ran = []

    def inside() -> Any:
        ran.append("inside")
        return [missing(QUESTION, base) for base in ("____",)]

    def by_default(base: str = "____") -> Any:
        ran.append(base)

    def by_name(*, base: str = "____") -> Any:
        ran.append(base)

    for function in (inside, by_default, by_name):
        assert has_blank(function)
        assert run_door(function) == (None, "")
    assert not ran


@pytest.mark.parametrize("mistake", Shortfall.misconceptions[:2], ids=lambda mistake: mistake.name)
def test_a_mistakes_word_in_the_blank_makes_that_mistake(mistake: Any) -> None:
    value, problem = run_door(lambda: {"gap": missing(QUESTION, mistake.word), "step": "ask"})
    assert not problem
    assert Shortfall().check(None, None, QUESTION, value).misconception == mistake.name


NAME = 'The name "{}" is not known here. Check the spelling, or run the cells above first.'
KEY = 'There is no "{}" here. Check the spelling of the column or the word.'


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("return 1 / 0", "You divide by zero. Look at the number after the sign /."),
        ("return tabel", NAME.format("tabel")),
        ("return table.query('mas > 1')", NAME.format("mas")),
        ("return table.mas", 'There is no "mas" here. Check the spelling after the dot.'),
        ("return table['mas']", KEY.format("mas")),
        ("return table[['mas', 'mass']]", KEY.format("mas")),
        ("return table[['mas']]", KEY.format("mas")),
        ("return {1: 2}[3]", KEY.format("3")),
        ("return [][1]", "You ask for an item, but the list is shorter. Look at what the line before gives."),
        ("return 1 + 'a'", "These values do not go together. Look at what each part of the line gives."),
        ("return int('a')", "A value here cannot be used. Look at what each part of the line gives."),
        ("return open('nowhere')", "This could not be carried out. Look at what each part of the line gives."),
        ("return answer()", "The function calls itself without end. Give it a way to stop."),
        ("raise SystemExit", "The function stops the program. Return the answer instead."),
        ("import nowhere", "This cannot be imported. Check the spelling, or use what the cells above use."),
    ],
)
def test_an_error_is_said_in_plain_words_with_its_line(
    line: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linecache.getline", lambda file, number: line)  # as a notebook remembers its cells
    assert run_cell(f"def answer():\n    {line}") == f"Line 2 ({line}): {problem}"


def test_our_own_errors_speak_for_themselves() -> None:
    problem = run_door(lambda: missing(QUESTION, "fond")).problem
    assert 'base "fond" is not known. Did you mean "found"?' in problem


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        (5, "Write a function that returns your answer."),
        (int, "Write a function that returns your answer."),
        (lambda world: 5, "The brackets after the function's name must be empty. Take out what stands in them."),
    ],
)
def test_what_is_no_function_without_arguments_is_told_so(function: object, problem: str) -> None:
    assert run_door(function) == (None, problem)


def test_an_async_function_is_told_so_and_leaves_nothing_waiting() -> None:
    async def answer() -> int:
        return 5

    assert run_door(answer) == (None, "Take the word async out, and check again.")


def _raising(error: BaseException) -> Callable[[], object]:
    def answer() -> object:
        raise error

    return answer


class MuteError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


class MuteNameError(NameError):
    def __str__(self) -> str:
        raise RuntimeError


class MuteOwnError(UnknownValueError):
    def __init__(self) -> None: ...

    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    "error",
    [
        Panic(),
        MuteError(),
        MuteNameError(),
        MuteOwnError(),
        KeyError(),
        KeyError(object()),
        MemoryError(),
        GeneratorExit(),
    ],
)
def test_no_error_whatever_its_make_comes_through(error: BaseException) -> None:
    value, problem = run_door(_raising(error))
    assert value is None
    assert problem
    assert " at 0x" not in problem


def test_the_participants_wish_to_stop_comes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        run_door(_raising(KeyboardInterrupt()))


def test_a_function_that_wraps_itself_is_run_all_the_same() -> None:
    def answer() -> int:
        return 5

    answer.__wrapped__ = answer  # type: ignore[attr-defined]
    assert isinstance(run_door(answer).problem, str)
    assert sys.getrecursionlimit() >= 1000
