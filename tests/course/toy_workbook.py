"""A course of one notebook on a toy world, for the tests of workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from tests.checking.toys import WORLD, Shortfall, Weighing

TRUTH = SimpleNamespace(hidden=30.0)
SOLUTION = "- Missing: **20.0\u00a0%**\n- Step: **Ask**\n\nThe base is what was declared."
WRONG = {"gap": 63.0, "step": "release"}


class Hidden(Shortfall):
    """The same question, but only the truth knows what was really there."""

    id = "hidden"
    title = "What was really missing?"
    open_book = False
    core = False

    def reference(self, world: Any, truth: Any, question: Weighing) -> object:
        return truth.hidden, "ask"


class Quiet(Shortfall):
    """Own data never hold a case of it."""

    id = "quiet"
    title = "Nothing of the kind"

    def candidates(self, world: Any) -> Iterator[Weighing]:
        yield from () if world.is_own_data else world.weighings


def world(fingerprint: str = "0123456789abcdef", own_data: bool = False, columns: tuple[str, ...] = ("found",)) -> Any:
    """Return the toy world as a workbook needs it."""
    return SimpleNamespace(
        weighings=WORLD.weighings,
        fingerprint=fingerprint,
        is_own_data=own_data,
        is_national=False,
        tables=("weighings",),
        table=lambda name: SimpleNamespace(columns=columns),
    )
