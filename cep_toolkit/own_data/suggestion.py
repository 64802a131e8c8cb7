"""A first mapping for a file: what its header and its values tell, and what somebody must still say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data.code_words import code_list
from cep_toolkit.own_data.factors import UNIT_CODES
from cep_toolkit.own_data.header_words import control_words, likeness, words_of
from cep_toolkit.own_data.looks import NOTHING, Column
from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.mapping_format import DELIMITERS
from cep_toolkit.own_data.matching import Match, matches
from cep_toolkit.own_data.opening import open_source
from cep_toolkit.own_data.sniffing import Told, Writing, writing_of
from cep_toolkit.own_data.source import Source
from cep_toolkit.own_data.source_file import SourceFile
from cep_toolkit.own_data.targets import DECLARATIONS, Kind, Target, targets

ROWS_LOOKED_AT = 5_000
CHARACTERS_LOOKED_AT = 4_000_000
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*( [A-Za-z0-9_]+)*")
_LB, _G, _T = {"lb", "lbs", "pounds"}, {"g", "grams", "grammes"}, {"t", "tonnes", "tonne", "tons", "mt", "tne"}
_CURRENCY = Target("invoice_currency", Kind.CODE)
_QUOTES = {'"': "double", "'": "single", "": "none"}


def suggest(file: Path) -> str:
    """Return the text of a mapping. What is not sure stands in it as a comment and has no effect.

    Parameters
    ----------
    file : Path

    Raises
    ------
    InputFileError
        The file cannot be opened, or has no header or no row.
    """
    writing = _writing(file)
    with open_source(file, writing.format if writing else FileFormat()) as source:
        columns = _columns(source)
        found = matches(columns, targets(DECLARATIONS, "USD").values())
        return "\n".join(_lines(source, writing, columns, found)) + "\n"


def _writing(file: Path) -> Writing | None:
    """Return how a text is written; None where the file is none, or cannot be read: opening it tells more."""
    try:
        with open_source(file, FileFormat()) as source:
            return writing_of(file) if isinstance(source, SourceFile) else None
    except InputFileError:
        try:
            return writing_of(file)
        except OSError:
            return None


def _columns(source: Source) -> list[Column]:
    """Return every column with the values of the first rows."""
    width = len(source.header)
    batches = source.batches(range(width), ROWS_LOOKED_AT, CHARACTERS_LOOKED_AT)
    batch = next((batch for batch in islice(batches, 3) if len(batch)), None)
    if batch is None:
        raise source.problem("it has a header, but no row after it that can be read.", "Export it again.")
    return [Column(name, batch.texts[place].to_pylist()) for place, name in enumerate(source.header)]


def _lines(source: Source, writing: Writing | None, columns: Sequence[Column], found: list[Match]) -> Iterator[str]:
    rows = len(columns[0].values)
    yield f"# A first mapping of {_said(source.path.name)}, from its header and its first {rows:,} rows."
    yield "# Read every line. One that begins with # is not sure and has no effect: take the # away where it is right."
    yield "# Every entry is explained in docs/own_data.md. Then: cep import FILE --mapping THIS_FILE --out FOLDER"
    if not any(match.columns for match in found):
        yield "# No name of a column is known here. Is the first row of the file really the header?"
    yield ""
    yield f"title: {_quoted('Declarations of ' + source.path.name)}"
    yield "# currency: USD     # write the currency of your customs values (ISO 4217) and take the first # away"
    yield ""
    yield from _file_lines(source, writing, columns, found)
    yield ""
    yield "declarations:"
    beside = _Beside.of(columns)
    for match in found:
        yield _entry(match, beside)
    yield from _rest(columns, found)


def _file_lines(
    source: Source, writing: Writing | None, columns: Sequence[Column], found: list[Match]
) -> Iterator[str]:
    yield "file:"
    if writing:
        names = {mark: name for name, mark in DELIMITERS.items()}
        told = writing.delimiter
        yield _told("delimiter", told._replace(value=names[told.value]))
        yield _told("quote", writing.quote._replace(value=_QUOTES[writing.quote.value]))
        yield _told("encoding", writing.encoding)
    else:
        yield "  # sheet: Sheet1     # of a workbook: which worksheet; without this line the first is read"
    dates = next((match.columns[0] for match in found if match.target.kind is Kind.DATE and match.columns), None)
    if dates and not source.typed:
        yield from _date_lines(dates)
    numbers = [match.columns[0] for match in found if match.target.kind is Kind.NUMBER and match.columns]
    if not source.typed:
        yield from _number_lines(numbers)
    yield from _empty_lines([*numbers, *([dates] if dates else [])])


def _told(entry: str, told: Told) -> str:
    line = f"{entry}: {told.value}"
    return f"  {line:<24}# {told.why}" if told.sure else f"  # {line:<22}# NOT SURE: {told.why}"


def _date_lines(column: Column) -> Iterator[str]:
    forms = column.date_forms
    if not forms:
        yield f"  # date: DD/MM/YYYY      # NOT SURE: no usual form fits the values of {_said(column.name)}"
        return
    rivals = [form for form in forms if form.split("h")[0].strip(" T") != forms[0].split("h")[0].strip(" T")]
    if rivals:
        for form in dict.fromkeys((forms[0], *rivals)):
            yield f'  # date: "{form}"    # NOT SURE: every day of {_said(column.name)} fits more than one form'
    else:
        yield f"  date: {_quoted(forms[0]):<17} # every day of {_said(column.name)} fits"


def _number_lines(columns: Sequence[Column]) -> Iterator[str]:
    """Give the marks in numbers, if all columns agree."""
    marked = [column for column in columns if column.is_marked]
    if not marked:
        return
    common = [marks for marks in marked[0].notations if all(marks in column.notations for column in marked)]
    names = _said(", ".join(column.name for column in marked[:4]))
    if not common:
        yield f'  # decimal: ","          # NOT SURE: the numbers of {names} are not all written alike'
    elif len({point for point, _ in common}) > 1:
        yield f'  # decimal: ","          # NOT SURE: in {names} a mark always stands before three digits: is it'
        yield '  # thousands: ","        # the decimal mark or a mark of thousands?'
    else:
        point, mark = common[0]
        yield f'  decimal: "{point}"{"":<12}# by the numbers of {names}'
        if mark:
            yield f"  thousands: {json.dumps(mark):<13}# by the numbers of {names}"


def _empty_lines(columns: Sequence[Column]) -> Iterator[str]:
    trimmed = {value.strip() for column in columns for value in column.values}
    marks = sorted(value for value in trimmed if value.casefold() in NOTHING)
    safe = [mark for mark in marks if mark.casefold() != "na"]
    if safe:
        yield f"  empty: {json.dumps(safe):<16}# these stand where a day or a number should be"
    if len(safe) < len(marks):
        yield "  # empty: [NA]           # NOT SURE: it stands where a number should be, but as an origin it is Namibia"


class _Beside(NamedTuple):
    """Columns that may tell the unit of another one."""

    units: str
    currencies: str

    @classmethod
    def of(cls, columns: Sequence[Column]) -> _Beside:
        units = [column.name for column in columns if column.counted and _are_units(column)]
        currencies = [column.name for column in columns if column.looks_like(_CURRENCY) and _names_currency(column)]
        return cls(next(iter(units), ""), next(iter(currencies), ""))


def _are_units(column: Column) -> bool:
    return all(value.casefold() in UNIT_CODES for value in column.counted)


def _names_currency(column: Column) -> bool:
    return bool(column.counted) and likeness(column.name, _CURRENCY.name) > 0


def _entry(match: Match, beside: _Beside) -> str:
    name, target = match.target.name, match.target
    if not match.columns:
        return f"  # {name}:{'':<8}# NOT SURE: {_said(match.why)}"
    source, more, sure = _source(match, beside)
    why = f"{match.why}{'; ' + more if more else ''}"
    if match.sure and sure:
        return f"  {name}: {source}    # {_said(why)}"
    need = "every row needs it; " if target.required else ""
    return f"  # {name}: {source}    # NOT SURE: {need}{_said(why)}"


def _source(match: Match, beside: _Beside) -> tuple[str, str, bool]:
    """Return what stands behind the colon, what more is to be said, and whether it is sure."""
    names = [_quoted(column.name) for column in match.columns]
    if len(names) > 1:
        return f"{{from: [{', '.join(names)}], join: /}}", "check that this is so in the whole year", True
    column, target = match.columns[0], match.target
    if target.kind is Kind.SUBHEADING:
        return _tariff(names[0], column)
    if target.name.endswith("_mass_kg"):
        return _mass(names[0], column, beside)
    if target.is_money:
        if beside.currencies.startswith(column.name):
            source = f"{{from: {names[0]}, currency_from: {_quoted(beside.currencies)}}}"
            return source, "write rates too, what each currency is worth in yours", False
        other = f": {beside.currencies}" if beside.currencies else ""
        return names[0], f"in your currency? If not: currency_from{other}, or rate_from", True
    codes = code_list(target.name, column)
    if codes is None:
        return names[0], "", True
    if not codes.known:
        return names[0], codes.why, False
    written = ", ".join(f"{_quoted(code)}: {meaning}" for code, meaning in codes.known.items())
    return f"{{from: {names[0]}, codes: {{{written}}}, otherwise: empty}}", codes.why, True


def _tariff(name: str, column: Column) -> tuple[str, str, bool]:
    lengths = sorted({len(re.sub(r"\D", "", value)) for value in column.counted if len(value) >= 5})
    if not lengths or lengths[-1] <= 6:
        return name, "", True
    said = f"up to {lengths[-1]} digits"
    if lengths[-1] - 1 in lengths:
        said += "; a spreadsheet seems to have taken zeros from the front: they are put back"
    return f"{{from: {name}, digits: {min(lengths[-1], 14)}}}", said, True


def _mass(name: str, column: Column, beside: _Beside) -> tuple[str, str, bool]:
    said = set(words_of(column.name))
    for unit, names in (("lb", _LB), ("g", _G), ("t", _T)):
        if said & names:
            return f"{{from: {name}, unit: {unit}}}", f"the name says {unit}", True
    if beside.units:
        return f"{{from: {name}, unit_from: {_quoted(beside.units)}}}", "does that column tell its unit?", False
    return name, "in kg? If not: unit or unit_from", True


def _rest(columns: Sequence[Column], found: list[Match]) -> Iterator[str]:
    used = {column.name for match in found for column in match.columns}
    controls = [column.name for column in columns if control_words() & set(words_of(column.name))]
    if controls:
        yield ""
        yield f"# These may tell of controls: {_said(', '.join(controls[:8]))}. What their codes mean, only you know:"
        yield "# controls:"
        yield f"#   finding: {{from: {_quoted(controls[0])}, codes: {{0: none, 1: value}}}}"
    left = [column.name for column in columns if column.name not in used and column.name not in controls]
    if left:
        yield ""
        yield f"# Not used: {_said(', '.join(left))}"


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text)


def _said(text: str) -> str:
    """Return a text that stays in its comment."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:300]
