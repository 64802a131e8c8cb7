"""A world that lies in a folder: its ``manifest.json``, and tables that must be the ones that were written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cep_toolkit.errors import CepError, InputFileError
from cep_toolkit.world.host import Host
from cep_toolkit.world.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
PACK = "pack"
"""The kind of a folder that holds a simulated world's tables in ``world/``, and notebooks beside them."""
PACK_TABLES = "world"
_NEEDED = {"tables", "fingerprint", "currency"}


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a folder of tables says of itself.

    Raises
    ------
    InputFileError
        It has no readable manifest, or one that lacks what every manifest has.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputFileError(
            folder,
            "this folder holds no readable manifest.json.",
            "Give the folder that `cep import` or `cep world` wrote, or a pack as you got it.",
        ) from error
    missing = _NEEDED - set(manifest) if isinstance(manifest, dict) else _NEEDED
    if missing:
        raise refused(folder, manifest, f"its manifest lacks {', '.join(sorted(missing))}.")
    if not re.fullmatch("[0-9a-f]{16,64}", str(manifest["fingerprint"])):
        raise refused(folder, manifest, "its manifest has no sound fingerprint.")
    if not isinstance(manifest["tables"], dict):
        raise refused(folder, manifest, "its manifest lists no tables.")
    return dict(manifest)


def refused(what: object, manifest: object, problem: str) -> InputFileError:
    """Return the error of a folder that is not as it was written, with the remedy of its kind."""
    pack = isinstance(manifest, Mapping) and manifest.get("kind") == PACK
    return InputFileError(what, problem, "Copy the whole pack again." if pack else "Import the data again.")


def scenario_of(folder: Path, manifest: Mapping[str, Any]) -> Scenario | None:
    """Return the scenario of a pack that names it; ``None`` for an assessment and for own data.

    Raises
    ------
    InputFileError
        What is named is no scenario.
    """
    if manifest.get("kind") != PACK or "scenario" not in manifest:
        return None
    try:
        return Scenario(**manifest["scenario"])
    except (CepError, TypeError) as error:
        raise refused(folder, manifest, f"its manifest names no sound scenario ({error}).") from error


def administration_of(folder: Path, manifest: Mapping[str, Any]) -> str:
    """Return the code of a pack's host; empty for own data.

    Raises
    ------
    InputFileError
        No host has this code.
    """
    if manifest.get("kind") != PACK:
        return ""
    code = manifest.get("administration")
    try:
        return Host.of(str(code)).code
    except CepError as error:
        raise refused(folder, manifest, f"its manifest names no sound administration ({error}).") from error


def table(folder: Path, manifest: Mapping[str, Any], name: str) -> pd.DataFrame:
    """Return a stored table.

    Raises
    ------
    InputFileError
        It cannot be read, or is not the one that was written.
    """
    import pandas as pd

    file = (folder / PACK_TABLES if manifest.get("kind") == PACK else folder) / f"{name}.parquet"
    try:
        if hashlib.sha256(file.read_bytes()).hexdigest() == manifest["tables"][name]["sha256"]:
            return pd.read_parquet(file)
    except Exception as error:  # a damaged file fails in many ways, all with one remedy
        raise refused(file, manifest, "the table cannot be read.") from error
    raise refused(file, manifest, "this is not the table that was written.")
