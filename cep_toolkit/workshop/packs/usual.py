"""The yardstick of a cohort: measured once, on worlds that are nobody's, and kept for late packs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from cep_toolkit.checking import NoCaseError
from cep_toolkit.checking.files import write_whole
from cep_toolkit.errors import InputFileError
from cep_toolkit.workshop.key import answers_of
from cep_toolkit.workshop.packs.cohort import Cohort
from cep_toolkit.workshop.packs.measures import Measure, Yardstick, measured, yardstick_of
from cep_toolkit.workshop.packs.plan import Order
from cep_toolkit.world.host import Host, invented_codes
from cep_toolkit.world.scenario import Scenario

YARDSTICK_FILE = "yardstick.json"
WORLDS = 5


@dataclass(frozen=True)
class _Group:
    """Packs that are compared with one another, and the notebooks that some of them hold."""

    name: str
    level: str
    hosts: tuple[str, ...]
    notebooks: tuple[str, ...]


def group_of(level: str, administration: str) -> str:
    """Return with whom a pack is compared: its level, and where its host is a real administration that one alone.

    Examples
    --------
    >>> group_of("advanced", "XA"), group_of("advanced", "FJ")
    ('advanced', 'advanced FJ')
    """
    return f"{level} {administration}" if Host.of(administration).national else level


def read_yardsticks(cohort: Cohort) -> dict[str, Yardstick]:
    """Return the yardstick of each group that has one.

    Raises
    ------
    InputFileError
        The file is damaged.
    """
    file = cohort.key / YARDSTICK_FILE
    try:
        return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}
    except (OSError, ValueError) as error:
        raise InputFileError(file, "this file cannot be read.", "Remove it: it is measured again.") from error


def yardsticks(cohort: Cohort, orders: Iterable[Order], executor: Executor) -> dict[str, Yardstick]:
    """Return the yardstick of every group; what is missing is measured and kept, what is there stays as it is."""
    known = read_yardsticks(cohort)
    for group in _groups(cohort, orders):
        here = known.get(group.name, {})
        missing = [name for name in group.notebooks if not any(key.startswith(f"{name}/") for key in here)]
        if missing:
            known[group.name] = {**_measured(cohort, group, missing, executor), **here}
            write_whole(cohort.key / YARDSTICK_FILE, (json.dumps(known, indent=1, sort_keys=True) + "\n").encode())
    return known


def _groups(cohort: Cohort, orders: Iterable[Order]) -> list[_Group]:
    found: dict[str, _Group] = {}
    for order in orders:
        name = group_of(order.level, order.administration)
        before = found[name].notebooks if name in found else ()
        notebooks = tuple(sorted({*before, *order.notebooks}))
        codes = invented_codes()
        every = codes[:: len(codes) // WORLDS][:WORLDS]
        alone = cohort.plan.administration or (order.administration if name != order.level else "")
        found[name] = _Group(name, order.level, (alone,) * WORLDS if alone else every, notebooks)
    return list(found.values())


def _measured(cohort: Cohort, group: _Group, notebooks: Sequence[str], executor: Executor) -> Mapping[str, float]:
    worlds = [
        Scenario(host, seed, group.level, cohort.plan.declarations) for seed, host in enumerate(group.hosts, start=1)
    ]
    found = executor.map(measured_world, worlds, [tuple(notebooks)] * len(worlds))
    return yardstick_of(found)


def measured_world(scenario: Scenario, notebooks: tuple[str, ...]) -> list[Measure]:
    """Return the measures of one world; none where it cannot pose every exercise."""
    from cep_toolkit.world import World
    from cep_toolkit.world.truth import Truth

    world, truth = World(scenario), Truth(scenario)
    try:
        return measured(answers_of(world, truth, notebooks), world, truth)
    except NoCaseError:
        return []
