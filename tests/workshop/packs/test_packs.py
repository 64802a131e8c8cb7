"""Packs: what a participant gets, what the instructor keeps, and that nothing is made twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.checking import Status
from cep_toolkit.checking.marking import mark
from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course.pack import Pack as PackOf
from cep_toolkit.course.start_here import DutyRate
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import InputFileError, StorageError
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.key import read_key
from cep_toolkit.workshop.packs import making
from cep_toolkit.workshop.packs.manifest import changed
from cep_toolkit.workshop.packs.measures import RIGHT, Measure
from cep_toolkit.workshop.packs.worlds import Drawn
from cep_toolkit.world import World
from tests.workshop.packs.conftest import Pack, files, order, plan
from tests.workshop.tiny import NOTEBOOK


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    return tmp_path / "cohort"


def opened(folder: Path) -> Workbook:
    return Workbook(NOTEBOOK, data=str(folder), store=MemoryStore())


@pytest.mark.parametrize("mode", ["room", "practice", "assessment"])
def test_a_pack_holds_its_notebook_tables_page_and_manifest(pack: Pack, cohort: Path, mode: str) -> None:
    (made,) = pack(plan(mode), [order("P07", members=("P07 Ana <b>",))])
    assert (made.state, made.problem) == ("made", "")
    folder = cohort / "packs" / "P07"
    names = set(files(folder))
    assert {"README.html", "manifest.json", f"notebooks/{NOTEBOOK}.ipynb", "world/declarations.parquet"} <= names
    assert changed(folder) == ""
    stored = PackOf.of(folder)
    assert stored is not None
    assert (stored.participant, stored.mode, stored.notebooks) == ("P07", mode, (NOTEBOOK,))
    page = (folder / "README.html").read_text(encoding="utf-8")
    assert "submission-P07.json" in page
    assert "Ana &lt;b&gt;" in page
    assert (
        ("Hints and solutions are closed" in page) == ("<strong>Open book.</strong>" in page) == (mode == "assessment")
    )
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["open_book"] == {NOTEBOOK: ["duty_rate"]}
    assert ("scenario" in manifest) == (mode != "assessment")


@pytest.mark.parametrize("mode", ["practice", "assessment"])
def test_notebooks_are_run_in_the_pack_and_solved_in_the_key(pack: Pack, cohort: Path, mode: str) -> None:
    pack(plan(mode), [order("P07")])
    given = nb.read(cohort / "packs" / "P07" / "notebooks" / f"{NOTEBOOK}.ipynb")
    outputs = {nb.tag(cell): str(cell.get("outputs", "")) for cell in given.cells}
    assert 'data = ".."' in next(cell.source for cell in given.cells if nb.tag(cell) == "injected-parameters")
    assert "Not attempted" in outputs["door:blank:duty_rate"]
    assert "facilitator" not in outputs
    solved = nb.read(cohort / "key" / "solved" / ("P07") / f"{NOTEBOOK}.ipynb")
    cells = {nb.tag(cell): cell for cell in solved.cells}
    assert ("Correct" if mode == "practice" else "Recorded") in str(cells["solution:duty_rate"].outputs)
    rate = read_key(cohort / "key").worlds[_fingerprint(cohort)].entries[NOTEBOOK]["duty_rate"].expected
    assert rate is not None
    assert f"Rate of duty: **{rate.reference['rate']:.2f}" in cells["answer:duty_rate"].source
    assert "The cost of being wrong" in cells["answer:duty_rate"].source
    assert "facilitator" in cells
    counts = [cell.execution_count for cell in solved.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))


def _fingerprint(cohort: Path, participant: str = "P07") -> str:
    stored = PackOf.of(cohort / "packs" / participant)
    assert stored is not None
    return stored.fingerprint


@pytest.mark.usefixtures("quick", "same_tables")
@pytest.mark.parametrize("mode", ["room", "practice", "assessment"])
@pytest.mark.parametrize("open_book", [True, False])
def test_the_key_marks_what_the_pack_asks(
    pack: Pack, cohort: Path, mode: str, open_book: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DutyRate, "open_book", open_book)
    pack(plan(mode), [order("P07"), order("P08", "QN")])
    key = read_key(cohort / "key")
    assert {name: member.administration for name, member in key.participants.items()} == (
        {"P07": "XA", "P08": "XA" if mode == "room" else "QN"}
    )
    for participant, member in key.participants.items():
        wb = opened(cohort / "packs" / participant)
        entry = key.worlds[member.fingerprint].entries[NOTEBOOK]["duty_rate"]
        answer = {"rate": wb.question("duty_rate").duty_rate}
        assert entry.expected is not None
        assert entry.open_book is open_book
        assert mark(entry.expected, entry.misconceptions, answer).status is Status.CORRECT
        assert wb.check("duty_rate", answer).status is (Status.RECORDED if mode == "assessment" else Status.CORRECT)
    assert len(key.worlds) == (1 if mode == "room" else 2)


@pytest.mark.usefixtures("quick")
def test_a_room_has_one_world_made_once(pack: Pack, cohort: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Drawn] = []
    really = Drawn.engine
    monkeypatch.setattr(Drawn, "engine", lambda drawn: (made.append(drawn), really(drawn))[1])
    pack(plan("room"), [order("P01"), order("P02"), order("P03")])
    pack(plan("room"), [order("P01"), order("P02"), order("P03"), order("P04")])
    assert len(made) == 1
    worlds = {tuple(files(folder / "world").items()) for folder in (cohort / "packs").iterdir()}
    assert len(worlds) == 1
    assert (cohort / "key" / "solved" / "room" / f"{NOTEBOOK}.ipynb").is_file()
    assert "nobody has a harder variant" in (cohort / "key" / "equivalence.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("mode", ["practice", "assessment"])
def test_everybody_has_a_world_of_their_own(pack: Pack, cohort: Path, mode: str) -> None:
    pack(plan(mode), [order("P01"), order("P02")])
    first, second = (World.from_folder(cohort / "packs" / name) for name in ("P01", "P02"))
    assert first.fingerprint != second.fingerprint
    assert set(first.declarations["declaration_id"]).isdisjoint(second.declarations["declaration_id"].iloc[:50])


@pytest.mark.usefixtures("quick", "same_tables")
@pytest.mark.parametrize("mode", ["room", "practice", "assessment"])
def test_a_late_participant_changes_no_other_pack(pack: Pack, cohort: Path, mode: str) -> None:
    pack(plan(mode), [order("P01"), order("P02")], zipped=True)
    before = files(cohort / "packs")
    solved = files(cohort / "key" / "solved")
    found = pack(plan(mode), [order("P01"), order("P02"), order("P03", "QZ")], zipped=True)
    assert [made.state for made in found] == ["there", "there", "made"]
    after = files(cohort / "packs")
    assert {name: after[name] for name in before} == before
    assert {name: files(cohort / "key" / "solved")[name] for name in solved} == solved
    assert {name.split("/")[0] for name in set(after) - set(before)} == {"P03", "P03.zip"}
    assert set(read_key(cohort / "key").participants) == {"P01", "P02", "P03"}


@pytest.mark.usefixtures("quick", "same_tables")
def test_a_shorter_roster_keeps_everybody_in_the_key(pack: Pack, cohort: Path) -> None:
    pack(plan("practice"), [order("P01"), order("P02")])
    pack(plan("practice"), [order("P02")])
    assert set(read_key(cohort / "key").participants) == {"P01", "P02"}
    assert "P01" in (cohort / "key" / "equivalence.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("quick", "same_tables")
def test_the_same_practice_pack_is_made_twice_the_same(pack: Pack, cohort: Path) -> None:
    pack(plan("practice"), [order("P01")], zipped=True)
    before, manifest = files(cohort / "packs"), cohort / "packs" / "P01" / "manifest.json"
    first = json.loads(manifest.read_text(encoding="utf-8"))
    for file in (cohort / "packs" / "P01.zip", *(cohort / "packs" / "P01").rglob("*.*")):
        file.unlink()
    for folder in ("world", "notebooks", "."):
        (cohort / "packs" / "P01" / folder).rmdir()
    pack(plan("practice"), [order("P01")], zipped=True)
    assert json.loads(manifest.read_text(encoding="utf-8")) == first
    assert files(cohort / "packs") == before


@pytest.mark.usefixtures("quick", "same_tables")
def test_another_cohorts_folder_and_other_options_are_refused(pack: Pack, cohort: Path) -> None:
    pack(plan("practice"), [order("P01")])
    before = files(cohort)
    with pytest.raises(StorageError, match="begun with mode practice, not room, administration , not XA"):
        pack(plan("room"), [order("P01")])
    with pytest.raises(StorageError, match="begun with seed 2016, not 7"):
        pack(plan("practice", seed=7), [order("P01")])
    assert files(cohort) == before
    (cohort / "key" / "cohort.json").unlink()
    with pytest.raises(InputFileError, match="not the cohort's own file"):
        pack(plan("practice"), [order("P01")])


@pytest.mark.usefixtures("quick", "same_tables")
def test_a_pack_without_its_key_is_told_and_not_touched(pack: Pack, cohort: Path) -> None:
    pack(plan("practice"), [order("P01"), order("P02")])
    (cohort / "key" / "solved" / "P01" / "measures.json").unlink()
    first, second = pack(plan("practice"), [order("P01"), order("P02")])
    assert first.state == "failed"
    assert "pack P01" in first.problem
    assert "its part of the key is missing" in first.problem
    assert second.state == "there"


@pytest.mark.usefixtures("quick", "same_tables")
def test_a_failing_pack_names_participant_notebook_and_cell_and_stops_no_other(
    pack: Pack, cohort: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = making.answers_of

    def failing(world: World, *given: Any) -> Any:
        if world.fingerprint == _first_fingerprint(cohort):
            raise RuntimeError("no letters")
        return really(world, *given)

    monkeypatch.setattr(making, "answers_of", failing)
    found = pack(plan("practice"), [order("P01"), order("P02")])
    assert [made.state for made in found] == ["failed", "made"]
    assert found[0].problem == "pack P01: RuntimeError: no letters"
    assert not (cohort / "packs" / "P01").exists()
    monkeypatch.setattr(making, "answers_of", really)
    assert [made.state for made in pack(plan("practice"), [order("P01"), order("P02")])] == ["made", "there"]


def _first_fingerprint(cohort: Path) -> str:
    from cep_toolkit.workshop.packs.cohort import Cohort
    from cep_toolkit.workshop.packs.worlds import draw

    return draw(Cohort(cohort, "", plan("practice")), order("P01"), 0).fingerprint


def test_a_cell_that_fails_is_named(pack: Pack, sources: Path) -> None:
    text = (sources / f"{NOTEBOOK}.py").read_text(encoding="utf-8")
    (sources / f"{NOTEBOOK}.py").write_text(f"{text}\n# %%\n1 / 0\n", encoding="utf-8")
    (made,) = pack(plan("room"), [order("P01")])
    assert made.problem.startswith(f"pack room: notebook {NOTEBOOK}, cell ")
    assert "(1 / 0): ZeroDivisionError" in made.problem


# Equivalence --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick", "same_tables")
def test_a_world_that_strays_is_drawn_again_and_reported(
    pack: Pack, cohort: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = iter([1, 7, 1])  # the first participant's draw, the second one's two

    monkeypatch.setattr(making, "measured", lambda *given: [Measure(NOTEBOOK, "duty_rate", RIGHT, next(values))])
    found = pack(plan("assessment"), [order("P01"), order("P02")])
    assert [made.draws for made in found] == [1, 2]
    page = (cohort / "key" / "equivalence.html").read_text(encoding="utf-8")
    assert "2 packs; measures outside their band: 0; worlds drawn again: 1." in page
    assert f"{NOTEBOOK} duty_rate, right answers: 7, not 0 to 2" in page
    lines = (cohort / "key" / "equivalence.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        f"P01,XA,practitioner,{NOTEBOOK},duty_rate,right answers,1,0,2,yes,1",
        f"P02,XA,practitioner,{NOTEBOOK},duty_rate,right answers,1,0,2,yes,2",
    ]


@pytest.mark.usefixtures("quick", "same_tables")
def test_where_no_world_fits_the_participant_is_named(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "measured", lambda *given: [Measure(NOTEBOOK, "duty_rate", RIGHT, 7)])
    (made,) = pack(plan("practice"), [order("P01")])
    assert made.problem.startswith("pack P01: its world: 20 worlds were drawn, and none is like the others'")


@pytest.mark.usefixtures("quick", "same_tables")
def test_the_timetable_names_the_notebooks_of_the_packs(pack: Pack, cohort: Path) -> None:
    pack(plan("room"), [order("P01")])
    lines = (cohort / "timetable.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "Monday,09:00,10:30,Opening; start here,00,00"
    assert lines[5] == "Tuesday,09:00,10:30,CEN; nCEN,03 04,"
    assert "<td>Wednesday</td>" in (cohort / "timetable.html").read_text(encoding="utf-8")
