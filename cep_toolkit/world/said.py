"""What the papers of consignments say, before and after a plot changes them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.streams import Streams

VAGUE, RULINGS = 0.12, 0.004


@dataclass
class Said:
    """What the papers of a block's declarations say; a plot changes it, row by row.

    Parameters
    ----------
    line : array
        The subheading declared.
    described : array
        The subheading whose goods the description names.
    vague : array of bool
        Whether the description is too general to tell it from its neighbours.
    ruling : array of bool
        Whether an advance ruling is quoted.
    origin : array
        The partner declared as origin.
    invoice : array
        Invoice value, in minor units of its currency.
    grams, gross_grams : array
        Net and gross mass.
    """

    line: Ints
    described: Ints
    vague: NDArray[np.bool_]
    ruling: NDArray[np.bool_]
    origin: Ints
    invoice: Ints
    grams: Ints
    gross_grams: Ints

    def at(self, places: Ints) -> Said:
        """Return what is said of some of the consignments."""
        return Said(**{field.name: getattr(self, field.name)[places] for field in fields(self)})


def honest(rows: Rows, streams: Streams) -> Said:
    """Return papers that say what is so, before any plot."""
    u = streams.uniform("papers", ids=rows.number)
    return Said(
        line=rows.line.copy(),
        described=rows.line.copy(),
        vague=u < VAGUE,
        ruling=u > 1 - RULINGS,
        origin=rows.origin.copy(),
        invoice=rows.invoice.copy(),
        grams=rows.grams.copy(),
        gross_grams=rows.gross_grams.copy(),
    )
