"""What the host's controls found of acts: goods that were taken. Acts are read by kind; see ``act_kinds``."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference, shipping
from cep_toolkit.world.acts import acts, kinds
from cep_toolkit.world.arrays import Columns, stacked, words
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import controls, declarations
from cep_toolkit.world.observers import parcels as in_parcels
from cep_toolkit.world.observers import transits as in_transits
from cep_toolkit.world.observers import travellers as of_travellers
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.seized_goods import Goods, counted, named, of_commodities, tariff_groups
from cep_toolkit.world.territories import territories
from cep_toolkit.world.traffic.after import journeys_of, parcels_of, transits_of
from cep_toolkit.world.typologies import TYPOLOGIES

Words = NDArray[np.object_]
RECORDING_ERROR = 0.02
MOST_TYPOLOGIES = 64
"""Room for more: the number of a find must not change when a typology is added."""
BY_SELECTION = {"officer": "routine", "random": "random", "rule": "risk_profile"}
"""How a control that was chosen so is said to have detected what it found."""


def found(engine: Engine) -> Columns:
    """Return what controls of the host found and took, one row an act.

    Returns
    -------
    Columns
        As in ``incidents``, with ``person`` (who carried it, -1 for nobody), ``home`` and ``born`` beside.
    """
    parts = [_consignments(engine, number) for number in engine.reality.blocks]
    parts += [_transits(engine), _parcels(engine), _journeys(engine)]
    made = stacked(parts)
    return _with_goods(engine, made | {"day": np.clip(made["day"], 0, WEEKS * 7 - 1)})


def group_of(typology: NDArray[np.int8]) -> Words:
    """Return the commodity group of what each typology's act brings to light; empty for nothing, or no typology."""
    table = reference.load("act_kinds")
    group = dict(zip(table["act"], table["group"], strict=True))
    return words([*(group.get(each.act, "") for each in TYPOLOGIES), ""])[typology]


def _consignments(engine: Engine, number: int) -> Columns:
    block = declarations.block(engine, number)
    made, at, done = block.made, territories(engine), controls.carried_out(engine, number)
    taken = made.guilty[done.hit] & (done.finding != controls.FINDINGS.index("none"))
    hit = done.hit[taken]
    open_to = group_of(made.typology[hit]) != ""
    hit, kept = hit[open_to], np.flatnonzero(taken)[open_to]
    rows = made.rows
    kind = words(controls.KINDS)[done.kind[kept]]
    chosen = words([BY_SELECTION[word] for word in done.selected_by[kept].tolist()])
    relations = engine.population.relations
    office = shipping.office(engine, rows.trader[hit], rows.mode[hit])
    partner = at.of_partner
    return _rows(
        engine, made.typology[hit], made.plot[hit], rows.number[hit], done.day[kept],
        stream=words(MODES)[rows.mode[hit]],
        line=rows.line[hit],
        grams=_hidden_grams(made.said.grams[hit], rows.grams[hit]),
        office=at.first_host_office + office,
        departure=partner[relations.departure[rows.relation[hit]]],
        origin=partner[rows.origin[hit]],
        detection=np.where(kind == "scan", "xray", chosen),
    )  # fmt: skip


def _hidden_grams(said: Ints, true: Ints) -> Ints:
    """Return what is taken: what was left out where a part was declared, else all of it."""
    return np.where(said < true, true - said, true)


def _transits(engine: Engine) -> Columns:
    made, at = transits_of(engine), territories(engine)
    rows = made.rows
    hit = in_transits.caught(engine)
    origin = at.of_partner[rows.origin[hit]]
    u = engine.streams.uniform("find", "onward", ids=rows.number[hit])
    return _rows(
        engine, made.typology[hit], made.plot[hit], rows.number[hit], rows.day[hit] + made.said.hours[hit] // 24 + 1,
        stream=np.full(len(hit), "road", dtype=object),
        line=rows.line[hit],
        grams=_hidden_grams(made.said.grams[hit], rows.grams[hit]),
        office=at.first_host_office + rows.exit[hit],
        departure=origin,
        origin=origin,
        destination=at.partner(origin, u),
        direction=np.full(len(hit), "transit", dtype=object),
        transit=np.full(len(hit), at.codes[at.host], dtype=object),
    )  # fmt: skip


def _parcels(engine: Engine) -> Columns:
    made, at = parcels_of(engine), territories(engine)
    rows = made.rows
    hit = in_parcels.caught(engine)
    origin = at.of_partner[rows.origin[hit]]
    return _rows(
        engine, made.typology[hit], made.plot[hit], rows.number[hit], rows.day[hit],
        stream=np.full(len(hit), "post", dtype=object),
        line=rows.line[hit],
        grams=rows.grams[hit],
        departure=origin,
        origin=origin,
    )  # fmt: skip


def _journeys(engine: Engine) -> Columns:
    made, at = journeys_of(engine), territories(engine)
    rows = made.rows
    hit = of_travellers.caught(engine)
    place = at.of_partner[rows.place[hit]]
    people = engine.society.people
    home = people.home[rows.owner[hit]]
    return _rows(
        engine, made.typology[hit], made.plot[hit], rows.number[hit], rows.day[hit],
        stream=np.full(len(hit), "traveller", dtype=object),
        group=np.full(len(hit), "currency", dtype=object),
        worth=made.said.carried[hit],
        departure=place,
        origin=place,
        person=rows.owner[hit],
        home=np.where(home < 0, at.host, at.of_partner[home]),
        born=people.born[rows.owner[hit]],
    )  # fmt: skip


def _rows(
    engine: Engine, typology: NDArray[np.int8], plot: Ints, number: Ints, day: Ints, **given: NDArray[Any]
) -> Columns:
    """Return rows of one traffic; what is not given is usual for goods that come in."""
    made = {
        "key": engine.streams.mixed("find", ids=number * MOST_TYPOLOGIES + typology),
        "day": day,
        "plot": engine.plot_names(typology, plot),
        "act": words([*(each.act for each in TYPOLOGIES), ""])[typology],
        "group": group_of(typology),
        "worth": _worth(engine, typology, number),
    }
    usual = {"line": -1, "grams": 0, "office": -1, "destination": territories(engine).host, "person": -1, "home": -1,
             "born": 1970, "direction": "import", "transit": "", "detection": ""}  # fmt: skip
    rest = {
        name: np.full(len(number), value, dtype=object if isinstance(value, str) else np.int64)
        for name, value in usual.items()
    }
    return made | rest | given


def _worth(engine: Engine, typology: NDArray[np.int8], number: Ints) -> Floats:
    """Return what the papers do not show at all, as the acts have it."""
    made = acts(engine)
    main = np.flatnonzero(np.isin(made.kind, [kinds().index(each.act) for each in TYPOLOGIES]))
    names = made.movement[main] * len(TYPOLOGIES) + made.typology[main]
    order = np.argsort(names)
    wanted = np.where(typology < 0, -1, number * len(TYPOLOGIES) + typology)
    place = np.minimum(np.searchsorted(names[order], wanted), len(order) - 1)
    return np.where(typology < 0, 0.0, made.amount[main[order[place]]]) if len(order) else np.zeros(len(number))


def _with_goods(engine: Engine, made: Columns) -> Columns:
    """Return the rows with goods: those of the line, or of the list, with an error of recording."""
    key, stream, group = made["key"], made["stream"], made["group"]
    scale = 1 + RECORDING_ERROR * (2 * engine.streams.uniform("find", "scale", ids=key) - 1)
    goods = named(engine, group, np.maximum(made["line"], 0), made["grams"] / 1000 * scale, stream)
    listed = np.flatnonzero(~np.isin(group.astype("str"), list(tariff_groups(engine))))
    by_worth = _listed(engine, group[listed], stream[listed], key[listed], (made["worth"] * scale)[listed])
    return made | goods.replaced(listed, by_worth).columns()


def _listed(engine: Engine, group: Words, stream: Words, key: NDArray[np.uint64], worth: Floats) -> Goods:
    """Return goods of the list that fit group and stream, in the quantity that is worth so much."""
    table = reference.load("commodities")
    u = engine.streams.uniform("find", "type", ids=key)
    pick = np.zeros(len(group), dtype=np.int64)
    weight, streams = table["weight"].to_numpy(), [set(ways.split(";")) for ways in table["streams"]]
    for word, way in sorted({*zip(group.tolist(), stream.tolist(), strict=True)}):
        rows = np.flatnonzero((group == word) & (stream == way))
        fits = (table["group"] == word).to_numpy() & np.array([way in ways for ways in streams])
        cdf = np.cumsum(np.where(fits, weight, 0.0))
        pick[rows] = np.searchsorted(cdf, u[rows] * cdf[-1], "right")
    made = of_commodities(engine, pick, stream, key)
    quantity = counted(worth / made.price, made.unit)
    return Goods(**made.columns() | {"quantity": quantity, "kg": made.kg * quantity / made.quantity})
