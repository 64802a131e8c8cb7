"""The declarations of a large world, piece by piece in the table's order, so that memory does not grow with the year.

Blocks follow the traders, the table follows the days. So every block is cut by the pieces in which its rows belong and
laid aside on disk; then each piece is put together and named.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import declarations

ROWS = 500_000


def pieces(engine: Engine, rows: int = ROWS) -> Iterator[pd.DataFrame]:
    """Yield the table of declarations, ``rows`` rows at a time.

    Parameters
    ----------
    engine : Engine
    rows : int
        Rows in each piece; the last may be shorter.
    """
    with tempfile.TemporaryDirectory(prefix="cep-") as name:
        starts = range(0, engine.reality.size, rows)
        files = [(Path(name) / str(start)).open("w+b") for start in starts]
        try:
            names = _lay_aside(engine, files, rows)
            for start, file in zip(starts, files, strict=True):
                yield declarations.named(engine, _put_together(file, names, start, engine.reality.size, rows))
        finally:
            for file in files:
                file.close()


def _lay_aside(engine: Engine, files: Sequence[IO[bytes]], rows: int) -> list[str]:
    """Write every block's rows into the files of their pieces; return the columns' names."""
    place = declarations.order(engine)
    names: list[str] = []
    for where, made in each_block(engine, lambda number: declarations.in_order(engine, number, place)):
        names = list(made)
        cuts = np.searchsorted(where, np.arange(len(files) + 1) * rows)
        for file, first, last in zip(files, cuts, cuts[1:], strict=False):
            np.save(file, where[first:last])
            for values in made.values():
                np.save(file, values[first:last])
    return names


def _put_together(file: IO[bytes], names: list[str], start: int, size: int, rows: int) -> dict[str, NDArray[Any]]:
    """Return the compact columns of one piece from its file."""
    end = file.tell()
    file.seek(0)
    whole: dict[str, NDArray[Any]] = {}
    count = min(rows, size - start)
    while file.tell() < end:
        where = np.load(file) - start
        for name in names:
            values = np.load(file)
            if name not in whole:
                whole[name] = np.empty((count, *values.shape[1:]), dtype=values.dtype)
            whole[name][where] = values
    return whole
