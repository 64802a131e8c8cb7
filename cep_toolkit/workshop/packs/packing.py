"""Making the packs of a cohort: what is missing, and nothing twice."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

from cep_toolkit.checking.files import sole_writer
from cep_toolkit.course.pack import ROOM
from cep_toolkit.errors import CepError, StorageError
from cep_toolkit.workshop.packs import instructor
from cep_toolkit.workshop.packs.cohort import COHORT_FILE, Cohort, begin, look
from cep_toolkit.workshop.packs.making import MEASURES, Job, Made, make
from cep_toolkit.workshop.packs.manifest import pack_of
from cep_toolkit.workshop.packs.plan import Order, Plan
from cep_toolkit.workshop.packs.room import copied, room_order
from cep_toolkit.workshop.packs.usual import group_of, yardsticks
from cep_toolkit.workshop.packs.zipped import write_zip
from cep_toolkit.world.stored import MANIFEST

PROCESSES = 2
_UNFINISHED = ".*.part"

Progress = Callable[[Made], object]


def pack_cohort(
    plan: Plan,
    orders: Sequence[Order],
    out: Path,
    sources: Path,
    *,
    zipped: bool = False,
    executor: Executor | None = None,
    progress: Progress = lambda made: None,
) -> list[Made]:
    """Make every pack that is not there yet, and what the instructor needs beside them.

    Stopped at any moment and run again, it goes on where it was: a pack lies in its place whole or not at all.

    Parameters
    ----------
    plan : Plan
        The options of the cohort; the same at every run.
    orders : sequence of Order
        The packs to make.
    out, sources : Path
        The cohort's folder, and that of the notebooks' sources.
    zipped : bool
        Whether each pack is to lie there as a zip file too.
    executor : Executor, optional
        Where packs are made; by default two processes of this machine.
    progress : callable
        Called with what became of each pack.

    Returns
    -------
    list of Made
        In the order of ``orders``.

    Raises
    ------
    StorageError
        The folder belongs to a cohort with other options, or another run is at work in it.
    InputFileError
        The cohort's own files are damaged.
    """
    look(out, plan)  # refuses a folder of another cohort before anything is written
    with _alone(out):
        cohort = begin(out, plan)
        cohort.packs.mkdir(exist_ok=True)
        cohort.solved.mkdir(exist_ok=True)
        _sweep(cohort)
        done = {order.participant: made for order in orders if (made := there(cohort, order))}
        missing = [order for order in orders if order.participant not in done]
        for order in missing:  # of a pack that somebody removed
            _zip_of(cohort, order).unlink(missing_ok=True)
        with _given(executor) as at_work:
            for made in _made(cohort, missing, sources, at_work) if missing else ():
                done[made.order.participant] = made
                progress(made)
        found = [done[order.participant] for order in orders]
        instructor.write(cohort)
        return [_zipped(cohort, made) for made in found] if zipped else found


def there(cohort: Cohort, order: Order) -> Made | None:
    """Return what is said of a pack that lies in its place already; ``None`` where it is to be made."""
    folder = cohort.packs / order.participant
    if not folder.exists():
        return None
    pack, measured = pack_of(folder), _measured(cohort, order)
    if pack is None or (pack.cohort, pack.participant) != (cohort.number, order.participant):
        problem = "what lies there is not this cohort's pack. Remove it, and run again."
    elif measured != pack.fingerprint:
        problem = "its part of the key is missing. Restore the folder key, or remove this pack and make it anew."
    else:
        return Made(order, "there")
    return Made(order, "failed", problem=f"pack {order.participant}: {folder}: {problem}")


def _measured(cohort: Cohort, order: Order) -> str:
    """Return the fingerprint of the key's part of a pack, or nothing."""
    file = solved_folder(cohort, order) / MEASURES
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["fingerprint"])
    except (OSError, ValueError, KeyError):
        return ""


def solved_folder(cohort: Cohort, order: Order) -> Path:
    """Return where the key's part of a pack lies: in a room, where all have one world, it is one for all."""
    return cohort.solved / (ROOM if cohort.plan.mode == ROOM else order.participant)


def _made(cohort: Cohort, missing: Sequence[Order], sources: Path, executor: Executor) -> Iterator[Made]:
    if cohort.plan.mode == ROOM:
        yield from _for_room(cohort, missing, sources, executor)
        return
    usual = yardsticks(cohort, missing, executor)
    jobs = [
        Job(
            cohort,
            order,
            sources,
            cohort.packs / order.participant,
            solved_folder(cohort, order),
            usual[group_of(order.level, order.administration)],
        )
        for order in missing
    ]
    yield from _run(jobs, executor)


def _for_room(cohort: Cohort, missing: Sequence[Order], sources: Path, executor: Executor) -> Iterator[Made]:
    """Make the room's world once, and copy it for everybody."""
    order, template = room_order(cohort), cohort.key / ROOM
    if not (template / MANIFEST).exists():
        job = Job(cohort, order, sources, template, solved_folder(cohort, order), {})
        (world,) = _run([job], executor)
        if world.problem:
            yield from (Made(each, "failed", problem=world.problem) for each in missing)
            return
    for each in missing:
        yield copied(cohort, each, template)


def _run(jobs: Sequence[Job], executor: Executor) -> Iterator[Made]:
    at_work: dict[Future[Made], Job] = {executor.submit(make, job): job for job in jobs}
    for future in as_completed(at_work):
        order = at_work[future].order
        try:
            yield future.result()
        except BrokenExecutor as error:
            yield Made(order, "failed", problem=f"pack {order.participant}: the process that made it ended ({error}).")


@contextmanager
def _given(executor: Executor | None) -> Iterator[Executor]:
    """Yield the caller's executor, or one of our own that ends with the block."""
    if executor is not None:
        yield executor
        return
    fresh = multiprocessing.get_context("spawn")  # a copy of this process would copy its threads' locks
    own = ProcessPoolExecutor(PROCESSES, mp_context=fresh)
    try:
        yield own
    finally:
        own.shutdown(cancel_futures=True)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    try:
        with sole_writer(out / "key" / COHORT_FILE, patience=0):
            yield
    except TimeoutError as error:
        raise StorageError(out, "another `cep pack` is at work here.", "Wait until it has ended.") from error


def _sweep(cohort: Cohort) -> None:
    """Remove what a run left behind that was ended by force; nobody else is at work here."""
    for folder in (cohort.packs, cohort.solved, cohort.key):
        for left in folder.glob(_UNFINISHED):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _zip_of(cohort: Cohort, order: Order) -> Path:
    return cohort.packs / f"{order.participant}.zip"


def _zipped(cohort: Cohort, made: Made) -> Made:
    file = _zip_of(cohort, made.order)
    if made.problem or file.exists():
        return made
    try:
        write_zip(cohort.packs / made.order.participant, file)
    except (CepError, OSError) as error:
        return Made(made.order, "failed", problem=f"pack {made.order.participant}: {error}")
    return made
