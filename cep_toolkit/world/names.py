"""Names of firms, people and vessels, made from the sounds of invented languages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from cep_toolkit.world import reference
from cep_toolkit.world.streams import Streams

Bits = NDArray[np.uint64]
Ints = NDArray[np.integer[Any]]
SOUNDS = "sounds"

SEA_LANGUAGES = ("avelic", "zuevan")
"""The invented languages that are easiest to read out; a vessel is called by radio."""
SHIPS = [
    "Bay",
    "Breeze",
    "Carrier",
    "Cloud",
    "Crest",
    "Dawn",
    "Horizon",
    "Lantern",
    "Pearl",
    "Pilot",
    "Spirit",
    "Star",
    "Swift",
    "Tide",
    "Trader",
    "Wave",
]


@cache
def _languages() -> dict[str, dict[str, list[str]]]:
    """Return the sounds, endings and firms' words of each language."""
    rows = reference.load("languages").set_index("language").to_dict("index")
    parts = {
        str(language): {str(part): str(text).split() for part, text in row.items()} for language, row in rows.items()
    }
    for bank in parts.values():
        bank[SOUNDS] = [onset + nucleus for nucleus in bank["nuclei"] for onset in bank["onsets"]]
    return parts


@cache
def _bank(part: str) -> tuple[pa.Array, Ints, Ints]:
    """Return one part of all languages: its words and an empty one after them, each language's first, and how many."""
    words = [bank[part] for bank in _languages().values()]
    count = np.array([len(some) for some in words])
    return pa.array([*chain(*words), ""], pa.large_string()), np.cumsum(count) - count, count


def languages() -> list[str]:
    """Return the languages in the order of their numbers."""
    return list(_languages())


@cache
def _language_of() -> dict[str, int]:
    table = reference.load("administrations")
    number = {language: place for place, language in enumerate(languages())}
    return {code: number[language] for code, language in zip(table["code"], table["language"], strict=True)}


def spoken(places: Iterable[str]) -> Ints:
    """Return the number of the language of each administration of the invented region.

    Examples
    --------
    >>> len(set(spoken(["XA", "XB", "XA"]).tolist()))
    2
    """
    return np.array([_language_of()[place] for place in places])


def firms(language: ArrayLike, ids: NDArray[np.integer], streams: Streams, kind: str) -> pa.Array:
    """Return one firm's name for each number: a made word, a trade, a legal form.

    Parameters
    ----------
    language : int or array
        Number of the language of all names, or of each; see ``spoken``.
    ids : array
        Numbers of the firms; the name depends on the number alone.
    streams : Streams
    kind : str
        What the numbers count, such as ``"trader"``.

    Returns
    -------
    pyarrow array of texts
    """
    bits = streams.mixed("name", kind, ids=ids)
    tongue = np.broadcast_to(language, bits.shape)
    trade, form = _one_of("firm_words", tongue, bits, 40), _one_of("legal_forms", tongue, bits, 52)
    return _joined(" ", _words(tongue, bits), trade, form)


def people(language: ArrayLike, ids: NDArray[np.integer], streams: Streams, kind: str) -> pa.Array:
    """Return a given name and a surname for each number, as texts; the name depends on the number alone."""
    bits = streams.mixed("name", kind, ids=ids)
    tongue = np.broadcast_to(language, bits.shape)
    given = _joined("", _words(tongue, bits, 1), _one_of("given_endings", tongue, bits, 40))
    surname = _joined("", _words(tongue, bits >> np.uint64(20), 1), _one_of("surname_endings", tongue, bits, 50))
    return _joined(" ", given, surname)


@lru_cache(maxsize=2)
def vessels(streams: Streams, count: int) -> tuple[str, ...]:
    """Return names of vessels, all different; the last ones are kept, for the tables that share them."""
    bits = streams.mixed("name", "vessel", ids=np.arange(2 * count + 100))
    numbers = np.array([languages().index(language) for language in SEA_LANGUAGES])
    tongue = numbers[(bits >> np.uint64(50)) % np.uint64(len(numbers))]
    ship = pa.array(SHIPS, pa.large_string()).take(pa.array((bits >> np.uint64(40)) % np.uint64(len(SHIPS))))
    made = _joined(" ", _words(tongue, bits, 2), ship)
    return tuple(f"MV {name}" for name in list(dict.fromkeys(made.to_pylist()))[:count])


def _words(language: Ints, bits: Bits, syllables: int = 0) -> pa.Array:
    """Return a word for each number, of so many syllables; by default of two or three."""
    words, first, count = _bank(SOUNDS)
    some = np.full(len(bits), syllables) if syllables else 2 + (bits % np.uint64(2)).astype(np.int64)
    sounds = count.astype(np.uint64)[language]
    parts = []
    for place in range(int(some.max(initial=0))):
        more = some > place
        left, pick = np.divmod(bits, sounds)
        parts.append(words.take(pa.array(np.where(more, first[language] + pick.astype(np.int64), len(words) - 1))))
        bits = np.where(more, left, bits)
    return pc.utf8_capitalize(_joined("", *parts, _one_of("codas", language, bits, 0)))


def _one_of(part: str, language: Ints, bits: Bits, shift: int) -> pa.Array:
    words, first, count = _bank(part)
    pick = (bits >> np.uint64(shift)) % count.astype(np.uint64)[language]
    return words.take(pa.array(first[language] + pick.astype(np.int64)))


def _joined(between: str, *parts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*parts, pa.scalar(between, pa.large_string()))
