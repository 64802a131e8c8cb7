"""What the press of the region writes about: seizures, what is told of them again and put right, and other things."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import other_news, publishing, reference
from cep_toolkit.world.arrays import Columns, stacked, taken
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.incidents import incidents
from cep_toolkit.world.observers import seizures
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.territories import territories

Words = NDArray[np.object_]

LEAST_CHANCE, BY_WORTH, WORTH_NOTHING = 0.03, 0.055, 1_000.0
"""How likely a seizure is told, and how much more with ten times the worth."""
WITHIN, AGAIN_WITHIN = 3, 7
AGAIN = (0.4, 0.62, 0.78, 0.89, 0.95)
"""Cumulated shares of how often a seizure is told again: not at all, once, ... up to five times."""
CHANGED, FACTORS = 0.4, (0.1, 0.5, 1.2, 1.5, 2.0, 10.0)
WRONG_TOWN, WRONG_DAY = 0.08, 0.08
CORRECTED, ARRESTS = 0.5, 0.5


def items(engine: Engine) -> Columns:
    """Return every item of the year, in no order.

    Returns
    -------
    Columns
        ``key``; ``topic``; ``incident`` (place in ``incidents``, -1 for none); ``publisher``; ``day`` of
        publication and ``told`` (the day it speaks of); ``administration`` and ``office`` (whose town it names);
        ``goods``, ``quantity``, ``unit``; ``right`` (quantity before it was changed); ``conveyance``; ``event``,
        ``result``, ``trend`` (words, empty for none).
    """
    firsts = _firsts(engine)
    again = _again(engine, firsts)
    parts = [firsts, again, _corrections(engine, again), _arrests(engine, firsts), other_news.items(engine)]
    made = stacked(parts)
    return taken(made, made["day"] < WEEKS * 7)


def _firsts(engine: Engine) -> Columns:
    """Return the first report of each seizure that the press learns of: the larger, the likelier."""
    every = incidents(engine)
    u = partial(engine.streams.uniform, "press", ids=every["key"])
    worth = np.maximum(np.log10(every["quantity"] * every["price"] / WORTH_NOTHING), 0)
    hit = np.flatnonzero(u("told") < LEAST_CHANCE + BY_WORTH * worth)
    made, key = taken(every, hit), every["key"][hit]
    nothing = np.full(len(hit), "", dtype=object)
    quantity, unit = _in_money(engine, made)
    return {
        "key": engine.streams.mixed("press", "first", ids=key),
        "topic": np.full(len(hit), "seizure", dtype=object),
        "incident": hit,
        "publisher": publishing.publishers(engine, made["administration"], key),
        "day": made["day"] + np.floor((WITHIN + 1) * u("when")[hit] ** 2).astype(np.int64),
        "told": made["day"],
        "administration": made["administration"],
        "office": made["office"],
        "goods": made["type"],
        "quantity": quantity,
        "unit": unit,
        "right": quantity,
        "conveyance": seizures.hiding(engine, made)[1],
        "event": nothing,
        "result": nothing,
        "trend": nothing,
    }


def _in_money(engine: Engine, made: Columns) -> tuple[Floats, Words]:
    """Return quantities and units; money in the currency of the administration, three digits of it."""
    region = engine.region
    host = territories(engine).host
    rate = np.insert(region.partner_table["rate"].to_numpy(dtype=float), host, region.host_rate)
    code = np.insert(region.partner_table["currency"].to_numpy(dtype=object), host, region.currency)
    of, money = made["administration"], made["unit"] == "currency units"
    own = made["quantity"] / rate[of]
    step = 10.0 ** (np.floor(np.log10(np.maximum(own, 1))) - 2)
    return np.where(money, np.rint(own / step) * step, made["quantity"]), np.where(money, code[of], made["unit"])


def _again(engine: Engine, firsts: Columns) -> Columns:
    """Return what others tell again of the first reports, with numbers that change on the way."""
    at, u = territories(engine), partial(engine.streams.uniform, "press again")
    times = np.searchsorted(AGAIN, u("times", ids=firsts["key"]), "right")
    again = np.repeat(np.arange(len(times)), times)
    turn = np.arange(len(again)) - np.repeat(np.cumsum(times) - times, times)
    made = taken(firsts, again)
    key = engine.streams.mixed("press", "again", ids=made["key"] + turn.astype(np.uint64))
    u = partial(u, ids=key)
    factor = np.array(FACTORS)[np.floor(u("factor") * len(FACTORS)).astype(np.int64)]
    changed = np.where(
        u("changed") < CHANGED, publishing.as_written(made["quantity"] * factor, made["unit"]), made["quantity"]
    )
    kind = at.offices["kind"].to_numpy(dtype=object)[made["office"]]
    elsewhere = at.office(made["administration"], np.where(kind == "land", "airport", "land").astype(object), u("town"))
    publishers = len(reference.load("publishers"))
    other = (made["publisher"] + 1 + np.floor(u("publisher") * (publishers - 1)).astype(np.int64)) % publishers
    slip = np.where(u("slip") < WRONG_DAY, -1 - np.floor(3 * u("days")).astype(np.int64), 0)
    return made | {
        "key": key,
        "topic": np.full(len(again), "repeat", dtype=object),
        "publisher": other,
        "day": made["day"] + np.floor((AGAIN_WITHIN + 1) * u("when") ** 2).astype(np.int64),
        "told": made["told"] + slip,
        "office": np.where(u("misplaced") < WRONG_TOWN, elsewhere, made["office"]),
        "quantity": changed,
    }


def _corrections(engine: Engine, again: Columns) -> Columns:
    """Return how some put their numbers right."""
    u = partial(engine.streams.uniform, "correction", ids=again["key"])
    at = np.flatnonzero((again["quantity"] != again["right"]) & (u("whether") < CORRECTED))
    made = taken(again, at)
    return made | {
        "key": engine.streams.mixed("press", "correction", ids=made["key"]),
        "topic": np.full(len(at), "correction", dtype=object),
        "day": made["day"] + 1 + np.floor(5 * u("when")[at]).astype(np.int64),
    }


def _arrests(engine: Engine, firsts: Columns) -> Columns:
    """Return news of arrests, where somebody was met with the goods."""
    u = partial(engine.streams.uniform, "arrest", ids=firsts["key"])
    persons = incidents(engine)["persons"][firsts["incident"]]
    at = np.flatnonzero((persons > 0) & (u("whether") < ARRESTS))
    made = taken(firsts, at)
    return made | {
        "key": engine.streams.mixed("press", "arrest", ids=made["key"]),
        "topic": np.full(len(at), "arrest", dtype=object),
        "publisher": publishing.publishers(engine, made["administration"], made["key"] + np.uint64(1)),
        "day": made["day"] + 1 + np.floor(4 * u("when")[at]).astype(np.int64),
    }
