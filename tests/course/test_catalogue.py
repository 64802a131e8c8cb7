"""The catalogue of notebooks, and where a workbook keeps its things."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course import opening
from cep_toolkit.course.catalogue import chapter, notebooks
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import CepError, UnknownValueError, WrongTypeError


def test_every_notebook_of_the_course_is_in_the_catalogue() -> None:
    assert "00_start_here" in notebooks()
    for name in notebooks():
        assert chapter(name).notebook == name


@pytest.mark.parametrize("name", ["00_start_her", "start_here", "00_workbook", "00_../x", "", 5, None])
def test_an_unknown_notebook_is_refused_with_the_valid_ones(name: Any) -> None:
    with pytest.raises((UnknownValueError, WrongTypeError), match="00_start_here"):
        Workbook(name, store=MemoryStore())


def test_a_folder_that_is_no_text_is_refused() -> None:
    with pytest.raises(CepError, match="data must be the name of a folder"):
        Workbook("00_start_here", data=5, store=MemoryStore())  # type: ignore[arg-type]


def test_progress_stands_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CEP_PROGRESS", str(tmp_path))
    assert opening.progress_folder() == tmp_path
    monkeypatch.delenv("CEP_PROGRESS")
    assert opening.progress_folder().name == "progress"
