"""Making one pack and the key's part of it: both whole, or neither."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from cep_toolkit.checking import Exercise, NoCaseError
from cep_toolkit.course.catalogue import chapter
from cep_toolkit.course.pack import ROOM
from cep_toolkit.errors import CepError, CourseError
from cep_toolkit.own_data.folder import whole_folder
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.key import Entries, Key, Member, WorldKey, answers_of, write_key
from cep_toolkit.workshop.packs.cohort import Cohort
from cep_toolkit.workshop.packs.manifest import manifest, write_manifest
from cep_toolkit.workshop.packs.measures import Measure, Yardstick, measured
from cep_toolkit.workshop.packs.notebooks import run_both
from cep_toolkit.workshop.packs.plan import Order
from cep_toolkit.workshop.packs.readme import readme
from cep_toolkit.workshop.packs.worlds import Drawn, draw, store_tables
from cep_toolkit.workshop.source import read_source
from cep_toolkit.world import World
from cep_toolkit.world.columns import tables
from cep_toolkit.world.stored import PACK_TABLES
from cep_toolkit.world.truth import Truth

MEASURES = "measures.json"
NOTEBOOKS, README = "notebooks", "README.html"
MOST_DRAWS = 20


@dataclass(frozen=True)
class Job:
    """One pack to make, with all that another process must know.

    Parameters
    ----------
    cohort : Cohort
    order : Order
    sources : Path
        The folder of the notebooks' sources.
    pack, solved : Path
        The folders to make: the participant's, and the key's.
    yardstick : Mapping[str, float]
        What is usual; empty where nothing is compared.
    """

    cohort: Cohort
    order: Order
    sources: Path
    pack: Path
    solved: Path
    yardstick: Yardstick


@dataclass(frozen=True)
class Made:
    """What became of one pack.

    Parameters
    ----------
    order : Order
    state : {"made", "there", "failed", "to make"}
    draws : int
        How many worlds were drawn.
    seconds : float
    problem : str
        Why it failed; names the participant.
    """

    order: Order
    state: str
    draws: int = 0
    seconds: float = 0.0
    problem: str = ""


@dataclass(frozen=True)
class _Found:
    """A world that fits, and what is asked in it."""

    drawn: Drawn
    tables: Mapping[str, Any]
    entries: Entries
    posed: Mapping[str, Mapping[str, int]]
    measures: list[Measure]
    refused: list[list[str]]


def make(job: Job) -> Made:
    """Make a pack and the key's part of it; nothing is raised, so that every other pack is made all the same.

    The key's part takes its place first: a pack never lies there without its key.
    """
    begun = monotonic()
    try:
        shutil.rmtree(job.solved, ignore_errors=True)  # of a run that was stopped before the pack took its place
        with whole_folder(job.pack) as pack, whole_folder(job.solved) as solved:
            draws = _fill(job, pack, solved)
    except CepError as error:
        return Made(job.order, "failed", problem=f"pack {job.order.participant}: {error}")
    except Exception as error:  # an exercise or a disk may fail in any way
        return Made(job.order, "failed", problem=f"pack {job.order.participant}: {type(error).__name__}: {error}")
    return Made(job.order, "made", draws, monotonic() - begun)


def _fill(job: Job, pack: Path, solved: Path) -> int:
    """Fill both folders, and return how many worlds were drawn."""
    found = _fitting(job, pack)
    (pack / NOTEBOOKS).mkdir()
    for name in job.order.notebooks:
        ran = run_both(read_source(name, job.sources), pack / NOTEBOOKS, found.entries[name])
        for folder, made in zip((pack / NOTEBOOKS, solved), ran, strict=True):
            (folder / f"{name}.ipynb").write_bytes(nb.written(made))
    finish(pack, _manifest(job, found), job.order)
    _write_key(job, found, solved)
    return len(found.refused) + 1


def finish(pack: Path, content: Mapping[str, Any], order: Order) -> None:
    """Write the participant's page and the manifest, and let everybody read the pack."""
    (pack / README).write_bytes(readme(order, content["mode"]))
    write_manifest(pack, content)
    for folder in (pack, pack / NOTEBOOKS, pack / PACK_TABLES):
        folder.chmod(0o755)


def _fitting(job: Job, pack: Path) -> _Found:
    """Return the first draw that poses every exercise and whose measures lie inside their bands."""
    refused: list[list[str]] = []
    for number in range(MOST_DRAWS):
        found = _drawn(job, draw(job.cohort, job.order, number), pack)
        if isinstance(found, _Found):
            return replace(found, refused=refused)
        if job.cohort.plan.mode == ROOM:
            raise CourseError("the room's world", f"{found[0]}.", "Give another --seed.")
        refused.append(found)
        shutil.rmtree(pack / PACK_TABLES)
    problem = f"{MOST_DRAWS} worlds were drawn, and none is like the others' ({'; '.join(refused[-1])})."
    raise CourseError("its world", problem, "Give it another administration or level.")


def _drawn(job: Job, drawn: Drawn, pack: Path) -> _Found | list[str]:
    """Return what one draw holds, or why it does not fit; its tables lie in the pack by then.

    Questions are posed in the tables as the participant gets them, read back from the pack.
    """
    engine = drawn.engine()
    stored = store_tables(engine, tables(), pack / PACK_TABLES)
    write_manifest(pack, manifest(job.cohort, job.order, drawn, stored, {}))
    world, truth = World.from_folder(pack), Truth(drawn.scenario, engine)
    try:
        entries = answers_of(world, truth, job.order.notebooks)
    except NoCaseError as error:
        return [str(error)]
    measures = measured(entries, world, truth)
    if strays := [told for measure in measures if (told := measure.strays(job.yardstick))]:
        return strays
    posed = _posed(job.order, world, truth) if drawn.secret else {}
    return _Found(drawn, stored, entries, posed, measures, [])


def _posed(order: Order, world: World, truth: Truth) -> dict[str, dict[str, int]]:
    """Return which candidate is posed of every exercise that a participant cannot pose without the truth."""
    found: dict[str, dict[str, int]] = {}
    for name in order.notebooks:
        for exercise in chapter(name).exercises.values():
            if exercise.needs_truth and (place := _place(exercise, world, truth)) is not None:
                found.setdefault(name, {})[exercise.id] = place
    return found


def _place(exercise: Exercise, world: World, truth: Truth) -> int | None:
    try:
        question = exercise.pose(world, truth)
    except NoCaseError:  # a real administration's world: the key says that it is not posed
        return None
    return next(place for place, each in enumerate(exercise.candidates(world)) if each == question)


def _manifest(job: Job, found: _Found) -> dict[str, Any]:
    return manifest(job.cohort, job.order, found.drawn, found.tables, found.posed)


def _write_key(job: Job, found: _Found, solved: Path) -> None:
    """Write the key's part of one world, and how hard its questions are."""
    order, drawn = job.order, found.drawn
    scenario = {} if drawn.secret else _manifest(job, found)["scenario"]
    member = Member(drawn.fingerprint, order.administration)
    key = Key(
        job.cohort.number,
        job.cohort.plan.mode,
        {order.participant: member},
        {drawn.fingerprint: WorldKey(found.entries, scenario)},
        drawn.scenario.edition,
    )
    write_key(solved, key)
    plain = {
        "participant": order.participant,
        "administration": order.administration,
        "level": order.level,
        "fingerprint": drawn.fingerprint,
        "refused": found.refused,
        "measures": [[each.notebook, each.exercise, each.name, each.value] for each in found.measures],
    }
    (solved / MEASURES).write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
