"""What lies in a folder of submissions: every file looked at before it is opened, and none read beyond its bound.

Links are not followed, devices and pipes are not opened, nothing is unpacked to the disk.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cep_toolkit.course.submission import MOST_BYTES
from cep_toolkit.workshop.marking import reasons
from cep_toolkit.workshop.marking.legible import legible

DEEPEST_FOLDER = 8
MOST_FILES = 20_000
SUBMISSION, ARCHIVE = ".json", ".zip"
MOST_ARCHIVE = 8 * 1024 * 1024
_LITTER = {".ds_store", "thumbs.db", "desktop.ini", "__macosx"}
"""What Windows and macOS leave in every folder and archive; nobody hands these in."""
_SAFELY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Found:
    """One file that was handed in.

    Parameters
    ----------
    name : str
        Where it lies below the folder; for a member of an archive, the archive's name first. Fit to be shown.
    data : bytes, optional
        What it holds; ``None`` where it was not read.
    problem : str
        Why it was not read.
    """

    name: str
    data: bytes | None = None
    problem: str = ""


def gather(folder: Path) -> Iterator[Found]:
    """Yield every file in a folder and its archives, in the order of their names, one in memory at a time.

    Parameters
    ----------
    folder : Path
        The folder of submissions; it is trusted, what lies in it is not.
    """
    for number, found in enumerate(_inside(folder, "", 1)):
        if number >= MOST_FILES:
            yield Found(legible(folder.name), problem=reasons.MANY_FILES.format(most=MOST_FILES))
            return
        yield found


def is_litter(name: str) -> bool:
    """Whether a file or folder is one that an operating system makes by itself.

    Examples
    --------
    >>> is_litter("Thumbs.db"), is_litter("._submission-P07.json"), is_litter("submission-P07.json")
    (True, True, False)
    """
    return name.casefold() in _LITTER or name.startswith("._")


def wrong_name(name: str) -> str:
    """Return why a file of this name is no submission, or nothing."""
    return "" if name.casefold().endswith(SUBMISSION) else reasons.OTHER_FILE


def _inside(folder: Path, above: str, depth: int) -> Iterator[Found]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Found(legible(above), problem=reasons.of_the_disk(error))
        return
    for entry in entries:
        if not is_litter(entry.name):
            yield from _entry(entry, f"{above}{entry.name}", depth)


def _entry(entry: os.DirEntry[str], name: str, depth: int) -> Iterator[Found]:
    try:
        kind = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        yield Found(legible(name), problem=reasons.of_the_disk(error))
        return
    if stat.S_ISLNK(kind) or getattr(entry, "is_junction", bool)():
        yield Found(legible(name), problem=reasons.LINK)
    elif stat.S_ISDIR(kind):
        deeper = _inside(Path(entry.path), f"{name}/", depth + 1)
        yield from deeper if depth < DEEPEST_FOLDER else [Found(legible(name), problem=reasons.DEEP_FOLDER)]
    elif not stat.S_ISREG(kind):
        yield Found(legible(name), problem=reasons.DEVICE)
    elif name.casefold().endswith(ARCHIVE):
        yield from _archive(entry.path, name)
    else:
        yield _file(entry.path, name)


def _file(path: str, name: str) -> Found:
    if problem := wrong_name(name):
        return Found(legible(name), problem=problem)
    try:
        with _opened(path, MOST_BYTES) as file:
            return Found(legible(name), file.read(MOST_BYTES + 1))
    except OSError as error:
        return Found(legible(name), problem=reasons.of_the_disk(error))


def _archive(path: str, name: str) -> Iterator[Found]:
    from cep_toolkit.workshop.marking.archives import members

    try:
        with _opened(path, MOST_ARCHIVE) as file:
            yield from members(name, file)
    except OSError as error:
        yield Found(legible(name), problem=reasons.of_the_disk(error))


def _opened(path: str, most: int) -> BinaryIO:
    """Open a plain file that is not too large; another process may have changed it since it was listed.

    Raises
    ------
    OSError
        It cannot be opened, is no plain file, or is too large.
    """
    handle = os.open(path, _SAFELY)
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise reasons.NotReadError(reasons.DEVICE)
        if about.st_size > most:
            raise reasons.NotReadError(reasons.LARGE.format(size=about.st_size, most=most))
        return os.fdopen(handle, "rb")
    except OSError:
        os.close(handle)
        raise
