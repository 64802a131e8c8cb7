"""Claims for refund of duty on imported goods that leave again (drawback)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from cep_toolkit.world.population import Ints
from cep_toolkit.world.society import CLAIMED, Society
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typology import REFUNDS

if TYPE_CHECKING:
    from cep_toolkit.world.consignments import Consignments

WEIGHING_ERROR = 0.01


@dataclass(frozen=True)
class Refunds:
    """Goods that left again; every field is an array.

    Parameters
    ----------
    number, owner, day : array
        Number of the import declaration, its relation, day of the claim.
    imported_grams, grams : array
        Net mass imported, and net mass that really left.
    """

    traffic: ClassVar[str] = REFUNDS
    number: Ints
    owner: Ints
    day: Ints
    imported_grams: Ints
    grams: Ints


@dataclass
class Claimed:
    """What the claim says.

    Parameters
    ----------
    grams : array
        Net mass claimed to have left.
    """

    grams: Ints


def refunds(made: Consignments, duty: Ints, society: Society, streams: Streams) -> Refunds:
    """Return the claims that follow from one block of consignments, where ``duty`` was paid."""
    rows = made.rows
    u = {what: streams.uniform(REFUNDS, what, ids=rows.number) for what in ("claims", "share", "wait")}
    hit = np.flatnonzero(society.sells_on[rows.relation] & (u["claims"] < CLAIMED) & (duty > 0))
    imported = made.said.grams[hit]
    return Refunds(
        number=rows.number[hit],
        owner=rows.relation[hit],
        day=rows.day[hit] + 15 + np.floor(90 * u["wait"][hit]).astype(np.int64),
        imported_grams=imported,
        grams=np.maximum(np.rint(imported * (0.1 + 0.6 * u["share"][hit])), 1).astype(np.int64),
    )


def claimed(rows: Refunds, streams: Streams) -> Claimed:
    """Return honest claims: scales err a little."""
    u = streams.uniform(REFUNDS, "scales", ids=rows.number)
    grams = np.rint(rows.grams * (1 + WEIGHING_ERROR * (2 * u - 1))).astype(np.int64)
    return Claimed(grams=np.clip(grams, 1, rows.imported_grams))


def joined(parts: list[Refunds]) -> Refunds:
    """Return the claims of several blocks as one."""
    names = [field.name for field in fields(Refunds)]
    return Refunds(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})
