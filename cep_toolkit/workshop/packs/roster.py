"""The roster: who takes part, and for whom."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cep_toolkit.course.pack import PARTICIPANT, ROOM
from cep_toolkit.errors import CepError, InputFileError, UnknownValueError
from cep_toolkit.workshop.packs.plan import Order, Plan, chosen
from cep_toolkit.world.scenario import Scenario

NEEDED = ("participant", "administration")
OPTIONAL = ("name", "team", "notebooks", "level")
MOST_LINES, MOST_BYTES = 5_000, 2_000_000
LONGEST_NAME = 80
_DEVICE = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
_EXAMPLE = "Write one line a participant, for example: P01,XA"


@dataclass(frozen=True)
class _Line:
    number: int
    order: Order
    team: str


def read_roster(file: Path, plan: Plan, known: Sequence[str]) -> list[Order]:
    """Return one order a participant, or a team where the roster names teams, in the roster's order.

    Parameters
    ----------
    file : Path
        A table as CSV with commas, semicolons or tabs: participant, administration and, where wanted, name, team,
        notebooks, level.
    plan : Plan
        What holds where the roster says nothing.
    known : sequence of str
        The notebooks of the course.

    Raises
    ------
    InputFileError
        The file cannot be used; the line and the column are named.
    """
    orders: dict[str, Order] = {}
    seen: dict[str, int] = {}
    for line in _lines(file, plan, known):
        _once(file, line.order.participant, line.number, seen)
        whose = line.team or line.order.participant
        before = orders.get(_folded(whose))
        if before is None:
            members = line.order.members
            orders[_folded(whose)] = Order(
                whose, line.order.administration, line.order.level, line.order.notebooks, members
            )
        elif not line.team or before.participant != whose:
            raise InputFileError(
                file, f'line {line.number}: "{whose}" is there already.', "Give each a name of its own."
            )
        elif (before.level, before.notebooks) != (line.order.level, line.order.notebooks):
            problem = f'line {line.number}: team "{whose}" has two levels or lists of notebooks.'
            raise InputFileError(file, problem, "A team has one pack.")
        else:
            orders[_folded(whose)] = Order(
                whose, before.administration, before.level, before.notebooks, before.members + line.order.members
            )
    return list(orders.values())


def _once(file: Path, participant: str, number: int, seen: dict[str, int]) -> None:
    first = seen.setdefault(_folded(participant), number)
    if first != number:
        problem = f'line {number}: participant "{participant}" is there already, in line {first}.'
        raise InputFileError(file, problem, "Give each participant a number of their own.")


def _folded(name: str) -> str:
    """Return a name as progress files know it: without capitals and signs."""
    return re.sub("[^a-z0-9]", "", name.lower())


def _lines(file: Path, plan: Plan, known: Sequence[str]) -> Iterator[_Line]:
    rows = _rows(file)
    head = [name.strip().casefold() for name in rows[0]]
    for name in head:
        if name not in (*NEEDED, *OPTIONAL):
            raise InputFileError(file, str(UnknownValueError("column", name, (*NEEDED, *OPTIONAL))), _EXAMPLE)
    if missing := [name for name in NEEDED if name not in head]:
        raise InputFileError(file, f"it has no column {missing[0]}.", _EXAMPLE)
    if len(set(head)) < len(head):
        raise InputFileError(file, "a column is there twice.", _EXAMPLE)
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(head):
            raise InputFileError(file, f"line {number} has {len(row)} cells, not {len(head)}.", _EXAMPLE)
        try:
            yield _line(number, dict(zip(head, map(str.strip, row), strict=True)), plan, known)
        except CepError as error:
            raise InputFileError(file, f"line {number}: {error}", "Correct this line.") from error


def _rows(file: Path) -> list[list[str]]:
    try:
        with file.open("rb") as stream:
            text = stream.read(MOST_BYTES + 1).decode("utf-8-sig")
    except OSError as error:
        raise InputFileError(
            file, f"it cannot be opened ({error.strerror}).", "Give the roster as a CSV file."
        ) from error
    except UnicodeDecodeError as error:
        raise InputFileError(file, "this is not text in UTF-8.", "Save it as CSV UTF-8.") from error
    first = text.partition("\n")[0]
    comma = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(text.splitlines(), delimiter=comma, strict=True))
    except csv.Error as error:
        raise InputFileError(file, f"it cannot be read ({error}).", _EXAMPLE) from error
    if len(text) > MOST_BYTES or len(rows) > MOST_LINES:
        raise InputFileError(file, f"it has more than {MOST_LINES:,} lines.", "Make a cohort of each group.")
    if len(rows) < 2:
        raise InputFileError(file, "it names nobody.", _EXAMPLE)
    return rows


def _line(number: int, cells: dict[str, str], plan: Plan, known: Sequence[str]) -> _Line:
    participant, team = cells["participant"], cells.get("team", "")
    for what, name in (("participant", participant), ("team", team or participant)):
        if not PARTICIPANT.fullmatch(name) or _DEVICE.fullmatch(name):
            rule = "Use letters, digits, - and _, at most 20, for example P07."
            raise InputFileError(what, f'"{name[:40]}" cannot name a folder.', rule)
    administration = plan.administration or cells["administration"]
    level = cells.get("level") or plan.level
    Scenario(cells["administration"], 0, level, plan.declarations)
    notebooks = chosen(cells["notebooks"], known) if cells.get("notebooks") else plan.notebooks
    if plan.mode == ROOM and (level != plan.level or not set(notebooks) <= set(plan.notebooks)):
        raise InputFileError(
            "level or notebooks", "a room has one level and one list of notebooks.", "Leave them empty."
        )
    name = cells.get("name", "")[:LONGEST_NAME]
    members = (f"{participant} {name}".strip(),) if team or name else ()
    return _Line(number, Order(participant, administration, level, notebooks, members), team)
