"""Layer 1: who works for which firm that serves trade, and which firm usually serves a trader."""

from __future__ import annotations

import numpy as np

from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import FIRM_KINDS, Society
from cep_toolkit.world.streams import Streams

EMPLOYERS = {
    "courier": "express",
    "freight clerk": "forwarder",
    "lorry driver": "haulier",
    "money changer": "money_service",
    "seafarer": "carrier",
    "warehouse keeper": "warehouse",
}


def employers(society: Society, streams: Streams, person: Ints) -> Ints:
    """Return the firm that each person works for, -1 for none that serves trade."""
    kinds = [FIRM_KINDS.index(EMPLOYERS[job]) if job in EMPLOYERS else -1 for job in society.jobs]
    kind = np.array([*kinds, -1])[society.people.job[person]]  # a director's job is -1, the last place
    kind = np.where(society.people.home[person] < 0, kind, -1)
    return _of_kind(society, kind, streams.uniform("employer", ids=person))


def serving(society: Society, streams: Streams, kind: str, trader: Ints) -> Ints:
    """Return the firm of a kind that usually serves each trader."""
    u = streams.uniform("serving", kind, ids=trader)
    return _of_kind(society, np.full(len(u), FIRM_KINDS.index(kind)), u)


def _of_kind(society: Society, kind: Ints, u: Floats) -> Ints:
    """Return a firm of each kind, the large ones more often; -1 where the kind is -1."""
    made = np.full(len(u), -1)
    for place, name in enumerate(FIRM_KINDS):
        here, firms = np.flatnonzero(kind == place), society.firms((name,))
        cdf = np.cumsum(society.firm_weight[firms])
        made[here] = firms[np.minimum(np.searchsorted(cdf, u[here] * cdf[-1], "right"), len(firms) - 1)]
    return made
