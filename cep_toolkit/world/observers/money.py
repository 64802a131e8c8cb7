"""Amounts that people write: in the currency of a place, with few digits, and what they are in the host's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cep_toolkit.world import arrays
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.region import Floats

DIGITS = 3


@dataclass(frozen=True)
class Money:
    """Amounts, one a row.

    Parameters
    ----------
    amount : array
        In the currency of the row.
    currency : Categorical
    in_host : array
        In the host's currency, at the rate of the week.
    """

    amount: Floats
    currency: pd.Categorical
    in_host: Floats


def in_currency(engine: Engine, amount: Floats, day: Ints, partner: Ints) -> Money:
    """Return amounts of the reference currency as written in the partners' currencies: three digits count."""
    table = engine.region.partner_table
    rate = engine.reality.rates[np.clip(day // 7, 0, WEEKS - 1), partner + 1]
    written = _few_digits(amount / engine.region.host_rate / rate)
    codes = sorted(set(table["currency"]))
    place = np.array([codes.index(code) for code in table["currency"]])
    return Money(
        amount=np.round(written, 2),
        currency=arrays.categories(place[partner], codes),
        in_host=np.round(written * rate, engine.region.decimals),
    )


def _few_digits(amount: Floats) -> Floats:
    """Return amounts with three digits that count."""
    step = 10.0 ** (np.floor(np.log10(np.maximum(amount, 1e-9))) + 1 - DIGITS)
    return np.rint(amount / step) * step
