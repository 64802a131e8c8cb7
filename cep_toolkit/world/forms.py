"""The form in which goods travel: boxed, in bulk, liquid, cold, on wheels or alive. It follows from the subheading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference

Ints = NDArray[np.integer[Any]]

FORMS = ("general", "light", "dry_bulk", "liquid", "gas", "refrigerated", "rolling", "live")
GENERAL, LIGHT, DRY_BULK, LIQUID, GAS, REFRIGERATED, ROLLING, LIVE = range(len(FORMS))

HOLDS = ("container", "general cargo", "bulk", "tanker", "ro-ro")
BOX, BREAK_BULK, BULK, TANK, DECK = range(len(HOLDS))
IN_BULK_KG, LARGEST_IN_BOXES_KG, DRIVEN_KG = 200_000, 400_000, 1_000


@dataclass(frozen=True)
class Forms:
    """The form of the goods of each tariff line.

    Parameters
    ----------
    form : array
        Place in ``FORMS``.
    setpoint : array
        Temperature in degrees Celsius at which refrigerated goods travel; missing for others.
    """

    form: Ints
    setpoint: NDArray[np.float64]


def forms_of(codes: tuple[str, ...]) -> Forms:
    """Return the form of each code: that of the longest entry of ``cargo_forms`` with which it begins.

    Examples
    --------
    >>> forms_of(("080390",)).setpoint.tolist()
    [13.0]
    """
    table = reference.load("cargo_forms")[["hs", "form", "setpoint"]]
    told = {hs: (FORMS.index(form), setpoint) for hs, form, setpoint in table.itertuples(index=False)}
    found = [
        next((told[code[:digits]] for digits in (6, 4, 2) if code[:digits] in told), (GENERAL, np.nan))
        for code in codes
    ]
    form, setpoint = zip(*found, strict=True)
    return Forms(np.array(form, dtype=np.int64), np.array(setpoint, dtype=float))


def hold(forms: Forms, line: Ints, grams: Ints) -> NDArray[np.int8]:
    """Return how goods are carried at sea, as places in ``HOLDS``: in containers unless there is too much of them.

    What flows or is poured goes loose from 200 tonnes, anything else from 400; vehicles are driven aboard.
    """
    form, kg = forms.form[line], grams / 1000
    loose = kg >= IN_BULK_KG
    cases = (
        ((form == ROLLING) & (kg >= DRIVEN_KG), DECK),
        (((form == LIQUID) | (form == GAS)) & loose, TANK),
        ((form == DRY_BULK) & loose, BULK),
        (kg >= LARGEST_IN_BOXES_KG, BREAK_BULK),
    )
    return np.select([holds for holds, _ in cases], [where for _, where in cases], BOX).astype(np.int8)
