"""The gate passes a sound exercise and goes red for every way in which one can be broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cep_toolkit.checking import Expected, Misconception, Number, OneOf, Rows
from cep_toolkit.course.messages import NO_CASE_HERE
from cep_toolkit.course.sorting import best_sort
from cep_toolkit.course.start_here import DutyRate
from cep_toolkit.workshop.gate import Verdict, gate, scenarios
from cep_toolkit.workshop.source import Source, read_source
from cep_toolkit.world import Scenario
from cep_toolkit.world.host import invented_codes, national_codes
from tests.workshop.tiny import NOTEBOOK, TINY

FIRST = scenarios(1)


def verdict(source: Source) -> Verdict:
    (found,) = gate([source], FIRST)
    return found


def test_worlds_differ_in_every_respect_and_come_back() -> None:
    worlds = scenarios(20)
    assert worlds == scenarios(20)
    assert len({world.administration for world in worlds}) == len({world.seed for world in worlds}) == 20
    assert len({world.level for world in worlds}) == 3
    assert all(5_000 <= world.declarations <= 20_000 for world in worlds)


def test_every_fourth_world_is_a_real_administrations_and_all_have_a_turn() -> None:
    national = [world.administration in national_codes() for world in scenarios(20)]
    assert national == [number % 4 == 3 for number in range(20)]
    turns = {world.administration for world in scenarios(4 * len(national_codes()))}
    assert turns == {*national_codes(), *invented_codes()}


def test_a_real_administrations_world_without_a_case_is_named_and_no_failure(source: Source) -> None:
    (found,) = gate([source], [*FIRST, Scenario("HK", declarations=5_000)])
    assert found.ok
    assert str(found).endswith(f": ok; not posed in 1, the first: {found.not_posed[0]}")
    assert found.not_posed == [f"[HK, seed 2016, practitioner, 5,000 declarations] {NO_CASE_HERE}"]


def test_an_exercise_posed_nowhere_is_not_ok(source: Source) -> None:
    (found,) = gate([source], [Scenario("HK", declarations=5_000)])
    assert not found.ok
    assert "NOT TRIED; not posed in 1" in str(found)


def test_a_sound_exercise_passes_and_says_what_was_tried(source: Source) -> None:
    (found,) = gate([source], scenarios(2))
    assert found.ok, found.failures
    mistakes = len(DutyRate.misconceptions)
    # a world: nothing 3 + 1 + 1, the reference 1 + 1 + 2, each mistake once through each of three doors
    assert found.answers == 2 * (5 + 4 + 3 * mistakes)
    assert str(found) == (
        f"00_start_here duty_rate: 2 scenarios; doors choose, one blank, write; {mistakes} misconceptions; "
        f"{found.answers} answers: ok"
    )


def test_an_exercise_never_tried_is_not_ok() -> None:
    assert not Verdict(NOTEBOOK, "duty_rate", 3).ok


SOURCES = {
    "a solution that is wrong": (
        TINY.replace('"duty rate")  # ____ duty rate', '"VAT rate")  # ____ VAT rate'),
        "not *correct*",
    ),
    "a solution that fails": (TINY.replace("read_declaration(wb", "read_declarations(wb"), "not *correct*"),
    "a solution that uses what only another cell has": (
        TINY.replace("from cep_toolkit.course.start_here import read_declaration\n", ""),
        "not *correct*",
    ),
    "a solution cell that fails outside its function": (
        TINY.replace('@wb.answer("duty_rate")', 'rates = other_cell\n\n\n@wb.answer("duty_rate")'),
        "NameError",
    ),
    "a blank that changes nothing": (
        TINY.replace(
            'return read_declaration(wb.question("duty_rate"), "duty rate")  # ____ duty rate',
            'line = "duty rate"  # ____ duty rate\n    return wb.question("duty_rate").duty_rate',
        ),
        "not its own message",
    ),
}


@pytest.mark.parametrize("fault", SOURCES)
def test_a_fault_in_the_source_is_found(fault: str, write_source: Callable[[str], Path]) -> None:
    text, said = SOURCES[fault]
    found = verdict(read_source(NOTEBOOK, write_source(text)))
    assert not found.ok
    assert said in " ".join(found.failures)
    assert "XA, seed 2016, practitioner, 5,000 declarations" in found.failures[0]


def broken(self: object, *given: object) -> Any:
    raise KeyError("hs")


def other(*, name: str = "", **changed: Any) -> tuple[Misconception, ...]:
    """Return the mistakes with the first one changed."""
    first, *rest = DutyRate.misconceptions
    return (replace(first, **changed), *rest)


MUTANTS: dict[str, tuple[str, Any, str]] = {
    "a corrupted reference": (
        "reference",
        lambda self, world, truth, question: question.duty_rate + 1,
        "not *correct*",
    ),
    "a reference that fails": ("reference", broken, "KeyError: 'hs'"),
    "no candidate": ("candidates", lambda self, world: iter(()), "no candidate at all"),
    "a mistake that is right": ("misconceptions", other(compute=lambda world, q: q.duty_rate), "In no candidate"),
    "a word that makes another mistake": ("misconceptions", other(word="customs value"), "not its own message"),
    "an explanation that is empty": ("explanation", lambda self, world, question: " ", "The explanation is empty"),
    "an explanation that fails": ("explanation", broken, "KeyError: 'hs'"),
}


@pytest.mark.parametrize("fault", MUTANTS)
def test_a_fault_in_the_exercise_is_found(fault: str, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    name, value, said = MUTANTS[fault]
    monkeypatch.setattr(DutyRate, name, value)
    found = verdict(source)
    assert not found.ok
    assert said in " ".join(found.failures), found.failures


def test_a_checker_that_finds_everything_right_is_found(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Number, "score", lambda self, value, reference: 1.0)
    assert not verdict(source).ok


@pytest.mark.parametrize(("said", "found"), [({}, True), ({"wait": "What is owed is paid."}, False)])
def test_an_option_without_a_message_is_found(
    said: dict[str, str], found: bool, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = OneOf("Step", {"pay": "Pay it", "wait": "Wait"}, said)
    monkeypatch.setattr(DutyRate, "fields", lambda self, question: {"rate": Number("Rate", "%"), "step": step})
    monkeypatch.setattr(
        DutyRate, "reference", lambda self, world, truth, question: {"rate": question.duty_rate, "step": "pay"}
    )
    monkeypatch.setattr(
        DutyRate,
        "misconceptions",
        tuple(replace(mistake, compute=rate_only(mistake)) for mistake in DutyRate.misconceptions),
    )
    failures = " ".join(verdict(source).failures)
    assert ("choose; wait] no message for this option" in failures) == found


def rate_only(mistake: Misconception) -> Callable[[Any, Any], object]:
    """Return the mistake as one field of several."""
    return lambda world, question: {"rate": mistake.compute(world, question)}


# Sorting: rows a to e, of which the answer is b and d.
TABLE = pd.DataFrame(
    {"id": list("abcde"), "hs": ["1", "2", "2", "2", "1"], "value": [5, 3, 4, 2, 1], "mass": [1, 3, 5, 2, 4]}
)


class OneTable:
    """A world of one table."""

    def table(self, name: str) -> pd.DataFrame:
        return TABLE


@dataclass(frozen=True)
class Asked:
    """A question about one subheading."""

    hs: str


def sorted_score(asked: Asked | None, choices: dict[str, str] | None = None, at_most: int = 3) -> tuple[float, str]:
    rows = Rows("Which?", "declarations", "id", choices=choices, at_most=at_most)
    world: Any = OneTable()
    return best_sort(world, asked, Expected({"rows": rows}, {"rows": ["b", "d"]}, {}))


def test_a_sort_of_the_whole_table_earns_a_part() -> None:
    score, column = sorted_score(None)
    assert score == pytest.approx(2 / 3)
    assert column in ("value", "mass")


def test_a_sort_after_filtering_by_the_question_is_tried() -> None:
    assert sorted_score(Asked("2"), at_most=2) == (1.0, "value")
    assert sorted_score(Asked("none"), at_most=2)[0] < 1.0


def test_only_rows_that_may_be_picked_are_sorted() -> None:
    assert sorted_score(None, choices={"b": "b", "c": "c", "d": "d"}, at_most=2)[0] == 1.0


def test_an_answer_without_rows_is_not_sorted() -> None:
    world: Any = OneTable()
    assert best_sort(world, None, Expected({"rate": Number("Rate", "%")}, {"rate": 5.0}, {})) == (0.0, "")


def test_an_exercise_that_a_sort_solves_is_refused(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.workshop.gate.best_sort", lambda world, question, expected: (1.0, "value"))
    monkeypatch.setattr("cep_toolkit.workshop.gate.Rows", Number)
    assert 'Sorting by "value" alone gives the answer.' in verdict(source).failures[0]
