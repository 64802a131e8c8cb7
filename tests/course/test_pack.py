"""A pack: its world, whose it is, and what an assessment keeps closed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.checking import Status
from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course.opening import truth_of
from cep_toolkit.course.pack import Pack
from cep_toolkit.course.start_here import DutyRate
from cep_toolkit.errors import InputFileError
from cep_toolkit.widgets.workbook import Workbook
from cep_toolkit.world import Scenario, World

SCENARIO = Scenario("QP", seed=3, declarations=5_000)
MakePack = Callable[..., Path]


@pytest.fixture
def make_pack(tmp_path: Path) -> MakePack:
    """Write a pack with one table; what is named replaces or, given as ``None``, leaves out a part of its manifest."""

    def made(mode: str, participant: str = "P07", /, **changes: Any) -> Path:
        folder = tmp_path / f"{mode}-{participant}"
        (folder / "world").mkdir(parents=True)
        (folder / "notebooks").mkdir()
        table, world = World(SCENARIO).declarations, World(SCENARIO)
        table.to_parquet(folder / "world" / "declarations.parquet")
        digest = hashlib.sha256((folder / "world" / "declarations.parquet").read_bytes()).hexdigest()
        manifest: dict[str, Any] = {
            "kind": "pack",
            "format": 1,
            "edition": 1,
            "cohort": "0123456789abcdef",
            "participant": participant,
            "mode": mode,
            "notebooks": ["00_start_here"],
            "fingerprint": "f" * 16 if mode == "assessment" else SCENARIO.fingerprint,
            "administration": "QP",
            "currency": world.currency,
            "tables": {"declarations": {"rows": len(table), "sha256": digest}},
            "files": {},
        }
        if mode != "assessment":
            manifest["scenario"] = asdict(SCENARIO)
        manifest = {name: value for name, value in (manifest | changes).items() if value is not None}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return folder

    return made


def opened(folder: Path) -> Workbook:
    return Workbook("00_start_here", data=str(folder), store=MemoryStore())


def test_a_pack_says_whose_it_is(make_pack: MakePack) -> None:
    pack = Pack.of(make_pack("assessment"))
    assert pack == Pack("0123456789abcdef", "P07", "assessment", "f" * 16, ("00_start_here",))
    assert opened(make_pack("room")).pack == Pack(
        "0123456789abcdef", "P07", "room", SCENARIO.fingerprint, ("00_start_here",)
    )
    assert Workbook("00_start_here", declarations=5_000, store=MemoryStore()).pack is None


def test_a_practice_pack_holds_its_world_and_is_marked_on_the_spot(make_pack: MakePack) -> None:
    wb = opened(make_pack("practice"))
    assert wb.world.scenario == SCENARIO
    assert repr(wb.world) == repr(World(SCENARIO))
    assert truth_of(wb.world) is not None
    assert wb.question("duty_rate") == DutyRate().pose(World(SCENARIO), None)
    assert wb.check("duty_rate", wb.question("duty_rate").duty_rate).status is Status.CORRECT


def test_a_world_in_a_pack_is_nobodys_own_data(make_pack: MakePack, monkeypatch: pytest.MonkeyPatch) -> None:
    for mode in ("room", "practice", "assessment"):
        assert not World.from_folder(make_pack(mode)).is_own_data
    wb = opened(make_pack("assessment", "P08"))
    assert (truth_of(wb.world), wb.world.is_national) == (None, False)
    assert repr(wb.world).endswith("(QP): made for an assessment")
    monkeypatch.setattr(DutyRate, "open_book", False)
    texts = [wb.ask("duty_rate"), wb.check("duty_rate", 5), wb.hint("duty_rate"), wb.solution("duty_rate")]
    assert "own data" not in " ".join(map(str, texts))


def test_an_assessment_keeps_the_last_answer_and_says_nothing_of_it(make_pack: MakePack) -> None:
    wb = opened(make_pack("assessment"))
    for answer in (wb.question("duty_rate").duty_rate, 0.05, 7):
        result = wb.check("duty_rate", answer)
        assert (result.status, result.score) == (Status.RECORDED, 0.0)
        assert result.message == "Your answer is kept. It is marked after you hand in."
        assert wb.record("duty_rate").answer == {"rate": answer}
    assert wb.record("duty_rate").attempts == 3
    assert wb.check("duty_rate", "seven").status is Status.WRONG_FORM
    assert wb.record("duty_rate").answer == {"rate": 7}


def test_hints_and_the_solution_stay_closed_in_an_assessment(make_pack: MakePack) -> None:
    wb = opened(make_pack("assessment"))
    for answer in (1, 2, 3, 4):
        wb.check("duty_rate", answer)
        assert str(wb.hint("duty_rate")).startswith("Hints are closed in an assessment.")
        assert str(wb.open_hints("duty_rate")) == ""
        assert str(wb.solution("duty_rate")).startswith("The solution is closed in an assessment.")
        assert not wb.solution_opens("duty_rate")
    assert wb.record("duty_rate").hints_open == 0


def test_a_right_answer_from_a_crafted_file_does_not_hold_in_an_assessment(make_pack: MakePack) -> None:
    practice, assessment = opened(make_pack("practice")), opened(make_pack("assessment"))
    practice.check("duty_rate", practice.question("duty_rate").duty_rate)
    assessment.load(practice.saved().replace(SCENARIO.fingerprint.encode(), b"f" * 16))
    assert assessment.record("duty_rate").status is Status.CORRECT
    assessment.check("duty_rate", 7)
    assert assessment.record("duty_rate").answer == {"rate": 7}


def test_an_assessment_poses_the_candidate_that_the_key_was_made_for(
    make_pack: MakePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DutyRate, "open_book", False)
    first, third = make_pack("assessment", "A"), make_pack("assessment", "B", posed={"00_start_here": {"duty_rate": 2}})
    candidates = list(DutyRate().candidates(World(SCENARIO)))
    assert opened(first).question("duty_rate") == candidates[0]
    assert opened(third).question("duty_rate") == candidates[2]


def test_two_participants_at_one_computer_keep_their_answers_apart(make_pack: MakePack) -> None:
    store = MemoryStore()
    first, second = (Workbook("00_start_here", data=str(make_pack("room", who)), store=store) for who in ("P07", "P08"))
    first.check("duty_rate", 1)
    assert second.record("duty_rate").status is Status.NOT_ATTEMPTED
    assert len(store.names()) == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"participant": "../P07"}, "no sound participant"),
        ({"cohort": 7}, "no sound cohort"),
        ({"mode": "exam"}, "no sound mode"),
        ({"mode": "room"}, "no sound mode"),  # a room has a scenario
        ({"notebooks": "00_start_here"}, "no sound notebooks"),
        ({"posed": {"00_start_here": {"duty_rate": -1}}}, "no sound posed"),
        ({"posed": [7]}, "no sound posed"),
        ({"edition": 2}, "another edition"),
        ({"format": None}, "another edition"),
        ({"administration": "ZZZ"}, "no sound administration"),
        ({"fingerprint": "f" * 15}, "no sound fingerprint"),
        ({"fingerprint": "f" * 17}, "no sound fingerprint"),
        ({"tables": ["declarations"]}, "lists no tables"),
        ({"scenario": {"seed": -1}}, "no sound scenario"),
        ({"scenario": {"sede": 1}}, "no sound scenario"),
    ],
)
def test_a_damaged_manifest_is_refused(make_pack: MakePack, changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputFileError, match=f"{problem}.*Copy the whole pack again"):
        opened(make_pack("assessment", **changes))


def test_a_table_that_was_changed_is_refused(make_pack: MakePack) -> None:
    folder = make_pack("assessment")
    (folder / "world" / "declarations.parquet").write_bytes(b"another")
    with pytest.raises(InputFileError, match=r"not the table that was written\. Copy the whole pack again"):
        opened(folder).ask("duty_rate")
