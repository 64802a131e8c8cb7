"""A workbook on a toy world."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.checking import Exercise
from cep_toolkit.checking.store import FileStore
from cep_toolkit.course import opening, remembering, workbook
from cep_toolkit.course.catalogue import Chapter
from cep_toolkit.course.workbook import Workbook
from tests.checking.toys import Shortfall
from tests.course.toy_workbook import TRUTH, Hidden, Quiet, world


@pytest.fixture
def open_toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Workbook]:
    """Open a workbook on the toy world; its progress stands in ``tmp_path``."""
    exercises: list[Exercise] = [Shortfall(), Hidden(), Quiet()]
    toy = Chapter("00_toy", "A toy", {exercise.id: exercise for exercise in exercises})
    for module in (workbook, remembering):
        monkeypatch.setattr(module, "chapter", lambda notebook: toy)
    monkeypatch.setattr(remembering, "notebooks", lambda: ("00_toy",))
    monkeypatch.setattr(opening, "truth_of", lambda world: TRUTH)

    def open_it(where: Any = None, folder: str = "progress") -> Workbook:
        monkeypatch.setattr(opening, "open_world", lambda *parameters: where or world())
        return Workbook("00_toy", store=FileStore(tmp_path / folder))

    return open_it


@pytest.fixture
def wb(open_toy: Callable[..., Workbook]) -> Workbook:
    return open_toy()
