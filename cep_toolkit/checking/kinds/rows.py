"""An answer that picks rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind, overlap, some_right
from cep_toolkit.checking.kinds.when_wrong import require_messages, said_of, with_one_wrong
from cep_toolkit.checking.reading import RefusedError, shown, word, words

TICKS = {word(True), word(False)}
"""A column of ticks has no identifiers left: they stood in the table it was made from."""


@dataclass(frozen=True)
class Rows(Kind[list[str]]):
    """Some rows of a table, named by their key, in no order.

    Code may give the identifiers themselves, a column or an index of them, or the rows as a table.

    Parameters
    ----------
    label : str
        What the participant reads beside the list.
    table, key : str
        The table and its column of identifiers.
    choices : Mapping[str, str], optional
        The only rows that may be picked: identifier -> what the form shows. Identifiers are text.
    at_most : int
        How many rows may be picked.
    when_wrong : Mapping[str, str], optional
        Identifier -> what somebody is told who picked that row wrongly; it names no row.

    Examples
    --------
    >>> kind = Rows("Consignments to ask about", "declarations", "declaration_id", at_most=2)
    >>> kind.parse([1002.0, "1001"]).value, kind.parse([1, 2, 3]).problem
    (['1001', '1002'], 'Choose at most 2; you chose 3.')
    """

    table: str
    key: str
    choices: Mapping[str, str] | None = None
    at_most: int = 5
    when_wrong: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at_most < 1:
            raise self.refuse("Its at_most is below one.", "Let at least one row be picked.")
        if self.choices is not None and not (self.choices and all(isinstance(name, str) for name in self.choices)):
            raise self.refuse("Its choices are empty, or an identifier is not text.", "Write str(identifier).")
        choices = self.choices or {}
        require_messages(self, self.when_wrong, choices, [*choices, *choices.values()])

    def _read(self, raw: object) -> list[str] | None:
        found = set(words(self._identifiers(raw)))
        if not found:
            return None
        for name in sorted(found):
            if name in TICKS if self.choices is None else name not in self.choices:
                raise RefusedError(messages.UNKNOWN_ROW.format(value=shown(name), key=self.key))
        if len(found) > self.at_most:
            raise RefusedError(messages.TOO_MANY.format(most=self.at_most, count=len(found)))
        return sorted(found, key=lambda name: (len(name), name))

    def _identifiers(self, raw: Any) -> object:
        """Return the identifiers in a table or column that carries them; anything else as it is."""
        is_table = hasattr(raw, "columns")
        if is_table and self.key in raw.columns:
            return raw[self.key]
        index = getattr(raw, "index", None)
        if getattr(index, "name", None) != self.key or (not is_table and raw.name == self.key):
            return raw
        ticked = getattr(getattr(raw, "dtype", None), "kind", "") == "b"
        return raw[raw].index if ticked else index

    def score(self, value: list[str], reference: list[str]) -> float:
        """Return the overlap of both sets of rows."""
        return overlap(value, reference)

    def say(self, value: list[str]) -> str:
        """Return the identifiers with semicolons."""
        return "; ".join(value)

    @property
    def inputs(self) -> int:
        """One for each row that may be picked."""
        return self.at_most

    def remark(self, value: list[str], reference: list[str]) -> str:
        """Return how many of the rows are right."""
        return some_right(value, reference)

    def told(self, value: list[str], reference: list[str]) -> list[str]:
        """Return what is said of the rows picked wrongly."""
        return said_of([name for name in value if name not in reference], self.when_wrong)

    def slips(self, reference: list[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield every row of the choices that is wrong here, added to the right ones or in place of the last."""
        yield from with_one_wrong(reference, self.choices or (), self.at_most)
