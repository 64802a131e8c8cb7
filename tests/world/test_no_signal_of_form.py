"""No feature of form tells planted rows from others, in any table that a plot touches, one by one or together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp

from cep_toolkit.world import Scenario
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import PLOT, observers

SEEDS = range(500, 512)
TABLES = (
    "declarations",
    "controls",
    "manifests",
    "containers",
    "transits",
    "parcels",
    "travellers",
    "refunds",
    "calls",
    "payments",
)
POSITIVES = {"declarations": 5_000}
CHANCE = 0.001
AMOUNTS = ("customs_value", "invoice_value", "duty", "vat", "amount", "amount_host", "value", "duty_claimed")
MASSES = ("net_mass_kg", "claimed_mass_kg")
MINUTES = ("minute", "seconds")


def features(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return features of form alone: place in the day, digits of numbers and amounts, length of what is written.

    Whole amounts are left out: whether goods are free of duty, or a price is round, is no form of the row.
    """
    key = table[tables()[name][0].name].astype("str")
    number = key.str.replace(r"\D", "", regex=True).astype("int64")
    made = {"number": number, "last digit": number % 10, "parity": number % 2, "digits": key.str.len()}
    if "date" in table:
        made["row in the day"] = table.groupby("date").cumcount() / table.groupby("date")["date"].transform("size")
    for column in (column for column in (*AMOUNTS, *MASSES) if column in table):
        least = np.rint(table[column].fillna(0) * (1000 if column in MASSES else 100))
        made[f"last digit of {column}"] = (least % 10).where(least % 100 > 0)
    for column in (column for column in MINUTES if column in table):
        made[f"last digit of {column}"] = table[column] % 10
    return pd.DataFrame(made).astype(float)


def pooled() -> Iterator[tuple[str, pd.DataFrame, np.ndarray]]:
    """Yield for each table of each world its features and who is planted; a row's rank within its world counts."""
    make = observers()
    for seed in SEEDS:
        engine = Engine(Scenario(seed=seed, declarations=20_000))
        for name in TABLES:
            table = make[name](engine)
            planted = planted_in(engine, table, name)
            found = features(table, name)
            found["number"] = found["number"].rank(pct=True)
            yield name, found, planted


def planted_in(engine: Engine, table: pd.DataFrame, name: str) -> np.ndarray:
    if name != "declarations":
        return (table[PLOT] != "").to_numpy()
    from cep_toolkit.world.blocks import each_block
    from cep_toolkit.world.observers import declarations

    touched = np.concatenate(list(each_block(engine, lambda n: declarations.block(engine, n).made.typology >= 0)))
    in_table = np.empty(len(touched), dtype=bool)
    in_table[declarations.order(engine)] = touched
    return in_table


@pytest.fixture(scope="module")
def rows() -> dict[str, tuple[pd.DataFrame, np.ndarray]]:
    parts: dict[str, tuple[list[pd.DataFrame], list[np.ndarray]]] = {name: ([], []) for name in TABLES}
    for name, found, planted in pooled():
        parts[name][0].append(found)
        parts[name][1].append(planted)
    return {name: (pd.concat(f, ignore_index=True), np.concatenate(p)) for name, (f, p) in parts.items()}


def chances(found: pd.DataFrame, planted: np.ndarray) -> dict[str, float]:
    """Return for each feature how likely so great a difference is by chance (Kolmogorov and Smirnov)."""
    made = {}
    for name in map(str, found):
        values, known = found[name].to_numpy(), found[name].notna().to_numpy()
        made[name] = float(ks_2samp(values[planted & known], values[~planted & known]).pvalue)
    return made


def together(found: pd.DataFrame, planted: np.ndarray) -> float:
    """Return the chance of the best linear direction: found in every other row, tried in the rest.

    Fisher's linear discriminant of the standardised features and their squares, where every feature is known.
    """
    known = found.notna().all(axis=1).to_numpy()
    found, planted = found[known], planted[known]
    scaled = ((found - found.mean()) / found.std().replace(0, 1)).to_numpy()
    wide = np.column_stack([scaled, scaled**2])
    learn = np.arange(len(wide)) % 2 == 0
    apart = wide[learn & planted].mean(axis=0) - wide[learn & ~planted].mean(axis=0)
    spread = np.cov(wide[learn], rowvar=False) + 1e-3 * np.eye(wide.shape[1])
    projected = wide @ np.linalg.solve(spread, apart)
    return float(ks_2samp(projected[~learn & planted], projected[~learn & ~planted]).pvalue)


@pytest.mark.parametrize("name", TABLES)
def test_no_feature_of_form_tells_the_planted_apart(
    rows: dict[str, tuple[pd.DataFrame, np.ndarray]], name: str
) -> None:
    found, planted = rows[name]
    assert planted.sum() >= POSITIVES.get(name, 50)
    chance = chances(found, planted)
    assert min(chance.values()) > CHANCE / len(chance), chance


@pytest.mark.parametrize("name", TABLES)
def test_nor_do_all_of_them_together(rows: dict[str, tuple[pd.DataFrame, np.ndarray]], name: str) -> None:
    assert together(*rows[name]) > CHANCE


def test_a_leak_would_be_seen(rows: dict[str, tuple[pd.DataFrame, np.ndarray]]) -> None:
    """One planted row in ten whose number is even, in one feature and in the sum of two that alone show nothing."""
    found, planted = rows["declarations"]
    rng = np.random.default_rng(1)
    even = planted & (rng.random(len(planted)) < 0.1)
    leaking = found.assign(parity=np.where(even, 0, found["parity"]))
    assert chances(leaking, planted)["parity"] < CHANCE / len(found.columns)
    noise = rng.standard_normal(len(planted))
    hidden = found.assign(one=noise, other=0.2 * planted - noise + 0.2 * rng.standard_normal(len(planted)))
    assert together(hidden, planted) < CHANCE
