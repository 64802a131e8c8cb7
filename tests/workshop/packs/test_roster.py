"""The roster: each participant or team gets one order, and each mistake is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cep_toolkit.errors import CepError, InputFileError
from cep_toolkit.workshop.packs.plan import Order, Plan
from cep_toolkit.workshop.packs.roster import read_roster
from cep_toolkit.world import reference
from cep_toolkit.world.host import invented_codes

KNOWN = ("00_start_here", "12_risk_analysis")
PLAN = Plan("practice", KNOWN)


def read(tmp_path: Path, text: str, plan: Plan = PLAN) -> list[Order]:
    file = tmp_path / "roster.csv"
    file.write_bytes(text.encode("utf-8-sig"))
    return read_roster(file, plan, KNOWN)


def test_the_roster_that_ships_has_28_participants_of_24_administrations() -> None:
    orders = read_roster(reference.folder() / "roster.csv", PLAN, KNOWN)
    assert [order.participant for order in orders] == [f"P{number:02}" for number in range(1, 29)]
    assert {order.administration for order in orders} == set(invented_codes())
    assert {(order.level, order.notebooks, order.members) for order in orders} == {("practitioner", KNOWN, ())}


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_line_may_name_its_own_notebooks_and_level(tmp_path: Path, comma: str) -> None:
    lines = ("participant,administration,name,level,notebooks", "P01,XA,Ana <b>,advanced,12", "", "P02,QM,,,")
    first, second = read(tmp_path, "\n".join(lines).replace(",", comma))
    assert first == Order("P01", "XA", "advanced", ("12_risk_analysis",), ("P01 Ana <b>",))
    assert second == Order("P02", "QM", "practitioner", KNOWN)


def test_a_team_has_one_pack(tmp_path: Path) -> None:
    text = "participant,administration,team,name\nP01,XA,T1,Ana\nP02,QM,T1,\nP03,QN,,\n"
    assert read(tmp_path, text) == [
        Order("T1", "XA", "practitioner", KNOWN, ("P01 Ana", "P02")),
        Order("P03", "QN", "practitioner", KNOWN),
    ]


def test_one_host_for_all_takes_the_place_of_the_rosters(tmp_path: Path) -> None:
    text = "participant,administration\nP01,QM\n"
    assert read(tmp_path, text, Plan("assessment", KNOWN, administration="QZ", seed=0))[0].administration == "QZ"
    assert read(tmp_path, text, Plan("room", KNOWN))[0].administration == "XA"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "names nobody"),
        ("participant,administration\n", "names nobody"),
        ("participant\nP01\n", "no column administration"),
        ("participant,administraton\nP01,XA\n", 'Did you mean "administration"'),
        ("participant,administration,name,name\nP01,XA,a,b\n", "a column is there twice"),
        ("participant,administration\nP01\n", "line 2 has 1 cells, not 2"),
        ("participant,administration\nP01,XA\nP02,ZZ\n", 'line 3: administration "ZZ" is not known'),
        ("participant,administration\nP01,XA\np-01,XA\n", 'line 3: participant "p-01" is there already, in line 2'),
        ("participant,administration\n../P01,XA\n", '"../P01" cannot name a folder'),
        ("participant,administration\nCON,XA\n", '"CON" cannot name a folder'),
        ("participant,administration\n,XA\n", "cannot name a folder"),
        (f"participant,administration\n{'P' * 21},XA\n", "cannot name a folder"),
        ("participant,administration,level\nP01,XA,hard\n", 'line 2: level "hard" is not known'),
        ("participant,administration,notebooks\nP01,XA,13\n", 'line 2: notebook "13" is not known'),
        ("participant,administration,team,level\nP01,XA,T1,\nP02,XA,T1,advanced\n", 'team "T1" has two levels'),
        ("participant,administration,team\nP01,XA,P02\nP02,XA,\n", '"P02" is there already'),
        ('participant,administration\n"P01,XA\n', "it cannot be read"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputFileError, match=r"roster\.csv") as error:
        read(tmp_path, text)
    assert said in str(error.value)


def test_a_room_has_one_level_and_one_list_of_notebooks(tmp_path: Path) -> None:
    text = "participant,administration,level\nP01,XA,advanced\n"
    with pytest.raises(InputFileError, match="a room has one level"):
        read(tmp_path, text, Plan("room", KNOWN))


def test_a_file_that_is_no_text_or_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b"participant,administration\n\xff\xfe")
    with pytest.raises(InputFileError, match="UTF-8"):
        read_roster(tmp_path / "roster.csv", PLAN, KNOWN)
    with pytest.raises(InputFileError, match="cannot be opened"):
        read_roster(tmp_path / "none.csv", PLAN, KNOWN)
    with pytest.raises(InputFileError, match="more than 5,000 lines"):
        read(tmp_path, "participant,administration\n" + "P1,XA\n" * 5_000)


def test_an_assessment_has_no_seed_and_a_mode_is_one_of_three() -> None:
    with pytest.raises(CepError, match="its worlds come from a secret"):
        Plan("assessment", KNOWN, seed=7)
    with pytest.raises(CepError, match='Did you mean "practice"'):
        Plan("practise", KNOWN)
