"""Tables are the same whichever others were made, in whatever order, in whichever process."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.world import Scenario
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import public
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import Society
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import Typology

SCENARIO = Scenario(seed=11, declarations=5_000)


def digest(table: pd.DataFrame) -> str:
    """Return a digest of a table's very bytes, in the form in which it is stored."""
    import io

    file = io.BytesIO()
    table.to_parquet(file, compression="zstd", index=False)
    return hashlib.sha256(file.getvalue()).hexdigest()


def made(names: list[str]) -> dict[str, str]:
    engine = Engine(SCENARIO)
    return {name: digest(public(engine, name)) for name in names}


@pytest.fixture(scope="module")
def alone() -> dict[str, str]:
    return {name: made([name])[name] for name in tables()}


@pytest.mark.parametrize("order", range(6))
def test_the_order_of_making_changes_nothing(alone: dict[str, str], order: int) -> None:
    names = list(tables())
    random.Random(order).shuffle(names)
    assert made(names) == alone


def test_another_process_makes_the_same_bytes(alone: dict[str, str], tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from cep_toolkit.world import Scenario, World\n"
        "world = World(Scenario(seed=11, declarations=5_000))\n"
        "[world.table(name) for name in reversed(world.tables)]"
    )
    environment = os.environ | {"CEP_CACHE": str(tmp_path), "PYTHONHASHSEED": "5"}
    root = Path(__file__).parents[2]
    two = [subprocess.Popen([sys.executable, "-c", program, str(root)], env=environment) for _ in range(2)]
    assert [process.wait(timeout=120) for process in two] == [0, 0]
    stored = {file.stem.rsplit("-", 1)[1]: file for file in tmp_path.glob("*.parquet")}
    assert set(stored) == set(tables())  # and no half-written file beside them
    assert not list(tmp_path.glob("*.part"))
    assert {name: digest(pd.read_parquet(file)) for name, file in stored.items()} == alone


class Unused(Typology):
    """A scheme to which nobody is open."""

    name, act, rate, reasons, finding = "unused", "none", 0.5, ("gifts",), "other"

    def eligible(self, society: Society) -> Floats:
        return np.zeros(len(society.population.relations.trader))


def test_an_added_typology_that_casts_nobody_changes_nothing(
    alone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    more = (*TYPOLOGIES, Unused())
    for module in (
        "engine",
        "consignments",
        "acts",
        "naming",
        "truth",
        "finds",
        "witnesses",
        "telling",
        "observers.behind",
        "observers.reports",
    ):
        monkeypatch.setattr(f"cep_toolkit.world.{module}.TYPOLOGIES", more)
    assert made(list(tables())) == alone


def test_a_larger_world_begins_with_the_same_traders() -> None:
    small = Engine(SCENARIO).population.traders
    large = Engine(Scenario(seed=11, declarations=20_000)).population.traders
    some = len(small.count) - 1  # the last one is cut to size
    assert (small.count[:some] == large.count[:some]).all()
    assert (small.new[:some] == large.new[:some]).all()


def test_other_seeds_are_other_worlds(alone: dict[str, str]) -> None:
    other = Engine(Scenario(seed=12, declarations=5_000))
    assert digest(public(other, "declarations")) != alone["declarations"]
