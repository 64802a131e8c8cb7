"""The planted schemes and their innocent look-alikes: how many, what they do, what is left of them, how they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.figures import Figure
from cep_toolkit.workshop.world_report.signal_picture import picture
from cep_toolkit.workshop.world_report.signals import SIGNALS, Measure, Signal
from cep_toolkit.world.typologies import TYPOLOGIES

if TYPE_CHECKING:
    from cep_toolkit.world import World
    from cep_toolkit.world.truth import Truth
    from cep_toolkit.world.typology import Typology


HYPHENED: Mapping[str, str] = MappingProxyType({"trade based": "trade-based", "rip off": "rip-off"})


def called(typology: str) -> str:
    """Return a typology's name as one writes it.

    Examples
    --------
    >>> called("rip_off"), called("cash_couriers")
    ('rip-off', 'cash couriers')
    """
    name = typology.replace("_", " ")
    for loose, joined in HYPHENED.items():
        name = name.replace(loose, joined)
    return name


@dataclass(frozen=True)
class Row:
    """One typology in one world.

    Parameters
    ----------
    name, sentence : str
    guilty, decoys, touched : int
        Plots of either kind, and movements that they touched.
    acts, tables : str
        Acts by kind, and rows by table that show a trace, as texts.
    picture : Figure, optional
        How it shows; none where no movement was touched.
    """

    name: str
    sentence: str
    guilty: int
    decoys: int
    touched: int
    acts: str
    tables: str
    picture: Figure | None


def rows(world: World, truth: Truth) -> list[Row]:
    """Return one row a typology, in their order."""
    acts, traces = truth.acts, _traces(truth)
    signals = {measure: measure(world) for measure in set(SIGNALS.values())}
    of_act, of_trace = _typology(acts["plot"]), _typology(traces["plot"])
    guilty = truth.plots.set_index("plot")["guilty"]
    return [
        _row(signals, typology, truth.plots, acts[of_act == typology.name], traces[of_trace == typology.name], guilty)
        for typology in TYPOLOGIES
    ]


def _row(
    signals: Mapping[Measure, Signal],
    typology: Typology,
    plots: pd.DataFrame,
    acts: pd.DataFrame,
    traces: pd.DataFrame,
    guilty: pd.Series,
) -> Row:
    own = plots[plots["typology"] == typology.name]
    main = acts[acts["kind"] == typology.act]
    behind = dict(zip(main["object"], main["plot"].map(guilty), strict=True))
    drawn = picture(signals[SIGNALS[typology.name]], behind) if typology.name in SIGNALS and behind else None
    return Row(
        name=called(typology.name),
        sentence=(typology.__doc__ or "").splitlines()[0],
        guilty=int(own["guilty"].sum()),
        decoys=int((~own["guilty"]).sum()),
        touched=main["object"].nunique(),
        acts=_counts(acts["kind"]),
        tables=_counts(traces["table"]),
        picture=drawn,
    )


def _traces(truth: Truth) -> pd.DataFrame:
    parts = [trace[["plot"]].astype("str").assign(table=name) for name, trace in truth.traces.items()]
    return pd.concat(parts, ignore_index=True)


def _typology(plot: pd.Series) -> pd.Series:
    return plot.astype("str").str.rsplit("-", n=1).str[0]


def _counts(words: pd.Series) -> str:
    counts = words.value_counts()
    return ", ".join(f"{str(word).replace('_', ' ')} {number:,}" for word, number in counts.items()) or "none"
