"""A toy cohort whose key can be checked by hand, and what its participants hand in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cep_toolkit.checking import Cells, Date, Expected, Misconception, Number, OneOf, Ranking, Rows, SeveralOf
from cep_toolkit.course.submission import Handed, Submission, submission_file
from cep_toolkit.workshop.key import Key, KeyEntry, Member, WorldKey, write_key

COHORT, WORLD_A, WORLD_B = "0123456789abcdef", "a" * 16, "b" * 16
LETTERS = {"a": "Air cargo", "b": "By sea, in containers", "c": "Rail"}
LEVEL = {"low": "Low", "high": "High"}
SHARE = "This is a share. Five per cent is 5, not 0.05."

RATE = KeyEntry(
    "The rate of duty",
    open_book=True,
    hints=("Look for the line.", "Divide, times **100**."),
    expected=Expected({"rate": Number("Rate", "%", minimum=0)}, {"rate": 5.0}, {"share": {"rate": 0.05}}),
    misconceptions=(Misconception("share", lambda world, question: 0.05, SHARE),),
)
EVERY_KIND = KeyEntry(
    "Every kind of answer",
    referee=True,
    hints=("Read the text.",),
    expected=Expected(
        {
            "one": OneOf("Stream", LETTERS, {"c": "No rail here."}),
            "several": SeveralOf("Streams", LETTERS, at_least=0),
            "ranking": Ranking("Most urgent first", LETTERS),
            "rows": Rows("Rows", "declarations", "id"),
            "cells": Cells("Rate", {"a": "Air", "b": "Sea"}, {"x": LEVEL, "y": LEVEL}),
            "date": Date("Deadline"),
        },
        {
            "one": "a",
            "several": ["a", "b"],
            "ranking": ["a", "b", "c"],
            "rows": ["1", "2"],
            "cells": {"a": {"x": "low", "y": "high"}, "b": {"x": "low", "y": "low"}},
            "date": "2016-03-05",
        },
        {"takes all": {"several": ["a", "b", "c"]}},
    ),
    misconceptions=(Misconception("takes all", lambda world, question: None, "Not every stream."),),
)
NOT_POSED = KeyEntry("Not here", not_posed="This world holds no case.")
NOTEBOOK, OTHER = "00_start_here", "12_risk_analysis"
ENTRIES = {NOTEBOOK: {"rate": RATE}, OTHER: {"kinds": EVERY_KIND, "quiet": NOT_POSED}}
KEY = Key(
    COHORT,
    "practice",
    {"P01": Member(WORLD_A, "XA"), "P02": Member(WORLD_B, "XB"), "P03": Member(WORLD_B, "XC")},
    {WORLD_A: WorldKey(ENTRIES), WORLD_B: WorldKey(ENTRIES)},
)
assert RATE.expected is not None
assert EVERY_KIND.expected is not None
RIGHT = {"rate": RATE.expected.reference, "kinds": EVERY_KIND.expected.reference}


def submission(participant: str = "P01", **answers: Any) -> Submission:
    """Return a submission; answers are right where nothing else is said, and ``None`` is no answer."""
    given = {**RIGHT, **answers}
    places = {"rate": NOTEBOOK, "kinds": OTHER}
    notebooks: dict[str, dict[str, Handed]] = {NOTEBOOK: {}, OTHER: {}}
    for name, answer in given.items():
        if answer is not None:
            notebooks[places[name]][name] = Handed(answer, 2, 1, "choose")
    return Submission(COHORT, participant, KEY.participants[participant].fingerprint, notebooks)


def content(participant: str = "P01", **answers: Any) -> bytes:
    return submission_file(submission(participant, **answers))


def changed(change: Callable[[Any], object], participant: str = "P01") -> bytes:
    """Return a good submission in which something was changed by hand."""
    plain = json.loads(content(participant))
    change(plain)
    return json.dumps(plain).encode()


def laid_out(folder: Path) -> tuple[Path, Path]:
    """Make the folder of submissions, empty, and the key; return both."""
    (folder / "in").mkdir()
    (folder / "key").mkdir()
    write_key(folder / "key", KEY)
    return folder / "in", folder / "key"
