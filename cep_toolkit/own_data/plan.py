"""Which column of the file fills which column of the course, and how: a mapping met with a header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data.batch import Texts
from cep_toolkit.own_data.conversion import Converted, mask, trimmed
from cep_toolkit.own_data.converters import converter
from cep_toolkit.own_data.factors import Factors, factors
from cep_toolkit.own_data.mapping import Mapping, Source
from cep_toolkit.own_data.mapping_section import REMEDY
from cep_toolkit.own_data.numbers import Convert
from cep_toolkit.own_data.pseudonyms import Pseudonyms
from cep_toolkit.own_data.targets import CONTROLS, DECLARATIONS, Kind, Target, targets

LEFT_OUT = "(left out)"
REPLACED = "replaced by a code of the key"
CONSTANTS = {DECLARATIONS: "constants", CONTROLS: "control_constants"}


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
    factors : (int, callable) or None
        Where the column of each row's factor stands, and what reads it.
    codes : Pseudonyms or None
        What takes the place of its texts, if they are to be hidden.
    """

    table: str
    target: Target
    source: Source
    places: tuple[int, ...]
    convert: Convert
    factors: tuple[int, Factors] | None = None
    codes: Pseudonyms | None = None

    def converted(self, texts: Texts) -> Converted:
        """Return this column of a piece, given the piece's columns as the file has them."""
        made = self._converted(texts)
        if self.codes is None:
            return made
        values = pc.if_else(pa.array(made.empty), "", self.codes.codes(made.values))
        return replace(made, values=values, notes=("", REPLACED), note_at=np.where(made.empty, 0, 1))

    def _converted(self, texts: Texts) -> Converted:
        if self.factors:
            place, read = self.factors
            return self.convert(texts[self.places[0]], read(texts[place]))
        if len(self.places) == 1:
            return self.convert(texts[self.places[0]])
        made = self.convert(self._joined([trimmed(texts[place]) for place in self.places]))
        joined = f'joined with "{self.source.join}"'
        return replace(made, notes=tuple(f"{joined}; {note}" if note else joined for note in made.notes))

    def _joined(self, parts: list[pa.Array]) -> pa.Array:
        """Return one text a row; half an identifier would be somebody else's."""
        filled = [pc.if_else(pc.equal(part, ""), None, part) for part in parts]
        half = "emit_null" if self.target.kind is Kind.IDENTIFIER else "skip"
        return pc.fill_null(pc.binary_join_element_wise(*filled, self.source.join, null_handling=half), "")


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
    codes : Pseudonyms or None
        What takes the place of names and identifiers.
    """

    header: tuple[str, ...]
    columns: tuple[Planned, ...]
    constants: tuple[Constant, ...]
    controlled: tuple[int, frozenset[str]] | None
    codes: Pseudonyms | None = None

    @property
    def not_used(self) -> tuple[str, ...]:
        """The columns of the file without a target."""
        return tuple(name for place, name in enumerate(self.header) if place not in self.used)

    @cached_property
    def used(self) -> tuple[int, ...]:
        """The places of the columns that the mapping names."""
        used = {place for column in self.columns for place in column.places}
        used |= {column.factors[0] for column in self.columns if column.factors}
        used |= {self.controlled[0]} if self.controlled else set()
        return tuple(sorted(used))

    def shown(self, fields: list[str], *, well_formed: bool = True) -> list[str]:
        """Return the fields of a refused row as they may be written down.

        Where names are hidden, only codes are shown: in a row that is refused a name may stand in any column.
        """
        if self.codes is None:
            return fields
        hidden = {place for column in self.columns if column.codes for place in column.places}
        return [
            self.codes.code(field) if place in hidden and well_formed else LEFT_OUT if field else ""
            for place, field in enumerate(fields)
        ]

    def is_row(self, fields: list[str]) -> bool:
        """Tell whether fields could be a row: every column that all rows need can be converted."""
        texts = {place: pa.array([fields[place]], pa.string()) for place in self.used}
        needed = (column for column in self.columns if column.target.required and column.table == DECLARATIONS)
        return not any(column.converted(texts).problems for column in needed)

    def where_controlled(self, texts: Texts) -> NDArray[np.bool_]:
        """Return which rows of a piece hold a control."""
        if self.controlled is None:
            return np.ones(len(next(iter(texts.values()))), dtype=bool)
        place, values = self.controlled
        return mask(pc.is_in(trimmed(texts[place]), value_set=pa.array(sorted(values), pa.string())))


def make_plan(
    mapping: Mapping, header: tuple[str, ...], *, typed: bool = False, codes: Pseudonyms | None = None
) -> Plan:
    """Return what is to be done, given a header that has every column needed.

    Parameters
    ----------
    mapping : Mapping
    header : tuple of str
    typed : bool
        Whether days come as YYYY-MM-DD whatever the mapping says; see ``Source``.
    codes : Pseudonyms, optional
        What takes the place of names and identifiers.

    Raises
    ------
    InputFileError
        A constant of the mapping is no value of its column.
    """
    place = {name: number for number, name in enumerate(header)}
    where = mapping.controlled
    rates = {mapping.currency: 1.0, **mapping.rates}

    def planned(table: str, target: Target, source: Source) -> Planned:
        found = factors(source, mapping.file, rates)
        return Planned(
            table,
            target,
            source,
            tuple(place[name] for name in source.columns),
            converter(target, source, mapping.file, typed=typed, discreet=codes is not None),
            (place[found[0]], found[1]) if found else None,
            codes if _is_hidden(target, mapping) else None,
        )

    return Plan(
        header=header,
        columns=tuple(
            planned(table, target, source)
            for table, target, source in _sources(mapping)
            if all(name in place for name in source.needed)
        ),
        constants=tuple(_constants(mapping, codes)),
        controlled=(place[where.column], frozenset(where.values)) if where else None,
        codes=codes,
    )


def _is_hidden(target: Target, mapping: Mapping) -> bool:
    return target.identifies or target.name in mapping.pseudonymise


def columns_needed(mapping: Mapping) -> list[str]:
    """Return the columns that a file must have for this mapping."""
    needed = [name for _, _, source in _sources(mapping) if not source.optional for name in source.needed]
    return [*needed, *([mapping.controlled.column] if mapping.controlled else [])]


def columns_missing(mapping: Mapping, header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the optional columns that a file lacks."""
    optional = [name for _, _, source in _sources(mapping) if source.optional for name in source.needed]
    return tuple(name for name in dict.fromkeys(optional) if name not in header)


def _sources(mapping: Mapping) -> Iterator[tuple[str, Target, Source]]:
    for table, mapped in ((DECLARATIONS, mapping.declarations), (CONTROLS, mapping.controls)):
        if mapped:
            known = targets(table, mapping.currency)
            yield from ((table, known[name], mapped.columns[name]) for name in known if name in mapped.columns)


def _constants(mapping: Mapping, codes: Pseudonyms | None) -> Iterator[Constant]:
    for table, mapped in ((DECLARATIONS, mapping.declarations), (CONTROLS, mapping.controls)):
        for name, text in mapped.constants.items() if mapped else ():
            target = targets(table, mapping.currency)[name]
            made = converter(target, Source(()), mapping.file)(pa.array([text], pa.string()))
            problem = made.problems.get(0) or ("empty" if made.empty[0] else "")
            if problem:
                what = f'{CONSTANTS[table]}.{name} is "{text}": {problem}.'
                raise InputFileError(f"{mapping.name}.yaml", what, REMEDY)
            value = made.values
            if codes and _is_hidden(target, mapping):
                text, value = LEFT_OUT, codes.codes(value)
            yield Constant(table, target, text, value[0])
