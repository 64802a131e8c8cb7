"""Layer 5: what each system saw. One module a table, pure functions of the layers beneath.

Rows that a plot touched carry, in columns that no table shows, the plot and the kind of act behind them.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine

PLOT, ACT = "_plot", "_act"


def observers() -> dict[str, Callable[[Engine], pd.DataFrame]]:
    """Return the function that makes each public table, with hidden columns where a plot can touch its rows."""
    from cep_toolkit.world.observers import (
        calls,
        containers,
        controls,
        correspondence,
        declarations,
        links,
        manifests,
        news,
        parcels,
        partner_statistics,
        payments,
        people,
        refunds,
        registers,
        reports,
        seizures,
        trader_history,
        transits,
        travellers,
        vessels,
        voyages,
    )

    return {
        "administrations": registers.administrations,
        "offices": registers.offices,
        "tariff": registers.tariff,
        "traders": registers.traders,
        "declarants": registers.declarants,
        "suppliers": registers.suppliers,
        "declarations": declarations.table,
        "controls": controls.table,
        "correspondence": correspondence.table,
        "transits": transits.table,
        "parcels": parcels.table,
        "travellers": travellers.table,
        "refunds": refunds.table,
        "partner_statistics": partner_statistics.table,
        "vessels": vessels.table,
        "voyages": voyages.table,
        "manifests": manifests.table,
        "containers": containers.table,
        "people": people.people,
        "firms": people.firms,
        "addresses": people.addresses,
        "links": links.table,
        "trader_history": trader_history.table,
        "calls": calls.table,
        "payments": payments.table,
        "seizures": seizures.table,
        "news": news.table,
        "reports": reports.table,
    }


def public(engine: Engine, name: str) -> pd.DataFrame:
    """Return a table as people see it: the columns of its dictionary, in their order."""
    made = observers()[name](engine)
    hidden = set(made.columns).difference(column.name for column in tables()[name])
    return made.drop(columns=list(hidden)) if hidden else made


def traces(engine: Engine, name: str) -> pd.DataFrame:
    """Return the rows of a table that a plot touched: the table's key, ``plot`` and the kind of ``act``."""
    made = observers()[name](engine)
    key = tables()[name][0].name
    hidden = {PLOT, ACT} <= set(made.columns)
    rows = made.loc[made[PLOT] != "", [key, PLOT, ACT]] if hidden else pd.DataFrame(columns=[key, PLOT, ACT])
    return rows.rename(columns={PLOT: "plot", ACT: "act"}).reset_index(drop=True)
