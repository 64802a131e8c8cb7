"""For each column of the course, the function that converts a column of the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cep_toolkit.own_data import words
from cep_toolkit.own_data.cell import EMPTY, Cell, looked_up
from cep_toolkit.own_data.conversion import Converted, Which, by_distinct_text, mask
from cep_toolkit.own_data.dates import DatePattern
from cep_toolkit.own_data.mapping import FileFormat, Source
from cep_toolkit.own_data.numbers import Convert, number_converter
from cep_toolkit.own_data.targets import Kind, Target

MOST_REMEMBERED = 20_000  # distinct texts of one column, from piece to piece
_NO_SPACE_AROUND = r"^[^\pZ\pC](?s:.*[^\pZ\pC])?$"

STORED_AS = {
    Kind.IDENTIFIER: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.CODE: pa.string(),
    Kind.SUBHEADING: pa.string(),
    Kind.ADMINISTRATION: pa.string(),
    Kind.DATE: pa.timestamp("ms"),
    Kind.YES_NO: pa.bool_(),
    Kind.COUNT: pa.int64(),
    Kind.NUMBER: pa.float64(),
}
REWRITTEN = {
    Kind.SUBHEADING: "points and spaces taken out",
    Kind.YES_NO: "read as yes or no",
    Kind.COUNT: "written as a whole number",
}


def converter(
    target: Target, source: Source, file: FileFormat, *, typed: bool = False, discreet: bool = False
) -> Convert:
    """Return the function that converts one column.

    Parameters
    ----------
    target : Target
    source : Source
    file : FileFormat
    typed : bool
        Whether days may come as YYYY-MM-DD whatever the file's format.
    discreet : bool
        Whether notes must not quote what the file holds.

    Examples
    --------
    >>> origin = converter(Target("origin", Kind.ADMINISTRATION, required=True), Source(("ORI",)), FileFormat())
    >>> made = origin(pa.array([" no", "NA", ""]))
    >>> made.values.to_pylist(), made.problems
    (['NO', 'NA', ''], {2: 'empty, but every row needs it'})
    """
    if target.kind is Kind.NUMBER:
        return number_converter(target, source, file)
    read = _reader(target, source, file, typed)
    stored_as = STORED_AS[target.kind]
    nothing = "" if pa.types.is_string(stored_as) else None

    def absent(note: str) -> Cell:
        return Cell(nothing, EMPTY if target.required else "", note)

    def convert_one(text: str) -> Cell:
        trimmed = text.strip()
        if trimmed in file.empty and trimmed not in source.codes:
            return absent("")
        found = looked_up(trimmed, source, quoted=not discreet)
        if found.problem or not found.value:
            return Cell(nothing, found.problem) if found.problem else absent(found.note)
        cell = read(str(found.value))
        if cell.problem:
            return Cell(nothing, cell.problem)
        notes = [note for note in (found.note, cell.note) if note]
        if not notes and cell.shown != text:
            notes = [_rewritten(target, source, file, text)]
        return cell._replace(note="; ".join(notes))

    remembered = lru_cache(MOST_REMEMBERED)(convert_one)
    stays = _stays(target, source, file)

    def convert(texts: pa.Array, factors: Converted | None = None, /) -> Converted:
        return by_distinct_text(texts, remembered, stored_as, stays)

    return convert


def _stays(target: Target, source: Source, file: FileFormat) -> Which | None:
    """Return what tells the texts that are stored as they are, where a column has such; it never says too much."""
    if source.codes or target.valid or target.kind not in (Kind.IDENTIFIER, Kind.TEXT, Kind.CODE):
        return None
    nothing = pa.array(file.empty, pa.string())

    def stays(texts: pa.Array) -> NDArray[np.bool_]:
        found = pc.and_not(pc.match_substring_regex(texts, _NO_SPACE_AROUND), pc.is_in(texts, value_set=nothing))
        if target.kind is Kind.IDENTIFIER:
            found = pc.and_not(found, pc.match_substring_regex(texts, words.SHORTENED))
        return mask(found)

    return stays


def _rewritten(target: Target, source: Source, file: FileFormat, text: str) -> str:
    if target.kind is Kind.DATE:
        return f"date written as {source.date or file.date}"
    return REWRITTEN.get(target.kind, "") or "spaces around it taken out"


def _reader(target: Target, source: Source, file: FileFormat, typed: bool) -> Callable[[str], Cell]:
    match target.kind:
        case Kind.IDENTIFIER:
            return words.identifier
        case Kind.SUBHEADING:
            return lambda text: words.subheading(text, source.digits)
        case Kind.ADMINISTRATION:
            return words.administration
        case Kind.DATE:
            pattern = DatePattern.of(source.date or file.date)
            return pattern.read_typed if typed else pattern.read
        case Kind.YES_NO:
            return words.yes_or_no
        case Kind.COUNT:
            return lambda text: words.count(text, target)
        case _:
            return lambda text: words.code(text, target)
