"""The invented region and its tariff as arrays: what every layer looks up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import reference
from cep_toolkit.world.forms import Forms, forms_of
from cep_toolkit.world.host import Host
from cep_toolkit.world.neighbours import Neighbours, neighbours
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.tariff_level import invented_tariff, national_tariff

Floats = NDArray[np.float64]

ORIGIN_SLOPE = 1.9
LINE_SLOPE = 1.0
PARTNER_TASTE = 0.45
PRICE_BY_ORIGIN = 0.22
PREFERENCE_PARTNERS = 7


@dataclass(frozen=True)
class Region:
    """The host, its partners and its tariff.

    Parameters
    ----------
    host : Host
    partners : list of str
        Codes of the others, in the order used by every ``origin`` number.
    partner_cdf : array (sectors, partners)
        Cumulative shares of the host's imports, one row a sector.
    lines : DataFrame
        The tariff, one row a subheading, in the order used by every ``line`` number.
    line_weight : array (lines,)
        Share of the host's declarations.
    sector_of, chapter_of : array (lines,)
        Numbers of sector and chapter of each line.
    price_effect : array (lines, partners)
        Difference of the logarithm of the price from the line's typical price.
    preferential : array (partners,) of bool
        Partners under a trade agreement with the host.
    """

    host: Host
    partners: list[str]
    partner_table: pd.DataFrame
    partner_cdf: Floats
    lines: pd.DataFrame
    line_weight: Floats
    sector_of: NDArray[np.int16]
    price_effect: Floats
    preferential: NDArray[np.bool_]
    offices: pd.DataFrame

    @cached_property
    def forms(self) -> Forms:
        """In which form the goods of each line travel."""
        return forms_of(tuple(self.lines["hs"]))

    @cached_property
    def neighbours(self) -> Neighbours:
        """Who lies next to the host, and to each other."""
        return neighbours(self.host.place)

    @cached_property
    def pairs(self) -> NDArray[np.int64]:
        """Every line with each of its neighbours, as numbers of lines: (pairs, 2)."""
        place = {hs: i for i, hs in enumerate(self.lines["hs"])}
        found = [(i, place[hs]) for i, near in enumerate(self.lines["neighbours"]) for hs in near.split(";") if hs]
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    def neighbour(self, fits: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for each line the neighbour with the lowest duty among the ``pairs`` that fit, -1 for none."""
        duty = self.lines["duty_rate"].to_numpy(dtype=float)
        here, there = self.pairs[fits].T
        order = np.argsort(-duty[there], kind="stable")  # the lowest is written last and stays
        result = np.full(len(duty), -1)
        result[here[order]] = there[order]
        return result

    @classmethod
    def of(cls, host: str, streams: Streams) -> Region:
        """Return the region as the host administration sees it; a real one is where an invented one steps aside."""
        own = Host.of(host)
        partner_table = reference.load("administrations").set_index("code").drop(index=own.place).sort_index()
        lines = _tariff(own)
        sectors, sector_of = np.unique(lines["sector"].to_numpy(dtype=object), return_inverse=True)
        return cls(
            host=own,
            partners=list(partner_table.index),
            partner_table=partner_table,
            partner_cdf=_partner_cdf(partner_table, len(sectors), streams),
            lines=lines,
            line_weight=_zipf(lines["popularity"].to_numpy(), LINE_SLOPE),
            sector_of=sector_of.astype(np.int16),
            price_effect=_normal_matrix(streams, "prices", len(lines), len(partner_table)) * PRICE_BY_ORIGIN,
            preferential=_preferential(partner_table, streams) & bool((lines["duty_rate"] > 0).any()),
            offices=_offices(own),
        )

    @property
    def everyone(self) -> list[str]:
        """Codes of the host and, after it, of the partners."""
        return [self.host.code, *self.partners]

    @property
    def places(self) -> list[str]:
        """The same as places of the invented region: a real host has the place of the one that steps aside."""
        return [self.host.place, *self.partners]

    @property
    def currency(self) -> str:
        """Code of the host's currency."""
        return self.host.currency

    @property
    def decimals(self) -> int:
        """Decimal places of the host's amounts."""
        return self.host.decimals

    @property
    def host_rate(self) -> float:
        """Reference currency for one unit of the host's."""
        return self.host.rate


def _tariff(host: Host) -> pd.DataFrame:
    lines = reference.load("tariff").sort_values("hs").reset_index(drop=True)
    return national_tariff(lines, host.code) if host.national else invented_tariff(lines, host.code)


def _offices(host: Host) -> pd.DataFrame:
    """Return the host's offices; a real host's have its code and two digits, which are nobody's UN/LOCODE."""
    table = reference.load("offices")
    own = table[table["administration"] == host.place].reset_index(drop=True)
    if not host.national:
        return own
    codes = host.code + own["office"].str[2:]
    return own.assign(administration=host.code, office=codes, locode=codes)


def _zipf(order: NDArray[np.generic], slope: float) -> Floats:
    """Return weights that fall with rank; the smallest ``order`` comes first."""
    rank = np.argsort(np.argsort(order)) + 1.0
    weight = rank**-slope
    return np.asarray(weight / weight.sum())


def _partner_cdf(partners: pd.DataFrame, sectors: int, streams: Streams) -> Floats:
    overall = _zipf(-partners["trade_weight"].to_numpy(dtype=float), ORIGIN_SLOPE)
    taste = np.exp(PARTNER_TASTE * _normal_matrix(streams, "partners", sectors, len(partners)))
    share = overall * taste
    return np.asarray(np.cumsum(share / share.sum(axis=1, keepdims=True), axis=1))


def _normal_matrix(streams: Streams, name: str, rows: int, columns: int) -> Floats:
    return streams.rng("region", name).standard_normal((rows, columns))


def _preferential(partners: pd.DataFrame, streams: Streams) -> NDArray[np.bool_]:
    """Return the partners under a trade agreement: some of those beyond the largest two."""
    smaller = np.argsort(-partners["trade_weight"].to_numpy(dtype=float), kind="stable")[2:]
    chosen = np.zeros(len(partners), dtype=bool)
    chosen[streams.rng("region", "agreements").permutation(smaller)[:PREFERENCE_PARTNERS]] = True
    return chosen
