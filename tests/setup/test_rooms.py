"""The import contract speaks of every room there is."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

MAY_USE_THE_ENGINE = {"checking", "errors", "course", "widgets", "room", "workshop", "cli"}


@pytest.fixture
def contracts(root: Path) -> dict[str, dict[str, Any]]:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {contract["type"]: contract for contract in settings["contracts"]}


def rooms(root: Path) -> set[str]:
    return {file.parent.name for file in (root / "cep_toolkit").glob("*/__init__.py")}


def test_a_room_that_is_not_in_the_contract_breaks_it(contracts: dict[str, dict[str, Any]]) -> None:
    assert contracts["layers"]["exhaustive"] is True


def test_the_engine_is_forbidden_every_other_room(root: Path, contracts: dict[str, dict[str, Any]]) -> None:
    forbidden = {name.removeprefix("cep_toolkit.") for name in contracts["forbidden"]["forbidden_modules"]}
    assert rooms(root) - MAY_USE_THE_ENGINE <= forbidden
