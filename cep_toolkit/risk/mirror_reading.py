"""What explains a mirror gap, in the order in which it is looked for, and what may be said of it.

Tariff evasion leaves its mark on mirror gaps: where the duty is higher, more value is missing, and goods reappear under
similar codes that pay less (Fisman and Wei, 2004; Javorcik and Narciso, 2008). These studies speak of averages over
many goods. One gap is at most a reason to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.mirror import Mirror, mirror

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from cep_toolkit.world import World

    Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

STATISTICS = "partner_statistics"
SAME_MASS, SAME_VALUE = 0.05, 0.08
"""Up to these gaps both sides agree: the slips and roundings of two records of the same goods."""
NEAR_MASS, NEAR_VALUE, APART = 0.04, 0.06, 0.20
"""Within the first two, both sides clearly agree; from the third on they clearly do not."""
MOSTLY_GONE = -0.8
"""Where more is missing than this, the goods were hardly declared under this code at all: that is left open."""
CARRIAGE_SHOWS = 0.12
"""From this gap of value on, with freight and insurance still in the imports, they clearly matter."""
OWN_PART = 0.15
"""A competing code explains a gap that is at least this part of both codes' exports."""

REASONS = {
    "confidential": "Confidentiality: the partner does not publish this figure",
    "freight": "Freight and insurance: the import value has them, the export value does not",
    "time": "Time: goods left in one quarter and were declared in another",
    "hub": "A hub: goods made elsewhere, counted by the place that sent them on",
    "code": "A competing code: the two sides classified the goods differently",
    "none": "None of these: the gap deserves a question",
}
FINDINGS = {
    "unknown": "Nothing, for one side is not known",
    "level": "No gap is left once like is compared with like",
    "codes": "The goods stand under two codes: ask which one is right",
    "price": "The mass agrees, the value does not: ask about prices",
    "quantity": "The mass does not agree either: ask about quantity and other codes",
    "evaded": "Duty was evaded on the gap",
}
"""What may be said of a gap; the last is never right, for statistics prove nothing about a declaration."""
_BY_STEP = ("freight", "time", "hub", "code", "none")
FORGETTABLE = ("nothing", "confidential", "freight", "time", "hub", "everything")


def readings(compared: Mirror, forget: str = "nothing") -> pd.DataFrame:
    """Return what explains the gap of every cell, and what may be said of it.

    The first step at which mass and value agree names the explanation; freight and insurance are taken off the imports
    at every step. Where the masses agree and the import value stays lower, the prices deserve a question; where mass is
    missing at every step, the quantities do.

    Parameters
    ----------
    compared : Mirror
    forget : str
        ``"nothing"``, an explanation that an officer forgets to look for, or ``"everything"``: every gap is then taken
        for evasion.

    Returns
    -------
    DataFrame
        ``reason``, one of ``REASONS``; ``finding``, one of ``FINDINGS``; ``clear``: whether every gap up to the
        explanation is wide, and the gap there and in the lines of the same code below it near nothing. One row a cell.

    Raises
    ------
    UnknownValueError
        ``forget`` is none of these.
    """
    import numpy as np
    import pandas as pd

    if forget not in FORGETTABLE:
        raise UnknownValueError("forget", forget, FORGETTABLE)
    secret = compared.cells["confidential"].to_numpy(dtype=bool)
    lower, first = _agreement(compared)
    reason = np.where(secret, "confidential", np.array(_BY_STEP)[first])
    finding = np.where(reason == "none", np.where(lower.any(axis=0), "price", "quantity"), "level")
    finding = np.select([reason == "confidential", reason == "code"], ["unknown", "codes"], finding)
    forgotten = (reason == forget) | (forget == "everything")
    seen = "evaded" if forget == "everything" else np.where(_same_mass(compared)[0], "price", "quantity")
    return pd.DataFrame(
        {
            "reason": np.where(forgotten, "none", reason),
            "finding": np.where(forgotten, seen, finding),
            "clear": _clear(compared, secret, first, lower),
        }
    )


def explained(world: World) -> pd.DataFrame:
    """Return how many published cells of the partners' statistics each reading explains; only clear cells count.

    Returns
    -------
    DataFrame
        ``what explains both gaps``, ``what may be said`` and ``cells``, in the order in which explanations are looked
        for; no row where the data has no statistics of partners.
    """
    import pandas as pd

    columns = ["what explains both gaps", "what may be said", "cells"]
    if STATISTICS not in world.tables:
        return pd.DataFrame(columns=columns)
    found = readings(mirror(world)).query("clear").groupby(["reason", "finding"]).size().rename("cells").reset_index()
    for column, words, key in zip(columns, (REASONS, FINDINGS), ("reason", "finding"), strict=False):
        found[column] = [words[name].partition(":")[0] for name in found[key]]
    return found.sort_values("reason", key=lambda names: names.map(list(REASONS).index))[columns].reset_index(drop=True)


def _same_mass(compared: Mirror) -> Flags:
    import numpy as np

    return np.asarray(np.abs(compared.mass_gap) <= SAME_MASS)


def _agreement(compared: Mirror) -> tuple[Flags, Any]:
    """Return where the masses agree and the value is lower, and the first step at which both agree (4 for none)."""
    import numpy as np

    value, same = compared.value_gap, _same_mass(compared)
    agrees = same & (np.abs(value) <= SAME_VALUE)
    first = np.where(agrees.any(axis=0), agrees.argmax(axis=0), len(agrees))
    return same & (value <= -APART), first


def _clear(compared: Mirror, secret: Flags, first: Any, lower: Flags) -> Flags:
    """Return whether nobody who reads the figures with care would be in doubt."""
    import numpy as np

    mass, measures = compared.mass_gap, compared.measures
    near = (np.abs(mass) <= NEAR_MASS) & (np.abs(compared.value_gap) <= NEAR_VALUE)
    less, apart = mass <= -APART, np.abs(mass) >= APART
    dearer = measures["imports"][0] >= (1 + CARRIAGE_SHOWS) * measures["exports"][0]
    missing = measures["export_kg"][2] - measures["import_kg"][2]
    of_this_code = missing >= OWN_PART * measures["export_kg"][3]
    by_first = (
        near[:3].all(axis=0) & dearer,
        apart[0] & near[1:3].all(axis=0),
        less[:2].all(axis=0) & near[2],
        less[:3].all(axis=0) & near[3] & of_this_code,
        lower[2:].all(axis=0) & (apart | lower)[:2].all(axis=0) | (less & (mass >= MOSTLY_GONE)).all(axis=0),
    )
    known = np.isfinite(mass).all(axis=0)
    open_to_all = known & np.choose(first, by_first)
    return np.asarray(np.where(secret, measures["imports"][0] > 0, open_to_all))
