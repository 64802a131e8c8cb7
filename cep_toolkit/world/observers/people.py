"""People, the firms that serve trade, and the addresses that anybody uses."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from cep_toolkit.world import arrays, names, naming, reference
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.everybody import everybody
from cep_toolkit.world.observers import registers
from cep_toolkit.world.population import Ints
from cep_toolkit.world.society import CENTRES, FIRM, FIRM_KINDS, KINDS, PERSON, TRADER

STREET_TYPES = ("Street", "Road", "Lane", "Square", "Quay", "Hill")
HIGHEST_NUMBER = 160
PLACES = ("business_centre", "house", "premises")


def people(engine: Engine) -> pd.DataFrame:
    """Return the residents and the directors of traders, with what a register of persons knows."""
    society, everyone = engine.society, everybody(engine, PERSON)
    order = np.argsort(everyone.public)
    home, job = society.people.home[order], society.people.job[order]
    return pd.DataFrame(
        {
            "person_id": everyone.ids.take(order),
            "name": _named(engine, home, order, "person"),
            "born": society.people.born[order],
            "administration": arrays.categories(home + 1, engine.region.everyone),
            "job": arrays.categories(np.where(job < 0, len(society.jobs), job), [*society.jobs, "director"]),
            "address_id": everyone.address_ids.take(order),
            "telephone": everyone.telephones.take(order),
        },
        copy=False,
    )


def firms(engine: Engine) -> pd.DataFrame:
    """Return the firms that serve trade."""
    society, every = engine.society, everybody(engine, FIRM)
    order = np.argsort(every.public)
    home = society.firm_home[order]
    return pd.DataFrame(
        {
            "firm_id": every.ids.take(order),
            "name": _named(engine, home, order, "firm"),
            "kind": arrays.categories(society.firm_kind[order], list(FIRM_KINDS)),
            "administration": arrays.categories(home + 1, engine.region.everyone),
            "address_id": every.address_ids.take(order),
            "telephone": every.telephones.take(order),
        },
        copy=False,
    )


def addresses(engine: Engine) -> pd.DataFrame:
    """Return every address that a trader, a person or a firm has."""
    used = np.unique(np.concatenate([everybody(engine, kind).address for kind in (TRADER, PERSON, FIRM)]))
    home = _home_of(engine, used)
    places = engine.region.places
    languages = names.languages()
    streets, towns = [_streets(languages[n]) for n in names.spoken(places)], [_towns(code) for code in places]
    u = {what: engine.streams.uniform("place", what, ids=used) for what in ("town", "street", "number")}
    town = np.floor(u["town"] ** 1.5 * np.array([len(t) for t in towns])[home + 1]).astype(np.int64)
    street = np.floor(u["street"] * np.array([len(s) for s in streets])[home + 1]).astype(np.int64)
    number = 1 + np.floor(u["number"] ** 2 * HIGHEST_NUMBER).astype(np.int64)
    kind = np.where(used < CENTRES, 0, np.where((used - CENTRES) % KINDS == PERSON, 1, 2))
    public = naming.addresses(engine).public(used)
    made = pd.DataFrame(
        {
            "address_id": arrays.patterned("A" + "#" * naming.ADDRESS_DIGITS, public),
            "street": _picked(streets, home + 1, street),
            "number": _house_numbers(((home + 1) * 100 + town) * 1_000 + street, number),
            "place": _picked(towns, home + 1, town),
            "administration": arrays.categories(home + 1, engine.region.everyone),
            "kind": arrays.categories(kind, list(PLACES)),
        },
        copy=False,
    )
    return made.iloc[np.argsort(public)].reset_index(drop=True)


def _named(engine: Engine, home: Ints, numbers: Ints, kind: str) -> Any:
    """Return names in the language of each one's home."""
    make = names.people if kind == "person" else names.firms
    return arrays.column(make(registers.spoken(engine, home), numbers, engine.streams, kind))


def _home_of(engine: Engine, address: Ints) -> Ints:
    """Return the partner administration where each address lies, -1 for the host: where its first user is at home."""
    home = np.full(len(address), -1)
    first = address - CENTRES
    for kind in (PERSON, FIRM):
        here = np.flatnonzero((first >= 0) & (first % KINDS == kind))
        home[here] = engine.society.home(kind, first[here] // KINDS)
    return home


@cache
def _streets(language: str) -> list[str]:
    """Return names of streets: each invented word with each kind of street."""
    table = reference.load("streets")
    return [f"{word} {kind}" for word in table.loc[table["language"] == language, "word"] for kind in STREET_TYPES]


@cache
def _towns(code: str) -> list[str]:
    """Return the towns of an administration: where its offices are."""
    offices = reference.load("offices")
    return list(dict.fromkeys(offices.loc[offices["administration"] == code, "name"].str.split().str[0]))


def _picked(words: list[list[str]], home: Ints, place: Ints) -> pd.Categorical:
    """Return for each row the word at its place in the list of its home."""
    start = np.cumsum([0, *(len(some) for some in words)])
    every = [word for some in words for word in some]
    of_every, distinct = pd.factorize(np.array(every, dtype=object))  # some administrations speak one language
    return arrays.categories(of_every[start[home] + place], list(distinct))


def _house_numbers(street: Ints, number: Ints) -> list[str]:
    """Return house numbers, no two the same in a street: the second of a number is ``"12b"``, the third ``"12c"``."""
    turn = pd.Series(street * 1_000 + number).groupby(street * 1_000 + number).cumcount().to_numpy()
    letters = ["", *"bcdefghijklmnopqrstuvwxyz"]
    number = number + 200 * (turn // len(letters))
    return [f"{n}{letters[k]}" for n, k in zip(number.tolist(), (turn % len(letters)).tolist(), strict=True)]
