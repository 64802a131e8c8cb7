"""Folders that the tests of several rooms share; import the fixture to use it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep every world made by a test run, whichever process makes it, in one folder; nobody's own cache is touched."""
    given = os.environ.get("CEP_CACHE")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "worlds"
    with pytest.MonkeyPatch.context() as patch:
        if not given:
            patch.setenv("CEP_CACHE", str(folder))
        yield Path(given or folder)
