"""Writing a file whole or not at all, and one writer at a time."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from cep_toolkit.checking import messages

T = TypeVar("T")

PATIENCE = 5.0
PAUSE = 0.02


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under a temporary name beside its place, then rename it; a failure leaves the old one intact.

    Raises
    ------
    OSError
        Whatever the disk says.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _patiently(lambda: Path(temporary).replace(path))
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def read_whole(path: Path) -> bytes | None:
    """Return what a file holds; ``None`` when there is none.

    Raises
    ------
    OSError
        When there is a file, but it cannot be read.
    """
    try:
        return _patiently(path.read_bytes)
    except FileNotFoundError:
        return None


def _patiently(action: Callable[[], T]) -> T:
    """Do something with a file, waiting a little where Windows still holds it open for somebody else."""
    end = time.monotonic() + (PATIENCE if sys.platform == "win32" else 0.0)
    while True:
        try:
            return action()
        except PermissionError:
            if time.monotonic() >= end:
                raise
            time.sleep(PAUSE)


def reason(error: OSError) -> str:
    """Return in words why a file could not be written.

    Examples
    --------
    >>> reason(OSError(28, "No space left on device"))
    'the disk is full'
    """
    if isinstance(error, TimeoutError):
        return messages.REASON_BUSY
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return messages.REASON_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return messages.REASON_READ_ONLY
    return messages.REASON_OTHER


@contextmanager
def sole_writer(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a lock beside ``path`` while the block runs; the system frees it should the process end.

    Raises
    ------
    TimeoutError
        When another process holds it for longer than ``patience`` seconds.
    OSError
        When the lock's file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / f".{path.stem}.lock").open("a+b") as file:
        end = time.monotonic() + patience
        while not _lock(file.fileno()):
            if time.monotonic() >= end:
                raise TimeoutError(errno.ETIMEDOUT, "locked", str(path))
            time.sleep(PAUSE)
        try:
            yield
        finally:
            _unlock(file.fileno())


_lock: Callable[[int], bool]
_unlock: Callable[[int], None]

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a network folder without locks: writing whole files is then all the care there is
        return True

    def _unlock(handle: int) -> None:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
