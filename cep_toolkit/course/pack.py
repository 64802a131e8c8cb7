"""The pack that a notebook lies in: whose it is, and which rules hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cep_toolkit.world.scenario import EDITION
from cep_toolkit.world.stored import PACK, read_manifest, refused

ROOM, PRACTICE, ASSESSMENT = "room", "practice", "assessment"
MODES = (ROOM, PRACTICE, ASSESSMENT)
PARTICIPANT = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
_FORMAT = 1


@dataclass(frozen=True)
class Pack:
    """What a pack's manifest says.

    Parameters
    ----------
    cohort, participant : str
        Sixteen hexadecimal digits of the cohort, and whose pack it is, such as ``"P07"``.
    mode : {"room", "practice", "assessment"}
        One world for all; a world each; a world each that nobody can make again, marked after handing in.
    fingerprint : str
        Sixteen hexadecimal digits that stand for its world.
    notebooks : tuple of str
        The notebooks in it.
    edition : int
        The world format's edition.
    posed : Mapping[str, Mapping[str, int]]
        Notebook -> exercise -> which of its candidates is posed, where the participant's side has no truth to choose
        by; 0 for the first.

    Examples
    --------
    >>> Pack("0" * 16, "P07", ASSESSMENT, "f" * 16, ("00_start_here",)).is_assessment
    True
    """

    cohort: str
    participant: str
    mode: str
    fingerprint: str
    notebooks: tuple[str, ...]
    edition: int = EDITION
    posed: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: str | Path) -> Pack | None:
        """Return the pack of a folder, or ``None`` where the folder is none.

        Raises
        ------
        InputFileError
            The manifest is not readable, or not a pack's as it was written.
        """
        folder = Path(folder)
        manifest = read_manifest(folder)
        if manifest.get("kind") != PACK:
            return None
        if problem := _problem(manifest):
            raise refused(folder, manifest, problem)
        return cls(
            manifest["cohort"],
            manifest["participant"],
            manifest["mode"],
            manifest["fingerprint"],
            tuple(manifest["notebooks"]),
            manifest["edition"],
            manifest.get("posed", {}),
        )

    @property
    def is_assessment(self) -> bool:
        """Whether answers are kept and marked after handing in."""
        return self.mode == ASSESSMENT


def _problem(manifest: Mapping[str, Any]) -> str:
    """Return what is not as a pack's manifest must be, or nothing."""
    if manifest.get("format") != _FORMAT or manifest.get("edition") != EDITION:
        return "this pack was made by another edition of the course."
    sound = {
        "cohort": _matches(manifest.get("cohort"), "[0-9a-f]{16}"),
        "participant": _matches(manifest.get("participant"), PARTICIPANT),
        "fingerprint": _matches(manifest.get("fingerprint"), "[0-9a-f]{16}"),
        "mode": manifest.get("mode") in MODES and (manifest["mode"] == ASSESSMENT) == ("scenario" not in manifest),
        "notebooks": _is_list_of_names(manifest.get("notebooks")),
        "posed": _are_places(manifest.get("posed", {})),
    }
    return next((f"its manifest has no sound {name}." for name, good in sound.items() if not good), "")


def _matches(value: object, pattern: str | re.Pattern[str]) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_list_of_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _are_places(value: object) -> bool:
    chapters = list(value.values()) if isinstance(value, dict) else [None]
    places = [place for chapter in chapters for place in (chapter.values() if isinstance(chapter, dict) else [None])]
    return all(type(place) is int and place >= 0 for place in places)
