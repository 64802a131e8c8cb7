"""What the press writes about besides this year's seizures: courts, markets, ports, policy, statistics, the rest."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import publishing, reference, text
from cep_toolkit.world.arrays import Columns, words
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.seized_goods import of_commodities
from cep_toolkit.world.territories import territories

Words = NDArray[np.object_]

FEWEST, FOR_EACH_DECLARATION = 120, 0.007
OTHER_TOPICS = ("court", "market", "policy", "port", "statistics", "unrelated")
OTHER_SHARES = (0.13, 0.18, 0.17, 0.18, 0.09, 0.25)
WITH_CASES = ("court", "statistics")
A_YEARS_TOTAL = 60.0
NO_INCIDENT = -1


def items(engine: Engine) -> Columns:
    """Return the items on everything else, with the columns of ``press.items``."""
    number = np.arange(FEWEST + round(FOR_EACH_DECLARATION * engine.scenario.declarations))
    key = engine.streams.mixed("press", "other", ids=number)
    at, u = territories(engine), partial(engine.streams.uniform, "press other", ids=key)
    topic = words(OTHER_TOPICS)[np.searchsorted(np.cumsum(OTHER_SHARES)[:-1], u("topic"), "right")]
    administration = np.minimum(np.searchsorted(np.cumsum(at.size), u("where"), "right"), len(at.codes) - 1)
    ashore = np.where(at.has("seaport")[administration], administration, np.flatnonzero(at.has("seaport"))[0])
    administration = np.where(topic == "port", ashore, administration)
    kind = np.where(topic == "port", "seaport", np.where(u("kind") < 0.5, "airport", "inland")).astype(object)
    day = np.floor(u("day") * WEEKS * 7).astype(np.int64)
    coming = 10 + np.floor(50 * u("coming")).astype(np.int64)
    cases = _cases(engine, key, u)
    nothing = np.full(len(key), "", dtype=object)
    events = reference.load("news_events")
    event, result = nothing.copy(), nothing.copy()
    for what in sorted(set(events["what"])):
        of, here = events.loc[events["what"] == what, "text"].to_numpy(dtype=object), np.flatnonzero(topic == what)
        (result if what == "court" else event)[here] = of[np.floor(u("event")[here] * len(of)).astype(np.int64)]
    in_case = np.isin(topic.astype("str"), WITH_CASES)
    total = np.where(topic == "statistics", A_YEARS_TOTAL * (0.5 + u("total")), 1.0)
    quantity = publishing.as_written(cases["quantity"] * total, cases["unit"])
    return {
        "key": key,
        "topic": topic,
        "incident": np.full(len(key), NO_INCIDENT),
        "publisher": publishing.publishers(engine, administration, key),
        "day": day,
        "told": np.where(topic == "policy", day + coming, day - np.floor(4 * u("ago")).astype(np.int64)),
        "administration": administration,
        "office": at.office(administration, kind, u("office")),
        "goods": np.where(in_case, cases["type"], _market_goods(engine, u("goods"))),
        "quantity": quantity,
        "unit": cases["unit"],
        "right": quantity,
        "conveyance": nothing,
        "event": event,
        "result": result,
        "trend": np.where(u("trend") < 0.5, "rose", "fell").astype(object),
    }


def _cases(engine: Engine, key: NDArray[np.uint64], u: partial[Floats]) -> Columns:
    """Return goods and quantities of cases of earlier years."""
    table = reference.load("commodities")
    cdf = np.cumsum(np.where(table["unit"] == "currency units", 0.0, table["weight"]))
    pick = np.searchsorted(cdf, u("commodity") * cdf[-1], "right")
    return of_commodities(engine, pick, np.full(len(key), "road", dtype=object), key).columns()


def _market_goods(engine: Engine, u: Floats) -> Words:
    """Return goods that one buys on a market."""
    lines = engine.region.lines
    lines = lines[(lines["sector"] == "food") & (lines["permit"].isin(["", "veterinary", "phytosanitary"]))]
    named = words(text.short_names(lines["description"]))
    return named[np.floor(u**1.5 * len(named)).astype(np.int64)]
