"""A room: one world for everybody, made once and copied."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from time import monotonic

from cep_toolkit.course.pack import ROOM
from cep_toolkit.errors import CepError
from cep_toolkit.own_data.folder import whole_folder
from cep_toolkit.workshop.packs.cohort import Cohort
from cep_toolkit.workshop.packs.making import NOTEBOOKS, Made, finish
from cep_toolkit.workshop.packs.manifest import manifest
from cep_toolkit.workshop.packs.plan import Order
from cep_toolkit.workshop.packs.worlds import draw
from cep_toolkit.world.stored import MANIFEST, PACK_TABLES


def room_order(cohort: Cohort) -> Order:
    """Return the order of the world that everybody in a room has."""
    plan = cohort.plan
    return Order(ROOM, plan.administration, plan.level, plan.notebooks)


def copied(cohort: Cohort, order: Order, template: Path) -> Made:
    """Make a participant's pack from the room's own; nothing is raised.

    Parameters
    ----------
    cohort, order
        Whose it is.
    template : Path
        The room's pack, which nobody gets.
    """
    begun, order = monotonic(), replace(order, administration=cohort.plan.administration)
    try:
        stored = json.loads((template / MANIFEST).read_text(encoding="utf-8"))
        with whole_folder(cohort.packs / order.participant) as pack:
            shutil.copytree(template / PACK_TABLES, pack / PACK_TABLES)
            (pack / NOTEBOOKS).mkdir()
            for name in order.notebooks:
                shutil.copyfile(template / NOTEBOOKS / f"{name}.ipynb", pack / NOTEBOOKS / f"{name}.ipynb")
            drawn = draw(cohort, room_order(cohort), 0)
            finish(pack, manifest(cohort, order, drawn, stored["tables"], {}), order)
    except (CepError, OSError, ValueError, KeyError) as error:
        return Made(order, "failed", problem=f"pack {order.participant}: {error}")
    return Made(order, "made", 1, monotonic() - begun)
