"""What the gate does not ask of notebook 12's exercises."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pytest

from cep_toolkit.checking import Exercise
from cep_toolkit.course import adjacent_rates, innocent_explanation, unit_price
from cep_toolkit.course.listed_prices import Prices
from cep_toolkit.course.risk_analysis import EXERCISES
from cep_toolkit.course.text import Text
from cep_toolkit.course.unit_price import UnitPrice
from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.prices import comparable, lower_fence
from cep_toolkit.risk.screening import amount
from cep_toolkit.risk.valuation import FACTS, next_step
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.truth import Truth


@pytest.fixture(scope="module", params=EXERCISES, ids=lambda kind: kind.id)
def posed(request: pytest.FixtureRequest, world: World, truth: Truth) -> tuple[Exercise, Any]:
    exercise = request.param()
    return exercise, exercise.pose(world, truth if exercise.needs_truth else None)


def test_the_question_is_the_same_for_everybody_in_one_world(
    posed: tuple[Exercise, Any], world: World, truth: Truth
) -> None:
    exercise, question = posed
    known = truth if exercise.needs_truth else None
    assert type(exercise)().pose(World(world.scenario), known) == question


def test_the_form_fits_one_screen(posed: tuple[Exercise, Any]) -> None:
    exercise, question = posed
    assert sum(kind.inputs for kind in exercise.fields(question).values()) <= 12
    assert len(exercise.prompt(question)) < 6_000


def test_the_explanation_gives_reasons_costs_and_an_alternative(posed: tuple[Exercise, Any], world: World) -> None:
    exercise, question = posed
    told = exercise.explanation(world, question)
    assert "**The cost of being wrong.**" in told
    assert "**Another way.**" in told
    assert not {"nan", "None"} & set(told.split())


def test_low_prices_are_recomputed_from_the_table(world: World) -> None:
    question = UnitPrice().pose(world, None)
    low = set(unit_price.low_prices(world, question, "subheading and origin"))
    assert 2 <= len(low) <= unit_price.AT_MOST
    for item in question.items:
        prices = comparable(world.declarations, item.hs, item.origin)["price_per_kg"]
        assert (item.price_per_kg < lower_fence(prices).threshold) == (item.declaration_id in low)


def test_each_declaration_of_the_list_knows_the_comparison_in_which_it_is_low(world: World) -> None:
    question = UnitPrice().pose(world, None)
    for item, compared in zip(question.items, question.low_by, strict=True):
        found = [
            word for word in unit_price.GROUPS if item.declaration_id in unit_price.low_prices(world, question, word)
        ]
        assert compared == (found[0] if found else "")


def test_in_the_groups_asked_about_chance_and_the_mirror_agree(world: World) -> None:
    for hs, origin in UnitPrice().pose(world, None).groups:
        prices = comparable(world.declarations, hs, origin)["price_per_kg"]
        assert (prices > lower_fence(prices).mirror).sum() <= 1


def test_the_four_files_need_four_different_steps(world: World) -> None:
    question = innocent_explanation.InnocentExplanation().pose(world, None)
    steps = {next_step(file) for file in question.files}
    assert len(steps) == 4
    assert {"relationship"} < steps


def test_to_refer_every_file_with_wrong_facts_is_told_what_proves_something(world: World) -> None:
    exercise = innocent_explanation.InnocentExplanation()
    question = exercise.pose(world, None)
    for shown in FACTS:
        cells = {letter: {innocent_explanation.FACT: shown, innocent_explanation.STEP: "refer"} for letter in "ABCD"}
        result = exercise.check(world, None, question, {"files": cells})
        assert not result.misconception
        assert innocent_explanation.WRONG[innocent_explanation.STEP]["refer"] in result.message


def test_each_file_shows_firms_and_prices_with_their_unit(world: World) -> None:
    exercise = innocent_explanation.InnocentExplanation()
    question = exercise.pose(world, None)
    shown = Text(exercise.prompt(question)).html
    for file in question.files:
        assert f"Importer: {escape(file.importer)}. Seller: {escape(file.seller)}." in shown
        typical = f"typical for {file.hs} from {file.origin}: <strong>{amount(file.typical_price)} {world.currency}/kg"
        few = f"too few declarations of {file.hs} from {file.origin} to compare ({file.compared})."
        assert (typical in shown) != (few in shown)


def test_the_list_of_codes_shows_the_dearest_neighbour_and_both_rates(world: World) -> None:
    exercise = adjacent_rates.AdjacentRates()
    question = exercise.pose(world, None)
    tariff = world.table("tariff").set_index("hs")
    for item in question.items:
        assert (item.tariff_rate, item.dearest_rate) == tuple(tariff.loc[[item.hs, item.dearest], "duty_rate"])
        near = tariff.loc[item.hs, "neighbours"].split(";")
        assert item.dearest_rate == tariff.loc[near, "duty_rate"].max() > item.tariff_rate
        assert item.dearest_text == tariff.loc[item.dearest, "description"]
        assert f"{item.dearest}: " in exercise.prompt(question)


def test_the_list_of_codes_holds_every_kind_of_case(world: World) -> None:
    question = adjacent_rates.AdjacentRates().pose(world, None)
    assert {item.says for item in question.items} == {"neighbour", "vague", "code"}
    assert any(item.advance_ruling for item in question.items)


def test_every_wrong_option_is_told_something(posed: tuple[Exercise, Any], world: World, truth: Truth) -> None:
    exercise, question = posed
    right = exercise.expected(world, truth if exercise.needs_truth else None, question).reference
    for name, kind in exercise.fields(question).items():
        for option, value in kind.slips(right[name]):
            assert kind.told(value, right[name]), option


@pytest.mark.parametrize(
    "call",
    [
        lambda world: unit_price.low_prices(world, UnitPrice().pose(world, None), "chpater"),
        lambda world: innocent_explanation.decide(
            innocent_explanation.InnocentExplanation().pose(world, None), "papre"
        ),
        lambda world: adjacent_rates.contradicted(adjacent_rates.AdjacentRates().pose(world, None), "raet"),
    ],
)
def test_a_misspelt_word_in_the_blank_is_answered_with_the_nearest(
    world: World, call: Callable[[World], object]
) -> None:
    with pytest.raises(UnknownValueError, match=r'Did you mean "(chapter|paper|rate)"'):
        call(world)


def test_the_list_shows_all_its_groups_and_origins_and_every_low_price_is_worth_a_letter() -> None:
    exercise = UnitPrice()
    for seed in (1, 2016):
        world = World(Scenario(seed=seed, declarations=50_000))
        question = exercise.pose(world, None)
        assert len({origin for _, origin in question.groups}) > 1
        assert {(item.hs, item.origin) for item in question.items} == set(question.groups)
        usual = world.declarations["customs_value"].median()
        assert min(item.customs_value for item in question.items) >= 0.01 * usual
        prices = Prices.of(world)
        for item in question.items:
            lacking = (
                prices.rows(item.hs, item.origin)["price_per_kg"].median() - item.price_per_kg
            ) * item.net_mass_kg
            assert item.price_per_kg >= prices.fence(item.hs, item.origin) or lacking >= 0.1 * usual
