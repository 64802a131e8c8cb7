"""Goods that are seized: kinds from the list of commodities, or goods of the tariff under the group they fall in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference, text
from cep_toolkit.world.arrays import Columns, words
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.typologies.counterfeits import carries_brands

Words = NDArray[np.object_]

OTHER = "other tax and duty evasion"
LEAST_DUTY = 3.0
FACTOR = {"sea": 3.0, "air": 0.8, "road": 1.2, "rail": 1.0, "post": 0.12, "traveller": 0.3, "small_craft": 1.5}
"""How much more or less a seizure of each stream is than the usual one of the same goods."""
LIGHT = ("post", "traveller")
MOST_LIGHT, MOST, LEAST = 1.0, 2.2, -2.5
FALSE_BRAND = "counterfeit "
UNITS = {"kg": "kg", "u": "pieces", "pa": "pieces", "l": "litres", "m2": "kg", "m3": "kg"}
BULKY_KG = 2_000.0
MOST_KG = {"post": 20.0, "traveller": 40.0, "air": 2_500.0, "small_craft": 5_000.0, "road": 24_000.0}


@dataclass(frozen=True)
class Goods:
    """Goods seized; every field is an array.

    Parameters
    ----------
    group, type, hs, unit : array of str
    quantity : array
    price : array
        Reference currency for one unit.
    bulky : array of bool
        Whether it is the load itself rather than hidden in it.
    kg : array
        Mass of all of it.
    """

    group: Words
    type: Words
    hs: Words
    unit: Words
    quantity: Floats
    price: Floats
    bulky: NDArray[np.bool_]
    kg: Floats

    @classmethod
    def of(cls, table: Columns) -> Goods:
        """Return the goods in the columns of a table."""
        return cls(**{field.name: table[field.name] for field in fields(cls)})

    def columns(self) -> Columns:
        """Return one column a field."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def replaced(self, places: Ints, others: Goods) -> Goods:
        """Return the goods with others at some places."""
        made = {name: values.copy() for name, values in self.columns().items()}
        for name, values in made.items():
            values[places] = getattr(others, name)
        return Goods(**made)


def of_commodities(engine: Engine, commodity: Ints, stream: Words, key: NDArray[np.uint64]) -> Goods:
    """Return goods of the list, in a usual quantity for the stream."""
    table = reference.load("commodities")
    spread = table["spread"].to_numpy()[commodity]
    factor, most = _by_stream(stream)
    usual = table["median_quantity"].to_numpy()[commodity] * factor
    each = table["kg_per_unit"].to_numpy()[commodity]
    kg = _carried(engine, usual * np.exp(spread * _normal(engine, key, most)) * each, stream, key)
    quantity = counted(kg / each, table["unit"].to_numpy(dtype=object)[commodity])
    return Goods(
        **{name: table[name].to_numpy(dtype=object)[commodity] for name in ("group", "type", "hs", "unit")},
        quantity=quantity,
        price=table["value_per_unit"].to_numpy()[commodity],
        bulky=table["bulky"].to_numpy()[commodity] & ~np.isin(stream.astype("str"), LIGHT),
        kg=quantity * each,
    )


def of_lines(engine: Engine, group: Words, stream: Words, key: NDArray[np.uint64]) -> Goods:
    """Return goods of the tariff that fall into each group, in a usual quantity for the stream."""
    u = engine.streams.uniform("incident", "line", ids=key)
    line = np.zeros(len(group), dtype=np.int64)
    for word, open_to in tariff_groups(engine).items():
        here = np.flatnonzero(group == word)
        cdf = np.cumsum(engine.region.line_weight[open_to])
        line[here] = open_to[np.minimum(np.searchsorted(cdf, u[here] * cdf[-1], "right"), len(cdf) - 1)]
    typical = engine.region.lines["typical_mass_kg"].to_numpy(dtype=float)[line]
    factor, far = _by_stream(stream)
    kg = 0.4 * typical * factor * np.exp(0.9 * _normal(engine, key, far))
    return named(engine, group, line, _carried(engine, kg, stream, key), stream)


def _carried(engine: Engine, kg: Floats, stream: Words, key: NDArray[np.uint64]) -> Floats:
    """Return masses that one conveyance of each stream takes."""
    most = np.array([MOST_KG.get(word, np.inf) for word in stream.tolist()])
    some = np.minimum(most, kg) * (0.1 + 0.9 * engine.streams.uniform("incident", "room", ids=key))
    return np.where(kg < most, kg, some)


def named(engine: Engine, group: Words, line: Ints, kg: Floats, stream: Words) -> Goods:
    """Return goods of known lines and mass, as a seizure names them."""
    lines, own = engine.region.lines, _own_words(engine)
    each = lines["kg_per_unit"].to_numpy(dtype=float)[line]
    weighed = (lines["unit"].map(UNITS) == "kg").to_numpy()[line]
    listed = (own.group[line] == group) & ~weighed
    per_unit = np.where(weighed, 1.0, each)
    unit = np.where(listed, own.unit[line], lines["unit"].map(UNITS).to_numpy(dtype=object)[line])
    per_kg = lines["price_per_kg"].to_numpy(dtype=float)[line]
    called = np.where(listed, own.type[line], _names(tuple(lines["description"]))[line])
    return Goods(
        group=group,
        type=np.where((group == "IPR") & ~listed, FALSE_BRAND + called, called),
        hs=lines["hs"].to_numpy(dtype=object)[line],
        unit=unit,
        quantity=counted(kg / per_unit, unit),
        price=np.where(listed, own.price[line], per_kg * per_unit),
        bulky=(kg > BULKY_KG) & ~np.isin(stream.astype("str"), LIGHT),
        kg=kg,
    )


@cache
def _names(descriptions: tuple[str, ...]) -> Words:
    return words(text.short_names(descriptions))


@lru_cache(maxsize=2)
def _own_words(engine: Engine) -> Goods:
    """Return for each line of the tariff the commodity of the list that has its code, with an empty group for none."""
    table = reference.load("commodities").drop_duplicates("hs").set_index("hs").reindex(engine.region.lines["hs"])
    names = {name: table[name].fillna("").to_numpy(dtype=object) for name in ("group", "type", "unit")}
    numbers = np.zeros(len(table))
    return Goods(**names, hs=names["type"], quantity=numbers, price=table["value_per_unit"].to_numpy(),
                 bulky=numbers > 0, kg=numbers)  # fmt: skip


def counted(quantity: Floats, unit: Words) -> Floats:
    """Return quantities as they are written: whole pieces, packets of cigarettes, three digits of what is weighed."""
    step = np.maximum(10.0 ** (np.floor(np.log10(np.maximum(quantity, 1e-9))) - 2), 0.001)
    step = np.select([unit == "pieces", unit == "sticks", unit == "currency units"], [1.0, 20.0, 10.0], step)
    return np.asarray(np.round(np.maximum(np.rint(quantity / step), 1) * step, 3))


@lru_cache(maxsize=2)
def tariff_groups(engine: Engine) -> Mapping[str, Ints]:
    """Return the lines of the tariff that may be seized under each group, as numbers of lines."""
    lines = engine.region.lines
    fitting = {
        "CITES": lines["permit"] == "CITES",
        "IPR": carries_brands(lines),
        "precursors": lines["permit"] == "precursor",
        "tobacco": lines["heading"].isin(["2402", "2403", "2404"]),
        OTHER: (lines["permit"] == "") & (lines["duty_rate"] + lines["vat_rate"] >= LEAST_DUTY),
    }
    found = {group: np.flatnonzero(np.asarray(fits)) for group, fits in fitting.items()}
    return {group: places for group, places in found.items() if len(places)}


def _by_stream(stream: Words) -> tuple[Floats, Floats]:
    words = stream.tolist()
    most = np.array([MOST_LIGHT if word in LIGHT else MOST for word in words])
    return np.array([FACTOR[word] for word in words]), most


def _normal(engine: Engine, key: NDArray[np.uint64], most: Floats) -> Floats:
    """Return standard normal numbers (Box and Muller, 1958), folded back at both ends so that none is heaped there."""
    u, v = (engine.streams.uniform("incident", "size", which, ids=key) for which in (0, 1))
    drawn = np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v)
    return np.asarray(np.maximum(np.where(drawn > most, 2 * most - drawn, drawn), LEAST))
