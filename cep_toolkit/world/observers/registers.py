"""Registers: who is (or was) entitled to trade, what the tariff says, where the offices are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from cep_toolkit.world import arrays, names, reference
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.everybody import everybody
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.population import BROKERS, Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.society import FORMER, PERSON, TRADER
from cep_toolkit.world.standing import standing

HOST = -1
"""Home of those who live in the host administration; partners have their numbers."""


def traders(engine: Engine) -> pd.DataFrame:
    """Return the importers, those that stopped before the year included."""
    made, every = standing(engine), everybody(engine, TRADER)
    order = np.argsort(every.public)
    numbers = made.trader[order]
    habits = engine.population.traders
    first = engine.population.relations.line[habits.relations[:-1]][numbers % FORMER]
    return pd.DataFrame(
        {
            "importer_id": every.public[order],
            "name": arrays.column(importer_names(engine, numbers)),
            "registered": arrays.dates(FIRST_DAY, made.registered[order]),
            "status": arrays.categories(made.active[order].astype(np.int8), ["suspended", "active"]),
            "aeo": habits.aeo[numbers % FORMER] & (numbers < FORMER),
            "sector": engine.region.lines["sector"].array[first],
            "director_id": everybody(engine, PERSON).ids[made.director[order]],
            "address_id": every.address_ids[order],
            "telephone": every.telephones[order],
        },
        copy=False,
    )


def declarants(engine: Engine) -> pd.DataFrame:
    """Return the declarants."""
    numbers = np.arange(BROKERS)
    table = pd.DataFrame(
        {
            "declarant_id": PublicIds(engine.streams, "declarant", 5).public(numbers),
            "name": arrays.column(declarant_names(engine, numbers)),
        }
    )
    return table.sort_values("declarant_id", ignore_index=True)


def suppliers(engine: Engine) -> pd.DataFrame:
    """Return the sellers that appear in the declarations of the year."""
    relations = engine.population.relations
    numbers = np.unique(relations.supplier[np.unique(engine.reality.relation)])
    table = pd.DataFrame(
        {
            "supplier_id": PublicIds(engine.streams, "supplier", 7).public(numbers),
            "name": arrays.column(supplier_names(engine, numbers)),
            "administration": arrays.categories(relations.departure[numbers], engine.region.partners),
        }
    )
    return table.sort_values("supplier_id", ignore_index=True)


def tariff(engine: Engine) -> pd.DataFrame:
    """Return the tariff without what only the engine uses."""
    return engine.region.lines[[column.name for column in tables()["tariff"]]].copy()


def administrations(engine: Engine) -> pd.DataFrame:
    """Return the region's administrations."""
    host = engine.region.host
    table = reference.load("administrations")[["code", "name", "currency"]]
    table.loc[table["code"] == host.place] = [host.code, host.name, host.currency]
    table = table.sort_values("code", ignore_index=True)
    agreed = {code for code, yes in zip(engine.region.partners, engine.region.preferential, strict=True) if yes}
    return table.assign(agreement=table["code"].isin(agreed))


def offices(engine: Engine) -> pd.DataFrame:
    """Return the host's offices."""
    return engine.region.offices[["office", "name", "kind", "locode"]].copy()


def importer_names(engine: Engine, traders: Ints, which: str = "trader") -> pa.Array:
    """Return the names of importers by their internal numbers; ``which`` names an earlier name."""
    return names.firms(spoken(engine, HOST), traders, engine.streams, which)


def declarant_names(engine: Engine, declarants: Ints) -> pa.Array:
    """Return the names of declarants by their internal numbers."""
    return names.firms(spoken(engine, HOST), declarants, engine.streams, "declarant")


def supplier_names(engine: Engine, suppliers: Ints) -> pa.Array:
    """Return the names of sellers by their internal numbers, each in the language of its place."""
    return abroad(engine, engine.population.relations.departure[suppliers], suppliers, "supplier")


def abroad(engine: Engine, home: Ints, numbers: Ints, kind: str) -> pa.Array:
    """Return the names of firms that are at home with partners, each in the language of its place."""
    return names.firms(spoken(engine, home), numbers, engine.streams, kind)


def spoken(engine: Engine, home: ArrayLike) -> Ints:
    """Return the language spoken at each home: the number of a partner, or ``HOST``."""
    language: Ints = names.spoken(engine.region.places)[np.asarray(home) + 1]
    return language


def officer_names(engine: Engine, offices: Ints) -> NDArray[np.object_]:
    """Return who signs for each office, by its place in the region's list."""
    everyone = np.arange(len(engine.region.offices))
    made = names.people(spoken(engine, HOST), everyone, engine.streams, "officer")
    return arrays.plain(made)[offices]
