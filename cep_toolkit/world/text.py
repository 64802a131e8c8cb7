"""Layer 10: words from phrase banks, chosen by keyed numbers. It reads what is said, never the truth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import product
from string import Formatter

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cep_toolkit.world import names, reference
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.streams import Streams

_PACKING = re.compile(
    r"(?i)\b(bags?|bales?|bottles?|box(es|ed)?|cans?|carboys?|cartons?|containers?|drums?|flexi|IBC|kg|litre"
    r"|pack(s|ed|ets?)?|pallets?|reefer|retail|rolls?|sacks?|tins?|tubs?)\b"
)
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


def fill(kind: str, bank: str, ids: Ints, streams: Streams, facts: pd.DataFrame) -> list[str]:
    """Return one text a row: a phrase of each part of ``kind``, with the row's facts put in.

    Parameters
    ----------
    kind : str
        Kind of text in the bank.
    bank : str
        Name of a dataset of phrases, such as ``reply_phrases``. In its phrases ``[one|other]`` is a choice and
        ``{name}`` a fact.
    ids : array
        Number that picks the phrases, one a row.
    facts : DataFrame
        One column a placeholder.
    """
    table = reference.load(bank)
    parts = [_forms(tuple(rows["text"])) for _, rows in table[table["kind"] == kind].groupby("part")]
    given = {str(name): pa.array(facts[name].astype("str"), pa.large_string()) for name in facts}
    made = []
    for place, forms in enumerate(parts):
        pick = streams.mixed("text", bank, kind, place, ids=ids) % np.uint64(len(forms))
        made += [*_filled(forms, pick.astype(np.int64), given), pa.scalar(" ", pa.large_string())]
    texts = pc.binary_join_element_wise(*made[:-1], pa.scalar("", pa.large_string()))
    return list(texts.to_numpy(zero_copy_only=False).tolist())


def _filled(forms: list[str], pick: Ints, given: Mapping[str, pa.Array]) -> list[pa.Array]:
    """Return pieces that put together are the chosen forms with their facts: a text, a fact, a text, ..."""
    names = {name: place for place, name in enumerate(["", *given])}
    used, pick = np.unique(pick, return_inverse=True)
    split = [_split(forms[place]) for place in used.tolist()]
    facts = pa.concat_arrays([pa.array([""] * len(pick), pa.large_string()), *given.values()])
    pieces: list[pa.Array] = []
    for place in range(max(map(len, split))):
        here = [form[place] if place < len(form) else ("", "") for form in split]
        pieces.append(pa.array([literal for literal, _ in here], pa.large_string()).take(pa.array(pick)))
        which = np.array([names[name] for _, name in here])
        if which.any():
            pieces.append(facts.take(pa.array(which[pick] * len(pick) + np.arange(len(pick)))))
    return pieces


@cache
def _split(form: str) -> list[tuple[str, str]]:
    """Return each stretch of text in a form with the fact that follows it, or nothing."""
    return [(literal, name or "") for literal, name, _, _ in Formatter().parse(form)]


@cache
def _forms(phrases: tuple[str, ...]) -> list[str]:
    """Return every form of every phrase: ``"[A|The] ship"`` has two; each phrase keeps the same weight."""
    forms = [_written_out(phrase) for phrase in phrases]
    each = max(map(len, forms))
    return [made[place % len(made)] for made in forms for place in range(each)]


def _written_out(phrase: str) -> list[str]:
    pieces = [piece.split("|") for piece in _CHOICE.split(phrase)]
    return ["".join(chosen) for chosen in product(*pieces)]
