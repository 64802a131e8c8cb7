"""A desk for imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.own_data.made import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A temporary folder with a place for a file and one for the result."""
    return Desk(tmp_path)
