from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cep_toolkit.checking import Status
from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course.text import Text
from cep_toolkit.widgets.form import Form
from cep_toolkit.widgets.workbook import Workbook

VIEW = "application/vnd.jupyter.widget-view+json"


def form_of(workbook: Workbook, exercise: str = "all_kinds") -> Form:
    form = workbook.ask(exercise)
    assert isinstance(form, Form)
    return form


def click(form: Form, button: str) -> None:
    form._buttons[button].click()


def controls(form: Form) -> list[Any]:
    return [control for part in form._inputs.values() for control in part.controls]


def test_a_form_has_an_input_for_every_field_and_is_empty_at_first(workbook: Workbook) -> None:
    form = form_of(workbook)
    assert list(form._inputs) == ["step", "facts", "rate", "deadline", "first", "risks", "rows"]
    assert form.answer == {}
    assert form_of(workbook, "typed").answer == {}


def test_an_unknown_exercise_is_one_sentence(workbook: Workbook) -> None:
    said = workbook.ask("all_kind")
    assert isinstance(said, Text)
    assert 'Did you mean "all_kinds"' in str(said)


def test_what_is_put_into_the_controls_is_what_is_read_from_them(workbook: Workbook, right: dict[str, Any]) -> None:
    form = form_of(workbook)
    form.put(right)
    assert workbook.check("all_kinds", form.answer).status is Status.CORRECT
    assert form_of(workbook).answer["rate"] == "12.5"
    other = form_of(workbook, "typed")
    other.put({"rows": ["1003", "1007"], "month": "m3", "listed": ["1001", "1002"]})
    assert workbook.check("typed", other.answer).status is Status.CORRECT


def test_check_says_the_result_with_a_sign_and_words(workbook: Workbook, right: dict[str, Any]) -> None:
    form = form_of(workbook)
    form.put(right)
    click(form, "check")
    assert "✔" in form._result.value
    assert "<strong>Correct.</strong>" in form._result.value
    assert 'role="status"' in form._result.value


def test_a_wrong_answer_gets_the_message_of_its_misconception(workbook: Workbook) -> None:
    form = form_of(workbook, "rate")
    form.put({"rate": 0.125})
    click(form, "check")
    assert "This is a share, not per cent." in form._result.value
    assert "✗" in form._result.value


def test_an_empty_form_and_a_half_filled_one_are_told_what_to_do(workbook: Workbook) -> None:
    form = form_of(workbook)
    click(form, "check")
    assert "Not attempted" in form._result.value
    form.put({"step": "ask"})
    click(form, "check")
    assert "Wrong form" in form._result.value
    assert "Still empty: Two facts" in form._result.value
    assert workbook.record("all_kinds").attempts == 0


def test_a_change_after_a_check_marks_the_result_as_the_last_one(workbook: Workbook) -> None:
    form = form_of(workbook, "rate")
    form.put({"rate": 13})
    click(form, "check")
    form.put({"rate": 12})
    assert "Your last check: Not yet" in form._result.value


def test_enter_in_a_text_checks(workbook: Workbook) -> None:
    form = form_of(workbook, "rate")
    form.put({"rate": 12.5})
    text = form._inputs["rate"].controls[0]
    text._handle_custom_msg({"event": "submit"}, [])
    assert "Correct" in form._result.value


def test_hints_open_one_by_one_and_the_solution_button_only_when_it_may(workbook: Workbook) -> None:
    form = form_of(workbook, "rate")
    solution = form._buttons["solution"]
    assert solution.layout.display == "none"
    click(form, "hint")
    assert "Hint 1 of 2" in form._help.value
    assert "<strong>first</strong>" in form._help.value
    for wrong in (13, 14, 15):
        form.put({"rate": wrong})
        click(form, "check")
    assert solution.layout.display is None
    click(form, "solution")
    assert "Because <strong>it is so</strong>." in form._help.value
    click(form, "solution")
    assert form._help.value == ""


def test_start_again_empties_the_form_and_undo_brings_the_answer_back(workbook: Workbook) -> None:
    form = form_of(workbook, "rate")
    form.put({"rate": 13})
    click(form, "check")
    click(form, "reset")
    assert form.answer == {}
    assert workbook.record("rate").attempts == 0
    click(form, "undo")
    assert form.answer == {"rate": "13"}
    assert "Your old answer is back." in form._result.value


def test_a_restarted_kernel_gives_the_answer_back(
    open_workbook: Callable[..., Workbook], right: dict[str, Any]
) -> None:
    store = MemoryStore()
    before = form_of(open_workbook(store))
    before.put({**right, "step": "release"})
    click(before, "check")
    after = form_of(open_workbook(store))
    assert after.answer == before.answer
    assert "The form shows the answer you checked last." in after._result.value


def test_an_answer_from_the_code_door_appears_in_the_form(workbook: Workbook, right: dict[str, Any]) -> None:
    form = form_of(workbook)

    @workbook.answer("all_kinds")
    def my_answer() -> dict[str, Any]:
        return right

    assert workbook.check("all_kinds", form.answer).status is Status.CORRECT
    assert "Correct" in form._result.value


def test_a_check_in_the_form_does_not_take_back_what_is_typed(workbook: Workbook) -> None:
    form = form_of(workbook, "rate")
    form.put({"rate": 12.5})
    click(form, "check")
    form.put({"rate": 13})
    click(form, "check")  # the record keeps the right answer, the form keeps what was typed
    assert form.answer == {"rate": "13"}


def test_show_code_prints_the_call_that_gives_the_same_result(workbook: Workbook, right: dict[str, Any]) -> None:
    form = form_of(workbook)
    form.put(right)
    said = eval(form.code(), {"wb": workbook})
    assert said.status is Status.CORRECT
    form._code._button.value = True
    assert "wb.check(&quot;all_kinds&quot;" in form._code._code.value
    one = form_of(workbook, "rate")
    one.put({"rate": "12,5"})
    assert one.code() == 'wb.check("rate", 12.5)'


def test_ticked_rows_come_into_the_form_or_a_sentence_says_why_not(workbook: Workbook) -> None:
    form = form_of(workbook)
    assert "2 chosen" in form.pick(["1003", "1007"])
    assert form.answer["rows"] == ["1003", "1007"]
    assert "not in the list" in form.pick(["9999"])
    assert form_of(workbook, "rate").pick(["1003"]) == "No exercise here takes rows of this table."


def test_text_is_escaped_wherever_it_becomes_html(workbook: Workbook) -> None:
    form = form_of(workbook)
    form.put({"rate": "<script>alert(2)</script>"})
    click(form, "check")
    form._code._button.value = True
    shown = [part.value for part in walk(form.view) if type(part).__name__ == "HTML"]
    assert not [value for value in shown if "<script" in value or "<kind>" in value or "<i>goods" in value]
    assert "&lt;kind&gt;" in form._repr_mimebundle_()["text/html"]


def walk(widget: Any) -> list[Any]:
    return [widget, *(part for child in getattr(widget, "children", ()) for part in walk(child))]


def test_every_control_has_a_name_for_screen_readers(workbook: Workbook) -> None:
    for exercise in ("all_kinds", "typed", "rate"):
        for control in controls(form_of(workbook, exercise)):
            assert control.description or type(control).__name__ == "RadioButtons"


def test_a_stored_notebook_shows_the_question_and_how_to_get_the_form(open_workbook: Callable[..., Workbook]) -> None:
    bundles = [form_of(open_workbook())._repr_mimebundle_() for _ in range(2)]
    assert VIEW in bundles[0]
    for mime in ("text/plain", "text/html"):
        assert bundles[0][mime] == bundles[1][mime]
        assert "Run this notebook (menu Run, Run All Cells) to see the form." in bundles[0][mime]
        assert "Answer **everything**" in bundles[0][mime] or "Answer <strong>everything</strong>" in bundles[0][mime]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40), day=st.text(max_size=40), rows=st.lists(st.text(max_size=8), max_size=5))
def test_no_text_in_a_form_makes_a_callback_raise(workbook: Workbook, text: str, day: str, rows: list[str]) -> None:
    form = form_of(workbook)
    form.put({"rate": text, "deadline": day})
    form.pick(rows)
    click(form, "check")
    assert form._result.value
    assert form.code().startswith('wb.check("all_kinds"')


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    presses=st.lists(st.sampled_from(["check", "hint", "solution", "reset", "undo"]), max_size=12),
    seed=st.integers(0, 9),
)
def test_no_order_of_presses_raises(workbook: Workbook, presses: list[str], seed: int) -> None:
    form = form_of(workbook, "rate")
    for number, press in enumerate(presses):
        form.put({"rate": seed + number})
        click(form, press)


def test_a_defect_behind_a_button_is_a_sentence_and_not_an_exception(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(workbook, "rate")

    def fails(*arguments: object) -> None:
        raise RuntimeError("defect")

    monkeypatch.setattr(workbook, "check", fails)
    click(form, "check")
    assert "show your facilitator this line: RuntimeError" in form._result.value
