"""The pack that a notebook lies in: whose it is, and which world it has."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cep_toolkit.errors import InputFileError

KIND = "pack"
PARTICIPANT = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,19}")


@dataclass(frozen=True)
class Pack:
    """What a pack's manifest says.

    Parameters
    ----------
    cohort, participant : str
        Sixteen hexadecimal digits of the cohort, and whose pack it is, such as ``"P07"``.
    mode : {"room", "practice", "assessment"}
    fingerprint : str
        Sixteen hexadecimal digits that stand for its world.
    notebooks : tuple of str
        The notebooks in it.
    edition : int
        The world format's edition.
    """

    cohort: str
    participant: str
    mode: str
    fingerprint: str
    notebooks: tuple[str, ...]
    edition: int = 1

    @classmethod
    def of(cls, folder: str | Path) -> Pack | None:
        """Return the pack of a folder, or ``None`` where the folder is none.

        Raises
        ------
        InputFileError
            The manifest is not a pack's as it was written.
        """
        try:
            manifest: Any = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
            if manifest.get("kind") != KIND:
                return None
            return cls(
                str(manifest["cohort"]),
                str(manifest["participant"]),
                str(manifest["mode"]),
                str(manifest["fingerprint"]),
                tuple(manifest["notebooks"]),
                manifest["edition"],
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputFileError(folder, "its manifest cannot be read.", "Copy the whole pack again.") from error
