"""Declarations made for a test."""

from __future__ import annotations

import pandas as pd


def declarations(prices: list[float], hs: str = "610910", origin: str = "QR") -> pd.DataFrame:
    """Return declarations of two kilograms each at the given prices per kg."""
    return pd.DataFrame(
        {
            "declaration_id": range(len(prices)),
            "hs": hs,
            "origin": origin,
            "customs_value": [2 * price for price in prices],
            "net_mass_kg": 2.0,
        }
    )
