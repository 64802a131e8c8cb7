"""Whose telephone records were obtained, and whom these people usually telephone.

Some are cast in a plot, some in a decoy, the rest were drawn at random: to be among them says nothing. Nothing here
depends on the level, except which plots are played.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cep_toolkit.world import reference
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.everybody import everybody
from cep_toolkit.world.plots import Scheme
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.services import employers, serving
from cep_toolkit.world.society import CENTRES, FIRM, PERSON, RESIDENTS, TRADER, Society
from cep_toolkit.world.typology import CONSIGNMENTS, REFUNDS, TRAFFICS, TRANSITS

BY_TELEPHONE = ("call", "meet")
PLOTS_EACH = 10
DIRECTORS, OTHERS = 45, 45
HOUSEHOLD, COLLEAGUES, FIRMS, ANYBODY = 3, 4, 4, 6
WEIGHT = {"household": 3.0, "own firm": 4.0, "employer": 2.0, "colleagues": 1.0, "firms": 0.8, "anybody": 0.6}
NOBODY = -1


def subjects(engine: Engine) -> Ints:
    """Return the people whose records were obtained, in order."""
    cast = [_cast(engine, scheme) for traffic in TRAFFICS for scheme in engine.schemes(traffic)]
    return np.unique(np.concatenate([*cast, _at_random(engine)]))


def _cast(engine: Engine, scheme: Scheme) -> Ints:
    """Return the people who would telephone in the first plots drawn of a typology, guilty or not."""
    plots, typology = scheme.plots, scheme.typology
    people = {"owner": _owners(engine, scheme), "partner": plots.partner, "channel": np.full(len(plots), NOBODY)}
    first = plots.number < PLOTS_EACH
    found = [np.zeros(0, dtype=np.int64)]
    for side in typology.side:
        if side.kind in BY_TELEPHONE:
            found += [people[side.actor][first], people[side.other][first & (plots.number % 4 < 2)]]
    cast = np.concatenate(found)
    return cast[cast >= 0]


def _owners(engine: Engine, scheme: Scheme) -> Ints:
    """Return the person behind each plot's movements; nobody for a firm's."""
    traffic, owner = scheme.typology.traffic, scheme.plots.owner
    if traffic in (CONSIGNMENTS, REFUNDS):
        return Society.director(engine.population.relations.trader[owner])
    return np.full(len(owner), NOBODY) if traffic == TRANSITS else owner


def _at_random(engine: Engine) -> Ints:
    traders = len(engine.population.traders.count)
    u = engine.streams.uniform("subjects", ids=np.arange(DIRECTORS + OTHERS))
    directors = RESIDENTS + np.floor(u[:DIRECTORS] * traders)
    return np.concatenate([directors, np.floor(u[DIRECTORS:] * RESIDENTS)]).astype(np.int64)


@dataclass(frozen=True)
class Contacts:
    """The usual contacts of some people: telephones (``NOBODY`` for none) and weights, one row a person.

    Parameters
    ----------
    own : array (people,)
        Each one's own telephone.
    telephone, weight : array (people, contacts)
    """

    own: Ints
    telephone: Ints
    weight: Floats


def contacts(engine: Engine, person: Ints) -> Contacts:
    """Return whom each person usually telephones: at home, at work, in trade, and others."""
    society = engine.society
    trader = np.where(person >= RESIDENTS, person - RESIDENTS, NOBODY)
    employer = employers(society, engine.streams, person)
    groups = {
        "household": _telephones(engine, PERSON, _household(engine, person)),
        "own firm": _telephones(engine, TRADER, trader[:, None]),
        "employer": _telephones(engine, FIRM, employer[:, None]),
        "colleagues": _telephones(engine, PERSON, _colleagues(engine, person, employer)),
        "firms": _telephones(engine, FIRM, _firms(engine, person, trader)),
        "anybody": _telephones(engine, PERSON, _anybody(engine, person)),
    }
    telephone = np.concatenate(list(groups.values()), axis=1)
    usual = np.concatenate([np.full(made.shape[1], WEIGHT[name]) for name, made in groups.items()])
    own = society.telephone(PERSON, person)
    u = _draw(engine, "closeness", person, len(usual))
    weight = np.where((telephone == NOBODY) | (telephone == own[:, None]), 0.0, usual * (0.2 + u**3 * 4))
    return Contacts(own, telephone, weight)


def _telephones(engine: Engine, kind: int, number: Ints) -> Ints:
    """Return telephones of a matrix of numbers; ``NOBODY`` stays."""
    made = engine.society.telephone(kind, np.maximum(number, 0).ravel()).reshape(number.shape)
    return np.where(number >= 0, made, NOBODY)


def _household(engine: Engine, person: Ints) -> Ints:
    address = everybody(engine, PERSON).address
    order = np.argsort(address, kind="stable")
    own = address[person]
    start = np.searchsorted(address[order], own)
    place = start[:, None] + np.arange(HOUSEHOLD + 1)
    other = order[np.minimum(place, len(order) - 1)]
    fits = (address[other] == own[:, None]) & (other != person[:, None]) & (own[:, None] >= CENTRES)
    return np.where(fits, other, NOBODY)


def _colleagues(engine: Engine, person: Ints, employer: Ints) -> Ints:
    """Return some who work for the same firm, else at the same kind of place; for directors other directors."""
    society = engine.society
    u = _draw(engine, "colleagues", person, COLLEAGUES)
    everyone = np.arange(RESIDENTS)
    places = pd.factorize(reference.load("jobs")["place"])[0]
    firm = employers(society, engine.streams, everyone)
    group = np.where(firm >= 0, firm, len(society.firm_kind) + places[society.people.job[:RESIDENTS]])
    order = np.argsort(group, kind="stable")
    own = group[np.minimum(person, RESIDENTS - 1)]
    low, high = (np.searchsorted(group[order], own, side) for side in ("left", "right"))
    resident = order[low[:, None] + np.floor(u * (high - low)[:, None]).astype(np.int64)]
    director = RESIDENTS + np.floor(u * len(society.population.traders.count)).astype(np.int64)
    return np.where(person[:, None] >= RESIDENTS, director, resident)


def _firms(engine: Engine, person: Ints, trader: Ints) -> Ints:
    """Return the firms that serve a director's trade, or some that anybody may need."""
    society = engine.society
    kinds = ("forwarder", "haulier", "warehouse", "money_service")
    usual = [serving(society, engine.streams, kind, np.maximum(trader, 0)) for kind in kinds]
    some = np.floor(_draw(engine, "firms", person, FIRMS) * len(society.firm_kind)).astype(np.int64)
    return np.where(trader[:, None] >= 0, np.column_stack(usual), some)


def _anybody(engine: Engine, person: Ints) -> Ints:
    return np.floor(_draw(engine, "anybody", person, ANYBODY) * RESIDENTS).astype(np.int64)


def _draw(engine: Engine, what: str, person: Ints, each: int) -> Floats:
    ids = person[:, None] * 32 + np.arange(each)
    return engine.streams.uniform("contacts", what, ids=ids)
