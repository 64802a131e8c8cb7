"""National mode: a real host in an invented world."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course.messages import NO_CASE_HERE
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import UnknownValueError
from cep_toolkit.world import Scenario, World, reference
from cep_toolkit.world.engine import engine_of
from cep_toolkit.world.host import ANALOGUE, Host, invented_codes, national_codes
from cep_toolkit.world.tariff_level import duty_rates, invented_tariff, national_tariff
from cep_toolkit.world.truth import Truth

REAL = reference.load("national_administrations").set_index("code")
INVENTED = reference.load("administrations").set_index("code")
MEAN_TOLERANCE, SHARE_TOLERANCE = 0.1, 0.2  # percentage points
DUTY_FREE = ("HK", "MO", "SG")
SOME = (*DUTY_FREE, "BN", "FJ", "JP", "KR", "KW", "MN", "PG", "TN", "ZA")  # no duty, little, 0 and 3 decimals, no coast


def world_of(code: str) -> World:
    return World(Scenario(code, seed=3, declarations=5_000))


@pytest.mark.parametrize("code", national_codes())
def test_the_tariff_has_the_published_level(code: str) -> None:
    own, tariff = REAL.loc[code], engine_of(Scenario(code, seed=3, declarations=5_000)).region.lines
    assert abs(tariff["duty_rate"].mean() - own["duty_mean"]) <= MEAN_TOLERANCE
    assert abs(100 * (tariff["duty_rate"] == 0).mean() - own["duty_free_share"]) <= SHARE_TOLERANCE
    assert tariff["duty_rate"].max() <= own["duty_max_usual"]
    assert tariff["vat_rate"].max() == own["vat_rate"]


@pytest.mark.parametrize("code", SOME)
def test_every_table_of_a_real_administration_is_made(code: str) -> None:
    world = world_of(code)
    nothing = {name for name in world.tables if world.table(name).empty}
    assert nothing <= ({"refunds"} if REAL.loc[code, "duty_mean"] < 1 else set())  # no duty, nothing to claim back
    for column in ("customs_value", "duty", "vat", "freight", "insurance"):
        minor = world.declarations[column] * 10.0 ** REAL.loc[code, "currency_decimals"]
        assert np.allclose(minor, np.rint(minor), rtol=1e-12, atol=1e-4), column


@pytest.mark.parametrize("code", SOME)
def test_nothing_but_the_host_is_real(code: str) -> None:
    world = world_of(code)
    table = world.table("administrations").set_index("code")
    assert len(table) == len(INVENTED)
    assert set(table.index) - set(INVENTED.index) == {code}
    assert table.loc[code, ["name", "currency", "agreement"]].tolist() == [*REAL.loc[code, ["name", "currency"]], False]
    partners = set(table.index) - {code}
    assert table.loc[sorted(partners), ["name", "currency"]].equals(
        INVENTED.loc[sorted(partners), ["name", "currency"]]
    )
    declarations = world.declarations
    for column in ("origin", "departure"):
        assert set(declarations[column].astype(str)) <= partners
    assert set(world.table("suppliers")["administration"].astype(str)) <= partners
    assert set(declarations["invoice_currency"].astype(str)) <= set(table.loc[sorted(partners), "currency"])


@pytest.mark.parametrize("table", ["offices", "traders", "declarants", "suppliers"])
def test_no_name_of_a_place_or_firm_is_real(table: str) -> None:
    names = " ".join(world_of("FJ").table(table)["name"]).casefold()
    assert not [name for name in REAL["name"] if name.casefold() in names]


def test_offices_bear_the_hosts_code_and_no_location_code() -> None:
    offices = world_of("FJ").table("offices")
    assert offices["office"].str.fullmatch("FJ[0-9]{2}").all()
    assert (offices["locode"] == offices["office"]).all()
    assert set(world_of("FJ").declarations["office"].astype(str)) <= set(offices["office"])


def test_a_host_without_a_coast_has_no_seaport() -> None:
    for code, coast in REAL["coast"].items():
        offices = reference.load("offices").query("administration == @place", local_dict={"place": Host.of(code).place})
        assert ("seaport" in set(offices["kind"])) == coast, code


def test_an_invented_host_is_where_it_was() -> None:
    for code in invented_codes():
        host = Host.of(code)
        assert (host.place, host.national) == (code, False)
        assert not World(Scenario(code)).is_national


def test_the_world_says_that_it_is_an_analogue() -> None:
    assert repr(world_of("FJ")) == (f"World of Fiji (FJ): seed 3, level practitioner, 5,000 declarations. {ANALOGUE}")
    assert ANALOGUE not in repr(World(Scenario()))


FOR_REVENUE = {"undervaluation", "misclassification", "origin_fraud", "short_declaration", "drawback_fraud"}


@pytest.mark.parametrize("code", ["HK", "MO"])
def test_where_nothing_is_charged_nobody_evades(code: str) -> None:
    truth = Truth(Scenario(code, seed=3, declarations=5_000))
    assert not FOR_REVENUE & set(truth.plots["typology"])
    assert set(truth.knowledge["tells"]) <= {"true", "error"}
    touched = truth.declarations[truth.declarations["illicit"]]
    assert (touched[["duty_evaded", "vat_evaded"]] <= 0).all(axis=None)
    assert set(world_of(code).declarations["preference"].astype(str)) == {"100"}


def test_where_only_vat_is_charged_vat_is_the_motive() -> None:
    truth = Truth(Scenario("SG", seed=3, declarations=5_000))
    assert set(truth.plots["typology"]) & FOR_REVENUE == {"undervaluation"}
    evaded = truth.declarations.query("illicit")
    evaded = evaded[evaded["plot"].astype("str").str.startswith("undervaluation")]
    assert (evaded["duty_evaded"] == 0).all()
    assert evaded["vat_evaded"].sum() > 0


def test_few_dutiable_goods_have_few_plots_and_stay_mostly_honest() -> None:
    scenario = Scenario("BN", seed=3, declarations=20_000)
    rows = World(scenario).declarations.merge(Truth(scenario).declarations, on="declaration_id")
    charged = rows[rows["true_hs"].astype(str).map(World(scenario).tariff.set_index("hs")["duty_rate"]) > 0]
    assert 0 < charged["illicit"].mean() < 0.25


@pytest.mark.parametrize("code", DUTY_FREE)
def test_an_exercise_without_a_case_says_so_in_one_sentence(code: str) -> None:
    wb = Workbook("12_risk_analysis", code, 3, "practitioner", 5_000, store=MemoryStore())
    assert str(wb.ask("adjacent_rates")) == NO_CASE_HERE
    assert wb.check("adjacent_rates", {}).message == NO_CASE_HERE


def test_an_exercise_without_a_case_says_so_to_code_too(capsys: pytest.CaptureFixture[str]) -> None:
    wb = Workbook("12_risk_analysis", "HK", 3, "practitioner", 5_000, store=MemoryStore())

    @wb.answer("adjacent_rates")
    def my_answer() -> object:
        return wb.question("adjacent_rates")

    assert NO_CASE_HERE in capsys.readouterr().out


@pytest.mark.parametrize("code", ["FJ", "JP", "KW"])
def test_where_duty_is_charged_every_exercise_is_posed(code: str) -> None:
    wb = Workbook("12_risk_analysis", code, 3, "practitioner", 10_000, store=MemoryStore())
    assert all(str(wb.ask(exercise)) != NO_CASE_HERE for exercise in wb.exercises)


@pytest.mark.parametrize(
    ("given_code", "meant"), [("fj", "FJ"), ("xa", "XA"), ("Fiji", "FJ"), ("New Zeeland", "NZ"), ("Samoa", "WS")]
)
def test_an_unknown_code_is_refused_with_the_nearest_and_both_kinds(given_code: str, meant: str) -> None:
    with pytest.raises(UnknownValueError, match=r"^[^\n]+$") as caught:
        Scenario(given_code)
    said = str(caught.value)
    assert f'Did you mean "{meant}"?' in said
    assert f"Valid: {', '.join(invented_codes())}; in national mode" in said
    assert f"{len(REAL)} real administrations" in said


@pytest.mark.parametrize("code", ["FJ", "CN", "CL", "SG"])
def test_lines_keep_their_order_by_rate(code: str) -> None:
    lines = reference.load("tariff")
    made = national_tariff(lines, code)
    order = np.argsort(lines["duty_rate"], kind="stable")
    for _, rows in made.iloc[order].groupby(lines["duty_rate"].iloc[order]):
        higher = made.loc[lines["duty_rate"] > lines.loc[rows.index[0], "duty_rate"], "duty_rate"]
        assert higher.empty or rows["duty_rate"].max() <= higher.min()
    unchanged = [column for column in lines if column not in ("duty_rate", "vat_rate")]
    pd.testing.assert_frame_equal(made[unchanged], lines[unchanged])
    assert ((made["vat_rate"] == 0) == (lines["vat_rate"] == 0)).all()


@given(
    lines=st.integers(200, 900),
    free_share=st.floats(0, 99),
    highest=st.floats(2, 100),
    part=st.floats(0.2, 1.0),
)
def test_any_possible_level_is_reached(lines: int, free_share: float, highest: float, part: float) -> None:
    charged = (lines - round(lines * free_share / 100)) / lines
    mean = max(part * highest, 1.0) * charged
    rates = duty_rates(lines, mean, free_share, highest)
    assert (np.diff(rates) >= 0).all()
    assert (rates == 0).sum() == round(lines * free_share / 100)
    assert rates.max(initial=0) <= highest
    assert abs(rates.mean() - mean) <= 20 / lines + 1e-9  # one line moves by one band at most


def test_an_invented_administration_charges_its_own_multiple() -> None:
    lines = reference.load("tariff").sort_values("hs").reset_index(drop=True)
    assert invented_tariff(lines, "XA")["duty_rate"].equals(lines["duty_rate"])
    for code, level in INVENTED["tariff_level"].items():
        made = invented_tariff(lines, str(code))
        assert ((made["duty_rate"] == 0) == (lines["duty_rate"] == 0)).all()
        assert made["duty_rate"].mean() == pytest.approx(level * lines["duty_rate"].mean(), rel=0.06)
        assert made["vat_rate"].max() == INVENTED.loc[code, "vat_rate"]
        assert made["duty_rate"].is_monotonic_increasing == lines["duty_rate"].is_monotonic_increasing
