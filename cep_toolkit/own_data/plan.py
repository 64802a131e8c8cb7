"""Which column of the file fills which column of the course, and how: a mapping met with a header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data.conversion import Converted
from cep_toolkit.own_data.converters import Convert, converter
from cep_toolkit.own_data.mapping import Mapping, Source
from cep_toolkit.own_data.mapping_section import REMEDY
from cep_toolkit.own_data.targets import CONTROLS, DECLARATIONS, Kind, Target, targets

CONSTANTS = {DECLARATIONS: "constants", CONTROLS: "control_constants"}
Texts = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Planned:
    """One column of the course and where it comes from.

    Parameters
    ----------
    table : str
    target : Target
    source : Source
    places : tuple of int
        Where in the file its columns stand.
    convert : callable
    """

    table: str
    target: Target
    source: Source
    places: tuple[int, ...]
    convert: Convert

    def converted(self, texts: Texts) -> Converted:
        """Return this column of a piece, given the piece's columns as the file has them."""
        if len(self.places) == 1:
            return self.convert(pa.array(texts[self.places[0]], pa.string()))
        rows = zip(*(texts[place] for place in self.places), strict=True)
        made = self.convert(pa.array([self._joined(row) for row in rows], pa.string()))
        joined = f'joined with "{self.source.join}"'
        return replace(made, notes=tuple(f"{joined}; {note}" if note else joined for note in made.notes))

    def _joined(self, fields: tuple[str, ...]) -> str:
        """Return one text; half an identifier would be somebody else's."""
        parts = [field.strip() for field in fields]
        if self.target.kind is Kind.IDENTIFIER and not all(parts):
            return ""
        return self.source.join.join(part for part in parts if part)


class Constant(NamedTuple):
    """One column of the course that is the same in every row: a text of the mapping and what it means."""

    table: str
    target: Target
    text: str
    value: pa.Scalar


@dataclass(frozen=True)
class Plan:
    """Everything that is to be done with each piece of a file.

    Parameters
    ----------
    header : tuple of str
    columns : tuple of Planned
    constants : tuple of Constant
    controlled : (int, frozenset of str) or None
        A place in the file and the values there that tell of a control.
    """

    header: tuple[str, ...]
    columns: tuple[Planned, ...]
    constants: tuple[Constant, ...]
    controlled: tuple[int, frozenset[str]] | None

    @property
    def not_used(self) -> tuple[str, ...]:
        """The columns of the file without a target."""
        used = {place for column in self.columns for place in column.places}
        used |= {self.controlled[0]} if self.controlled else set()
        return tuple(name for place, name in enumerate(self.header) if place not in used)

    def is_row(self, fields: list[str]) -> bool:
        """Tell whether fields could be a row: every column that all rows need can be converted."""
        texts = [(field,) for field in fields]
        needed = (column for column in self.columns if column.target.required and column.table == DECLARATIONS)
        return not any(column.converted(texts).problems for column in needed)

    def where_controlled(self, texts: Texts) -> NDArray[np.bool_]:
        """Return which rows of a piece hold a control."""
        if self.controlled is None:
            return np.ones(len(texts[0]), dtype=bool)
        place, values = self.controlled
        return np.array([text.strip() in values for text in texts[place]], dtype=bool)


def make_plan(mapping: Mapping, header: tuple[str, ...]) -> Plan:
    """Return what is to be done, given a header that has every column needed.

    Raises
    ------
    InputFileError
        A constant of the mapping is no value of its column.
    """
    place = {name: number for number, name in enumerate(header)}
    where = mapping.controlled
    return Plan(
        header=header,
        columns=tuple(
            Planned(
                table,
                target,
                source,
                tuple(place[name] for name in source.columns),
                converter(target, source, mapping.file),
            )
            for table, target, source in _sources(mapping)
            if all(name in place for name in source.columns)
        ),
        constants=tuple(_constants(mapping)),
        controlled=(place[where.column], frozenset(where.values)) if where else None,
    )


def columns_needed(mapping: Mapping) -> list[str]:
    """Return the columns that a file must have for this mapping."""
    needed = [name for _, _, source in _sources(mapping) if not source.optional for name in source.columns]
    return [*needed, *([mapping.controlled.column] if mapping.controlled else [])]


def columns_missing(mapping: Mapping, header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the optional columns that a file lacks."""
    optional = [name for _, _, source in _sources(mapping) if source.optional for name in source.columns]
    return tuple(name for name in dict.fromkeys(optional) if name not in header)


def _sources(mapping: Mapping) -> Iterator[tuple[str, Target, Source]]:
    for table, mapped in ((DECLARATIONS, mapping.declarations), (CONTROLS, mapping.controls)):
        if mapped:
            known = targets(table, mapping.currency)
            yield from ((table, known[name], mapped.columns[name]) for name in known if name in mapped.columns)


def _constants(mapping: Mapping) -> Iterator[Constant]:
    for table, mapped in ((DECLARATIONS, mapping.declarations), (CONTROLS, mapping.controls)):
        for name, text in mapped.constants.items() if mapped else ():
            target = targets(table, mapping.currency)[name]
            made = converter(target, Source(()), mapping.file)(pa.array([text], pa.string()))
            problem = made.problems.get(0) or ("empty" if made.empty[0] else "")
            if problem:
                what = f'{CONSTANTS[table]}.{name} is "{text}": {problem}.'
                raise InputFileError(f"{mapping.name}.yaml", what, REMEDY)
            yield Constant(table, target, text, made.values[0])
