"""Payments as columns, with what every kind of them needs: sellers among entities, days, rates."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.region import Floats

NO_INVOICE = -1
HOST = 0
"""Place of the host's own currency in ``Reality.currencies``."""


@dataclass(frozen=True)
class Payments:
    """Payments; every field is an array.

    Parameters
    ----------
    key : array
        Names the payment; no two are the same.
    day : array
    payer, payee : array
        Entities; a supplier stands as ``supplier(number)``.
    amount : array
        In minor units of the currency.
    currency : array
        Place in ``Reality.currencies``.
    invoice : array
        The declaration whose invoice is paid, as an internal number; ``NO_INVOICE`` for none.
    """

    key: Ints
    day: Ints
    payer: Ints
    payee: Ints
    amount: Ints
    currency: Ints
    invoice: Ints

    def at(self, places: Ints) -> Payments:
        """Return some of the payments."""
        return Payments(**{field.name: getattr(self, field.name)[places] for field in fields(self)})

    @staticmethod
    def joined(parts: list[Payments]) -> Payments:
        """Return all parts as one."""
        return Payments(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Payments)})


def supplier(number: Ints) -> Ints:
    """Return the number that stands for a supplier beside those of entities; to apply it again gives it back."""
    return -1 - np.asarray(number)


def paid_out(engine: Engine, paid_in: Payments, key: Ints, seller: Ints, amount: Ints, currency: Ints) -> Payments:
    """Return what a money service pays to sellers, some days after it was paid in."""
    return Payments(
        key=key,
        day=paid_in.day + days(engine, "paid out", key, 3),
        payer=paid_in.payee,
        payee=seller,
        amount=amount,
        currency=currency,
        invoice=paid_in.invoice,
    )


def days(engine: Engine, what: str, ids: Ints, most: int) -> Ints:
    """Return how many days pass, fewer than ``most``, drawn for each of ``ids``."""
    return np.floor(engine.streams.uniform("payment days", what, ids=ids) * most).astype(np.int64)


def in_host(engine: Engine, minor: Ints | Floats, currency: Ints, day: Ints) -> Ints:
    """Return amounts in minor units of the host, at the rate of the week."""
    rate = engine.reality.rates[np.clip(day // 7, 0, WEEKS - 1), currency]
    apart = engine.region.decimals - engine.reality.currency_decimals[currency]
    return np.maximum(np.rint(minor * rate * 10.0**apart), 1).astype(np.int64)
