"""An open hint stays in sight while answers are checked."""

from __future__ import annotations

from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.widgets.form import Form
from cep_toolkit.widgets.workbook import Workbook


def checked(form: Form, rate: float) -> str:
    form.put({"rate": rate})
    form.check()
    return form._result.value + form._help.value


def test_a_hint_that_opened_stays_and_is_said_once() -> None:
    wb = Workbook("00_start_here", declarations=5_000, store=MemoryStore())
    form = wb.ask("duty_rate")
    assert isinstance(form, Form)
    right = wb.question("duty_rate").duty_rate
    shown = [checked(form, right + more) for more in (31, 32, 33)]
    assert ["Hint 1 of 2" in each for each in shown] == [False, True, True]
    assert all(each.count("Hint 1 of 2") <= 1 for each in shown)
    assert "open the solution" in shown[2]


def test_open_hints_opens_none() -> None:
    wb = Workbook("00_start_here", declarations=5_000, store=MemoryStore())
    assert wb.open_hints("duty_rate").markdown == ""
    wb.hint("duty_rate")
    assert "Hint 1 of 2" in wb.open_hints("duty_rate").markdown
    assert "Hint 2 of 2" not in wb.open_hints("duty_rate").markdown
