"""Layer 1, second part: people, firms that serve trade, addresses and telephones, and who shares which.

It knows of no scheme. Everybody is numbered from 0: first the residents, then the director of each trader, so that a
larger world begins with the same people. Traders that stopped before the year are numbered from ``FORMER``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference
from cep_toolkit.world.population import Ints, Population
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typology import CONSIGNMENTS, JOURNEYS, PARCELS, REFUNDS, TRANSITS

RESIDENTS = 3_000
FIRM_KINDS = ("carrier", "express", "forwarder", "haulier", "money_service", "warehouse")
FIRM_COUNTS = (14, 6, 40, 80, 20, 50)
CENTRES = 40
LIVES_ABROAD = 0.12
IN_A_CENTRE, WITH_AN_EARLIER = 0.06, 0.08
HOUSEHOLD, AT_THE_FIRM = 0.25, 0.3
TELEPHONE_SHARED = 0.05
FORMER, FORMER_SHARE = 4_000_000, 0.03
FIRM_ABROAD = 0.6
ABROAD_KINDS = ("carrier", "express")
SELLS_ON, CLAIMED = 0.06, 0.4
MOST_OFTEN = 60.0
NEW_TRADER_RISK = 1.7
TRADER, PERSON, FIRM = 0, 1, 2
KINDS = 3


@dataclass(frozen=True)
class People:
    """Residents and, after them, the traders' directors.

    Parameters
    ----------
    job : array
        Place in ``Society.jobs``; -1 for a director.
    home : array
        Number of a partner administration, -1 for the host.
    born : array
        Year.
    travels, receives : array
        How often each crosses the border as a traveller and gets parcels from abroad, as weights.
    """

    job: Ints
    home: Ints
    born: Ints
    travels: Floats
    receives: Floats


class Society:
    """Who lives and works around the trade of one administration."""

    def __init__(self, region: Region, population: Population, streams: Streams) -> None:
        self.region, self.population = region, population
        self._streams = streams

    @cached_property
    def jobs(self) -> list[str]:
        """Words of the jobs."""
        return list(reference.load("jobs")["job"])

    @cached_property
    def people(self) -> People:
        """Everybody."""
        traders = len(self.population.traders.count)
        u = self._rng("residents").random((RESIDENTS, 5)).T
        weight = reference.load("jobs")["weight"].to_numpy(dtype=float)
        cdf = np.cumsum(weight / weight.sum())
        partners = len(self.region.partners)
        abroad = np.floor(u[1] / LIVES_ABROAD * partners).astype(np.int64)
        v = self._rng("directors").random((traders, 2)).T
        return People(
            job=np.concatenate([np.minimum(np.searchsorted(cdf, u[0], "right"), len(cdf) - 1), np.full(traders, -1)]),
            home=np.concatenate([np.where(u[1] < LIVES_ABROAD, abroad, -1), np.full(traders, -1)]),
            born=np.concatenate([1950 + np.floor(u[2] * 57), 1950 + np.floor(v[0] * 50)]).astype(np.int64),
            travels=np.concatenate([_often(u[3]), 0.3 * _often(v[1])]),
            receives=np.concatenate([_often(u[4]), np.full(traders, 0.1)]),
        )

    @cached_property
    def firm_kind(self) -> Ints:
        """Kind of each firm that serves trade, as places in ``FIRM_KINDS``."""
        return np.repeat(np.arange(len(FIRM_KINDS)), FIRM_COUNTS)

    @cached_property
    def firm_weight(self) -> Floats:
        """Share of each firm in the business of its kind: the first of a kind have most."""
        place = np.concatenate([np.arange(count) for count in FIRM_COUNTS])
        return 1.0 / (place + 2.0)

    @cached_property
    def sells_on(self) -> NDArray[np.bool_]:
        """Whether the goods of each relation often leave again, so that duty is claimed back."""
        u = self._streams.uniform("sells on", ids=np.arange(len(self.population.relations.trader)))
        return np.asarray(u < SELLS_ON)

    @staticmethod
    def director(trader: Ints) -> Ints:
        """Return the person who directs each trader."""
        return np.asarray(trader) + RESIDENTS

    def residents(self, jobs: tuple[str, ...]) -> Ints:
        """Return the residents who have one of the jobs and live in the host administration."""
        wanted = [self.jobs.index(job) for job in jobs]
        people = self.people
        return np.flatnonzero(np.isin(people.job, wanted) & (people.home < 0))

    def firms(self, kinds: tuple[str, ...]) -> Ints:
        """Return the firms of some kinds."""
        return np.flatnonzero(np.isin(self.firm_kind, [FIRM_KINDS.index(kind) for kind in kinds]))

    @cached_property
    def firm_home(self) -> Ints:
        """Partner administration of each firm, -1 for the host: most that carry across the border are from abroad."""
        firms = np.arange(len(self.firm_kind))
        u = self._streams.uniform("firm home", ids=firms)
        abroad = np.isin(self.firm_kind, [FIRM_KINDS.index(kind) for kind in ABROAD_KINDS]) & (u < FIRM_ABROAD)
        partner = np.floor(u / FIRM_ABROAD * len(self.region.partners)).astype(np.int64)
        return np.where(abroad, partner, -1)

    @cached_property
    def formers(self) -> Ints:
        """Traders that stopped before the year: ``FORMER`` and the number of a trader.

        Where that trader is new it succeeds the former one: it has its address and its telephone.
        """
        trader = np.arange(len(self.population.traders.count))
        return FORMER + trader[self._streams.uniform("former", ids=trader) < FORMER_SHARE]

    def home(self, kind: int, number: Ints) -> Ints:
        """Return the partner administration where traders, people or firms are at home, -1 for the host."""
        number = np.asarray(number)
        if kind == TRADER:
            return np.full(len(number), -1)
        return (self.people.home if kind == PERSON else self.firm_home)[number]

    def first_of(self, trader: Ints) -> Ints:
        """Return the former trader for those who succeed one, the others themselves."""
        here = np.minimum(trader, len(self.population.traders.new) - 1)
        succeeds = (self._streams.uniform("former", ids=trader) < FORMER_SHARE) & self.population.traders.new[here]
        return np.where(succeeds & (trader < FORMER), FORMER + trader, trader)

    def address(self, kind: int, number: Ints) -> Ints:
        """Return the address of traders, people or firms; below ``CENTRES`` a business centre that many use.

        An address is numbered by whoever had it first; later ones may share it.
        """
        number = np.asarray(number)
        if kind == PERSON:
            return self._home(number)
        first = self.first_of(number) if kind == TRADER else number
        u = self._streams.uniform("address", kind, ids=first)
        v = self._streams.uniform("address", kind, "which", ids=first)
        centre = np.floor(v * CENTRES).astype(np.int64)
        earlier = np.floor(v * (first % FORMER)).astype(np.int64)
        shares = (u >= IN_A_CENTRE) & (u < IN_A_CENTRE + WITH_AN_EARLIER)
        shares &= self.home(kind, earlier) == self.home(kind, number)
        own = _own(kind, np.where(shares, earlier, first))
        return np.where((u < IN_A_CENTRE) & (self.home(kind, number) < 0), centre, own)

    def _home(self, person: Ints) -> Ints:
        u = self._streams.uniform("home", ids=person)
        directs = person >= RESIDENTS
        among = np.where(directs, RESIDENTS, np.minimum(person, RESIDENTS))
        v = self._streams.uniform("home", "with", ids=person)
        with_other = np.floor(v * among).astype(np.int64)
        together = (u < HOUSEHOLD) & (self.people.home[with_other] == self.people.home[person])
        own = _own(PERSON, np.where(together, with_other, person))
        trader = np.maximum(person - RESIDENTS, 0)
        return np.where(directs & (u > 1 - AT_THE_FIRM), self.address(TRADER, trader), own)

    def telephone(self, kind: int, number: Ints) -> Ints:
        """Return the telephone of traders, people or firms, numbered by whoever had it first."""
        number = np.asarray(number)
        first = self.first_of(number) if kind == TRADER else number
        u = self._streams.uniform("telephone", kind, ids=first)
        v = self._streams.uniform("telephone", kind, "which", ids=first)
        earlier = np.floor(v * (first % FORMER)).astype(np.int64)
        shares = (u < TELEPHONE_SHARED) & (self.home(kind, earlier) == self.home(kind, number))
        own = entity(kind, np.where(shares, earlier, first))
        if kind != PERSON:
            return own
        directs = (number >= RESIDENTS) & (u > 1 - TELEPHONE_SHARED)
        return np.where(directs, self.telephone(TRADER, np.maximum(number - RESIDENTS, 0)), own)

    def volume(self, traffic: str) -> Floats:
        """Return how many movements a year are expected of each possible owner of a traffic.

        Owners are relations of traders (consignments, refunds), hauliers among all firms (transits) or people.
        """
        size = float(self.population.relations.weight.sum())
        if traffic == CONSIGNMENTS:
            return self.population.relations.weight
        if traffic == REFUNDS:
            return np.where(self.sells_on, self.population.relations.weight * CLAIMED, 0.0)
        if traffic == TRANSITS:
            hauliers = np.where(self.firm_kind == FIRM_KINDS.index("haulier"), self.firm_weight, 0.0)
            return np.asarray(hauliers / hauliers.sum() * movements(TRANSITS, size))
        weight = self.people.receives if traffic == PARCELS else self.people.travels
        return np.asarray(weight / weight.sum() * movements(traffic, size))

    def exposure(self, traffic: str) -> Floats:
        """Return how exposed each possible owner is to being cast: by volume, new traders more than others."""
        if traffic in (CONSIGNMENTS, REFUNDS):
            return self.volume(traffic) * self._by_age
        return self.volume(traffic)

    @cached_property
    def _by_age(self) -> Floats:
        new = self.population.traders.new[self.population.relations.trader]
        return np.where(new, NEW_TRADER_RISK, 1.0)

    def _rng(self, *name: object) -> np.random.Generator:
        return self._streams.rng("society", *name)


def _often(u: Floats) -> Floats:
    """Return how often, as a weight with a long tail: most rarely, some weekly."""
    return np.asarray(np.minimum((1 - u) ** -0.9 - 0.9, MOST_OFTEN))


FEWEST = {TRANSITS: 800, PARCELS: 1_500, JOURNEYS: 2_000}
FOR_EACH_DECLARATION = {TRANSITS: 0.016, PARCELS: 0.03, JOURNEYS: 0.04}


def movements(traffic: str, declarations: float) -> int:
    """Return how many transits, parcels or journeys a world of so many declarations has.

    Examples
    --------
    >>> movements("transits", 50_000)
    1600
    """
    return FEWEST[traffic] + round(FOR_EACH_DECLARATION[traffic] * declarations)


def entity(kind: int, number: Ints) -> Ints:
    """Return one number for a trader, person or firm, so that all can stand in one column.

    Examples
    --------
    >>> entity(PERSON, np.array([0, 5])).tolist()
    [1, 16]
    """
    return KINDS * np.asarray(number) + kind


def _own(kind: int, number: Ints) -> Ints:
    return CENTRES + entity(kind, number)
