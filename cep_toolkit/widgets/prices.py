"""The price explorer: choose a subheading and an origin, move the threshold, see whom it asks and whom it wrongs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.risk.price_book import cells, price_book
from cep_toolkit.risk.prices import PER_KG
from cep_toolkit.risk.screening import Screen, amount, screen
from cep_toolkit.widgets import grid, messages
from cep_toolkit.widgets.explorer_controls import line
from cep_toolkit.widgets.inputs.base import WORDS
from cep_toolkit.widgets.look import Code, bundle, drawn, face, guarded, safe, status
from cep_toolkit.widgets.slider import Slider

if TYPE_CHECKING:
    from cep_toolkit.world import World

LISTED = 5
NEEDED = ("declaration_id", "hs", "origin", "net_mass_kg", "customs_value")
COLUMNS = ("declaration_id", "date", "importer_id", "description", "net_mass_kg", "customs_value", "price_per_kg")
TO_AND_FRO = 24  # the threshold may be moved from a twenty-fourth of the typical price up to the price itself
STEPS = 240


class PriceExplorer:
    """Prices per kilogram of comparable goods, under a threshold that is moved.

    Parameters
    ----------
    world : World
    hs, origin : str
        Where to begin; empty for the largest group.

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> explorer = PriceExplorer(World(Scenario(declarations=5_000)))
    >>> before = explorer.screen.sentence
    >>> explorer.threshold = explorer.screen.fence.typical
    >>> explorer.screen.sentence == before
    False
    """

    def __init__(self, world: World, hs: str = "", origin: str = "") -> None:
        self._world = world
        self._picture, self._sentence, self._below = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._busy = False
        self._obstacle = _obstacle(world)
        if self._obstacle:
            self.view = face("prices", [widgets.HTML(status(safe(self._obstacle)))])
            return
        self._groups = cells(price_book(world))
        self._assemble()
        known = bool(((self._groups["hs"] == hs) & (self._groups["origin"] == origin)).any())
        first = self._groups.iloc[0]
        self.choose(*(hs, origin) if known else (str(first["hs"]), str(first["origin"])))

    # What a person does ---------------------------------------------------------------------------------------

    def choose(self, hs: str, origin: str = "") -> None:
        """Show a subheading and an origin, the threshold at its fence; an unknown one is answered by a sentence."""
        known = self._groups["hs"] == hs
        if origin:
            known &= self._groups["origin"] == origin
        if not known.any():
            self._say(messages.NO_SUCH_GROUP.format(hs=hs, origin=origin or "any origin"))
            return
        self._busy = True
        try:
            self._hs.value = hs
            self._origin.options = self._origins(hs)
            if origin:
                self._origin.value = origin
            at_fence = screen(self._world, hs, self._origin.value)
            self._fill_slider(at_fence)
        finally:
            self._busy = False
        self._show(at_fence)

    def to_fence(self) -> None:
        """Put the threshold back where the statistics set it."""
        self.choose(self._hs.value, self._origin.value)

    @property
    def threshold(self) -> float:
        """Prices below it are asked about, in currency per kg: the fence itself, or what the slider shows."""
        return self.screen.fence.threshold

    @threshold.setter
    def threshold(self, value: float) -> None:
        from math import log10

        self._slider.value = log10(value)

    def code(self) -> str:
        """Return the call that gives the same picture."""
        where = f'"{self._hs.value}", "{self._origin.value}"'
        moved = "" if self._at_fence else f", threshold={self.threshold:g}"
        return f"from cep_toolkit.risk.screening import screen\n\nscreen(wb.world, {where}{moved}).figure()"

    # What it shows --------------------------------------------------------------------------------------------

    def _assemble(self) -> None:
        self._hs = widgets.Dropdown(options=self._subheadings, description="Subheading", style=WORDS)
        self._origin = widgets.Dropdown(description="Origin", style=WORDS)
        self._slider = Slider(label="Threshold")
        self._value = widgets.HTML()
        back = widgets.Button(description=messages.BACK_TO_FENCE)
        back.on_click(guarded(lambda _: self.to_fence(), self._say))
        self._hs.observe(self._when(lambda: self.choose(self._hs.value)), "value")
        self._origin.observe(self._when(lambda: self.choose(self._hs.value, self._origin.value)), "value")
        self._slider.observe(self._when(self._move), "value")
        self._code = Code(self.code)
        controls = [line([self._hs, self._origin]), line([self._slider, self._value, back])]
        self.view = face("prices", [*controls, self._sentence, self._picture, self._below, self._code.view])

    def _when(self, action: Any) -> Any:
        """Return a watcher that rests while the explorer itself sets its controls."""
        return guarded(lambda change: None if self._busy else action(), self._say)

    @cached_property
    def _subheadings(self) -> list[tuple[str, str]]:
        names = {}
        if "tariff" in self._world.tables:
            names = dict(zip(self._world.tariff["hs"], self._world.tariff["description"], strict=True))
        rows = self._groups.groupby("hs")["rows"].sum().sort_values(ascending=False, kind="stable")
        return [(f"{hs} {_short(names.get(hs, ''))}({count:,})", str(hs)) for hs, count in rows.items()]

    def _origins(self, hs: str) -> list[tuple[str, str]]:
        found = self._groups[self._groups["hs"] == hs]
        return [(f"{row.origin} ({row.rows:,})", str(row.origin)) for row in found.itertuples()]

    def _fill_slider(self, first: Screen) -> None:
        from math import log10

        low = min(first.fence.threshold / 2, first.fence.typical / TO_AND_FRO)
        lowest, highest = log10(low), log10(first.fence.typical)
        with self._slider.hold_sync():
            self._slider.min, self._slider.max = lowest, highest
            self._slider.step = (highest - lowest) / STEPS
            self._slider.value = log10(first.fence.threshold)

    def _move(self) -> None:
        """Show the threshold where the slider stands, with three digits as it is written."""
        threshold = float(f"{10**self._slider.value:.3g}")
        self._show(screen(self._world, self._hs.value, self._origin.value, threshold), at_fence=False)

    def _show(self, found: Screen, at_fence: bool = True) -> None:
        self.screen, self._at_fence = found, at_fence
        self._slider.text = f"{amount(self.threshold)} {self.screen.currency}{PER_KG}"
        self._value.value = f"<strong>{safe(self._slider.text)}</strong>"
        self._sentence.value = status(safe(self.screen.sentence))
        self._code.refresh()
        self._below.value = _listed(self.screen)
        self._picture.value = drawn(self.screen.figure(), caption=False)

    def _say(self, sentence: str) -> None:
        self._sentence.value = status(safe(sentence), "cep-wrong-form")

    def __repr__(self) -> str:
        return "Price explorer: " + (self._obstacle or self.screen.sentence)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return bundle(self.view, repr(self), f"<p>{safe(repr(self))}</p>", "the price explorer")


def _obstacle(world: World) -> str:
    """Say why a world's prices cannot be compared; nothing where they can."""
    present = list(world.declarations.columns) if "declarations" in world.tables else []
    if missing := [name for name in NEEDED if name not in present]:
        return messages.NO_PRICES.format(columns=", ".join(missing))
    return messages.NO_GROUPS if cells(price_book(world)).empty else ""


def _listed(found: Screen) -> str:
    """Return the lowest prices as an HTML table."""
    rows = found.below.head(LISTED)
    if rows.empty:
        return ""
    rows = rows[[name for name in COLUMNS if name in rows.columns]]
    words = messages.LOWEST if len(rows) < len(found.below) else messages.ALL_BELOW
    shown = words.format(count=len(rows), all=len(found.below), currency=found.currency)
    units = {"net_mass_kg": "kg", "customs_value": found.currency, "price_per_kg": found.currency + PER_KG}
    return grid.as_html(rows, shown, units)


def _short(text: object) -> str:
    words = str(text)
    return (words if len(words) <= 40 else words[:39] + "…") + " " if words else ""
