"""What ``cep pack`` does, one step after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cep_toolkit.course.pack import ROOM
from cep_toolkit.workshop import places
from cep_toolkit.workshop.packs.cohort import look
from cep_toolkit.workshop.packs.making import Made
from cep_toolkit.workshop.packs.packing import pack_cohort, there
from cep_toolkit.workshop.packs.plan import Plan
from cep_toolkit.workshop.packs.roster import read_roster
from cep_toolkit.workshop.packs.summary import minutes, summary
from cep_toolkit.workshop.progress import bar
from cep_toolkit.workshop.source import read_source


def pack(
    plan: Plan,
    roster: Path,
    out: Path,
    sources: Path,
    *,
    zipped: bool = False,
    dry_run: bool = False,
    say: Callable[[str], object] = print,
) -> bool:
    """Make the packs of a roster, say what became of each, and return whether all are there.

    Parameters
    ----------
    plan : Plan
    roster, out, sources : Path
        The roster's file, the cohort's folder, the folder of the notebooks' sources.
    zipped, dry_run : bool
        Whether packs are zipped too; whether nothing is to be written.
    say : callable
        Takes each line for the instructor.

    Raises
    ------
    InputFileError, StorageError, CourseError
        The roster, the folder or a source cannot be used; nothing was made.
    """
    orders = read_roster(roster, plan, places.sources(sources))
    for name in sorted({name for order in orders for name in order.notebooks}):
        read_source(name, sources)  # refused now rather than after half of the packs
    if dry_run:
        cohort = look(out, plan)
        found = [(cohort and there(cohort, order)) or Made(order, "to make") for order in orders]
        waiting = [made for made in found if made.state == "to make"]
        about = minutes(waiting, plan.declarations, one_world=plan.mode == ROOM)
        say(f"{summary(found)}\nNothing was written. To make {len(waiting)} takes about {about} min.")
    else:
        with bar(title="Packs", total=len(orders)) as moving:
            found = pack_cohort(plan, orders, out, sources, zipped=zipped, progress=lambda made: moving.update())
        say(f"{summary(found)}\nPacks: {out / 'packs'}. For you alone: {out / 'key'}.")
    return not any(made.problem for made in found)
