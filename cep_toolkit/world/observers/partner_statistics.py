"""What the partners' statistics say of exports to the host: made from what really moved, with honest faults.

Beside the host's imports they are mirror statistics. Price, goods, mass and place are the true ones; the gaps that
remain are innocent: freight and insurance, time at sea, goods counted by a hub, slips of the pen, confidential cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays
from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import declarations
from cep_toolkit.world.observers.declarations import Block
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.reality import FIRST_DAY, FREIGHT_PER_KG, MOST_FREIGHT, WEEKS
from cep_toolkit.world.region import Floats

QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")
STARTS = np.array(["2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01"], dtype="datetime64[D]")
ON_THE_WAY = {"air": (1, 4), "post": (4, 12), "rail": (6, 16), "road": (1, 6), "sea": (12, 45)}
"""Days from export to the import declaration."""
LEAST_VALUE = 100.0
"""Consignments worth less are left out of the statistics, in the reference currency."""
OTHER_CODE, NOT_RECORDED, KNOWS_LAST_PLACE = 0.015, 0.01, 0.25
VALUE_ERROR, MASS_ERROR = 0.02, 0.02
FEW_TRADERS, ASKS_FOR_SECRECY = 3, 0.08
ABSENT_FOR_EACH_MISSING = 0.3


@dataclass(frozen=True)
class Exports:
    """Exports as partners recorded them; every field is an array.

    Parameters
    ----------
    cell : array
        Subheading, partner and quarter as one number; see ``cell``.
    value : array
        Free on board (FOB), in the partner's currency.
    grams : array
    trader : array
        Who exported: the seller, or at the place of origin the maker behind a hub's seller.
    """

    cell: Ints
    value: Floats
    grams: Floats
    trader: Ints


def table(engine: Engine) -> pd.DataFrame:
    """Return value and mass of exports to the host by subheading, partner and quarter."""
    size = len(engine.region.lines) * len(engine.region.partners) * len(QUARTERS)
    value, grams, count, pairs = _summed(each_block(engine, lambda n: _of_block(engine, n)), size)
    secret = _confidential(engine, pairs, size)
    kept = np.flatnonzero((count > 0) & _reported(engine, size))
    line, partner, quarter = split(engine, kept)
    table = engine.region.partner_table
    codes = sorted(set(table["currency"]))
    currency = np.array([codes.index(code) for code in table["currency"]])
    hidden = secret[kept]
    return pd.DataFrame(
        {
            "statistic_id": PublicIds(engine.streams, "statistic").public(kept),
            "hs": arrays.categories(line, list(engine.region.lines["hs"])),
            "partner": arrays.categories(partner, engine.region.partners),
            "quarter": arrays.categories(quarter, list(QUARTERS)),
            "export_value": np.where(hidden, np.nan, np.rint(value[kept])),
            "currency": arrays.categories(currency[partner], codes),
            "exchange_rate": _rates(engine)[quarter, partner],
            "export_mass_kg": np.where(hidden, np.nan, np.rint(grams[kept] / 1000)),
            "consignments": np.where(hidden, np.nan, count[kept]),
            "confidential": hidden,
        }
    )


def cell(engine: Engine, line: Ints, partner: Ints, quarter: Ints) -> Ints:
    """Return subheading, partner and quarter as one number."""
    return (line * len(engine.region.partners) + partner) * len(QUARTERS) + quarter


def split(engine: Engine, cells: Ints) -> tuple[Ints, Ints, Ints]:
    """Return subheading, partner and quarter of cells."""
    pair, quarter = np.divmod(cells, len(QUARTERS))
    line, partner = np.divmod(pair, len(engine.region.partners))
    return line, partner, quarter


def quarters(day: Ints) -> Ints:
    """Return the quarter of days since the first of the year; its last days belong to the year that they close."""
    return np.searchsorted(STARTS, FIRST_DAY + day.astype("timedelta64[D]"), "right") - 1


def _summed(blocks: Iterable[Exports], size: int) -> tuple[Floats, Floats, Ints, Ints]:
    """Return value, mass and number by cell, and every cell with each of its traders, once."""
    value, grams, count = np.zeros(size), np.zeros(size), np.zeros(size, dtype=np.int64)
    pairs: list[Ints] = []
    for made in blocks:
        value += np.bincount(made.cell, made.value, size)
        grams += np.bincount(made.cell, made.grams, size)
        count += np.bincount(made.cell, minlength=size)
        pairs.append(_distinct(made.trader * size + made.cell))
    return value, grams, count, _distinct(np.concatenate(pairs))


def _distinct(numbers: Ints) -> Ints:
    """Return each number once; to sort is faster here than numpy's own way by hashing."""
    ordered = np.sort(numbers)
    first = np.append(True, ordered[1:] != ordered[:-1])
    return np.asarray(ordered[first])


def _confidential(engine: Engine, pairs: Ints, size: int) -> NDArray[np.bool_]:
    """Return cells kept secret: few traders, one of whom asked for it (passive confidentiality)."""
    trader, cells = np.divmod(pairs, size)
    asks = engine.streams.uniform("statistic", "secrecy", ids=trader) < ASKS_FOR_SECRECY
    traders = np.bincount(cells, minlength=size)
    return np.asarray((traders <= FEW_TRADERS) & (np.bincount(cells[asks], minlength=size) > 0))


def _reported(engine: Engine, size: int) -> NDArray[np.bool_]:
    """Return the cells of partners and quarters that are published; some are not, or not yet."""
    each = len(engine.region.partners) * len(QUARTERS)
    u = engine.streams.uniform("statistic", "published", ids=np.arange(each))
    return np.tile(u >= ABSENT_FOR_EACH_MISSING * engine.knobs.missing, size // each)


def _rates(engine: Engine) -> Floats:
    """Return the mean rate of each quarter: host currency for one unit of each partner's."""
    rates = engine.reality.rates[:, 1:]
    of_week = quarters(np.arange(WEEKS) * 7)
    mean = [rates[of_week == quarter].mean(axis=0) for quarter in range(len(QUARTERS))]
    return np.char.mod("%.5e", np.array(mean)).astype(np.float64)


def _of_block(engine: Engine, number: int) -> Exports:
    """Return what the place of departure recorded, and now and then the place of origin beside it."""
    block = declarations.block(engine, number)
    rows = block.made.rows
    relation = engine.population.relations
    departure, supplier = relation.departure[rows.relation], relation.supplier[rows.relation]
    decide = partial(engine.streams.uniform, "statistic", ids=rows.number)
    value = _fob(engine, block) * (1 + VALUE_ERROR * (2 * decide("value") - 1))
    grams = block.made.true("grams") * (1 + MASS_ERROR * (2 * decide("mass") - 1))
    line, quarter = _recorded_line(engine, block), _quarter(engine, block)
    kept = (value * engine.region.host_rate >= LEAST_VALUE) & (decide("recorded") >= NOT_RECORDED)
    origin = block.made.true("origin")
    twice = kept & (origin != departure) & (decide("last place") < KNOWS_LAST_PLACE)
    week = np.minimum(rows.day // 7, WEEKS - 1)
    parts = []
    for partner, at in ((departure, np.flatnonzero(kept)), (origin, np.flatnonzero(twice))):
        rate = engine.reality.rates[week[at], partner[at] + 1]
        where = cell(engine, line[at], partner[at], quarter[at])
        parts.append((where, value[at] / rate, grams[at].astype(float), supplier[at]))
    return Exports(*(np.concatenate(field) for field in zip(*parts, strict=True)))


def _fob(engine: Engine, block: Block) -> Floats:
    """Return the value at the border of departure in the host's currency: the true price less freight and insurance."""
    rows, reality = block.made.rows, engine.reality
    price = arrays.major(block.made.true("invoice"), reality.currency_decimals[rows.currency]) * rows.rate
    included = reality.incoterms[["freight_included", "insurance_included"]].to_numpy(dtype=bool)[rows.incoterm]
    u = {w: engine.streams.uniform("statistic", w, ids=rows.number) for w in ("freight", "insurance")}
    each = np.array([FREIGHT_PER_KG[mode] for mode in MODES])[rows.mode] / engine.region.host_rate
    freight = each * (0.7 + 0.6 * u["freight"]) * block.made.true("grams") / 1000
    freight = np.minimum(freight, price * MOST_FREIGHT * (0.6 + 0.4 * u["freight"]))
    insurance = price * (0.002 + 0.003 * u["insurance"])
    return np.asarray(price - np.where(included[:, 0], freight, 0) - np.where(included[:, 1], insurance, 0))


def _recorded_line(engine: Engine, block: Block) -> Ints:
    """Return the true subheading, or by an exporter's mistake one of its neighbours."""
    line: Ints = block.made.true("line")
    pairs = engine.region.pairs
    first = np.searchsorted(pairs[:, 0], line)
    several = np.bincount(pairs[:, 0], minlength=len(engine.region.lines))[line]
    number = block.made.rows.number
    slips = (several > 0) & (engine.streams.uniform("statistic", "code", ids=number) < OTHER_CODE)
    pick = engine.streams.mixed("statistic", "neighbour", ids=number[slips]) % several[slips].astype(np.uint64)
    recorded = line.copy()
    recorded[slips] = pairs[first[slips] + pick.astype(np.int64), 1]
    return recorded


def _quarter(engine: Engine, block: Block) -> Ints:
    """Return the quarter of export. What left before the year makes room for as much that is at sea at its end."""
    rows = block.made.rows
    low, high = np.array([ON_THE_WAY[mode] for mode in MODES])[rows.mode].T
    u: Any = engine.streams.uniform("statistic", "days", ids=rows.number)
    day = rows.day - np.floor(low + u * (high - low + 1)).astype(np.int64)
    return quarters(day % (WEEKS * 7))
