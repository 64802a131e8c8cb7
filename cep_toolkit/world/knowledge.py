"""Layer 4: who knows what of which act, and how truly they tell it.

The one source of letters, statements and reports; a contradiction is a join of two versions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays
from cep_toolkit.world.acts import acts, kinds
from cep_toolkit.world.consignments import Consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.known import HOW, NOTHING, TELLS
from cep_toolkit.world.naming import entity_ids
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.traffic.after import After
from cep_toolkit.world.versions import as_said
from cep_toolkit.world.witnesses import known

LARGE_FOR_THE_GOODS = 1.2
MISTAKEN = 0.03


def of_rows(engine: Engine, made: Consignments, hit: Ints) -> pd.DataFrame:
    """Return what is known of the price of the rows ``hit`` of a block.

    Returns
    -------
    DataFrame
        ``number`` (declaration), ``plot`` (empty for none), ``person`` (who knows: the importer's
        ``director``, the seller's ``clerk``), ``how`` (``did`` or ``was_told``), ``version`` (the
        reason that the person gives), ``tells`` (``true``, ``error`` or ``lie``).
    """
    reason, tells = of_director(engine, made, hit)
    plot = engine.plot_names(made.typology[hit], made.plot[hit])
    director = pd.DataFrame(
        {
            "number": made.rows.number[hit],
            "plot": plot,
            "person": "director",
            "how": "did",
            "version": reason,
            "tells": tells,
        }
    )
    paid = np.where(tells == "lie", "paid_more_than_invoiced", reason)
    clerk = director.assign(person="clerk", how="was_told", version=paid, tells="true")
    return pd.concat([director, clerk], ignore_index=True)


def of_director(engine: Engine, made: Consignments, hit: Ints) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the reason that the importer's director gives for the price of each row, and how truly: see ``TELLS``."""
    guilty = made.guilty[hit] & (made.typology[hit] == 0)
    u = engine.streams.uniform("knowledge", "error", ids=made.rows.number[hit])
    tells = np.where(guilty, "lie", np.where(u < MISTAKEN, "error", "true")).astype(object)
    return _reason(engine, made, hit), tells


def of_movements(engine: Engine, made: After[Any, Any], likely: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the reason that those behind each movement give when it looks odd.

    The innocent in a plot give their own; everybody else, the guilty too, gives the one ``likely`` to explain what
    is seen. Whether a reason is a lie is whether its plot is guilty.
    """
    reason = likely.copy()
    for place, plots in enumerate(engine.plots):
        decoy = (made.typology == place) & ~made.guilty
        reason[decoy] = plots.reason[made.plot[decoy]]
    return reason


def of_acts(engine: Engine) -> pd.DataFrame:
    """Return who knows what of every act, and what is said of acts that never were.

    Returns
    -------
    DataFrame
        ``key``; ``act`` (key of the act, 0 for none), ``plot`` (empty for none); ``person`` (who knows, empty for a
        document), ``how`` (``did``, ``took_part``, ``saw``, ``was_told``, ``document``); the version: ``kind`` (of
        act, ``nothing`` where it is denied), ``subject``, ``other``, ``date``, ``amount`` (reference currency);
        ``tells`` (``true``, ``error`` or ``lie``).
    """
    made, real = as_said(engine, known(engine)), acts(engine)
    behind = made.act >= 0
    typology = np.where(behind, real.typology[made.act], -1).astype(np.int8)
    return pd.DataFrame(
        {
            "key": made.key,
            "act": np.where(behind, real.key[made.act], np.uint64(0)),
            "plot": engine.plot_names(typology, real.plot[made.act]),
            "person": entity_ids(engine, made.person),
            "how": arrays.categories(made.how, list(HOW)),
            "kind": arrays.categories(np.where(made.kind == NOTHING, len(kinds()), made.kind), [*kinds(), "nothing"]),
            "subject": entity_ids(engine, made.subject),
            "other": entity_ids(engine, made.other),
            "date": arrays.dates(FIRST_DAY, made.day),
            "amount": made.amount,
            "tells": arrays.categories(made.tells, list(TELLS)),
        }
    )


def _reason(engine: Engine, made: Consignments, hit: Ints) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return why the price is low, as the importer says: a decoy's own, else a likely one."""
    relations = engine.population.relations
    relation = made.rows.relation[hit]
    pick = engine.streams.mixed("knowledge", "reason", ids=relation) % np.uint64(2)
    reason = np.where(pick == 0, "season_end", "stock_lot").astype(object)
    reason[relations.price[relation] < -1] = "new_supplier"
    reason[relations.mass[relation] > LARGE_FOR_THE_GOODS] = "bulk_contract"
    reason[relations.related[relation]] = "related_party"
    decoy = (made.typology[hit] == 0) & ~made.guilty[hit]
    if decoy.any():
        reason[decoy] = engine.plots[0].reason[made.plot[hit][decoy]]
    return reason
