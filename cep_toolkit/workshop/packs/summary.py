"""What the command says: a plain table, and what there would be to do."""

from __future__ import annotations

from collections.abc import Sequence

from cep_toolkit.workshop.packs.making import Made
from cep_toolkit.workshop.packs.packing import PROCESSES

_HEAD = ("pack", "host", "level", "notebooks", "state", "worlds drawn")
_SECONDS, _SECONDS_A_NOTEBOOK, _SECONDS_FOR_100_000 = 8, 8, 10
"""How long a pack takes on a usual laptop, by measurement: with nothing in it, for a notebook, for declarations."""


def summary(packs: Sequence[Made]) -> str:
    """Return a table of packs, and below it what went wrong.

    Examples
    --------
    >>> from cep_toolkit.workshop.packs.plan import Order
    >>> print(summary([Made(Order("P07", "XA", "advanced", ("00_start_here",)), "made", 1)]))
    pack  host  level     notebooks  state  worlds drawn
    P07   XA    advanced  00         made   1
    1 made.
    """
    rows = [_HEAD, *map(_row, packs)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    states = [pack.state for pack in packs]
    counts = ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states)))
    problems = dict.fromkeys(" ".join(pack.problem.split()) for pack in packs if pack.problem)
    return "\n".join([*lines, f"{counts}.", *problems])


def _row(pack: Made) -> tuple[str, ...]:
    order = pack.order
    numbers = " ".join(name[:2] for name in order.notebooks)
    return (order.participant, order.administration, order.level, numbers, pack.state, str(pack.draws or ""))


def minutes(packs: Sequence[Made], declarations: int, *, one_world: bool) -> int:
    """Return about how many minutes it takes to make packs, rounded up.

    Parameters
    ----------
    packs : sequence of Made
        Those that are to make.
    declarations : int
        The size of a world.
    one_world : bool
        Whether all packs have the same world, which is made once.
    """
    each = [
        _SECONDS + _SECONDS_A_NOTEBOOK * len(pack.order.notebooks) + _SECONDS_FOR_100_000 * declarations / 100_000
        for pack in packs
    ]
    seconds = max(each, default=0) if one_world else sum(each) / PROCESSES
    return -int(-seconds // 60)
