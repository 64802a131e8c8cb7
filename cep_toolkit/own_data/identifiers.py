"""Which declaration numbers were there before, in little memory: 24 bytes for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DIGEST = "S16"  # 128 bits: among ten million numbers two share one with a chance of 1 in 10 to the 25


class _Run(NamedTuple):
    """Digests in ascending order, each with its row."""

    digests: NDArray[np.bytes_]
    rows: NDArray[np.int64]

    def rows_of(self, digests: NDArray[np.bytes_]) -> NDArray[np.int64]:
        """Return the row of each digest; 0 where it is not in this run."""
        place = np.minimum(np.searchsorted(self.digests, digests), len(self.digests) - 1)
        found: NDArray[np.int64] = np.where(self.digests[place] == digests, self.rows[place], 0)
        return found


class Identifiers:
    """Every identifier kept so far with its row, as sorted runs of which each is at least twice as long as the next."""

    def __init__(self) -> None:
        self._runs: list[_Run] = []

    def repeated(self, identifiers: Sequence[str], rows: Sequence[int]) -> dict[int, int]:
        """Add identifiers; return the place of each that was there before, with its first row.

        Examples
        --------
        >>> seen = Identifiers()
        >>> seen.repeated(["A", "B", "A"], [2, 3, 4]), seen.repeated(["B"], [5])
        ({2: 2}, {0: 3})
        """
        if not rows:
            return {}
        digests, here = _digests(identifiers), np.array(rows, dtype=np.int64)
        order = np.argsort(digests, kind="stable")  # of the same digest the earliest row stays in front
        digests, here = digests[order], here[order]
        starts = np.flatnonzero(np.append(True, digests[1:] != digests[:-1]))
        first = here[starts].repeat(np.diff(np.append(starts, len(here))))
        for run in self._runs:
            before = run.rows_of(digests)
            first = np.where(before > 0, before, first)
        new = first == here
        self._add(_Run(digests[new], here[new]))
        again = np.flatnonzero(~new)
        return dict(zip(order[again].tolist(), first[again].tolist(), strict=True))

    def _add(self, run: _Run) -> None:
        if len(run.rows):
            self._runs.append(run)
        while len(self._runs) > 1 and len(self._runs[-2].rows) < 2 * len(self._runs[-1].rows):
            second, first = self._runs.pop(), self._runs.pop()
            self._runs.append(_merged(first, second))


def _digests(identifiers: Iterable[str]) -> NDArray[np.bytes_]:
    made = b"".join([blake2b(text.encode(), digest_size=16).digest() for text in identifiers])
    return np.frombuffer(made, dtype=DIGEST)


def _merged(first: _Run, second: _Run) -> _Run:
    digests = np.concatenate([first.digests, second.digests])
    order = np.argsort(digests, kind="stable")  # two runs in order are merged in one pass
    return _Run(digests[order], np.concatenate([first.rows, second.rows])[order])
