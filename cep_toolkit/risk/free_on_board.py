"""From the value at arrival to the value at departure: freight and insurance inside a customs value.

Imports are valued with freight and insurance to the border of the importing territory (CIF), exports without them
(FOB): United Nations, International Merchandise Trade Statistics: Concepts and Definitions 2010 (IMTS 2010),
chapter IV.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from cep_toolkit.world import reference

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
    Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

DEAREST = 0.95
"""An estimated freight takes no larger share of a value than this quantile of the freights that are stated."""


def freight_and_insurance(declarations: pd.DataFrame) -> Floats:
    """Return how much of each customs value is freight and insurance.

    Where the delivery term leaves them out of the invoice, the declaration states them. Where the invoice includes
    them, they are estimated from those stated: freight by the median rate per kg of the same mode of transport,
    insurance by the median share of the value.

    Parameters
    ----------
    declarations : DataFrame
        With ``incoterm``, ``transport_mode``, ``net_mass_kg`` (kg), ``customs_value``, ``freight`` and ``insurance``
        (host currency).

    Returns
    -------
    array
        One amount a declaration, in the host's currency.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"incoterm": ["FOB", "FOB", "CIF"], "transport_mode": "sea", "net_mass_kg": 100.0})
    >>> table = table.assign(customs_value=1100.0, freight=[90.0, 90.0, 0.0], insurance=[10.0, 10.0, 0.0])
    >>> freight_and_insurance(table).round(2).tolist()
    [100.0, 100.0, 100.0]
    """
    import numpy as np

    value, mass, freight, insurance = (
        declarations[name].to_numpy(dtype=float) for name in ("customs_value", "net_mass_kg", "freight", "insurance")
    )
    with_freight, with_insurance = (_included(declarations, part) for part in ("freight", "insurance"))
    usable = (value > 0) & (mass > 0)
    rates = _median_rates(declarations, freight, mass, usable & ~with_freight)
    stated = usable & ~with_freight
    most = float(np.quantile(freight[stated] / value[stated], DEAREST)) if stated.any() else 0.0
    insured = usable & ~with_insurance
    share = float(np.median(insurance[insured] / value[insured])) if insured.any() else 0.0
    carried = np.where(with_freight, np.minimum(rates * mass, most * value), freight)
    return np.asarray(carried + np.where(with_insurance, share * value, insurance))


def _included(declarations: pd.DataFrame, part: str) -> Flags:
    """Return whether the delivery term puts freight or insurance into the invoice's price."""
    terms = reference.load("incoterms").set_index("code")[f"{part}_included"]
    return declarations["incoterm"].map(terms).fillna(False).to_numpy(dtype=bool)


def _median_rates(declarations: pd.DataFrame, freight: Floats, mass: Floats, stated: Flags) -> Floats:
    """Return for each declaration the median freight per kg of its mode of transport; 0 where none is stated."""
    import numpy as np
    import pandas as pd

    mode, modes = pd.factorize(declarations["transport_mode"])
    rates = np.zeros(len(modes) + 1)
    for number in range(len(modes)):
        here = stated & (mode == number)
        rates[number] = float(np.median(freight[here] / mass[here])) if here.any() else 0.0
    return np.asarray(rates[mode])
