"""The doors of code on a toy world."""

from __future__ import annotations

from typing import Any

import pytest

from cep_toolkit.checking import Status
from cep_toolkit.checking.record import Record
from cep_toolkit.course.workbook import Workbook
from tests.checking.toys import RIGHT, Shortfall, missing, other_step
from tests.course.toy_workbook import WRONG


@pytest.mark.parametrize("mistake", Shortfall.misconceptions, ids=lambda mistake: mistake.name)
def test_a_word_in_the_blank_gets_its_mistakes_message(
    wb: Workbook, mistake: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    @wb.answer("shortfall")
    def my_answer() -> Any:
        word = mistake.word
        step = other_step(wb.question("shortfall")) if word == "step" else "ask"
        return missing(wb.question("shortfall"), "declared" if word == "step" else word), step

    assert mistake.message in capsys.readouterr().out
    assert (wb.record("shortfall").attempts, wb.record("shortfall").door) == (1, "code")
    assert callable(my_answer)


def test_an_open_blank_is_not_attempted(wb: Workbook, capsys: pytest.CaptureFixture[str]) -> None:
    @wb.answer("shortfall")
    def my_answer() -> Any:
        return missing(wb.question("shortfall"), "____"), "ask"

    assert capsys.readouterr().out.startswith("Not attempted. There is no answer to check yet.")
    assert wb.record("shortfall") == Record()


def test_an_unknown_word_in_the_blank_is_told_the_words(wb: Workbook, capsys: pytest.CaptureFixture[str]) -> None:
    wb.answer("shortfall")(lambda: missing(wb.question("shortfall"), "fond"))
    told = capsys.readouterr().out
    assert told.startswith("Wrong form. Line ")
    assert 'base "fond" is not known. Did you mean "found"? Valid: declared, found, share.' in told


def test_the_decorator_without_its_brackets_is_told_what_to_write(
    wb: Workbook, capsys: pytest.CaptureFixture[str]
) -> None:
    wb.answer(lambda: 5)  # type: ignore[arg-type, type-var]
    assert 'Write the exercise\'s name in the brackets, for example @wb.answer("shortfall").' in capsys.readouterr().out


def test_changing_the_door_keeps_the_answer(wb: Workbook) -> None:
    wb.check("shortfall", WRONG)
    wb.answer("shortfall")(lambda: None)
    assert wb.record("shortfall").answer == WRONG
    wb.answer("shortfall")(lambda: RIGHT)
    assert wb.record("shortfall") == Record(Status.CORRECT, RIGHT, 2, 0, "code")
