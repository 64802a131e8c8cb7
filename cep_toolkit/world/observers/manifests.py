"""What carriers and forwarders told of their cargo before it arrived: one row a bill of lading or air waybill.

Goods are described and weighed by the shipper, who need not know what the importer is going to declare.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from cep_toolkit.world import arrays, reference, routes, shipping, text
from cep_toolkit.world.boxes import NOBODY, Masters, masters
from cep_toolkit.world.cargo import STATUSES, Cargo, cargo
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.faults import typed
from cep_toolkit.world.forms import BOX
from cep_toolkit.world.naming import entity_ids
from cep_toolkit.world.observers import ACT, PLOT, registers
from cep_toolkit.world.population import BROKERS, Ints
from cep_toolkit.world.society import FIRM, FIRM_COUNTS, entity
from cep_toolkit.world.typologies import TYPOLOGIES

VAGUE, CARELESS = 0.22, 0.015
WITH_PALLETS, SCALES = 0.3, 0.005
TO_ORDER, ORDERS = 0.035, ("To order", "To order of shipper")
SAME, AGAIN = 0.55, 0.85
SAME_WORDS = "Same as consignee"
OTHER_FREIGHT, TRIES = 0.04, 5
CUSTOMERS_ABROAD = 60
STEPS = np.array([[100, 100, 100], [500, 1_000, 1_000], [1_000, 10_000, 100_000]])
"""Grams to which masses are rounded: below 10 kg, below 1 t, above; each in three habits."""


def table(engine: Engine) -> pd.DataFrame:
    """Return the bills of the year, by arrival, voyage and number."""
    made, over = cargo(engine), masters(engine)
    columns = {
        "bill": shipping.bills(made.mode, shipping.bill_numbers(engine, made.number)),
        "master_bill": shipping.bills(made.mode, shipping.bill_numbers(engine, over.number)[over.of_bill]),
        "voyage_id": shipping.voyage_ids(engine, made.voyage),
        "forwarder": _forwarder(engine, over),
        "status": arrays.categories(made.status, list(STATUSES)),
        **_parties(engine, made),
        "goods": arrays.categories(_goods(engine, made), text.phrases()),
        "packages": made.packages,
        "gross_mass_kg": _mass(engine, made) / 1000,
        **_places(engine, made),
        "freight": arrays.categories(_freight(engine, made), ["collect", "prepaid"]),
        "containers": over.boxes[over.of_bill],
        **_behind(engine, made),
    }
    return pd.DataFrame(columns, copy=False)


def _parties(engine: Engine, made: Cargo) -> dict[str, Any]:
    """Return the names of those whom the bill names, as the carrier's clerk typed them."""
    streams, number = engine.streams, made.number
    constant = pa.array([SAME_WORDS, *ORDERS], pa.large_string()), np.zeros(0, dtype=np.int64)
    words, (_, seller, buyer, broker) = _together(
        [constant, _sellers(engine, made), _buyers(engine, made), _brokers(engine, made)]
    )
    u = streams.uniform("notify", ids=number)
    notified = np.where((u < AGAIN) | (made.destination >= 0), buyer, broker)
    told = {"consignor": seller, "consignee": buyer, "notify": notified}
    for column, place in told.items():
        words, told[column] = typed(words, place, streams, column, ids=number)
    to_order = (made.mode == shipping.SEA) & (streams.uniform("to order", ids=number) < TO_ORDER)
    told["consignee"] = np.where(to_order, 1 + number % len(ORDERS), told["consignee"])
    told["notify"] = np.where((u < SAME) & ~to_order, 0, told["notify"])
    return {column: arrays.picked(words, place) for column, place in told.items()}


Named = tuple[pa.Array, Ints]
"""Names, and the place of each bill's among them."""


def _sellers(engine: Engine, made: Cargo) -> Named:
    sellers, of_bill = np.unique(engine.population.relations.supplier[made.relation], return_inverse=True)
    return registers.supplier_names(engine, sellers), of_bill


def _buyers(engine: Engine, made: Cargo) -> Named:
    """Return importers, and for goods that go on one of the firms of their destination."""
    here, beyond = np.flatnonzero(made.destination < 0), np.flatnonzero(made.destination >= 0)
    traders, of_bill = np.unique(engine.population.relations.trader[made.relation[here]], return_inverse=True)
    partners = len(engine.region.partners)
    which = np.floor(engine.streams.uniform("customer", ids=made.number[beyond]) * CUSTOMERS_ABROAD).astype(np.int64)
    customers, of_transit = np.unique(which * partners + made.destination[beyond], return_inverse=True)
    abroad = registers.abroad(engine, customers % partners, customers, "customer")
    words, (importer, customer) = _together(
        [(registers.importer_names(engine, traders), of_bill), (abroad, of_transit)]
    )
    buyer = np.empty(len(made), dtype=np.int64)
    buyer[here], buyer[beyond] = importer, customer
    return words, buyer


def _brokers(engine: Engine, made: Cargo) -> Named:
    """Return the usual declarant of each bill's trader."""
    broker = engine.population.traders.broker[engine.population.relations.trader[made.relation]]
    return registers.declarant_names(engine, np.arange(BROKERS)), broker


def _together(parts: list[Named]) -> tuple[pa.Array, list[Ints]]:
    """Return the names of all parts in one, and each part's places in it."""
    first = np.cumsum([0, *(len(words) for words, _ in parts)])
    return pa.concat_arrays([words for words, _ in parts]), [at + n for (_, at), n in zip(parts, first, strict=False)]


def _goods(engine: Engine, made: Cargo) -> NDArray[np.int32]:
    """Return the shipper's words, as places in ``text.phrases()``: often general ones, rarely those for a neighbour."""
    region, streams = engine.region, engine.streams
    u = {what: streams.uniform("shipper", what, ids=made.number) for what in ("vague", "hides", "careless")}
    near = region.neighbour(np.ones(len(region.pairs), dtype=bool))[made.named]
    named = np.where((u["careless"] < CARELESS) & (near >= 0), near, made.named)
    vague = (u["vague"] < VAGUE) | (u["hides"] < made.hidden)
    draw = streams.mixed("shipper", "words", ids=made.number)
    words = text.goods(named, vague, draw)
    loose = made.held != BOX
    for again in range(1, TRIES):  # goods in a hold are in no carton
        packed = np.flatnonzero(loose & text.names_packing()[words])
        words[packed] = text.goods(named[packed], np.zeros(len(packed), dtype=bool), draw[packed] + np.uint64(again))
    return words


def _mass(engine: Engine, made: Cargo) -> Ints:
    """Return gross masses in grams as shippers give them: rounded, some with pallets, no two scales alike."""
    streams, number = engine.streams, made.number
    scales = 1 + SCALES * (2 * streams.uniform("shipper", "scales", ids=number) - 1)
    u = streams.uniform("shipper", "pallets", ids=number)
    pallets = np.where(u < WITH_PALLETS, 1.02 + 0.05 * u / WITH_PALLETS, 1.0)
    habit = np.searchsorted((0.55, 0.9), streams.uniform("shipper", "rounds", ids=number), "right")
    grams = made.weighed * scales * pallets
    step = STEPS[np.searchsorted((10_000, 1_000_000), grams, "right"), habit]
    return np.asarray(np.maximum(np.rint(grams / step).astype(np.int64), 1) * step)


def _places(engine: Engine, made: Cargo) -> dict[str, pd.Categorical]:
    region = engine.region
    loading, changed = routes.route(engine, made)
    at = shipping.voyage_office(made.voyage)
    return {
        "loading": arrays.categories(loading, region.partners),
        "transhipment": arrays.categories(np.where(changed < 0, len(region.partners), changed), [*region.partners, ""]),
        "discharge": arrays.categories(at, list(region.offices["office"])),
        "destination": arrays.categories(
            np.where(made.destination < 0, len(region.partners), made.destination), [*region.partners, region.host.code]
        ),
    }


def _freight(engine: Engine, made: Cargo) -> NDArray[np.int64]:
    """Return 1 where freight is prepaid: as a rule where the delivery term includes it."""
    included = reference.load("incoterms")["freight_included"].to_numpy(dtype=bool)[made.incoterm]
    other = engine.streams.uniform("freight", ids=made.number) < OTHER_FREIGHT
    return (included ^ other).astype(np.int64)


def _forwarder(engine: Engine, over: Masters) -> pd.Categorical:
    """Return the firm that issued each house bill; empty for a straight bill."""
    firms = np.arange(sum(FIRM_COUNTS))
    words = [*entity_ids(engine, entity(FIRM, firms)).tolist(), ""]
    return arrays.categories(np.where(over.forwarder == NOBODY, len(firms), over.forwarder), words)


def _behind(engine: Engine, made: Cargo) -> dict[str, NDArray[np.object_]]:
    """Return the plot and the act of each bill whose goods are not as declared, or do not seem so, for the truth."""
    typology = np.where(made.differs, made.typology, -1).astype(np.int8)
    act = np.array([*(each.act for each in TYPOLOGIES), ""], dtype=object)
    return {PLOT: engine.plot_names(typology, made.plot), ACT: act[typology]}
