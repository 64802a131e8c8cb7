"""Layer 2: what really moved, at what price, consignment by consignment.

Made in blocks of ``BLOCK`` declarations, each from a stream of its own, so that any part of a
large world can be made alone.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference
from cep_toolkit.world.forms import BULK, LIVE, TANK, hold
from cep_toolkit.world.population import BLOCK, MODES, Ints, Population, relation_of
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typology import CONSIGNMENTS

FIRST_DAY = np.datetime64("2025-01-06")
WEEKS = 52
WEEKDAY_SHARES = (0.29, 0.19, 0.16, 0.16, 0.16, 0.03, 0.01)
BELOW_TYPICAL, SD_BY_CONSIGNMENT, MASS_BY_LINE = -1.9, 4.0, 0.8
LARGE, ABOVE_LARGE, LARGEST = 1.6, 0.35, 4.0
PRICE_BY_RELATION, PRICE_BY_ROW = 0.60, 0.72
SIZE_DISCOUNT = 0.03
RATE_STEP = 0.004
FREIGHT_PER_KG = {"air": 2.2, "post": 3.0, "rail": 0.18, "road": 0.15, "sea": 0.08}
MOST_FREIGHT = 0.35
DE_MINIMIS, MOST_KG = 5.0, 25_000_000
LEAST_KG_BY_SEA, HEAVY_PIECE_KG = 40.0, 40.0
MOST_KG_BY_ROAD, MOST_PACKAGES = 26_000.0, 999_999


@dataclass(frozen=True)
class Rows:
    """The consignments of one block as they really were; every field is an array.

    Parameters
    ----------
    number : array
        Internal number of the declaration.
    relation, trader, line, origin : array
        Numbers in the population, the tariff and the region.
    day : array
        Days since ``FIRST_DAY``.
    grams, gross_grams : array
        Net and gross mass.
    lightness : array
        Difference of the logarithm of the number of pieces from the line's for this mass.
    packages : array
    mode, incoterm, currency : array
        Numbers in ``MODES``, ``Reality.incoterms`` and ``Reality.currencies``.
    rate : array
        Host currency for one unit of the invoice's currency.
    invoice : array
        What the buyer really pays, in minor units of the invoice's currency.
    freight, insurance : array
        Costs to the border that the invoice does not include, in minor units of the host.
    """

    traffic: ClassVar[str] = CONSIGNMENTS
    number: Ints
    relation: Ints
    trader: Ints
    line: Ints
    origin: Ints
    day: Ints
    grams: Ints
    gross_grams: Ints
    lightness: Floats
    packages: Ints
    mode: Ints
    incoterm: Ints
    currency: Ints
    rate: Floats
    invoice: Ints
    freight: Ints
    insurance: Ints

    def at(self, places: Ints) -> Rows:
        """Return some of the consignments."""
        return Rows(**{field.name: getattr(self, field.name)[places] for field in fields(self)})

    @property
    def owner(self) -> Ints:
        """The relation, as plots call it."""
        return self.relation


class Reality:
    """The year's consignments of a population."""

    def __init__(self, region: Region, population: Population, streams: Streams, declarations: int) -> None:
        self.region, self.population = region, population
        self._streams, self.size = streams, declarations
        self.incoterms = reference.load("incoterms")
        self.currencies = [region.currency, *region.partner_table["currency"]]
        self.currency_decimals = np.array([region.decimals, *region.partner_table["currency_decimals"]], dtype=np.int64)

    @property
    def blocks(self) -> range:
        """Numbers of the blocks."""
        return range(-(-self.size // BLOCK))

    @cached_property
    def relation(self) -> Ints:
        """The relation of every declaration of the year."""
        return np.concatenate([self._relations(block).astype(np.int32) for block in self.blocks])

    @cached_property
    def day(self) -> Ints:
        """The day of every declaration of the year, counted from ``FIRST_DAY``."""
        return np.concatenate([self._days(block).astype(np.int32) for block in self.blocks])

    @cached_property
    def rates(self) -> Floats:
        """Host currency for one unit of each currency, week by week: (weeks, currencies)."""
        table = self.region.partner_table
        level = np.array([self.region.host_rate, *table["rate"]], dtype=float)
        steps = self._rng("rates").standard_normal((WEEKS, len(level))) * RATE_STEP
        steps[:, 0] = 0.0
        rate = level / self.region.host_rate * np.exp(np.cumsum(steps, axis=0))
        return _significant(rate)

    def block(self, block: int) -> Rows:
        """Return the consignments of one block."""
        numbers = self._numbers(block)
        relation, day = self.relation[numbers], self.day[numbers]
        habits = self.population.relations
        u = self._rng("uniform", block).random((BLOCK, 8))[: len(numbers)].T
        z = self._rng("normal", block).standard_normal((BLOCK, 3))[: len(numbers)].T
        line, origin = habits.line[relation], habits.origin[relation]
        kg = self._kilograms(line, habits.mass[relation], z[0])
        mode = self._possible_mode(habits.mode[relation], line, kg)
        price = self._price(line, origin, habits.price[relation], kg, z[1], u[0])
        host_minor = price * kg / self.region.host_rate * 10.0**self.region.decimals
        incoterm = self._incoterm(mode, u[1])
        freight, insurance = self._costs(host_minor, kg, mode, u[2], u[3])
        included = self._included[incoterm]
        freight = np.where(included[:, 0], 0, freight)
        insurance = np.where(included[:, 1], 0, insurance)
        currency = (np.where(u[4] < 0.6, habits.departure[relation], self._main) + 1).astype(np.int8)
        rate = self.rates[np.minimum(day // 7, WEEKS - 1), currency]
        invoice = (host_minor - freight - insurance) / rate
        invoice *= 10.0 ** (self.currency_decimals[currency] - self.region.decimals)
        grams = np.maximum(np.rint(kg * 1000), 1).astype(np.int64)
        gross_grams = np.rint(grams * (1.02 + 0.16 * u[6])).astype(np.int64)
        return Rows(
            number=numbers,
            relation=relation,
            trader=habits.trader[relation],
            line=line,
            origin=origin,
            day=day,
            grams=grams,
            gross_grams=gross_grams,
            lightness=0.12 * z[2],
            packages=self._packages(line, mode, gross_grams, kg, u[5]),
            mode=mode,
            incoterm=incoterm,
            currency=currency,
            rate=rate,
            invoice=np.maximum(np.rint(invoice), 1).astype(np.int64),
            freight=freight.astype(np.int64),
            insurance=insurance.astype(np.int64),
        )

    def _numbers(self, block: int) -> Ints:
        return np.arange(block * BLOCK, min((block + 1) * BLOCK, self.size))

    def _relations(self, block: int) -> Ints:
        traders, numbers = self.population.traders, self._numbers(block)
        trader = self._trader[numbers]
        slot = self._rng("relation", block).random(BLOCK)[: len(numbers)]
        first = traders.relations[trader]
        return np.asarray(first + relation_of(slot, traders.relations[trader + 1] - first))

    @cached_property
    def _trader(self) -> Ints:
        """The trader of every declaration of the year."""
        count = self.population.traders.count
        return np.repeat(np.arange(len(count), dtype=np.int32), count)

    def _days(self, block: int) -> Ints:
        u = self._rng("day", block).random((BLOCK, 2))[: len(self._numbers(block))].T
        weekday = np.searchsorted(np.cumsum(WEEKDAY_SHARES), u[0], side="right")
        return np.asarray(np.floor(u[1] * WEEKS).astype(np.int64) * 7 + np.minimum(weekday, 6))

    def _kilograms(self, line: Ints, habit: Floats, z: Floats) -> Floats:
        """Return net mass: mostly below the line's usual consignment, rarely far above it."""
        typical = np.log(self.region.lines["typical_mass_kg"].to_numpy(dtype=float))
        usual = self.region.line_weight @ typical
        typical = (usual + MASS_BY_LINE * (typical - usual))[line]
        above = BELOW_TYPICAL + SD_BY_CONSIGNMENT * (0.8 * habit + 0.6 * z)
        room = LARGEST - LARGE
        above = np.where(above > LARGE, LARGE + room * -np.expm1(-ABOVE_LARGE / room * (above - LARGE)), above)
        kg, least = np.exp(typical + above), self._least_kg[line]
        return np.asarray(np.where(kg < least, least * np.exp(0.3 * np.abs(z)), np.minimum(kg, MOST_KG)))

    @cached_property
    def _least_kg(self) -> Floats:
        """What is worth less is not declared (de minimis); goods that are counted weigh at least one light piece."""
        lines = self.region.lines
        counted = lines["unit"].isin(["u", "pa"]).to_numpy()
        each = lines["kg_per_unit"].to_numpy(dtype=float)
        worth = np.clip(DE_MINIMIS / lines["price_per_kg"].to_numpy(dtype=float), 0.001, 2.0)
        return np.asarray(np.where(counted, np.maximum(0.7 * each, worth), worth))

    def _price(self, line: Ints, origin: Ints, habit: Floats, kg: Floats, z: Floats, u: Floats) -> Floats:
        """Return reference currency per kg, freight and insurance included."""
        lines = self.region.lines
        level = np.log(lines["price_per_kg"].to_numpy(dtype=float))[line]
        typical = lines["typical_mass_kg"].to_numpy(dtype=float)[line]
        spread = lines["spread"].to_numpy(dtype=float)[line]
        noise = z * np.where(u < 0.04, 1.8, 0.95)
        scatter = spread * (PRICE_BY_RELATION * habit + PRICE_BY_ROW * noise)
        discount = SIZE_DISCOUNT * np.log(kg / typical)
        return np.asarray(np.exp(level + self.region.price_effect[line, origin] + scatter - discount))

    @cached_property
    def _included(self) -> NDArray[np.bool_]:
        return self.incoterms[["freight_included", "insurance_included"]].to_numpy(dtype=bool)

    @cached_property
    def _main(self) -> int:
        return int(np.argmax(self.region.partner_table["trade_weight"].to_numpy(dtype=float)))

    def _possible_mode(self, mode: Ints, line: Ints, kg: Floats) -> Ints:
        """Post takes thirty kilograms, air ten tonnes, a lorry its load; a few kilograms, or animals, do not sail."""
        by_air, by_post, by_road, by_sea = (MODES.index(name) for name in ("air", "post", "road", "sea"))
        alive = self.region.forms.form[line] == LIVE
        small = (mode == by_sea) & (kg < LEAST_KG_BY_SEA)
        mode = np.where((mode == by_post) & (kg > 30) | small | alive & (mode != by_road), by_air, mode)
        mode = np.where((mode == by_air) & (kg > 10_000), np.where(alive, by_road, by_sea), mode)
        return np.where((mode == by_road) & (kg > MOST_KG_BY_ROAD), MODES.index("rail"), mode)

    def _packages(self, line: Ints, mode: Ints, gross_grams: Ints, kg: Floats, u: Floats) -> Ints:
        """Return packages: cartons or bags, heavy pieces one by one, and one for goods loose in a vessel's hold."""
        each = self._heavy_piece_kg[line]
        packages = np.clip(np.rint(kg / np.where(each > 0, each, 8 + 40 * u)), 1, MOST_PACKAGES).astype(np.int64)
        loose = np.isin(hold(self.region.forms, line, gross_grams), (BULK, TANK)) & (mode == MODES.index("sea"))
        return np.where(loose, 1, packages)

    @cached_property
    def _heavy_piece_kg(self) -> Floats:
        """Mass of one piece of goods that are counted and too heavy for a carton; 0 for others."""
        lines = self.region.lines
        each = lines["kg_per_unit"].to_numpy(dtype=float)
        return np.where((lines["unit"] == "u").to_numpy() & (each >= HEAVY_PIECE_KG), each, 0.0)

    def _incoterm(self, mode: Ints, u: Floats) -> Ints:
        """Return a term that fits the mode: four of the eleven are for sea freight only."""
        weight = self.incoterms["weight"].to_numpy(dtype=float)
        ashore = np.where(self.incoterms["sea_only"].to_numpy(dtype=bool), 0.0, weight)
        cdf = np.cumsum([ashore / ashore.sum(), weight / weight.sum()], axis=1)
        at_sea = mode == MODES.index("sea")
        place = np.where(at_sea, np.searchsorted(cdf[1], u, "right"), np.searchsorted(cdf[0], u, "right"))
        return np.minimum(place, len(weight) - 1).astype(np.int8)

    def _costs(self, value: Floats, kg: Floats, mode: Ints, u: Floats, v: Floats) -> tuple[Floats, Floats]:
        tariff = np.array([FREIGHT_PER_KG[name] for name in MODES])[mode]
        freight = tariff * (0.7 + 0.6 * u) * kg / self.region.host_rate * 10.0**self.region.decimals
        freight = np.minimum(freight, value * MOST_FREIGHT * (0.6 + 0.4 * u))
        return np.rint(freight), np.rint(value * (0.002 + 0.003 * v))

    def units(self, line: Ints, grams: Ints, lightness: Floats) -> Ints:
        """Return thousandths of the supplementary unit of a line for a net mass; pieces and pairs are whole."""
        lines = self.region.lines
        each = lines["kg_per_unit"].to_numpy(dtype=float)[line]
        in_kg = (lines["unit"] == "kg").to_numpy()[line]
        whole = lines["unit"].isin(["u", "pa"]).to_numpy()[line]
        quantity = grams / np.where(in_kg, 1.0, each * np.exp(-lightness))
        pieces = np.maximum(np.rint(quantity / 1000), 1) * 1000
        return np.maximum(np.rint(np.where(whole, pieces, quantity)), 1).astype(np.int64)

    def _rng(self, *name: object) -> np.random.Generator:
        return self._streams.rng("reality", *name)


def _significant(values: Floats, digits: int = 6) -> Floats:
    text = np.char.mod(f"%.{digits - 1}e", values)
    return text.astype(np.float64)
