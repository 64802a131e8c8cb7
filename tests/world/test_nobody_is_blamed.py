"""Where somebody comes from, or the language spoken there, makes nobody guilty: shares are those of exposure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import norm

from cep_toolkit.world import Scenario, names, reference
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.traffic.after import journeys_of, parcels_of, transits_of
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import CONSIGNMENTS, JOURNEYS, PARCELS, REFUNDS, TRANSITS

CODES = sorted(reference.load("administrations")["code"])
SEEDS, SEEDS_OF_MOVEMENTS = range(600, 800), range(600, 648)
CHANCE = 0.001
ENOUGH = 8
Counts = dict[str, tuple[np.ndarray, np.ndarray]]


def engine(seed: int) -> Engine:
    """Return a world; the 24 administrations take turns as host."""
    return Engine(Scenario(administration=CODES[seed % len(CODES)], seed=seed, declarations=5_000))


def places(engine: Engine) -> np.ndarray:
    """Return the places of the host (for home -1, so that it stands last) and the partners in ``CODES``."""
    region = engine.region
    return np.array([CODES.index(code) for code in [*region.partners, region.host.code]])


def homes(engine: Engine) -> dict[str, np.ndarray]:
    """Return where each owner of a traffic is at home, or where the goods come from: a partner, -1 for the host.

    Hauliers of transits are all of the host; of transits the origin of the goods is counted, see ``by_place``.
    """
    society, relations = engine.society, engine.population.relations
    return {
        CONSIGNMENTS: relations.origin,
        REFUNDS: relations.origin,
        PARCELS: society.people.home,
        JOURNEYS: society.people.home,
    }


@pytest.fixture(scope="module")
def cast() -> Counts:
    """Return for each typology the guilty plots by origin or home and by language, and those to be expected."""
    made: Counts = {}
    spoken = names.spoken(CODES)
    for seed in SEEDS:
        world = engine(seed)
        code, home = places(world), homes(world)
        for typology, plots in zip(TYPOLOGIES, world.plots, strict=True):
            if typology.traffic not in home:
                continue
            weight = typology.eligible(world.society) * world.society.exposure(typology.traffic)
            at = code[home[typology.traffic]]
            guilty = at[plots.owner[plots.guilty]]
            if len(guilty):
                share = np.bincount(at, weight, len(CODES)) / weight.sum()
                _add(made, f"{typology.name} by home", np.bincount(guilty, minlength=len(CODES)), share)
                tongues = np.bincount(spoken[guilty], minlength=spoken.max() + 1)
                _add(made, f"{typology.name} by language", tongues, np.bincount(spoken, share))
    return made


@pytest.fixture(scope="module")
def by_place() -> Counts:
    """Return the guilty plots' movements by place, one of each plot, and the places of all movements."""
    made: Counts = {}
    sources: dict[str, tuple[Callable[[Engine], object], str]] = {
        JOURNEYS: (journeys_of, "place"),
        PARCELS: (parcels_of, "origin"),
        TRANSITS: (transits_of, "origin"),
    }
    for seed in SEEDS_OF_MOVEMENTS:
        world = engine(seed)
        for typology in TYPOLOGIES:
            if typology.traffic in sources:
                make, field = sources[typology.traffic]
                _of_movements(made, typology.name, make(world), field, places(world))
    return made


def _of_movements(made: Counts, name: str, after: object, field: str, code: np.ndarray) -> None:
    rows, guilty, plot = after.rows, after.guilty, after.plot  # type: ignore[attr-defined]  # movements of a traffic
    place = code[getattr(rows, field)]
    _, first = np.unique(plot[guilty], return_index=True)
    share = np.bincount(place, minlength=len(CODES)) / len(place)
    _add(made, name, np.bincount(place[guilty][first], minlength=len(CODES)), share)


def _add(made: Counts, name: str, observed: np.ndarray, share: np.ndarray) -> None:
    before = made.get(name, (np.zeros(len(share)), np.zeros(len(share))))
    made[name] = before[0] + observed, before[1] + share * observed.sum()


def worst(observed: np.ndarray, expected: np.ndarray) -> tuple[float, int]:
    """Return the largest deviation in standard deviations among groups with enough to count, and how many they are."""
    enough = expected >= ENOUGH
    if not enough.any():
        return 0.0, 1
    score = (observed - expected)[enough] / np.sqrt(expected[enough])
    return float(np.abs(score).max()), int(enough.sum())


def limit(groups: int, families: int) -> float:
    return float(norm.ppf(1 - CHANCE / (2 * groups * families)))


def test_no_home_origin_or_language_is_blamed_beyond_chance(cast: Counts) -> None:
    assert len(cast) == 2 * sum(typology.traffic != TRANSITS for typology in TYPOLOGIES)
    for name, (observed, expected) in cast.items():
        score, groups = worst(observed, expected)
        assert groups > 1, f"{name}: too few plots to say anything"
        assert score < limit(groups, len(cast)), name


def test_no_place_of_a_movement_is_blamed_beyond_chance(by_place: Counts) -> None:
    assert set(by_place) == {"cash_couriers", "split_parcels", "transit_diversion"}
    for name, (observed, expected) in by_place.items():
        assert observed.sum() > 100
        score, groups = worst(observed, expected)
        assert score < limit(groups, len(by_place)), name


def test_blame_would_be_seen(cast: Counts) -> None:
    """One guilty plot in five moved to one origin."""
    observed, expected = cast["undervaluation by home"]
    moved = 0.8 * observed
    moved[np.argmin(expected)] += 0.2 * observed.sum()
    expected = np.maximum(expected, ENOUGH)
    score, groups = worst(moved, expected)
    assert score > limit(groups, len(cast))
