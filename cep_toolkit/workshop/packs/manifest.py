"""A pack's ``manifest.json``: what it holds, and in an assessment nothing from which its world could be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cep_toolkit.course.catalogue import chapter
from cep_toolkit.course.pack import Pack
from cep_toolkit.errors import CepError
from cep_toolkit.workshop.packs.cohort import Cohort
from cep_toolkit.workshop.packs.plan import Order
from cep_toolkit.workshop.packs.worlds import Drawn
from cep_toolkit.world.host import Host
from cep_toolkit.world.scenario import EDITION
from cep_toolkit.world.stored import MANIFEST, PACK

FORMAT = 1


def manifest(
    cohort: Cohort,
    order: Order,
    drawn: Drawn,
    tables: Mapping[str, Any],
    posed: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    """Return what a pack says of itself, but for the digests of its files.

    Parameters
    ----------
    cohort, order, drawn
        Whose it is, and its world.
    tables : Mapping
        Table -> rows and SHA-256.
    posed : Mapping
        As in ``course.pack.Pack``.
    """
    books = {name: [each.id for each in chapter(name).exercises.values() if each.open_book] for name in order.notebooks}
    return {
        "kind": PACK,
        "format": FORMAT,
        "edition": EDITION,
        "cohort": cohort.number,
        "participant": order.participant,
        "mode": cohort.plan.mode,
        "notebooks": list(order.notebooks),
        "open_book": books,
        "fingerprint": drawn.fingerprint,
        "administration": order.administration,
        "currency": Host.of(order.administration).currency,
        **({} if drawn.secret else {"scenario": asdict(drawn.scenario)}),
        **({"posed": {name: dict(places) for name, places in posed.items()}} if posed else {}),
        "tables": dict(tables),
    }


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write a manifest with the digests of all other files of its folder."""
    files = {name: _sha256(folder / name) for name in files_of(folder) if name != MANIFEST}
    text = json.dumps({**content, "files": files}, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def files_of(folder: Path) -> list[str]:
    """Return the files of a folder as seen from it, in order."""
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def changed(folder: Path) -> str:
    """Return the first file of a pack that is not as it was written, or nothing."""
    stored = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    wrong = (
        name for name, digest in stored.items() if not (folder / name).is_file() or _sha256(folder / name) != digest
    )
    return next(wrong, "")


def pack_of(folder: Path) -> Pack | None:
    """Return the pack that lies in a folder, or ``None`` where none does."""
    try:
        return Pack.of(folder)
    except CepError:
        return None


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
