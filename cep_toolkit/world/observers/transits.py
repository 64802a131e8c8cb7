"""What the transit system saw: each movement from the office of departure to the office of destination."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, knowledge, text
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.naming import entity_ids, movements
from cep_toolkit.world.observers import behind, ledger
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.society import FIRM, entity
from cep_toolkit.world.traffic.after import After, transits_of
from cep_toolkit.world.traffic.transits import Arrived, Transits
from cep_toolkit.world.typology import TRANSITS

RESULTS = ("discharged", "discharged late", "under inquiry")
REASONS = ("breakdown", "customs_reseal", "weighed_with_pallets")
VAGUE = 0.2
DIGITS = 6
FIRST_HOUR, HOURS_OPEN = 6, 14
MASS_TOLERANCE = 0.02
NO_REASON, SHOWS_FALSE_REPORT = 0.15, 0.08
UNREPORTED_FOR_EACH_MISSING = 0.06
INQUIRY, INQUIRY_WHEN_ODD = 0.003, 0.35


def table(engine: Engine) -> pd.DataFrame:
    """Return the transit movements of the year, by day of departure."""
    made = transits_of(engine)
    rows, said, region = made.rows, made.said, engine.region
    decide = partial(engine.streams.uniform, "transit")
    leaves = FIRST_HOUR + np.floor(HOURS_OPEN * decide("leaves", ids=rows.number)).astype(np.int64)
    arrives = leaves + said.hours
    known = decide("reported", ids=rows.number) >= UNREPORTED_FOR_EACH_MISSING * engine.knobs.missing
    seal, other = (_serial(engine, what, rows) for what in ("seal", "other seal"))
    reason, report = _explained(engine, made, known)
    offices = list(region.offices["office"])
    table = pd.DataFrame(
        {
            "transit_id": movements(engine, TRANSITS).public(rows.number),
            "date": arrays.dates(FIRST_DAY, rows.day),
            "departure_hour": leaves,
            "office_departure": arrays.categories(rows.entry, offices),
            "office_destination": arrays.categories(rows.exit, offices),
            "haulier_id": entity_ids(engine, entity(FIRM, rows.owner)),
            "goods": _goods(engine, rows),
            "hs": arrays.categories(rows.line, list(region.lines["hs"])),
            "origin": arrays.categories(rows.origin, region.partners),
            "packages": rows.packages,
            "gross_mass_kg": np.rint(rows.grams / 1000),
            "seal": arrays.optional("TS", seal, DIGITS),
            "limit_hours": rows.limit,
            "arrival_date": ledger.known_dates(known, arrays.dates(FIRST_DAY, rows.day + arrives // 24)),
            "arrival_hour": np.where(known, arrives % 24, np.nan),
            "hours_on_the_way": np.where(known, said.hours, np.nan),
            "arrival_mass_kg": np.where(known, np.rint(said.grams / 1000), np.nan),
            "arrival_seal": arrays.optional("TS", np.where(known, np.where(said.resealed, other, seal), -1), DIGITS),
            "explanation": reason,
            "report": report,
            "result": arrays.categories(_result(engine, made, known, report), list(RESULTS)),
            **behind.hidden(engine, made.typology, made.plot),
        }
    )
    return ledger.by_day(table, rows.day)


def _goods(engine: Engine, rows: Transits) -> pd.Categorical:
    vague = engine.streams.uniform("transit", "vague", ids=rows.number) < VAGUE
    draw = engine.streams.mixed("transit", "description", ids=rows.number)
    return arrays.categories(text.goods(rows.line, vague, draw), text.phrases())


def _serial(engine: Engine, what: str, rows: Transits) -> Ints:
    """Return numbers as stand on seals and reports."""
    draw = engine.streams.mixed("transit", what, ids=rows.number)
    return (draw % np.uint64(10**DIGITS)).astype(np.int64)


def _odd(made: After[Transits, Arrived]) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what the office of destination can see: late, of another mass, under another seal."""
    rows, said = made.rows, made.said
    return said.hours > rows.limit, np.abs(said.grams - rows.grams) > MASS_TOLERANCE * rows.grams, said.resealed


def _explained(
    engine: Engine, made: After[Transits, Arrived], known: NDArray[np.bool_]
) -> tuple[NDArray[np.object_], Any]:
    """Return the reason that the haulier gives for what looks odd, and the report that bears it out."""
    late, light, resealed = _odd(made)
    u = {w: engine.streams.uniform("transit", w, ids=made.rows.number) for w in ("says", "report")}
    asked = known & (late | light | resealed) & (u["says"] >= NO_REASON)
    likely = np.select([late, resealed], REASONS[:2], REASONS[2]).astype(object)
    reason = np.where(asked, knowledge.of_movements(engine, made, likely), "")
    has_report = np.where(made.guilty, u["report"] < SHOWS_FALSE_REPORT, u["report"] >= engine.knobs.missing)
    number = np.where(asked & has_report, _serial(engine, "report", made.rows), -1)
    return reason, arrays.optional("RP", number, DIGITS)


def caught(engine: Engine) -> Ints:
    """Return the places of the movements whose control on arrival found goods missing."""
    made = transits_of(engine)
    arrival = np.full(len(made.guilty), "arrival", dtype=object)
    u = engine.streams.uniform("transit", "found", ids=made.rows.number)
    return np.flatnonzero(behind.found(made.typology, made.guilty, arrival, u) != "")


def _result(engine: Engine, made: After[Transits, Arrived], known: NDArray[np.bool_], report: Any) -> Ints:
    """Return how the movement ended; who cannot explain what looks odd is asked more often."""
    late, light, resealed = _odd(made)
    found = np.zeros(len(late), dtype=bool)
    found[caught(engine)] = True
    unexplained = (late | light | resealed) & (np.asarray(report) == "")
    asked = engine.streams.uniform("transit", "inquiry", ids=made.rows.number) < np.where(
        unexplained, INQUIRY_WHEN_ODD, INQUIRY
    )
    return np.where(~known | found | asked, 2, np.where(late, 1, 0))
