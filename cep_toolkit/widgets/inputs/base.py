"""What every input of a form does, and the controls that several inputs are made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from cep_toolkit.widgets import messages
from cep_toolkit.widgets.look import safe

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


def pairs(options: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return options as ipywidgets takes them."""
    return [(label, key) for key, label in options.items()]


def dropdown(label: str, options: list[Any], width: str = "auto") -> Any:
    """Return a list to choose from, its label for screen readers alone; ``""`` is its empty value."""
    options = [(messages.CHOOSE, ""), *options]
    made = widgets.Dropdown(options=options, value="", description=label, style=WORDS, layout={"width": width})
    return hide_label(made)


def hide_label(control: Any) -> Any:
    """Keep a control's label for screen readers alone: the eye has it above or beside."""
    control.add_class("cep-unlabelled")
    return control


def words(text: str, tag: str = "span") -> Any:
    """Return text beside a control."""
    return widgets.HTML(f"<{tag}>{safe(text)}</{tag}>")


def grid(cells: list[Any], widths: str) -> Any:
    """Return controls and words in lines and columns of given widths."""
    made = widgets.GridBox(cells, layout=widgets.Layout(grid_template_columns=widths, width="auto"))
    made.add_class("cep-grid-cells")
    return made
