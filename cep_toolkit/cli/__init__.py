"""The command ``cep``: a thin face on the rooms, one module a subject."""

from __future__ import annotations

from cep_toolkit.cli import cohorts, course, own_data, worlds
from cep_toolkit.cli.group import main

__all__ = ["cohorts", "course", "main", "own_data", "worlds"]
