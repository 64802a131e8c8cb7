"""The form of a play: what is seen, what may be done, what was done; kept over a restart of the kernel."""

from __future__ import annotations

from typing import Any

import pytest

from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course import workbook as course
from cep_toolkit.course.catalogue import Chapter
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.play import PlayForm
from cep_toolkit.widgets.workbook import Workbook
from tests.checking.toy_play import HIDDEN, FiveBoxes, log, open_boxes


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, world: Any) -> MemoryStore:
    monkeypatch.setattr(course, "chapter", lambda notebook: Chapter(notebook, "Toy", {"five_boxes": FiveBoxes()}))
    monkeypatch.setattr(course.opening, "open_world", lambda *scenario: world)
    monkeypatch.setattr(course.opening, "truth_of", lambda world: HIDDEN)
    return MemoryStore()


def form_of(store: MemoryStore) -> tuple[Workbook, PlayForm]:
    wb = Workbook("99_toy", store=store)
    form = wb.ask("five_boxes")
    assert isinstance(form, PlayForm)
    return wb, form


def do(form: PlayForm, *moves: dict[str, Any]) -> None:
    """Make moves as a person does: fill the form and press its button."""
    for move in moves:
        form.put(move)
        form._do.click()


def shown(form: PlayForm, name: str) -> bool:
    button = form._do if name == "do" else form._buttons[name]
    return bool(button.layout.display != "none")


def test_it_asks_shows_and_asks_again(store: MemoryStore) -> None:
    _, form = form_of(store)
    assert (form._do.description, "Lead a dog along?" in form._asked.value) == ("Decide", True)
    assert [shown(form, name) for name in ("do", "check", "undo", "restart")] == [True, False, False, False]
    do(form, {"dog": "no", "metres": 10})
    assert form._do.description == "Open it"
    assert shown(form, "undo")
    do(form, {"box": ["A"]})
    assert "Box A holds <strong>tea</strong>" in form._result.value
    assert "Moves so far: 2" in form._history.value
    assert "Boxes opened: 1." in form._now.value
    assert not shown(form, "undo")


def test_a_whole_play_is_checked(store: MemoryStore) -> None:
    wb, form = form_of(store)
    do(form, *log("ACD"))
    assert [shown(form, name) for name in ("do", "check")] == [False, True]
    form._buttons["check"].click()
    assert "Correct." in form._result.value
    assert wb.record("five_boxes").answer == {"log": log("ACD")}
    assert shown(form, "solution")


def test_an_empty_or_wrong_move_is_told_and_nothing_is_lost(store: MemoryStore) -> None:
    _, form = form_of(store)
    form._do.click()
    assert "Turn 1" in form._result.value
    form.put({"dog": "no"})
    form._do.click()
    assert "Still empty: How far" in form._result.value
    assert form.move == {"dog": "no"}


def test_a_new_kernel_shows_the_play_where_it_was_left(store: MemoryStore) -> None:
    _, form = form_of(store)
    do(form, *log("A"))
    _, again = form_of(store)
    assert again._now.value == form._now.value
    assert "Box A holds" in again._history.value


def test_taking_back_and_beginning_again(store: MemoryStore) -> None:
    wb, form = form_of(store)
    do(form, log("")[0])
    form._buttons["undo"].click()
    assert form._do.description == "Decide"
    do(form, *log("A"))
    form._buttons["restart"].click()
    assert "this counts as a try" in form._result.value
    assert wb.record("five_boxes").attempts == 1
    assert form._do.description == "Decide"


def test_an_answer_in_code_is_shown_in_the_form(store: MemoryStore) -> None:
    wb, form = form_of(store)
    wb.check("five_boxes", open_boxes("weight"), "code")
    assert "Boxes opened: 3." in form._now.value
    assert "Not yet" in form._result.value


def test_the_code_that_is_shown_does_the_same(store: MemoryStore) -> None:
    wb, form = form_of(store)
    form.put({"dog": "no", "metres": 10})
    eval(form.code(), {"wb": wb})
    do(form, {"box": ["A"]}, {"box": ["C"]}, {"box": ["D"]})
    assert wb.play("five_boxes").played.moves == log("ACD")  # type: ignore[union-attr]  # it is a play
    assert "Correct" in str(eval(form.code(), {"wb": wb}))


def test_text_from_data_and_the_prompt_never_become_html(store: MemoryStore) -> None:
    _, form = form_of(store)
    page = form._repr_mimebundle_()
    assert "<b>Careful" not in page["text/html"]
    assert "Lead a dog along?" in page["text/plain"]
    assert messages.RUN_FIRST.format(what="the form") in page["text/plain"]


def test_rows_of_the_explorer_are_told_that_a_play_takes_none(store: MemoryStore) -> None:
    wb, _ = form_of(store)
    assert str(wb.explore("declarations", rows_for="five_boxes")) == messages.PICKED_NOWHERE
