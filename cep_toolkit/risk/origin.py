"""What transport papers say about a declared origin, and the next lawful step.

Origin is where goods were made, not where they were loaded. A preference rests on a proof of origin. Who doubts the way
asks the importer for its papers; who doubts the proof asks the competent authority of the exporting side to verify it
(Revised Kyoto Convention, Specific Annex K, chapters 2 and 3). Goods under Customs transit pay no duty (Specific Annex
E, chapter 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World

CLAIMED = "300"
"""The code of a claim to the rate of a trade agreement, in ``declarations.preference``."""

SHOWS = {
    "loaded": "Loaded at the declared origin",
    "passed": "Loaded elsewhere, then via the declared origin",
    "absent": "The bill does not name the declared origin",
    "onward": "Not imported: the goods go on elsewhere",
}

IMPORTED = ("loaded", "passed", "absent")
"""What the papers of imports may show: first the ones loaded at their origin."""

STEPS = {
    "accept": "Accept the claim and keep its proof on file",
    "way": "Ask the importer for papers of the whole way",
    "verify": "Ask the exporting side's authority to verify the proof",
    "ordinary": "Charge the ordinary rate and ask nothing about origin",
    "transit": "Let them go on under guarantee until their arrival is confirmed",
    "refuse": "Refuse the preference now",
}


@dataclass(frozen=True)
class OriginFile:
    """What the papers of one consignment say about its origin.

    Parameters
    ----------
    bill : str
        Bill of lading or air waybill.
    declaration_id : str
        Empty for goods in transit, which are not declared for import.
    goods : str
        As declared; for goods in transit as the shipper describes them.
    origin : str
        Declared; empty for goods in transit.
    claimed : bool
        Whether the rate of a trade agreement is claimed.
    sent_from : str
        Where the goods were sent from, as declared.
    loading, transhipment : str
        Where they were loaded and where they changed vessel or aircraft, as the bill says; empty for nowhere.
    destination : str
        The administration that they go to.
    shows : str
        One of ``SHOWS``.
    """

    bill: str
    declaration_id: str
    goods: str
    origin: str
    claimed: bool
    sent_from: str
    loading: str
    transhipment: str
    destination: str
    shows: str


def next_step(file: OriginFile) -> str:
    """Return the first lawful step, one of ``STEPS``; others may follow it.

    Goods in transit are not imported. Without a claim the ordinary rate is due whatever the origin. A claim whose bill
    begins at the declared origin is accepted, wherever the goods changed vessels: one transport document for the whole
    way is the usual proof of direct transport. A bill that begins elsewhere leaves the first part of the way open: the
    importer is asked for its papers, or for a certificate of non-manipulation of the Customs on the way. If it goes by
    way of the declared origin, nothing was worked there on this way: the goods were made there and come back, which the
    importer's papers show, or the proof is wrong. There the exporting side may be asked to verify it as well as the
    importer. A doubt refuses nothing by itself.

    Examples
    --------
    >>> way = dict(sent_from="QR", loading="QR", destination="XA", shows="passed")
    >>> goods = dict(bill="BL-00000001", declaration_id="1", goods="Taps", origin="XC", transhipment="XC")
    >>> next_step(OriginFile(**goods, **way, claimed=True)), next_step(OriginFile(**goods, **way, claimed=False))
    ('way', 'ordinary')
    """
    if file.shows == "onward":
        return "transit"
    if not file.claimed:
        return "ordinary"
    return "accept" if file.shows == "loaded" else "way"


def origin_files(world: World) -> pd.DataFrame:
    """Return the papers of every import that came under a bill, and of every bill that goes on in transit.

    Returns
    -------
    DataFrame
        The fields of ``OriginFile``, by ``bill``, and ``duty_at_stake`` (host currency: what the claim saves; 0 without
        one).
    """
    bills = world.table("manifests")[["bill", "status", "goods", "loading", "transhipment", "destination"]]
    table = bills.astype("str").merge(_declared(world), on="bill", how="left")
    table = table[table["declaration_id"].notna() | (table["status"] == "transit")].copy()
    words = ["declaration_id", "origin", "sent_from"]
    table[words] = table[words].astype(object).fillna("")
    table["claimed"] = table["claimed"].eq(True)
    table["duty_at_stake"] = table["duty_at_stake"].fillna(0.0)
    table["goods"] = table.pop("description").where(table["declaration_id"] != "", table["goods"])
    table["shows"] = np.select(
        [table["declaration_id"] == "", table["loading"] == table["origin"], table["transhipment"] == table["origin"]],
        ["onward", "loaded", "passed"],
        "absent",
    )
    return table.drop(columns="status").sort_values("bill", ignore_index=True)


def claims_by_way(world: World) -> pd.DataFrame:
    """Return what the bills show about the origins declared.

    Returns
    -------
    DataFrame
        One row for each of ``SHOWS`` that imports have: ``papers show``, ``claims``, ``duty at stake`` with the host's
        currency, ``no claim``; no row where the data has no bills.
    """
    import pandas as pd

    stake = f"duty at stake, {world.currency}"
    columns = ["papers show", "claims", stake, "no claim"]
    if "manifests" not in world.tables:
        return pd.DataFrame(columns=columns)
    files = origin_files(world).query("shows != 'onward'")
    counted = pd.DataFrame(
        {
            "claims": files["claimed"].groupby(files["shows"]).sum(),
            stake: files["duty_at_stake"].groupby(files["shows"]).sum().round().astype("int64"),
            "no claim": (~files["claimed"]).groupby(files["shows"]).sum(),
        }
    ).reindex(IMPORTED, fill_value=0)
    return counted.assign(**{"papers show": [SHOWS[shows] for shows in IMPORTED]})[columns].reset_index(drop=True)


def sentence(ways: pd.DataFrame) -> str:
    """Return in words what ``claims_by_way`` holds.

    Examples
    --------
    >>> import pandas as pd
    >>> sentence(pd.DataFrame({"claims": [6, 1, 3]})).splitlines()[0]
    '10 claims to a preference came under a bill; in 4 the goods were loaded elsewhere than at the declared origin.'
    """
    if ways.empty:
        return "This data has no bills, so no way can be followed."
    if not ways["claims"].any():
        return "No preference is claimed here, so nothing depends on the way."
    elsewhere = ways["claims"].iloc[1:].sum()
    return (
        f"{ways['claims'].sum():,} claims to a preference came under a bill; in {elsewhere:,} the goods were loaded "
        "elsewhere than at the declared origin.\n"
        "Whoever takes the port of loading for the origin refuses all of these."
    )


def _declared(world: World) -> pd.DataFrame:
    """Return what declarations say of origin, by their bill."""
    declared = world.declarations
    full = declared["hs"].astype("str").map(world.table("tariff").set_index("hs")["duty_rate"])
    claimed = declared["preference"] == CLAIMED
    saved = declared["customs_value"] * (full - declared["duty_rate"]) / 100
    table = declared[["origin", "departure", "description"]].astype("str").rename(columns={"departure": "sent_from"})
    return table.assign(
        bill=declared["transport_document"].astype("str"),
        declaration_id=declared["declaration_id"].astype("str"),
        claimed=claimed,
        duty_at_stake=np.where(claimed, saved, 0.0),
    )
