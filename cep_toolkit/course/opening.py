"""Opening a workbook's world, its truth for the checker alone, and the folder of its progress."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cep_toolkit.errors import WrongTypeError

if TYPE_CHECKING:
    from cep_toolkit.world import Scenario, World
    from cep_toolkit.world.truth import Truth


def open_world(administration: str, seed: int, level: str, declarations: int, data: str) -> World:
    """Return the simulated world of the parameters, or the one in the folder ``data``.

    Raises
    ------
    UnknownValueError, WrongTypeError, OutOfRangeError
        A parameter is not one that a Scenario takes.
    InputFileError
        The folder does not hold a world's tables.
    """
    from cep_toolkit.world import Scenario, World

    if not isinstance(data, str):
        raise WrongTypeError("data", data, "the name of a folder, or an empty text")
    scenario = Scenario(administration, seed, level, declarations)
    return World.from_folder(data) if data else World(scenario)


def truth_of(world: World) -> Truth | None:
    """Return the truth of a simulated world, ``None`` for own data.

    The checker asks for it at each check; no object that a participant holds leads to it.
    """
    return None if world.scenario is None else _truth(world.scenario)


@lru_cache(maxsize=1)
def _truth(scenario: Scenario) -> Truth:
    from cep_toolkit.world.truth import Truth

    return Truth(scenario)


def progress_folder() -> Path:
    """Return the folder of progress files: ``CEP_PROGRESS`` where it is set, else the user's own data folder."""
    if named := os.environ.get("CEP_PROGRESS"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("cep-workshop", appauthor=False) / "progress"
