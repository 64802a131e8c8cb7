"""Open-source items as a news service collected them (a training analogue of Iris): translated, graded, placed.

Whether the store of seizures holds a record of the event is said, never what stands in it.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, identifiers, press, reference, text
from cep_toolkit.world.arrays import Columns, taken, words
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.incidents import incidents
from cep_toolkit.world.observers import ACT, PLOT, seizures
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.telling import written_days
from cep_toolkit.world.territories import territories

EVENT = "_event"
WITHOUT_TOWN = ("policy", "statistics")
CONFIDENCE = ("high", "low", "medium")
SURE, UNSURE = 0.75, 0.93
GRADE_OF = {"agency": 0.0, "daily": 0.9, "port paper": 1.3, "blog": 2.8}
GRADES = ("A", "B", "C", "D", "E")
FIRST_MINUTE, MINUTES = 300, 1_080
SLOWEST = 3_000
WEEK = 6
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def table(engine: Engine) -> pd.DataFrame:
    """Return the items of the year, by the minute of publication."""
    made = press.items(engine)
    u = partial(engine.streams.uniform, "news", ids=made["key"])
    minute = FIRST_MINUTE + np.floor(MINUTES * u("minute")).astype(np.int64)
    made["minute"] = made["day"] * 24 * 60 + minute
    made["collected"] = made["minute"] + 5 + np.floor(SLOWEST * u("lag") ** 4).astype(np.int64)
    made["item_id"] = identifiers.from_keys(made["key"])
    made = taken(made, np.lexsort((made["item_id"], made["minute"])))
    publishers = reference.load("publishers")
    of = made["publisher"]
    facts = _facts(engine, made)
    behind = _behind(engine, made)
    shown = {
        "item_id": made["item_id"],
        "url": _urls(publishers["domain"].to_numpy(dtype=object)[of], made),
        "publisher": pd.Categorical(publishers["name"].to_numpy(dtype=object)[of]),
        "published": _times(made["minute"]),
        "collected": _times(made["collected"]),
        "language": pd.Categorical(publishers["language"].to_numpy(dtype=object)[of]),
        "headline": _texts(engine, "headline_", made, facts),
        "text": _texts(engine, "story_", made, facts),
        "topic": pd.Categorical(np.where(made["topic"] == "repeat", "seizure", made["topic"])),
        "administration": arrays.categories(made["administration"], territories(engine).codes),
        **_placed(engine, made),
        "source_grade": _grades(engine)[of],
        **behind,
    }
    columns = [column.name for column in tables()["news"]]
    return pd.DataFrame({name: shown[name] for name in (*columns, EVENT, PLOT, ACT)})


def _facts(engine: Engine, made: Columns) -> dict[str, list[str]]:
    """Return what stories may name."""
    at = territories(engine)
    publishers = reference.load("publishers")["name"].to_numpy(dtype=object)
    return {
        "goods": made["goods"].tolist(),
        "quantity": seizures.quantities(made["quantity"], made["unit"]),
        "wrong": seizures.quantities(made["quantity"], made["unit"]),
        "right": seizures.quantities(made["right"], made["unit"]),
        "conveyance": made["conveyance"].tolist(),
        "place": at.offices["town"].to_numpy(dtype=object)[made["office"]].tolist(),
        "administration": at.names[made["administration"]].tolist(),
        "day": _days(made["told"], made["day"]),
        "publisher": publishers[made["publisher"]].tolist(),
        **{name: made[name].tolist() for name in ("event", "result", "trend")},
    }


def _days(told: Ints, published: Ints) -> list[str]:
    """Return the days as a story names them: by weekday within a week, else by date."""
    weekday = words(WEEKDAYS)[told % 7]  # the year begins on a Monday
    recent = (published - told >= 0) & (published - told <= WEEK)
    return list(np.where(recent, weekday, words(written_days(told))))


def _texts(engine: Engine, part: str, made: Columns, facts: dict[str, list[str]]) -> list[str]:
    wording = text.worded(part + made["topic"], "news_phrases", made["key"], engine.streams)
    return text.filled(wording, facts)


def _urls(domain: NDArray[np.object_], made: Columns) -> list[str]:
    date = (FIRST_DAY + made["day"]).astype("datetime64[D]").astype(str)
    rows = zip(domain.tolist(), date.tolist(), made["item_id"].tolist(), strict=True)
    return [f"https://{site}/{day[:4]}/{day[5:7]}/{number}" for site, day, number in rows]


def _times(minute: Ints) -> NDArray[np.datetime64]:
    first = FIRST_DAY.astype("datetime64[m]")
    return np.asarray((first + minute.astype("timedelta64[m]")).astype("datetime64[ms]"))


def _placed(engine: Engine, made: Columns) -> dict[str, object]:
    """Return where each item was placed: the town's own place, the capital where unsure, or another town's place."""
    at = territories(engine)
    u = partial(engine.streams.uniform, "news", ids=made["key"])
    no_town = np.isin(made["topic"].astype("str"), WITHOUT_TOWN)
    sure = np.where(no_town, 1, np.searchsorted((SURE, UNSURE), u("sure"), "right"))
    other = np.floor(u("other place") * len(at.offices)).astype(np.int64)
    office = np.where(sure == 2, other, made["office"])
    town_x, town_y = (at.offices[name].to_numpy(dtype=float)[office] for name in ("x", "y"))
    seat_x, seat_y = at.seats[made["administration"]].T
    towns = at.offices["town"].to_numpy(dtype=object)[made["office"]]
    return {
        "town": np.where(no_town, "", towns),
        "x": np.rint(np.where(sure == 1, seat_x, town_x)).astype(np.int64),
        "y": np.rint(np.where(sure == 1, seat_y, town_y)).astype(np.int64),
        "place_confidence": arrays.categories(np.array([0, 2, 1])[sure], list(CONFIDENCE)),
    }


def _grades(engine: Engine) -> NDArray[np.object_]:
    """Return the grade of each publisher: by its kind, and a little by itself."""
    kinds = reference.load("publishers")["kind"]
    u = engine.streams.uniform("news", "grade", ids=np.arange(len(kinds)))
    level = np.floor(kinds.map(GRADE_OF).to_numpy(dtype=float) + 1.6 * u).astype(np.int64)
    return words(GRADES)[np.clip(level, 0, len(GRADES) - 1)]


def _behind(engine: Engine, made: Columns) -> dict[str, object]:
    """Return the event of each item and what is behind it: the number of a record, or the item's own."""
    every, case = incidents(engine), seizures.case_ids(engine)
    held = seizures.report_days(engine) <= seizures.LAST_REPORT
    incident = made["incident"]
    real = incident >= 0
    return {
        "cen_pointer": real & held[incident],
        EVENT: np.where(real, case[incident], made["item_id"]),
        PLOT: np.where(real, every["plot"][incident], ""),
        ACT: np.where(real, every["act"][incident], ""),
    }
