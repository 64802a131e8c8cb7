"""Where somebody comes from, or the language spoken there, makes nobody guilty: shares are those of exposure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import norm

from cep_toolkit.world import Scenario
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.traffic.after import journeys_of, parcels_of
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import CONSIGNMENTS, JOURNEYS, PARCELS, REFUNDS

SEEDS = range(600, 720)
SEEDS_OF_MOVEMENTS = range(600, 630)
PARTNERS = 23
CHANCE = 0.001
Counts = dict[str, tuple[np.ndarray, np.ndarray]]


@pytest.fixture(scope="module")
def by_origin() -> Counts:
    """Return for each typology of goods the guilty plots of each origin and language, and those to be expected."""
    made: Counts = {}
    for seed in SEEDS:
        engine = Engine(Scenario(seed=seed, declarations=5_000))
        origin = engine.population.relations.origin
        language = engine.region.partner_table["language"].to_numpy()
        for typology, plots in zip(TYPOLOGIES, engine.plots, strict=True):
            if typology.traffic not in (CONSIGNMENTS, REFUNDS):
                continue
            weight = typology.eligible(engine.society) * engine.society.exposure(typology.traffic)
            guilty = origin[plots.owner[plots.guilty]]
            if len(guilty):
                share = np.bincount(origin, weight, PARTNERS) / weight.sum()
                _add(made, f"{typology.name} by origin", np.bincount(guilty, minlength=PARTNERS), share)
                tongues, of = np.unique(language, return_inverse=True)
                spoken = np.bincount(of[guilty], minlength=len(tongues))
                _add(made, f"{typology.name} by language", spoken, np.bincount(of, share))
    return made


@pytest.fixture(scope="module")
def by_place() -> Counts:
    """Return the guilty plots' journeys and parcels by place, one of each plot, and the places of all such owners'."""
    made: Counts = {}
    sources: dict[str, tuple[Callable[[Engine], object], str]] = {
        JOURNEYS: (journeys_of, "place"),
        PARCELS: (parcels_of, "origin"),
    }
    for seed in SEEDS_OF_MOVEMENTS:
        engine = Engine(Scenario(seed=seed, declarations=5_000))
        for typology in TYPOLOGIES:
            if typology.traffic in sources:
                make, field = sources[typology.traffic]
                after: object = make(engine)
                _of_movements(made, typology.name, after, field)
    return made


def _of_movements(made: Counts, name: str, after: object, field: str) -> None:
    rows, guilty, plot = after.rows, after.guilty, after.plot  # type: ignore[attr-defined]  # journeys or parcels
    place = getattr(rows, field)
    _, first = np.unique(plot[guilty], return_index=True)
    share = np.bincount(place, minlength=PARTNERS) / len(place)
    _add(made, name, np.bincount(place[guilty][first], minlength=PARTNERS), share)


def _add(made: Counts, name: str, observed: np.ndarray, share: np.ndarray) -> None:
    before = made.get(name, (np.zeros(len(share)), np.zeros(len(share))))
    made[name] = before[0] + observed, before[1] + share * observed.sum()


def worst(observed: np.ndarray, expected: np.ndarray) -> tuple[float, int]:
    """Return the largest deviation in standard deviations among groups with enough to count, and how many they are."""
    enough = expected >= 8
    if not enough.any():
        return 0.0, 1
    score = (observed - expected)[enough] / np.sqrt(expected[enough])
    return float(np.abs(score).max()), int(enough.sum())


def limit(groups: int, families: int) -> float:
    return float(norm.ppf(1 - CHANCE / (2 * groups * families)))


def test_no_origin_or_language_is_blamed_beyond_chance(by_origin: Counts) -> None:
    assert len(by_origin) == 2 * sum(typology.traffic in (CONSIGNMENTS, REFUNDS) for typology in TYPOLOGIES)
    for name, (observed, expected) in by_origin.items():
        score, groups = worst(observed, expected)
        assert score < limit(groups, len(by_origin)), name


def test_no_place_of_journeys_or_parcels_is_blamed_beyond_chance(by_place: Counts) -> None:
    assert set(by_place) == {"cash_couriers", "split_parcels"}
    for name, (observed, expected) in by_place.items():
        assert observed.sum() > 100
        score, groups = worst(observed, expected)
        assert score < limit(groups, len(by_place)), name


def test_blame_would_be_seen(by_origin: Counts) -> None:
    """One guilty plot in five moved to one origin."""
    observed, expected = by_origin["undervaluation by origin"]
    moved = 0.8 * observed
    moved[np.argmin(expected)] += 0.2 * observed.sum()
    expected = np.maximum(expected, 8)
    score, groups = worst(moved, expected)
    assert score > limit(groups, len(by_origin))
