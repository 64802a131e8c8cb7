"""Who is linked with what, as registers know it: what a link chart is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cep_toolkit.world import arrays
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.everybody import Everybody, everybody
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.services import employers
from cep_toolkit.world.society import CENTRES, FIRM, KINDS, PERSON, TRADER, entity
from cep_toolkit.world.standing import standing

RELATIONS = ("director_of", "lives_at", "uses_address", "uses_telephone", "works_for")
OF_AGE = 18


@dataclass(frozen=True)
class Links:
    """Links of one relation; every field but the first is an array.

    Parameters
    ----------
    relation : str
        One of ``RELATIONS``.
    owner : array
        Entity that has the link, no two the same: from it the link's number is made.
    source, target : array of str
        Public identifiers of both ends.
    since : array
        Day, counted from the first of the year.
    """

    relation: str
    owner: Ints
    source: Any
    target: Any
    since: Ints


def table(engine: Engine) -> pd.DataFrame:
    """Return the links of directors, workers, addresses and telephones."""
    parts = [_directors(engine), _workers(engine)]
    for kind in (TRADER, PERSON, FIRM):
        parts += _of_kind(engine, kind, everybody(engine, kind))
    relation = np.repeat([RELATIONS.index(part.relation) for part in parts], [len(part.owner) for part in parts])
    number = np.concatenate([part.owner for part in parts]) * len(RELATIONS) + relation
    public = PublicIds(engine.streams, "link", 9).public(number)
    order = np.argsort(public)
    return pd.DataFrame(
        {
            "link_id": public[order],
            "from_id": pd.concat([pd.Series(part.source) for part in parts]).array.take(order),
            "relation": arrays.categories(relation[order], list(RELATIONS)),
            "to_id": pd.concat([pd.Series(part.target) for part in parts]).array.take(order),
            "since": arrays.dates(FIRST_DAY, np.concatenate([part.since for part in parts])[order]),
        },
        copy=False,
    )


def _directors(engine: Engine) -> Links:
    made = standing(engine)
    people, traders = everybody(engine, PERSON).ids[made.director], everybody(engine, TRADER).ids
    return Links("director_of", entity(TRADER, made.trader), people, traders, made.director_since)


def _workers(engine: Engine) -> Links:
    employer = employers(engine.society, engine.streams, everybody(engine, PERSON).number)
    workers = np.flatnonzero(employer >= 0)
    people, firms = everybody(engine, PERSON).ids[workers], everybody(engine, FIRM).ids[employer[workers]]
    return Links("works_for", entity(PERSON, workers), people, firms, _some_day(engine, "work", PERSON, workers))


def _of_kind(engine: Engine, kind: int, every: Everybody) -> list[Links]:
    """Return the links of all of one kind with their addresses and telephones."""
    number, of = every.number, entity(kind, every.number)
    ids, address = every.ids, every.address_ids
    of_traders = standing(engine)
    since = of_traders.address_since if kind == TRADER else _some_day(engine, "address", kind, number)
    called = of_traders.registered if kind == TRADER else _some_day(engine, "telephone", kind, number)
    home = (every.address >= CENTRES) & ((every.address - CENTRES) % KINDS == PERSON) & (kind == PERSON)
    at, other = np.flatnonzero(home), np.flatnonzero(~home)
    return [
        Links("lives_at", of[at], ids[at], address[at], since[at]),
        Links("uses_address", of[other], ids[other], address[other], since[other]),
        Links("uses_telephone", of, ids, every.telephones, called),
    ]


def _some_day(engine: Engine, what: str, kind: int, number: Ints) -> Ints:
    """Return a day of the last years, for people not before they were of age."""
    u = engine.streams.uniform("since", what, kind, ids=number)
    day = -1 - np.floor(6_000 * u**1.5).astype(np.int64)
    if kind != PERSON:
        return day
    grown = (engine.society.people.born[number] + OF_AGE + 1 - 2025) * 365
    return np.minimum(np.maximum(day, grown), -1)
