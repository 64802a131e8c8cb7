"""One table of prices for all declarations, and what is asked of it: groups, fences, doubtful prices.

The Customs Valuation guidelines of the WCO call such a table a valuation database: it may raise a doubt, it may not set
a value (Guidelines on the Development and Use of a National Valuation Database).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from cep_toolkit.errors import OutOfRangeError, UnknownValueError
from cep_toolkit.risk.prices import FEWEST, MAD_TO_SD, SMALLEST_SPREAD, TAIL_DEGREES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from cep_toolkit.world import World

    Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
    Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class PriceBook:
    """Prices per kilogram, group after group: one subheading and one origin.

    Parameters
    ----------
    declarations : DataFrame
        The table it was made from, with ``hs``, ``origin``, ``customs_value`` (currency) and ``net_mass_kg``.
    places : array
        Where in that table the declarations with a price stand: those of one group together, in the table's order.
    prices : array
        Their prices, in currency per kg.
    groups : DataFrame
        ``hs``, ``origin``, ``rows``, ``typical`` (median price, currency per kg), ``spread`` (robust standard deviation
        of the logarithm), ``first`` (where in ``places`` the group begins); the largest group first.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"hs": "610910", "origin": "QR", "customs_value": [8.0, 12.0], "net_mass_kg": [2.0, 2.0]})
    >>> PriceBook.of(table).prices.tolist()
    [4.0, 6.0]
    """

    declarations: pd.DataFrame = field(repr=False)
    places: Ints = field(repr=False)
    prices: Floats = field(repr=False)
    groups: pd.DataFrame

    @classmethod
    def of(cls, declarations: pd.DataFrame) -> PriceBook:
        """Return the prices of declarations whose value and mass are above zero."""
        import numpy as np
        import pandas as pd

        value, mass = (declarations[name].to_numpy(dtype=float) for name in ("customs_value", "net_mass_kg"))
        (hs, codes), (origin, origins) = (pd.factorize(declarations[name]) for name in ("hs", "origin"))
        places = np.flatnonzero((value > 0) & (mass > 0) & (hs >= 0) & (origin >= 0))
        group = hs[places].astype(np.int64) * len(origins) + origin[places]
        order = np.argsort(group, kind="stable")
        places, group = places[order], group[order]
        prices = value[places] / mass[places]
        groups = _groups(group, prices)
        named = groups.assign(hs=_words(codes, groups["group"] // max(len(origins), 1)))
        named = named.assign(origin=_words(origins, groups["group"] % max(len(origins), 1)))
        in_order = named.sort_values(["rows", "hs", "origin"], ascending=[False, True, True], ignore_index=True)
        return cls(declarations, places, prices, in_order[["hs", "origin", "rows", "typical", "spread", "first"]])

    def where(self, hs: str, origin: str) -> slice:
        """Return where a group stands in ``places`` and ``prices``; an empty slice where there is none."""
        return self._slices.get((hs, origin), slice(0, 0))

    @cached_property
    def _slices(self) -> dict[tuple[str, str], slice]:
        columns = (self.groups[name].tolist() for name in ("hs", "origin", "first", "rows"))
        return {(hs, origin): slice(first, first + rows) for hs, origin, first, rows in zip(*columns, strict=True)}


@lru_cache(maxsize=2)
def price_book(world: World) -> PriceBook:
    """Return the prices of a world's declarations; those of the last two worlds are kept."""
    return PriceBook.of(world.declarations)


def cells(book: PriceBook, at_least: int = FEWEST) -> pd.DataFrame:
    """Return every subheading and origin with enough declarations to compare, the largest first.

    Returns
    -------
    DataFrame
        ``hs``, ``origin``, ``rows``.
    """
    return book.groups.loc[book.groups["rows"] >= at_least, ["hs", "origin", "rows"]]


def comparable_rows(book: PriceBook, hs: str, origin: str) -> pd.DataFrame:
    """Return the declarations of one group with their ``price_per_kg``, refusing a group that is too small.

    Raises
    ------
    UnknownValueError
        No group of 30 or more declarations has this subheading and origin.
    """
    where = book.where(hs, origin)
    if where.stop - where.start < FEWEST:
        table = cells(book)
        valid = [f"{a} from {b}" for a, b in zip(table["hs"], table["origin"], strict=True)][:10]
        raise UnknownValueError("subheading and origin", f"{hs} from {origin}", valid)
    return book.declarations.iloc[book.places[where]].assign(price_per_kg=book.prices[where])


def prices_of_goods(book: PriceBook, code: str) -> Floats:
    """Return the prices of all goods whose subheading begins with a code, whatever their origin.

    Examples
    --------
    >>> import pandas as pd
    >>> goods = {"hs": ["610910", "620520"], "origin": "QR", "customs_value": [8.0, 12.0], "net_mass_kg": 2.0}
    >>> prices_of_goods(PriceBook.of(pd.DataFrame(goods)), "62").tolist()
    [6.0]
    """
    return book.prices[_standing(book.groups[book.groups["hs"].str.startswith(code)])]


def fences(book: PriceBook, false_alarms: float = 0.5) -> pd.DataFrame:
    """Return the fence of every subheading and origin with 30 or more comparable declarations, the largest first.

    Parameters
    ----------
    book : PriceBook
    false_alarms : float
        As for ``prices.lower_fence``, in each group.

    Returns
    -------
    DataFrame
        ``hs``, ``origin``, ``rows``, ``typical``, ``threshold`` (currency per kg), ``spread``, ``below`` (how many
        prices lie below the threshold), ``above`` (how many lie as far above the typical price).
    """
    import numpy as np
    from scipy.special import stdtrit

    made = _large(book).drop(columns="first")
    limit = stdtrit(TAIL_DEGREES, false_alarms / made["rows"].to_numpy())
    made.insert(4, "threshold", made["typical"] * np.exp(limit * made["spread"]))
    group, scores = _scores(book)
    far = np.repeat(limit, made["rows"])
    made["below"] = np.bincount(group[scores < far], minlength=len(made))
    made["above"] = np.bincount(group[scores > -far], minlength=len(made))
    return made


def doubtful(book: PriceBook, share: float = 0.2) -> pd.DataFrame:
    """Return the declarations whose price deserves a question, over all subheadings and origins at once.

    Every declaration is one test. Among those returned, at most ``share`` are expected to be honest prices that
    are low by chance: the procedure of Benjamini and Hochberg (1995).

    Parameters
    ----------
    book : PriceBook
    share : float
        Largest expected share of false alarms, above 0 and below 1.

    Returns
    -------
    DataFrame
        ``declaration_id``, ``hs``, ``origin``, ``price_per_kg``, ``typical`` (currency per kg), ``chance`` (of so
        low a price where nothing is wrong), the smallest chance first.
    """
    import numpy as np
    from scipy.special import stdtr

    if not 0 < share < 1:
        raise OutOfRangeError("share", share, "above 0 and below 1")
    group, scores = _scores(book)
    chance = stdtr(TAIL_DEGREES, scores)
    in_order = np.sort(chance)
    allowed = in_order[in_order <= share * np.arange(1, len(chance) + 1) / max(len(chance), 1)]
    kept = np.flatnonzero(chance <= (allowed[-1] if len(allowed) else -1.0))
    of_group = book.groups.iloc[group[kept]].reset_index(drop=True)
    found = of_group[["hs", "origin", "typical"]].assign(chance=chance[kept])
    places = _standing(_large(book))[kept]
    found.insert(2, "price_per_kg", book.prices[places])
    found.insert(0, "declaration_id", book.declarations["declaration_id"].iloc[book.places[places]].to_numpy())
    return found.sort_values(["chance", "declaration_id"], ignore_index=True)


def _groups(group: Ints, prices: Floats) -> pd.DataFrame:
    """Return each group's number, rows, typical price, spread and first place; the prices of one stand together."""
    import numpy as np
    import pandas as pd

    number, first, rows = np.unique(group, return_index=True, return_counts=True)
    logs = np.log(prices)
    middle = _medians(logs, group, first, rows)
    spread = MAD_TO_SD * _medians(np.abs(logs - np.repeat(middle, rows)), group, first, rows)
    spread = np.maximum(spread, SMALLEST_SPREAD)
    return pd.DataFrame(
        {"group": number, "rows": rows, "typical": np.exp(middle), "spread": spread, "first": first},
    )


def _words(words: pd.Index, numbers: pd.Series) -> Any:
    import pandas as pd

    return pd.Index(words).astype("str")[numbers.to_numpy()]


def _medians(values: Floats, group: Ints, first: Ints, rows: Ints) -> Floats:
    """Return the median of each group; the values of one stand together."""
    import numpy as np

    in_order = values[np.lexsort((values, group))]
    return np.asarray((in_order[first + (rows - 1) // 2] + in_order[first + rows // 2]) / 2)


def _large(book: PriceBook) -> pd.DataFrame:
    return book.groups[book.groups["rows"] >= FEWEST]


def _standing(groups: pd.DataFrame) -> Ints:
    """Return where in ``places`` the declarations of some groups stand, group after group."""
    import numpy as np

    first, rows = groups["first"].to_numpy(), groups["rows"].to_numpy()
    return np.asarray(np.arange(rows.sum()) + np.repeat(first - np.cumsum(rows) + rows, rows))


def _scores(book: PriceBook) -> tuple[Ints, Floats]:
    """Return the group's number and the robust score of every declaration in a group of 30 or more."""
    import numpy as np

    groups = _large(book)
    group = np.repeat(np.arange(len(groups)), groups["rows"])
    logs = np.log(book.prices[_standing(groups)])
    middle, spread = np.log(groups["typical"].to_numpy()), groups["spread"].to_numpy()
    return group, (logs - middle[group]) / spread[group]
