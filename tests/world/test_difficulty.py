"""A higher level is harder for every kind of scheme, and innocent look-alikes make each harder still."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.difficulty import difficulty, planted, score, separation
from cep_toolkit.world.scenario import LEVELS
from cep_toolkit.world.suspicion import methods, other_goods, price_score, suspicion
from cep_toolkit.world.truth import Truth
from cep_toolkit.world.typologies import TYPOLOGIES

SEEDS = range(300, 312)
NAMES = tuple(typology.name for typology in TYPOLOGIES)
TOO_EASY, INVISIBLE = 0.98, 0.6


@pytest.fixture(scope="module")
def measured() -> pd.DataFrame:
    return difficulty(Scenario(seed=seed, level=level, declarations=20_000) for seed in SEEDS for level in LEVELS)


def mean(measured: pd.DataFrame, typology: str, column: str = "score") -> pd.Series:
    """Return the mean of each level, in which a world counts by its guilty rows: the rare typologies have few."""
    rows = measured[measured["typology"] == typology].dropna(subset=column)
    total = (rows[column] * rows["guilty_rows"]).groupby(rows["level"]).sum()
    return (total / rows.groupby("level")["guilty_rows"].sum()).loc[list(LEVELS)]


def test_there_is_a_method_for_every_typology() -> None:
    assert set(methods()) == set(NAMES)


@pytest.mark.parametrize("typology", NAMES)
def test_a_higher_level_is_harder(measured: pd.DataFrame, typology: str) -> None:
    foundation, practitioner, advanced = mean(measured, typology)
    assert foundation > practitioner > advanced


@pytest.mark.parametrize("typology", NAMES)
def test_no_typology_is_plain_when_advanced_or_invisible_at_the_foundation(
    measured: pd.DataFrame, typology: str
) -> None:
    foundation, _, advanced = mean(measured, typology)
    assert advanced < TOO_EASY
    assert foundation > INVISIBLE


@pytest.mark.parametrize("typology", NAMES)
def test_decoys_are_harder_to_tell_from_the_guilty_than_others_are(measured: pd.DataFrame, typology: str) -> None:
    """The levels are taken together: of the rare typologies many worlds hold no decoy's row."""
    assert mean(measured, typology, "decoys").mean() < mean(measured, typology).mean()


@pytest.mark.parametrize("typology", NAMES)
def test_decoys_look_suspect_too(typology: str) -> None:
    """Pooled over worlds, decoys stand above rows that no plot of their typology touched."""
    parts = []
    for seed in SEEDS[:4]:
        scenario = Scenario(seed=seed, level="advanced", declarations=20_000)
        truth, suspect = Truth(scenario), suspicion(World(scenario), typology)
        guilty, decoy = (planted(truth, typology, guilty=flag) for flag in (True, False))
        parts.append((suspect[~guilty], decoy[~guilty]))
    assert separation(*(np.concatenate(part) for part in zip(*parts, strict=True))) > 0.52


def test_the_measure_is_the_share_of_pairs_told_apart() -> None:
    rng = np.random.default_rng(4)
    suspect, guilty = rng.integers(0, 5, 60).astype(float), rng.random(60) < 0.3
    apart = suspect[guilty][:, None] - suspect[~guilty][None, :]
    assert separation(suspect, guilty) == pytest.approx((apart > 0).mean() + (apart == 0).mean() / 2)


def test_where_nobody_is_guilty_there_is_no_score() -> None:
    assert np.isnan(separation(np.arange(3.0), np.zeros(3, dtype=bool)))


def test_the_score_is_of_guilty_rows_among_all(world: World, truth: Truth) -> None:
    rows = world.declarations.merge(truth.declarations, on="declaration_id")
    guilty = rows["illicit"] & rows["plot"].astype("str").str.startswith("undervaluation-")
    assert score(world, truth, "undervaluation") == separation(-price_score(rows), guilty.to_numpy())


def test_words_that_name_goods_of_another_subheading_are_suspect() -> None:
    words = pd.Series(["Pure-bred breeding cattle, live", "Live cattle for slaughter", "Live cattle, 30 head"])
    assert other_goods(words, pd.Series(["010221"] * 3)).tolist() == [0.0, 1.0, 0.4]


def test_a_price_is_compared_within_its_subheading() -> None:
    mass = np.ones(24)
    value = np.array([1.0, 2.0, 4.0] * 4 + [100.0, 200.0, 400.0] * 4)
    table = pd.DataFrame({"hs": ["a"] * 12 + ["b"] * 12, "customs_value": value, "net_mass_kg": mass})
    made = price_score(table)
    assert np.allclose(made[:12], made[12:])
    assert np.allclose(made[:3], [-0.6745, 0, 0.6745])


def test_an_unknown_typology_is_refused_with_the_nearest(world: World) -> None:
    with pytest.raises(UnknownValueError, match="undervaluation"):
        suspicion(world, "undervalution")
