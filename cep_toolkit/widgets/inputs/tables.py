"""Inputs that are parts of a table: some of its rows, or the cells of a small matrix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from cep_toolkit.checking import Cells, Rows
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.inputs.base import WORDS, Input, dropdown, grid, heading, hide_label, how_many, pairs, words
from cep_toolkit.widgets.inputs.choices import TicksInput

MOST_TICKS = 14


class CellsInput(Input):
    """A grid of lists to choose from, with the rows' names at the left."""

    def __init__(self, kind: Cells) -> None:
        self._cells = {
            (row, column): dropdown(f"{label}, {column}", pairs(options), "auto")
            for row, label in kind.rows.items()
            for column, options in kind.columns.items()
        }
        self.controls = list(self._cells.values())
        head = [words(text, "strong") for text in ("", *kind.columns)]
        rows = [
            part
            for row, label in kind.rows.items()
            for part in (words(label), *(self._cells[row, column] for column in kind.columns))
        ]
        widths = "minmax(8em, max-content)" + " minmax(8em, 30em)" * len(kind.columns)
        self.view = widgets.VBox([heading(kind.label), grid([*head, *rows], widths)])

    def read(self) -> object:
        """Return the cells that are filled."""
        found: dict[str, dict[str, str]] = {}
        for (row, column), box in self._cells.items():
            if box.value:
                found.setdefault(row, {})[column] = box.value
        return found or None

    def put(self, value: Any) -> None:
        """Fill the cells."""
        for (row, column), box in self._cells.items():
            box.value = (value or {}).get(row, {}).get(column, "")


def picked_rows(kind: Rows) -> Input:
    """Return boxes, lists or a text, by how many rows there are to pick from."""
    if kind.choices is None:
        return TypedRowsInput(kind)
    if len(kind.choices) <= MOST_TICKS:
        return TicksInput(kind.label, kind.choices, how_many(0, kind.at_most), None)
    return PickedRowsInput(kind, kind.choices)


class PickedRowsInput(Input):
    """A list to choose from for each row that may be picked, where there are too many rows for boxes."""

    def __init__(self, kind: Rows, options: Mapping[str, str]) -> None:
        rows = pairs(options)
        self._lists = [dropdown(f"{kind.label}, {number}", rows) for number in range(1, kind.at_most + 1)]
        self.controls = list(self._lists)
        self.view = widgets.VBox([heading(kind.label, how_many(0, kind.at_most)), *self._lists])

    def read(self) -> object:
        """Return the chosen rows, each once."""
        return list(dict.fromkeys(box.value for box in self._lists if box.value)) or None

    def put(self, value: Any) -> None:
        """Choose rows, as many as there are lists."""
        values = [*(value or ()), *[""] * len(self._lists)]
        for box, one in zip(self._lists, values, strict=False):
            box.value = one


class TypedRowsInput(Input):
    """A text for the numbers of rows, where any row of the table may be picked."""

    def __init__(self, kind: Rows) -> None:
        self._text = widgets.Text(description=kind.label, style=WORDS, layout={"width": "32em"})
        hide_label(self._text)
        self.controls = [self._text]
        note = f"{how_many(0, kind.at_most)} {messages.IDENTIFIERS}"
        self.view = widgets.VBox([heading(kind.label, note), self._text])

    def read(self) -> object:
        """Return what is typed."""
        return self._text.value.strip() or None

    def put(self, value: Any) -> None:
        """Type the identifiers of rows."""
        self._text.value = "; ".join(value or ())
