"""What the post and the express operators said of parcels from abroad, and what controls of some found."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, names, text
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.naming import entity_ids, movements
from cep_toolkit.world.observers import behind, ledger, registers
from cep_toolkit.world.observers.money import Money, in_currency
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.society import PERSON, entity
from cep_toolkit.world.traffic.after import After, parcels_of
from cep_toolkit.world.traffic.parcels import DE_MINIMIS, SHOPS, Labelled, Parcels
from cep_toolkit.world.typology import PARCELS

STREAMS = ("express", "post")
FINDINGS = ("none", "other", "value")
VAGUE = 0.35
LAST_SHOP = 300
"""Senders from this number on are people."""
AT_RANDOM, NEAR_THE_LIMIT, NEAR = 0.03, 0.12, 0.8
HONEST_ERROR = 0.02


def table(engine: Engine) -> pd.DataFrame:
    """Return the parcels of the year, by day of arrival."""
    made = parcels_of(engine)
    rows, said = made.rows, made.said
    label = in_currency(engine, said.value, rows.day, rows.origin)
    limit = DE_MINIMIS / engine.region.host_rate
    selected = _selected(engine, rows, label, limit)
    finding = _finding(engine, made, selected)
    table = pd.DataFrame(
        {
            "parcel_id": movements(engine, PARCELS).public(rows.number),
            "date": arrays.dates(FIRST_DAY, rows.day),
            "stream": arrays.categories(np.where(rows.express, 0, 1), list(STREAMS)),
            "origin": arrays.categories(rows.origin, engine.region.partners),
            "sender": _senders(engine, rows),
            "recipient_id": entity_ids(engine, entity(PERSON, rows.owner)),
            "content": _content(engine, rows),
            "gross_mass_kg": rows.grams / 1000,
            "value_declared": label.amount,
            "currency": label.currency,
            "value": label.in_host,
            "dutiable": label.in_host >= limit,
            "gift": said.gift,
            "selected": selected,
            "finding": arrays.categories(finding + 1, ["", *FINDINGS]),
            **behind.hidden(engine, made.typology, made.plot),
        }
    )
    return ledger.by_day(table, rows.day)


def caught(engine: Engine) -> Ints:
    """Return the places of the parcels opened in which the goods of a guilty trade were found."""
    made = parcels_of(engine)
    label = in_currency(engine, made.said.value, made.rows.day, made.rows.origin)
    selected = _selected(engine, made.rows, label, DE_MINIMIS / engine.region.host_rate)
    return np.flatnonzero(made.guilty & (_finding(engine, made, selected) == FINDINGS.index("value")))


def _senders(engine: Engine, rows: Parcels) -> NDArray[np.object_]:
    """Return the names of the shops and people that sent the parcels, each in the language of its place."""
    sender, place = np.unique(rows.origin * SHOPS + rows.sender, return_inverse=True)
    spoken = registers.spoken(engine, sender // SHOPS)
    shop = sender % SHOPS < LAST_SHOP
    made = np.empty(len(sender), dtype=object)
    for kind, make in ((shop, names.firms), (~shop, names.people)):
        made[kind] = arrays.plain(make(spoken[kind], sender[kind], engine.streams, "sender"))
    return made[place]


def _content(engine: Engine, rows: Parcels) -> pd.Categorical:
    vague = engine.streams.uniform("parcel", "vague", ids=rows.number) < VAGUE
    draw = engine.streams.mixed("parcel", "content", ids=rows.number)
    return arrays.categories(text.goods(rows.line, vague, draw), text.phrases())


def _selected(engine: Engine, rows: Parcels, label: Money, limit: float) -> NDArray[np.bool_]:
    """Return which parcels are opened: some at random, more where the label stays little below the limit."""
    near = (label.in_host >= NEAR * limit) & (label.in_host < limit)
    chance = np.where(near, NEAR_THE_LIMIT, AT_RANDOM)
    return np.asarray(engine.streams.uniform("parcel", "selected", ids=rows.number) < chance)


def _finding(engine: Engine, made: After[Parcels, Labelled], selected: NDArray[np.bool_]) -> Ints:
    """Return what was found in the parcels opened, -1 for the others."""
    u = {w: engine.streams.uniform("parcel", w, ids=made.rows.number) for w in ("found", "error")}
    found = behind.found(made.typology, made.guilty, np.full(len(selected), "parcel", dtype=object), u["found"])
    code: Ints = np.where(u["error"] < HONEST_ERROR, FINDINGS.index("other"), FINDINGS.index("none"))
    code = np.where(found == "value", FINDINGS.index("value"), code)
    return np.where(selected, code, -1)
