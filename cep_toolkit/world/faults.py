"""How people mistype: names in capitals, without their legal form, cut short or misspelt."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike

from cep_toolkit.world.population import Ints
from cep_toolkit.world.streams import Streams

CAPITALS, NO_FORM, CUT, MISSPELT = 0.10, 0.05, 0.02, 0.03
LONGEST = 18
LETTERS, SLIPS = 4, 3


def typed(words: pa.Array, places: Ints, streams: Streams, *name: object, ids: ArrayLike) -> tuple[pa.Array, Ints]:
    """Return names as somebody typed them, most as they are.

    Parameters
    ----------
    words : pyarrow array of texts
    places : array
        The name of each row, by place in ``words``.
    streams : Streams
    name, ids
        The stream, and the number of each row in it.

    Returns
    -------
    words : pyarrow array of texts
        The words, and after them what was typed otherwise.
    places : array
        The name of each row as it was typed.
    """
    way = _ways(streams.uniform(*name, "typed", ids=ids))
    made, parts = places.copy(), [words]
    for number in range(1, len(_SHARES) + 1):
        here = np.flatnonzero(way == number)
        made[here] = sum(map(len, parts)) + np.arange(len(here))
        parts.append(_changed(words.take(pa.array(places[here])), number))
    return pa.concat_arrays(parts), made


def misspelt(texts: pa.Array, letter: int, slip: int) -> pa.Array:
    """Return texts with one letter, counted from 0, left out (slip 0), doubled (1) or changed with the next (2).

    Examples
    --------
    >>> [misspelt(pa.array(["Kordazk"], pa.large_string()), 1, slip)[0].as_py() for slip in range(3)]
    ['Krdazk', 'Koordazk', 'Krodazk']
    """
    here, after = (pc.utf8_slice_codeunits(texts, at, at + 1) for at in (letter, letter + 1))
    before = pc.utf8_slice_codeunits(texts, 0, letter)
    pieces = ([], [here, here, after], [after, here])[slip]
    rest = pc.utf8_slice_codeunits(texts, letter + (1 if slip == 0 else 2))
    return _joined(before, *pieces, rest)


def _changed(texts: pa.Array, way: int) -> pa.Array:
    if way == 1:
        return pc.utf8_upper(texts)
    if way == 2:
        return pc.replace_substring_regex(texts, r" [^ ]*$", "")
    if way == 3:
        return pc.utf8_rtrim_whitespace(pc.utf8_slice_codeunits(texts, 0, LONGEST))
    return misspelt(texts, 1 + (way - 4) % LETTERS, (way - 4) // LETTERS)


_SHARES = (CAPITALS, NO_FORM, CUT, *[MISSPELT / (LETTERS * SLIPS)] * (LETTERS * SLIPS))


def _ways(u: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Ints:
    """Return how each name was typed: 0 as it is, else a number for ``_changed``."""
    return (np.searchsorted(np.cumsum(_SHARES), u, "right") + 1) % (len(_SHARES) + 1)


def _joined(*parts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*parts, pa.scalar("", pa.large_string()))
