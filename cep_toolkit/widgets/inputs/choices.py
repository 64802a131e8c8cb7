"""Inputs that choose from a list: one of, several of, a ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from cep_toolkit.checking import OneOf, Ranking, SeveralOf
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.inputs.base import WORDS, Input, dropdown, grid, heading, how_many, pairs, words

MOST_RADIOS = 6


class OneOfInput(Input):
    """Radio buttons, or a list to choose from where there are many options."""

    def __init__(self, kind: OneOf) -> None:
        self._empty = None if len(kind.options) <= MOST_RADIOS else ""
        if self._empty is None:
            self._one = widgets.RadioButtons(options=pairs(kind.options), value=None, layout={"width": "auto"})
        else:
            self._one = dropdown(kind.label, pairs(kind.options))
        self.controls = [self._one]
        self.view = widgets.VBox([heading(kind.label), self._one])

    def read(self) -> object:
        """Return the chosen option."""
        return self._one.value or None

    def put(self, value: Any) -> None:
        """Choose an option."""
        self._one.value = value or self._empty


class TicksInput(Input):
    """One box to tick for each option."""

    def __init__(self, label: str, options: Mapping[str, str], note: str, empty: object) -> None:
        self._empty = empty
        self._boxes = {key: _tick(text, label) for key, text in options.items()}
        self.controls = list(self._boxes.values())
        self.view = widgets.VBox([heading(label, note), *self.controls])

    def read(self) -> object:
        """Return the ticked options."""
        return [key for key, box in self._boxes.items() if box.value] or self._empty

    def put(self, value: Any) -> None:
        """Tick some options and no others."""
        for key, box in self._boxes.items():
            box.value = key in (value or ())


def several(kind: SeveralOf) -> Input:
    """Return the boxes for several of a list."""
    return TicksInput(kind.label, kind.options, how_many(kind.at_least, kind.at_most), None if kind.at_least else [])


class RankingInput(Input):
    """A place for each option."""

    def __init__(self, kind: Ranking) -> None:
        places = [(str(place), place) for place in range(1, len(kind.options) + 1)]
        self._places = {key: dropdown(label, places, "9em") for key, label in kind.options.items()}
        self.controls = list(self._places.values())
        cells = [part for key, box in self._places.items() for part in (box, words(kind.options[key]))]
        self.view = widgets.VBox([heading(kind.label, messages.PLACES), grid(cells, "9em minmax(8em, max-content)")])

    def read(self) -> object:
        """Return the place of each option that has one."""
        return {key: box.value for key, box in self._places.items() if box.value} or None

    def put(self, value: Any) -> None:
        """Give each option its place in a list."""
        places = {key: place for place, key in enumerate(value or (), start=1)}
        for key, box in self._places.items():
            box.value = places.get(key, "")


def _tick(text: str, group: str) -> Any:
    return widgets.Checkbox(value=False, description=text, indent=False, tooltip=group, style=WORDS)
