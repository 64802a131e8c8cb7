"""Sentences of texts, with what each row says of itself masked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pandas as pd

FIFTY, TWICE = 50, 2


def masked(texts: Iterable[str], facts: Iterable[Iterable[str]]) -> list[str]:
    """Return the texts with the facts of each row, the longest first, and every number made the same."""
    made = []
    for text, own in zip(texts, facts, strict=True):
        for fact in sorted({str(each) for each in own if each}, key=len, reverse=True):
            text = text.replace(fact, "_")
        made.append(re.sub(r"[0-9][0-9,.]*", "0", text))
    return made


def most_often(texts: Iterable[str]) -> tuple[str, int]:
    """Return the sentence that stands in most texts, and in how many; bare names are no sentences."""
    count: Counter[str] = Counter()
    for text in texts:
        parts = (part for part in re.split(r"(?<=[.?!])\s+", text) if re.sub(r"[_\W\d]", "", part))
        count.update(set(parts))
    return count.most_common(1)[0]


def too_often(texts: pd.Series) -> list[str]:
    """Return the sentences that stand more than twice in fifty of the texts, drawn in their order."""
    found = [most_often(texts.iloc[at : at + FIFTY]) for at in range(0, len(texts) - FIFTY + 1, FIFTY)]
    return [sentence for sentence, times in found if times > TWICE]
