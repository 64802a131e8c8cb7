"""What the gate does not ask of the exercise on mirror gaps."""

from __future__ import annotations

import pytest

from cep_toolkit.checking import Status
from cep_toolkit.course.mirror_gap import ASKED, FINDING, REASON, Cell, MirrorGap, Question, decide
from cep_toolkit.course.mirror_reasons import because
from cep_toolkit.course.text import lettered
from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.mirror import Sides, mirror
from cep_toolkit.risk.mirror_reading import readings
from cep_toolkit.world import Scenario, World


@pytest.fixture(scope="module")
def question(world: World) -> Question:
    return MirrorGap().pose(world, None)


def test_each_honest_difference_is_among_the_six_cells(question: Question) -> None:
    reasons = [cells[REASON] for cells in decide(question, "nothing").values()]
    assert {"confidential", "freight", "time", "hub", "none"} <= set(reasons)
    assert len(reasons) == len({cell.hs for cell in question.cells}) == ASKED


@pytest.mark.parametrize("seed", [1, 5])
def test_no_two_cells_deserve_the_same_question(seed: int) -> None:
    posed = MirrorGap().pose(World(Scenario(seed=seed, declarations=5_000)), None)
    findings = [cells[FINDING] for cells in decide(posed, "nothing").values()]
    worth = [finding for finding in findings if finding in ("price", "codes", "quantity")]
    assert len(worth) == len(set(worth)) == 2


def test_the_solution_says_what_closes_the_mass_and_that_nothing_closes_the_value() -> None:
    def sides(mass: float, value: float) -> Sides:
        return Sides(1000.0, 1000.0 * (1 + value), 0.0, 100.0, 100.0 * (1 + mass))

    lines = (sides(0.49, 0.49), sides(-0.04, -0.43), sides(-0.04, -0.43), sides(-0.04, -0.31))
    cell = Cell("852872", "Colour television sets", "QU", "2025Q3", False, "852859", lines)
    question = Question((cell,), "XAS")
    assert decide(question, "nothing") == {"A": {REASON: "none", FINDING: "price"}}
    told = because(cell, "none", "price")
    assert told.startswith(
        "time closes the gap of mass (+49 % to \u22124 %), but nothing closes the gap of value (\u221243 %)."
    )
    assert "only dilutes it (\u221231 %)" in told


def test_the_cells_are_those_of_the_world_and_clear(question: Question, world: World) -> None:
    compared = mirror(world)
    read = readings(compared)
    keys = ["hs", "partner", "quarter"]
    decided = decide(question, "nothing")
    for letter, cell in lettered(question.cells):
        (row,) = compared.cells.index[(compared.cells[keys] == [cell.hs, cell.partner, cell.quarter]).all(axis=1)]
        assert cell.sides == tuple(compared.sides(row, step) for step in ("quarter", "year", "hub", "code"))
        assert tuple(read.loc[row]) == (decided[letter][REASON], decided[letter][FINDING], True)


def test_the_prompt_shows_secret_cells_as_secret_and_four_lines_for_each(question: Question) -> None:
    told = MirrorGap().prompt(question)
    secret = sum(cell.confidential for cell in question.cells)
    assert told.count("| secret |") == 2 * 4 * secret
    assert told.count("the whole year, made in") == ASKED
    assert "nan" not in told


def test_the_gap_is_never_evasion(question: Question) -> None:
    assert all(cells[FINDING] != "evaded" for cells in decide(question, "nothing").values())


@pytest.mark.parametrize("forget", ["confidential", "freight", "time", "hub"])
def test_who_forgets_one_thing_is_wrong_where_it_explains_the_gap(
    question: Question, world: World, forget: str
) -> None:
    exercise = MirrorGap()
    right, wrong = decide(question, "nothing"), decide(question, forget)
    changed = {letter for letter in right if right[letter] != wrong[letter]}
    assert changed == {letter for letter in right if right[letter][REASON] == forget}
    assert exercise.check(world, None, question, {"cells": wrong}).status is Status.PARTLY


def test_a_misspelt_word_in_the_blank_is_answered_with_the_nearest(question: Question) -> None:
    with pytest.raises(UnknownValueError, match='Did you mean "nothing"'):
        decide(question, "nothin")


@pytest.mark.parametrize(("administration", "seed"), [("FJ", 5), ("JP", 5), ("SG", 5), ("KR", 9), ("QM", 3)])
def test_it_is_posed_in_small_worlds_of_every_kind_of_administration(administration: str, seed: int) -> None:
    question = MirrorGap().pose(World(Scenario(administration, seed, declarations=5_000)), None)
    assert len(question.cells) == ASKED


def test_where_nothing_deserves_a_question_it_is_posed_all_the_same() -> None:
    question = MirrorGap().pose(World(Scenario("JP", 75, "advanced", 5_000)), None)
    assert "none" not in {cells[REASON] for cells in decide(question, "nothing").values()}
