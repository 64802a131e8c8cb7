"""What carriers and Customs recorded of arriving travellers: the booking, the cash declared, the few controls."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, reference
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.naming import entity_ids, movements
from cep_toolkit.world.observers import behind, ledger
from cep_toolkit.world.observers.money import in_currency
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import PERSON, entity
from cep_toolkit.world.traffic.after import After, journeys_of
from cep_toolkit.world.traffic.journeys import CASH_LIMIT, Journeys, Told
from cep_toolkit.world.typology import JOURNEYS

CONTROLS = ("dog", "profile", "routine")
FINDINGS = ("cash", "none", "other")
ROUTINE, DOG, PROFILE, OF_THE_PROFILE = 0.02, 0.01, 0.004, 0.3
FORGOTTEN_CASH_FOUND, OTHER = 0.4, 0.03
SOON = 3
FERRY_FROM = 3
"""Of every so many partners with a coast, one sends ferries instead of flights."""


def table(engine: Engine) -> pd.DataFrame:
    """Return the arrivals of the year, by day."""
    made = journeys_of(engine)
    rows, said = made.rows, made.said
    booked = _booked(engine, rows, said)
    recorded = engine.streams.uniform("journey", "booking", ids=rows.number) >= engine.knobs.missing
    control = _control(engine, rows, said, booked)
    finding = _finding(engine, made, control)
    declared = in_currency(engine, said.declared, rows.day, rows.place)
    counted = (control >= 0) & ((finding == FINDINGS.index("cash")) | (said.declared > 0))
    carried = in_currency(engine, said.carried, rows.day, rows.place).in_host
    table = pd.DataFrame(
        {
            "journey_id": movements(engine, JOURNEYS).public(rows.number),
            "date": arrays.dates(FIRST_DAY, rows.day),
            "service": _service(engine, rows),
            "departure": arrays.categories(rows.place, engine.region.partners),
            "person_id": entity_ids(engine, entity(PERSON, rows.owner)),
            "nights": said.nights,
            "bags": rows.bags,
            "ticket": arrays.categories(np.where(recorded, 1 + said.cash_ticket, 0), ["", "card", "cash"]),
            "booked_days_before": np.where(recorded, booked, np.nan),
            "cash_declared": declared.in_host,
            "currency": declared.currency,
            "control": arrays.categories(control + 1, ["", *CONTROLS]),
            "finding": arrays.categories(finding + 1, ["", *FINDINGS]),
            "cash_found": np.where(counted, carried, np.nan),
            **behind.hidden(engine, made.typology, made.plot),
        }
    )
    return ledger.by_day(table, rows.day)


def caught(engine: Engine) -> Ints:
    """Return the places of the journeys whose control found cash not declared, of who hid it or forgot it."""
    made = journeys_of(engine)
    control = _control(engine, made.rows, made.said, _booked(engine, made.rows, made.said))
    return np.flatnonzero(_finding(engine, made, control) == FINDINGS.index("cash"))


def _service(engine: Engine, rows: Journeys) -> pd.Categorical:
    """Return flights and ferries such as ``"FL 143"``; ferries join coasts alone."""
    offices = reference.load("offices")
    coast = set(offices.loc[offices["kind"] == "seaport", "administration"])
    by_sea = np.array([code in coast for code in engine.region.partners])
    by_sea &= (np.arange(len(by_sea)) % FERRY_FROM == 0) & (engine.region.offices["kind"] == "seaport").any()
    numbers, place = np.unique(rows.flight * len(by_sea) + rows.place, return_inverse=True)
    flight, partner = np.divmod(numbers, len(by_sea))
    words = [f"{'FE' if sea else 'FL'} {number}" for sea, number in zip(by_sea[partner], flight, strict=True)]
    return arrays.categories(place, words)


def _booked(engine: Engine, rows: Journeys, said: Told) -> Ints:
    """Return days between booking and journey: tickets paid in cash are bought late."""
    u = engine.streams.uniform("journey", "booked", ids=rows.number)
    return np.where(said.cash_ticket, np.floor(8 * u**2), np.floor(1 + np.exp(4.6 * u))).astype(np.int64)


def _control(engine: Engine, rows: Journeys, said: Told, booked: Ints) -> Ints:
    """Return the kind of control, -1 for none: few at random, by dog or by a profile of late bookings paid in cash."""
    u = {w: engine.streams.uniform("journey", w, ids=rows.number) for w in CONTROLS}
    fits = (said.nights <= 1) & said.cash_ticket & (booked <= SOON)
    steps = [u["profile"] < np.where(fits, OF_THE_PROFILE, PROFILE), u["dog"] < DOG, u["routine"] < ROUTINE]
    return np.select(steps, [CONTROLS.index(word) for word in ("profile", "dog", "routine")], -1)


def _finding(engine: Engine, made: After[Journeys, Told], control: Ints) -> Ints:
    """Return what controls found, -1 where there was none; who forgot to declare is found out like anybody."""
    said = made.said
    u = {w: engine.streams.uniform("journey", w, ids=made.rows.number) for w in ("found", "error")}
    kind = np.array([*CONTROLS, ""], dtype=object)[control]
    found = behind.found(made.typology, made.guilty, kind, u["found"]) == "cash"
    forgot = ~made.guilty & _undeclared(said) & (u["found"] < FORGOTTEN_CASH_FOUND)
    code = np.where(u["error"] < OTHER, FINDINGS.index("other"), FINDINGS.index("none"))
    code = np.where(found | forgot, FINDINGS.index("cash"), code)
    return np.where(control >= 0, code, -1)


def _undeclared(said: Told) -> NDArray[np.bool_]:
    carried: Floats = said.carried
    return np.asarray((carried >= CASH_LIMIT) & (said.declared == 0))
