"""Intelligence reports: what somebody knew, or said, of an act, as a unit wrote and graded it.

Some are right, some are not, and some repeat others: two units hear one source, or one unit hands on another's report
under a number of its own.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, identifiers, reference, telling
from cep_toolkit.world.acts import Acts, acts, kinds
from cep_toolkit.world.arrays import Columns, stacked, taken, words
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.entity_names import entity_names
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.known import HOW, NOTHING, TELLS, Known
from cep_toolkit.world.naming import entity_ids
from cep_toolkit.world.observers import ACT, PLOT
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY, WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.versions import as_said
from cep_toolkit.world.witnesses import known, subject

OF, RIGHT, SOURCE = "_of", "_right", "_source"
SECOND_REPORTS = (1.0, 0.45, 0.3)
"""How likely a second and a third report on one plot are, against the first."""
ON_DECOYS = 0.4
HEARD_WITHIN, WRITTEN_WITHIN = 14, 12
COPIED, HEARD_AGAIN, COPY_WITHIN = 0.17, 0.5, 18
NAMES_NOBODY, TECHNICAL, THROUGH_OTHERS, GUESSED = 0.08, 0.3, 0.15, 0.2
AT_THE_OFFICE, AT_HEADQUARTERS = 0.55, 0.85
GRADES = ("A", "B", "C", "D", "E")
RELIABILITY = {"true": (0.12, 0.45, 0.7, 0.76), "error": (0.06, 0.3, 0.62, 0.74), "lie": (0.03, 0.16, 0.42, 0.66)}
"""Cumulated shares of the grades that sources of each kind of telling deserve."""
PAPER = (0.3, 0.75, 0.85, 0.87)
MISGRADED, SUSPECTED = 0.25, 0.25
INFORMATION = {"took_part": (0.05, 0.75, 0.8, 0.97), "saw": (0.05, 0.7, 0.78, 0.97), "was_told": (0.0, 0.1, 0.3, 0.95),
               "document": (0.3, 0.7, 0.85, 0.98), "technical": (0.5, 0.6, 0.85, 0.98),
               "guess": (0.0, 0.02, 0.06, 0.85)}  # fmt: skip
"""Cumulated shares of the grades of information by how the source knows."""
HANDLING = (0.2, 0.55, 0.8, 0.95)


def table(engine: Engine) -> pd.DataFrame:
    """Return the reports of the year, by date."""
    rows, made = as_said(engine, _chosen(engine)), acts(engine)
    told = _written(engine, rows, made)
    told = stacked([told, _copies(engine, told)])
    told["report_id"] = identifiers.from_keys(told["key"])
    told["of"] = np.where(told["copy"] == "repeat", told["report_id"][told["first"]], 0)
    told = taken(told, (told["day"] >= 0) & (told["day"] < WEEKS * 7))
    told = taken(told, np.lexsort((told["report_id"], told["day"])))
    rows = rows.at(told["row"])
    named = told["named"]
    told["subject"] = np.where(named, entity_names(engine, rows.subject), "")
    shown = told | {
        "date": arrays.dates(FIRST_DAY, told["day"]),
        "source_id": _source_codes(engine, told),
        "source_grade": words(GRADES)[told["source_grade"]],
        "information_grade": told["information_grade"] + 1,
        "handling_code": told["handling_code"] + 1,
        "subject_id": np.where(named, entity_ids(engine, rows.subject), ""),
        "text": telling.texts(engine, rows, told),
        PLOT: _plots(engine, rows, made),
        ACT: np.where(rows.act >= 0, words(kinds())[made.kind[rows.act]], ""),
        OF: told["of"],
        RIGHT: _right(rows, made),
        SOURCE: entity_ids(engine, rows.person),
    }
    columns = [column.name for column in tables()["reports"]]
    return pd.DataFrame({name: shown[name] for name in (*columns, PLOT, ACT, OF, RIGHT, SOURCE)})


def _chosen(engine: Engine) -> Known:
    """Return the pieces of knowledge that reach a unit: up to three a plot, by what it hides; rumours as they come."""
    every, made = known(engine), acts(engine)
    u = partial(engine.streams.uniform, "report", ids=every.key)
    speaks = (every.how != HOW.index("did")) & (every.kind != NOTHING)
    rumours = np.flatnonzero(speaks & (every.act < 0) & (u("kept") < engine.knobs.decoys))
    at = np.flatnonzero(speaks & (every.act >= 0))
    typology, place = made.typology[every.act[at]], made.plot[every.act[at]]
    plot = typology.astype(np.int64) * 10_000_000 + place
    order = np.lexsort((u("row")[at], plot))
    first = np.concatenate([[True], np.diff(plot[order]) != 0]) if len(order) else np.zeros(0, dtype=bool)
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - start
    spoken = reference.load("act_kinds").set_index("act")["reported"]
    chance = np.array([float(spoken.get(each.act, 0.0)) for each in TYPOLOGIES])[typology]
    chance = chance * np.array([*SECOND_REPORTS, 0.0])[np.minimum(rank, len(SECOND_REPORTS))]
    chance = chance * np.where(made.guilty[every.act[at]], 1.0, ON_DECOYS)
    kept = (u("kept")[at] < chance) & (u("missing")[at] >= engine.knobs.missing)
    return every.at(np.concatenate([at[kept], rumours]))


def _written(engine: Engine, rows: Known, made: Acts) -> Columns:
    """Return the report of each piece of knowledge: when, by whom, how known, how graded."""
    u = partial(engine.streams.uniform, "written", ids=rows.key)
    how = _how(rows, u)
    at_once = np.isin(how.astype("str"), ["saw", "technical"])
    heard = rows.day + np.where(at_once, 0, 1 + np.floor(HEARD_WITHIN * u("heard")).astype(np.int64))
    wait = 1 + np.rint(WRITTEN_WITHIN * engine.knobs.delay * u("wait")).astype(np.int64)
    other = (how == "was_told") & (u("through") < THROUGH_OTHERS)
    by_paper = np.isin(how.astype("str"), ["document", "technical"])
    office = np.where(rows.act >= 0, made.office[rows.act], -1)
    return {
        "key": engine.streams.mixed("report", "number", ids=rows.key),
        "row": np.arange(len(rows)),
        "person": rows.person,
        "first": np.arange(len(rows)),
        "copy": np.full(len(rows), "", dtype=object),
        "heard": heard,
        "day": heard + wait,
        "how": how,
        "unit": _units(engine, office, u),
        "source_kind": np.select([other, by_paper], [np.full(len(rows), "other_agency", dtype=object), how], "person"),
        "named": u("named") >= NAMES_NOBODY,
        **_grades(rows, how, by_paper, u),
    }


def _how(rows: Known, u: partial[Floats]) -> NDArray[np.object_]:
    """Return how the source knows, as the report puts it: some records are of machines, some hearsay is a guess."""
    how = words(HOW)[rows.how]
    calls = rows.kind == kinds().index("call")
    technical = (how == "document") & (calls | (u("technical") < TECHNICAL))
    guess = (how == "was_told") & (u("guess") < GUESSED)
    return np.select([technical, guess], [np.full(len(how), "technical", dtype=object), "guess"], how)


def _units(engine: Engine, office: Ints, u: partial[Floats]) -> NDArray[np.object_]:
    """Return who submitted: the office where it happened, headquarters, or a partner administration."""
    region = engine.region
    offices = region.offices["office"].to_numpy(dtype=object)
    anywhere = np.floor(u("office") * len(offices)).astype(np.int64)
    partner = words(region.partners)[np.floor(u("partner") * len(region.partners)).astype(np.int64)]
    own = offices[np.where(office < 0, anywhere, office)]
    steps = [u("unit") < AT_THE_OFFICE, u("unit") < AT_HEADQUARTERS]
    return np.select(steps, [own, np.full(len(own), region.host.code, dtype=object)], partner)


def _grades(rows: Known, how: NDArray[np.object_], by_paper: NDArray[np.bool_], u: partial[Floats]) -> Columns:
    """Return the grades that the unit gave, on the 5x5x5 scale; every fourth source is graded one off."""
    deserved = np.array([RELIABILITY[word] for word in TELLS])[rows.tells]
    deserved = np.where(by_paper[:, None], PAPER, deserved)
    source = (u("source")[:, None] >= deserved).sum(axis=1)
    off = np.where(u("off") < 0.5, -1, 1) * (u("misgraded") < MISGRADED)
    limits = np.array([INFORMATION[word] for word in how.tolist()]).reshape(-1, 4)
    information = (u("information")[:, None] >= limits).sum(axis=1)
    suspected = (rows.tells == TELLS.index("lie")) & (u("suspected") < SUSPECTED)
    return {
        "source_grade": np.clip(source + off, 0, len(GRADES) - 1),
        "information_grade": np.where(suspected, 4, information),
        "handling_code": np.searchsorted(HANDLING, u("handling"), "right"),
    }


def _copies(engine: Engine, told: Columns) -> Columns:
    """Return reports that tell the same once more: another unit heard the source, or took the report over."""
    u = partial(engine.streams.uniform, "copied", ids=told["key"])
    at = np.flatnonzero(u("whether") < COPIED)
    again = u("again")[at] < HEARD_AGAIN
    copy = taken(told, at)
    unit = _units(engine, np.full(len(at), -1), partial(engine.streams.uniform, "copier", ids=copy["key"]))
    headquarters = engine.region.host.code
    unit = np.where(unit == copy["unit"], np.where(unit == headquarters, engine.region.partners[0], headquarters), unit)
    later = 2 + np.floor(COPY_WITHIN * u("later")[at]).astype(np.int64)
    shift = np.where(u("grade")[at] < 0.5, 0, np.where(u("grade")[at] < 0.75, -1, 1))
    return copy | {
        "key": engine.streams.mixed("report", "copy", ids=copy["key"]),
        "copy": np.where(again, "again", "repeat").astype(object),
        "heard": copy["heard"] + np.where(again, np.floor(4 * u("heard")[at]).astype(np.int64), 0),
        "day": copy["day"] + later,
        "unit": unit,
        "source_grade": np.clip(copy["source_grade"] + shift, 0, len(GRADES) - 1),
    }


def _source_codes(engine: Engine, told: Columns) -> NDArray[np.object_]:
    """Return the code that each unit has for its source: no two units have the same code for one."""
    person = _source_numbers(engine, told)
    made = np.full(len(person), "", dtype=object)
    for unit in sorted(set(told["unit"].tolist())):
        here = np.flatnonzero(told["unit"] == unit)
        numbers = PublicIds(engine.streams, f"source {unit}").public(person[here])
        made[here] = [f"{unit}-{number}" for number in numbers.tolist()]
    return made


def _source_numbers(engine: Engine, told: Columns) -> Ints:
    """Return a number for the source of each report: the person, or the paper or report that stands for one."""
    paper = 45_000_000 + (engine.streams.mixed("paper", ids=told["key"]) % np.uint64(45_000_000)).astype(np.int64)
    by_person = (told["person"] >= 0) & (told["copy"] != "repeat")
    return np.where(by_person, told["person"], paper)


def _plots(engine: Engine, rows: Known, made: Acts) -> NDArray[np.object_]:
    typology = np.where(rows.act >= 0, made.typology[rows.act], -1).astype(np.int8)
    return engine.plot_names(typology, made.plot[rows.act])


def _right(rows: Known, made: Acts) -> NDArray[np.object_]:
    """Return whether a report is right, in part right (a detail is wrong, or the act is innocent) or wrong."""
    real = rows.act >= 0
    who = rows.subject == subject(made.actor[rows.act], made.kind[rows.act])
    exact = (rows.day == made.day[rows.act]) & (rows.amount == made.amount[rows.act])
    guilty = made.guilty[rows.act]
    steps = [~real | ~who, guilty & exact]
    return np.select(steps, [np.full(len(rows), "false", dtype=object), "true"], "part")
