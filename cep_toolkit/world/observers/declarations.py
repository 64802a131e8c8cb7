"""What the declaration system saw: one row a declaration, honest and planted alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, reference, text
from cep_toolkit.world.assessment import Assessed, assess
from cep_toolkit.world.columns import DECLARATIONS
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import lanes
from cep_toolkit.world.plots import Said, claim, honest
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.reality import FIRST_DAY, Rows
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typologies import TYPOLOGIES

OFFICE_KIND = {"air": "airport", "post": "post", "rail": "land", "road": "land", "sea": "seaport"}
MEANS = 240
CLAIMS_PREFERENCE = 0.8
WITH_PERMIT = 0.97


@dataclass(frozen=True)
class Block:
    """One block as declared, and beside it what only ``Truth`` may use.

    Parameters
    ----------
    rows : Rows
        Layer 2.
    said : Said
        What the papers say after every plot.
    typology, plot : array
        Which plot touched each row; -1 for none.
    guilty : array of bool
        Whether that plot is a guilty one.
    true_line, true_invoice : array
        What should have been said: under a decoy, what was said is true.
    declared : Assessed
        What is owed on what was said.
    preference : array of bool
        Whether the rate of a trade agreement was claimed.
    lane, rule : array
        Numbers in ``lanes.LANES`` and ``lanes.RULES``.
    """

    rows: Rows
    said: Said
    typology: NDArray[np.int8]
    plot: Ints
    guilty: NDArray[np.bool_]
    true_line: Ints
    true_invoice: Ints
    declared: Assessed
    preference: NDArray[np.bool_]
    lane: NDArray[np.int8]
    rule: NDArray[np.int8]


@lru_cache(maxsize=16)
def block(engine: Engine, number: int) -> Block:
    """Return one block of the year's declarations; the last ones are kept, for the tables that share them."""
    rows = engine.reality.block(number)
    said = honest(rows, engine.region, engine.streams)
    typology, plot = claim(TYPOLOGIES, engine.plots, engine.plot_of_relation, rows, said, engine.region, engine.streams)
    u = engine.streams.uniform("preference", ids=rows.relation)
    preference = engine.region.preferential[rows.origin] & (u < CLAIMS_PREFERENCE)
    declared = assess(engine.reality, rows, said.line, said.invoice, preference)
    lane, rule = lanes.choose(engine, rows, said, declared)
    guilty = np.zeros(len(rows.number), dtype=bool)
    for i, plots in enumerate(engine.plots):
        of = typology == i
        guilty[of] = plots.guilty[plot[of]]
    innocent = (typology >= 0) & ~guilty
    return Block(
        rows=rows,
        said=said,
        typology=typology,
        plot=plot,
        guilty=guilty,
        true_line=np.where(innocent, said.line, rows.line),
        true_invoice=np.where(innocent, said.invoice, rows.invoice),
        declared=declared,
        preference=preference,
        lane=lane,
        rule=rule,
    )


def ids(engine: Engine) -> PublicIds:
    """Return the numbering of declarations."""
    return PublicIds(engine.streams, "declaration")


@lru_cache(maxsize=2)
def order(engine: Engine) -> Ints:
    """Return the place of every declaration in the table: by day, then by public number."""
    public = ids(engine).public(np.arange(engine.reality.size))
    by_day = np.argsort(engine.reality.day * 10**9 + public)
    place = np.empty_like(by_day)
    place[by_day] = np.arange(len(by_day))
    return place


def table(engine: Engine) -> pd.DataFrame:
    """Return the declarations of the year."""
    place = order(engine)
    columns: dict[str, NDArray[Any]] = {}
    for number in engine.reality.blocks:
        made = block(engine, number)
        where = place[made.rows.number]
        for name, values in _columns(engine, made).items():
            if name not in columns:
                columns[name] = np.empty((len(place), *values.shape[1:]), dtype=values.dtype)
            columns[name][where] = values
    return _finished(engine, columns)


def _columns(engine: Engine, made: Block) -> dict[str, NDArray[Any]]:
    """Return compact columns of one block: numbers, not texts."""
    rows, said, declared = made.rows, made.said, made.declared
    region, streams, relations = engine.region, engine.streams, engine.population.relations
    traders = engine.population.traders
    draw = partial(streams.mixed, ids=rows.number)
    decide = partial(streams.uniform, ids=rows.number)
    required = (region.lines["permit"] != "").to_numpy()[said.line]
    permit = required & (decide("permit") < WITH_PERMIT)
    supplier = relations.supplier[rows.relation]
    return {
        "declaration_id": ids(engine).public(rows.number),
        "date": rows.day.astype(np.int16),
        "office": office(engine, rows).astype(np.int8),
        "procedure": _procedure(decide("procedure")).astype(np.int8),
        "importer_id": PublicIds(streams, "trader", 7).public(rows.trader),
        "declarant_id": PublicIds(streams, "declarant", 5).public(traders.broker[rows.trader]),
        "supplier_id": PublicIds(streams, "supplier", 7).public(supplier),
        "hs": said.line.astype(np.int16),
        "description": description(engine, made),
        "origin": rows.origin.astype(np.int8),
        "departure": relations.departure[rows.relation].astype(np.int8),
        "preference": made.preference.astype(np.int8),
        "incoterm": rows.incoterm.astype(np.int8),
        "transport_mode": rows.mode.astype(np.int8),
        "packages": rows.packages.astype(np.int32),
        "gross_mass_kg": rows.gross_grams / 1000,
        "net_mass_kg": rows.grams / 1000,
        "supplementary_quantity": engine.reality.units(said.line, rows) / 1000,
        "invoice_letters": letters_of(streams, supplier),
        "invoice_number": (draw("invoice") % np.uint64(10**6)).astype(np.int32),
        "invoice_currency": rows.currency.astype(np.int8),
        "exchange_rate": rows.rate,
        "invoice_value": arrays.major(said.invoice, engine.reality.currency_decimals[rows.currency]),
        "freight": arrays.major(rows.freight, region.decimals),
        "insurance": arrays.major(rows.insurance, region.decimals),
        "customs_value": arrays.major(declared.customs_value, region.decimals),
        "valuation_method": np.where(decide("method") < 0.98, 1, 6).astype(np.int8),
        "related_parties": relations.related[rows.relation],
        "duty_rate": declared.duty_rate,
        "duty": arrays.major(declared.duty, region.decimals),
        "vat_rate": declared.vat_rate,
        "vat": arrays.major(declared.vat, region.decimals),
        "permit": np.where(permit, draw("permit number") % np.uint64(10**6), -1).astype(np.int32),
        "advance_ruling": np.where(
            said.ruling, streams.mixed("ruling", ids=rows.relation) % np.uint64(10**5), -1
        ).astype(np.int32),
        "transport_document": (draw("transport") % np.uint64(10**8)).astype(np.int32),
        "transport_means": _means(engine, rows).astype(np.int16),
        "previous_document": (draw("previous") % np.uint64(10**8)).astype(np.int32),
        "aeo": traders.aeo[rows.trader],
        "amendments": np.searchsorted((0.94, 0.985, 0.997), decide("amended")).astype(np.int8),
        "lane": made.lane,
        "lane_rule": made.rule,
    }


def description(engine: Engine, made: Block) -> NDArray[np.int32]:
    """Return the place in ``text.phrases()`` of each row's description of the goods."""
    draw = engine.streams.mixed("description", ids=made.rows.number)
    return text.goods(made.said.described, made.said.vague, draw)


def letters_of(streams: Streams, supplier: Ints) -> NDArray[np.uint8]:
    """Return the two letters that begin the invoice numbers of each supplier."""
    return text.letters(streams.mixed("supplier letters", ids=supplier), 2)


def invoice_numbers(engine: Engine, rows: Rows, hit: Ints, which: str = "invoice") -> list[str]:
    """Return the numbers of the commercial invoices of some rows; ``which`` names another paper of the seller."""
    supplier = engine.population.relations.supplier[rows.relation[hit]]
    number = engine.streams.mixed(which, ids=rows.number[hit]) % np.uint64(10**6)
    return list(arrays.numbered(letters_of(engine.streams, supplier), number, 6))


def _finished(engine: Engine, c: dict[str, NDArray[Any]]) -> pd.DataFrame:
    """Return the table with its words: categories and texts instead of numbers."""
    region, reality = engine.region, engine.reality
    lines = region.lines
    mode = c["transport_mode"]
    letters = np.array([[ord(a), ord(b)] for a, b in ("AW", "PO", "RW", "CM", "BL")], np.uint8)
    words: dict[str, list[str]] = {
        "office": list(region.offices["office"]),
        "procedure": list(reference.load("procedures")["code"]),
        "hs": list(lines["hs"]),
        "description": text.phrases(),
        "origin": region.partners,
        "departure": region.partners,
        "preference": ["100", "300"],
        "incoterm": list(reality.incoterms["code"]),
        "transport_mode": list(MODES),
        "transport_means": text.means(engine.streams, MEANS),
        "lane": list(lanes.LANES),
        "lane_rule": list(lanes.RULES),
    }
    made: dict[str, Any] = {name: arrays.categories(c[name], values) for name, values in words.items()}
    units = sorted(set(lines["unit"]))
    unit_of = np.array([units.index(unit) for unit in lines["unit"]])
    made["supplementary_unit"] = arrays.categories(unit_of[c["hs"]], units)
    made["invoice_currency"] = _currency(reality.currencies, c["invoice_currency"])
    numbered = {
        "invoice_number": (c.pop("invoice_letters"), 6),
        "transport_document": (letters[mode], 8),
        "previous_document": (np.broadcast_to(np.frombuffer(b"ENS", np.uint8), (len(mode), 3)), 8),
    }
    for name, (start, digits) in numbered.items():
        made[name] = arrays.numbered(start, c[name], digits)
    made["permit"] = arrays.optional("PER", c["permit"], 6)
    made["advance_ruling"] = arrays.optional("RUL", c["advance_ruling"], 5)
    made["date"] = arrays.dates(FIRST_DAY, c["date"])
    return pd.DataFrame(
        {column.name: made.get(column.name, c.get(column.name)) for column in DECLARATIONS},
        copy=False,
    )


def _currency(codes: list[str], number: NDArray[np.generic]) -> pd.Categorical:
    """Return currencies as categories; two administrations may share one."""
    words = sorted(set(codes))
    place = np.array([words.index(code) for code in codes], dtype=np.int8)
    return arrays.categories(place[number], words)


def office(engine: Engine, rows: Rows) -> Ints:
    """Return the office: one of the right kind for the mode, always the same for a trader."""
    kinds = engine.region.offices["kind"].to_numpy(dtype=object)
    u = engine.streams.uniform("office", ids=rows.trader)
    result = np.zeros(len(rows.number), dtype=np.int64)
    for number, mode in enumerate(MODES):
        fitting = np.flatnonzero(kinds == OFFICE_KIND[mode])
        choices = fitting if len(fitting) else np.flatnonzero(kinds == "inland")
        here = rows.mode == number
        result[here] = choices[np.floor(u[here] ** 1.5 * len(choices)).astype(np.int64)]
    return result


def _procedure(u: NDArray[np.float64]) -> Ints:
    weight = reference.load("procedures")["weight"].to_numpy(dtype=float)
    cdf = np.cumsum(weight / weight.sum())
    return np.minimum(np.searchsorted(cdf, u, "right"), len(cdf) - 1)


def _means(engine: Engine, rows: Rows) -> Ints:
    """Return the vessel, flight, vehicle or train: few arrive at one office in one week."""
    week = rows.day // 7 * 8 + engine.streams.mixed("lane", ids=rows.relation) % np.uint64(8)
    pick = engine.streams.mixed("means", ids=week) % np.uint64(MEANS)
    return rows.mode * MEANS + pick.astype(np.int64)
