"""Intelligence reports: right, wrong and circular ones; a grade is an opinion, and no form gives the truth away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import PLOT, public, reports
from cep_toolkit.world.observers.reports import OF, RIGHT, SOURCE
from cep_toolkit.world.truth import Truth
from tests.world.sentences import masked, too_often


@pytest.fixture(scope="module")
def pooled() -> pd.DataFrame:
    made = [reports.table(Engine(Scenario(seed=seed, declarations=20_000))).assign(seed=seed) for seed in range(6)]
    return pd.concat(made, ignore_index=True)


@pytest.fixture(scope="module")
def told(world: World, truth: Truth) -> pd.DataFrame:
    return world.reports.merge(truth.reports, on="report_id", validate="one_to_one")


def test_reports_are_right_wrong_and_in_between(pooled: pd.DataFrame) -> None:
    share = pooled[RIGHT].value_counts(normalize=True)
    assert (share[["true", "part", "false"]] > 0.1).all()


def test_the_guilty_decoys_and_people_with_no_plot_are_reported_on(told: pd.DataFrame, truth: Truth) -> None:
    guilty = told["plot"].map(truth.plots.set_index("plot")["guilty"])
    assert (guilty == True).sum() > 20  # noqa: E712  # the others are missing
    assert (guilty == False).sum() > 5  # noqa: E712
    assert (told["plot"] == "").sum() > 10


def test_a_report_that_is_right_has_a_guilty_plot_behind_it(told: pd.DataFrame, truth: Truth) -> None:
    guilty = told["plot"].map(truth.plots.set_index("plot")["guilty"])
    assert guilty[told["right"] == "true"].eq(True).all()
    assert (told.loc[told["plot"] == "", "right"] == "false").all()


def test_no_plot_has_more_than_three_reports_of_its_own(pooled: pd.DataFrame) -> None:
    own = pooled[(pooled[PLOT] != "") & (pooled[OF] == 0)]
    own = own.drop_duplicates(["seed", PLOT, SOURCE, "subject_id", "_act"])
    assert own.groupby(["seed", PLOT]).size().max() <= 3


def test_circular_reports_come_later_from_another_unit_on_the_same_subject(pooled: pd.DataFrame) -> None:
    copies = pooled[pooled[OF] > 0]
    assert len(copies) > 20
    first = pooled.set_index(["seed", "report_id"]).reindex(list(zip(copies["seed"], copies[OF], strict=True)))
    first = first.reset_index(drop=True)
    copies = copies.reset_index(drop=True)
    seen = first["date"].notna()
    assert seen.mean() > 0.9  # the others repeat a report written before the year
    assert (copies["date"] > first["date"])[seen].all()
    assert (copies["unit"] != first["unit"])[seen].all()
    assert (copies["subject_id"] == first["subject_id"])[seen].all()
    assert (copies["source_id"] != first["source_id"])[seen].all()
    assert (copies["text"] != first["text"])[seen].all()


def test_one_source_has_a_code_in_each_unit(pooled: pd.DataFrame) -> None:
    people = pooled[(pooled[SOURCE] != "") & (pooled[OF] == 0)]
    codes = people.groupby(["seed", SOURCE, "unit"])["source_id"].nunique()
    assert (codes == 1).all()
    heard_twice = people.groupby(["seed", SOURCE])["unit"].nunique()
    assert (heard_twice > 1).sum() > 5


def test_a_subject_stands_in_the_register_under_its_name(world: World) -> None:
    traders = world.traders.assign(id="T" + world.traders["importer_id"].astype("str"))
    registers = {"id": traders, "person_id": world.people, "firm_id": world.firms}
    called = pd.concat([table.set_index(key)["name"] for key, table in registers.items()])
    about = world.reports[world.reports["subject_id"] != ""]
    assert set(about["subject_id"].str[0]) == {"T", "P", "F"}
    assert (about["subject_id"].map(called) == about["subject"]).all()
    assert all(name in text for name, text in zip(about["subject"], about["text"], strict=True))


def test_some_reports_name_nobody(pooled: pd.DataFrame) -> None:
    nobody = pooled[pooled["subject_id"] == ""]
    assert 0 < len(nobody) < 0.2 * len(pooled)
    assert (nobody["subject"] == "").all()
    assert nobody["text"].str.lower().str.contains("a person not named").all()
    assert not pooled["text"].str.contains(r"[.?] a person not named").any()


def test_grades_tell_something_and_not_all(pooled: pd.DataFrame) -> None:
    graded = pooled[pooled["source_grade"] != "E"]
    right = graded[RIGHT] == "true"
    of_good = right[graded["source_grade"].isin(["A", "B"])].mean()
    of_bad = right[graded["source_grade"].isin(["C", "D"])].mean()
    assert of_bad + 0.05 < of_good < 0.9
    assert set(pooled["information_grade"]) == {1, 2, 3, 4, 5}
    assert set(pooled["handling_code"]) == {1, 2, 3, 4, 5}
    table = pd.crosstab(graded["source_grade"], graded["information_grade"])
    assert (table > 0).to_numpy().mean() > 0.8  # the two grades are given apart


def test_no_form_tells_right_from_wrong(pooled: pd.DataFrame) -> None:
    right = (pooled[RIGHT] == "true").to_numpy()
    within = pooled.groupby(["seed", "date"])
    features = {
        "number": pooled["report_id"],
        "last digit": pooled["report_id"] % 10,
        "row within the day": within.cumcount() / within["unit"].transform("size"),
        "number of the source": pooled["source_id"].str[-8:].astype(int),
    }
    chance = {name: ks_2samp(values[right], values[~right]).pvalue for name, values in features.items()}
    assert min(chance.values()) > 0.01 / len(chance), chance


def test_harder_levels_have_fewer_reports_on_plots_and_more_rumours() -> None:
    made = {
        level: reports.table(Engine(Scenario(seed=5, declarations=20_000, level=level)))
        for level in ("foundation", "advanced")
    }
    on_plots = {level: int((table[PLOT] != "").sum()) for level, table in made.items()}
    rumours = {level: int((table[PLOT] == "").sum()) for level, table in made.items()}
    assert on_plots["foundation"] > on_plots["advanced"]
    assert rumours["foundation"] < rumours["advanced"]
    easy, hard = (set(made[level].loc[made[level][PLOT] == "", "report_id"]) for level in made)
    assert len(easy & hard) > 0.8 * len(easy)  # some come so late that they fall out of the year


def test_about_three_hundred_at_fifty_thousand() -> None:
    count = len(public(Engine(Scenario(seed=1, declarations=50_000)), "reports"))
    assert count == pytest.approx(300, rel=0.25)


def test_no_sentence_stands_three_times_in_fifty_reports(pooled: pd.DataFrame) -> None:
    texts = pd.Series(masked(pooled["text"], [[subject] for subject in pooled["subject"]]))
    often = too_often(texts)
    assert len(often) <= 0.1 * len(texts) / 50, often
    assert np.unique(pooled["text"]).size == len(pooled)
