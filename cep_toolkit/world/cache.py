"""Layer 9: tables kept as Parquet files, named by everything they depend on.

A name carries a digest and is never replaced; a file that cannot be read is made again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cep_toolkit.world import reference

if TYPE_CHECKING:
    import pandas as pd


def folder() -> Path:
    """Return the folder of the cache: ``CEP_CACHE`` if set, else the user's own."""
    named = os.environ.get("CEP_CACHE")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_cache_dir("cep-workshop", appauthor=False))


@cache
def code_digest() -> str:
    """Return a digest of this room's code and of the datasets it reads."""
    digest = hashlib.sha256(reference.digest().encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def keep(fingerprint: str, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return the table from the cache, or make it and put it there.

    Two processes that make the same table write the same file. A cache that cannot be written
    is no error: the table is returned all the same.
    """
    import pandas as pd

    file = folder() / f"{fingerprint}-{code_digest()}-{name}.parquet"
    try:
        return pd.read_parquet(file)
    except FileNotFoundError:
        pass
    except Exception:  # a damaged file fails in many ways, all with one remedy
        _discard(file)
    table = make()
    _write(table, file)
    return table


def _discard(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return


def _write(table: pd.DataFrame, file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        os.close(handle)
    except OSError:
        return
    try:
        table.to_parquet(name, compression="zstd", index=False)
        Path(name).replace(file)
    except OSError:
        _discard(Path(name))
