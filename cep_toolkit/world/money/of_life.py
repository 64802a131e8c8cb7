"""Payments that have nothing to do with a consignment: loans, wages, rents, family."""

from __future__ import annotations

import numpy as np

from cep_toolkit.world.engine import Engine
from cep_toolkit.world.money.rows import HOST, NO_INVOICE, Payments
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.services import employers
from cep_toolkit.world.society import FIRM, PERSON, RESIDENTS, TRADER, Society, entity

OF_TRADERS, OF_PEOPLE, EACH = 10**9, 2 * 10**9, 8
LENDS, PAYS_PEOPLE, WAGES, CASUAL, AMONG_PEOPLE, SENDS_MONEY = 0.03, 0.05, 0.7, 0.08, 0.15, 0.15
PAID_BY_THE_JOB = 0.08
LOAN, PEOPLE, WAGE, JOB, PRIVATE = 9_000.0, 1_500.0, 1_800.0, 9_000.0, 700.0


def of_traders(engine: Engine) -> Payments:
    """Return what directors lend their firms, and what firms pay people for work and rooms."""
    trader = np.arange(len(engine.population.traders.count))
    u = engine.streams.uniform("payment", "traders", ids=trader)
    lent, paid = trader[u < LENDS], trader[u > 1 - PAYS_PEOPLE]
    firm, director = entity(TRADER, lent), entity(PERSON, Society.director(lent))
    worker = entity(PERSON, _resident(engine, "worker", paid))
    return Payments.joined(
        [
            _plain(engine, OF_TRADERS + lent * EACH, director, firm, LOAN),
            _plain(engine, OF_TRADERS + paid * EACH + 1, entity(TRADER, paid), worker, PEOPLE),
        ]
    )


def of_people(engine: Engine) -> Payments:
    """Return wages, payments among people, and money sent through a service."""
    society = engine.society
    person = np.arange(RESIDENTS)
    employer = employers(society, engine.streams, person)
    u = {what: engine.streams.uniform("payment", what, ids=person) for what in ("wages", "among", "sends", "whom")}
    some_firm = np.floor(u["whom"] * len(society.firm_kind)).astype(np.int64)
    services = society.firms(("money_service",))
    waged = person[np.where(employer >= 0, u["wages"] < WAGES, u["wages"] < CASUAL)]
    jobs = person[u["wages"] > 1 - PAID_BY_THE_JOB]
    among, sends = person[u["among"] < AMONG_PEOPLE], person[u["sends"] < SENDS_MONEY]
    other = np.where(among == (whom := _resident(engine, "other", among)), (whom + 1) % RESIDENTS, whom)
    works = np.where(employer >= 0, employer, some_firm)[waged]
    service = services[np.floor(u["whom"][sends] * len(services)).astype(np.int64)]
    key = OF_PEOPLE + person * EACH
    return Payments.joined(
        [
            _plain(engine, key[waged], entity(FIRM, works), entity(PERSON, waged), WAGE, 0.2),
            _plain(engine, key[jobs] + 3, entity(FIRM, some_firm[jobs]), entity(PERSON, jobs), JOB),
            _plain(engine, key[among] + 1, entity(PERSON, among), entity(PERSON, other), PRIVATE),
            _plain(engine, key[sends] + 2, entity(PERSON, sends), entity(FIRM, service), PRIVATE),
        ]
    )


def _plain(engine: Engine, key: Ints, payer: Ints, payee: Ints, usual: float, spread: float = 0.75) -> Payments:
    """Return payments of any day of the year, of a usual size in the reference currency, now and then far more."""
    u = engine.streams.uniform("payment", "size", ids=key)
    v = engine.streams.uniform("payment", "day", ids=key)
    size = np.clip((u / (1 - u)) ** spread, 0.05, 60.0)
    amount = np.rint(usual * size / engine.region.host_rate * 10.0**engine.region.decimals)
    day = np.floor(v * WEEKS * 7).astype(np.int64)
    nothing = np.full(len(key), NO_INVOICE)
    return Payments(key, day, payer, payee, amount.astype(np.int64), np.full(len(key), HOST), nothing)


def _resident(engine: Engine, what: str, ids: Ints) -> Ints:
    u = engine.streams.uniform("payment", what, ids=ids)
    return np.floor(u * RESIDENTS).astype(np.int64)
