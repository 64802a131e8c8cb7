"""For each column of the course, the function that converts a column of the file."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from cep_toolkit.own_data import words
from cep_toolkit.own_data.conversion import EMPTY, Cell, Converted, by_distinct_text, looked_up
from cep_toolkit.own_data.dates import DatePattern
from cep_toolkit.own_data.mapping import FileFormat, Source
from cep_toolkit.own_data.numbers import number_converter
from cep_toolkit.own_data.targets import Kind, Target

Convert = Callable[[pa.Array], Converted]

STORED_AS = {
    Kind.IDENTIFIER: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.CODE: pa.string(),
    Kind.SUBHEADING: pa.string(),
    Kind.ADMINISTRATION: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.YES_NO: pa.bool_(),
    Kind.COUNT: pa.int64(),
    Kind.NUMBER: pa.float64(),
}
_TEXTS = (pa.string(),)


def converter(target: Target, source: Source, file: FileFormat) -> Convert:
    """Return the function that converts one column.

    Parameters
    ----------
    target : Target
    source : Source
    file : FileFormat

    Examples
    --------
    >>> origin = converter(Target("origin", Kind.ADMINISTRATION, required=True), Source(("ORI",)), FileFormat())
    >>> made = origin(pa.array([" no", "NA", ""]))
    >>> made.values.to_pylist(), made.problems
    (['NO', 'NA', ''], {2: 'empty, but every declaration needs it'})
    """
    if target.kind is Kind.NUMBER:
        return number_converter(target, source, file)
    read = _reader(target, source, file)
    stored_as = STORED_AS[target.kind]
    nothing = Cell("" if stored_as in _TEXTS else None)
    refused = Cell(nothing.value, problem=EMPTY)

    def convert_one(text: str) -> Cell:
        found = looked_up(text.strip(), source)
        if found.problem and text.strip() not in file.empty:
            return Cell(nothing.value, found.problem)
        if found.problem or found.value in file.empty:
            return refused if target.required else nothing._replace(note=found.note)
        cell = read(str(found.value))
        if cell.problem:
            return Cell(nothing.value, cell.problem)
        return cell._replace(note="; ".join(note for note in (found.note, cell.note) if note))

    return lambda texts: by_distinct_text(texts, convert_one, stored_as)


def _reader(target: Target, source: Source, file: FileFormat) -> Callable[[str], Cell]:
    match target.kind:
        case Kind.IDENTIFIER:
            return words.identifier
        case Kind.SUBHEADING:
            return lambda text: words.subheading(text, source.digits)
        case Kind.ADMINISTRATION:
            return words.administration
        case Kind.DATE:
            return DatePattern.of(source.date or file.date).read
        case Kind.YES_NO:
            return words.yes_or_no
        case Kind.COUNT:
            return lambda text: words.count(text, target)
        case _:
            return lambda text: words.code(text, target)
