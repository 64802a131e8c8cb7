"""Kinds of answer as plain JSON and back, nothing lost: so a key can be kept, and read without the course's code.

The order of options is part of a kind, so whoever writes the JSON must keep the order of its names.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from dataclasses import fields as parts_of
from typing import Any

from cep_toolkit.checking.answer import Fields
from cep_toolkit.checking.kinds import Cells, Date, Kind, Log, Number, OneOf, Ranking, Rows, SeveralOf
from cep_toolkit.checking.sheet_file import DamagedError
from cep_toolkit.errors import CourseError, WrongTypeError

KINDS: Mapping[str, type[Kind[Any]]] = {
    "one of": OneOf,
    "several of": SeveralOf,
    "number": Number,
    "ranking": Ranking,
    "rows": Rows,
    "cells": Cells,
    "date": Date,
    "log": Log,
}
"""How each kind is called in a file; a name is never given to another kind."""
_NAMES = {kind: name for name, kind in KINDS.items()}


def to_plain(fields: Fields) -> dict[str, Any]:
    """Return the parts of an answer as plain values.

    Raises
    ------
    WrongTypeError
        A kind, or a value in it, has no plain form.

    Examples
    --------
    >>> to_plain({"when": Date("Deadline")})
    {'when': {'kind': 'date', 'label': 'Deadline'}}
    """
    return {name: _plain_kind(kind) for name, kind in fields.items()}


def from_plain(plain: object) -> dict[str, Kind[Any]]:
    """Return the parts of an answer that ``to_plain`` made plain.

    Raises
    ------
    DamagedError
        It has another shape.

    Examples
    --------
    >>> from_plain({"when": {"kind": "date", "label": "Deadline"}})
    {'when': Date(label='Deadline')}
    """
    if not isinstance(plain, dict) or not plain:
        raise DamagedError("no parts of an answer")
    return {name: _kind(parts) for name, parts in plain.items()}


def _plain_kind(kind: Kind[Any]) -> dict[str, Any]:
    if type(kind) not in _NAMES:
        raise WrongTypeError("kind of answer", kind, f"one of {', '.join(KINDS)}")
    parts = {name: _plain_value(getattr(kind, name)) for name in _parts(type(kind))}
    return {"kind": _NAMES[type(kind)], **parts}


def _parts(kind: type[Kind[Any]]) -> list[str]:
    """Return the names of the parts that make two of a kind the same; the rules of a play are kept apart."""
    return [part.name for part in parts_of(kind) if part.compare]


def _plain_value(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _plain_value(part) for name, part in value.items()}
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, numbers.Integral):  # numpy's whole numbers too
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    raise WrongTypeError("a part of a kind of answer", value, "text, a finite number, or a mapping of these")


def _kind(plain: object) -> Kind[Any]:
    if not isinstance(plain, dict) or plain.get("kind") not in list(KINDS):
        raise DamagedError("an unknown kind of answer")
    made = KINDS[plain["kind"]]
    parts = {name: value for name, value in plain.items() if name != "kind"}
    if set(parts) != set(_parts(made)):
        raise DamagedError("another shape")
    try:
        return made(**parts)
    except (TypeError, ValueError, AttributeError, CourseError) as error:  # values of other types than were written
        raise DamagedError("another shape") from error
