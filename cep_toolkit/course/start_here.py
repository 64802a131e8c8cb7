"""Notebook 00: one easy exercise, to learn the three doors with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cep_toolkit.checking import Exercise, Fields, Misconception, Number
from cep_toolkit.course.text import as_written, known_word
from cep_toolkit.world.arrays import instances
from cep_toolkit.world.currency import money

if TYPE_CHECKING:
    from cep_toolkit.world import World

NOTEBOOK = "00_start_here"
TITLE = "Start here"
LEAST_VALUE = 1_000  # so that duty over value is the rate, whatever the rounding


@dataclass(frozen=True)
class Declaration:
    """What one declaration says; money in the host's currency, rates in per cent."""

    declaration_id: str
    date: str
    hs: str
    description: str
    customs_value: float
    duty_rate: float
    duty: float
    vat_rate: float
    vat: float
    currency: str


def read_declaration(declaration: Declaration, line: str) -> float:
    """Return what stands on a line of a declaration.

    Parameters
    ----------
    declaration : Declaration
        The declaration of the question.
    line : str
        ``"duty rate"``, ``"duty"``, ``"VAT rate"``, ``"VAT"``, ``"customs value"``, or ``"duty share"``: duty over
        customs value.

    Raises
    ------
    UnknownValueError
        The declaration has no such line.

    Examples
    --------
    >>> paper = Declaration("1", "2016-03-05", "852872", "Colour television", 200.0, 5.0, 10.0, 18.0, 37.8, "QMD")
    >>> read_declaration(paper, "duty rate"), read_declaration(paper, "duty share")
    (5.0, 0.05)
    """
    lines = {
        "duty rate": declaration.duty_rate,
        "duty": declaration.duty,
        "vat rate": declaration.vat_rate,
        "vat": declaration.vat,
        "customs value": declaration.customs_value,
        "duty share": declaration.duty / declaration.customs_value,
    }
    return lines[known_word("line", line, lines)]


class DutyRate(Exercise):
    """Read one declaration and say the rate of duty."""

    id = "duty_rate"
    title = "Read one declaration"
    minutes = 5
    open_book = True
    needs = (
        "declarations.duty_rate",
        "declarations.duty",
        "declarations.vat_rate",
        "declarations.vat",
    )
    hints = (
        "Look for the line that says duty rate. A rate is how much is charged on each 100 of value.",
        "Duty divided by customs value, times 100, is the rate in per cent. Compare it with the line duty rate.",
    )
    misconceptions = (
        Misconception(
            "share instead of per cent",
            lambda world, question: question.duty_rate / 100,
            "This is the share of the value, not the rate in per cent. Five per cent is 5, not 0.05.",
            word="duty share",
        ),
        Misconception(
            "VAT rate",
            lambda world, question: question.vat_rate,
            "This is the rate of value added tax. The rate of duty stands on its own line.",
            word="VAT rate",
        ),
        Misconception(
            "amount of duty",
            lambda world, question: question.duty,
            "This is the duty in money. The question asks for the rate: how much on each 100 of value.",
            word="duty",
        ),
    )

    def candidates(self, world: World) -> Iterator[Declaration]:
        table = world.declarations
        rows = table[(table["duty"] > 0) & (table["customs_value"] >= LEAST_VALUE)].head(200)
        rows = rows.assign(currency=world.currency, date=rows["date"].dt.strftime("%Y-%m-%d"))
        yield from instances(Declaration, rows.astype(dict.fromkeys(("declaration_id", "hs", "description"), "str")))

    def fields(self, question: Declaration) -> Fields:
        return {"rate": Number("Rate of duty", "%", decimals=2, minimum=0)}

    def prompt(self, question: Declaration) -> str:
        lines = (
            ("declaration", question.declaration_id),
            ("date", question.date),
            ("subheading", question.hs),
            ("description", as_written(question.description)),
            ("customs value", f"{money(question.customs_value, question.currency)} {question.currency}"),
            ("duty rate", f"{question.duty_rate:g} %"),
            ("duty", f"{money(question.duty, question.currency)} {question.currency}"),
            ("VAT rate", f"{question.vat_rate:g} %"),
            ("VAT", f"{money(question.vat, question.currency)} {question.currency}"),
        )
        table = "\n".join(f"| {name} | {value} |" for name, value in lines)
        return (
            f"Read this declaration. **What is the rate of duty, in per cent?**\n\n| line | entry |\n|---|---|\n{table}"
        )

    def reference(self, world: World, truth: None, question: Declaration) -> float:
        return question.duty_rate

    def explanation(self, world: World, question: Declaration) -> str:
        return (
            f"The line *duty rate* says **{question.duty_rate:g} %**. It agrees with the money: "
            f"{money(question.duty, question.currency)} ÷ {money(question.customs_value, question.currency)} × 100 = "
            f"{question.duty / question.customs_value * 100:.2f}.\n\n"
            f"**The cost of being wrong.** With {question.duty_rate / 100:g} in place of {question.duty_rate:g} the "
            "duty would be a hundred times too small, and nobody would see it in the total of a busy day.\n\n"
            "**Another way.** Find the subheading in the tariff and read its rate there. "
            "If the two differ, ask which preference or exemption was claimed."
        )


EXERCISES = (DutyRate,)
