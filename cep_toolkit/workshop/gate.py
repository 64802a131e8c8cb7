"""The gate: every exercise, in many worlds, through each door, with each of its mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cep_toolkit.checking import Exercise, Misconception, Result, Status
from cep_toolkit.errors import CepError
from cep_toolkit.workshop.bench import DOORS, Bench
from cep_toolkit.workshop.sorting import best_sort
from cep_toolkit.workshop.source import Source
from cep_toolkit.world import Scenario
from cep_toolkit.world.scenario import LEVELS

SIZES = (5_000, 10_000, 20_000)
MOST_NAMED = 5


@dataclass
class Verdict:
    """What the gate found of one exercise.

    Parameters
    ----------
    notebook, exercise : str
    misconceptions : int
        How many it has.
    scenarios, trials : int
        In how many worlds it was tried, and how many answers were given.
    best_sort : float or None
        The best score of a table sorted by one column; ``None`` where the exercise asks for no rows.
    failures : list of str
    """

    notebook: str
    exercise: str
    misconceptions: int
    scenarios: int = 0
    trials: int = 0
    best_sort: float | None = None
    failures: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the exercise was tried, and all was as it must be."""
        return self.trials > 0 and not self.failures

    def __str__(self) -> str:
        doors = ", ".join(door.name for door in DOORS)
        parts = [
            f"{self.notebook}  {self.exercise}:",
            _counted(self.scenarios, "scenario") + ",",
            f"doors {doors};",
            _counted(self.misconceptions, "misconception") + ",",
            _counted(self.trials, "answer") + ",",
            "" if self.best_sort is None else f"best sort {self.best_sort:.0%},".replace("%", " %"),
            "ok" if self.ok else f"{_counted(len(self.failures), 'failure')}, {self.failures[0]}"
            if self.failures else "not tried",
        ]
        return " ".join(part for part in parts if part)


def scenarios(count: int) -> list[Scenario]:
    """Return worlds that differ in administration, seed, level and size.

    Examples
    --------
    >>> [str(scenario.level) for scenario in scenarios(3)]
    ['practitioner', 'advanced', 'foundation']
    """
    from cep_toolkit.world import reference

    codes = sorted(reference.load("administrations")["code"])
    start = codes.index(Scenario().administration)
    return [
        Scenario(
            administration=codes[(start + 5 * number) % len(codes)],
            seed=Scenario().seed + number,
            level=LEVELS[(LEVELS.index(Scenario().level) + number) % len(LEVELS)],
            declarations=SIZES[(number // len(LEVELS)) % len(SIZES)],
        )
        for number in range(count)
    ]
