"""Layer 4: the frame of what is known, one row a person and act: who, how, what is said of it, and how truly."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats

HOW = ("did", "took_part", "saw", "was_told", "document")
TELLS = ("true", "error", "lie")
NOTHING = -1
"""The kind in the version of somebody who says that nothing happened."""


@dataclass(frozen=True)
class Known:
    """What is known, one row a person and act; every field is an array.

    Parameters
    ----------
    key : array of uint64
        Names the row whatever else there is.
    act : array
        Place in ``acts``; -1 where nothing lies behind what is said.
    person : array
        Who knows, as an entity; ``NOWHERE`` where a document does.
    how, tells : array
        Places in ``HOW`` and ``TELLS``.
    kind : array
        What is said to have been done, a place in ``kinds()``; ``NOTHING`` where it is denied.
    subject, other : array
        By whom and with whom, as is said.
    day, amount : array
        When, and how much money, as is said.
    misnamed : array of bool
        Whether the name of the subject is confused with one much like it; see ``as_said``.
    """

    key: NDArray[np.uint64]
    act: Ints
    person: Ints
    how: Ints
    tells: Ints
    kind: Ints
    subject: Ints
    other: Ints
    day: Ints
    amount: Floats
    misnamed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.key)

    def at(self, places: Ints) -> Known:
        """Return some of the rows."""
        return Known(**{field.name: getattr(self, field.name)[places] for field in fields(self)})

    def replaced(self, **columns: NDArray[np.generic]) -> Known:
        """Return the rows with other values in some columns."""
        return Known(**{field.name: columns.get(field.name, getattr(self, field.name)) for field in fields(self)})


def joined(parts: list[Known]) -> Known:
    """Return the rows of all parts."""
    return Known(**{field.name: np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(Known)})
