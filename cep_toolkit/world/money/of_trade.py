"""Payments that follow consignments: to the seller, back from it, for freight and to agents."""

from __future__ import annotations

import numpy as np

from cep_toolkit.world.consignments import Consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.money.rows import HOST, NO_INVOICE, Payments, days, in_host, paid_out, supplier
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.services import serving
from cep_toolkit.world.society import FIRM, PERSON, RESIDENTS, TRADER, Society, entity

BY_BANK, BY_PARTS, REMITTED = 0.12, 0.135, 0.155
REFUNDED, FREIGHT, COMMISSION = 0.008, 0.04, 0.008
EACH_CONSIGNMENT = 8
LEAST_SERVICE = 30.0


def of_consignments(engine: Engine, made: Consignments) -> Payments:
    """Return payments that follow consignments: to the seller, back from it, for freight and to agents."""
    u = engine.streams.uniform("payment", "trade", ids=made.rows.number)
    v = engine.streams.uniform("payment", "beside", ids=made.rows.number)
    bank, remitted = np.flatnonzero(u < BY_PARTS), np.flatnonzero((u >= BY_BANK) & (u < REMITTED))
    rest = np.where(u < BY_PARTS, 0.2 + 0.5 * (u - BY_BANK) / (BY_PARTS - BY_BANK), 1.0)  # what is not paid by bank
    refunded = np.flatnonzero(v < REFUNDED)
    carried = np.flatnonzero((v >= REFUNDED) & (v < REFUNDED + FREIGHT))
    agents = np.flatnonzero(v > 1 - COMMISSION)
    return Payments.joined(
        [
            _to_seller(engine, made, bank, np.where(u < BY_BANK, 1.0, 1.0 - rest)[bank]),
            *_through_a_service(engine, made, remitted, rest[remitted]),
            _refunds(engine, made, refunded),
            _freight(engine, made, carried),
            _commissions(engine, made, agents),
        ]
    )


def _to_seller(engine: Engine, made: Consignments, at: Ints, share: Floats) -> Payments:
    rows = made.rows
    seller = engine.population.relations.supplier[rows.relation[at]]
    return Payments(
        key=rows.number[at] * EACH_CONSIGNMENT,
        day=rows.day[at] + 3 + days(engine, "seller", rows.number[at], 70),
        payer=entity(TRADER, rows.trader[at]),
        payee=supplier(seller),
        amount=np.maximum(np.rint(made.said.invoice[at] * share), 1).astype(np.int64),
        currency=rows.currency[at],
        invoice=rows.number[at],
    )


def _through_a_service(engine: Engine, made: Consignments, at: Ints, share: Floats) -> list[Payments]:
    """Return what directors pay in at a money service, and what it pays out to the seller."""
    rows, society = made.rows, engine.society
    number, trader = rows.number[at], rows.trader[at]
    day = rows.day[at] + 2 + days(engine, "service", number, 38)
    service = entity(FIRM, serving(society, engine.streams, "money_service", trader))
    amount = np.maximum(made.said.invoice[at] - np.rint(made.said.invoice[at] * (1.0 - share)).astype(np.int64), 1)
    currency = rows.currency[at]
    paid_in = Payments(
        key=number * EACH_CONSIGNMENT + 1,
        day=day,
        payer=entity(PERSON, Society.director(trader)),
        payee=service,
        amount=in_host(engine, amount, currency, day),
        currency=np.full(len(at), HOST),
        invoice=number,
    )
    seller = engine.population.relations.supplier[rows.relation[at]]
    return [paid_in, paid_out(engine, paid_in, number * EACH_CONSIGNMENT + 2, supplier(seller), amount, currency)]


def _refunds(engine: Engine, made: Consignments, at: Ints) -> Payments:
    rows = made.rows
    u = engine.streams.uniform("payment", "refund", ids=rows.number[at])
    return Payments(
        key=rows.number[at] * EACH_CONSIGNMENT + 3,
        day=rows.day[at] + 25 + days(engine, "refund", rows.number[at], 80),
        payer=supplier(engine.population.relations.supplier[rows.relation[at]]),
        payee=entity(TRADER, rows.trader[at]),
        amount=np.maximum(np.rint(made.said.invoice[at] * (0.03 + 0.25 * u**2)), 1).astype(np.int64),
        currency=rows.currency[at],
        invoice=rows.number[at],
    )


def _freight(engine: Engine, made: Consignments, at: Ints) -> Payments:
    """Return what is paid to forwarders and hauliers: freight that the price leaves out, else delivery alone."""
    rows = made.rows
    number, trader = rows.number[at], rows.trader[at]
    u = engine.streams.uniform("payment", "freight", ids=number)
    forwarder, haulier = (serving(engine.society, engine.streams, kind, trader) for kind in ("forwarder", "haulier"))
    day = rows.day[at] + 1 + days(engine, "freight", number, 45)
    delivery = in_host(engine, np.rint(made.said.invoice[at] * (0.005 + 0.03 * u)), rows.currency[at], day)
    return Payments(
        key=number * EACH_CONSIGNMENT + 4,
        day=day,
        payer=entity(TRADER, trader),
        payee=entity(FIRM, np.where(u < 0.6, forwarder, haulier)),
        amount=np.maximum(np.where(rows.freight[at] > 0, rows.freight[at], delivery), _least(engine, u)),
        currency=np.full(len(at), HOST),
        invoice=np.full(len(at), NO_INVOICE),
    )


def _commissions(engine: Engine, made: Consignments, at: Ints) -> Payments:
    rows = made.rows
    number = rows.number[at]
    u = engine.streams.uniform("payment", "commission", ids=number)
    day = rows.day[at] + 5 + days(engine, "commission", number, 60)
    share = in_host(engine, np.rint(made.said.invoice[at] * (0.02 + 0.04 * u)), rows.currency[at], day)
    amount = np.maximum(share, _least(engine, u))
    agent = entity(PERSON, _agent(engine, rows.trader[at]))
    nothing = np.full(len(at), NO_INVOICE)
    host = np.full(len(at), HOST)
    return Payments(number * EACH_CONSIGNMENT + 5, day, entity(TRADER, rows.trader[at]), agent, amount, host, nothing)


def _least(engine: Engine, u: Floats) -> Ints:
    """Return the least that anybody charges for a service, in minor units of the host."""
    return np.rint(LEAST_SERVICE * (1 + 9 * u) / engine.region.host_rate * 10.0**engine.region.decimals).astype(
        np.int64
    )


def _agent(engine: Engine, trader: Ints) -> Ints:
    """Return the resident who finds buyers for a trader."""
    return np.floor(engine.streams.uniform("payment", "agent", ids=trader) * RESIDENTS).astype(np.int64)
