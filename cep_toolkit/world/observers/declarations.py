"""What the declaration system saw: one row a declaration, honest and planted alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, reference, shipping, text
from cep_toolkit.world.assessment import Assessed, assess
from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.columns import tables
from cep_toolkit.world.consignments import Consignments, consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import lanes
from cep_toolkit.world.population import BROKERS, MODES, Ints
from cep_toolkit.world.reality import FIRST_DAY, Rows
from cep_toolkit.world.side_by_side import side_by_side
from cep_toolkit.world.streams import Streams

CLAIMS_PREFERENCE = 0.8
WITH_PERMIT = 0.97
METHODS = (0.975, 0.983, 0.988, 0.994, 0.996)  # the share of declarations valued by methods 1, 2, ... is cumulated


@dataclass(frozen=True)
class Block:
    """One block as the declaration system took it.

    Parameters
    ----------
    made : Consignments
        The consignments after the plots; what is not said of them only ``Truth`` may use.
    declared : Assessed
        What is owed on what was said.
    preference : array of bool
        Whether the rate of a trade agreement was claimed.
    lane, rule : array
        Numbers in ``lanes.LANES`` and ``lanes.RULES``.
    """

    made: Consignments
    declared: Assessed
    preference: NDArray[np.bool_]
    lane: NDArray[np.int8]
    rule: NDArray[np.int8]


@lru_cache(maxsize=16)
def block(engine: Engine, number: int) -> Block:
    """Return one block of the year's declarations; the last ones are kept, for the tables that share them."""
    made = consignments(engine, number)
    preference = claims_preference(engine, made.rows, made.said.origin)
    declared = assess(engine.reality, made.rows, made.said.line, made.said.invoice, preference)
    lane, rule = lanes.choose(engine, made.rows, made.said, declared)
    return Block(made, declared, preference, lane, rule)


def claims_preference(engine: Engine, rows: Rows, origin: Ints) -> NDArray[np.bool_]:
    """Return where the rate of an agreement is claimed; some who could do not, but none names an origin for nothing."""
    u = engine.streams.uniform("preference", ids=rows.relation)
    claims = (u < CLAIMS_PREFERENCE) | (origin != rows.origin)
    return np.asarray(engine.region.preferential[origin] & claims)


def true_assessment(engine: Engine, made: Consignments) -> Assessed:
    """Return what is owed on what is so: no agreement helps goods that were made elsewhere."""
    preference = claims_preference(engine, made.rows, made.true("origin"))
    return assess(engine.reality, made.rows, made.true("line"), made.true("invoice"), preference)


def ids(engine: Engine) -> PublicIds:
    """Return the numbering of declarations."""
    return PublicIds(engine.streams, "declaration")


@lru_cache(maxsize=2)
def order(engine: Engine) -> NDArray[np.int32]:
    """Return the place of every declaration in the table: by day, then by public number."""
    key = ids(engine).public(np.arange(engine.reality.size))
    key += engine.reality.day * np.int64(10**9)
    by_day = np.argsort(key)
    place = np.empty(len(by_day), dtype=np.int32)
    place[by_day] = np.arange(len(by_day), dtype=np.int32)
    return place


def table(engine: Engine) -> pd.DataFrame:
    """Return the declarations of the year."""
    place = order(engine)
    columns: dict[str, NDArray[Any]] = {}
    for where, made in each_block(engine, lambda number: in_order(engine, number, place)):
        for name, values in made.items():
            if name not in columns:
                columns[name] = np.empty((len(place), *values.shape[1:]), dtype=values.dtype)
            columns[name][where] = values
    return named(engine, columns)


def in_order(
    engine: Engine, number: int, place: NDArray[np.int32]
) -> tuple[NDArray[np.int32], dict[str, NDArray[Any]]]:
    """Return one block's columns by their place in the table: memory likes to be written in order."""
    made = block(engine, number)
    where = place[made.made.rows.number]
    order_of = np.argsort(where)
    return where[order_of], {name: values[order_of] for name, values in _columns(engine, made).items()}


def _columns(engine: Engine, block: Block) -> dict[str, NDArray[Any]]:
    """Return compact columns of one block: numbers, not texts."""
    rows, said, declared = block.made.rows, block.made.said, block.declared
    region, streams, relations = engine.region, engine.streams, engine.population.relations
    traders = engine.population.traders
    draw = partial(streams.mixed, ids=rows.number)
    decide = partial(streams.uniform, ids=rows.number)
    required = (region.lines["permit"] != "").to_numpy()[said.line]
    permit = required & (decide("permit") < WITH_PERMIT)
    supplier = relations.supplier[rows.relation]
    office = shipping.office(engine, rows.trader, rows.mode)
    return {
        "declaration_id": ids(engine).public(rows.number),
        "date": rows.day.astype(np.int16),
        "office": office.astype(np.int8),
        "procedure": _procedure(decide("procedure")).astype(np.int8),
        "importer_id": _trader_ids(streams, rows.trader[0], rows.trader[-1])[rows.trader - rows.trader[0]],
        "declarant_id": PublicIds(streams, "declarant", 5).public(np.arange(BROKERS))[traders.broker[rows.trader]],
        "supplier_id": PublicIds(streams, "supplier", 7).public(supplier),
        "hs": said.line.astype(np.int16),
        "description": description(engine, block.made),
        "origin": said.origin.astype(np.int8),
        "departure": relations.departure[rows.relation].astype(np.int8),
        "preference": block.preference.astype(np.int8),
        "incoterm": rows.incoterm.astype(np.int8),
        "transport_mode": rows.mode.astype(np.int8),
        "packages": rows.packages.astype(np.int32),
        "gross_mass_kg": said.gross_grams / 1000,
        "net_mass_kg": said.grams / 1000,
        "supplementary_quantity": engine.reality.units(said.line, said.grams, rows.lightness) / 1000,
        "invoice_letters": letters_of(streams, supplier),
        "invoice_number": (draw("invoice") % np.uint64(10**6)).astype(np.int32),
        "invoice_currency": rows.currency.astype(np.int8),
        "exchange_rate": rows.rate,
        "invoice_value": arrays.major(said.invoice, engine.reality.currency_decimals[rows.currency]),
        "freight": arrays.major(rows.freight, region.decimals),
        "insurance": arrays.major(rows.insurance, region.decimals),
        "customs_value": arrays.major(declared.customs_value, region.decimals),
        "valuation_method": (1 + np.searchsorted(METHODS, decide("method"), "right")).astype(np.int8),
        "related_parties": relations.related[rows.relation],
        "duty_rate": declared.duty_rate,
        "duty": arrays.major(declared.duty, region.decimals),
        "vat_rate": declared.vat_rate,
        "vat": arrays.major(declared.vat, region.decimals),
        "permit": np.where(permit, draw("permit number") % np.uint64(10**6), -1).astype(np.int32),
        "advance_ruling": np.where(
            said.ruling, streams.mixed("ruling", ids=rows.relation) % np.uint64(10**5), -1
        ).astype(np.int32),
        "transport_document": shipping.bill_numbers(engine, rows.number).astype(np.int32),
        "transport_means": shipping.voyage_means(engine, shipping.voyage(engine, rows, office)).astype(np.int16),
        "previous_document": (draw("previous") % np.uint64(10**8)).astype(np.int32),
        "aeo": traders.aeo[rows.trader],
        "amendments": np.searchsorted((0.94, 0.985, 0.997), decide("amended")).astype(np.int8),
        "lane": block.lane,
        "lane_rule": block.rule,
    }


def _trader_ids(streams: Streams, first: int, last: int) -> Ints:
    """Return the public numbers of traders who follow one another, as those of a block do."""
    return PublicIds(streams, "trader", 7).public(np.arange(first, last + 1))


def description(engine: Engine, made: Consignments) -> NDArray[np.int32]:
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


def named(engine: Engine, c: dict[str, NDArray[Any]]) -> pd.DataFrame:
    """Return the table with its words: categories and texts instead of numbers."""
    region, reality = engine.region, engine.reality
    lines = region.lines
    mode = c["transport_mode"]
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
        "transport_means": text.means(engine.streams, shipping.MEANS),
        "lane": list(lanes.LANES),
        "lane_rule": list(lanes.RULES),
    }
    made: dict[str, Any] = {name: arrays.categories(c[name], values) for name, values in words.items()}
    units = sorted(set(lines["unit"]))
    unit_of = np.array([units.index(unit) for unit in lines["unit"]])
    made["supplementary_unit"] = arrays.categories(unit_of[c["hs"]], units)
    made["invoice_currency"] = currencies(reality.currencies, c["invoice_currency"])
    letters = c.pop("invoice_letters")
    ens = np.broadcast_to(np.frombuffer(b"ENS", np.uint8), (len(mode), 3))
    texts: dict[str, Callable[[], Any]] = {
        "invoice_number": lambda: arrays.numbered(letters, c["invoice_number"], 6),
        "previous_document": lambda: arrays.numbered(ens, c["previous_document"], 8),
        "transport_document": lambda: shipping.bills(mode, c["transport_document"]),
        "permit": lambda: arrays.optional("PER", c["permit"], 6),
        "advance_ruling": lambda: arrays.optional("RUL", c["advance_ruling"], 5),
    }
    made.update(zip(texts, side_by_side(texts.values(), lambda write: write()), strict=True))
    made["date"] = arrays.dates(FIRST_DAY, c["date"])
    return pd.DataFrame(
        {column.name: made.get(column.name, c.get(column.name)) for column in tables()["declarations"]},
        copy=False,
    )


def currencies(codes: list[str], number: NDArray[np.generic]) -> pd.Categorical:
    """Return currencies as categories; two administrations may share one."""
    words = sorted(set(codes))
    place = np.array([words.index(code) for code in codes], dtype=np.int8)
    return arrays.categories(place[number], words)


def _procedure(u: NDArray[np.float64]) -> Ints:
    weight = reference.load("procedures")["weight"].to_numpy(dtype=float)
    cdf = np.cumsum(weight / weight.sum())
    return np.minimum(np.searchsorted(cdf, u, "right"), len(cdf) - 1)
