"""What a number is multiplied by where it differs from row to row: a currency's rate, or a unit of mass."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa

from cep_toolkit.own_data.cell import Cell
from cep_toolkit.own_data.conversion import Converted, by_distinct_text
from cep_toolkit.own_data.mapping import FileFormat, Source
from cep_toolkit.own_data.numbers import number_converter
from cep_toolkit.own_data.targets import Kind, Target

UNITS = {"kg": 1.0, "g": 0.001, "t": 1000.0, "lb": 0.45359237}
# UN/ECE Recommendation 20, as the WCO Data Model uses it, and what people write.
UNIT_CODES = {**UNITS, "kgm": 1.0, "kgs": 1.0, "grm": 0.001, "tne": 1000.0, "lbr": 0.45359237, "lbs": 0.45359237}
Factors = Callable[[pa.Array], Converted]


def factors(source: Source, file: FileFormat, rates: Mapping[str, float]) -> tuple[str, Factors] | None:
    """Return the column that factors come from, and what reads them; None where the mapping names none.

    Parameters
    ----------
    source : Source
    file : FileFormat
    rates : mapping
        Currency to its worth in the mapping's own currency, which is among them.

    Examples
    --------
    >>> column, read = factors(Source(("V",), currency_from="CUR"), FileFormat(), {"USD": 1.0, "EUR": 1.08})
    >>> made = read(pa.array(["eur", "USD", "XXX"]))
    >>> column, made.values.to_pylist(), made.problems
    ('CUR', [1.08, 1.0, None], {2: 'CUR: the mapping has no rate for this currency'})
    """
    if column := source.unit_from:
        return column, _listed(column, UNIT_CODES, str.casefold, "this is no unit of mass that the course knows")
    if column := source.currency_from:
        return column, _listed(column, rates, str.upper, "the mapping has no rate for this currency")
    if column := source.rate_from:
        return column, _rates(column, file)
    return None


def _listed(column: str, values: Mapping[str, float], written: Callable[[str], str], problem: str) -> Factors:
    def read(text: str) -> Cell:
        found = values.get(written(text.strip()))
        if found is None:
            return Cell(problem=f"{column}: {problem}")
        return Cell(found, note=f"multiplied by what {column} says")  # type: ignore[arg-type]  # a factor is no value

    return lambda texts: by_distinct_text(texts, read, pa.float64())


def _rates(column: str, file: FileFormat) -> Factors:
    convert = number_converter(Target("rate", Kind.NUMBER, required=True, decimals=12), Source((column,)), file)

    def read(texts: pa.Array) -> Converted:
        made = convert(texts)
        worth = made.values.fill_null(0).to_numpy(zero_copy_only=False)
        problems = {int(at): f"{column}: zero is no rate" for at in np.flatnonzero(worth == 0)}
        problems |= {at: f"{column}: {problem}" for at, problem in made.problems.items()}
        return Converted(made.values, made.empty, made.notes, made.note_at, problems)

    return read
