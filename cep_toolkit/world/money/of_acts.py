"""Payments that acts made, guilty and innocent alike, as far as somebody reported them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.acts import Acts, acts
from cep_toolkit.world.consignments import consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.money.rows import HOST, NO_INVOICE, Payments, in_host, paid_out, supplier
from cep_toolkit.world.population import BLOCK, Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.society import FIRM, FIRM_KINDS, KINDS
from cep_toolkit.world.typology import CONSIGNMENTS, TRAFFICS

OF_ACTS, SPAN = 10**11, 7 * 10**11


def of_acts(engine: Engine) -> tuple[Payments, Acts]:
    """Return the payments that acts made, as far as they were reported, and the act behind each.

    What is paid in at a money service for a consignment is paid out to its seller: two payments, either of which may
    be missing.
    """
    made = acts(engine).of("pay")
    made = made.at(np.flatnonzero(made.amount >= 1))
    trade = _of_consignments(engine, made)
    currency = np.where(trade, _currency_of(engine, np.where(trade, made.movement, 0)), HOST)
    sold = _minor(engine, made, currency)
    paid = Payments(
        key=_key(made.key),
        day=made.day,
        payer=made.actor,
        payee=made.other,
        amount=in_host(engine, sold, currency, made.day),
        currency=np.full(len(made), HOST),
        invoice=np.where(trade, made.movement, NO_INVOICE),
    )
    through = np.flatnonzero(trade & _is_service(engine, made.other))
    seller = seller_of(engine, made.movement[through])
    key = _key(engine.streams.mixed("payment", "paid out", ids=made.key[through]))
    out = paid_out(engine, paid.at(through), key, supplier(seller), sold[through], currency[through])
    seen = [_reported(engine, part.key) for part in (paid, out)]
    return Payments.joined([paid.at(seen[0]), out.at(seen[1])]), made.at(np.concatenate([seen[0], through[seen[1]]]))


def _key(key: NDArray[np.uint64]) -> Ints:
    return OF_ACTS + (key % np.uint64(SPAN)).astype(np.int64)


def _of_consignments(engine: Engine, made: Acts) -> NDArray[np.bool_]:
    traffic = {scheme.place: name for name in TRAFFICS for scheme in engine.schemes(name)}
    return np.asarray(np.array([traffic[place] == CONSIGNMENTS for place in sorted(traffic)])[made.typology])


def _is_service(engine: Engine, entities: Ints) -> NDArray[np.bool_]:
    is_firm = entities % KINDS == FIRM
    kind = engine.society.firm_kind[np.where(is_firm, entities // KINDS, 0)]
    return np.asarray(is_firm & (kind == FIRM_KINDS.index("money_service")))


def _currency_of(engine: Engine, number: Ints) -> Ints:
    """Return the currency of each declaration's invoice."""
    made = np.zeros(len(number), dtype=np.int64)
    for block in np.unique(number // BLOCK):
        here = np.flatnonzero(number // BLOCK == block)
        made[here] = consignments(engine, int(block)).rows.currency[number[here] % BLOCK]
    return made


def seller_of(engine: Engine, number: Ints) -> Ints:
    """Return the supplier of each declaration."""
    return np.asarray(engine.population.relations.supplier[engine.reality.relation[number]])


def _minor(engine: Engine, made: Acts, currency: Ints) -> Ints:
    """Return each act's amount in minor units of a currency, at the rate of the week of its movement."""
    reality = engine.reality
    day = np.where(currency == HOST, 0, reality.day[np.where(currency == HOST, 0, made.movement)])
    rate = reality.rates[np.minimum(day // 7, WEEKS - 1), currency]
    cents = engine.streams.uniform("payment", "cents", ids=made.key) - 0.5  # an act's amount is in whole units
    minor = (made.amount + cents) / engine.region.host_rate / rate * 10.0 ** reality.currency_decimals[currency]
    return np.asarray(np.maximum(np.rint(minor), 1).astype(np.int64))


def _reported(engine: Engine, key: Ints) -> Ints:
    """Return the places of the payments that somebody reported."""
    return np.flatnonzero(engine.streams.uniform("payment", "reported", ids=key) >= engine.knobs.missing)
