"""A pack as one file: the same pack gives the same bytes, and no time of day is in it."""

from __future__ import annotations

import os
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

from cep_toolkit.errors import StorageError
from cep_toolkit.workshop.packs.manifest import changed, files_of

NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""
_READABLE = 0o100644 << 16
_STORED = (".parquet",)


def write_zip(pack: Path, out: Path) -> None:
    """Write a pack's folder into a zip file, whole or not at all.

    Parameters
    ----------
    pack : Path
        The folder; in the zip everything lies in a folder of its name.
    out : Path

    Raises
    ------
    StorageError
        A file of the pack is not as it was written.
    """
    if name := changed(pack):
        raise StorageError(
            pack / name, "this file is not as it was written.", "Remove the pack's folder and run again."
        )
    handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream, zipfile.ZipFile(stream, "w") as made:
            for name in files_of(pack):
                _add(made, pack, name)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(out)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _add(made: zipfile.ZipFile, pack: Path, name: str) -> None:
    about = zipfile.ZipInfo(f"{pack.name}/{name}", NO_TIME)
    about.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    about.external_attr = _READABLE
    about.create_system = 3  # the same file on every system
    made.writestr(about, (pack / name).read_bytes())
