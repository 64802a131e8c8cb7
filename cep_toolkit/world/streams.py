"""Random streams with names: a draw depends on its own name, never on what was drawn before."""

from __future__ import annotations

import hashlib
import hmac

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cep_toolkit.world.scenario import Scenario

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1, _MIX2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Streams:
    """The named random streams of one world, all derived from one secret.

    Level and size stay out of the secret, so that the worlds of one seed are paired.

    Parameters
    ----------
    secret : bytes
        Sixteen bytes or more.

    Examples
    --------
    >>> streams = Streams(b"0123456789abcdef")
    >>> first = streams.rng("reality", 0).integers(100)
    >>> _ = streams.rng("population").integers(100, size=50)
    >>> bool(first == streams.rng("reality", 0).integers(100))
    True
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def of(cls, scenario: Scenario) -> Streams:
        """Return the streams of a practice world, whose secret follows from its scenario."""
        name = f"{scenario.edition}|{scenario.administration}|{scenario.seed}"
        return cls(hashlib.sha256(name.encode()).digest())

    def _digest(self, name: tuple[object, ...]) -> bytes:
        message = "\x1f".join(str(part) for part in name).encode()
        return hmac.new(self._secret, message, hashlib.sha256).digest()

    def rng(self, *name: object) -> np.random.Generator:
        """Return a PCG64 generator of its own for ``name``."""
        return np.random.Generator(np.random.PCG64(int.from_bytes(self._digest(name), "big")))

    def key(self, *name: object) -> np.uint64:
        """Return a 64-bit key for ``name``."""
        return np.uint64(int.from_bytes(self._digest(name)[:8], "big"))

    def uniform(self, *name: object, ids: ArrayLike) -> NDArray[np.float64]:
        """Return one number in [0, 1) for each id: the stream ``(*name, id)`` for many ids at once.

        A splitmix64 counter generator (Steele, Lea and Flood, 2014) under a keyed start.
        """
        mixed = self.mixed(*name, ids=ids)
        mixed >>= np.uint64(11)
        return np.asarray(mixed * 2.0**-53)

    def mixed(self, *name: object, ids: ArrayLike) -> NDArray[np.uint64]:
        """Return 64 mixed bits for each id under the key of ``name``."""
        x = np.asarray(ids).astype(np.uint64)
        x *= _GOLDEN
        x += self.key(*name)
        shifted = np.right_shift(x, np.uint64(30), out=np.empty_like(x))
        for shift, mix in ((27, _MIX1), (31, _MIX2)):
            x ^= shifted
            x *= mix
            np.right_shift(x, np.uint64(shift), out=shifted)
        x ^= shifted
        return x
