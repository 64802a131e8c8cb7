"""Layer 4: who was there, who was told, and who it is said to have been."""

from __future__ import annotations

from functools import cache, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference, rumours, versions
from cep_toolkit.world.acts import NOWHERE, Acts, acts, kinds
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.known import HOW, Known, joined
from cep_toolkit.world.population import Ints
from cep_toolkit.world.society import KINDS, PERSON, RESIDENTS, TRADER, entity
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import JOURNEYS, PARCELS

KNOWS = {"saw": 0.35, "was_told": 0.30, "document": 0.30}
WORKS_AT = {"airport": "airport", "inland": "other", "land": "road", "post": "other", "seaport": "port"}
"""Where those work who see what happens at an office of each kind; see the dataset ``jobs``."""
SEEN_AT = {PARCELS: "other", JOURNEYS: "airport"}


@lru_cache(maxsize=2)
def known(engine: Engine) -> Known:
    """Return everything that is known or said; the last ones are kept, for the tables that share them."""
    made = acts(engine)
    owner_knows = np.array([typology.knows for typology in TYPOLOGIES])
    main = np.isin(made.kind, [kinds().index(typology.act) for typology in TYPOLOGIES])
    real = np.flatnonzero(~main | owner_knows[made.typology])
    parts = [_knowing(engine, made, real, how) for how in HOW]
    told = [versions.told(engine, made, part) for part in parts]
    return joined([*told, rumours.slander(engine), rumours.gossip(engine)])


def _knowing(engine: Engine, made: Acts, real: Ints, how: str) -> Known:
    """Return those who know of acts in one way, with what was really so."""
    key = engine.streams.mixed("knows", how, ids=made.key[real])
    u = partial(engine.streams.uniform, "knows", ids=key)
    kept = u("whether") < KNOWS.get(how, 1.0)
    if how == "took_part":
        kept &= made.other[real] != NOWHERE
    if how == "document":
        kept &= u("missing") >= engine.knobs.missing
    at, key = real[kept], key[kept]
    person = {"did": made.actor[at], "took_part": made.other[at]}.get(how, np.full(len(at), NOWHERE))
    if how in ("saw", "was_told"):
        person = _somebody(engine, made.at(at), key)
    return Known(
        key=key,
        act=at,
        person=person,
        how=np.full(len(at), HOW.index(how)),
        tells=np.zeros(len(at), dtype=np.int64),
        kind=made.kind[at].astype(np.int64),
        subject=subject(made.actor[at], made.kind[at]),
        other=made.other[at],
        day=made.day[at],
        amount=made.amount[at],
        misnamed=np.zeros(len(at), dtype=bool),
    )


def subject(actor: Ints, kind: NDArray[np.int8]) -> Ints:
    """Return whom one names for an act: the firm of a director, unless the act is a person's own."""
    table = reference.load("act_kinds")
    person = dict(zip(table["act"], table["person"], strict=True))
    personal = np.array([person.get(word, False) for word in kinds()])[kind]
    number = actor // KINDS
    directs = (actor % KINDS == PERSON) & (number >= RESIDENTS)
    return np.where(directs & ~personal, entity(TRADER, number - RESIDENTS), actor)


def _somebody(engine: Engine, made: Acts, key: NDArray[np.uint64]) -> Ints:
    """Return a resident whose work is where each act was done, other than those who did it."""
    society = engine.society
    traffic = np.array([SEEN_AT.get(typology.traffic, "other") for typology in TYPOLOGIES], dtype=object)
    at_office = engine.region.offices["kind"].map(WORKS_AT).to_numpy(dtype=object)[made.office]
    place = np.where(made.office == NOWHERE, traffic[made.typology], at_office)
    place = np.where(made.kind == kinds().index("pay"), "office", place)
    u = engine.streams.uniform("knows", "who", ids=key)
    person = np.zeros(len(made), dtype=np.int64)
    for word, jobs in _jobs_at().items():
        here = np.flatnonzero(place == word)
        pool = society.residents(jobs)
        pick = np.floor(u[here] * len(pool)).astype(np.int64)
        first = entity(PERSON, pool[pick])
        took_part = (first == made.actor[here]) | (first == made.other[here])
        person[here] = np.where(took_part, entity(PERSON, pool[pick - 1]), first)
    return person


@cache
def _jobs_at() -> dict[str, tuple[str, ...]]:
    """Return the jobs of those who work at each kind of place."""
    jobs: dict[str, tuple[str, ...]] = {}
    table = reference.load("jobs")
    for job, place in zip(table["job"], table["place"], strict=True):
        jobs[place] = (*jobs.get(place, ()), job)
    return jobs
