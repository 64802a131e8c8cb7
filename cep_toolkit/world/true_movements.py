"""Layer 7, second part: what was really so of transits, parcels, travellers and refunds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cep_toolkit.world.engine import Engine
from cep_toolkit.world.naming import movements
from cep_toolkit.world.observers import ledger
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.traffic.after import After, journeys_of, parcels_of, refunds_of, transits_of
from cep_toolkit.world.traffic.transits import arrived


def transits(engine: Engine) -> pd.DataFrame:
    """Return the mass that really arrived and what of it is missing, one row a transit movement, in their order."""
    made = transits_of(engine)
    rows = made.rows
    seen = arrived(rows, engine.streams).grams
    arrives = np.rint(rows.grams * made.said.grams / seen / 1000)
    leaves = np.rint(rows.grams / 1000)
    return _frame(
        engine,
        "transit_id",
        made,
        {
            "true_arrival_mass_kg": arrives,
            "missing_mass_kg": np.where(made.guilty, np.maximum(leaves - arrives, 0), 0.0),
        },
    )


def parcels(engine: Engine) -> pd.DataFrame:
    """Return what each parcel is worth, in their order."""
    made = parcels_of(engine)
    return _frame(engine, "parcel_id", made, {"worth": _in_host(engine, made.said.worth)})


def travellers(engine: Engine) -> pd.DataFrame:
    """Return the cash that each traveller really carries, in their order."""
    made = journeys_of(engine)
    return _frame(engine, "journey_id", made, {"cash_carried": _in_host(engine, made.said.carried)})


def refunds(engine: Engine) -> pd.DataFrame:
    """Return the mass that really left, one row a claim, in their order; an innocent claim is true."""
    made = refunds_of(engine)
    left = np.where((made.typology >= 0) & ~made.guilty, made.said.grams, made.rows.grams)
    return _frame(engine, "refund_id", made, {"true_mass_kg": left / 1000})


def _frame(engine: Engine, key: str, made: After[Any, Any], columns: dict[str, Floats]) -> pd.DataFrame:
    number: Ints = made.rows.number
    table = pd.DataFrame(
        {
            key: movements(engine, made.rows.traffic).public(number),
            "plot": engine.plot_names(made.typology, made.plot),
            "illicit": made.guilty,
            **columns,
        }
    )
    return ledger.by_day(table, made.rows.day)


def _in_host(engine: Engine, amount: Floats) -> Floats:
    """Return amounts of the reference currency in the host's."""
    return np.asarray(np.round(amount / engine.region.host_rate, engine.region.decimals))
