"""The controls of a form: one input for each kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cep_toolkit.checking import Cells, Date, Kind, Number, OneOf, Ranking, Rows, SeveralOf
from cep_toolkit.errors import CourseError
from cep_toolkit.widgets.inputs.base import Input
from cep_toolkit.widgets.inputs.choices import OneOfInput, RankingInput, several
from cep_toolkit.widgets.inputs.tables import CellsInput, picked_rows
from cep_toolkit.widgets.inputs.texts import DateInput, NumberInput

__all__ = ["Input", "input_of"]


def input_of(kind: Kind[Any]) -> Input:
    """Return the controls for a field.

    Raises
    ------
    CourseError
        No form exists for this kind of answer.
    """
    make = _INPUTS.get(type(kind))
    if make is None:
        raise CourseError(f'field "{kind.label}"', f"A {type(kind).__name__} has no form.", "Use another kind.")
    return make(kind)


_INPUTS: Mapping[type, Callable[[Any], Input]] = {
    OneOf: OneOfInput,
    SeveralOf: several,
    Number: NumberInput,
    Date: DateInput,
    Ranking: RankingInput,
    Cells: CellsInput,
    Rows: picked_rows,
}
