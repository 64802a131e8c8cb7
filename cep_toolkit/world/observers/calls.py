"""Telephone records obtained for some people: who called whom, when, for how long; never what was said."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, naming
from cep_toolkit.world.acts import Acts, acts, kinds
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers.subjects import BY_TELEPHONE, contacts, subjects
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY, WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import FIRM, KINDS, PERSON, TRADER, entity

DIGITS, OF_ACTS, SPAN = 12, 10**11, 7 * 10**11
MOST_CALLS = 1_024
USUAL_CALLS, SPREAD, FEWEST, MOST = 130.0, 0.35, 20, 900
WEEKDAYS = (0.16, 0.15, 0.15, 0.15, 0.17, 0.12, 0.10)
HOURS = (0, 6, 8, 12, 14, 18, 22, 24)
OFFICE_HOURS = (0.0, 0.004, 0.06, 0.46, 0.58, 0.95, 0.99, 1.0)
FREE_HOURS = (0.0, 0.02, 0.08, 0.27, 0.37, 0.62, 0.95, 1.0)
UNANSWERED, USUAL_SECONDS, SECONDS_SPREAD, LONGEST = 0.09, 75.0, 0.6, 7_200
OUTGOING = 0.52


def table(engine: Engine) -> pd.DataFrame:
    """Return the calls of the year in which somebody took part whose records were obtained."""
    person = subjects(engine)
    made = _recorded(engine, person)
    parts = [_usual(engine, person), _of_acts(engine, person, made)]
    nothing = np.full(len(parts[0][0]), "", dtype=object)
    plot = np.concatenate([nothing, engine.plot_names(made.typology, made.plot)])
    act = np.concatenate([nothing, np.array(kinds(), dtype=object)[made.kind]])
    key, day, one, other = (np.concatenate([part[i] for part in parts]) for i in range(4))
    public = PublicIds(engine.streams, "call", DIGITS).public(key)
    order = np.lexsort((public, day))
    key, day, one, other = key[order], day[order], one[order], other[order]
    u = {what: engine.streams.uniform("call", what, ids=key) for what in ("minute", "seconds", "direction")}
    out = u["direction"] < OUTGOING
    distinct, place = np.unique(np.concatenate([one, other]), return_inverse=True)
    texts, (own, others) = naming.telephones(engine, distinct), place.reshape(2, -1)
    return pd.DataFrame(
        {
            "call_id": public[order],
            "date": arrays.dates(FIRST_DAY, day),
            "minute": _minute(day, (one % KINDS != PERSON) | (other % KINDS != PERSON), u["minute"]),
            "caller": texts[np.where(out, own, others)],
            "called": texts[np.where(out, others, own)],
            "seconds": _seconds(u["seconds"]),
            "record_of": texts[own],
            "_plot": plot[order],
            "_act": act[order],
        },
        copy=False,
    )


Calls = tuple[Ints, Ints, Ints, Ints]


def _usual(engine: Engine, person: Ints) -> Calls:
    """Return the calls that these people make anyway: key, day, own and the other's telephone."""
    known = contacts(engine, person)
    u = engine.streams.uniform("calls", "many", ids=person)
    many = np.clip(USUAL_CALLS * (u / (1 - u + 1e-9)) ** SPREAD, FEWEST, MOST).astype(np.int64)
    row = np.repeat(np.arange(len(person)), many)
    slot = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    key = person[row] * MOST_CALLS + slot
    cdf = np.cumsum(known.weight, axis=1)
    cdf /= cdf[:, -1:]
    v = engine.streams.uniform("calls", "whom", ids=key)
    pick = (v[:, None] >= cdf[row]).sum(axis=1)
    w = engine.streams.uniform("calls", "week", ids=key)
    weekday = np.searchsorted(np.cumsum(WEEKDAYS)[:-1], engine.streams.uniform("calls", "weekday", ids=key), "right")
    day = np.floor(w * WEEKS).astype(np.int64) * 7 + weekday
    return key, day, known.own[row], known.telephone[row, np.minimum(pick, cdf.shape[1] - 1)]


def _of_acts(engine: Engine, person: Ints, made: Acts) -> Calls:
    """Return the calls that acts made, as far as the records show them: the same four columns."""
    of_actor = np.isin(made.actor, entity(PERSON, person))
    actor, called = _telephone(engine, made.actor), _telephone(engine, made.other)
    one, other = np.where(of_actor, actor, called), np.where(of_actor, called, actor)
    return OF_ACTS + (made.key % np.uint64(SPAN)).astype(np.int64), made.day, one, other


def _recorded(engine: Engine, person: Ints) -> Acts:
    """Return the acts done by telephone with one of these people, without those that the level leaves out."""
    made = acts(engine).of(*(kind for kind in BY_TELEPHONE if kind in kinds()))
    known = entity(PERSON, person)
    seen = np.isin(made.actor, known) | np.isin(made.other, known)
    seen &= engine.streams.uniform("call", "recorded", ids=made.key) >= engine.knobs.missing
    seen &= _telephone(engine, made.actor) != _telephone(engine, made.other)
    return made.at(np.flatnonzero(seen))


def _telephone(engine: Engine, entities: Ints) -> Ints:
    made = np.empty(len(entities), dtype=np.int64)
    for kind in (TRADER, PERSON, FIRM):
        here = np.flatnonzero(entities % KINDS == kind)
        made[here] = engine.society.telephone(kind, entities[here] // KINDS)
    return made


def _minute(day: Ints, business: NDArray[np.bool_], u: Floats) -> Ints:
    """Return the minute of the day: firms are called in office hours, people mostly after them and at weekends."""
    office = np.interp(u, OFFICE_HOURS, HOURS)
    free = np.interp(u, FREE_HOURS, HOURS)
    hours = np.where(business & (day % 7 < 5), office, free)
    return np.asarray(np.minimum(np.floor(hours * 60), 24 * 60 - 1).astype(np.int64))


def _seconds(u: Floats) -> Ints:
    """Return the length; 0 where nobody answered."""
    v = np.clip((u - UNANSWERED) / (1 - UNANSWERED), 1e-6, 1 - 1e-6)
    length = np.clip(USUAL_SECONDS * (v / (1 - v)) ** SECONDS_SPREAD, 1, LONGEST)
    return np.where(u < UNANSWERED, 0, np.floor(length)).astype(np.int64)
