"""Money in words: an amount with as many decimals as its currency has (ISO 4217 calls them the minor unit)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cep_toolkit.world import reference

MOST_HAVE = 2


@cache
def known() -> Mapping[str, int]:
    """Return the decimals of every currency of the region and of national mode, by its code."""
    tables = (reference.load(name) for name in ("administrations", "national_administrations"))
    pairs = (zip(table["currency"], table["currency_decimals"], strict=True) for table in tables)
    return MappingProxyType({str(currency): int(count) for table in pairs for currency, count in table})


def decimals(currency: str) -> int:
    """Return how many decimals an amount has; two where the currency is not known here.

    Examples
    --------
    >>> decimals("KRW"), decimals("XAS"), decimals("KWD"), decimals("")
    (0, 2, 3, 2)
    """
    return known().get(currency, MOST_HAVE)


def money(value: float, currency: str) -> str:
    """Return an amount as people write it, without the currency's code.

    Parameters
    ----------
    value : float
        In whole units of the currency.
    currency : str
        Its code.

    Examples
    --------
    >>> money(1234.5, "XAS"), money(372254.4, "KRW")
    ('1,234.50', '372,254')
    """
    return f"{value:,.{decimals(currency)}f}"
