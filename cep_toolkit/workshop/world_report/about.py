"""What the world is: its scenario, and the size of each of its tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.workshop.world_report.grid import Grid, grid
from cep_toolkit.world.host import ANALOGUE, Host

if TYPE_CHECKING:
    from cep_toolkit.world import Scenario, World

INVENTED = "Region, people and firms are invented. Any likeness to a real person, firm, vessel or telephone is chance."


def said(scenario: Scenario) -> list[str]:
    """Return the sentences that say what the world is."""
    host = Host.of(scenario.administration)
    first = (
        f"A simulated year of the Customs administration of {host.name} ({host.code}): "
        f"{scenario.declarations:,} import declarations, seed {scenario.seed}, level {scenario.level}. "
        f"Amounts in host currency are in {host.currency}."
    )
    return [first, INVENTED, *([ANALOGUE] if host.national else [])]


def tables(world: World) -> Grid:
    """Return name, rows, columns and size in memory of every table."""
    rows = [
        (name, f"{len(table):,}", len(table.columns), f"{table.memory_usage(deep=True).sum() / 1e6:,.2f}")
        for name in world.tables
        for table in [world.table(name)]
    ]
    made = grid(pd.DataFrame(rows, columns=["table", "rows", "columns", "MB in memory"]), "Public tables")
    return replace(made, right=(False, True, True, True))
