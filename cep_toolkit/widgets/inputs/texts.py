"""Inputs that are typed: a number with its unit, a date."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from cep_toolkit.checking import Date, Number
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.inputs.base import WORDS, Input, heading, hide_label
from cep_toolkit.widgets.look import safe


class NumberInput(Input):
    """A text for one number, its unit behind it: a decimal comma is as good as a point."""

    def __init__(self, kind: Number) -> None:
        self._kind = kind
        label = f"{kind.label}, {kind.unit}" if kind.unit else kind.label
        self._text = widgets.Text(description=label, style=WORDS, layout={"width": "10em"})
        hide_label(self._text)
        unit = widgets.HTML(f'<span class="cep-unit" aria-hidden="true">{safe(kind.unit)}</span>')
        self.controls = [self._text]
        self.view = widgets.VBox([heading(kind.label), widgets.HBox([self._text, unit])])

    def read(self) -> object:
        """Return what is typed."""
        return self._text.value.strip() or None

    def put(self, value: Any) -> None:
        """Type a number, or a text as it is."""
        self._text.value = value if isinstance(value, str) else "" if value is None else plain_number(value)


class DateInput(Input):
    """A text for one day."""

    def __init__(self, kind: Date) -> None:
        self._text = widgets.Text(description=kind.label, style=WORDS, layout={"width": "10em"})
        hide_label(self._text)
        self.controls = [self._text]
        self.view = widgets.VBox([heading(kind.label, messages.DATE), self._text])

    def read(self) -> object:
        """Return what is typed."""
        return self._text.value.strip() or None

    def put(self, value: Any) -> None:
        """Type a date."""
        self._text.value = value or ""


def plain_number(value: float) -> str:
    """Return a number as a person types it.

    Examples
    --------
    >>> plain_number(12.50), plain_number(3e-7), plain_number(1e6)
    ('12.5', '0.0000003', '1000000')
    """
    text = f"{value:.12f}" if abs(value) < 1 else f"{value:.6f}"
    return text.rstrip("0").rstrip(".") or "0"
