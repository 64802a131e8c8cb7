"""Public identifiers: a keyed bijection of the internal number, so that order carries nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cep_toolkit.world.streams import Streams

_ROUNDS = 4


class PublicIds:
    """Eight-digit (or shorter) public numbers of one kind of thing.

    A Feistel network (Luby and Rackoff, 1988) over an even number of bits, walked until the
    number falls inside the range (Black and Rogaway, 2002). A foreign key is computed without
    making the other table.

    Parameters
    ----------
    streams : Streams
    kind : str
        What is numbered, such as ``"declaration"``.
    digits : int
        Every identifier has this many digits and does not start with zero.

    Examples
    --------
    >>> ids = PublicIds(Streams(b"0123456789abcdef"), "declaration", digits=8)
    >>> public = ids.public(range(1000))
    >>> len(set(public.tolist())), bool((ids.internal(public) == range(1000)).all())
    (1000, True)
    """

    def __init__(self, streams: Streams, kind: str, digits: int = 8) -> None:
        self._low = 10 ** (digits - 1)
        self._size = 9 * self._low
        self._half = np.uint64((self._size.bit_length() + 1) // 2)
        self._mask = np.uint64((1 << int(self._half)) - 1)
        self._keys = [streams.key("ids", kind, i) for i in range(_ROUNDS)]

    def public(self, internal: ArrayLike) -> NDArray[np.int64]:
        """Return the public numbers of internal numbers 0, 1, 2, ..."""
        return np.asarray(self._walk(np.asarray(internal), self._keys, forward=True) + self._low)

    def internal(self, public: ArrayLike) -> NDArray[np.int64]:
        """Return the internal numbers of public numbers."""
        return self._walk(np.asarray(public) - self._low, self._keys[::-1], forward=False)

    def _walk(self, numbers: NDArray[np.int64], keys: list[np.uint64], *, forward: bool) -> NDArray[np.int64]:
        x = self._network(numbers.astype(np.uint64), keys, forward=forward)
        outside = np.flatnonzero(x >= self._size)
        while len(outside):
            x[outside] = self._network(x[outside], keys, forward=forward)
            outside = outside[x[outside] >= self._size]
        return x.astype(np.int64)

    def _network(self, x: NDArray[np.uint64], keys: list[np.uint64], *, forward: bool) -> NDArray[np.uint64]:
        left, right = x >> self._half, x & self._mask
        if not forward:
            left, right = right, left
        for key in keys:
            left, right = right, left ^ (_scramble(right, key) & self._mask)
        if not forward:
            left, right = right, left
        return np.asarray((left << self._half) | right)


def _scramble(x: NDArray[np.uint64], key: np.uint64) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        y = (x + key) * np.uint64(0xBF58476D1CE4E5B9)
        y = (y ^ (y >> np.uint64(29))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(y ^ (y >> np.uint64(32)))
