"""A stored notebook shows what was printed, and nothing of when, where or by whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from cep_toolkit.errors import CourseError
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.normal import WIDGET, normalise


def ran(*outputs: dict[str, Any], **metadata: Any) -> NotebookNode:
    cell = nb.cell("code", "work()", metadata)
    cell["outputs"] = [nb.node(output) for output in outputs]
    made = nb.notebook([nb.cell("markdown", "# Title", {}), cell])
    normalise("00_start_here", made)
    return made


def stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def display(**data: str) -> dict[str, Any]:
    kinds = {"html": "text/html", "plain": "text/plain", "png": "image/png", "widget": WIDGET}
    shown = {kinds[kind]: text for kind, text in data.items()}
    return {"output_type": "display_data", "data": shown, "metadata": {}}


def test_printed_text_is_one_piece_and_standard_error_goes() -> None:
    made = ran(stream("stdout", "one\n"), stream("stderr", "warning\n"), stream("stdout", "two\n"))
    assert [output.text for output in made.cells[1].outputs] == ["one\ntwo\n"]


def test_text_on_both_sides_of_a_display_stays_apart() -> None:
    made = ran(stream("stdout", "one\n"), display(plain="table"), stream("stdout", "two\n"))
    assert [output.output_type for output in made.cells[1].outputs] == ["stream", "display_data", "stream"]


def test_a_widgets_view_goes_and_its_text_stays() -> None:
    made = ran(display(widget="{model 1234}", plain="Form", html="<p>Form</p>"), display(widget="{model 5678}"))
    assert [dict(output.data) for output in made.cells[1].outputs] == [
        {"text/plain": "Form", "text/html": "<p>Form</p>"}
    ]


def test_metadata_of_the_run_goes() -> None:
    made = ran(tags=["opening"], papermill={"duration": 1.5}, execution={"iopub.status.busy": "2016-01-01"})
    assert made.cells[1].metadata == {"tags": ["opening"]}
    assert made.metadata == nb.METADATA


def test_ids_depend_on_notebook_tag_and_place_alone() -> None:
    first, second = ran(tags=["opening"]), ran(stream("stdout", "other"), tags=["opening"])
    assert [cell.id for cell in first.cells] == [cell.id for cell in second.cells]
    assert len({cell.id for cell in first.cells}) == 2
    assert ran(tags=["parameters"]).cells[1].id != first.cells[1].id


@pytest.mark.parametrize(
    "text", ["<object at 0x7f3a2b1c>", f"saved in {Path.home()}/course", f"{Path(__file__).parents[2]}/x"]
)
def test_an_output_that_differs_between_machines_is_refused(text: str) -> None:
    with pytest.raises(CourseError, match="notebook 00_start_here, cell 2"):
        ran(stream("stdout", text))
    with pytest.raises(CourseError, match="Print something else"):
        ran(display(plain=text))


def test_a_picture_is_not_read_as_text() -> None:
    assert ran(display(png="at 0x7f3a2b1c", plain="Figure"))
