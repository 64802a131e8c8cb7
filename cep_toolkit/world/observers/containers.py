"""What terminals recorded: every container of every voyage, with its seals at loading and at discharge.

Container numbers are as in ISO 6346, with a true check digit, but for the fourth letter: Q, which no container has.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, numbers, shipping, text
from cep_toolkit.world.boxes import NOBODY, TARE_KG, TYPES, Boxes, Masters, boxes, masters, move_numbers
from cep_toolkit.world.cargo import cargo
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import ACT, PLOT
from cep_toolkit.world.population import Ints
from cep_toolkit.world.typologies import TYPOLOGIES

OPENED = "drugs_added_to_lawful_container"
OWNERS, OF_THE_CARRIER, TRIPS, SPARE, SERIALS = 20, 0.65, 4, 3, 900_000
MISTYPED, REPLACED = 0.0075, 0.0075
SEAL_DIGITS, SEAL_SERIES = 7, 60
WRONG_SETTING = 0.01


def table(engine: Engine) -> pd.DataFrame:
    """Return the containers of the year, by arrival, voyage and number."""
    made, over = boxes(engine), masters(engine)
    full = made.master != NOBODY
    opened, act = _opened(engine, made, over)
    loading, discharge = _seals(engine, made, opened)
    columns = {
        "move_id": move_numbers(engine, made.number),
        "container": _numbers(engine, made),
        "bill": _bill(engine, made, over),
        "voyage_id": shipping.voyage_ids(engine, made.voyage),
        "type": arrays.categories(made.type, list(TYPES)),
        "load": arrays.categories(full.astype(np.int64), ["empty", "full"]),
        "seal_loading": arrays.fixed_width(loading, full),
        "seal_discharge": arrays.fixed_width(discharge, full),
        "gross_mass_kg": (np.rint((made.kg + TARE_KG[made.type]) / 20) * 20).astype(np.int64),
        "setpoint": _setpoint(engine, made),
        **act,
    }
    return pd.DataFrame(columns, copy=False)


def _bill(engine: Engine, made: Boxes, over: Masters) -> object:
    bill = shipping.bill_numbers(engine, over.number)[made.master]
    letters = np.broadcast_to(shipping.BILL_LETTERS[shipping.SEA], (len(bill), 2))
    return arrays.fixed_width(arrays.with_digits(letters, bill, 8, between="-"), made.master != NOBODY)


def _numbers(engine: Engine, made: Boxes) -> object:
    """Return the container of each row: one of its owner's and type, each on one voyage after the other."""
    streams = engine.streams
    u, v = (streams.uniform("box", what, ids=made.number) for what in ("owner", "which"))
    lines = engine.society.firms(("carrier",))
    carrier = shipping.carrier(engine, shipping.SEA, shipping.run(engine, made.voyage))
    owner = np.where(u < OF_THE_CARRIER, np.searchsorted(lines, carrier), np.floor(v * OWNERS).astype(np.int64))
    fleet = owner * len(TYPES) + made.type
    order = np.argsort(fleet, kind="stable")  # rows are by arrival already
    size = np.bincount(fleet, minlength=OWNERS * len(TYPES))
    turn = np.arange(len(fleet)) - np.repeat(np.cumsum(size) - size, size)
    place = np.empty(len(fleet), dtype=np.int64)
    place[order] = turn % np.repeat(size // TRIPS + SPARE, size)
    serial = PublicIds(streams, "container", 6).public((fleet * (SERIALS // len(size)) + place) % SERIALS)
    prefixes = text.letters(streams.mixed("container owner", ids=np.arange(OWNERS)), 3)
    return numbers.containers(prefixes[owner], serial)


def _opened(engine: Engine, made: Boxes, over: Masters) -> tuple[NDArray[np.bool_], dict[str, NDArray[np.object_]]]:
    """Return where a seal was cut and another put on by those who opened a container, and for the truth who did."""
    bills = cargo(engine)
    acts = np.array([*(typology.act == OPENED for typology in TYPOLOGIES), False])
    touched = np.flatnonzero(acts[bills.typology])
    touched = touched[over.boxes[over.of_bill[touched]] > 0]
    master, number = over.of_bill[touched], bills.number[touched]
    at = np.argsort(made.number)
    start = (np.cumsum(over.boxes) - over.boxes)[master]
    one = np.floor(engine.streams.uniform("opened", "which", ids=number) * over.boxes[master]).astype(np.int64)
    seen = engine.streams.uniform("opened", "seal", ids=number) < bills.strength[touched]
    cut, typology = np.zeros(len(made.master), dtype=bool), np.full(len(made.master), -1, dtype=np.int8)
    plot = typology.astype(np.int64)
    at = at[start + one]
    cut[at[seen]] = True
    typology[at], plot[at] = bills.typology[touched], bills.plot[touched]
    act = np.where(typology >= 0, OPENED, "").astype(object)
    return cut, {PLOT: engine.plot_names(typology, plot), ACT: act}


def _seals(engine: Engine, made: Boxes, opened: NDArray[np.bool_]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the seals at loading and at discharge: a few differ by a slip of the pen, a few were replaced."""
    streams, row = engine.streams, made.number
    first, second = (_seal(engine, which, row) for which in ("first", "second"))
    u = streams.uniform("seal", "changed", ids=row)
    slip = np.flatnonzero(u < MISTYPED)
    wrong = first.copy()
    bits = streams.mixed("seal", "slip", ids=row[slip]) >> np.uint64(8)
    column = first.shape[1] - 1 - (bits % np.uint64(SEAL_DIGITS)).astype(np.int64)
    other = (bits // np.uint64(SEAL_DIGITS) % np.uint64(9)).astype(np.int64) + 1
    wrong[slip, column] = 48 + (first[slip, column] - 48 + other) % 10
    replaced = opened | ((u >= MISTYPED) & (u < MISTYPED + REPLACED))
    return first, np.where(replaced[:, None], second, wrong)


def _seal(engine: Engine, which: str, row: Ints) -> NDArray[np.uint8]:
    draw = engine.streams.mixed("seal", which, ids=row)
    series = text.letters(engine.streams.mixed("seal series", ids=np.arange(SEAL_SERIES)), 2)
    letters = series[(draw % np.uint64(SEAL_SERIES)).astype(np.int64)]
    number = (draw >> np.uint64(16)) % np.uint64(10**SEAL_DIGITS)
    return arrays.with_digits(letters, number, SEAL_DIGITS)


def _setpoint(engine: Engine, made: Boxes) -> NDArray[np.float64]:
    """Return the temperature set: what the goods need, a few degrees off in some."""
    u = engine.streams.uniform("setpoint", ids=made.number)
    return made.setpoint + np.where(u < WRONG_SETTING, np.rint(u / WRONG_SETTING * 8) - 4, 0)
