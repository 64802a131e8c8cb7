"""What the register keeps of each trader's life: one row an event, with dates that agree with the other registers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, naming
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import registers
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.society import FORMER, PERSON, TRADER
from cep_toolkit.world.standing import NEVER, Standing, standing

EVENTS = (
    "address_changed",
    "aeo_granted",
    "director_changed",
    "name_changed",
    "penalty",
    "registered",
    "reinstated",
    "suspended",
)
PENALTIES = ("declaration lodged late", "duty paid late", "papers not kept", "quantity stated wrongly")
SUSPENSIONS = ("duty not paid", "no reply at its address", "returns not filed", "stopped trading at its own request")
REINSTATED = ("duty paid", "address confirmed", "returns filed")
RENAMED = 0.05
LEAST_PENALTY, FOR_EACH_DECLARATION, MOST_PENALTY = 0.02, 0.006, 0.25
PENALTIES_KEPT = 1_500
LAST_DAY = 363


def table(engine: Engine) -> pd.DataFrame:
    """Return the events of every trader, the former ones included, by date."""
    made = standing(engine)
    parts = [(EVENTS.index(name), *_since(made, name)) for name in ("registered", "aeo_granted", "reinstated")]
    parts += [(EVENTS.index(name), *_since(made, name)) for name in ("suspended", "director_changed")]
    parts += [(EVENTS.index("address_changed"), *_since(made, "address_changed"))]
    parts += [(EVENTS.index("name_changed"), *_renamed(engine, made))]
    parts += [(EVENTS.index("penalty"), *_penalties(engine, made))]
    event = np.repeat([part[0] for part in parts], [len(part[1]) for part in parts])
    place, day = (np.concatenate([part[i] for part in parts]) for i in (1, 2))
    trader = made.trader[place]
    public = PublicIds(engine.streams, "trader event", 9).public(trader * len(EVENTS) + event)
    order = np.lexsort((public, day))
    return pd.DataFrame(
        {
            "event_id": public[order],
            "importer_id": naming.ids(engine, TRADER).public(trader[order]),
            "date": arrays.dates(FIRST_DAY, day[order]),
            "event": arrays.categories(event[order], list(EVENTS)),
            "detail": _details(engine, made, event, place)[order],
        },
        copy=False,
    )


def _since(made: Standing, event: str) -> tuple[Ints, Ints]:
    """Return the places of the traders to whom it happened, and the days."""
    since = {
        "registered": made.registered,
        "aeo_granted": made.aeo_since,
        "reinstated": made.reinstated,
        "suspended": made.suspended,
        "director_changed": np.where(made.director_since > made.registered, made.director_since, NEVER),
        "address_changed": np.where(made.address_since > made.registered, made.address_since, NEVER),
    }[event]
    place = np.flatnonzero(since != NEVER)
    return place, since[place]


def _renamed(engine: Engine, made: Standing) -> tuple[Ints, Ints]:
    u = engine.streams.uniform("history", "renamed", ids=made.trader)
    return _some_day(engine, made, "renamed", np.flatnonzero(u < RENAMED), made.registered)


def _penalties(engine: Engine, made: Standing) -> tuple[Ints, Ints]:
    """Return penalties: the more a trader declares, the likelier one of the last years is still on file."""
    count = engine.population.traders.count[made.trader % FORMER]
    chance = np.minimum(LEAST_PENALTY + FOR_EACH_DECLARATION * count, MOST_PENALTY)
    place = np.flatnonzero(engine.streams.uniform("history", "penalty", ids=made.trader) < chance)
    return _some_day(engine, made, "penalty", place, np.maximum(made.registered, -PENALTIES_KEPT))


def _some_day(engine: Engine, made: Standing, what: str, place: Ints, first: Ints) -> tuple[Ints, Ints]:
    u = engine.streams.uniform("history", what, "day", ids=made.trader[place])
    last = np.where(made.active, LAST_DAY, made.suspended)[place]
    low = np.minimum(first[place] + 30, last - 1)
    return place, low + np.floor(u * (last - low)).astype(np.int64)


def _details(engine: Engine, made: Standing, event: Ints, place: Ints) -> NDArray[np.object_]:
    """Return what stands beside each event; the new director or address by its identifier."""
    detail = np.full(len(event), "", dtype=object)
    trader = made.trader[place]

    def fill(name: str, words: Any) -> None:
        here = np.flatnonzero(event == EVENTS.index(name))
        detail[here] = np.asarray(words(here), dtype=object)

    def one_of(words: tuple[str, ...], what: str, here: Ints) -> NDArray[np.object_]:
        pick = engine.streams.mixed("history", what, "words", ids=trader[here]) % np.uint64(len(words))
        return np.asarray(np.array(words, dtype=object)[pick])

    def suspended(here: Ints) -> NDArray[np.object_]:
        stopped = one_of(SUSPENSIONS, "suspended", here)
        paused = one_of(SUSPENSIONS[: len(REINSTATED)], "reinstated", here)
        return np.where(made.active[place[here]], paused, stopped)

    fill("suspended", suspended)
    fill("reinstated", lambda here: one_of(REINSTATED, "reinstated", here))
    fill("penalty", lambda here: one_of(PENALTIES, "penalty", here))
    fill("director_changed", lambda here: naming.ids_of(engine, PERSON, made.director[place[here]]))
    fill("address_changed", lambda here: naming.address_ids(engine, engine.society.address(TRADER, trader[here])))
    fill("name_changed", lambda here: arrays.plain(registers.importer_names(engine, trader[here], "trader before")))
    return detail
