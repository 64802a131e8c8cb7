"""Exports and imports summed by subheading, partner and quarter: the two sides of mirror statistics as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from cep_toolkit.risk.free_on_board import freight_and_insurance

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
    Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
    Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
    Sums: TypeAlias = dict[str, Floats]

EXPORTS, IMPORTS = ("exports", "export_kg"), ("imports", "carriage", "import_kg")


@dataclass(frozen=True)
class Grid:
    """The names along the three axes of an array of sums.

    Parameters
    ----------
    codes, partners, quarters : tuple of str
        Subheadings, administrations, and quarters such as ``"2025Q1"``, each in order.
    """

    codes: tuple[str, ...]
    partners: tuple[str, ...]
    quarters: tuple[str, ...]

    @classmethod
    def of(cls, statistics: pd.DataFrame, tariff: pd.DataFrame) -> Grid:
        """Return the grid of partners' statistics."""
        partners, quarters = (tuple(sorted(set(statistics[name]))) for name in ("partner", "quarter"))
        return cls(tuple(sorted(tariff["hs"])), partners, quarters)

    @cached_property
    def shape(self) -> tuple[int, int, int]:
        """How many names each axis has."""
        return len(self.codes), len(self.partners), len(self.quarters)

    def cells(self, statistics: pd.DataFrame) -> Ints:
        """Return where the cells of partners' statistics stand in the array when it is laid out flat."""
        return self.flat(statistics["hs"], statistics["partner"], _positions(statistics["quarter"], self.quarters))

    def flat(self, hs: pd.Series, partner: pd.Series, quarter: Ints) -> Ints:
        """Return where rows stand in the array when it is laid out flat; -1 outside it."""
        import numpy as np

        line, place = _positions(hs, self.codes), _positions(partner, self.partners)
        flat = (line * len(self.partners) + place) * len(self.quarters) + quarter
        return np.asarray(np.where((line < 0) | (place < 0), -1, flat))

    def sums(self, cells: Ints, weights: Floats) -> Floats:
        """Return weights summed by cell."""
        import numpy as np

        inside = cells >= 0
        size = int(np.prod(self.shape))
        return np.bincount(cells[inside], weights[inside], size).astype(np.float64).reshape(self.shape)

    def quarter_of(self, date: pd.Series) -> Ints:
        """Return the place of each date's quarter; before the first it is the first, after the last the last."""
        import numpy as np

        starts = np.array([f"{name[:4]}-{3 * int(name[-1]) - 2:02d}-01" for name in self.quarters[1:]], "datetime64[D]")
        days = date.to_numpy().astype("datetime64[D]")
        return np.searchsorted(starts, days, side="right").astype(np.int64)


def exports(grid: Grid, statistics: pd.DataFrame) -> Sums:
    """Return exports in the host's currency (FOB) and their mass; not a number where nothing is published.

    A partner without any cell in a quarter has not published it.
    """
    import numpy as np

    cells = grid.cells(statistics)
    value = (statistics["export_value"] * statistics["exchange_rate"]).to_numpy(dtype=float)
    mass = statistics["export_mass_kg"].to_numpy(dtype=float)
    published = grid.sums(cells, np.ones(len(cells))).any(axis=0)
    sums = (grid.sums(cells, weights) for weights in (value, mass))
    return {name: np.where(published, array, np.nan) for name, array in zip(EXPORTS, sums, strict=True)}


def imports(grid: Grid, declarations: pd.DataFrame) -> tuple[Sums, Sums]:
    """Return imports by the place of origin, and by origin or departure: each declaration once at each of its places.

    Returns
    -------
    made, either : dict
        Customs value (CIF), freight and insurance within it, net mass in kg; as arrays of the grid.
    """
    quarter = grid.quarter_of(declarations["date"])
    weights = (
        declarations["customs_value"].to_numpy(dtype=float),
        freight_and_insurance(declarations),
        declarations["net_mass_kg"].to_numpy(dtype=float),
    )
    origin, departure = (grid.flat(declarations["hs"], declarations[at], quarter) for at in ("origin", "departure"))
    elsewhere = origin != departure
    made = {name: grid.sums(origin, each) for name, each in zip(IMPORTS, weights, strict=True)}
    sent = {name: grid.sums(departure[elsewhere], each[elsewhere]) for name, each in zip(IMPORTS, weights, strict=True)}
    return made, {name: made[name] + sent[name] for name in IMPORTS}


def of_year(sums: Sums) -> Sums:
    """Return the sums of all quarters in the place of each quarter."""
    import numpy as np

    return {name: np.broadcast_to(array.sum(axis=2, keepdims=True), array.shape) for name, array in sums.items()}


def with_competing(grid: Grid, tariff: pd.DataFrame, year: Sums) -> tuple[Ints, Sums]:
    """Return for each subheading and partner the competing code whose gap best offsets its own, and the sums of both.

    Parameters
    ----------
    grid : Grid
    tariff : DataFrame
        ``hs`` and ``neighbours``, the competing codes with semicolons between them.
    year : dict
        Exports and imports of the whole year, as arrays of the grid.

    Returns
    -------
    competing : array
        Its place among the codes, [subheading, partner]; -1 where the tariff names no competing code.
    joined : dict
        The sums of both codes; not a number where there is none.
    """
    import numpy as np

    near = _neighbours(grid, tariff)
    flat = {name: array[:, :, 0] for name, array in year.items()}
    others = {name: np.vstack([array, np.full_like(array[:1], np.nan)])[near] for name, array in flat.items()}
    joined = {name: array[:, None] + others[name] for name, array in flat.items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.abs(joined["import_kg"] / joined["export_kg"] - 1)
    best = np.where(np.isfinite(gap), gap, np.inf).argmin(axis=1)
    chosen = {name: np.take_along_axis(array, best[:, None], axis=1)[:, 0] for name, array in joined.items()}
    wide = {name: np.broadcast_to(array[..., None], grid.shape) for name, array in chosen.items()}
    return np.take_along_axis(near, best, axis=1), wide


def _neighbours(grid: Grid, tariff: pd.DataFrame) -> Ints:
    """Return the places of each code's competing codes, one row a code, filled up with -1."""
    import numpy as np

    place = {code: number for number, code in enumerate(grid.codes)}
    listed = dict(zip(tariff["hs"], tariff["neighbours"].astype(str).str.split(";"), strict=True))
    found = [[place[code] for code in listed[name] if code in place] for name in grid.codes]
    widest = max(1, *map(len, found))
    return np.array([[*row, *[-1] * (widest - len(row))] for row in found])


def _positions(values: pd.Series, names: tuple[str, ...]) -> Ints:
    """Return the place of each value among the names, -1 where it is none of them."""
    import numpy as np
    import pandas as pd

    known = values.astype("category").cat
    places = pd.Index(names).get_indexer(known.categories)
    return np.append(places, -1)[known.codes.to_numpy()]
