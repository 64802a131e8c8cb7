"""The list of the ten letters: doubtful sellers and one whose prices are usual; and what each file would show."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from cep_toolkit.course.choosing_letters import TELLING
from cep_toolkit.risk.letters import SAME_GOODS, unasked
from cep_toolkit.risk.valuation import ValuationFile, fact

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World
    from cep_toolkit.world.truth import Truth

LIMITS = (0.7, 0.8)
"""Shares of the usual price below which a price is a reason to ask; the second where a small world has too few."""
LISTS = 400  # of each limit
MOST_SELLERS = 120
SELLERS, SILENT, LINES, USUAL_LINES = 7, 3, 3, 2
USUAL, MARGIN = 0.9, 0.005  # a share that is printed as the limit is never a reason
FIRSTS, STEPS = 37, 5  # primes, so that all have a turn
NAMES = "ABCDEFGH"


@dataclass(frozen=True)
class Line:
    """One declaration of the list; amounts in the host's currency, ``share`` of the usual price."""

    line: str
    declaration_id: str
    importer: str
    seller: str
    hs: str
    origin: str
    value: float
    share: float
    at_stake: float


@dataclass(frozen=True)
class Question:
    """Some twenty declarations of eight sellers, and the share below which a price is a reason to ask."""

    lines: tuple[Line, ...]
    limit: float
    currency: str

    def doubtful(self, line: str) -> bool:
        """Whether the price of a line is a reason to ask."""
        return next(each for each in self.lines if each.line == line).share < self.limit

    def seen(self) -> list[dict[str, Any]]:
        """Return what a way to play goes by, line by line; ``seller`` is the line's letter."""
        return [
            {
                "line": each.line,
                "seller": each.line[0],
                "value": each.value,
                "at_stake": each.at_stake,
                "share": each.share,
                "doubtful": each.share < self.limit,
            }
            for each in self.lines
        ]


def questions(world: World) -> Iterator[Question]:
    """Yield lists of seven sellers with two doubtful prices or more, and one seller with usual prices.

    Some of the seven, where there are such, left an earlier letter without an explanation: by chance alone a list would
    seldom hold one who has something to hide. The sellers come in turns, so that many different lists are tried.
    """
    table = _named(world, unasked(world))
    usual = _largest_usual(table)
    for limit in LIMITS:
        doubtful = table[table["share"] < limit - MARGIN]
        silent, others = (_sellers(doubtful[doubtful["unexplained"] == silent]) for silent in (True, False))
        if usual and len(silent) + len(others) >= SELLERS:
            for chosen in islice(_sevens(silent, others), LISTS):
                yield Question(_lettered([*chosen, usual]), limit, world.currency)


def replies(world: World, truth: Truth, question: Question) -> dict[str, dict[str, Any]]:
    """Return for each line what its file would show, and the duty and VAT that are owed by it."""
    return {line.line: dict(_reply(world, truth, line.declaration_id)) for line in question.lines}


@lru_cache(maxsize=2_000)
def _reply(world: World, truth: Truth, declaration_id: str) -> Mapping[str, Any]:
    """Return the same for one declaration; lists share most of theirs."""
    letter = _letters(world, truth).loc[int(declaration_id)].to_dict()
    shown = _shown(letter)
    return {"fact": shown, "owed": float(letter["owed"]) if shown in TELLING else 0.0}


@lru_cache(maxsize=1)
def _letters(world: World, truth: Truth) -> pd.DataFrame:
    """Return the letters that would come, by declaration, with its invoice value and what is evaded by it."""
    true = truth.declarations.set_index("declaration_id")
    declared = world.declarations.set_index("declaration_id")
    letters = truth.replies.set_index("declaration_id")
    evaded = (true["duty_evaded"] + true["vat_evaded"]).round(2)
    return letters.assign(owed=evaded, invoice_value=declared["invoice_value"])


def _shown(letter: Mapping[Hashable, Any]) -> str:
    """Return what a file shows, from the letter that would come."""
    document = str(letter["document"])
    return fact(
        ValuationFile(
            declaration_id="",
            invoice_number="",
            invoice_value=letter["invoice_value"],
            currency="",
            related=False,
            reply=str(letter["reply"]),
            reason=str(letter["reason"]),
            document=document,
            document_amount=letter["amount"] if document else 0.0,
            document_text="",
        )
    )


def _named(world: World, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the names of importers and sellers."""
    traders, suppliers = world.table("traders"), world.table("suppliers")
    return table.assign(
        importer=table["importer_id"].map(traders.set_index("importer_id")["name"]).astype("str"),
        seller=table["supplier_id"].map(suppliers.set_index("supplier_id")["name"]).astype("str"),
    )


def _sellers(doubtful: pd.DataFrame) -> list[list[Line]]:
    """Return the lines of the sellers with two doubtful prices or more, those where most is at stake first."""
    taxed = doubtful[doubtful["at_stake"] > 0]
    taxed = taxed.sort_values(["at_stake", "declaration_id"], ascending=[False, True])
    same = taxed.groupby(SAME_GOODS, observed=True, sort=False)
    taxed = taxed.assign(group=same.ngroup(), size=same["share"].transform("size"), place=same.cumcount())
    shown = taxed[(taxed["size"] > 1) & (taxed["place"] < LINES)]
    total = shown.groupby("group", sort=False)["at_stake"].sum().sort_values(ascending=False, kind="stable")
    kept = shown[shown["group"].isin(total.index[:MOST_SELLERS])]
    lines: dict[int, list[Line]] = {int(group): [] for group in total.index[:MOST_SELLERS]}
    for group, line in zip(kept["group"], _lines(kept), strict=True):  # one table at once: many small ones are slow
        lines[int(group)].append(line)
    return list(lines.values())


def _largest_usual(table: pd.DataFrame) -> list[Line]:
    """Return the two largest values of one seller whose prices are near the usual one."""
    usual = table[table["share"].between(USUAL, 1.0)]
    usual = usual.sort_values(["customs_value", "declaration_id"], ascending=[False, True])
    several = usual[usual.groupby(SAME_GOODS, observed=True)["share"].transform("size") >= USUAL_LINES]
    same = (several[SAME_GOODS] == several[SAME_GOODS].head(1).squeeze()).all(axis=1)
    return _lines(several[same].head(USUAL_LINES))


def _sevens(silent: list[list[Line]], others: list[list[Line]]) -> Iterator[list[list[Line]]]:
    """Yield seven sellers each, as different from one list to the next as can be."""
    for turn in count():
        few = min(max(turn % (SILENT + 1), SELLERS - len(others)), len(silent))
        yield [*_turn(silent, few, turn), *_turn(others, SELLERS - few, turn)]


def _turn(groups: list[list[Line]], size: int, turn: int) -> list[list[Line]]:
    """Return some of the sellers: in each turn others, and at other distances in their order."""
    first, step = FIRSTS * turn, 1 + STEPS * turn % max(len(groups) // max(size, 1), 1)
    return [groups[(first + step * place) % len(groups)] for place in range(size)]


def _lines(rows: pd.DataFrame) -> list[Line]:
    return [
        Line(
            line="",
            declaration_id=row["declaration_id"],
            importer=row["importer"],
            seller=row["seller"],
            hs=row["hs"],
            origin=row["origin"],
            value=float(row["customs_value"]),
            share=round(float(row["share"]), 4),
            at_stake=float(row["at_stake"]),
        )
        for row in rows.to_dict("records")
    ]


def _lettered(groups: list[list[Line]]) -> tuple[Line, ...]:
    """Return the lines with their names, the sellers in the order of their declarations' numbers."""
    in_order = sorted(groups, key=lambda lines: min(line.declaration_id for line in lines))
    return tuple(
        replace(line, line=f"{letter}{number}")
        for letter, lines in zip(NAMES, in_order, strict=True)
        for number, line in enumerate(lines, start=1)
    )
