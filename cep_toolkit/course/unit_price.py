"""Notebook 12, first exercise: which prices deserve a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cep_toolkit.checking import Fields, Rows, SeveralOf, by_word
from cep_toolkit.course.listed_prices import GROUPS, Item, Prices, Question, low_prices
from cep_toolkit.course.price_lists import AT_MOST, price_lists
from cep_toolkit.course.sorting import PickRows
from cep_toolkit.risk.prices import lower_fence
from cep_toolkit.risk.screening import amount
from cep_toolkit.world.currency import money

if TYPE_CHECKING:
    from cep_toolkit.world import World


FACTS = {
    "like": "They lie below the fence of their own subheading and origin",
    "chance": "So few honest prices are expected that low: fewer than one a group",
    "total": "Their total values are the lowest of the list",
    "origin": "They come from the cheapest origin",
    "chapter": "They are cheaper than other goods of the chapter",
}
WRONG_FACTS = {
    "total": "A small total says only that little was bought. Which figure does not change with the quantity?",
    "origin": "One origin may be cheaper as a whole, for honest reasons. Then all its prices are low; none stands out.",
    "chapter": "A chapter mixes goods of very different worth: taps and computers stand in one chapter.",
}
WRONG_ROWS = {
    "subheading": "At least one of your choices is low only where origins are mixed. Compare it within its own origin.",
    "chapter": "At least one of your choices is cheap for its chapter, but lies above the fence of its own group.",
    "total value": "At least one of your choices is a small total, but its price per kilogram lies above its fence.",
    "": "At least one of your choices lies above the fence of its own group. Find that fence in the price explorer.",
}
"""What is said of a declaration that is not low, by the comparison in which it seems low."""


_mistake = by_word(lambda world, question, word: {"declarations": low_prices(world, question, word)})


class UnitPrice(PickRows):
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
        _mistake(
            "whole chapter",
            "chapter",
            "These are cheap for the chapter, not for their own subheading: a chapter mixes goods of very different "
            "worth. Compare each price with its own subheading and origin.",
        ),
        _mistake(
            "mixes origins",
            "subheading",
            "Here prices of different origins were mixed. One origin may be cheaper as a whole, for honest reasons. "
            "Compare within one origin.",
        ),
        _mistake(
            "lowest totals",
            "total value",
            "These are the smallest totals. A total is small because little was bought; what matters is the price "
            "per kilogram.",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield lists of three groups with two to five low prices in all, where chance and the mirror agree."""
        return price_lists(world)

    def fields(self, question: Question) -> Fields:
        rows = {item.declaration_id: _line(item, question.currency) for item in question.items}
        low_by = zip(rows, question.low_by, strict=False)
        said = {name: WRONG_ROWS[compared] for name, compared in low_by if compared in WRONG_ROWS}
        return {
            "declarations": Rows("Declarations to ask about", "declarations", "declaration_id", rows, AT_MOST, said),
            "facts": SeveralOf("The two facts you rely on", FACTS, at_least=2, at_most=2, when_wrong=WRONG_FACTS),
        }

    def prompt(self, question: Question) -> str:
        groups = ", ".join(f"**{hs}** from **{origin}**" for hs, origin in question.groups)
        lines = "\n".join(
            f"| {item.declaration_id} | {item.hs} | {item.origin} | {amount(item.price_per_kg)} | "
            f"{money(item.customs_value, question.currency)} | {item.net_mass_kg:,.3f} |"
            for item in question.items
        )
        return (
            f"Twelve declarations from three groups: {groups}. "
            "**Which ones would you ask about, and on which two facts do you rely?** "
            "The price explorer shows each group's fence.\n\n"
            f"| declaration | subheading | origin | price, {question.currency}/kg | value, {question.currency} | "
            f"net mass, kg |\n|---|---|---|--:|--:|--:|\n{lines}"
        )

    def reference(self, world: World, truth: None, question: Question) -> dict[str, list[str]]:
        return {"declarations": low_prices(world, question, GROUPS[0]), "facts": ["like", "chance"]}

    def explanation(self, world: World, question: Question) -> str:
        low, prices = set(low_prices(world, question, GROUPS[0])), Prices.of(world)
        lines = []
        for hs, origin in question.groups:
            fence = lower_fence(prices.rows(hs, origin)["price_per_kg"])
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
            "The fence lies where fewer than one honest price in each group is expected by chance. It is set from the "
            "median, because the low prices we look for would pull a mean towards themselves.\n\n"
            "**The cost of being wrong.** Every question costs an honest importer time, and makes importers trust "
            "Customs a little less. A fence that is too high troubles those who are cheap but honest; one that is too "
            "low finds nobody.\n\n"
            "**Another way.** Order the questions by the duty at stake, or compare with the importer's own earlier "
            "prices. A low price is a reason to ask. It is not yet undervaluation."
        )


def _line(item: Item, currency: str) -> str:
    return f"{item.declaration_id}: {item.hs} from {item.origin}, {amount(item.price_per_kg)} {currency}/kg"
