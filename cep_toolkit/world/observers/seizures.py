"""The non-nominal store of seizures (a training analogue of CEN): what each administration reported, and when.

Reporting is voluntary. Each administration reports a share of its own of what it seizes, some month by month and some
in a late batch, so that a count measures reporting as much as smuggling.
"""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, identifiers, names, reference, text
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.incidents import STREAMS, incidents
from cep_toolkit.world.observers import ACT, PLOT, registers
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY, WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.territories import KINDS_OF_OFFICE, territories

Words = NDArray[np.object_]

LEAST_SHARE, SHARE_RANGE = 0.35, 0.6
LEAST_DELAY, DELAY_RANGE = 4.0, 50.0
IN_BATCHES, BATCH_DAYS = 0.35, 91
LAST_REPORT = WEEKS * 7 + 30
"""What was reported later is not in the store yet."""
JOINT, JOINT_ON_TIP_OFF = 0.08, 0.35
WITHOUT_VALUE = 0.12
ENDINGS = {"arrest": 0.45, "settlement": 0.2, "delivery": 0.02, "detained": 0.15}
SELDOM = {"arrest": 0.0, "settlement": 0.06, "delivery": 0.03, "detained": 0.3}
"""How a seizure went on where somebody was met, and where nobody was; the rest was seized."""
NEVER_LAWFUL = ("drugs", "weapons and explosives")
"""Neither settled for money nor kept until a paper is shown."""
OWN_PLACES = ("CITES", "IPR", "currency", "drugs", "tobacco")
OWN_PLACE = 0.65
BRANDS, BRANDED = 60, ("IPR", "tobacco", "medicines", "alcohol")
WITH_BRAND = 0.7
FLAGGED = ("air", "rail", "road", "sea", "small_craft")
FREIGHT = ("bags", "boxes", "cartons", "packages", "sacks")
PACKAGES = {"post": ("inner boxes", "packets", "wrapped packets"), "traveller": ("bags", "pieces of baggage", "cases")}
FEW, MANY = 2, 40


def table(engine: Engine) -> pd.DataFrame:
    """Return the records in the store, by date of seizure."""
    made, at = recorded(engine), territories(engine)
    kind = np.searchsorted(KINDS_OF_OFFICE, at.offices["kind"].to_numpy(dtype="str"))
    own = made["administration"] == at.host
    office = engine.region.offices["office"].to_numpy(dtype=object)
    of_place = ("administration", "departure", "destination", "flag", "nationality", "origin")
    shown = {
        **{name: made[name] for name in made if name not in of_place},
        **{name: arrays.categories(made[name], at.codes) for name in of_place},
        "office": np.where(own, office[np.where(own, made["office"] - at.first_host_office, 0)], ""),
        "date": arrays.dates(FIRST_DAY, made["day"]),
        "reported": arrays.dates(FIRST_DAY, made["reported"]),
        "location": arrays.categories(kind[made["office"]], list(KINDS_OF_OFFICE)),
        "place": at.offices["town"].to_numpy(dtype=object)[made["office"]],
        "commodity_group": pd.Categorical(made["group"]),
        "commodity": made["type"],
        "mode": arrays.categories(np.searchsorted(sorted(STREAMS), made["stream"].astype("str")), sorted(STREAMS)),
        "age_band": made["age"],
        "narrative": _narratives(engine, made),
        PLOT: made["plot"],
        ACT: made["act"],
    }
    return pd.DataFrame({name: shown[name] for name in (*(column.name for column in tables()["seizures"]), PLOT, ACT)})


@lru_cache(maxsize=2)
def recorded(engine: Engine) -> arrays.Columns:
    """Return what the store holds, as numbers and plain words; the last ones are kept for other tables."""
    every = incidents(engine)
    every = every | {"case_id": case_ids(engine), "reported": report_days(engine)}
    made = arrays.taken(every, every["reported"] <= LAST_REPORT)
    made = arrays.taken(made, np.lexsort((made["case_id"], made["day"])))
    u = partial(engine.streams.uniform, "seizure", ids=made["key"])
    return made | _described(engine, made, u)


def case_ids(engine: Engine) -> Ints:
    """Return the number that each incident has, or would have, in the store."""
    return identifiers.from_keys(engine.streams.mixed("case", ids=incidents(engine)["key"]))


def discipline(engine: Engine) -> pd.DataFrame:
    """Return how each administration reports.

    Returns
    -------
    DataFrame
        ``administration``; ``share`` of its seizures that it reports; ``delay``, usual number of days; ``in_batches``,
        whether it reports four times a year.
    """
    codes = territories(engine).codes
    number = np.arange(len(codes))
    u = {what: engine.streams.uniform("reporting", what, ids=number) for what in ("share", "delay", "batch")}
    return pd.DataFrame(
        {
            "administration": codes,
            "share": np.round(LEAST_SHARE + SHARE_RANGE * u["share"], 3),
            "delay": np.rint(LEAST_DELAY + DELAY_RANGE * u["delay"] ** 2).astype(np.int64),
            "in_batches": u["batch"] < IN_BATCHES,
        }
    )


def report_days(engine: Engine) -> Ints:
    """Return the day of the report of each incident, after ``LAST_REPORT`` where there is none."""
    every, habits = incidents(engine), discipline(engine)
    of = every["administration"]
    u = partial(engine.streams.uniform, "reported", ids=every["key"])
    usual = every["day"] + 1 + np.floor(2 * habits["delay"].to_numpy()[of] * u("delay")).astype(np.int64)
    batch = (usual // BATCH_DAYS + 1) * BATCH_DAYS + np.floor(5 * u("batch")).astype(np.int64)
    day = np.where(habits["in_batches"].to_numpy()[of], batch, usual)
    return np.where(u("share") < habits["share"].to_numpy()[of], day, LAST_REPORT + 1)


def _described(engine: Engine, made: arrays.Columns, u: partial[Floats]) -> arrays.Columns:
    """Return what the officer who filled the record in added."""
    joint = u("joint") < np.where(made["detection"] == "tip_off", JOINT_ON_TIP_OFF, JOINT)
    value = made["quantity"] * made["price"] * (0.8 + 0.4 * u("value"))
    step = 10.0 ** (np.floor(np.log10(np.maximum(value, 1))) - 1)
    concealment, conveyance = hiding(engine, made)
    return {
        "agency": np.where(joint, "joint", "Customs").astype(object),
        "value": np.where(u("valued") < WITHOUT_VALUE, np.nan, np.rint(value / step) * step),
        "brand": _brands(engine, made, u),
        "flag": _flag(engine, made, u),
        "concealment": concealment,
        "conveyance": conveyance,
        "ending": _ending(made["persons"], made["group"], u("ending")),
    }


def hiding(engine: Engine, made: arrays.Columns) -> tuple[Words, Words]:
    """Return of some incidents the place of hiding and the conveyance that has such a place."""
    u = partial(engine.streams.uniform, "seizure", ids=made["key"])
    places = reference.load("concealments")
    own = np.isin(made["group"].astype("str"), OWN_PLACES) & (u("place") < OWN_PLACE)
    group = np.where(made["bulky"], "bulk", np.where(own, made["group"], "general")).astype("str")
    stream = made["stream"].astype("str")
    pick = _place(places, stream, "general", np.zeros(len(stream)), np.zeros(len(stream)))  # the largest of all
    for word in ("bulk", "general", group):
        fits = _place(places, stream, word, made["kg"], u("hidden"))
        pick = np.where(fits >= 0, fits, pick)
    fitting = [text.split(";") for text in places["conveyances"]]
    draw = u("conveyance").tolist()
    conveyance = [fitting[p][int(v * len(fitting[p]))] for p, v in zip(pick.tolist(), draw, strict=True)]
    return places["text"].to_numpy(dtype=object)[pick], np.array(conveyance, dtype=object)


def _place(
    places: pd.DataFrame, stream: NDArray[np.str_], group: str | NDArray[np.str_], kg: Floats, u: Floats
) -> Ints:
    """Return a place of hiding of each stream and group that holds so much, as its number; -1 where none does."""
    most = places["most_kg"].to_numpy()
    names = np.char.add(places["stream"].to_numpy(dtype="str"), "/")
    names = np.char.add(names, places["group"].to_numpy(dtype="str"))
    cells, cell = np.unique(names, return_inverse=True)
    wanted = np.char.add(np.char.add(stream, "/"), group)
    known = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
    order = np.lexsort((-most, cell))
    scale = 2 * most.max()
    keys = (scale * cell - most)[order]
    first = np.searchsorted(keys, scale * known - most.max())
    some = np.searchsorted(keys, scale * known - np.minimum(kg, most.max()), "right") - first
    some = np.where(cells[known] == wanted, some, 0)
    pick = order[np.minimum(first + np.floor(u * some).astype(np.int64), len(order) - 1)]
    return np.where(some > 0, pick, -1)


def _brands(engine: Engine, made: arrays.Columns, u: partial[Floats]) -> Words:
    """Return invented brands where the goods carry one and the record names it."""
    firms = names.firms(registers.spoken(engine, 0), np.arange(BRANDS), engine.streams, "brand")
    words = [name.split()[0] for name in firms.to_pylist()]
    branded = np.isin(made["group"].astype("str"), BRANDED) & (u("branded") < WITH_BRAND)
    pick = np.floor(u("brand") ** 2 * BRANDS).astype(np.int64)
    return np.where(branded, np.array(words, dtype=object)[pick], "")


def _ending(persons: Ints, group: Words, u: Floats) -> Words:
    words = np.array([*ENDINGS, "seized"], dtype=object)
    met, nobody = (np.cumsum(list(shares.values())) for shares in (ENDINGS, SELDOM))
    made = words[np.where(persons > 0, np.searchsorted(met, u, "right"), np.searchsorted(nobody, u, "right"))]
    mild = np.isin(made.astype("str"), ("settlement", "detained"))
    return np.where(mild & np.isin(group.astype("str"), NEVER_LAWFUL), "seized", made)


def _flag(engine: Engine, made: arrays.Columns, u: partial[Floats]) -> Ints:
    """Return the flag of the conveyance; what is posted or carried in the hand has none."""
    other = territories(engine).partner(made["administration"], u("flag"))
    flag = np.select([u("flagged") < 0.4, u("flagged") < 0.65], [made["departure"], made["administration"]], other)
    return np.where(np.isin(made["stream"].astype("str"), FLAGGED), flag, -1)


def quantities(quantity: Floats, unit: Words) -> list[str]:
    """Return quantities as one writes them.

    Examples
    --------
    >>> quantities(np.array([12.4, 2000.0, 1.0]), np.array(["kg", "sticks", "pieces"], dtype=object))
    ['12.4 kg', '2,000 sticks', '1 piece']
    """
    written = []
    for amount, word in zip(quantity.tolist(), unit.tolist(), strict=True):
        word = word.removesuffix("s") if amount == 1 else word
        written.append(f"{amount:,.0f} {word}" if amount >= 100 or amount == int(amount) else f"{amount:,.4g} {word}")
    return written


def _narratives(engine: Engine, made: arrays.Columns) -> list[str]:
    """Return what the officers wrote: how it was detected, what was found, what followed."""
    key = made["key"]
    kinds = {"detected": made["detection"], "found": made["stream"], "followed": made["ending"]}
    parts = [text.worded(f"{part}_" + kind, "seizure_phrases", key, engine.streams) for part, kind in kinds.items()]
    facts = {
        "goods": made["type"],
        "quantity": quantities(made["quantity"], made["unit"]),
        "concealment": made["concealment"],
        "conveyance": made["conveyance"],
        **_journey(engine, made),
        "packages": _packages(engine, made),
    }
    return text.filled(parts[0] + " " + parts[1] + " " + parts[2], facts)


def _journey(engine: Engine, made: arrays.Columns) -> dict[str, Words]:
    """Return where it came from and went to: administrations, or towns where it never left one."""
    at, inside = territories(engine), made["direction"] == "internal"
    towns = at.offices["town"].to_numpy(dtype=object)
    other = at.other_office(made["office"], engine.streams.uniform("seizure", "journey", ids=made["key"]))
    return {
        "departure": np.where(inside, towns[other], at.names[made["departure"]]),
        "destination": np.where(inside, towns[made["office"]], at.names[made["destination"]]),
    }


def _packages(engine: Engine, made: arrays.Columns) -> list[str]:
    """Return how many packages there were; few of what is posted or carried in the hand."""
    u, v = (engine.streams.uniform("seizure", "packages", which, ids=made["key"]) for which in (0, 1))
    stream = made["stream"].tolist()
    most = np.array([FEW if way in PACKAGES else MANY for way in stream])
    count = (2 + np.floor(most * u**3).astype(np.int64)).tolist()
    words = [PACKAGES.get(way, FREIGHT) for way in stream]
    return [f"{some} {word[int(w * len(word))]}" for some, word, w in zip(count, words, v.tolist(), strict=True)]
