"""Levels of difficulty: knobs that thin and blur what was drawn, and never draw anew."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Knobs:
    """How a level shows its plots.

    Parameters
    ----------
    plots : float
        Share of the plots drawn that are played, 0 to 1.
    decoys : float
        Share of the innocent look-alikes that are played, 0 to 1.
    signal : float
        How plainly a plot shows: 1 as drawn, less is fainter.
    missing : float
        Share of documents that are not (yet) on file.
    delay : float
        How late an answer comes, as a multiple of the usual number of days.
    """

    plots: float
    decoys: float
    signal: float
    missing: float
    delay: float


LEVELS = MappingProxyType(
    {
        "foundation": Knobs(plots=1.0, decoys=0.4, signal=1.0, missing=0.05, delay=0.6),
        "practitioner": Knobs(plots=0.85, decoys=0.7, signal=0.8, missing=0.15, delay=1.0),
        "advanced": Knobs(plots=0.7, decoys=1.0, signal=0.5, missing=0.3, delay=1.5),
    }
)
