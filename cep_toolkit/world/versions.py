"""Layer 4: what those who know of an act say of it. The guilty lie about what they did; others err now and then."""

from __future__ import annotations

from functools import partial

import numpy as np

from cep_toolkit.world.acts import Acts
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.entity_names import confused
from cep_toolkit.world.known import HOW, NOTHING, TELLS, Known
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import FIRM, KINDS, PERSON, RESIDENTS, TRADER

ERRS = {"did": 0.02, "took_part": 0.05, "saw": 0.16, "was_told": 0.28, "document": 0.03}
"""How often an error is made where a plot shows faintest; less where it is plainer."""
LIES = {"did": 0.9, "took_part": 0.5}
DENIES, PLAYS_DOWN = 0.5, 0.25
WRONG_NAME, WRONG_DAY, MOST_DAYS = 0.34, 0.33, 12


def told(engine: Engine, made: Acts, part: Known) -> Known:
    """Return what they say of it: the truth, an error or a lie."""
    u = partial(engine.streams.uniform, "tells", ids=part.key)
    errs = np.array([ERRS[how] for how in HOW])[part.how] * (1.6 - engine.knobs.signal)
    lies = made.guilty[part.act] & (u("lie") < np.array([LIES.get(how, 0.0) for how in HOW])[part.how])
    tells = np.select([lies, u("error") < errs], [TELLS.index("lie"), TELLS.index("error")], TELLS.index("true"))
    v, size = u("which"), u("size")
    lie, error = tells == TELLS.index("lie"), tells == TELLS.index("error")
    denies = lie & (v < DENIES)
    less = lie & ~denies & (v < DENIES + PLAYS_DOWN)
    blames = np.flatnonzero(lie & ~denies & ~less)
    money = part.amount > 0
    day = error & (v >= WRONG_NAME) & ((v < WRONG_NAME + WRONG_DAY) | ~money)
    much = error & (v >= WRONG_NAME + WRONG_DAY) & money
    who = part.subject.copy()
    who[blames] = _another(engine, who[blames], size[blames])
    shift = np.where(size < 0.5, -1, 1) * (1 + np.floor(MOST_DAYS * (2 * size % 1))).astype(np.int64)
    factor = np.select(
        [denies, less, much], [0.0, 0.1 + 0.4 * size, np.where(size < 0.5, 0.3 + size, 1.0 + 3 * size)], 1.0
    )
    return part.replaced(
        tells=tells,
        subject=who,
        kind=np.where(denies, NOTHING, part.kind),
        day=part.day + np.where(day, shift, 0),
        amount=np.rint(part.amount * factor),
        misnamed=error & (v < WRONG_NAME),
    )


def as_said(engine: Engine, rows: Known) -> Known:
    """Return rows of ``known`` with the subjects that are said: to find a name much like another takes its time."""
    at = np.flatnonzero(rows.misnamed)
    who = rows.subject.copy()
    who[at] = confused(engine, who[at])
    return rows.replaced(subject=who)


def _another(engine: Engine, entities: Ints, u: Floats) -> Ints:
    """Return anybody else of the same kind."""
    society = engine.society
    count = {TRADER: len(society.population.traders.count), PERSON: RESIDENTS, FIRM: len(society.firm_kind)}
    kind = entities % KINDS
    some = np.array([count[number] for number in range(KINDS)])[kind]
    other = KINDS * np.floor(u * some).astype(np.int64) + kind
    return np.asarray(np.where(other == entities, KINDS * ((other // KINDS + 1) % some) + kind, other))
