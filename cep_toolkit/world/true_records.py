"""What is so of reports, news and records of seizures, for those who mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cep_toolkit.world.engine import Engine
from cep_toolkit.world.incidents import incidents
from cep_toolkit.world.observers import ACT, PLOT, observers, seizures
from cep_toolkit.world.observers.news import EVENT
from cep_toolkit.world.observers.reports import OF, RIGHT, SOURCE

if TYPE_CHECKING:
    import pandas as pd


def reports(engine: Engine) -> pd.DataFrame:
    """Return what is so of each report.

    Returns
    -------
    DataFrame
        ``report_id``; ``plot`` and ``act`` behind it (empty for none); ``right``: ``true``, ``part`` (a detail is
        wrong, or the act is innocent) or ``false``; ``repeats``, the report that it hands on under a number of its
        own, 0 for none; ``source``, the person who really spoke (empty for a paper).
    """
    made = observers()["reports"](engine)[["report_id", PLOT, ACT, RIGHT, OF, SOURCE]]
    return made.rename(columns={PLOT: "plot", ACT: "act", RIGHT: "right", OF: "repeats", SOURCE: "source"})


def news(engine: Engine) -> pd.DataFrame:
    """Return the event that each item tells of.

    Returns
    -------
    DataFrame
        ``item_id``; ``event``, the same number for all items on one event: of a seizure the ``case_id`` that it has,
        or would have, in the store; ``plot`` and ``act`` behind it (empty for none).
    """
    made = observers()["news"](engine)[["item_id", EVENT, PLOT, ACT]]
    return made.rename(columns={EVENT: "event", PLOT: "plot", ACT: "act"})


def reporting(engine: Engine) -> pd.DataFrame:
    """Return how each administration reports to the store of seizures.

    Returns
    -------
    DataFrame
        ``administration``; ``seizures`` made in the year; ``share`` of them that it reports; ``delay``, usual number
        of days; ``in_batches``, whether it reports four times a year.
    """
    made = seizures.discipline(engine)
    made.insert(1, "seizures", np.bincount(incidents(engine)["administration"], minlength=len(made)))
    return made
