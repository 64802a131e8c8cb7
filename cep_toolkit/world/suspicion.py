"""How suspect each row looks to somebody who knows one public method for each kind of scheme, and no truth.

The methods are plain on purpose and stay as they are: they measure worlds, not analysts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.world import reference
from cep_toolkit.world.region import Floats
from cep_toolkit.world.suspicion_of_movements import cash_couriers, drawback_fraud, split_parcels, transit_diversion

if TYPE_CHECKING:
    from cep_toolkit.world.world import World

VAGUE = 0.4
"""How suspect general words are, where words that name other goods count 1."""
LOW_DUTY = 2.0
LEAST_ROWS = 10
BRANDED = frozenset(("33", "42", "61", "62", "64", "65", "85", "87", "90", "91", "95"))
MAD_OF_NORMAL = 0.6745


def methods() -> Mapping[str, tuple[str, Callable[[World], Floats]]]:
    """Return for each typology the table whose rows are judged, and how.

    Examples
    --------
    >>> methods()["split_parcels"][0]
    'parcels'
    """
    of_declarations: dict[str, Callable[[World], Floats]] = {
        "undervaluation": lambda world: -price_score(world.declarations),
        "misclassification": lambda world: other_goods(world.declarations["description"], world.declarations["hs"]),
        "origin_fraud": origin_fraud,
        "short_declaration": short_declaration,
        "trade_based_laundering": trade_based_laundering,
        "tobacco": partial(controlled_goods, controlled=_tobacco),
        "rip_off": rip_off,
        "precursor_diversion": partial(controlled_goods, controlled=partial(_needs, permit="precursor")),
        "counterfeits": counterfeits,
        "protected_species": partial(controlled_goods, controlled=partial(_needs, permit="CITES")),
    }
    return MappingProxyType(
        {
            **{name: ("declarations", method) for name, method in of_declarations.items()},
            "transit_diversion": ("transits", transit_diversion),
            "drawback_fraud": ("refunds", drawback_fraud),
            "cash_couriers": ("travellers", cash_couriers),
            "split_parcels": ("parcels", split_parcels),
        }
    )


def suspicion(world: World, typology: str) -> Floats:
    """Return how suspect each row of the typology's table is: more for more, without a unit.

    Raises
    ------
    UnknownValueError
        There is no such typology.

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> len(suspicion(World(Scenario(declarations=5_000)), "undervaluation"))
    5000
    """
    known = methods()
    if typology not in known:
        raise UnknownValueError("typology", typology, tuple(known))
    return known[typology][1](world)


def price_score(declarations: pd.DataFrame) -> Floats:
    """Return the robust z score of the logarithm of the price per kilogram within the subheading.

    Median and median absolute deviation (Iglewicz and Hoaglin, "How to detect and handle outliers", 1993); a
    subheading with fewer than ``LEAST_ROWS`` rows is given the deviation of all rows.
    """
    value = declarations["customs_value"].clip(lower=0.01)
    price: pd.Series = np.log(value / declarations["net_mass_kg"])
    by_line = declarations["hs"]
    apart = price - price.groupby(by_line, observed=True).transform("median")
    deviation = apart.abs().groupby(by_line, observed=True).transform("median")
    rows = price.groupby(by_line, observed=True).transform("size")
    spread = deviation.where((rows >= LEAST_ROWS) & (deviation > 0), apart.abs().median())
    return np.asarray(MAD_OF_NORMAL * apart / spread, dtype=float)


def other_goods(words: pd.Series, hs: pd.Series) -> Floats:
    """Return 1 where words name goods of another subheading, ``VAGUE`` where they name none, else 0."""
    _, vague = _phrases()
    return np.select([words.map(vague).to_numpy(dtype=bool), ~_names(words, hs)], [VAGUE, 1.0], 0.0)


def controlled_goods(world: World, controlled: Callable[[World], frozenset[str]]) -> Floats:
    """Return 1 where the manifest names controlled goods that are not declared, ``VAGUE`` for general words."""
    lines, vague = _phrases()
    watched = controlled(world)
    goods = _of_manifest(world, "goods")
    names_them = goods.map({phrase: bool(of & watched) for phrase, of in lines.items()}).eq(True)
    declared = world.declarations["hs"].astype("str").isin(watched)
    general = goods.map(vague).eq(True)
    return np.select([general, names_them & ~declared], [VAGUE, 1.0], 0.0)


def origin_fraud(world: World) -> Floats:
    """Return 1 where preference is claimed for goods loaded elsewhere than at their origin."""
    loading = _of_manifest(world, "loading")
    claimed = world.declarations["preference"] == "300"
    elsewhere = loading.notna() & (loading != world.declarations["origin"].astype("str"))
    return np.asarray(claimed & elsewhere, dtype=float)


def short_declaration(world: World) -> Floats:
    """Return the logarithm of the mass on the manifest over the gross mass declared; 0 without a manifest."""
    carried = _of_manifest(world, "gross_mass_kg")
    more: pd.Series = np.log(carried / world.declarations["gross_mass_kg"])
    return np.asarray(more.fillna(0.0), dtype=float)


def trade_based_laundering(world: World) -> Floats:
    """Return the price score where the goods pay little duty, 0 elsewhere."""
    table = world.declarations
    full = world.table("tariff").set_index("hs")["duty_rate"]
    low = table["hs"].astype("str").map(full).to_numpy(dtype=float) <= LOW_DUTY
    return np.where(low, price_score(table), 0.0)


def counterfeits(world: World) -> Floats:
    """Return minus the price score, and 1 more for general words, in chapters of goods with brands; 0 elsewhere."""
    table = world.declarations
    branded = table["hs"].astype("str").str[:2].isin(BRANDED)
    general = table["description"].map(_phrases()[1]).to_numpy(dtype=bool)
    return np.where(branded, general - price_score(table), 0.0)


def rip_off(world: World) -> Floats:
    """Return in how many characters a seal differs between loading and discharge: the most of a bill's containers.

    One character is a slip of the pen more often than another seal.
    """
    changed = world.table("containers").query("load == 'full' and seal_loading != seal_discharge")
    pairs = zip(changed["seal_loading"], changed["seal_discharge"], strict=True)
    apart = pd.Series([sum(a != b for a, b in zip(*pair, strict=True)) for pair in pairs], dtype=float)
    worst = apart.groupby(changed["bill"].to_numpy()).max()
    return _of_manifest(world, "master_bill").map(worst).fillna(0.0).to_numpy(dtype=float)


def _of_manifest(world: World, column: str) -> pd.Series:
    """Return a column of the manifests for each declaration; missing where no manifest is kept."""
    values = world.table("manifests").set_index("bill")[column]
    values = values.astype("str") if isinstance(values.dtype, pd.CategoricalDtype) else values
    return world.declarations["transport_document"].astype("str").map(values)


def _tobacco(world: World) -> frozenset[str]:
    return frozenset(hs for hs in world.table("tariff")["hs"].astype("str") if hs.startswith("24"))


def _needs(world: World, permit: str) -> frozenset[str]:
    tariff = world.table("tariff")
    return frozenset(tariff.loc[tariff["permit"] == permit, "hs"].astype("str"))


@cache
def _phrases() -> tuple[dict[str, frozenset[str]], dict[str, bool]]:
    """Return the subheadings that each phrase may mean, and whether it is general."""
    table = reference.load("goods_phrases")
    lines = {str(phrase): frozenset(rows["hs"]) for phrase, rows in table.groupby("phrase")}
    general = set(table.loc[table["precision"] == "vague", "phrase"])
    return lines, {phrase: phrase in general for phrase in lines}


def _names(words: pd.Series, hs: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return whether the subheading of each row is among those that its words may mean."""
    lines, _ = _phrases()
    pairs = pd.MultiIndex.from_tuples([(phrase, of) for phrase, every in lines.items() for of in every])
    return pd.MultiIndex.from_arrays([words.astype("str"), hs.astype("str")]).isin(pairs)
