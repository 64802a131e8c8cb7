"""CEP Workshop: hands-on training on the WCO Compliance and Enforcement Package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cep_toolkit.widgets.workbook import Workbook
    from cep_toolkit.world import Scenario, World

__all__ = ["Scenario", "Workbook", "World"]
__version__ = "0.1.0"

_ROOM = {
    "Scenario": "cep_toolkit.world",
    "Workbook": "cep_toolkit.widgets.workbook",
    "World": "cep_toolkit.world",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``import cep_toolkit`` itself stays light."""
    if name not in _ROOM:
        raise AttributeError(f"cep_toolkit has no {name!r}")
    from importlib import import_module

    return getattr(import_module(_ROOM[name]), name)
