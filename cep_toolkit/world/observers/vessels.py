"""The register of vessels that call in the region. Their numbers begin with 0, which no real ship's does."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cep_toolkit.world import arrays, names, numbers, shipping
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.forms import HOLDS
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.naming import entity_ids
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import FIRM, entity

TONNAGE = ((9_000, 60_000), (4_000, 18_000), (12_000, 48_000), (5_000, 42_000), (14_000, 62_000))
"""Gross tonnage from and to, for each of ``HOLDS``."""
NEWEST, OLDEST = 2024, 34


def table(engine: Engine) -> pd.DataFrame:
    """Return the vessels."""
    number = np.arange(shipping.MEANS)
    kind = shipping.vessel_kinds(engine)
    u = {what: engine.streams.uniform("vessel", what, ids=number) for what in ("flag", "built", "tonnage")}
    low, high = np.array(TONNAGE)[kind].T
    made = pd.DataFrame(
        {
            "vessel_id": vessel_ids(engine, number),
            "name": names.vessels(engine.streams, shipping.MEANS),
            "kind": arrays.categories(kind, list(HOLDS)),
            "flag": arrays.categories(_flag(engine, u["flag"]), engine.region.partners),
            "built": NEWEST - np.floor(u["built"] ** 1.4 * OLDEST).astype(np.int64),
            "gross_tonnage": np.rint(low * (high / low) ** u["tonnage"]).astype(np.int64),
            "carrier": entity_ids(
                engine, entity(FIRM, shipping.carrier(engine, shipping.SEA, shipping.vessel_runs(engine)))
            ),
        }
    )
    return made.sort_values("vessel_id", ignore_index=True)


def vessel_ids(engine: Engine, vessel: Ints) -> list[str]:
    """Return ship numbers such as ``"IMO 0412347"`` of vessels by their place among the ``MEANS`` of the sea."""
    return numbers.ships(PublicIds(engine.streams, "vessel", 5).public(vessel))


def _flag(engine: Engine, u: Floats) -> Ints:
    """Return flags: many of those whose free zones are large, none of those without a port."""
    region = engine.region
    here = np.arange(len(region.partners))
    weight = 0.02 + region.partner_table["free_zone_share"].to_numpy(dtype=float)
    cdf = np.cumsum(np.where(region.neighbours.port == here, weight, 0.0))
    return np.asarray(np.searchsorted(cdf, u * cdf[-1], "right"))
