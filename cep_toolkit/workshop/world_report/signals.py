"""What an officer could measure of each typology: one value a movement, from the public tables alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cep_toolkit.world import reference
from cep_toolkit.world.host import Host
from cep_toolkit.world.traffic.parcels import DE_MINIMIS

if TYPE_CHECKING:
    from cep_toolkit.world import World


@dataclass(frozen=True)
class Signal:
    """A measure.

    Parameters
    ----------
    meaning : str
        What is measured, with its unit: the title of the axis.
    values : Series
        One value a movement, by the key of its table; true or false where it is a yes or a no.
    log : bool
        Whether ratios are compared: the axis is logarithmic.
    """

    meaning: str
    values: pd.Series
    log: bool = False

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it can only be so or not."""
        return bool(self.values.dtype == bool)


def price(world: World) -> Signal:
    """Return the price per kg beside the median of the subheading."""
    table = world.declarations
    per_kg = (table["customs_value"] / table["net_mass_kg"]).where(table["customs_value"] > 0)
    usual = per_kg.groupby(table["hs"], observed=True).transform("median")
    return Signal(
        "price per kg ÷ median of the subheading declared", _by(table, "declaration_id", per_kg / usual), log=True
    )


def mass(world: World) -> Signal:
    """Return the gross mass on the manifest beside the gross mass declared."""
    table = _bills(world)
    ratio = table["gross_mass_kg_bill"] / table["gross_mass_kg"]
    return Signal("gross mass on the bill ÷ gross mass declared", _by(table, "declaration_id", ratio), log=True)


def words(world: World) -> Signal:
    """Return whether the words of the bill name goods of another subheading than the one declared."""
    table = _bills(world)
    fitting = set(reference.load("goods_phrases")[["phrase", "hs"]].itertuples(index=False, name=None))
    pairs = zip(table["goods"].astype("str"), table["hs"].astype("str"), strict=True)
    other = np.array([pair not in fitting for pair in pairs], dtype=bool)
    return Signal("the bill's words name goods of another subheading", _by(table, "declaration_id", other))


def origin(world: World) -> Signal:
    """Return how usual the declared origin is for goods sent from there, where preference is claimed."""
    table = world.declarations
    sent = table["departure"].astype("str")
    route = sent + table["origin"].astype("str")
    claims = table["preference"].astype("str") == "300"
    usual = 100 * route.groupby(route).transform("size") / sent.groupby(sent).transform("size")
    return Signal(
        "goods sent from there that have this origin, per cent (preference claimed)",
        _by(table[claims], "declaration_id", usual[claims]),
        log=True,
    )


def seals(world: World) -> Signal:
    """Return whether a seal of the bill's containers changed on the way."""
    moves = world.table("containers")
    changed = (
        (moves["seal_loading"].astype("str") != moves["seal_discharge"].astype("str"))
        .groupby(moves["bill"].astype("str"))
        .any()
    )
    table = _bills(world)
    table = table[table["master_bill"].isin(changed.index)]
    return Signal(
        "a seal changed on the way", _by(table, "declaration_id", changed.reindex(table["master_bill"]).to_numpy())
    )


def hours(world: World) -> Signal:
    """Return the hours on the way beside the hours allowed."""
    table = world.table("transits")
    return Signal(
        "hours on the way ÷ hours allowed",
        _by(table, "transit_id", table["hours_on_the_way"] / table["limit_hours"]),
        log=True,
    )


def claimed(world: World) -> Signal:
    """Return the mass claimed to have left beside the carrier's."""
    table = world.table("refunds")
    return Signal(
        "mass claimed ÷ mass on the carrier's manifest",
        _by(table, "refund_id", table["claimed_mass_kg"] / table["carrier_mass_kg"]),
        log=True,
    )


def journeys(world: World) -> Signal:
    """Return whether the traveller stayed at most one night on a ticket paid in cash."""
    table = world.table("travellers")
    quick = (table["nights"] <= 1) & (table["ticket"].astype("str") == "cash")
    return Signal("at most one night, on a ticket paid in cash", _by(table, "journey_id", quick.to_numpy(dtype=bool)))


def labels(world: World) -> Signal:
    """Return the value on the label as a share of the limit below which a parcel is free of duty."""
    table = world.table("parcels")
    scenario = world.scenario
    rate = Host.of(scenario.administration).rate if scenario else 1.0
    return Signal(
        "value on the label ÷ limit below which no duty is due",
        _by(table, "parcel_id", table["value"] * rate / DE_MINIMIS),
        log=True,
    )


Measure = Callable[["World"], Signal]

SIGNALS = MappingProxyType[str, Measure](
    {
        "undervaluation": price,
        "misclassification": words,
        "origin_fraud": origin,
        "short_declaration": mass,
        "trade_based_laundering": price,
        "tobacco": words,
        "rip_off": seals,
        "precursor_diversion": words,
        "counterfeits": price,
        "protected_species": words,
        "transit_diversion": hours,
        "drawback_fraud": claimed,
        "cash_couriers": journeys,
        "split_parcels": labels,
    }
)
"""The measure that shows each typology best; a typology without one has no picture."""


def _by(table: pd.DataFrame, key: str, values: object) -> pd.Series:
    made = pd.Series(np.asarray(values), index=table[key].to_numpy())
    return made[np.isfinite(made)] if made.dtype != bool else made


@lru_cache(maxsize=1)
def _bills(world: World) -> pd.DataFrame:
    """Return declarations with their bill; the last world's are kept, for the measures that share them."""
    bills = world.table("manifests")[["bill", "master_bill", "goods", "gross_mass_kg"]]
    return world.declarations.merge(bills, left_on="transport_document", right_on="bill", suffixes=("", "_bill"))
