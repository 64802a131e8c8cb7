"""The world of a pack: drawn from a scenario, or in an assessment from the cohort's secret."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cep_toolkit.course.pack import ASSESSMENT, ROOM
from cep_toolkit.workshop.packs.cohort import Cohort
from cep_toolkit.workshop.packs.plan import Order
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.scenario import Scenario
from cep_toolkit.world.streams import Streams

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Drawn:
    """One draw of a world.

    Parameters
    ----------
    scenario : Scenario
        What the world is like; its seed means nothing where the streams come from a secret.
    fingerprint : str
        Sixteen hexadecimal digits that stand for it in public.
    streams : Streams
    secret : bool
        Whether nobody may know the seed.
    """

    scenario: Scenario
    fingerprint: str
    streams: Streams = field(repr=False)
    secret: bool = False

    def engine(self) -> Engine:
        """Return the layers beneath its tables: one engine serves the tables, the truth and the key."""
        return Engine(self.scenario, self.streams)


def draw(cohort: Cohort, order: Order, number: int) -> Drawn:
    """Return the draw of a number, 0 for the first: the same one whenever it is asked for.

    It depends on the cohort, the participant and the number alone, so that a late participant changes no other's.
    """
    plan = cohort.plan
    if plan.mode == ASSESSMENT:
        scenario = Scenario(order.administration, 0, order.level, plan.declarations)
        keyed = _keyed(cohort.secret, "world", order.participant, number)
        public = _keyed(cohort.secret, "fingerprint", order.participant, number).hex()[:16]
        return Drawn(scenario, public, Streams(keyed), secret=True)
    seed = plan.seed if plan.mode == ROOM else _seed(plan.seed, order.participant, number)
    scenario = Scenario(order.administration, seed, order.level, plan.declarations)
    return Drawn(scenario, scenario.fingerprint, Streams.of(scenario))


def _keyed(secret: bytes, *name: object) -> bytes:
    """Return 256 bits that follow from the secret and a name, and tell nothing of it (RFC 2104)."""
    return hmac.new(secret, "\x1f".join(map(str, name)).encode(), hashlib.sha256).digest()


def _seed(start: int, participant: str, number: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{start}|{participant}|{number}".encode()).digest()[:4], "big")


def store_tables(engine: Engine, names: Iterable[str], folder: Path) -> dict[str, dict[str, Any]]:
    """Write public tables as Parquet, and return rows and SHA-256 of each.

    Nothing in a file but the table: no time, and no word of how it was made.

    Parameters
    ----------
    engine : Engine
    names : iterable of str
        The tables.
    folder : Path
        Made here.
    """
    from cep_toolkit.workshop.world_folder import store
    from cep_toolkit.world.observers import public

    folder.mkdir()
    return {name: store([in_order(public(engine, name))], folder / f"{name}.parquet") for name in names}


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose columns of categories list the values that occur, in the alphabet's order.

    As they are made, some list everything there is in the order of its hidden number: a file keeps that list.

    Examples
    --------
    >>> import pandas as pd
    >>> made = in_order(pd.DataFrame({"firm": pd.Categorical(["F2", "F1"], ["F9", "F2", "F1"])}))
    >>> list(made["firm"].cat.categories), list(made["firm"])
    (['F1', 'F2'], ['F2', 'F1'])
    """
    categories = table.select_dtypes("category")
    return table.assign(
        **{
            str(name): column.cat.set_categories(sorted(column.cat.remove_unused_categories().cat.categories))
            for name, column in categories.items()
        }
    )
