"""Tables are the same whichever others were made, in whatever order, in whichever process."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from cep_toolkit.world import Scenario
from cep_toolkit.world import plots as plotting
from cep_toolkit.world.columns import TABLES
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import controls, observers
from cep_toolkit.world.typologies import TYPOLOGIES

SCENARIO = Scenario(seed=11, declarations=5_000)


def digest(table: pd.DataFrame) -> str:
    """Return a digest of a table's very bytes, in the form in which it is stored."""
    import io

    file = io.BytesIO()
    table.to_parquet(file, compression="zstd", index=False)
    return hashlib.sha256(file.getvalue()).hexdigest()


def made(names: list[str]) -> dict[str, str]:
    engine = Engine(SCENARIO)
    return {name: digest(observers()[name](engine)) for name in names}


@pytest.fixture(scope="module")
def alone() -> dict[str, str]:
    return {name: made([name])[name] for name in TABLES}


@pytest.mark.parametrize("order", range(6))
def test_the_order_of_making_changes_nothing(alone: dict[str, str], order: int) -> None:
    names = list(TABLES)
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
    assert set(stored) == set(TABLES)  # and no half-written file beside them
    assert not list(tmp_path.glob("*.part"))
    assert {name: digest(pd.read_parquet(file)) for name, file in stored.items()} == alone


def test_an_added_typology_that_casts_nobody_changes_nothing(
    alone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, drawn = TYPOLOGIES[0], plotting.draw
    unused = SimpleNamespace(name="unused", act="none", distort=first.distort, eligible=first.eligible)

    def draw(typology: plotting.Typology, *layers: object) -> plotting.Plots:
        if typology is not unused:
            return drawn(typology, *layers)
        some = drawn(first, *layers)
        return plotting.Plots("unused", *(getattr(some, field.name)[:0] for field in dataclasses.fields(some)[1:]))

    for module in ("engine", "observers.declarations", "observers.controls", "knowledge"):
        monkeypatch.setattr(f"cep_toolkit.world.{module}.TYPOLOGIES", (*TYPOLOGIES, unused))
    monkeypatch.setattr(plotting, "draw", draw)
    monkeypatch.setitem(controls.DETECTION, "unused", dict.fromkeys(controls.KINDS, 1.0))
    monkeypatch.setitem(controls.FINDING, "unused", "value")
    names = ["declarations", "controls", "correspondence"]
    assert made(names) == {name: alone[name] for name in names}


def test_a_larger_world_begins_with_the_same_traders() -> None:
    small = Engine(SCENARIO).population.traders
    large = Engine(Scenario(seed=11, declarations=20_000)).population.traders
    some = len(small.count) - 1  # the last one is cut to size
    assert (small.count[:some] == large.count[:some]).all()
    assert (small.new[:some] == large.new[:some]).all()


def test_other_seeds_are_other_worlds(alone: dict[str, str]) -> None:
    other = Engine(Scenario(seed=12, declarations=5_000))
    assert digest(observers()["declarations"](other)) != alone["declarations"]
