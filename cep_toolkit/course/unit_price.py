"""Notebook 12, first exercise: which prices deserve a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cep_toolkit.checking import Exercise, Fields, Misconception, Rows, SeveralOf
from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.prices import comparable, fences, lower_fence, with_price
from cep_toolkit.risk.screening import amount

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World

LISTED, AT_MOST = 12, 5
FACTS = {
    "like": "They lie below the fence of their own subheading and origin",
    "chance": "So few honest prices are expected that low: fewer than one a group",
    "total": "Their total values are the lowest of the list",
    "origin": "They come from the cheapest origin",
    "chapter": "They are cheaper than other goods of the chapter",
}
GROUPS = ("subheading and origin", "subheading", "chapter", "total value")


@dataclass(frozen=True)
class Item:
    """One declaration of the list; value in the host's currency, mass in kg."""

    declaration_id: str
    hs: str
    origin: str
    price_per_kg: float
    customs_value: float
    net_mass_kg: float


@dataclass(frozen=True)
class Question:
    """Twelve declarations of one chapter, from three groups of comparable goods."""

    items: tuple[Item, ...]
    groups: tuple[tuple[str, str], ...]
    currency: str


def low_prices(world: World, question: Question, compare: str) -> list[str]:
    """Return the declarations of the question's list that are low among what they are compared with.

    Parameters
    ----------
    world : World
    question : Question
    compare : str
        What a price is compared with: the prices of its own ``"subheading and origin"``, of its ``"subheading"``
        whatever the origin, of its ``"chapter"`` (mean less two standard deviations), or the ``"total value"``
        with the other totals of the list.

    Raises
    ------
    UnknownValueError
        ``compare`` is none of these.
    """
    by_word = dict(zip(GROUPS, (_by_cell, _by_subheading, _by_chapter, _by_total), strict=True))
    word = " ".join(str(compare).casefold().split())
    if word not in by_word:
        raise UnknownValueError("comparison", compare, GROUPS)
    return by_word[word](world, question)


def _by_cell(world: World, question: Question) -> list[str]:
    fences = {group: _fence(world, *group) for group in question.groups}
    return [item.declaration_id for item in question.items if item.price_per_kg < fences[item.hs, item.origin]]


def _fence(world: World, hs: str, origin: str) -> float:
    return lower_fence(comparable(world.declarations, hs, origin)["price_per_kg"]).threshold


def _by_subheading(world: World, question: Question) -> list[str]:
    limits = {hs: _subheading_limit(world.declarations, hs) for hs in {item.hs for item in question.items}}
    return [item.declaration_id for item in question.items if item.price_per_kg < limits[item.hs]]


def _subheading_limit(declarations: pd.DataFrame, hs: str) -> float:
    return lower_fence(with_price(declarations[declarations["hs"] == hs])["price_per_kg"]).threshold


def _by_chapter(world: World, question: Question) -> list[str]:
    limit = _chapter_limit(world.declarations, question.items[0].hs[:2])
    return [item.declaration_id for item in question.items if item.price_per_kg < limit]


def _chapter_limit(declarations: pd.DataFrame, chapter: str) -> float:
    import numpy as np

    codes = [hs for hs in declarations["hs"].unique() if str(hs)[:2] == chapter]
    logs = np.log(with_price(declarations[declarations["hs"].isin(codes)])["price_per_kg"])
    return float(np.exp(logs.mean() - 2 * logs.std()))


def _by_total(world: World, question: Question) -> list[str]:
    count = len(_by_cell(world, question))
    lowest = sorted(question.items, key=lambda item: (item.customs_value, item.declaration_id))
    return [item.declaration_id for item in lowest[:count]]


def _mistake(compare: str, world: World, question: Question) -> dict[str, list[str]]:
    return {"declarations": low_prices(world, question, compare)}


class UnitPrice(Exercise):
    """Ask about a price only where it is low for its own subheading and origin."""

    id = "unit_price"
    title = "Which prices deserve a question?"
    open_book = True
    needs = ("declarations.net_mass_kg", "declarations.customs_value", "declarations.origin")
    hints = (
        "Compare like with like. What must two consignments share before their prices can be compared?",
        (
            "There are three groups in the list. For each one, choose its subheading and origin in the price explorer "
            "and leave the threshold where it is. Then find in the list the prices below it."
        ),
    )
    misconceptions = (
        Misconception(
            "whole chapter",
            partial(_mistake, "chapter"),
            "These are cheap for the chapter, not for their own subheading: a chapter mixes goods of very different "
            "worth. Compare each price with its own subheading and origin.",
            word="chapter",
        ),
        Misconception(
            "mixes origins",
            partial(_mistake, "subheading"),
            "Here prices of different origins were mixed. One origin may be cheaper as a whole, for honest reasons. "
            "Compare within one origin.",
            word="subheading",
        ),
        Misconception(
            "lowest totals",
            partial(_mistake, "total value"),
            "These are the smallest totals. A total is small because little was bought; what matters is the price "
            "per kilogram.",
            word="total value",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield lists of a chapter: a group with two to four low prices, and two groups to confuse it with."""
        table = fences(world.declarations)
        low = {(hs, origin): count for hs, origin, count in table[["hs", "origin", "below"]].itertuples(index=False)}
        for group in [group for group, count in low.items() if 2 <= count <= AT_MOST]:
            for others in _companions(table, *group):
                if low[group] + sum(low[other] for other in others) <= AT_MOST:
                    yield _question(world, (group, *others))

    def fields(self, question: Question) -> Fields:
        rows = {item.declaration_id: _line(item, question.currency) for item in question.items}
        return {
            "declarations": Rows("Declarations to ask about", "declarations", "declaration_id", rows, AT_MOST),
            "facts": SeveralOf("The two facts you rely on", FACTS, at_least=2, at_most=2),
        }

    def prompt(self, question: Question) -> str:
        groups = ", ".join(f"**{hs}** from **{origin}**" for hs, origin in question.groups)
        lines = "\n".join(
            f"| {item.declaration_id} | {item.hs} | {item.origin} | {amount(item.price_per_kg)} | "
            f"{item.customs_value:,.2f} | {item.net_mass_kg:,.3f} |"
            for item in question.items
        )
        return (
            f"Twelve declarations of chapter {question.items[0].hs[:2]}, from three groups: {groups}. "
            "**Which ones would you ask about, and on which two facts do you rely?** "
            "The price explorer shows each group's fence.\n\n"
            f"| declaration | subheading | origin | price, {question.currency}/kg | value, {question.currency} | "
            f"net mass, kg |\n|---|---|---|--:|--:|--:|\n{lines}"
        )

    def reference(self, world: World, truth: None, question: Question) -> dict[str, list[str]]:
        return {"declarations": _by_cell(world, question), "facts": ["like", "chance"]}

    def explanation(self, world: World, question: Question) -> str:
        low = set(_by_cell(world, question))
        lines = []
        for hs, origin in question.groups:
            fence = lower_fence(comparable(world.declarations, hs, origin)["price_per_kg"])
            here = [item.declaration_id for item in question.items if (item.hs, item.origin) == (hs, origin)]
            below = [name for name in here if name in low]
            lines.append(
                f"- {hs} from {origin}: {fence.rows} declarations, typical price {amount(fence.typical)}, fence "
                f"{amount(fence.threshold)} {question.currency}/kg. Below it in the list: {', '.join(below) or 'none'}."
            )
        return (
            "Each price is compared with the prices of its own subheading and origin only:\n\n"
            + "\n".join(lines)
            + "\n\n"
            "The fence lies where fewer than one honest price in each group is expected by chance. Median and median "
            "deviation set it, because the low prices we look for would pull a mean towards themselves.\n\n"
            "**The cost of being wrong.** Every question costs an honest importer time and Customs credit. A fence "
            "that is too high wrongs the cheap but honest; one that is too low never asks.\n\n"
            "**Another way.** Order the questions by the duty at stake, or compare with the importer's own earlier "
            "prices. A low price is a reason to ask. It is not yet undervaluation."
        )


def _companions(table: pd.DataFrame, hs: str, origin: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield pairs of other groups of the chapter: first another origin of the subheading, and other goods."""
    same = table[(table["hs"] == hs) & (table["origin"] != origin)]
    chapter = table[(table["hs"].str[:2] == hs[:2]) & (table["hs"] != hs)]
    origins = list(zip(same["hs"], same["origin"], strict=True))[:4]
    goods = list(zip(chapter["hs"], chapter["origin"], strict=True))[:6]
    for one in origins:
        for other in goods or origins[1:]:
            if one != other:
                yield one, other


def _question(world: World, groups: tuple[tuple[str, str], ...]) -> Question:
    """Return the list: low prices by each comparison, as far as there is room, and ordinary ones."""
    import pandas as pd

    hs = groups[0][0]
    parts = [comparable(world.declarations, *group) for group in groups]
    rows = pd.concat(parts).sort_values("declaration_id")
    below = pd.concat([part["price_per_kg"] < lower_fence(part["price_per_kg"]).threshold for part in parts])
    flagged = pd.DataFrame(
        {
            "group": below.reindex(rows.index),
            "chapter": rows["price_per_kg"] < _chapter_limit(world.declarations, hs[:2]),
            "subheading": (rows["hs"] == hs) & (rows["price_per_kg"] < _subheading_limit(world.declarations, hs)),
        }
    )
    free = rows[~flagged.any(axis=1)]
    small = free.sort_values(["customs_value", "declaration_id"]).head(2)
    ordinary = free.iloc[:: len(free) // LISTED or 1]
    chosen = pd.concat([rows[flagged["group"]], *_confusing(rows, flagged), small, ordinary])
    chosen = chosen[~chosen["declaration_id"].duplicated()].head(LISTED).sort_values("declaration_id")
    columns = ["declaration_id", "hs", "origin", "price_per_kg", "customs_value", "net_mass_kg"]
    as_text = chosen[columns].astype({"declaration_id": "str", "hs": "str", "origin": "str"})
    items = [Item(**{str(name): value for name, value in row.items()}) for row in as_text.to_dict("records")]
    return Question(tuple(items), groups, world.currency)


def _confusing(rows: pd.DataFrame, flagged: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield rows that only a wrong comparison finds low, no more than an answer may hold."""
    for name in ("chapter", "subheading"):
        room = AT_MOST - int((flagged[name] & flagged["group"]).sum())
        yield rows[flagged[name] & ~flagged["group"]].head(min(room, 2))


def _line(item: Item, currency: str) -> str:
    return f"{item.declaration_id}: {item.hs} from {item.origin}, {amount(item.price_per_kg)} {currency}/kg"
