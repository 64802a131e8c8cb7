"""All administrations of the region, the host among them: their offices, and how trade flows between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import geography, reference
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import ORIGIN_SLOPE, Floats, Region

KINDS_OF_OFFICE = ("airport", "inland", "land", "post", "seaport")
SEIZES_BY_TRADE = 0.5
"""An administration's seizures grow with this power of its trade."""


@dataclass(frozen=True)
class Territories:
    """The region's administrations, numbered in the order of their codes.

    Parameters
    ----------
    codes : list of str
    names : array of str
    host : int
        Number of the host.
    offices : DataFrame
        Every office: ``administration`` (number), ``town``, ``kind``, ``x``, ``y`` (nautical miles).
    seats : array (administrations, 2)
        Where each capital lies.
    flows : array (administrations, administrations)
        Share of each partner (column) in the trade of each administration (row).
    size : array
        Share of each administration in the seizures of the region.
    """

    codes: list[str]
    names: NDArray[np.object_]
    host: int
    offices: pd.DataFrame
    seats: Floats
    flows: Floats
    size: Floats

    @cached_property
    def of_partner(self) -> Ints:
        """Number here of each partner of the host."""
        return np.delete(np.arange(len(self.codes)), self.host)

    @cached_property
    def first_host_office(self) -> int:
        """Number of the host's first office."""
        return int(np.flatnonzero(self.offices["administration"] == self.host)[0])

    def partner(self, administration: Ints, u: Floats) -> Ints:
        """Return a partner of each administration, drawn by its share in that administration's trade."""
        cdf = np.cumsum(self.flows, axis=1)[administration]
        return np.asarray(np.minimum((cdf < u[:, None]).sum(axis=1), len(self.codes) - 1))

    def has(self, kind: str) -> NDArray[np.bool_]:
        """Return whether each administration has an office of a kind."""
        return np.asarray(self._offices_of_kind[1][:, KINDS_OF_OFFICE.index(kind)] > 0)

    def office(self, administration: Ints, kind: NDArray[np.object_], u: Floats) -> Ints:
        """Return an office of each administration, of the kind if it has one, else an inland one."""
        start, count = self._offices_of_kind
        wanted = np.searchsorted(KINDS_OF_OFFICE, kind.astype("str"))
        wanted = np.where(count[administration, wanted] > 0, wanted, KINDS_OF_OFFICE.index("inland"))
        place = start[administration, wanted] + np.floor(u * count[administration, wanted]).astype(np.int64)
        return self._by_kind[place]

    def other_office(self, office: Ints, u: Floats) -> Ints:
        """Return for each office another one of the same administration."""
        start, count = self._offices_of_kind
        of = self.offices["administration"].to_numpy()[office]
        first, some = start[of, 0], count[of].sum(axis=1)
        step = 1 + np.floor(u * (some - 1)).astype(np.int64)
        return np.asarray(self._by_kind[first + (np.argsort(self._by_kind)[office] - first + step) % some])

    @cached_property
    def _by_kind(self) -> Ints:
        """Numbers of the offices by administration and kind."""
        kind = np.searchsorted(KINDS_OF_OFFICE, self.offices["kind"].to_numpy(dtype="str"))
        return np.argsort(self.offices["administration"].to_numpy() * len(KINDS_OF_OFFICE) + kind, kind="stable")

    @cached_property
    def _offices_of_kind(self) -> tuple[Ints, Ints]:
        """First place in ``_by_kind``, and how many, of each administration (row) and kind (column)."""
        kind = np.searchsorted(KINDS_OF_OFFICE, self.offices["kind"].to_numpy(dtype="str"))
        cell = self.offices["administration"].to_numpy() * len(KINDS_OF_OFFICE) + kind
        count = np.bincount(cell, minlength=len(self.codes) * len(KINDS_OF_OFFICE))
        shape = (len(self.codes), len(KINDS_OF_OFFICE))
        return (np.cumsum(count) - count).reshape(shape), count.reshape(shape)


@lru_cache(maxsize=2)
def territories(engine: Engine) -> Territories:
    """Return the administrations of a world; the last ones are kept, for the tables that share them."""
    region, host = engine.region, engine.region.host
    table = reference.load("administrations")
    own = table["code"] == host.place
    table["code"], table["name"] = table["code"].mask(own, host.code), table["name"].mask(own, host.name)
    table = table.assign(place=reference.load("administrations")["code"])
    table = table.sort_values("code", ignore_index=True)
    number = {place: i for i, place in enumerate(table["place"])}
    offices = geography.office_places().merge(reference.load("offices")[["office", "name"]], on="office")
    offices["town"] = offices["name"].str.split().str[0]
    offices["administration"] = offices["administration"].map(number)
    at = geography.seats()
    weight = table["trade_weight"].to_numpy(dtype=float)
    size = weight**SEIZES_BY_TRADE
    return Territories(
        codes=list(table["code"]),
        names=table["name"].to_numpy(dtype=object),
        host=list(table["code"]).index(host.code),
        offices=offices.sort_values("office", ignore_index=True)[["administration", "town", "name", "kind", "x", "y"]],
        seats=np.array([at[place] for place in table["place"]], dtype=float),
        flows=_flows(region, weight, number[host.place]),
        size=size / size.sum(),
    )


def _flows(region: Region, weight: Floats, host: int) -> Floats:
    """Return trade shares: by size of the partner; for the host those of its own imports."""
    rank = np.argsort(np.argsort(-weight)) + 1.0
    share = np.tile(rank**-ORIGIN_SLOPE, (len(weight), 1))
    np.fill_diagonal(share, 0.0)
    of_sector = np.bincount(region.sector_of, region.line_weight)
    own = of_sector @ np.diff(region.partner_cdf, axis=1, prepend=0.0)
    share[host] = np.insert(own, host, 0.0)
    return np.asarray(share / share.sum(axis=1, keepdims=True))
