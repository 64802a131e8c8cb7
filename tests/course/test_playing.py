"""A play is kept after each move, taken up after a restart, taken back where nothing was seen, and begun again."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cep_toolkit.checking import Status
from cep_toolkit.checking import messages as said
from cep_toolkit.checking.record import CODE
from cep_toolkit.checking.store import FileStore, MemoryStore, Store
from cep_toolkit.course import messages, opening, remembering, workbook
from cep_toolkit.course.catalogue import Chapter
from cep_toolkit.course.playing import Playing
from cep_toolkit.course.text import Text
from cep_toolkit.course.workbook import Workbook
from tests.checking.odd_objects import ODD
from tests.checking.toy_play import HIDDEN, FiveBoxes, log, open_boxes
from tests.checking.toys import WORLD, Shortfall


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A world whose truth is what the boxes hold."""
    world: Any = SimpleNamespace(
        weighings=WORLD.weighings, fingerprint="0123456789abcdef", is_own_data=False, is_national=False
    )
    exercises = {kind.id: kind() for kind in (FiveBoxes, Shortfall)}
    for module in (workbook, remembering):
        monkeypatch.setattr(module, "chapter", lambda notebook: Chapter("00_toy", "A toy", exercises))
    monkeypatch.setattr(remembering, "notebooks", lambda: ("00_toy",))
    monkeypatch.setattr(opening, "open_world", lambda *parameters: world)
    monkeypatch.setattr(opening, "truth_of", lambda world: HIDDEN)


def opened(store: Store | None = None) -> tuple[Workbook, Playing]:
    """Return a workbook as a new kernel opens it, and its play."""
    wb = Workbook("00_toy", store=store or MemoryStore())
    playing = wb.play("five_boxes")
    assert isinstance(playing, Playing)
    return wb, playing


def test_a_play_is_played_move_by_move_and_checked_at_its_end() -> None:
    wb, playing = opened()
    assert str(playing.move({"dog": "No", "metres": "10"})) == "Boxes opened: 0."
    assert str(playing.move({"box": "A"})) == "Box A holds **tea**."
    assert playing.check().message == said.PLAY_OPEN.format(made=2)
    for box in "CD":
        playing.move({"box": box})
    assert playing.offer is None
    assert playing.check().status is Status.CORRECT
    assert wb.record("five_boxes").answer == {"log": log("ACD")}
    assert "**1.** Dog: No; How far: 10" in playing.history().markdown


def test_a_move_that_is_not_on_offer_changes_nothing_and_says_why() -> None:
    _, playing = opened()
    assert "There is no part" in str(playing.move({"box": "A"}))
    assert playing.played.moves == []
    for make in ODD:
        assert isinstance(playing.move(make()), Text)


def test_a_new_kernel_goes_on_where_the_old_one_stopped(tmp_path: Path) -> None:
    _, before = opened(FileStore(tmp_path))
    for move in log("A"):
        before.move(move)
    wb, after = opened(FileStore(tmp_path))
    assert after.played == before.played
    assert wb.record("five_boxes").answer is None  # an open play is no answer
    assert wb.progress().done == 0


def test_a_move_that_showed_something_is_not_taken_back() -> None:
    _, playing = opened()
    assert str(playing.undo()) == said.NOTHING_TO_UNDO
    playing.move(log("")[0])
    assert str(playing.undo()) == said.UNDONE
    assert playing.played.moves == []
    for move in log("A"):
        playing.move(move)
    assert str(playing.undo()) == said.NO_UNDO
    assert playing.played.moves == log("A")


def test_beginning_again_counts_where_something_was_seen() -> None:
    wb, playing = opened()
    playing.move(log("")[0])
    assert str(playing.restart()) == said.BEGUN_AGAIN
    assert wb.record("five_boxes").attempts == 0
    for move in log("A"):
        playing.move(move)
    assert str(playing.restart()) == said.BEGUN_AND_COUNTED
    assert wb.record("five_boxes").attempts == 1
    assert playing.played.moves == []


def test_a_checked_log_counts_once_and_stays_the_answer() -> None:
    wb, playing = opened()
    for move in log("BEA"):
        playing.move(move)
    playing.check()
    assert str(playing.restart()) == said.BEGUN_AGAIN
    assert wb.record("five_boxes").attempts == 1
    assert wb.record("five_boxes").answer == {"log": log("BEA")}
    playing.move(log("", dog="yes")[0])
    assert opened(playing._store)[1].played.moves == log("", dog="yes")


def test_an_answer_through_another_door_is_shown_in_place_of_an_open_play() -> None:
    wb, playing = opened()
    playing.move(log("")[0])
    assert wb.check("five_boxes", open_boxes("find"), CODE).status is Status.CORRECT
    assert playing.played.moves == log("ACD")
    wb.reset("five_boxes")
    assert playing.played.moves == log("")[:1]  # what was begun before that answer


def test_a_saved_file_carries_an_open_play(tmp_path: Path) -> None:
    wb, playing = opened()
    for move in log("A"):
        playing.move(move)
    other, theirs = opened()
    other.load(wb.saved())
    assert theirs.played == playing.played


@pytest.mark.parametrize("kept", [[5], [{"box": "A"}], "A", [{"dog": "no", "metres": 1}] * 9, {"a": 1}])
def test_a_kept_log_that_cannot_be_played_is_as_none(kept: object) -> None:
    _, playing = opened()
    playing._keep(kept)  # type: ignore[arg-type]  # as a file from outside may hold it
    assert playing.played.moves == []


def test_code_doors_play_too_and_an_exercise_that_is_no_play_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    wb, _ = opened()
    wb.answer("five_boxes")(open_boxes("weight"))
    assert "Weight says little." in capsys.readouterr().out
    assert wb.record("five_boxes").door == CODE
    assert str(wb.play("shortfall")) == messages.NO_PLAY
    assert "five_boxes" in str(wb.play("five_bokses"))


def test_without_the_truth_there_is_no_referee_and_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    wb, _ = opened()
    monkeypatch.setattr(opening, "truth_of", lambda world: None)
    wb = Workbook("00_toy", store=MemoryStore())
    assert str(wb.ask("five_boxes")) == str(wb.play("five_boxes")) == said.NO_REFEREE
    assert wb.check("five_boxes", log("ACD")).message == said.NO_REFEREE


def test_nothing_that_a_play_holds_leads_to_what_is_hidden() -> None:
    wb, playing = opened()
    prompt = wb.ask("five_boxes")
    held = [*vars(playing).values(), *vars(prompt).values(), *vars(playing.played).values()]
    assert HIDDEN not in held
    assert "tobacco" not in repr(held) + repr(playing) + repr(prompt)


ACTS = st.one_of(
    st.sampled_from(["undo", "restart", "check", "kernel"]),
    st.fixed_dictionaries({"dog": st.sampled_from(["yes", "no", "x"]), "metres": st.integers(-1, 2)}),
    st.fixed_dictionaries({"box": st.sampled_from("ABCDEFG")}),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=st.lists(ACTS, max_size=14))
def test_whatever_is_pressed_in_whatever_order_the_log_is_one_that_can_be_played(acts: list[Any]) -> None:
    store = MemoryStore()
    wb, playing = opened(store)
    for act in acts:
        tries = wb.record("five_boxes").attempts
        if isinstance(act, dict):
            playing.move(act)
        elif act == "kernel":
            wb, playing = opened(store)
        else:
            getattr(playing, act)()
        assert wb.record("five_boxes").attempts >= tries
        played = playing.played
        assert (played.offer is None) == (len(played.turns) == 4)
        assert opened(store)[1].played == played
