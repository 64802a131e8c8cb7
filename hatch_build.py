"""What the wheel holds besides the package: the datasets, neither what makes them nor what is made from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Datasets(BuildHookInterface[Any]):
    """Put every file of ``datasets/`` into ``cep_toolkit/_datasets``; ``datasets/default`` would triple the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to the build."""
        files = [file for file in sorted(Path(self.root, "datasets").glob("*.*")) if file.suffix != ".py"]
        build_data["force_include"] |= {str(file): f"cep_toolkit/_datasets/{file.name}" for file in files}
