"""What the columns and the codes of a table mean, beside the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cep_toolkit.widgets import messages
from cep_toolkit.widgets.look import safe
from cep_toolkit.world.codes import meanings

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World

MOST_CODES = 12
BETWEEN = ": "


class Legend:
    """The meanings of a table's columns and of the codes in them.

    Parameters
    ----------
    world : World
    table : str
    columns : sequence of str
    dictionary : Mapping
        Column -> unit and meaning.

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> world = World(Scenario(declarations=5_000))
    >>> legend = Legend(world, "declarations", ["lane"], {"lane": ("", "what happens to it")})
    >>> legend.said("lane", "red")
    'red: Goods examined or scanned before release'
    >>> legend.code("lane", "red: Goods examined or scanned before release")
    'red'
    """

    def __init__(
        self, world: World, table: str, columns: Sequence[str], dictionary: Mapping[str, tuple[str, str]]
    ) -> None:
        self._codes = {column: codes for column in columns if (codes := meanings(world, table, column))}
        self._dictionary = dictionary

    def of_column(self, column: str) -> str:
        """Return what a column holds, with its unit."""
        unit, meaning = self._dictionary.get(column, ("", ""))
        return f"{column}{BETWEEN}{meaning or column}{f' ({unit})' if unit else ''}"

    def said(self, column: str, code: str) -> str:
        """Return a code with its meaning, or the code alone where none is known."""
        meaning = self._codes.get(column, {}).get(code, "")
        return f"{code}{BETWEEN}{meaning}" if meaning else code

    def code(self, column: str, said: str) -> str:
        """Return the code of what ``said`` gave; what a person typed stays as it is."""
        code, between, _ = said.partition(BETWEEN)
        return code if between and self.said(column, code) == said else said

    def html(self, rows: pd.DataFrame) -> str:
        """Return what the columns of a page mean and the codes on it, folded."""
        known = [str(name) for name in rows.columns if name in self._dictionary]
        lines = [f"<li>{safe(self.of_column(name))}{self._of_page(rows[name])}</li>" for name in known]
        return f"<details><summary>{safe(messages.LEGEND)}</summary><ul>{''.join(lines)}</ul></details>"

    def _of_page(self, column: pd.Series) -> str:
        name = str(column.name)
        present = sorted({str(value) for value in column.dropna().unique()}) if name in self._codes else []
        known = [safe(self.said(name, code)) for code in present if code in self._codes[name]]
        return f"<ul>{''.join(f'<li>{line}</li>' for line in known[:MOST_CODES])}</ul>" if known else ""
