"""A toy exercise that can be checked by hand: goods are weighed, and some are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cep_toolkit.checking import Exercise, Fields, Misconception, Number, OneOf
from cep_toolkit.errors import UnknownValueError


@dataclass(frozen=True)
class Weighing:
    """What was declared and what was found, in kg."""

    declared: float
    found: float


@dataclass(frozen=True)
class Scales:
    """The smallest of worlds: a few weighings."""

    weighings: tuple[Weighing, ...]


def missing(weighing: Weighing, base: str) -> float:
    """Return the missing mass in per cent of a base, or as a share of the declared mass."""
    gap = weighing.declared - weighing.found
    found = {
        "declared": 100 * gap / weighing.declared,
        "found": 100 * gap / weighing.found,
        "share": gap / weighing.declared,
    }
    if base not in found:
        raise UnknownValueError("base", base, found)
    return found[base]


def other_step(weighing: Weighing) -> str:
    """Return the step that is wrong."""
    return "release" if missing(weighing, "declared") > 5 else "ask"


class Shortfall(Exercise):
    """Say how much is missing, and what to do: above five per cent, ask."""

    id = "shortfall"
    title = "How much is missing?"
    open_book = True
    needs = ("weighings.found",)
    hints = ("Compare with what was declared.", "Divide the missing mass by the declared mass.")
    misconceptions = (
        Misconception(
            "of the found mass",
            lambda world, question: {"gap": missing(question, "found")},
            "This is per cent of the found mass. What was declared is the base.",
            word="found",
        ),
        Misconception(
            "share",
            lambda world, question: {"gap": missing(question, "share")},
            "This is a share. Five per cent is 5, not 0.05.",
            word="share",
        ),
        Misconception(
            "wrong step",
            lambda world, question: {"step": other_step(question)},
            "The number is one thing, the step another. Above five per cent you ask.",
            word="step",
        ),
    )

    def candidates(self, world: Any) -> Iterator[Weighing]:
        yield from world.weighings

    def fields(self, question: Weighing) -> Fields:
        return {"gap": Number("Missing", "%", decimals=1), "step": OneOf("Step", {"ask": "Ask", "release": "Release"})}

    def prompt(self, question: Weighing) -> str:
        return f"Declared: **{question.declared:g} kg**. Found: **{question.found:g} kg**. How much is missing?"

    def reference(self, world: Any, truth: Any, question: Weighing) -> object:
        return missing(question, "declared"), "ask" if other_step(question) == "release" else "release"

    def explanation(self, world: Any, question: Weighing) -> str:
        return "The base is what was declared."


WORLD = Scales((Weighing(100.0, 100.0), Weighing(100.0, 80.0), Weighing(100.0, 50.0)))
"""In the first weighing nothing is missing, whatever the base: the second is the first that can be asked."""

QUESTION = Weighing(100.0, 80.0)
RIGHT = {"gap": 20.0, "step": "ask"}
