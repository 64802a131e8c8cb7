"""The gate: every exercise, in many worlds, through each door, with each of its mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from cep_toolkit.checking import Exercise, Expected, Result, Rows, Status
from cep_toolkit.course.sorting import best_sort
from cep_toolkit.errors import CepError
from cep_toolkit.workshop.bench import DOORS, Bench, Choose
from cep_toolkit.workshop.source import Source
from cep_toolkit.world import Scenario
from cep_toolkit.world.host import invented_codes, national_codes
from cep_toolkit.world.scenario import LEVELS

SIZES = (5_000, 10_000, 20_000)
NATIONAL = 4  # every fourth world has a real administration as its host


@dataclass
class Verdict:
    """What the gate found of one exercise.

    Parameters
    ----------
    notebook, exercise : str
    misconceptions : int
        How many it has.
    scenarios, answers : int
        In how many worlds it was tried, and how many answers were checked.
    best_sort : float or None
        The best score of a table sorted by one column; ``None`` where the exercise asks for no rows.
    failures : list of str
        What was not as it must be, the world and the door named.
    not_posed : list of str
        Worlds of real administrations that hold no case, and what they say instead.
    """

    notebook: str
    exercise: str
    misconceptions: int
    scenarios: int = 0
    answers: int = 0
    best_sort: float | None = None
    failures: list[str] = field(default_factory=list)
    not_posed: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the exercise was tried, and everything was as it must be."""
        return self.answers > 0 and not self.failures

    def __str__(self) -> str:
        doors = ", ".join(door.name for door in DOORS)
        tried = (
            f"{self.scenarios} scenarios; doors {doors}; {self.misconceptions} misconceptions; {self.answers} answers"
        )
        sort = "" if self.best_sort is None else f"; best sort {round(100 * self.best_sort)} %"
        return f"{self.notebook} {self.exercise}: {tried}{sort}: {self._found}"

    @property
    def _found(self) -> str:
        if self.failures:
            return f"{len(self.failures)} FAILED, the first: {self.failures[0]}"
        without = f"; not posed in {len(self.not_posed)}, the first: {self.not_posed[0]}" if self.not_posed else ""
        return ("ok" if self.ok else "NOT TRIED") + without


def scenarios(count: int) -> list[Scenario]:
    """Return worlds that differ in administration, seed, level and size, the same ones at each call.

    Every fourth has a real administration as its host.

    Examples
    --------
    >>> [scenario.level for scenario in scenarios(3)]
    ['practitioner', 'advanced', 'foundation']
    """
    usual = Scenario()
    first_level = LEVELS.index(usual.level)
    return [
        Scenario(
            administration=_host(number, usual.administration),
            seed=usual.seed + number,
            level=LEVELS[(first_level + number) % len(LEVELS)],
            declarations=SIZES[number // len(LEVELS) % len(SIZES)],
        )
        for number in range(count)
    ]


def _host(number: int, usual: str) -> str:
    """Return the host of a world: the steps through both lists are prime to their lengths, so that all have a turn."""
    national = number // NATIONAL
    if number % NATIONAL == NATIONAL - 1:
        return national_codes()[(17 + 19 * national) % len(national_codes())]
    codes = invented_codes()
    return codes[(codes.index(usual) + 5 * (number - national)) % len(codes)]


def gate(sources: Sequence[Source], worlds: Iterable[Scenario]) -> list[Verdict]:
    """Try every exercise of some notebooks in some worlds.

    Each door is given nothing (*not attempted*), the reference (*correct*) and each misconception (its own message,
    never *correct*); every single wrong option of the form is answered with a message of its own or of a misconception;
    the solution cells are run; sorting a public table by one column is never *correct*.

    Parameters
    ----------
    sources : sequence of Source
    worlds : iterable of Scenario
        Wrapped in a progress bar by whoever wants one.

    Returns
    -------
    list of Verdict
        One an exercise, in the notebooks' order.
    """
    verdicts: dict[tuple[str, str], Verdict] = {}
    for scenario in worlds:
        for source in sources:
            bench = Bench(source, scenario)
            for exercise in bench.exercises.values():
                key = source.notebook, exercise.id
                fresh = Verdict(source.notebook, exercise.id, len(exercise.misconceptions))
                _try(bench, exercise, scenario, verdicts.setdefault(key, fresh))
    return list(verdicts.values())


def _try(bench: Bench, exercise: Exercise, scenario: Scenario, verdict: Verdict) -> None:
    """Try one exercise in one world and enter what was found in its verdict.

    The author's own code may fail in any way; that, too, is a finding.
    """
    verdict.scenarios += 1
    world = f"{scenario.administration}, seed {scenario.seed}, {scenario.level}, {scenario.declarations:,} declarations"
    try:
        if obstacle := bench.obstacle(exercise):
            verdict.not_posed.append(f"[{world}] {obstacle}")
            return
        expected = bench.expected(exercise)
        for door, what, result, problem in chain(
            _answers(bench, exercise, expected), _slips(bench, exercise, expected)
        ):
            verdict.answers += 1
            if problem:
                verdict.failures.append(f"[{world}; {door}; {what}] {problem}: {result}")
        if problem := _sorted(bench, expected, verdict):
            verdict.failures.append(f"[{world}] {problem}")
        if not exercise.explanation(bench.workbook.world, bench.workbook.question(exercise.id)).strip():
            verdict.failures.append(f"[{world}] The explanation is empty.")
    except CepError as error:
        verdict.failures.append(f"[{world}] {error}")
    except Exception as error:
        verdict.failures.append(f"[{world}] {type(error).__name__}: {error}")


def _answers(bench: Bench, exercise: Exercise, expected: Expected) -> Iterator[tuple[str, str, Result, str]]:
    """Yield door, what was given, the result, and what is wrong with it or nothing."""
    for kind in DOORS:
        door = kind(bench, exercise, expected)
        for result in door.nothing():
            yield door.name, "nothing", result, _unless(result.status is Status.NOT_ATTEMPTED, "not *not attempted*")
        for result in door.reference():
            yield door.name, "reference", result, _unless(result.status is Status.CORRECT, "not *correct*")
        for mistake in exercise.misconceptions:
            for result in door.mistake(mistake):
                own = result.misconception == mistake.name and result.message == mistake.message
                wrong = result.status in (Status.NOT_YET, Status.PARTLY)
                yield door.name, mistake.name, result, _unless(own and wrong, "not its own message")


def _slips(bench: Bench, exercise: Exercise, expected: Expected) -> Iterator[tuple[str, str, Result, str]]:
    """Yield the same of every single option that is wrong: a count of what is right moves nobody on."""
    for option, result, told in Choose(bench, exercise, expected).slips():
        said = bool(result.misconception) or any(message in result.message for message in told)
        wrong = result.status in (Status.NOT_YET, Status.PARTLY)
        yield Choose.name, option, result, _unless(said and wrong, "no message for this option")


def _unless(right: bool, problem: str) -> str:
    return "" if right else problem


def _sorted(bench: Bench, expected: Expected, verdict: Verdict) -> str:
    """Enter the best sort in the verdict; say what is wrong with it, or nothing."""
    if not any(isinstance(kind, Rows) for kind in expected.fields.values()):
        return ""
    score, column = best_sort(bench.workbook.world, bench.workbook.question(verdict.exercise), expected)
    verdict.best_sort = max(score, verdict.best_sort or 0.0)
    return f'Sorting by "{column}" alone gives the answer.' if score >= 1.0 else ""
