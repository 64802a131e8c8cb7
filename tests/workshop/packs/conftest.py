"""A course of one tiny notebook, packed without processes: and where nobody looks at outputs, without kernels."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.workshop import derive
from cep_toolkit.workshop.key import KeyEntry
from cep_toolkit.workshop.packs import making, measures, usual
from cep_toolkit.workshop.packs.making import Made
from cep_toolkit.workshop.packs.packing import pack_cohort
from cep_toolkit.workshop.packs.plan import Order, Plan
from cep_toolkit.workshop.source import Source
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine
from tests.workshop.tiny import NOTEBOOK

Pack = Callable[..., list[Made]]


class AtOnce(Executor):
    """An executor that does everything when it is asked to."""

    def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(*given, **named))
        return future


def plan(mode: str, **options: Any) -> Plan:
    seed = {} if mode == "assessment" else {"seed": 2016}
    return Plan(**{"mode": mode, "notebooks": (NOTEBOOK,), "declarations": 5_000, "seed": 0, **seed, **options})


def order(participant: str, administration: str = "XA", **options: Any) -> Order:
    named = {"level": "practitioner", "notebooks": (NOTEBOOK,), **options}
    return Order(participant, administration, **named)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave notebooks unexecuted, take one world as the yardstick, and measure answers alone."""

    def unexecuted(source: Source, folder: Path, entries: dict[str, KeyEntry]) -> tuple[Any, Any]:
        return derive.unsolved(source), derive.solved(source)

    monkeypatch.setattr(making, "run_both", unexecuted)
    monkeypatch.setattr(usual, "WORLDS", 1)
    monkeypatch.setattr(measures, "_typologies", lambda notebook: [])


@pytest.fixture
def pack(sources: Path, tmp_path: Path) -> Pack:
    """Make packs into ``tmp_path / "cohort"``."""

    def packed(asked: Plan, orders: Iterable[Order], **options: Any) -> list[Made]:
        return pack_cohort(asked, list(orders), tmp_path / "cohort", sources, executor=AtOnce(), **options)

    return packed


@pytest.fixture
def same_tables(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Make the tables of a world once, and give every pack these: for tests that look at files, not at worlds."""
    made: dict[str, Any] = {}
    folder = tmp_path_factory.mktemp("tables") / "world"
    really = making.store_tables

    def stored(engine: Engine, names: Iterable[str], to: Path) -> dict[str, Any]:
        if not made:
            made.update(really(engine, tables(), folder))
        shutil.copytree(folder, to, copy_function=lambda source, target: Path(target).hardlink_to(source))
        return made

    monkeypatch.setattr(making, "store_tables", stored)


def files(folder: Path) -> dict[str, bytes]:
    """Return what every file of a folder holds."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
