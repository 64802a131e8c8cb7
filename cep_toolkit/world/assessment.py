"""What is owed on a consignment, from what is declared or from what is true: one formula for both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import Reality, Rows
from cep_toolkit.world.region import Floats

ZERO_UNDER_AGREEMENT = 10.0


@dataclass(frozen=True)
class Assessed:
    """Customs value, duty and VAT in minor units of the host's currency; rates in per cent."""

    customs_value: Ints
    duty_rate: Floats
    duty: Ints
    vat_rate: Floats
    vat: Ints

    @property
    def owed(self) -> Ints:
        """Duty and VAT together."""
        return self.duty + self.vat


def assess(reality: Reality, rows: Rows, line: Ints, invoice: Ints, preference: NDArray[np.bool_]) -> Assessed:
    """Return what is owed on rows under a subheading and an invoice value.

    The value is cost, insurance and freight (Article 8.2 of the Valuation Agreement leaves the
    choice to the administration); VAT is charged on value and duty.
    """
    region = reality.region
    scale = 10.0 ** (region.decimals - reality.currency_decimals[rows.currency])
    value = np.rint(invoice * rows.rate * scale).astype(np.int64) + rows.freight + rows.insurance
    full = region.lines["duty_rate"].to_numpy(dtype=float)[line]
    agreed = np.where(full <= ZERO_UNDER_AGREEMENT, 0.0, full / 2)
    duty_rate = np.where(preference, agreed, full)
    duty = np.rint(value * duty_rate / 100).astype(np.int64)
    vat_rate = region.lines["vat_rate"].to_numpy(dtype=float)[line]
    vat = np.rint((value + duty) * vat_rate / 100).astype(np.int64)
    return Assessed(value, duty_rate, duty, vat_rate, vat)
