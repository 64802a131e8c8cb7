"""What lies beside the packs for the instructor: the key, the equivalence report, the timetable."""

from __future__ import annotations

from cep_toolkit.checking.files import write_whole
from cep_toolkit.course.pack import ROOM
from cep_toolkit.workshop.key import KEY_FILE, Key, Member, WorldKey, read_key, write_key
from cep_toolkit.workshop.packs import equivalence, timetable
from cep_toolkit.workshop.packs.cohort import Cohort
from cep_toolkit.workshop.packs.manifest import pack_of
from cep_toolkit.world.scenario import EDITION
from cep_toolkit.world.stored import read_manifest


def write(cohort: Cohort) -> None:
    """Write the files of a cohort anew from what lies there: of every pack, whichever run made it."""
    key = _key(cohort)
    write_key(cohort.key, key)
    page, sheet = equivalence.report(cohort)
    write_whole(cohort.key / "equivalence.html", page)
    write_whole(cohort.key / "equivalence.csv", sheet)
    notebooks = {name for world in key.worlds.values() for name in world.entries}
    page, sheet = timetable.report(notebooks)
    write_whole(cohort.out / "timetable.html", page)
    write_whole(cohort.out / "timetable.csv", sheet)


def _key(cohort: Cohort) -> Key:
    """Return the key of all packs: stored parts put together, nothing computed again."""
    participants: dict[str, Member] = {}
    worlds: dict[str, WorldKey] = {}
    for folder in sorted(cohort.packs.iterdir()):
        pack = pack_of(folder) if folder.is_dir() else None
        part = cohort.solved / (ROOM if cohort.plan.mode == ROOM else folder.name)
        if pack is None or not (part / KEY_FILE).exists():
            continue
        participants[pack.participant] = Member(pack.fingerprint, str(read_manifest(folder)["administration"]))
        if pack.fingerprint not in worlds:
            worlds |= read_key(part).worlds
    return Key(cohort.number, cohort.plan.mode, participants, worlds, EDITION)
