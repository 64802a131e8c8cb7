"""How hard the questions of one world are, and whether they are as hard as everybody else's.

A yardstick, the median of some worlds that are nobody's, says what is usual; each measure may stray from it by its own
width. A world with a measure outside is drawn again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Expected
from cep_toolkit.course.catalogue import chapter
from cep_toolkit.workshop.key import Entries
from cep_toolkit.world import difficulty
from cep_toolkit.world.suspicion import methods, suspicion

if TYPE_CHECKING:
    from cep_toolkit.world import World
    from cep_toolkit.world.truth import Truth

RIGHT, MISTAKE, TOLD_APART = "right answers", "score of: ", "told apart: "
WIDTHS: Mapping[str, float] = {RIGHT: 1.0, MISTAKE: 0.20, TOLD_APART: 0.10}
"""How far a measure may stray from the yardstick: one row or option; a fifth of the points; 0.10 of the area under a
ROC curve, about two and a half standard errors for the fewest guilty rows compared (Hanley and McNeil, 1982)."""
LEAST_GUILTY = 100
"""With fewer guilty rows, chance alone moves the figure by more than its width."""
TABLES = "the tables"

Yardstick = Mapping[str, float]
"""Measure's key -> its usual value."""


@dataclass(frozen=True)
class Measure:
    """One figure of one exercise in one world, or of the tables that a notebook works on.

    Parameters
    ----------
    notebook, exercise, name : str
    value : float
    """

    notebook: str
    exercise: str
    name: str
    value: float

    @property
    def key(self) -> str:
        """What is compared with what."""
        return f"{self.notebook}/{self.exercise}/{self.name}"

    @property
    def width(self) -> float:
        """How far it may stray from the yardstick."""
        return next(width for kind, width in WIDTHS.items() if self.name.startswith(kind))

    def band(self, yardstick: Yardstick) -> tuple[float, float] | None:
        """Return the lowest and the highest value allowed; ``None`` where the yardstick has no such measure."""
        usual = yardstick.get(self.key)
        return None if usual is None else (usual - self.width, usual + self.width)

    def strays(self, yardstick: Yardstick) -> str:
        """Say how the measure lies outside its band; nothing where it lies inside, or has none.

        Examples
        --------
        >>> Measure("12", "origin", RIGHT, 7).strays({"12/origin/right answers": 5})
        '12 origin, right answers: 7, not 4 to 6'
        """
        band = self.band(yardstick)
        if band is None or band[0] - 1e-9 <= self.value <= band[1] + 1e-9:
            return ""
        low, high = (f"{round(end, 3):g}" for end in band)
        return f"{self.notebook} {self.exercise}, {self.name}: {round(self.value, 3):g}, not {low} to {high}"


def measured(entries: Entries, world: World, truth: Truth) -> list[Measure]:
    """Return every measure of the exercises of some notebooks, and of the schemes in the tables that they need."""
    found: list[Measure] = []
    scores: dict[str, float | None] = {}
    for notebook, exercises in entries.items():
        for name, entry in exercises.items():
            if entry.expected is not None and not entry.referee:  # with a referee it is practice, and never compared
                found += (Measure(notebook, name, what, value) for what, value in _of_answers(entry.expected))
        for typology in _typologies(notebook):
            if typology not in scores:
                scores[typology] = _told_apart(world, truth, typology)
            if (score := scores[typology]) is not None:
                found.append(Measure(notebook, TABLES, TOLD_APART + typology, score))
    return found


def _of_answers(expected: Expected) -> Iterator[tuple[str, float]]:
    """Yield how many parts a right answer has, and how much of it somebody has who makes one mistake."""
    yield RIGHT, float(sum(_parts(value) for value in expected.reference.values()))
    for name in expected.mistakes:
        answer = expected.completed(name)
        scores = [kind.score(answer[field], expected.reference[field]) for field, kind in expected.fields.items()]
        yield MISTAKE + name, sum(scores) / len(scores)


def _parts(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(map(_parts, value.values()))
    return len(value) if isinstance(value, Sequence) and not isinstance(value, str) else 1


def _typologies(notebook: str) -> list[str]:
    """Return the schemes that are judged in a table which some exercise of the notebook needs."""
    needed = {column.partition(".")[0] for each in chapter(notebook).exercises.values() for column in each.needs}
    return [typology for typology, (table, _) in methods().items() if table in needed]


def _told_apart(world: World, truth: Truth, typology: str) -> float | None:
    """Return how well the fixed public method tells the guilty from the others; ``None`` for too few of them."""
    guilty = difficulty.planted(truth, typology, guilty=True)
    if guilty.sum() < LEAST_GUILTY:
        return None
    return difficulty.separation(suspicion(world, typology), guilty)


def yardstick_of(worlds: Iterable[Sequence[Measure]]) -> dict[str, float]:
    """Return the median of each measure over some worlds.

    Examples
    --------
    >>> worlds = [[Measure("12", "origin", RIGHT, value)] for value in (4, 9, 5)]
    >>> yardstick_of(worlds)
    {'12/origin/right answers': 5}
    """
    values: dict[str, list[float]] = {}
    for world in worlds:
        for measure in world:
            if math.isfinite(measure.value):
                values.setdefault(measure.key, []).append(measure.value)
    return {key: median(found) for key, found in sorted(values.items())}
