"""The controls of a form: one class for each kind of answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from cep_toolkit.checking import Cells, Date, Kind, Number, OneOf, Ranking, Rows, SeveralOf
from cep_toolkit.errors import CourseError
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.look import safe

MOST_RADIOS = 6
MOST_TICKS = 14
WORDS = {"description_width": "initial"}


class Input(ABC):
    """The controls of one field: what stands in them can be read, put and watched."""

    view: Any
    controls: list[Any]

    @abstractmethod
    def read(self) -> object:
        """Return what stands in the controls, for the field's kind to parse; ``None`` where nothing does."""

    @abstractmethod
    def put(self, value: Any) -> None:
        """Put a canonical value into the controls; ``None`` empties them."""

    def watch(self, changed: Callable[[], object], entered: Callable[[], object]) -> None:
        """Call ``changed`` after each change, and ``entered`` when Enter is pressed in a text."""
        for control in self.controls:
            control.observe(lambda change: changed(), "value")
            control.on_msg(lambda _, content, __: entered() if content.get("event") == "submit" else None)


class OneOfInput(Input):
    """Radio buttons, or a list to choose from where there are many options."""

    def __init__(self, kind: OneOf) -> None:
        self._empty = None if len(kind.options) <= MOST_RADIOS else ""
        if self._empty is None:
            self._one = widgets.RadioButtons(options=_pairs(kind.options), value=None, layout={"width": "auto"})
        else:
            self._one = _dropdown(kind.label, _pairs(kind.options))
            _hide_label(self._one)
        self.controls = [self._one]
        self.view = widgets.VBox([heading(kind.label), self._one])

    def read(self) -> object:
        return self._one.value or None

    def put(self, value: Any) -> None:
        self._one.value = value or self._empty


class TicksInput(Input):
    """One box to tick for each option."""

    def __init__(self, label: str, options: Mapping[str, str], note: str, empty: object) -> None:
        self._empty = empty
        self._boxes = {key: _tick(text, label) for key, text in options.items()}
        self.controls = list(self._boxes.values())
        self.view = widgets.VBox([heading(label, note), *self.controls])

    def read(self) -> object:
        return [key for key, box in self._boxes.items() if box.value] or self._empty

    def put(self, value: Any) -> None:
        for key, box in self._boxes.items():
            box.value = key in (value or ())


class NumberInput(Input):
    """A text for one number, its unit behind it: a decimal comma is as good as a point."""

    def __init__(self, kind: Number) -> None:
        self._kind = kind
        label = f"{kind.label}, {kind.unit}" if kind.unit else kind.label
        self._text = widgets.Text(description=label, style=WORDS, layout={"width": "10em"})
        _hide_label(self._text)
        unit = widgets.HTML(f'<span class="cep-unit" aria-hidden="true">{safe(kind.unit)}</span>')
        self.controls = [self._text]
        self.view = widgets.VBox([heading(kind.label), widgets.HBox([self._text, unit])])

    def read(self) -> object:
        return self._text.value.strip() or None

    def put(self, value: Any) -> None:
        self._text.value = value if isinstance(value, str) else "" if value is None else plain_number(value)


class DateInput(Input):
    """A text for one day."""

    def __init__(self, kind: Date) -> None:
        self._text = widgets.Text(description=kind.label, style=WORDS, layout={"width": "10em"})
        _hide_label(self._text)
        self.controls = [self._text]
        self.view = widgets.VBox([heading(kind.label, messages.DATE), self._text])

    def read(self) -> object:
        return self._text.value.strip() or None

    def put(self, value: Any) -> None:
        self._text.value = value or ""


class RankingInput(Input):
    """A place for each option."""

    def __init__(self, kind: Ranking) -> None:
        places = [(str(place), place) for place in range(1, len(kind.options) + 1)]
        self._places = {key: _dropdown(label, places, "9em") for key, label in kind.options.items()}
        for box in self._places.values():
            _hide_label(box)
        self.controls = list(self._places.values())
        cells = [part for key, box in self._places.items() for part in (box, _words(kind.options[key]))]
        self.view = widgets.VBox([heading(kind.label, messages.PLACES), _grid(cells, "9em minmax(8em, max-content)")])

    def read(self) -> object:
        return {key: box.value for key, box in self._places.items() if box.value} or None

    def put(self, value: Any) -> None:
        places = {key: place for place, key in enumerate(value or (), start=1)}
        for key, box in self._places.items():
            box.value = places.get(key, "")


class CellsInput(Input):
    """A grid of lists to choose from, with the rows' names at the left."""

    def __init__(self, kind: Cells) -> None:
        self._cells = {
            (row, column): _dropdown(f"{label}, {column}", _pairs(options), "auto")
            for row, label in kind.rows.items()
            for column, options in kind.columns.items()
        }
        for box in self._cells.values():
            _hide_label(box)
        self.controls = list(self._cells.values())
        head = [_words(text, "strong") for text in ("", *kind.columns)]
        rows = [
            part
            for row, label in kind.rows.items()
            for part in (_words(label), *(self._cells[row, column] for column in kind.columns))
        ]
        widths = "minmax(8em, max-content)" + " minmax(8em, 16em)" * len(kind.columns)
        self.view = widgets.VBox([heading(kind.label), _grid([*head, *rows], widths)])

    def read(self) -> object:
        found: dict[str, dict[str, str]] = {}
        for (row, column), box in self._cells.items():
            if box.value:
                found.setdefault(row, {})[column] = box.value
        return found or None

    def put(self, value: Any) -> None:
        for (row, column), box in self._cells.items():
            box.value = (value or {}).get(row, {}).get(column, "")


class PickedRowsInput(Input):
    """A list to choose from for each row that may be picked, where there are too many rows for boxes."""

    def __init__(self, kind: Rows, options: Mapping[str, str]) -> None:
        pairs = _pairs(options)
        self._lists = [_dropdown(f"{kind.label}, {number}", pairs) for number in range(1, kind.at_most + 1)]
        for box in self._lists:
            _hide_label(box)
        self.controls = list(self._lists)
        self.view = widgets.VBox([heading(kind.label, how_many(0, kind.at_most)), *self._lists])

    def read(self) -> object:
        return list(dict.fromkeys(box.value for box in self._lists if box.value)) or None

    def put(self, value: Any) -> None:
        values = [*(value or ()), *[""] * len(self._lists)]
        for box, one in zip(self._lists, values, strict=False):
            box.value = one


class TypedRowsInput(Input):
    """A text for the numbers of rows, where any row of the table may be picked."""

    def __init__(self, kind: Rows) -> None:
        self._text = widgets.Text(description=kind.label, style=WORDS, layout={"width": "32em"})
        _hide_label(self._text)
        self.controls = [self._text]
        note = f"{how_many(0, kind.at_most)} {messages.IDENTIFIERS}"
        self.view = widgets.VBox([heading(kind.label, note), self._text])

    def read(self) -> object:
        return self._text.value.strip() or None

    def put(self, value: Any) -> None:
        self._text.value = "; ".join(value or ())


def input_of(kind: Kind[Any]) -> Input:
    """Return the controls for a field.

    Raises
    ------
    CourseError
        No form exists for this kind of answer.
    """
    make = _INPUTS.get(type(kind))
    if make is None:
        raise CourseError(f'field "{kind.label}"', f"A {type(kind).__name__} has no form.", "Use another kind.")
    return make(kind)


def heading(label: str, note: str = "") -> Any:
    """Return a field's name, and how it is to be filled."""
    aside = f"<small>{safe(note)}</small>" if note else ""
    return widgets.HTML(f'<div class="cep-label">{safe(label)}{aside}</div>')


def how_many(least: int, most: int | None) -> str:
    """Say how many may be chosen.

    Examples
    --------
    >>> how_many(2, 2), how_many(1, 5), how_many(0, 5), how_many(1, None)
    ('Choose 2.', 'Choose 1 to 5.', 'Choose up to 5.', 'Choose all that apply.')
    """
    if most is None:
        return messages.ANY_NUMBER if least <= 1 else messages.AT_LEAST.format(least=least)
    if least == most:
        return messages.EXACTLY.format(count=most)
    return (messages.BETWEEN if least else messages.AT_MOST).format(least=least, most=most)


def plain_number(value: float) -> str:
    """Return a number as a person types it.

    Examples
    --------
    >>> plain_number(12.50), plain_number(3e-7), plain_number(1e6)
    ('12.5', '0.0000003', '1000000')
    """
    text = f"{value:.12f}" if abs(value) < 1 else f"{value:.6f}"
    return text.rstrip("0").rstrip(".") or "0"


def _rows(kind: Rows) -> Input:
    if kind.choices is None:
        return TypedRowsInput(kind)
    if len(kind.choices) <= MOST_TICKS:
        return TicksInput(kind.label, kind.choices, how_many(0, kind.at_most), None)
    return PickedRowsInput(kind, kind.choices)


def _several(kind: SeveralOf) -> Input:
    return TicksInput(kind.label, kind.options, how_many(kind.at_least, kind.at_most), None if kind.at_least else [])


def _pairs(options: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(label, key) for key, label in options.items()]


def _dropdown(label: str, pairs: list[Any], width: str = "auto") -> Any:
    options = [(messages.CHOOSE, ""), *pairs]
    return widgets.Dropdown(options=options, value="", description=label, style=WORDS, layout={"width": width})


def _tick(text: str, group: str) -> Any:
    return widgets.Checkbox(value=False, description=text, indent=False, tooltip=group, style=WORDS)


def _hide_label(control: Any) -> None:
    """Keep a control's label for screen readers alone: the eye has it above or beside."""
    control.add_class("cep-unlabelled")


def _words(text: str, tag: str = "span") -> Any:
    return widgets.HTML(f"<{tag}>{safe(text)}</{tag}>")


def _grid(cells: list[Any], widths: str) -> Any:
    grid = widgets.GridBox(cells, layout=widgets.Layout(grid_template_columns=widths, width="auto"))
    grid.add_class("cep-grid-cells")
    return grid


_INPUTS: Mapping[type, Callable[[Any], Input]] = {
    OneOf: OneOfInput,
    SeveralOf: _several,
    Number: NumberInput,
    Date: DateInput,
    Ranking: RankingInput,
    Cells: CellsInput,
    Rows: _rows,
}
