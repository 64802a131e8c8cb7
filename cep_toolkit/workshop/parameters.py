"""The five values a notebook takes: declared in its parameters cell, typed, and checked before any cell runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cep_toolkit.errors import CourseError, InputFileError, UnknownValueError, WrongTypeError

Value = str | int
NAMES: Mapping[str, type[str] | type[int]] = {
    "administration": str,
    "seed": int,
    "level": str,
    "declarations": int,
    "data": str,
}
_IN_WORDS = {str: "a text", int: "a whole number, for example 5000"}
_REMEDY = "Write: " + ", ".join(f"{name}: {kind.__name__} = ..." for name, kind in NAMES.items()) + "."


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell.

    Parameters
    ----------
    name : str
    kind : type
        ``str`` or ``int``, as annotated.
    default : str or int
    """

    name: str
    kind: type[str] | type[int]
    default: Value


def declared(code: str, where: str) -> dict[str, Parameter]:
    r"""Return the parameters that a parameters cell declares.

    Raises
    ------
    CourseError
        The cell holds anything but the five names, each with its type and one literal.

    Examples
    --------
    >>> cell = "administration: str = 'XA'\nseed: int = 7\nlevel: str = 'advanced'\n"
    >>> cell += "declarations: int = 5_000\ndata: str = ''"
    >>> declared(cell, "notebook 00")["seed"].default
    7
    """
    try:
        lines = ast.parse(code).body
    except SyntaxError as error:
        raise CourseError(where, f"The parameters cell cannot be read: {error.msg}.", _REMEDY) from error
    found = [_parameter(line, where) for line in lines]
    if [parameter.name for parameter in found] != list(NAMES):
        raise CourseError(where, "The parameters cell does not declare the five parameters in their order.", _REMEDY)
    return {parameter.name: parameter for parameter in found}


def _parameter(line: ast.stmt, where: str) -> Parameter:
    match line:
        case ast.AnnAssign(
            target=ast.Name(id=name), annotation=ast.Name(id=annotation), value=ast.Constant(value=value)
        ):
            kind = NAMES.get(name)
            if kind is not None and annotation == kind.__name__ and type(value) is kind:
                return Parameter(name, kind, value)
    raise CourseError(where, f'"{ast.unparse(line)}" is not a typed literal of a parameter.', _REMEDY)


def from_text(parameters: Mapping[str, Parameter], name: str, text: str) -> Value:
    """Return what was typed for a parameter as the type that the parameters cell gives it.

    Raises
    ------
    UnknownValueError, WrongTypeError
        No such parameter, or a text that is no whole number where one is due.

    Examples
    --------
    >>> two = {"seed": Parameter("seed", int, 1), "level": Parameter("level", str, "advanced")}
    >>> from_text(two, "seed", "50_000"), from_text(two, "level", "0101")
    (50000, '0101')
    """
    if name not in parameters:
        raise UnknownValueError("parameter", name, parameters)
    if parameters[name].kind is str:
        return text
    if not re.fullmatch(r"[+-]?\d+(_\d+)*", text.strip()):
        raise WrongTypeError(name, text, _IN_WORDS[int])
    return int(text)


def checked(parameters: Mapping[str, Parameter], given: Mapping[str, Any]) -> dict[str, Value]:
    """Return the given values after looking at their names, types and ranges.

    Parameters
    ----------
    parameters : Mapping[str, Parameter]
        What the notebook declares.
    given : Mapping
        Parameter's name -> value.

    Raises
    ------
    UnknownValueError, WrongTypeError, OutOfRangeError
        A name or value that the notebook does not take.
    InputFileError
        ``data`` is not a folder with a world's tables.
    """
    from cep_toolkit.world import Scenario, World

    for name, value in given.items():
        if name not in parameters:
            raise UnknownValueError("parameter", name, parameters)
        if type(value) is not parameters[name].kind:
            raise WrongTypeError(name, value, _IN_WORDS[parameters[name].kind])
    values: dict[str, Any] = {name: parameter.default for name, parameter in parameters.items()} | dict(given)
    Scenario(values["administration"], values["seed"], values["level"], values["declarations"])
    if values["data"]:
        if not Path(values["data"]).is_dir():
            raise InputFileError(values["data"], "there is no such folder.", "Give the folder that `cep import` wrote.")
        World.from_folder(values["data"])
    return dict(given)
