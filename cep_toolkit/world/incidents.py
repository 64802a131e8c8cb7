"""What was seized in all administrations of the region in a year, reported to anybody or not.

Who is behind a seizure plays no part in what is drawn: places follow trade, people follow travel.
"""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import finds, reference
from cep_toolkit.world.arrays import Columns, stacked, taken, words
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY, WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.seized_goods import Goods, of_commodities, of_lines, tariff_groups
from cep_toolkit.world.territories import Territories, territories

Words = NDArray[np.object_]

FEWEST, FOR_EACH_DECLARATION = 500, 0.03
STREAMS = ("sea", "air", "road", "rail", "post", "traveller", "small_craft")
STREAM_SHARES = (0.16, 0.14, 0.20, 0.03, 0.25, 0.17, 0.05)
BY_WATER, CARGO = ("sea", "small_craft"), ("sea", "air", "road", "rail", "post")
KIND_OF_OFFICE = {
    "sea": "seaport", "air": "airport", "road": "land", "rail": "land", "post": "post", "traveller": "airport",
    "small_craft": "seaport",
}  # fmt: skip
INLAND = 0.06
DIRECTIONS = ("export", "import", "internal", "transit")
DIRECTION_SHARES = (0.10, 0.60, 0.10, 0.20)
DETECTION = ("dog", "random", "risk_profile", "routine", "tip_off", "xray")
DETECTION_SHARES = (0.09, 0.11, 0.32, 0.26, 0.11, 0.11)
SMELT = ("CITES", "currency", "drugs", "tobacco")
FROM_THE_TARIFF = 0.35
"""Share of the cargo of some groups that is named as the tariff names it, not as the list of commodities does."""
SAME_ORIGIN, OWN_PEOPLE = 0.8, 0.55
VIA = 0.3
PERSONS = {"traveller": (0.0, 0.85), "small_craft": (0.1, 0.5), "road": (0.3, 0.9), "rail": (0.4, 0.9)}
"""By stream: below the first number nobody was met, below the second one person, above it two."""
AGES = ("18-29", "30-44", "45-59", "60+")
FIRST_BORN, YEARS_OF_BIRTH = 1950, 57


@lru_cache(maxsize=2)
def incidents(engine: Engine) -> Columns:
    """Return every seizure of the year; the last ones are kept, for the tables that share them.

    Returns
    -------
    Columns
        ``key`` (names the seizure whatever else there is), ``administration``, ``office``, ``departure``, ``origin``,
        ``destination``, ``nationality`` (numbers in ``Territories``, -1 for none), ``day``, ``stream``, ``direction``,
        ``detection``, ``transit`` (codes), ``persons``, ``sex``, ``age``, ``group``, ``type``, ``hs``, ``unit``,
        ``quantity``, ``price`` (reference currency for one unit), ``bulky``, ``kg``, ``plot`` and ``act`` (empty
        for none).
    """
    made = stacked([_elsewhere(engine), _of_finds(engine, finds.found(engine))])
    return taken(made, np.lexsort((made["key"], made["day"])))


def _elsewhere(engine: Engine) -> Columns:
    """Return the seizures behind which no act of this world stands."""
    at = territories(engine)
    number = np.arange(FEWEST + round(FOR_EACH_DECLARATION * engine.scenario.declarations))
    key = engine.streams.mixed("incident", ids=number)
    u = partial(engine.streams.uniform, "incident", ids=key)
    administration = np.minimum(np.searchsorted(np.cumsum(at.size), u("where"), "right"), len(at.codes) - 1)
    commodity, stream = _goods_and_stream(at, administration, u("goods"))
    goods = _goods(engine, commodity, stream, key)
    return _told(engine, key, administration, stream, np.floor(u("day") * WEEKS * 7).astype(np.int64), goods)


def _goods_and_stream(at: Territories, administration: Ints, u: Floats) -> tuple[Ints, Words]:
    """Return the commodity and the stream of each seizure; nothing comes by water where there is no coast."""
    table = reference.load("commodities")
    found = [(i, way) for i, ways in enumerate(table["streams"]) for way in ways.split(";")]
    goods, stream = np.array([i for i, _ in found]), words([way for _, way in found])
    share = np.array([STREAM_SHARES[STREAMS.index(way)] for _, way in found])
    weight = table["weight"].to_numpy()[goods] * share / np.bincount(goods, share)[goods]
    ashore = np.where(np.isin(stream.astype("str"), BY_WATER), 0.0, weight)
    pick = np.where(at.has("seaport")[administration], _pick(weight, u), _pick(ashore, u))
    return goods[pick], stream[pick]


def _pick(weight: Floats, u: Floats) -> Ints:
    cdf = np.cumsum(weight)
    return np.asarray(np.minimum(np.searchsorted(cdf, u * cdf[-1], "right"), len(cdf) - 1))


def _goods(engine: Engine, commodity: Ints, stream: Words, key: NDArray[np.uint64]) -> Goods:
    goods = of_commodities(engine, commodity, stream, key)
    u = engine.streams.uniform("incident", "named", ids=key)
    cargo = np.isin(stream.astype("str"), CARGO) & (u < FROM_THE_TARIFF)
    at = np.flatnonzero(cargo & np.isin(goods.group.astype("str"), list(tariff_groups(engine))))
    return goods.replaced(at, of_lines(engine, goods.group[at], stream[at], key[at]))


def _told(
    engine: Engine, key: NDArray[np.uint64], administration: Ints, stream: Words, day: Ints, goods: Goods
) -> Columns:
    """Return everything else that is recorded of a seizure."""
    at, u = territories(engine), partial(engine.streams.uniform, "incident", ids=key)
    kind = words([KIND_OF_OFFICE[word] for word in stream.tolist()])
    kind[u("inland") < INLAND] = "inland"
    nothing = np.full(len(key), "", dtype=object)
    return {
        "key": key,
        "administration": administration,
        "day": day,
        "stream": stream,
        "office": at.office(administration, kind, u("office")),
        "detection": _detection(stream, goods.group, u("detection")),
        "plot": nothing,
        "act": nothing,
        **_route(at, administration, u),
        **_people(at, administration, stream, u),
        **goods.columns(),
    }


def _detection(stream: Words, group: Words, u: Floats) -> Words:
    method = np.array(DETECTION, dtype=object)[np.searchsorted(np.cumsum(DETECTION_SHARES)[:-1], u, "right")]
    no_dog = (method == "dog") & ~np.isin(group.astype("str"), SMELT)
    return np.where(no_dog | ((method == "xray") & (stream == "small_craft")), "routine", method)


def _route(at: Territories, administration: Ints, u: partial[Floats]) -> Columns:
    direction = np.searchsorted(np.cumsum(DIRECTION_SHARES)[:-1], u("direction"), "right")
    first, via = at.partner(administration, u("from")), at.partner(administration, u("via"))
    onward = at.partner(first, u("to"))
    direction = np.where((direction == 3) & (onward == administration), 1, direction)
    leaves_home = np.isin(direction, [0, 2])
    departure = np.where(leaves_home, administration, first)
    destination = np.select([direction == 0, direction == 3], [first, onward], administration)
    other = at.partner(administration, u("origin"))
    stops = np.where(direction == 3, administration, -1)
    more = (u("stops") < VIA) & (via != departure) & (via != destination) & (direction != 2)
    return {
        "direction": np.array(DIRECTIONS, dtype=object)[direction],
        "departure": departure,
        "destination": destination,
        "origin": np.where((u("same") < SAME_ORIGIN) & (direction != 2), departure, other),
        "transit": _stops(at, np.where(more, via, -1), stops),
    }


def _stops(at: Territories, first: Ints, second: Ints) -> Words:
    codes = [*at.codes, ""]
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    return words([";".join(filter(None, (codes[a], codes[b]))) for a, b in pairs])


def _people(at: Territories, administration: Ints, stream: Words, u: partial[Floats]) -> Columns:
    """Return how many were met, and of the first of them where from, and about how old."""
    limits = np.array([PERSONS.get(word, (0.9, 0.98)) for word in stream.tolist()])
    persons = (u("persons")[:, None] >= limits).sum(axis=1)
    born = FIRST_BORN + np.floor(YEARS_OF_BIRTH * u("born")).astype(np.int64)
    home = np.where(u("own") < OWN_PEOPLE, administration, at.partner(administration, u("home")))
    sex = np.where(u("sex") < 0.5, "female", "male").astype(object)
    return met(persons, home, sex, born)


def met(persons: Ints, home: Ints, sex: Words, born: Ints) -> Columns:
    """Return columns on the people met: counts, nationality, sex and age band, as far as there are any."""
    year = int(str(FIRST_DAY)[:4])
    band = np.searchsorted((30, 45, 60), year - born, "right")
    anybody = persons > 0
    return {
        "persons": persons,
        "nationality": np.where(anybody, home, -1),
        "sex": np.where(anybody, sex, ""),
        "age": np.where(anybody, np.array(AGES, dtype=object)[band], ""),
    }


def _of_finds(engine: Engine, found: Columns) -> Columns:
    """Return what the host's controls found: what is known of the act replaces what would be drawn."""
    host = np.full(len(found["key"]), territories(engine).host)
    made = _told(engine, found["key"], host, found["stream"], found["day"], Goods.of(found))
    made |= {
        name: found[name] for name in ("departure", "origin", "destination", "direction", "transit", "plot", "act")
    }
    for name, known in (("detection", found["detection"] != ""), ("office", found["office"] >= 0)):
        made[name] = np.where(known, found[name], made[name])
    sex = np.where(engine.streams.uniform("incident", "sex", ids=found["key"]) < 0.5, "female", "male").astype(object)
    carrier = met(np.ones_like(host), found["home"], sex, found["born"])
    return made | {name: np.where(found["person"] >= 0, values, made[name]) for name, values in carrier.items()}
