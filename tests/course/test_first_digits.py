"""What the gate does not ask of the exercise on first digits."""

from __future__ import annotations

import pandas as pd
import pytest

from cep_toolkit.checking import Status
from cep_toolkit.course.first_digits import ASKED, MEANING, OBJECTION, FirstDigits, Question, judge
from cep_toolkit.course.number_sets import MOST, number_sets
from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.first_digits import NONCONFORMING, digits_of
from cep_toolkit.world import Scenario, World


@pytest.fixture(scope="module")
def question(world: World) -> Question:
    return FirstDigits().pose(world, None)


def test_the_six_sets_need_different_answers(question: Question) -> None:
    decided = judge(question, "documents")
    assert len(decided) == ASKED
    assert {cells[MEANING] for cells in decided.values()} == {"leave", "quiet", "sample"}
    assert "few" in {cells[OBJECTION] for cells in decided.values()}


def test_more_sets_leave_the_bands_than_deserve_a_look(question: Question) -> None:
    outside = [each for each in question.sets if each.numbers.digits.band == NONCONFORMING]
    deserve = [cells for cells in judge(question, "documents").values() if cells[MEANING] == "sample"]
    assert len(outside) >= 3 > len(deserve)


def test_sets_are_recomputed_from_the_tables(world: World) -> None:
    found = {each.name: each.numbers for each in number_sets(world)}
    rates = world.declarations["duty_rate"]
    first = rates[rates > 0].iloc[:MOST]
    assert found[f"Rates of duty on declarations, per cent, the first {MOST:,}"].digits == digits_of(first)
    name = next(name for name in found if name.startswith("Customs values of importer"))
    importer = int(name.split()[4].rstrip(","))
    values = world.sql(f"select customs_value as v from declarations where importer_id = {importer}")["v"]
    assert found[name].digits == digits_of(values)
    middle = world.sql(
        "select quantile_cont(customs_value, 0.05) as low, quantile_cont(customs_value, 0.95) as high "
        "from declarations "
        f"where importer_id = {importer}"
    ).iloc[0]
    assert (found[name].low, found[name].high) == pytest.approx((middle["low"], middle["high"]))


def test_the_numbers_of_invoices_are_read_without_their_letters(world: World) -> None:
    name, numbers = next((each.name, each.numbers) for each in number_sets(world) if each.numbers.assigned)
    chapter = name.split()[6].rstrip(",")
    rows = world.declarations[world.declarations["hs"].astype(str).str[:2] == chapter]
    first = [int(text[3:]) for text in rows["invoice_number"].astype(str)][:MOST]
    assert numbers.digits == digits_of(pd.Series(first))


def test_goods_behind_a_departure_are_counted_again_by_sql(world: World) -> None:
    chosen = [
        each for each in number_sets(world) if each.goods and "Net masses" in each.name and "first" not in each.name
    ]
    assert chosen
    for each in chosen:
        chapter, digit = each.name.split()[4].rstrip(","), each.numbers.digits.most_above
        again = world.sql(
            f"""
            select t.description as goods, count(*) as times from declarations d join tariff t on t.hs = d.hs
            where d.hs like '{chapter}%' and left(ltrim(cast(net_mass_kg as varchar), '0.'), 1) = '{digit}'
            group by t.description order by times desc
            """
        )
        assert each.goods in set(again.loc[again["times"] == again["times"].iloc[0], "goods"])


def test_of_a_small_set_the_prompt_tells_how_many_values_differ(question: Question) -> None:
    told = FirstDigits().prompt(question)
    for each in question.sets:
        if each.numbers.objection == "few":
            assert f"| {each.numbers.different} different |" in told


def test_that_the_test_gives_no_reason_to_look_is_said_only_where_it_may_be_used(question: Question) -> None:
    for letter, cells in judge(question, "documents").items():
        if cells[MEANING] == "quiet":
            assert cells[OBJECTION] == "none", letter


def test_all_sets_are_clear(world: World) -> None:
    assert all(each.numbers.clear for each in number_sets(world))


@pytest.mark.parametrize("believe", ["digits", "fit", "band", "any numbers"])
def test_each_belief_is_wrong_somewhere(question: Question, world: World, believe: str) -> None:
    result = FirstDigits().check(world, None, question, {"sets": judge(question, believe)})
    assert result.status in (Status.PARTLY, Status.NOT_YET)
    assert result.misconception


def test_a_misspelt_word_in_the_blank_is_answered_with_the_nearest(question: Question) -> None:
    with pytest.raises(UnknownValueError, match='Did you mean "documents"'):
        judge(question, "document")


@pytest.mark.parametrize(("administration", "seed"), [("FJ", 5), ("JP", 5), ("SG", 5), ("KR", 9), ("QM", 3)])
def test_it_is_posed_in_small_worlds_of_every_kind_of_administration(administration: str, seed: int) -> None:
    question = FirstDigits().pose(World(Scenario(administration, seed, declarations=5_000)), None)
    assert len(question.sets) == ASKED
