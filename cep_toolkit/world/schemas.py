"""Checks of every table, made from the rules of the data dictionary; they also print it.

Source of the schemas' library: pandera (https://pandera.readthedocs.io).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cep_toolkit.errors import CepError, CourseError
from cep_toolkit.world.columns import Column, tables

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

    from cep_toolkit.world.world import World

_RANGE = re.compile(r"(-?[0-9.]*[0-9])\.\.(-?[0-9.]*)")


class TableError(CepError):
    """A table that breaks a rule of the data dictionary."""


def schema(name: str) -> pa.DataFrameSchema:
    """Return the checks of a table: its columns in order, and the rules that concern one column alone.

    Raises
    ------
    CourseError
        A rule of the dictionary cannot be read.
    """
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {column.name: _column(name, column) for column in tables()[name]}, strict=True, ordered=True, name=name
    )


def check(world: World, name: str) -> None:
    """Check a table against its schema, and its keys against the tables they point to.

    Raises
    ------
    TableError
        The first rule that is broken, with the column and some values.

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> check(World(Scenario(declarations=5_000)), "offices")
    """
    import pandera.errors

    table = world.table(name)
    try:
        schema(name).validate(table)
    except (pandera.errors.SchemaError, pandera.errors.SchemaErrors) as error:
        raise TableError(f"{name}: {' '.join(str(error).split())[:400]}") from error
    for column in tables()[name]:
        for target in _targets(column):
            _resolve(world, name, column, target)


def dictionary(name: str) -> str:
    """Return the dictionary of a table as markdown, from its schema.

    Examples
    --------
    >>> print(dictionary("offices").splitlines()[0])
    | column | unit | meaning | rule |
    """
    lines = ["| column | unit | meaning | rule |", "|---|---|---|---|"]
    for column_name, column in schema(name).columns.items():
        told = column.metadata or {}
        rule = told["rule"].replace("|", "\\|")  # a bare bar would end the cell
        lines.append(f"| {column_name} | {told['unit']} | {column.description} | {rule} |")
    return "\n".join(lines)


def _column(table: str, column: Column) -> pa.Column:
    import pandera.pandas as pa

    rules = _rules(column)
    may_be_empty = "empty" in rules
    checks = [_check(table, column, rule, may_be_empty) for rule in rules]
    return pa.Column(
        checks=[check for check in checks if check is not None],
        nullable=may_be_empty,
        unique="key" in rules,
        description=column.meaning,
        metadata={"unit": column.unit, "rule": column.rule},
    )


def _rules(column: Column) -> list[str]:
    return [rule for rule in column.rule.split("; ") if rule]


def _check(table: str, column: Column, rule: str, may_be_empty: bool) -> pa.Check | None:
    import pandera.pandas as pa

    if rule in ("key", "empty") or rule.startswith("-> "):
        return None
    if rule.startswith("in: "):
        words = {*rule.removeprefix("in: ").split(), *([""] if may_be_empty else [])}
        return pa.Check(lambda values: values.astype("str").isin(words), error=rule)
    if rule.startswith("~"):
        pattern = f"(?:{rule[1:]}){'?' if may_be_empty else ''}"
        return pa.Check(lambda values: values.astype("str").str.fullmatch(pattern), error=rule)
    if found := _RANGE.fullmatch(rule):
        low, high = float(found[1]), float(found[2] or "inf")
        return pa.Check(lambda values: values.isna() | values.between(low, high), error=rule)
    raise CourseError(
        f"dataset columns, {table}.{column.name}", f'the rule "{rule}" is not known.', "See world.columns."
    )


def _targets(column: Column) -> list[str]:
    return [rule.removeprefix("-> ") for rule in _rules(column) if rule.startswith("-> ")]


def _resolve(world: World, name: str, column: Column, target: str) -> None:
    table, _, key = target.partition(".")
    here: pd.Series = world.table(name)[column.name]
    given = set(here.dropna().astype("str")) - ({""} if "empty" in _rules(column) else set())
    missing = given - set(world.table(table)[key].astype("str"))
    if missing:
        raise TableError(f"{name}.{column.name}: {len(missing)} values are not in {target}, such as {min(missing)}.")
