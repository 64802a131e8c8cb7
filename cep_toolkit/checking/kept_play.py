"""A posed question as plain JSON and back: frozen dataclasses of plain values, tuples and mappings."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from cep_toolkit.errors import CourseError


def to_plain(value: Any) -> Any:
    """Return a value as JSON holds it.

    Raises
    ------
    CourseError
        It holds something that is not plain.

    Examples
    --------
    >>> to_plain({"prices": (1.5, None)})
    {'prices': [1.5, None]}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: to_plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): to_plain(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(part) for part in value]
    if value is None or type(value) in (bool, int, float, str):
        return value
    raise CourseError("a play's question", f"It holds a {type(value).__name__}.", "Hold plain values.")


def from_plain(kind: Any, plain: Any, where: str) -> Any:
    """Return the value of a type that ``to_plain`` made plain.

    Raises
    ------
    CourseError
        It has another shape.

    Examples
    --------
    >>> from_plain(tuple[float, ...], [1.5], "a play")
    (1.5,)
    """
    try:
        return _made(kind, plain)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise CourseError(where, "What is kept of its question has another shape.", "Make the key again.") from error


def _made(kind: Any, plain: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        if set(plain) != {part.name for part in fields(kind)}:
            raise KeyError(kind.__name__)
        return kind(**{name: _made(hints[name], part) for name, part in plain.items()})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(plain, list):
            raise TypeError(kind)
        kinds = [inner[0]] * len(plain) if inner[-1] is Ellipsis else inner
        return tuple(_made(each, part) for each, part in zip(kinds, plain, strict=True))
    if origin in (dict, Mapping):
        return {name: _made(inner[1], part) for name, part in plain.items()}
    if origin in (Union, types.UnionType):
        return None if plain is None else _made(next(each for each in inner if each is not type(None)), plain)
    if kind is float and type(plain) is int:
        return float(plain)
    if kind is not Any and type(plain) is not kind:
        raise TypeError(kind)
    return plain
