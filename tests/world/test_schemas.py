"""Every rule of the data dictionary holds, and is seen when it is broken."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.errors import CourseError
from cep_toolkit.world import World, schemas
from cep_toolkit.world.columns import Column, tables


@pytest.mark.parametrize("name", tables())
def test_every_table_keeps_its_rules(world: World, name: str) -> None:
    schemas.check(world, name)


@pytest.mark.parametrize("name", tables())
def test_the_first_column_is_the_key(name: str) -> None:
    assert "key" in tables()[name][0].rule.split("; ")


@pytest.mark.parametrize("name", tables())
def test_the_dictionary_names_every_column_once(name: str) -> None:
    rows = schemas.dictionary(name).splitlines()[2:]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [column.name for column in tables()[name]]
    assert len({column.name for column in tables()[name]}) == len(tables()[name])


class Spoilt:
    """A world one of whose tables was changed."""

    def __init__(self, world: World, name: str, table: pd.DataFrame) -> None:
        self._world, self._name, self._table = world, name, table

    def table(self, name: str) -> pd.DataFrame:
        return self._table if name == self._name else self._world.table(name)


def spoil(world: World, name: str, column: str, value: object) -> Spoilt:
    table = world.table(name).copy()
    values = table[column].astype(object).to_numpy(copy=True)
    values[3] = value
    table[column] = values if isinstance(value, str) else pd.to_numeric(pd.Series(values))
    return Spoilt(world, name, table)


@pytest.mark.parametrize(
    ("name", "column", "value", "says"),
    [
        ("declarations", "lane", "purple", "in: blue green red yellow"),
        ("declarations", "permit", "PER-12", "~PER-"),
        ("declarations", "duty_rate", 130.0, "0..100"),
        ("declarations", "packages", 0, "1.."),
        ("declarations", "hs", "999999", "not in tariff.hs"),
        ("controls", "declaration_id", -1, "not in declarations.declaration_id"),
    ],
)
def test_a_broken_rule_is_named(world: World, name: str, column: str, value: object, says: str) -> None:
    with pytest.raises(schemas.TableError) as caught:
        schemas.check(spoil(world, name, column, value), name)  # type: ignore[arg-type]
    assert says in str(caught.value)
    assert column in str(caught.value)


def test_a_key_that_stands_twice_is_seen(world: World) -> None:
    first = int(world.table("controls")["control_id"].iloc[0])
    with pytest.raises(schemas.TableError, match="control_id"):
        schemas.check(spoil(world, "controls", "control_id", first), "controls")  # type: ignore[arg-type]


def test_a_column_too_many_or_too_few_is_seen(world: World) -> None:
    table = world.table("offices")
    for wrong in (table.assign(more=1), table.drop(columns="kind"), table[table.columns[::-1]]):
        with pytest.raises(schemas.TableError):
            schemas.check(Spoilt(world, "offices", wrong), "offices")  # type: ignore[arg-type]


def test_a_rule_that_cannot_be_read_is_the_authors_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = {"offices": (Column("office", "", "code", "kye"),)}
    monkeypatch.setattr(schemas, "tables", lambda: odd)
    with pytest.raises(CourseError, match="kye"):
        schemas.schema("offices")


def test_a_missing_value_is_refused_unless_the_rule_allows_it(world: World) -> None:
    table = world.table("controls").copy()
    table.loc[2, "additional_duty"] = np.nan
    with pytest.raises(schemas.TableError, match="additional_duty"):
        schemas.check(Spoilt(world, "controls", table), "controls")  # type: ignore[arg-type]
    assert world.table("correspondence")["amount"].isna().any()
