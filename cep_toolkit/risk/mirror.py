"""Mirror statistics: what partners count as exports to the host, beside what the host counts as imports.

A gap is no finding. Exports are valued free on board, imports with freight and insurance; goods counted in one quarter
arrive in the next; a hub counts goods that were made elsewhere; a cell may be kept secret (United Nations,
International Merchandise Trade Statistics: Concepts and Definitions 2010). Only what is left deserves a question.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.mirror_grid import Grid, exports, imports, of_year, with_competing

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from cep_toolkit.world import World

    Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

STEPS = ("quarter", "year", "hub", "code")
"""What is compared, each step mending one more difference: one quarter by place of origin; the whole year; with the
goods that were only sent from the partner; with a competing code."""
MEASURES = ("exports", "imports", "carriage", "export_kg", "import_kg")


@dataclass(frozen=True)
class Sides:
    """Both sides of one comparison.

    Parameters
    ----------
    exports : float or None
        The partner's, free on board (FOB), in the host's currency; ``None`` where a part of it is not published.
    imports : float
        The host's customs value, with freight and insurance (CIF), in its currency.
    carriage : float
        Freight and insurance within ``imports``, as declared or estimated.
    export_kg : float or None
        Net mass in kg, as ``exports``.
    import_kg : float
        Net mass in kg.

    Examples
    --------
    >>> sides = Sides(exports=1000.0, imports=1150.0, carriage=140.0, export_kg=500.0, import_kg=505.0)
    >>> f"{sides.value_gap:+.0%} {sides.mass_gap:+.0%}"
    '+1% +1%'
    """

    exports: float | None
    imports: float
    carriage: float
    export_kg: float | None
    import_kg: float

    @property
    def value_gap(self) -> float | None:
        """Imports without freight and insurance over exports, less one; ``None`` without exports."""
        return (self.imports - self.carriage) / self.exports - 1 if self.exports else None

    @property
    def mass_gap(self) -> float | None:
        """Mass of imports over mass of exports, less one; ``None`` without exports."""
        return self.import_kg / self.export_kg - 1 if self.export_kg else None


@dataclass(frozen=True, eq=False)
class Mirror:
    """Every published cell of the partners' statistics with the comparisons of ``STEPS``.

    Parameters
    ----------
    cells : DataFrame
        ``hs``, ``partner``, ``quarter``, ``confidential``, and ``competing``: the competing code whose gap over the
        year best offsets this one's; empty where the tariff names none.
    measures : dict
        Name of a field of ``Sides`` -> array with one row a step and one column a cell; not a number where a part of
        it is not published.
    """

    cells: pd.DataFrame
    measures: dict[str, Floats]

    def sides(self, cell: int, step: str) -> Sides:
        """Return both sides of a cell, by its row in ``cells``, at one of ``STEPS``."""
        if step not in STEPS:
            raise UnknownValueError("step", step, STEPS)
        exports, imports, carriage, export_kg, import_kg = (
            float(self.measures[name][STEPS.index(step), cell]) for name in MEASURES
        )
        return Sides(_known(exports), imports, carriage, _known(export_kg), import_kg)

    @property
    def value_gap(self) -> Floats:
        """The value gap of every step and cell; not a number without exports."""
        return _gap(self.measures["imports"] - self.measures["carriage"], self.measures["exports"])

    @property
    def mass_gap(self) -> Floats:
        """The gap of mass of every step and cell; not a number without exports."""
        return _gap(self.measures["import_kg"], self.measures["export_kg"])


@lru_cache(maxsize=2)
def mirror(world: World) -> Mirror:
    """Return the partners' statistics of a world beside its declarations; those of the last two worlds are kept.

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> list(mirror(World(Scenario(declarations=5_000))).cells)
    ['hs', 'partner', 'quarter', 'confidential', 'competing']
    """
    return compare(world.table("partner_statistics"), world.declarations, world.table("tariff"))


def compare(statistics: pd.DataFrame, declarations: pd.DataFrame, tariff: pd.DataFrame) -> Mirror:
    """Compare partners' exports with the host's imports at every step of ``STEPS``.

    Parameters
    ----------
    statistics : DataFrame
        ``hs``, ``partner``, ``quarter``, ``export_value`` (FOB, the partner's currency), ``exchange_rate``,
        ``export_mass_kg``, ``confidential``; one row a cell.
    declarations : DataFrame
        Imports: ``date``, ``hs``, ``origin``, ``departure`` and what ``freight_and_insurance`` needs.
    tariff : DataFrame
        ``hs`` and ``neighbours``.

    Notes
    -----
    What is accepted after the last quarter of the statistics is counted with it, what before the first with that.
    """
    import numpy as np

    grid = Grid.of(statistics, tariff)
    counted = exports(grid, statistics)
    made, either = imports(grid, declarations)
    year, wide = of_year(counted | made), of_year(counted | either)
    competing, joined = with_competing(grid, tariff, wide)
    cell = grid.cells(statistics)
    steps = (counted | made, year, wide, joined)
    measures = {name: np.stack([step[name].reshape(-1)[cell] for step in steps]) for name in MEASURES}
    codes = np.array([*grid.codes, ""], dtype=object)[competing]
    shown = statistics[["hs", "partner", "quarter", "confidential"]].astype({"hs": "str", "partner": "str"})
    named = codes.reshape(-1)[cell // len(grid.quarters)]
    return Mirror(shown.assign(competing=named).reset_index(drop=True), measures)


def percent(gap: float | None) -> str:
    """Return a gap in whole per cent with its sign, and a dash where there is none.

    Examples
    --------
    >>> percent(0.126), percent(-0.002), percent(None)
    ('+13 %', '0 %', '–')
    """
    if gap is None:
        return "–"
    whole = round(100 * gap)
    return f"{whole:+,} %".replace("-", "\u2212") if whole else "0 %"


def _known(value: float) -> float | None:
    from math import isnan

    return None if isnan(value) else value


def _gap(here: Floats, there: Floats) -> Floats:
    """Return one over the other, less one; not a number where there is nothing to compare with."""
    import numpy as np

    return np.divide(here, there, out=np.full_like(there, np.nan), where=there > 0) - 1
