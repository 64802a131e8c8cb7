"""The gate over the course's own notebooks."""

from __future__ import annotations

import pytest

from cep_toolkit.course.catalogue import notebooks
from cep_toolkit.workshop import places
from cep_toolkit.workshop.source import Source, read_source


@pytest.fixture(scope="session")
def sources() -> list[Source]:
    """Every notebook's source."""
    return [read_source(name, places.source_folder()) for name in notebooks()]
