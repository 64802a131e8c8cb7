"""What people see: the public tables of one simulated administration, of a pack, or of one's own data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.world import cache, stored
from cep_toolkit.world.columns import tables
from cep_toolkit.world.host import ANALOGUE, Host
from cep_toolkit.world.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


class World:
    """Public tables, each made on first use.

    Parameters
    ----------
    scenario : Scenario

    Examples
    --------
    >>> world = World(Scenario(declarations=5_000))
    >>> len(world.declarations)
    5000
    >>> int(world.sql("select count(*) as n from declarations")["n"][0])
    5000
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario: Scenario | None = scenario
        self.tables: tuple[str, ...] = tuple(tables())
        self.fingerprint = scenario.fingerprint
        self.currency = Host.of(scenario.administration).currency
        self._administration = scenario.administration
        self._make: Callable[[str], pd.DataFrame] = lambda name: _simulated(scenario, name)
        self._made: dict[str, pd.DataFrame] = {}

    @classmethod
    def from_folder(cls, folder: str | Path) -> World:
        """Return the world of a folder: a pack's, or an administration's own tables as ``cep import`` wrote them.

        Raises
        ------
        InputFileError
            The folder has no sound manifest, or a table is not the one that was written.
        """
        folder = Path(folder)
        manifest = stored.read_manifest(folder)
        world = cls.__new__(cls)
        world.scenario = stored.scenario_of(folder, manifest)
        world.tables = tuple(str(name) for name in manifest["tables"])
        world.fingerprint = str(manifest["fingerprint"])[:16]
        world.currency = str(manifest["currency"])
        world._administration = stored.administration_of(folder, manifest)
        world._make = lambda name: stored.table(folder, manifest, name)
        world._made = {}
        return world

    @property
    def is_own_data(self) -> bool:
        """Whether the tables are an administration's own, without a truth to mark against."""
        return not self._administration

    @property
    def is_national(self) -> bool:
        """Whether the host is a real administration in an otherwise invented world."""
        return bool(self._administration) and Host.of(self._administration).national

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; it is made once and must not be changed.

        Raises
        ------
        UnknownValueError
            There is no such table.
        """
        if name not in self.tables:
            raise UnknownValueError("table", name, self.tables)
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self.__dict__.get("tables", ()):
            raise AttributeError(f"a World has no table {name!r}; see .tables")
        return self.table(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def columns(self, name: str) -> pd.DataFrame:
        """Return the data dictionary of a table: column, unit, meaning."""
        import pandas as pd

        documented = {column.name: column for column in tables().get(name, ())}
        rows = [
            (column, documented[column].unit, documented[column].meaning)
            if column in documented
            else (column, "", "as in the administration's own data")
            for column in self.table(name).columns
        ]
        return pd.DataFrame(rows, columns=["column", "unit", "meaning"])

    def sql(self, query: str) -> pd.DataFrame:
        """Return the answer of DuckDB to a query over the tables.

        Examples
        --------
        >>> world = World(Scenario(declarations=5_000))
        >>> list(world.sql("select lane, count(*) as n from declarations group by lane"))
        ['lane', 'n']
        """
        import duckdb

        with duckdb.connect(config={"enable_external_access": "false"}) as connection:
            for name in self.tables:
                if name in query:
                    connection.register(name, self.table(name))
            answer: pd.DataFrame = connection.sql(query).df()
            return answer

    def __repr__(self) -> str:
        if self.is_own_data:
            sizes = ", ".join(f"{len(self.table(name)):,} {name}" for name in self.tables)
            return f"World of own data: {sizes}; amounts in {self.currency}"
        host, s = Host.of(self._administration), self.scenario
        about = f"seed {s.seed}, level {s.level}, {s.declarations:,} declarations" if s else "made for an assessment"
        return f"World of {host.name} ({host.code}): {about}" + (f". {ANALOGUE}" if host.national else "")


def _simulated(scenario: Scenario, name: str) -> pd.DataFrame:
    from cep_toolkit.world.engine import engine_of
    from cep_toolkit.world.observers import public

    return cache.keep(scenario.fingerprint, name, lambda: public(engine_of(scenario), name))
