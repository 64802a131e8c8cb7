"""Notebook 12, at home: which consignments to weigh, and what a weighing decides."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.checking import Fields, OneOf, Rows, by_word
from cep_toolkit.course.sorting import PickRows
from cep_toolkit.course.text import as_written, known_word
from cep_toolkit.risk.quantity import TOLERANCE, allowed, mass_in_containers, masses
from cep_toolkit.world.arrays import instances

if TYPE_CHECKING:
    from cep_toolkit.world import World

AT_MOST = 5
CLEAR = 0.02
LEAST_GROSS, FIRST_OF = 10.0, 40
LOOSE_KG = 30_000.0  # heavier in one package: goods loose in a hold, which are measured by the draught of the vessel
TURNS = 60
SAME_PACKING = 0.05
"""The difference of the two papers is the packing where it is no further from it than this share of it."""
COMPARISONS = ("gross mass", "net mass", "share alone", "any difference", "kilograms", "value")
NEXT = {
    "weigh": "Have the goods weighed and examined",
    "penalty": "Fine the importer for the difference",
    "charge": "Charge duty on the mass of the bill",
    "audit": "Release the goods and note the importer for audit",
}
WRONG_NEXT = {
    "penalty": "Two papers disagree. Nobody knows yet what is in the consignment, nor who erred.",
    "charge": "The shipper gave that mass, sometimes with pallets, often rounded. It does not prove what was imported.",
    "audit": "An audit reads books. The goods are still here today, and they answer at once.",
}
PROVED = {
    "weighed": "The net mass that the weighing proves",
    "bill": "The gross mass on the bill",
    "difference": "The difference between the two papers",
    "declared": "The declared mass only",
}
WRONG_PROVED = {
    "bill": "That mass holds packing, and perhaps pallets. Is duty charged on those as if they were goods?",
    "difference": "The difference of two papers is a doubt in kilograms. Which act of Customs makes it a fact?",
    "declared": "Then a short declaration would cost nothing, whatever is found. What will the next step tell?",
}
WRONG_ROWS = {
    "share alone": "At least one of your choices is so light that rounding explains it. There is a least difference.",
    "kilograms": "At least one of your choices is a large consignment, and its difference a small part of it.",
    "any difference": "At least one of your choices is heavier by no more than pallets, scales and rounding explain.",
    "net mass": (
        "At least one of your choices has heavy packing, and a bill that is no heavier than its gross mass. "
        "Compare gross with gross, not with net."
    ),
    "value": (
        "At least one of your choices is expensive, but its bill is no heavier than the gross mass declared. "
        "The value says nothing of the mass."
    ),
    "": (
        "At least one of your choices has a bill that is no heavier than the gross mass declared. "
        "That takes nothing from the duty."
    ),
}
"""What is said of a consignment that is not too heavy, by the comparison in which it seems so."""


@dataclass(frozen=True)
class Item:
    """One declaration of the list; masses in kg, value in the host's currency."""

    declaration_id: str
    description: str
    packages: int
    net_mass_kg: float
    gross_mass_kg: float
    bill_mass_kg: float
    customs_value: float
    bill: str

    @property
    def excess_kg(self) -> float:
        """How much heavier the bill is than the gross mass declared."""
        return self.bill_mass_kg - self.gross_mass_kg

    @property
    def allowed_kg(self) -> float:
        """Up to which mass the bill agrees with the gross mass declared."""
        return float(allowed(self.gross_mass_kg))


@dataclass(frozen=True)
class Question:
    """Nine or ten declarations with their bills; ``seems`` is not shown: by which comparison each seems too heavy."""

    items: tuple[Item, ...]
    currency: str
    seems: tuple[str, ...] = ()


def too_heavy(question: Question, compare: str) -> list[str]:
    """Return the declarations of the list whose bill is too heavy, by what is compared.

    Parameters
    ----------
    question : Question
    compare : str
        ``"gross mass"``: gross mass with gross mass, beyond the tolerance; ``"net mass"``: the bill with the net mass;
        ``"share alone"``: no least difference in kg; ``"any difference"``: no tolerance; ``"kilograms"``: the largest
        differences in kg; ``"value"``: the most expensive.

    Raises
    ------
    UnknownValueError
        ``compare`` is none of these.
    """
    word = known_word("comparison", compare, COMPARISONS)
    tests: dict[str, Callable[[Item], bool]] = {
        "gross mass": lambda item: item.bill_mass_kg > item.allowed_kg,
        "net mass": lambda item: item.bill_mass_kg > float(allowed(item.net_mass_kg)),
        "share alone": lambda item: item.excess_kg > TOLERANCE * item.gross_mass_kg,
        "any difference": lambda item: item.excess_kg > 0,
    }
    if word in tests:
        return [item.declaration_id for item in question.items if tests[word](item)]
    size = {item: item.excess_kg if word == "kilograms" else item.customs_value for item in question.items}
    in_order = sorted(question.items, key=lambda item: (-size[item], item.declaration_id))
    return [item.declaration_id for item in in_order[: len(too_heavy(question, "gross mass"))]]


_mistake = by_word(lambda world, question, word: {"declarations": too_heavy(question, word)})


class Quantity(PickRows):
    """Weigh where masses of the same kind disagree by more than the tolerance."""

    id = "quantity"
    title = "Quantity: which consignments to weigh"
    core = False
    open_book = True
    needs = ("manifests.gross_mass_kg", "declarations.gross_mass_kg", "declarations.transport_document")
    hints = (
        "Three masses stand in each line. Which two of them are of the same kind?",
        (
            "Add a tenth to the gross mass declared, or one kilogram if that is more. Is the bill still heavier? "
            "Do this line by line: neither the kilograms nor the value tell it by themselves."
        ),
    )
    misconceptions = (
        _mistake(
            "gross against net",
            "net mass",
            "The bill gives a gross mass, with packing. It was compared with the net mass, so heavy packing looks like "
            "hidden goods. Compare gross with gross.",
        ),
        _mistake(
            "any difference is fraud",
            "any difference",
            "Every bill that is heavier at all was chosen. No two scales agree, pallets weigh, and shippers round. "
            "Keep to the tolerance, or you weigh honest trade all day.",
        ),
        _mistake(
            "most kilograms",
            "kilograms",
            "These have the largest differences in kilograms. A large load may differ by tonnes for its pallets alone. "
            "Set the difference against the mass declared.",
        ),
        _mistake(
            "no least difference",
            "share alone",
            "One of these is a very light consignment, whose bill is rounded up. A share alone is not enough: "
            "there is a least difference, in kilograms, too.",
        ),
        _mistake(
            "value for mass",
            "value",
            "These are the most expensive of the list. A short declaration leaves out mass and price together, so "
            "the price per kilogram looks right. Look at the masses.",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield lists with two or three bills that are too heavy, and honest ones that seem so in other ways."""
        table = masses(world)
        loose = (table["packages"] == 1) & (table["gross_mass_kg"] > LOOSE_KG)
        table = table[~loose]
        table = table.iloc[pd.util.hash_array(table["declaration_id"].to_numpy()).argsort(kind="stable")]
        heavy = _clear(table[table["heavier"]])
        parts = _honest(table[~table["heavier"]])
        if len(heavy) < 2 or any(part.empty for part, _ in parts):
            return
        for turn in range(TURNS):
            first = [heavy.iloc[[(turn + place) % len(heavy) for place in range(min(2 + turn % 2, len(heavy)))]]]
            rest = [part.iloc[[(turn * count + n) % len(part) for n in range(count)]] for part, count in parts]
            yield _question(first + rest, world.currency)

    def fields(self, question: Question) -> Fields:
        rows = {item.declaration_id: f"{item.declaration_id}: {item.description}" for item in question.items}
        seems = zip(rows, question.seems, strict=False)
        said = {name: WRONG_ROWS[compare] for name, compare in seems if compare in WRONG_ROWS}
        return {
            "declarations": Rows("Consignments to weigh", "declarations", "declaration_id", rows, AT_MOST, said),
            "next": OneOf("What is the next step?", NEXT, WRONG_NEXT),
            "proved": OneOf("On which mass does any further duty rest?", PROVED, WRONG_PROVED),
        }

    def prompt(self, question: Question) -> str:
        lines = "\n".join(
            f"| {item.declaration_id} | {as_written(item.description)} | {item.packages:,} | {item.net_mass_kg:,.1f} | "
            f"{item.gross_mass_kg:,.1f} | {item.bill_mass_kg:,.1f} | {item.customs_value:,.0f} |"
            for item in question.items
        )
        return (
            "Declarations with their bills. The goods are still under Customs control. The office's tolerance for one "
            "gross mass against another is 10 %, and at least 1 kg. "
            "**Which consignments would you have weighed, what is the next step, and on which mass does any further "
            "duty rest?**\n\n"
            "| declaration | goods | packages | net mass declared, kg | gross mass declared, kg | gross mass on the "
            f"bill, kg | value, {question.currency} |\n|---|---|--:|--:|--:|--:|--:|\n{lines}"
        )

    def reference(self, world: World, truth: None, question: Question) -> dict[str, object]:
        return {"declarations": too_heavy(question, "gross mass"), "next": "weigh", "proved": "weighed"}

    def explanation(self, world: World, question: Question) -> str:
        found, held = set(too_heavy(question, "gross mass")), mass_in_containers(world)
        lines = "\n".join(
            f"- {item.declaration_id}: declared {item.gross_mass_kg:,.1f} kg gross, allowed up to "
            f"{ceil(10 * item.allowed_kg) / 10:,.1f} kg, on the bill {item.bill_mass_kg:,.1f} kg."
            f"{_packing(item)}{_held(held.get(item.bill))}"
            for item in question.items
            if item.declaration_id in found
        )
        return (
            f"{lines}\n\nThe other bills agree with the gross mass declared, within the tolerance. Some seem too heavy "
            "only beside the net mass, or only in kilograms.\n\n"
            "A bill that is too heavy is a reason to weigh, and no more. It may count pallets, or packing twice; goods "
            "that dry may have lost moisture, and frozen goods may carry a glaze of ice. The importer's weighing "
            "tickets can show it. The goods are weighed, gross and net, with pallets and packing taken off, before the "
            "importer, and both sides sign the ticket.\n\n"
            "**What are the extra kilograms worth?** Further duty rests on what is proved, at its customs value. First "
            "ask what the invoice price covers. Goods paid for but left out: the price actually paid. Goods without a "
            "price: the later methods, in their order, with the importer heard (exercise 2). A penalty, if any, comes "
            "after a decision.\n\n"
            "**The cost of being wrong.** A tolerance that is too narrow fills the weighbridge with honest trade. One "
            "that is too wide lets a part of every load in without duty.\n\n"
            "**Another way.** Before a container goes on board, the shipper must state its verified gross mass: "
            "weighed full, or summed from the packages and the tare. Less the tare it is a second figure, but "
            "independent only if a terminal weighed it. Or divide the net mass by the packages: a carton that is "
            "lighter than its goods can be is a reason to count."
        )


def _packing(item: Item) -> str:
    """Say where the difference is just the packing that was declared."""
    packing = item.gross_mass_kg - item.net_mass_kg
    if abs(item.excess_kg - packing) > SAME_PACKING * packing:
        return ""
    return (
        f" The difference, {item.excess_kg:,.1f} kg, is that of gross and net declared ({packing:,.1f} kg): one "
        "possible reason is packing that was counted twice."
    )


def _held(kg: float | None) -> str:
    return "" if kg is None else f" Its containers held about {kg:,.0f} kg by the verified gross mass, less the tare."


def _clear(heavy: pd.DataFrame) -> pd.DataFrame:
    """Return those that rounded numbers tell: far enough beyond what is allowed."""
    return heavy[heavy["bill_mass_kg"] > (1 + CLEAR) * allowed(heavy["gross_mass_kg"])]


def _honest(table: pd.DataFrame) -> tuple[tuple[pd.DataFrame, int], ...]:
    """Return the kinds of bills that agree, each with how many the list takes: no mistake picks more than the form."""
    excess, gross, bill = table["bill_mass_kg"] - table["gross_mass_kg"], table["gross_mass_kg"], table["bill_mass_kg"]
    clear = bill < (1 - CLEAR) * allowed(gross)
    agrees_with_net = bill <= allowed(table["net_mass_kg"])
    plain = (excess <= 0) & agrees_with_net & (gross > LEAST_GROSS)
    packed = (excess <= 0) & (bill > (1 + CLEAR) * allowed(table["net_mass_kg"])) & (gross > LEAST_GROSS)
    rounded_up = clear & (excess > (TOLERANCE + CLEAR) * gross) & agrees_with_net
    largest = excess.where(clear & (excess > 0)).nlargest(FIRST_OF).index
    dearest = table["customs_value"].where(plain).nlargest(FIRST_OF).index
    return (
        (table[table.index.isin(largest)], 1),
        (table[rounded_up], 1),
        (table[packed], 1),
        (table[table.index.isin(dearest)], 2),
        (table[plain & ~table.index.isin(dearest)], 2),
    )


def _question(parts: list[pd.DataFrame], currency: str) -> Question:
    """Return the list in the order of its numbers, with the comparison in which each consignment seems too heavy."""
    rows = pd.concat(parts).drop_duplicates("declaration_id").sort_values("declaration_id")
    question = Question(tuple(instances(Item, rows)), currency)
    heavy = {compare: set(too_heavy(question, compare)) for compare in COMPARISONS}
    return dataclasses.replace(question, seems=tuple(_seems(item, heavy) for item in question.items))


def _seems(item: Item, heavy: dict[str, set[str]]) -> str:
    """Return the comparison in which a consignment seems too heavy: the right one first, or nothing."""
    order = ("gross mass", *WRONG_ROWS)
    return next((compare for compare in order if item.declaration_id in heavy.get(compare, ())), "")
