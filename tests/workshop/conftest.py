"""A course of one tiny notebook, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cep_toolkit.workshop.source import Source, read_source
from tests.workshop.tiny import NOTEBOOK, TINY


@pytest.fixture
def write_source(tmp_path: Path) -> Callable[[str], Path]:
    """Write the text of a source and return its folder."""

    def write(text: str) -> Path:
        folder = tmp_path / "source"
        folder.mkdir(exist_ok=True)
        (folder / f"{NOTEBOOK}.py").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def sources(write_source: Callable[[str], Path]) -> Path:
    """The folder of the tiny source."""
    return write_source(TINY)


@pytest.fixture
def source(sources: Path) -> Source:
    """The tiny source."""
    return read_source(NOTEBOOK, sources)
