"""A folder that is written whole or not at all."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cep_toolkit.errors import StorageError

FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
NO_FOLDER = {errno.EEXIST, errno.ENOTDIR}


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Yield a temporary folder beside ``out`` that takes its place if the block ends well, and goes if not.

    Only the owner can open the folder (not on Windows): own data is confidential.

    Raises
    ------
    StorageError
        ``out`` is there and not empty, or the disk is full or cannot be written.
    """
    missing: list[Path] = []
    unfinished = None
    try:
        out = out.resolve()
        missing = [folder for folder in out.parents if not folder.exists()]
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise OSError(errno.ENOTEMPTY, "not empty")
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-", suffix=".part"))
        yield unfinished
        if out.exists():
            out.rmdir()  # empty; Windows does not rename over it
        unfinished.rename(out)
    except BaseException as error:
        _remove(unfinished, missing)
        if isinstance(error, OSError):
            raise _storage_error(out, error) from error
        raise


def _remove(unfinished: Path | None, made: list[Path]) -> None:
    if unfinished is not None:
        shutil.rmtree(unfinished, ignore_errors=True)
    for folder in made:
        with suppress(OSError):  # it was never made, or somebody else uses it by now
            folder.rmdir()


def _storage_error(out: Path, error: OSError) -> StorageError:
    if error.errno == errno.ENOTEMPTY:
        return StorageError(out, "this is there already and not empty.", "Give another folder, or remove it first.")
    if error.errno in NO_FOLDER:
        return StorageError(out, "a part of this path is a file, not a folder.", "Give the path of a folder.")
    if error.errno in FULL:
        return StorageError(out, "the disk is full; nothing was written.", "Make room, or give a folder elsewhere.")
    if error.errno in FORBIDDEN:
        return StorageError(out, "this place cannot be written; nothing was written.", "Give a folder of your own.")
    return StorageError(out, f"writing failed ({error.strerror}); nothing was written.", "Give a folder elsewhere.")
