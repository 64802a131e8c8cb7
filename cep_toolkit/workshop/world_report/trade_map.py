"""Where the host lies, and where its imports come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.figures import Figure, region_map
from cep_toolkit.world import geography
from cep_toolkit.world.host import Host

if TYPE_CHECKING:
    from cep_toolkit.world import Scenario, World


def origins(world: World) -> pd.DataFrame:
    """Return customs value and share of imports by origin, the largest first."""
    value = world.declarations.groupby("origin", observed=True)["customs_value"].sum().sort_values(ascending=False)
    names = world.table("administrations").set_index("code")["name"]
    code = value.index.astype("str")
    return pd.DataFrame(
        {
            "code": code,
            "name": names.reindex(code).to_numpy(),
            "value": value.to_numpy(),
            "share": value.to_numpy() / value.sum(),
        }
    )


def picture(scenario: Scenario, world: World) -> Figure:
    """Draw the region with the host in colour and a dot for each origin, its area as the value imported."""
    table, seats = origins(world), geography.seats()
    place = Host.of(scenario.administration).place
    points = pd.DataFrame(
        {
            "x": [float(seats[code][0]) for code in table["code"]],
            "y": [float(seats[code][1]) for code in table["code"]],
            "size": table["value"],
            "label": "",
        }
    )
    drawn = region_map(highlight=[place], points=points)
    first = ", ".join(f"{row.name} ({row.code}) {row.share:.0%}" for row in table.head(3).itertuples(index=False))
    told = f"Each dot is an origin of imports; its area is their customs value. The largest: {first}."
    return Figure(drawn.drawing, f"{drawn.sentence.split(' Shown')[0]} {_host(scenario, place)} {told}")


def _host(scenario: Scenario, place: str) -> str:
    host = Host.of(scenario.administration)
    if host.national:
        return f"In colour, and under its invented name: {place}, whose place {host.name} ({host.code}) takes."
    return f"In colour: {host.name} ({host.code})."
