"""Names of firms, people and vessels, made from the sounds of invented languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cep_toolkit.world import reference
from cep_toolkit.world.streams import Streams

Bits = NDArray[np.uint64]
Bank = Mapping[str, list[str]]

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
def _banks() -> dict[str, Bank]:
    """Return the sounds, endings and firms' words of each language."""
    rows = reference.load("languages").set_index("language").to_dict("index")
    return {
        str(language): {str(part): str(text).split() for part, text in row.items()} for language, row in rows.items()
    }


def firms(language: str, ids: NDArray[np.integer], streams: Streams, kind: str) -> list[str]:
    """Return one firm's name for each number: a made word, a trade, a legal form.

    Parameters
    ----------
    language : str
        Key of the dataset ``languages``.
    ids : array
        Numbers of the firms; the name depends on the number alone.
    streams : Streams
    kind : str
        What the numbers count, such as ``"trader"``.
    """
    bank = _banks()[language]
    bits = streams.mixed("name", kind, ids=ids)
    trade, form = _one_of(bank["firm_words"], bits, 40), _one_of(bank["legal_forms"], bits, 52)
    return _listed(_joined(" ", _words(bank, bits), trade, form))


def people(language: str, ids: NDArray[np.integer], streams: Streams, kind: str) -> list[str]:
    """Return a given name and a surname for each number; the name depends on the number alone."""
    bank = _banks()[language]
    bits = streams.mixed("name", kind, ids=ids)
    given = _joined("", _words(bank, bits, 1), _one_of(bank["given_endings"], bits, 40))
    surname = _joined("", _words(bank, bits >> np.uint64(20), 1), _one_of(bank["surname_endings"], bits, 50))
    return _listed(_joined(" ", given, surname))


@lru_cache(maxsize=2)
def vessels(streams: Streams, count: int) -> tuple[str, ...]:
    """Return names of vessels, all different; the last ones are kept, for the tables that share them."""
    bits = streams.mixed("name", "vessel", ids=np.arange(2 * count + 100))
    spoken = (bits >> np.uint64(50)) % np.uint64(len(SEA_LANGUAGES))
    made = np.empty(len(bits), dtype=object)
    for place, language in enumerate(SEA_LANGUAGES):
        here = np.flatnonzero(spoken == place)
        first = _words(_banks()[language], bits[here], 2)
        made[here] = _listed(_joined(" ", first, _one_of(SHIPS, bits[here], 40)))
    return tuple(f"MV {name}" for name in list(dict.fromkeys(made.tolist()))[:count])


def _words(bank: Bank, bits: Bits, syllables: int = 0) -> pa.Array:
    """Return a word for each number, of so many syllables; by default of two or three."""
    onsets, nuclei = bank["onsets"], bank["nuclei"]
    sounds = [onset + nucleus for nucleus in nuclei for onset in onsets]
    some = np.full(len(bits), syllables) if syllables else 2 + (bits % np.uint64(2)).astype(np.int64)
    parts = []
    for place in range(int(some.max(initial=0))):
        more = some > place
        pick = np.where(more, bits % np.uint64(len(sounds)), len(sounds))
        parts.append(_taken([*sounds, ""], pick))
        bits = np.where(more, bits // np.uint64(len(sounds)), bits)
    return pc.utf8_capitalize(_joined("", *parts, _one_of(bank["codas"], bits, 0)))


def _one_of(words: list[str], bits: Bits, shift: int) -> pa.Array:
    return _taken(words, (bits >> np.uint64(shift)) % np.uint64(len(words)))


def _taken(words: list[str], places: NDArray[np.integer]) -> pa.Array:
    return pa.array(words, pa.large_string()).take(pa.array(places))


def _joined(between: str, *parts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*parts, pa.scalar(between, pa.large_string()))


def _listed(texts: pa.Array) -> list[str]:
    return list(texts.to_numpy(zero_copy_only=False).tolist())  # several times as fast as to_pylist
