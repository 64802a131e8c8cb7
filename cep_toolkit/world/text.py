"""Layer 10: words from phrase banks, chosen by keyed numbers. It reads what is said, never the truth."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import names, reference
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.streams import Streams

_PACKING = re.compile(
    r"(?i)\b(bags?|bales?|bottles?|box(es|ed)?|cans?|carboys?|cartons?|containers?|drums?|flexi|IBC|kg|litre"
    r"|pack(s|ed|ets?)?|pallets?|reefer|retail|rolls?|sacks?|tins?|tubs?)\b"
)
_DETAIL = re.compile(
    r"(, (chemically|crushed|fabric|finished|flat|for|fresh|in|including|loaded|methyl|milk|not|plain|plastics?|put"
    r"|refined|similar arms|simply|stemmed|sublimed|textile uppers|unworked|with)\b.*"
    r"| (not (listed|named) elsewhere|other than|((for|in \w+) )?(of (?=\d)|up to|over)|of at least|below|under"
    r"|with viscosity|for (cellular|remote))\b.*)$"
)
"""What a tariff adds to the name of goods, and no one says in a sentence."""
_CHOICE = re.compile(r"[\[\]]")


@cache
def _bank() -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """Return all phrases, and for (line, vague) the first phrase and how many there are."""
    table = reference.load("goods_phrases").assign(vague=lambda t: t["precision"] == "vague")
    table = table.sort_values(["hs", "vague", "phrase"], kind="stable").reset_index(drop=True)
    lines = sorted(reference.load("tariff")["hs"])
    cells = pd.MultiIndex.from_product([lines, [False, True]])
    count = table.groupby(["hs", "vague"]).size().reindex(cells, fill_value=0).to_numpy()
    start = np.concatenate([[0], np.cumsum(count)[:-1]])
    return list(table["phrase"]), start.reshape(-1, 2).astype(np.int64), count.reshape(-1, 2).astype(np.int64)


def phrases() -> list[str]:
    """Return every description that a declaration may carry, without repetition."""
    return list(dict.fromkeys(_bank()[0]))


@cache
def names_packing() -> NDArray[np.bool_]:
    """Return which of ``phrases`` name a packing, such as drums or cartons."""
    return np.array([_PACKING.search(phrase) is not None for phrase in phrases()])


@cache
def _place_of_phrase() -> NDArray[np.int32]:
    place = {phrase: i for i, phrase in enumerate(phrases())}
    return np.array([place[phrase] for phrase in _bank()[0]], dtype=np.int32)


def goods(line: Ints, vague: NDArray[np.bool_], draw: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Return for each row the place in ``phrases`` of a description of its goods."""
    _, start, count = _bank()
    column = vague.astype(np.int64)
    some = np.maximum(count[line, column], 1).astype(np.uint64)
    return _place_of_phrase()[start[line, column] + (draw % some).astype(np.int64)]


def short_names(descriptions: Iterable[str]) -> list[str]:
    """Return goods as one names them inside a sentence, from the descriptions of a tariff.

    Examples
    --------
    >>> short_names(["Live parrots, macaws and other psittacines", "T-shirts of cotton", "Other hand tools"])
    ['live parrots', 'T-shirts of cotton', 'hand tools']
    """
    return [_short(str(text)) for text in descriptions]


def _short(description: str) -> str:
    named = _DETAIL.sub("", description.removeprefix("Other "))
    first, rest = named.partition(",")[::2]
    listed = " " not in first and (" and " in rest or " or " in rest)  # "Toys, scale models and puzzles"
    words = named if listed else first
    return words[0].lower() + words[1:] if words[1:2].islower() and words[0] == description[0] else words


def letters(draw: NDArray[np.uint64], width: int) -> NDArray[np.uint8]:
    """Return capital letters for each row, as character codes (rows, width)."""
    places = [(draw // np.uint64(26**i)) % np.uint64(26) for i in range(width)]
    return (65 + np.column_stack(places)).astype(np.uint8)


def means(streams: Streams, each: int) -> list[str]:
    """Return names of flights, mail runs, trains, lorries and vessels, ``each`` a mode."""
    made: list[str] = []
    for mode in MODES:
        if mode == "sea":
            made += names.vessels(streams, each)
        else:
            prefix = {"air": "FL", "post": "MAIL", "rail": "TRAIN", "road": "LORRY"}[mode]
            order = streams.rng("means", mode).permutation(9000)[:each] + 1000
            made += [f"{prefix} {number}" for number in order]
    return made


def wordings(kind: str, bank: str, ids: NDArray[np.integer], streams: Streams) -> list[str]:
    """Return one text a row with its placeholders: a phrase of each part of ``kind``.

    Parameters
    ----------
    kind : str
        Kind of text in the bank.
    bank : str
        Name of a dataset of phrases, such as ``reply_phrases``. In its phrases ``[one|other]`` is a choice and
        ``{name}`` a fact; ``filled`` puts the facts in.
    ids : array
        Number that picks the phrases, one a row.
    streams : Streams
    """
    parts = _bank_of(bank)[kind]
    picks = [
        streams.mixed("text", bank, kind, place, ids=ids) % np.uint64(len(forms)) for place, forms in enumerate(parts)
    ]
    chosen = ([forms[pick] for pick in of_part.tolist()] for forms, of_part in zip(parts, picks, strict=True))
    return [" ".join(wording) for wording in zip(*chosen, strict=True)]


def worded(kinds: NDArray[Any], bank: str, ids: NDArray[np.integer], streams: Streams) -> NDArray[np.object_]:
    """Return one text a row with its placeholders, where every row has a kind of its own."""
    made = np.full(len(kinds), "", dtype=object)
    for kind in sorted(set(kinds.tolist())):
        here = np.flatnonzero(kinds == kind)
        made[here] = wordings(kind, bank, ids[here], streams)
    return made


def filled(wording: Collection[str], facts: Mapping[str, Any]) -> list[str]:
    """Return texts with the facts of each row put in place of its placeholders.

    Examples
    --------
    >>> filled(["{goods} of {day}", "paid"], {"day": ["May", "June"], "goods": ["Tea", "Rope"]})
    ['Tea of May', 'paid']
    """
    places = [(f"{{{name}}}", f"{{{number}}}") for number, name in enumerate(facts)]
    by_place = {each: _by_place(each, places) for each in set(wording)}
    return [by_place[each].format(*row) for each, *row in zip(wording, *facts.values(), strict=True)]


def _by_place(wording: str, places: list[tuple[str, str]]) -> str:
    for name, number in places:
        wording = wording.replace(name, number)
    return wording


@cache
def _bank_of(bank: str) -> dict[str, list[list[str]]]:
    """Return the forms of every part of every kind of text."""
    parts: dict[tuple[str, int], list[str]] = {}
    table = reference.load(bank).sort_values("part", kind="stable")
    for kind, part, text in zip(table["kind"], table["part"], table["text"], strict=True):
        parts.setdefault((kind, part), []).append(text)
    kinds: dict[str, list[list[str]]] = {}
    for (kind, _), phrases in parts.items():
        kinds.setdefault(kind, []).append(_forms(phrases))
    return kinds


def _forms(phrases: list[str]) -> list[str]:
    """Return every form of every phrase: ``"[A|The] ship"`` has two; each phrase keeps the same weight."""
    forms = [_written_out(phrase) for phrase in phrases]
    each = max(map(len, forms))
    return [made[place % len(made)] for made in forms for place in range(each)]


def _written_out(phrase: str) -> list[str]:
    pieces = [piece.split("|") for piece in _CHOICE.split(phrase)]
    return ["".join(chosen) for chosen in product(*pieces)]
