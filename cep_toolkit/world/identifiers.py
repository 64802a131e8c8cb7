"""Public identifiers: a keyed bijection of the internal number, so that order carries nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cep_toolkit.world.streams import Streams

_ROUNDS = 2


class PublicIds:
    """Eight-digit (or shorter) public numbers of one kind of thing.

    A generalised Feistel network (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002): a number is split
    into two digits of mixed radix whose product is exactly the number of identifiers, and each is shifted in turn by a
    keyed function of the other. A foreign key is computed without making the other table.

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
        self._first = 10 ** (digits - 1)
        self._low = np.uint64(10 ** (digits // 2))
        self._high = np.uint64(9 * self._first) // self._low
        self._rounds = [(streams.key("ids", kind, i, 0), streams.key("ids", kind, i, 1)) for i in range(_ROUNDS)]

    def public(self, internal: ArrayLike) -> NDArray[np.int64]:
        """Return the public numbers of internal numbers 0, 1, 2, ..."""
        high, low = np.divmod(np.asarray(internal).astype(np.uint64), self._low)
        for first, second in self._rounds:
            high = _shifted(high, _below(self._high, _scramble(low, first)), self._high)
            low = _shifted(low, _below(self._low, _scramble(high, second)), self._low)
        return np.asarray((high * self._low + low).astype(np.int64) + self._first)

    def internal(self, public: ArrayLike) -> NDArray[np.int64]:
        """Return the internal numbers of public numbers."""
        high, low = np.divmod((np.asarray(public) - self._first).astype(np.uint64), self._low)
        for first, second in self._rounds[::-1]:
            low = _shifted(low, self._low - _below(self._low, _scramble(high, second)), self._low)
            high = _shifted(high, self._high - _below(self._high, _scramble(low, first)), self._high)
        return np.asarray(high * self._low + low).astype(np.int64)


def from_keys(keys: NDArray[np.uint64], digits: int = 8) -> NDArray[np.int64]:
    """Return public numbers of rows that have a key and no internal number, all different.

    What is drawn and what is inserted share them: a number depends on its key alone, save that of two keys with the
    same number the larger one moves on.

    Examples
    --------
    >>> from_keys(np.array([7, 90000007, 8], dtype=np.uint64)).tolist()
    [10000007, 10000009, 10000008]
    """
    first = 10 ** (digits - 1)
    order = np.argsort(keys, kind="stable")
    taken: dict[int, None] = {}
    numbers = (keys[order] % np.uint64(9 * first)).astype(np.int64)
    if len(np.unique(numbers)) == len(numbers):
        made = numbers
    else:
        for number in numbers.tolist():
            free = number
            while free in taken:
                free = (free + 1) % (9 * first)
            taken[free] = None
        made = np.array(list(taken), dtype=np.int64)
    result = np.empty_like(made)
    result[order] = made + first
    return result


def _below(size: np.uint64, mixed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Bring mixed bits below ``size`` without a division (Lemire, 2019)."""
    mixed >>= np.uint64(32)
    mixed *= size
    mixed >>= np.uint64(32)
    return mixed


def _shifted(digit: NDArray[np.uint64], by: NDArray[np.uint64], size: np.uint64) -> NDArray[np.uint64]:
    """Return ``(digit + by) mod size`` for summands of at most ``size``: what is too small to subtract from wraps."""
    total = digit + by
    np.minimum(total, total - size, out=total)
    return total


def _scramble(x: NDArray[np.uint64], key: np.uint64) -> NDArray[np.uint64]:
    y = x + key
    y *= np.uint64(0xBF58476D1CE4E5B9)
    shifted = y >> np.uint64(29)
    y ^= shifted
    y *= np.uint64(0x94D049BB133111EB)
    y ^= np.right_shift(y, np.uint64(32), out=shifted)
    return y
