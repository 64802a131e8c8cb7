"""Adjacent subheadings with different duty, and what the description of the goods says.

A lower rate is a motive, not a finding: classification follows the terms of the headings and the notes to sections
and chapters (General Rule 1 for the Interpretation of the Harmonized System), then Rules 2 to 6.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cep_toolkit.world import reference

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World


def adjacent_rates(world: World) -> pd.DataFrame:
    """Return every pair of disputed subheadings in which the neighbour pays more duty.

    Returns
    -------
    DataFrame
        ``hs``, ``duty_rate``, ``neighbour``, ``neighbour_rate``, ``gap`` (percentage points), the widest gap first.
    """
    tariff = world.table("tariff")[["hs", "duty_rate", "neighbours"]]
    pairs = tariff.assign(neighbour=tariff["neighbours"].str.split(";")).explode("neighbour")
    rates = tariff.set_index("hs")["duty_rate"]
    pairs = pairs.assign(neighbour_rate=pairs["neighbour"].map(rates))
    pairs["gap"] = pairs["neighbour_rate"] - pairs["duty_rate"]
    dearer = pairs[pairs["gap"] > 0].drop(columns="neighbours")
    return dearer.sort_values(["gap", "hs", "neighbour"], ascending=[False, True, True], ignore_index=True)


def contradictions(world: World) -> pd.DataFrame:
    """Return declarations of a subheading with a dearer neighbour, with what their description names.

    Returns
    -------
    DataFrame
        The declarations' ``declaration_id``, ``hs``, ``description``, ``advance_ruling``, ``net_mass_kg``,
        ``customs_value`` and ``duty_rate``, with ``tariff_rate`` (per cent, without preference), ``dearest`` (the
        neighbour with the highest rate), ``dearest_rate`` (per cent), ``gap`` (between the two rates, percentage
        points), ``says`` (*code*: the goods of the declared subheading; *neighbour*: those of a dearer neighbour;
        *vague*: the description does not tell; *other*: not in the index).
    """
    pairs = adjacent_rates(world)
    dearest = pairs.drop_duplicates("hs").rename(
        columns={"duty_rate": "tariff_rate", "neighbour": "dearest", "neighbour_rate": "dearest_rate"}
    )
    columns = ["declaration_id", "hs", "description", "advance_ruling", "net_mass_kg", "customs_value", "duty_rate"]
    declarations = world.declarations
    rows = declarations.loc[declarations["hs"].isin(dearest["hs"]), columns].astype({"hs": "str", "description": "str"})
    near = pairs.groupby("hs")["neighbour"].agg(frozenset)
    seen = rows[["hs", "description"]].drop_duplicates()
    says = [_says(hs, text, near[hs]) for hs, text in zip(seen["hs"], seen["description"], strict=True)]
    return rows.merge(seen.assign(says=says), on=["hs", "description"]).merge(dearest, on="hs")


def goods_named(description: str) -> frozenset[str]:
    """Return the subheadings whose goods a description names; none where it is too general or not in the index.

    The index is the course's own list of trade descriptions, as a classification office keeps one.

    Examples
    --------
    >>> sorted(goods_named("no such goods"))
    []
    """
    return _index().get(description, frozenset())


def _says(hs: str, description: str, dearer: frozenset[str]) -> str:
    named = goods_named(description)
    if hs in named:
        return "code"
    if named & dearer:
        return "neighbour"
    return "vague" if description in _vague() else "other"


@cache
def _index() -> dict[str, frozenset[str]]:
    phrases = reference.load("goods_phrases")
    named = phrases[phrases["precision"] != "vague"].groupby("phrase")["hs"].agg(frozenset)
    return dict(named)


@cache
def _vague() -> frozenset[str]:
    phrases = reference.load("goods_phrases")
    return frozenset(phrases.loc[phrases["precision"] == "vague", "phrase"])
