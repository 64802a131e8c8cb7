from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cep_toolkit.checking.store import FileStore, MemoryStore
from cep_toolkit.widgets.form import Form
from cep_toolkit.widgets.saved import VIEW, without_views
from cep_toolkit.widgets.workbook import Workbook


def test_the_table_of_progress_follows_a_check(workbook: Workbook) -> None:
    shown = workbook.progress()
    table = shown._table  # type: ignore[attr-defined]  # a LiveProgress
    assert "0 of 3" in table.value
    workbook.check("rate", 12.5)
    assert "1 of 3" in table.value
    assert "0 of 3" in repr(shown)
    assert VIEW in shown._repr_mimebundle_()  # type: ignore[attr-defined]


def test_the_same_form_is_shown_again(workbook: Workbook) -> None:
    assert workbook.ask("rate") is workbook.ask("rate")


def test_saved_progress_that_is_loaded_appears_in_the_form(
    open_workbook: Callable[..., Workbook], tmp_path: Path
) -> None:
    elsewhere = open_workbook(FileStore(tmp_path / "elsewhere"))
    elsewhere.check("rate", 13)
    elsewhere.save(tmp_path)
    here = open_workbook(MemoryStore())
    form = here.ask("rate")
    assert isinstance(form, Form)
    here.load(tmp_path / "cep_progress.json")
    assert form.answer == {"rate": "13"}
    here.reset("rate")
    assert form.answer == {}
    here.restore("rate")
    assert form.answer == {"rate": "13"}


def test_a_resume_code_shows_the_status_without_an_answer(open_workbook: Callable[..., Workbook]) -> None:
    elsewhere = open_workbook()
    elsewhere.check("rate", 12.5)
    here = open_workbook()
    form = here.ask("rate")
    assert isinstance(form, Form)
    here.resume(elsewhere.resume_code())
    assert "Correct. This exercise was answered before" in form._result.value


def saved(data: dict[str, Any]) -> dict[str, Any]:
    output = {"output_type": "execute_result", "data": data}
    model = {
        "type": "notebook",
        "content": {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": [output]}]},
    }
    without_views(model, path="00.ipynb", contents_manager=None)
    return data


def test_a_saved_notebook_keeps_the_text_beside_a_form_and_not_its_view() -> None:
    assert saved({VIEW: {"model_id": "1"}, "text/html": "<p>"}) == {"text/html": "<p>"}
    assert saved({VIEW: {"model_id": "1"}}) == {VIEW: {"model_id": "1"}}
    assert saved({"text/plain": "x"}) == {"text/plain": "x"}


def test_saving_anything_else_is_left_alone() -> None:
    for model in ({"type": "file", "content": "text"}, {"type": "notebook", "content": None}, {}):
        before = dict(model)
        without_views(model)
        assert model == before
