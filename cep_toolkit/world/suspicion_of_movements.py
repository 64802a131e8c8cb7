"""How suspect transits, refunds, travellers and parcels look: the methods of ``suspicion`` beyond the declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cep_toolkit.world.region import Floats

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world.world import World

LOST, LATE = 10.0, 1.0
SHORT_NIGHTS = 1
NEAR = 0.85


def transit_diversion(world: World) -> Floats:
    """Return lateness in shares of the time allowed, ten times the share of the mass missing, and 1 for another seal.

    A movement without a reported arrival counts 0: nothing is known of it yet.
    """
    table = world.table("transits")
    late = (table["hours_on_the_way"] / table["limit_hours"] - 1).clip(lower=0)
    lost = (1 - table["arrival_mass_kg"] / table["gross_mass_kg"]).clip(lower=0)
    resealed = (table["arrival_seal"] != "") & (table["arrival_seal"] != table["seal"])
    return np.asarray((LATE * late + LOST * lost + resealed).fillna(0.0), dtype=float)


def drawback_fraud(world: World) -> Floats:
    """Return the logarithm of the mass claimed over the carrier's; 0 where the manifest is not on file."""
    table = world.table("refunds")
    more: pd.Series = np.log(table["claimed_mass_kg"] / table["carrier_mass_kg"].clip(lower=0.001))
    return np.asarray(more.fillna(0.0), dtype=float)


def cash_couriers(world: World) -> Floats:
    """Return 1 for a short stay, 1 for a ticket paid in cash, and the logarithm of the person's journeys."""
    table = world.table("travellers")
    short = (table["nights"] <= SHORT_NIGHTS).astype(float)
    cash = (table["ticket"] == "cash").astype(float)
    journeys = table.groupby("person_id", observed=True)["journey_id"].transform("size")
    return np.asarray(short + cash + np.log10(journeys), dtype=float)


def split_parcels(world: World) -> Floats:
    """Return for a parcel just below the limit how many such parcels the recipient had; 0 for other parcels."""
    table = world.table("parcels")
    limit = table.loc[table["dutiable"], "value"].min()
    near = ~table["dutiable"] & (table["value"] >= NEAR * limit)
    times = near.groupby(table["recipient_id"], observed=True).transform("sum")
    return np.where(near, times, 0).astype(float)
