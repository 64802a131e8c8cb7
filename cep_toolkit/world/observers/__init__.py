"""Layer 5: what each system saw. One module a table, pure functions of the layers beneath."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from cep_toolkit.world.engine import Engine


def observers() -> dict[str, Callable[[Engine], pd.DataFrame]]:
    """Return the function that makes each public table."""
    from cep_toolkit.world.observers import controls, correspondence, declarations, registers

    return {
        "administrations": registers.administrations,
        "offices": registers.offices,
        "tariff": registers.tariff,
        "traders": registers.traders,
        "declarants": registers.declarants,
        "suppliers": registers.suppliers,
        "declarations": declarations.table,
        "controls": controls.table,
        "correspondence": correspondence.table,
    }
