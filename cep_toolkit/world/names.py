"""Names of firms and vessels, made from the sounds of invented languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference
from cep_toolkit.world.streams import Streams

Bank = Mapping[str, list[str]]


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
    trades, forms = bank["firm_words"], bank["legal_forms"]
    bits = streams.mixed("name", kind, ids=ids)
    return [
        f"{_word(bank, int(b))} {trades[int(b >> 40) % len(trades)]} {forms[int(b >> 52) % len(forms)]}"
        for b in bits.tolist()
    ]


def people(language: str, ids: NDArray[np.integer], streams: Streams, kind: str) -> list[str]:
    """Return a given name and a surname for each number; the name depends on the number alone."""
    bank = _banks()[language]
    given, surname = bank["given_endings"], bank["surname_endings"]
    bits = streams.mixed("name", kind, ids=ids)
    return [
        f"{_word(bank, int(b), 1)}{given[int(b >> 40) % len(given)]} "
        f"{_word(bank, int(b >> 20), 1)}{surname[int(b >> 50) % len(surname)]}"
        for b in bits.tolist()
    ]


def vessels(streams: Streams, count: int) -> list[str]:
    """Return names of vessels, all different."""
    banks = list(_banks().values())
    made: dict[str, None] = {}
    for number in _numbers():
        bits = int(streams.mixed("name", "vessel", ids=[number])[0])
        bank = banks[(bits >> 50) % len(banks)]
        made[f"MV {_word(bank, bits)} {_word(bank, bits >> 25)}"] = None
        if len(made) == count:
            break
    return list(made)


def _numbers() -> Iterable[int]:
    number = 0
    while True:
        yield number
        number += 1


def _word(bank: Bank, bits: int, syllables: int = 0) -> str:
    """Return a word of so many syllables; by default of two or three."""
    onsets, nuclei, codas = (bank[part] for part in ("onsets", "nuclei", "codas"))
    word = ""
    for _ in range(syllables or 2 + bits % 2):
        bits, onset = divmod(bits, len(onsets))
        bits, nucleus = divmod(bits, len(nuclei))
        word += onsets[onset] + nuclei[nucleus]
    return (word + codas[bits % len(codas)]).capitalize()
