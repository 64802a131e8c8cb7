"""What a price threshold does: whom it would ask, what that could recover, and whom it would wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cep_toolkit.figures import BLUE, GREY, ORANGE, Figure, canvas
from cep_toolkit.risk.price_book import comparable_rows, price_book
from cep_toolkit.risk.prices import Fence, lower_fence

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World

WIDTH = 8  # the picture shows at least an eighth and eight times the typical price


@dataclass(frozen=True)
class Screen:
    """One subheading and origin under one threshold.

    Parameters
    ----------
    hs, origin, currency : str
    fence : Fence
        Typical price, spread and threshold.
    rows : DataFrame
        The comparable declarations with ``price_per_kg``.
    below : DataFrame
        Those below the threshold, the lowest price first.
    above : int
        How many lie as far above the typical price as the threshold lies below it.
    importers : int or None
        How many importers ``below`` has; ``None`` where the data names none.
    recovered : float or None
        Duty and VAT in currency, if each of ``below`` were worth the typical price; ``None`` without rates.
    controlled, nothing_found, else_found : int
        How many of ``below`` were controlled, in how many of those no wrong value was found, and in how many of these
        something else was.
    """

    hs: str
    origin: str
    currency: str
    fence: Fence
    rows: pd.DataFrame
    below: pd.DataFrame
    above: int
    importers: int | None
    recovered: float | None
    controlled: int
    nothing_found: int
    else_found: int

    @property
    def sentence(self) -> str:
        """What the threshold does, in words."""
        fence, below = self.fence, len(self.below)
        parts = [
            f"Below {amount(fence.threshold)} {self.currency}/kg: {below:,} of {fence.rows:,} declarations of "
            f"{self.hs} from {self.origin}"
            + (f", by {_count(self.importers, 'importer')}" if self.importers else "")
            + f" (typical price {amount(fence.typical)} {self.currency}/kg)."
        ]
        if self.recovered is not None and below:
            what = "duty and VAT" if "vat_rate" in self.rows else "duty"
            owed = f"{self.recovered:,.0f} {self.currency} more {what} would be owed."
            parts.append(f"If each were worth the typical price, {owed}")
        parts.append(
            f"By chance alone about {fence.expected:.1f} honest ones fall below; "
            f"{self.above:,} {'lies' if self.above == 1 else 'lie'} as far above the typical price."
        )
        if self.controlled:
            parts.append(
                f"{self.controlled:,} of those below {'was' if self.controlled == 1 else 'were'} controlled; "
                f"{self._found}."
            )
        return " ".join(parts)

    @property
    def _found(self) -> str:
        found = self.controlled - self.nothing_found
        said = f"a wrong value was found in {found:,}" if found else "no wrong value was found"
        return f"{said}, something else in {self.else_found:,}" if self.else_found else said

    def figure(self) -> Figure:
        """Return the distribution of the prices, with the threshold and the typical price."""
        import numpy as np
        from matplotlib.ticker import LogLocator, NullLocator

        below = len(self.below)
        lie = f"{below:,} of {self.fence.rows:,} declarations {'lies' if below == 1 else 'lie'} below the threshold"
        title = f"{self.hs} from {self.origin}: {lie}"
        drawing, axes = canvas(title, f"price, {self.currency} per kg (logarithmic)", "declarations", steady=True)
        prices = self.rows["price_per_kg"].to_numpy(dtype=float)
        low = min(prices.min(), self.fence.typical / WIDTH) * 0.95  # the same whatever the threshold
        high = max(prices.max(), self.fence.typical * WIDTH) * 1.05
        chosen = prices < self.fence.threshold
        edges = np.geomspace(low, high, 61)
        counted, asked = (np.histogram(part, edges)[0] for part in (prices, prices[chosen]))
        axes.stairs(counted, edges, baseline=counted - asked, fill=True, color=ORANGE)
        axes.stairs(counted - asked, edges, fill=True, color=BLUE)
        top = axes.get_ylim()[1]
        axes.plot(prices[chosen], np.full(chosen.sum(), -0.025 * top), "^", color=ORANGE, markersize=5, clip_on=False)
        axes.set_xscale("log")
        axes.set_xlim(low, high)
        axes.set_ylim(-0.05 * top, top * 1.15)
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
        axes.xaxis.set_minor_locator(NullLocator())
        for value, name, style, height in (  # at three heights: they may lie close together
            (self.fence.threshold, " threshold", "-", 1.09),
            (self.fence.typical, " typical", "--", 1.02),
            (self.fence.mirror, " mirror", ":", 0.95),
        ):
            axes.axvline(value, color=GREY, linestyle=style, linewidth=1.2)
            paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}  # another line may run behind it
            axes.text(value, top * height, name, ha="left", color=GREY, fontsize=9, clip_on=True, bbox=paper)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
        return Figure(drawing, self.sentence)


def screen(world: World, hs: str, origin: str, threshold: float | None = None) -> Screen:
    """Return what a threshold does in one subheading and origin.

    Parameters
    ----------
    world : World
    hs, origin : str
        One of ``price_book.cells``.
    threshold : float, optional
        In currency per kg; by default the lower fence.

    Raises
    ------
    UnknownValueError
        Fewer than 30 declarations have this subheading and origin.
    OutOfRangeError
        The threshold is not above zero.

    Examples
    --------
    >>> from cep_toolkit.risk.price_book import cells, price_book
    >>> from cep_toolkit.world import Scenario, World
    >>> world = World(Scenario(declarations=5_000))
    >>> first = cells(price_book(world)).iloc[0]
    >>> found = screen(world, first["hs"], first["origin"])
    >>> len(screen(world, first["hs"], first["origin"], found.fence.typical).below) > len(found.below)
    True
    """
    rows = comparable_rows(price_book(world), hs, origin)
    fence = lower_fence(rows["price_per_kg"])
    if threshold is not None:
        fence = fence.at(threshold)
    below = rows[rows["price_per_kg"] < fence.threshold].sort_values(["price_per_kg", "declaration_id"])
    controlled, nothing_found, else_found = _controls(world, below)
    return Screen(
        hs=hs,
        origin=origin,
        currency=world.currency,
        fence=fence,
        rows=rows,
        below=below,
        above=int((rows["price_per_kg"] > fence.mirror).sum()),
        importers=int(below["importer_id"].nunique()) if "importer_id" in below else None,
        recovered=_recovered(below, fence.typical),
        controlled=controlled,
        nothing_found=nothing_found,
        else_found=else_found,
    )


def in_words(found: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Return doubtful declarations as a table to read: headings in words with their units, prices rounded.

    Parameters
    ----------
    found : DataFrame
        Rows of ``price_book.doubtful``.
    currency : str

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"declaration_id": 7, "hs": "610910", "origin": "QR", "price_per_kg": 1.2345, "typical": 9.8765}
    >>> in_words(pd.DataFrame([row]), "XAS").to_dict("records")[0]["price per kg (XAS/kg)"]
    '1.23'
    """
    prices = {"price per kg": "price_per_kg", "typical price per kg": "typical"}
    columns = {
        "declaration": found["declaration_id"].astype("str"),
        "subheading": found["hs"],
        "origin": found["origin"],
        **{f"{name} ({currency}/kg)": found[column].map(amount) for name, column in prices.items()},
    }
    return found.assign(**columns)[list(columns)].set_axis(range(1, len(found) + 1))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def amount(value: float) -> str:
    """Return a price with three significant digits, without an exponent.

    Examples
    --------
    >>> amount(12345.6), amount(3.14159), amount(0.01234)
    ('12,300', '3.14', '0.0123')
    """
    from math import floor, log10

    digits = 2 - floor(log10(abs(value))) if value else 0
    return f"{round(value, digits):,.{max(digits, 0)}f}"


def _recovered(below: pd.DataFrame, typical: float) -> float | None:
    """Return duty and VAT on the difference to the typical price; VAT is charged on value and duty."""
    if "duty_rate" not in below:
        return None
    missing = (typical - below["price_per_kg"]) * below["net_mass_kg"]
    duty = below["duty_rate"] / 100
    vat = below["vat_rate"] / 100 if "vat_rate" in below else 0.0
    return float((missing * (duty + (1 + duty) * vat)).sum())


def _controls(world: World, below: pd.DataFrame) -> tuple[int, int, int]:
    """Return how many were controlled, in how many no wrong value was found, in how many of these something else."""
    if "controls" not in world.tables:
        return 0, 0, 0
    controls = world.table("controls")
    of_these = controls[controls["declaration_id"].isin(below["declaration_id"])]
    found = of_these["finding"].astype("str").where(of_these["finding"].notna(), "none")
    value, other = (each.groupby(of_these["declaration_id"]).any() for each in (found == "value", found != "none"))
    return len(value), int((~value).sum()), int((other & ~value).sum())
