"""Nothing in a public table's form betrays what is planted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ks_2samp, norm

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.truth import Truth

SEEDS = range(100, 105)


@pytest.fixture(scope="module")
def pooled() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return features of form, and who is planted, over several worlds."""
    features: dict[str, list[np.ndarray]] = {}
    planted = []
    for seed in SEEDS:
        scenario = Scenario(seed=seed, declarations=30_000)
        table, truth = World(scenario).declarations, Truth(scenario).declarations
        planted.append((truth["plot"] != "").to_numpy())
        for name, values in {
            "declaration number": table["declaration_id"],
            "its last digit": table["declaration_id"] % 10,
            "its parity": table["declaration_id"] % 2,
            "importer number": table["importer_id"],
            "supplier number": table["supplier_id"],
            "row within the day": table.groupby("date").cumcount(),
            "invoice number": table["invoice_number"].str[-6:].astype(int),
            "transport document": table["transport_document"].str[-8:].astype(int),
            "cents of the value": np.rint(table["customs_value"] * 100) % 10,
            "grams": np.rint(table["net_mass_kg"] * 1000) % 10,
        }.items():
            features.setdefault(name, []).append(np.asarray(values, dtype=float))
    return {name: np.concatenate(parts) for name, parts in features.items()}, np.concatenate(planted)


def test_no_feature_of_form_tells_the_planted_apart(pooled: tuple[dict[str, np.ndarray], np.ndarray]) -> None:
    features, planted = pooled
    assert planted.sum() >= 5_000
    limit = 0.01 / len(features)
    form = {name: values for name, values in features.items() if name not in CLUSTERED}
    chance = {name: ks_2samp(values[planted], values[~planted]).pvalue for name, values in form.items()}
    assert min(chance.values()) > limit, chance


# A plot touches many rows of one importer, so the rows are not independent here: one draw an importer.
CLUSTERED = ("importer number", "supplier number")


@pytest.mark.parametrize("name", ["importer number", "supplier number"])
def test_numbers_of_those_who_were_cast_are_spread_like_all(
    pooled: tuple[dict[str, np.ndarray], np.ndarray], name: str
) -> None:
    features, planted = pooled
    cast, others = np.unique(features[name][planted]), np.unique(features[name][~planted])
    assert ks_2samp(cast, others).pvalue > 0.001


def test_the_test_would_see_a_signal(pooled: tuple[dict[str, np.ndarray], np.ndarray]) -> None:
    _, planted = pooled
    leaking = np.random.default_rng(1).random(len(planted)) + 0.08 * planted
    assert ks_2samp(leaking[planted], leaking[~planted]).pvalue < 1e-6


def test_no_administration_is_blamed_beyond_chance() -> None:
    """Each origin's share of guilty plots equals its share of the trade they were drawn from."""
    from cep_toolkit.world.engine import Engine
    from cep_toolkit.world.typologies import TYPOLOGIES

    observed, expected = np.zeros(23), np.zeros(23)
    for seed in range(40):
        engine = Engine(Scenario(seed=seed, declarations=20_000))
        origin = engine.population.relations.origin
        for typology, plots in zip(TYPOLOGIES, engine.plots, strict=True):
            if typology.traffic not in ("consignments", "refunds"):
                continue
            weight = typology.eligible(engine.society) * engine.society.exposure(typology.traffic)
            guilty = origin[plots.owner[plots.guilty]]
            observed += np.bincount(guilty, minlength=23)
            expected += np.bincount(origin, weight, 23) / weight.sum() * len(guilty)
    score = (observed - expected) / np.sqrt(expected)
    limit = norm.ppf(1 - 0.005 / 23)
    assert np.abs(score).max() < limit, score
