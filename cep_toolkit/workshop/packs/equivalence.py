"""The equivalence report: whether anybody drew a harder variant."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from cep_toolkit.course.pack import ROOM
from cep_toolkit.errors import InputFileError
from cep_toolkit.workshop.packs.cohort import Cohort
from cep_toolkit.workshop.packs.html import page, table
from cep_toolkit.workshop.packs.making import MEASURES
from cep_toolkit.workshop.packs.measures import LEAST_GUILTY, MISTAKE, RIGHT, TOLD_APART, WIDTHS, Measure, Yardstick
from cep_toolkit.workshop.packs.usual import WORLDS, group_of, read_yardsticks

HEAD = (
    "participant",
    "administration",
    "level",
    "notebook",
    "exercise",
    "measure",
    "value",
    "lowest allowed",
    "highest allowed",
    "inside",
    "worlds drawn",
)
SAME = "Everybody in this room has the same world, so nobody has a harder variant. These are its measures."
HOW = (
    f"Each world was measured before it became a pack, and compared with a yardstick: the median of {WORLDS} worlds of "
    "the same level and size that are nobody's. A measure may stray from the yardstick by its width. A world with a "
    "measure outside was drawn again, and what was outside is listed below. Two worlds with all measures inside are "
    "taken as equally hard; what is not measured here, such as the wording of a letter, may still differ."
)
WHAT = (
    (RIGHT, "rows, options or cells of a right answer", f"{WIDTHS[RIGHT]:g}"),
    (MISTAKE + "…", "how much of the answer somebody has who makes one mistake, from 0 to 1", f"{WIDTHS[MISTAKE]:g}"),
    (
        TOLD_APART + "…",
        f"how well a fixed method tells guilty rows, {LEAST_GUILTY} or more, from others: area under the ROC curve",
        f"{WIDTHS[TOLD_APART]:g}",
    ),
)


@dataclass(frozen=True)
class _World:
    """What is stored of one pack's world."""

    participant: str
    administration: str
    level: str
    refused: Sequence[Sequence[str]]
    measures: Sequence[Measure]
    yardstick: Yardstick


def report(cohort: Cohort) -> tuple[bytes, bytes]:
    """Return the report of all packs that lie there, as a page and as CSV."""
    worlds = list(_worlds(cohort))
    return page("Equivalence of the packs", _body(cohort, worlds)), _sheet(worlds)


def _worlds(cohort: Cohort) -> Iterator[_World]:
    usual = read_yardsticks(cohort)
    for file in sorted(cohort.solved.glob(f"*/{MEASURES}")):
        try:
            plain: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            measures = [Measure(*each) for each in plain["measures"]]
            about = plain["participant"], plain["administration"], plain["level"], plain["refused"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputFileError(
                file, "this file is damaged.", "Remove the pack and this folder, and run again."
            ) from error
        yield _World(*about, measures, usual.get(group_of(plain["level"], plain["administration"]), {}))


def _sheet(worlds: Sequence[_World]) -> bytes:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(HEAD)
    for world in worlds:
        for each in world.measures:
            band = each.band(world.yardstick)
            low, high = (f"{round(end, 4):g}" for end in band) if band else ("", "")
            inside = "" if band is None else "no" if each.strays(world.yardstick) else "yes"
            about = (world.participant, world.administration, world.level)
            of_world = (each.notebook, each.exercise, each.name, f"{round(each.value, 4):g}")
            lines.writerow([*about, *of_world, low, high, inside, len(world.refused) + 1])
    return text.getvalue().encode()


def _body(cohort: Cohort, worlds: Sequence[_World]) -> Iterator[str]:
    yield f"<p>{SAME if cohort.plan.mode == ROOM else HOW}</p>"
    yield table("What is measured", ("measure", "what it says", "width"), WHAT)
    if cohort.plan.mode != ROOM:
        outside = [told for world in worlds for each in world.measures if (told := each.strays(world.yardstick))]
        drawn = sum(len(world.refused) for world in worlds)
        yield (
            f"<p><strong>{len(worlds)} packs; measures outside their band: {len(outside)}; "
            f"worlds drawn again: {drawn}.</strong></p>"
        )
    for name in sorted({(world.level, each.notebook) for world in worlds for each in world.measures}):
        yield table(f"{name[1]}, {name[0]}", _SPREAD, _spread([w for w in worlds if w.level == name[0]], name[1]))
    again = [
        (world.participant, place, "; ".join(why)) for world in worlds for place, why in enumerate(world.refused, 1)
    ]
    if again:
        yield table("Worlds that were drawn again", ("participant", "draw", "what was outside"), again)
    rows = [(world.participant, world.administration, world.level, len(world.refused) + 1) for world in worlds]
    yield table("The packs", ("participant", "administration", "level", "worlds drawn"), rows)


_SPREAD = ("exercise", "measure", "packs", "lowest", "median", "highest", "yardstick", "allowed")


def _spread(worlds: Sequence[_World], notebook: str) -> Iterator[Sequence[object]]:
    """Yield a line for each measure of a notebook: its spread over the packs."""
    found: dict[tuple[str, str], list[tuple[Measure, Yardstick]]] = {}
    for world in worlds:
        for each in world.measures:
            if each.notebook == notebook:
                found.setdefault((each.exercise, each.name), []).append((each, world.yardstick))
    for (exercise, name), lines in found.items():
        values = sorted(each.value for each, _ in lines)
        bands = {each.band(usual) for each, usual in lines}
        allowed = "; ".join(f"{round(b[0], 3):g} to {round(b[1], 3):g}" if b else "not compared" for b in bands)
        usual = "; ".join(sorted({f"{round(y[e.key], 3):g}" for e, y in lines if e.key in y}))
        spread = (f"{round(value, 3):g}" for value in (values[0], median(values), values[-1]))
        yield exercise, name, len(values), *spread, usual, allowed
