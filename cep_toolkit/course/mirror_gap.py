"""Notebook 12, at home: what explains a mirror gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from cep_toolkit.checking import Cells, Exercise, Fields, by_word
from cep_toolkit.course.mirror_reasons import because
from cep_toolkit.course.text import as_written, known_word, lettered
from cep_toolkit.risk.mirror import MEASURES, STEPS, Mirror, Sides, mirror, percent
from cep_toolkit.risk.mirror_reading import FINDINGS, FORGETTABLE, REASONS, SAME_MASS, SAME_VALUE, readings
from cep_toolkit.risk.screening import amount

if TYPE_CHECKING:
    from cep_toolkit.world import World

ASKED = 6
REASON, FINDING = "what explains both gaps", "what may be said"
ALWAYS = ("confidential", "freight", "time", "hub")
WORTH_A_QUESTION = ("price", "code", "quantity")

WRONG = {
    REASON: {
        "confidential": "Look at the column of exports: a figure that is published is not secret, however small it is.",
        "freight": (
            "This explains a gap in value where the mass agrees in the first line. "
            "Compare the masses of that line before the values."
        ),
        "time": "This explains a gap that the second line closes. Read both gaps of that line, mass and value.",
        "hub": "This explains a gap that the third line closes and the second does not. Compare these two lines.",
        "code": "This explains a gap that only the last line closes. Read the lines above it first.",
        "none": (
            "Go down the lines, one by one. Is there none in which mass and value both agree, "
            "and is every figure published?"
        ),
    },
    FINDING: {
        "unknown": "This is so only where a figure is missing. Read the column of exports again.",
        "level": (
            "For this, one line of a single code must agree in mass and in value, freight taken off. "
            "An empty figure agrees with nothing."
        ),
        "codes": "This is so where a single code never agrees, and the two codes together do.",
        "price": "For this, the masses must agree in the end and the values must not. Read the last lines again.",
        "quantity": ("For this, both masses must be published, and the imports must be lower in every line."),
        "evaded": (
            "Statistics are sums over many consignments and prove nothing about one of them; papers do. "
            "What do the lines leave open?"
        ),
    },
}

Decision = dict[str, dict[str, str]]
Places: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Cell:
    """One cell of the partners' statistics beside the host's imports.

    Parameters
    ----------
    hs, goods : str
        Subheading, and its text in the tariff.
    partner, quarter : str
    confidential : bool
    competing : str
        A code with which the goods are often confused.
    sides : tuple of Sides
        Both sides, one a step of ``STEPS``.
    """

    hs: str
    goods: str
    partner: str
    quarter: str
    confidential: bool
    competing: str
    sides: tuple[Sides, ...]


@dataclass(frozen=True)
class Question:
    """Six cells; values are in ``currency``."""

    cells: tuple[Cell, ...]
    currency: str


def decide(question: Question, forget: str) -> Decision:
    """Return what explains both gaps of each cell, and what may be said of them.

    Parameters
    ----------
    question : Question
    forget : str
        What an officer forgets to look for: ``"nothing"``, ``"confidential"``, ``"freight"``, ``"time"``, ``"hub"``, or
        ``"everything"``.

    Raises
    ------
    UnknownValueError
        ``forget`` is none of these.
    """
    found = readings(_compared(question), known_word("forget", forget, FORGETTABLE))
    pairs = zip(found["reason"], found["finding"], strict=True)
    return {letter: {REASON: str(reason), FINDING: str(finding)} for letter, (reason, finding) in lettered(pairs)}


def _compared(question: Question) -> Mirror:
    """Return the question's cells as the comparisons they were taken from."""
    steps = range(len(STEPS))
    measures = {
        name: np.array([[getattr(cell.sides[step], name) for cell in question.cells] for step in steps], dtype=float)
        for name in MEASURES
    }
    return Mirror(pd.DataFrame({"confidential": [cell.confidential for cell in question.cells]}), measures)


_mistake = by_word(lambda world, question, word: decide(question, word))


class MirrorGap(Exercise):
    """Make both sides comparable before a mirror gap is called anything."""

    id = "mirror_gap"
    title = "What explains the gap?"
    minutes = 20
    core = False
    open_book = True
    needs = ("partner_statistics.export_value", "declarations.departure", "declarations.freight", "tariff.neighbours")
    hints = (
        (
            "Is the partner's figure published at all? Then compare the masses before the values: a mass carries no "
            "freight and no exchange rate."
        ),
        (
            "Go down the four lines of a cell and stop at the first one in which both gaps are near zero. That line "
            "mends one difference more than the line above it: this difference explains the gap. If no line closes "
            "both gaps, ask: does the mass agree in the last lines, or is it missing there, too?"
        ),
    )
    misconceptions = (
        _mistake(
            "the gap is evasion",
            "everything",
            "A gap is the sum of many honest differences before it is anything else. Go through them in order: "
            "secrecy, freight, time, hubs, codes. Even what is left is a reason to ask, and proves nothing.",
        ),
        _mistake(
            "an empty cell is zero",
            "confidential",
            "An empty cell does not mean that nothing was exported. The partner keeps the figure secret, because few "
            "traders stand behind it. Ask the partner under an agreement, or leave the cell out.",
        ),
        _mistake(
            "forgets freight and insurance",
            "freight",
            "Exports are valued free on board, imports with freight and insurance. Where the masses agree, take both "
            "off the import value before you compare.",
        ),
        _mistake(
            "forgets time",
            "time",
            "A ship that leaves at the end of a quarter arrives in the next one. Compare the whole year before you say "
            "that goods are missing.",
        ),
        _mistake(
            "forgets hubs",
            "hub",
            "A hub counts as its exports what was made elsewhere; here the same goods stand under their origin. "
            "Add the goods that were only sent from the partner.",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield six clear cells of six subheadings, those with the most at stake first."""
        compared = mirror(world)
        kinds = _kinds(compared)
        if any(not len(kinds[reason]) for reason in ALWAYS):
            return
        tariff = world.table("tariff")
        goods = dict(zip(tariff["hs"].tolist(), tariff["description"].tolist(), strict=True))
        codes = compared.cells["hs"].tolist()
        for turn in range(max(map(len, kinds.values()))):
            last = _last_two(kinds, turn + len(codes))  # so that worlds begin with different ones
            rows = {_in_turn(kinds[reason], turn) for reason in ALWAYS}
            rows |= {_in_turn(kinds[reason], turn + 1 + number) for number, reason in enumerate(last)}
            if len({codes[row] for row in rows}) == ASKED:
                yield Question(_cells(compared, sorted(rows), goods), world.currency)

    def fields(self, question: Question) -> Fields:
        rows = {
            letter: f"{letter} ({cell.hs}, {cell.partner}, {cell.quarter})" for letter, cell in lettered(question.cells)
        }
        return {"cells": Cells("Your reading of each cell", rows, {REASON: REASONS, FINDING: FINDINGS}, WRONG)}

    def prompt(self, question: Question) -> str:
        cells = "\n\n".join(_told(letter, cell) for letter, cell in lettered(question.cells))
        return (
            "Six cells of the partners' statistics. Each line compares a little more than the line above it. Exports "
            f"(FOB) and imports (CIF) are in {question.currency}. *Less freight* takes freight and insurance off the "
            "imports: as declared, or estimated where the invoice includes them. Both gaps compare imports with "
            f"exports. The value gap uses the column *less freight*. Up to {100 * SAME_MASS:g} % of mass and "
            f"{100 * SAME_VALUE:g} % of value, the two sides agree: these limits are the course's own. "
            "**Which reason closes both gaps, of mass and of value, and what may be said of them?** Go down the lines "
            "and take the first that does. If none closes both, choose *None of these*; where no gap can be reckoned "
            "at all, choose why. "
            f"An answer may fit several cells, or none.\n\n{cells}"
        )

    def reference(self, world: World, truth: None, question: Question) -> Decision:
        return decide(question, "nothing")

    def explanation(self, world: World, question: Question) -> str:
        decided = decide(question, "nothing")
        lines = "\n".join(
            f"- **{letter}**: {because(cell, decided[letter][REASON], decided[letter][FINDING])}"
            for letter, cell in lettered(question.cells)
        )
        return (
            f"{lines}\n\nThe order is: is it published, is it comparable, and only then: what is left? Mass comes "
            "before value, because it carries no freight and no exchange rate. Same mass and lower value point to "
            "prices; less mass points to quantity, or to a code that is not in this table; less under one code and "
            "more under its competitor points to classification. A gap does not tell which side is wrong: exporters "
            "may declare too much, and rates of exchange differ. Ask the partner, too.\n\n"
            "**The cost of being wrong.** Whoever takes each gap for evasion accuses a whole trade, most of all trade "
            "through hubs. Whoever explains everything away misses what no honest difference closes.\n\n"
            "**Another way.** Ask the partner, under the agreement on mutual assistance, for the export declarations "
            "behind one cell, and compare them with the imports one by one."
        )


def _kinds(compared: Mirror) -> dict[str, Places]:
    """Return the places of clear cells by reason, or by finding where no reason is left, the most at stake first.

    Every one has a competing code.
    """
    found = readings(compared)
    stake = np.maximum(np.nan_to_num(compared.measures["exports"]), compared.measures["imports"])[0]
    fit = found["clear"].to_numpy() & (compared.cells["competing"] != "").to_numpy()
    kind = found["finding"].where(found["reason"] == "none", found["reason"]).to_numpy()
    places = {name: np.flatnonzero(fit & (kind == name)) for name in (*ALWAYS, *WORTH_A_QUESTION)}
    return {name: here[np.argsort(-stake[here], kind="stable")] for name, here in places.items()}


def _last_two(kinds: dict[str, Places], turn: int) -> tuple[str, str]:
    """Return what the fifth and the sixth cell are: two that deserve different questions, where there are any."""
    worth = [kind for kind in WORTH_A_QUESTION if len(kinds[kind])]
    if len(worth) < 2:
        return next(iter(worth), "time"), "hub"
    return worth[turn % len(worth)], worth[(turn + 1) % len(worth)]


def _in_turn(places: Places, turn: int) -> int:
    return int(places[turn % len(places)])


def _cells(compared: Mirror, rows: list[int], goods: dict[str, str]) -> tuple[Cell, ...]:
    shown = compared.cells.iloc[rows]
    return tuple(
        Cell(
            hs=str(cell.hs),
            goods=goods[str(cell.hs)],
            partner=str(cell.partner),
            quarter=str(cell.quarter),
            confidential=bool(cell.confidential),
            competing=str(cell.competing),
            sides=tuple(compared.sides(row, step) for step in STEPS),
        )
        for row, cell in zip(rows, shown.itertuples(), strict=True)
    )


def _told(letter: str, cell: Cell) -> str:
    names = (
        f"{cell.quarter}, made in {cell.partner}",
        f"the whole year, made in {cell.partner}",
        f"the year, made in or sent from {cell.partner}",
        f"the same, with competing code {cell.competing}",
    )
    lines = "\n".join(f"| {name} | {_figures(sides)} |" for name, sides in zip(names, cell.sides, strict=True))
    return (
        f"**{letter}.** {cell.hs}, {as_written(cell.goods)}; partner {cell.partner}\n\n"
        "| compared | exports, FOB | imports, CIF | less freight | value gap | exports, kg net | imports, kg net | "
        "mass gap |\n"
        f"|---|--:|--:|--:|--:|--:|--:|--:|\n{lines}"
    )


def _figures(sides: Sides) -> str:
    return " | ".join(
        (
            "secret" if sides.exports is None else amount(sides.exports),
            amount(sides.imports),
            amount(sides.imports - sides.carriage),
            percent(sides.value_gap),
            "secret" if sides.export_kg is None else amount(sides.export_kg),
            amount(sides.import_kg),
            percent(sides.mass_gap),
        )
    )
