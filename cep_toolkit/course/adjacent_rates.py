"""Notebook 12, third exercise: adjacent subheadings with different duty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.checking import Fields, OneOf, Rows, by_word
from cep_toolkit.course.sorting import PickRows
from cep_toolkit.course.text import as_written, known_word
from cep_toolkit.risk.classification import adjacent_rates, contradictions, goods_named
from cep_toolkit.world.arrays import instances

if TYPE_CHECKING:
    from cep_toolkit.world import World

LISTED, AT_MOST = 10, 5
RULES = {
    "terms": "The terms of the headings and the section and chapter notes (Rules 1 and 6)",
    "rate": "The lower rate of duty",
    "last": "The last heading in numerical order (Rule 3 c)",
    "use": "What the importer will use the goods for",
}
WRONG_RULES = {
    "rate": "The rate follows from the code and cannot choose it. Where do the General Rules begin?",
    "last": "Rule 3 (c) is used last, where two headings still fit equally. Where do the General Rules begin?",
    "use": "Goods are classified as they are when they are imported. Use counts only where a heading names it.",
}
WRONG_ROWS = {
    "code": "At least one of your choices is described as goods of its own code. Read the two texts side by side.",
    "vague": "At least one description is too general to contradict a code. Ask the importer for detail.",
    "neighbour": "At least one of your choices quotes an advance ruling: Customs itself has decided that code.",
}
"""What is said of a declaration that its papers do not contradict, by what its description names."""
TESTS = ("description", "ruling", "rate", "vague")

OTHERS = 8
"""With so many choices of the other rows each choice of contradictions is tried."""


@dataclass(frozen=True)
class Item:
    """One declaration of the list; ``says`` is not shown."""

    declaration_id: str
    hs: str
    code_text: str
    tariff_rate: float
    description: str
    dearest: str
    dearest_text: str
    dearest_rate: float
    advance_ruling: str
    gap: float
    says: str


@dataclass(frozen=True)
class Question:
    """Declarations of subheadings whose neighbour pays more duty."""

    items: tuple[Item, ...]


def contradicted(question: Question, test: str) -> list[str]:
    """Return the declarations of the list that fail a test.

    Parameters
    ----------
    question : Question
    test : str
        ``"description"``: the description names a dearer neighbour's goods, and no advance ruling is quoted;
        ``"ruling"``: the same without asking for a ruling; ``"rate"``: the widest gaps between the rates;
        ``"vague"``: the description does not tell.

    Raises
    ------
    UnknownValueError
        ``test`` is none of these.
    """
    word = known_word("test", test, TESTS)
    named = [item for item in question.items if item.says == "neighbour"]
    found = [item for item in named if not item.advance_ruling]
    widest = sorted(question.items, key=lambda item: (-item.gap, item.declaration_id))[: len(found)]
    vague = [item for item in question.items if item.says == "vague"]
    chosen = {"description": found, "ruling": named, "rate": widest, "vague": vague}[word]
    return [item.declaration_id for item in chosen]


_mistake = by_word(lambda world, question, word: {"declarations": contradicted(question, word)})


class AdjacentRates(PickRows):
    """Doubt a code where the papers contradict it, not where its rate is low."""

    id = "adjacent_rates"
    title = "Competing codes, different duty"
    open_book = True
    needs = ("declarations.description", "declarations.advance_ruling", "tariff.neighbours")
    hints = (
        "Do not look at the rate yet. Read the text of the code, then the description: are these the same goods?",
        (
            "A description that does not say what the goods are is a reason to ask for detail. It is not a "
            "contradiction. Where Customs has given an advance ruling, Customs itself has said that the code is right."
        ),
    )
    misconceptions = (
        _mistake(
            "any lower rate",
            "rate",
            "These codes have the largest difference to the code beside them, and most importers use them rightly. "
            "A lower rate is a motive. Read the description.",
        ),
        _mistake(
            "overlooks the ruling",
            "ruling",
            "One of these quotes an advance ruling. Customs has decided that code itself; the importer relies on it.",
        ),
        _mistake(
            "vague is false",
            "vague",
            "These descriptions do not say what the goods are. Ask for detail; they do not contradict the code.",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield lists with two to four contradictions, a ruling, vague descriptions and honest codes."""
        rows = contradictions(world)
        rows = rows.iloc[pd.util.hash_array(rows["declaration_id"].to_numpy()).argsort(kind="stable")]
        ruled = rows["advance_ruling"] != ""
        named, clear = rows["says"] == "neighbour", rows["says"] == "code"
        parts = (
            (rows[named & ~ruled], 3),
            (rows[named & ruled], 1),
            (rows[(rows["says"] == "vague") & ~ruled], 2),
            (rows[clear & ~ruled], 4),
        )
        if any(part.empty for part, _ in parts):
            return
        codes = world.table("tariff").set_index("hs")["description"]
        for turn in range(len(parts[0][0]) * OTHERS):
            contradicted, others = turn % len(parts[0][0]), turn // len(parts[0][0])
            turns = (contradicted, *[contradicted + others] * (len(parts) - 1))
            yield _question([_in_turn(*part, at) for part, at in zip(parts, turns, strict=True)], codes)

    def fields(self, question: Question) -> Fields:
        rows = {item.declaration_id: f"{item.declaration_id}: {item.hs}, {item.description}" for item in question.items}
        said = {item.declaration_id: WRONG_ROWS[item.says] for item in question.items if item.says in WRONG_ROWS}
        return {
            "declarations": Rows(
                "Codes that the papers contradict", "declarations", "declaration_id", rows, AT_MOST, said
            ),
            "rule": OneOf("What decides the code first?", RULES, WRONG_RULES),
        }

    def prompt(self, question: Question) -> str:
        lines = "\n".join(
            f"| {item.declaration_id} | {as_written(item.description)} | {item.hs}: {as_written(item.code_text)} | "
            f"{item.tariff_rate:g} | {item.dearest}: {as_written(item.dearest_text)} | {item.dearest_rate:g} | "
            f"{item.advance_ruling or 'none'} |"
            for item in question.items
        )
        return (
            "Each of these codes competes with others that pay more duty; the one with the highest stands beside it. "
            "**Which codes do the papers themselves contradict, and what decides a code first?**\n\n"
            "| declaration | goods as described | code declared | duty, % | competing code | duty, % | "
            f"advance ruling |\n|---|---|---|--:|---|--:|---|\n{lines}"
        )

    def reference(self, world: World, truth: None, question: Question) -> dict[str, object]:
        return {"declarations": contradicted(question, "description"), "rule": "terms"}

    def explanation(self, world: World, question: Question) -> str:
        pairs = adjacent_rates(world)
        dearer = pairs.groupby("hs")["neighbour"].agg(frozenset)
        tariff = world.table("tariff").set_index("hs")
        found = set(contradicted(question, "description"))
        lines = []
        for item in question.items:
            if item.declaration_id in found:
                other = min(goods_named(item.description) & dearer[item.hs])
                rate, higher = tariff.loc[[item.hs, other], "duty_rate"]
                lines.append(
                    f"- {item.declaration_id}: *{as_written(item.description)}* fits {other} "
                    f"({as_written(tariff.loc[other, 'description'])}, {higher:g} %) better than {item.hs} "
                    f"({rate:g} %)."
                )
        return (
            "\n".join(lines) + "\n\nThe terms of the headings and the notes decide first (General Rule 1); the rate "
            "decides nothing. Next: ask for papers or a sample, and let the classification office decide. It may be "
            "an honest error.\n\n"
            "**The cost of being wrong.** If you doubt every low rate, you doubt most honest traders. If you overlook "
            "the contradiction, the difference in duty is lost, week after week.\n\n"
            "**Another way.** Compare the price per kilogram with that of both subheadings: declared goods whose "
            "price fits the other code better deserve a second look."
        )


def _in_turn(rows: pd.DataFrame, count: int, turn: int) -> pd.DataFrame:
    """Return so many rows, others at each turn, from the first again after the last."""
    return rows.iloc[[(turn * count + i) % len(rows) for i in range(count)]]


def _question(parts: list[pd.DataFrame], codes: pd.Series) -> Question:
    rows = pd.concat(parts).drop_duplicates("declaration_id").sort_values("declaration_id").head(LISTED)
    rows = rows.assign(code_text=rows["hs"].map(codes), dearest_text=rows["dearest"].map(codes))
    rows = rows.astype({"declaration_id": "str", "advance_ruling": "str"})
    return Question(tuple(instances(Item, rows)))
