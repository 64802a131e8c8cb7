"""Where the host lies, and where its imports come from."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.figures import Figure, region_map
from cep_toolkit.world import geography
from cep_toolkit.world.host import Host

if TYPE_CHECKING:
    from cep_toolkit.world import Scenario, World

LABELLED = 6
"""So many of the largest origins have their share written beside them."""


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
            "label": [_share(share) if place < LABELLED else "" for place, share in enumerate(table["share"])],
        }
    )
    drawn = region_map(highlight=[place], points=points)
    largest = zip(table["name"], table["code"], table["share"], strict=True)
    first = ", ".join(f"{name} ({code}) {_share(share)}" for name, code, share in islice(largest, 3))
    told = f"Each dot is an origin of imports; its area is their customs value. The largest: {first}."
    return Figure(drawn.drawing, f"{drawn.sentence.split(' Shown')[0]} {_host(scenario, place)} {told}")


def _share(part: float) -> str:
    return f"{part:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


def _host(scenario: Scenario, place: str) -> str:
    host = Host.of(scenario.administration)
    if host.national:
        return f"In gold: {place}, whose place {host.name} ({host.code}) takes."
    return f"In gold: {host.name} ({host.code})."
