"""The file under WTO Decision 6.1: Customs' doubt, the importer's reply, the papers offered.

Letters are written where a price check sent the declaration to the yellow lane. What the reply
says comes from ``knowledge``; what a paper shows comes from the acts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, knowledge, shipping, text
from cep_toolkit.world.arrays import Columns, plain, stacked, taken, words
from cep_toolkit.world.consignments import Consignments
from cep_toolkit.world.currency import money
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import declarations, lanes, registers
from cep_toolkit.world.observers.declarations import Block
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY

Words = NDArray[np.object_]

PAPER = {
    "stock_lot": "contract",
    "second_quality": "test_report",
    "season_end": "price_list",
    "bulk_contract": "contract",
    "new_supplier": "payment",
    "related_party": "transfer_pricing_study",
}
"""The paper that shows a reason: somebody besides the seller stands behind each."""
SELLER_LETTER = "seller_letter"
"""What the seller alone wrote for this sale: it repeats the invoice, true or false."""
REPLY_DAYS = 21
SILENT, EVASIVE = 0.25, 0.35
FEW_PAPERS = 0.25
SELLER_ALONE = 0.2
LETTERS = 3
"""A file has at most so many: doubt, reply and paper."""


def table(engine: Engine) -> pd.DataFrame:
    """Return every letter and paper of the year, by date."""
    files = stacked([_files(engine, declarations.block(engine, number)) for number in engine.reality.blocks])
    made = stacked([_doubts(files), _replies(files), _papers(files)])
    public = PublicIds(engine.streams, "letter").public(made["letter"])
    order = np.lexsort((public, made["day"]))
    made, public = taken(made, order), public[order]
    return pd.DataFrame(
        {
            "letter_id": public,
            "declaration_id": declarations.ids(engine).public(made["number"]),
            "date": arrays.dates(FIRST_DAY, made["day"]),
            **{name: pd.Categorical(made[name]) for name in ("sender", "kind", "reason", "document")},
            "amount": made["amount"],
            "text": _texts(engine, made),
        },
        copy=False,
    )


def asked(block: Block) -> NDArray[np.bool_]:
    """Return about which declarations of a block a letter was written."""
    return np.asarray(block.rule == lanes.RULES.index("price_check"))


def _files(engine: Engine, block: Block) -> Columns:
    """Return one row a file opened: the facts that its letters draw on."""
    hit = np.flatnonzero(asked(block))
    return answers(engine, block.made, hit) | _facts(engine, block.made, hit)


def answers(engine: Engine, made: Consignments, hit: Ints) -> Columns:
    """Return what importers answer to a letter about some declarations: the reply, its reason and its paper."""
    rows, number = made.rows, made.rows.number[hit]
    version, tells = knowledge.of_director(engine, made, hit)
    u = {w: engine.streams.uniform("file", w, ids=number) for w in ("silent", "paper", "days", "maker")}
    lie = tells == "lie"
    silent = lie & (u["silent"] < SILENT)
    evasive = lie & ~silent & (u["silent"] < SILENT + EVASIVE)
    missing = np.maximum(engine.knobs.missing, FEW_PAPERS)
    paper = ~silent & ~evasive & (lie | (tells == "error") | (u["paper"] >= missing))
    alone = u["maker"] < SELLER_ALONE
    decimals = engine.reality.currency_decimals[rows.currency[hit]]
    shown = np.where(lie & ~alone, rows.invoice[hit], made.said.invoice[hit])
    days = 3 + np.rint(u["days"] * REPLY_DAYS * engine.knobs.delay).astype(np.int64)
    return {
        "number": number,
        "day": rows.day[hit] + 1,
        "reply_day": rows.day[hit] + 1 + days,
        "reply": np.select([silent, evasive], ["", "evasive"], "reason_" + version),
        "reason": np.where(silent | evasive, "", version),
        "document": np.where(paper, np.where(alone, SELLER_LETTER, _paper(version, lie)), ""),
        "amount": np.where(paper, arrays.major(shown, decimals), np.nan),
    }


def _facts(engine: Engine, made: Consignments, hit: Ints) -> Columns:
    """Return what letters may name: one column a placeholder."""
    rows = made.rows
    trader, relation = rows.trader[hit], rows.relation[hit]
    supplier = engine.population.relations.supplier[relation]
    return {
        "invoice": words(declarations.invoice_numbers(engine, rows, hit)),
        "second": words(declarations.invoice_numbers(engine, rows, hit, "second invoice")),
        "currency": words(engine.reality.currencies)[rows.currency[hit]],
        "importer": plain(registers.importer_names(engine, trader)),
        "supplier": plain(registers.supplier_names(engine, supplier)),
        "goods": words(text.phrases())[declarations.description(engine, made)[hit]],
        "officer": registers.officer_names(engine, shipping.office(engine, trader, rows.mode[hit])),
        "accepted": rows.day[hit],
    }


def _paper(reason: Words, lie: NDArray[np.bool_]) -> Words:
    """Return the kind of paper: a false price is contradicted by the payment or another invoice."""
    against = np.where(np.arange(len(lie)) % 2 == 0, "payment", "second_invoice")
    return np.where(lie, against, words([PAPER.get(word, "") for word in reason.tolist()]))


def _letter(files: Columns, place: int, sender: str, kind: str, **told: Any) -> Columns:
    """Return the letters of one kind, each the file's ``place``-th; what is not told of them stays empty."""
    rows = len(files["number"])
    empty = np.full(rows, "", dtype=object)
    usual = {
        "sender": np.full(rows, sender, dtype=object),
        "kind": np.full(rows, kind, dtype=object),
        "letter": files["number"] * LETTERS + place,
        "reason": empty,
        "document": empty,
        "amount": np.full(rows, np.nan),
    }
    return files | usual | told


def _doubts(files: Columns) -> Columns:
    return _letter(files, 0, "Customs", "doubt", wording=np.full(len(files["number"]), "doubt_letter", dtype=object))


def _replies(files: Columns) -> Columns:
    answered = taken(files, files["reply"] != "")
    told = {"day": answered["reply_day"], "reason": answered["reason"], "wording": answered["reply"]}
    return _letter(answered, 1, "importer", "reply", **told)


def _papers(files: Columns) -> Columns:
    given = taken(files, files["document"] != "")
    told = {name: given[name] for name in ("document", "amount")}
    told |= {"day": given["reply_day"], "wording": "document_" + given["document"]}
    return _letter(given, 2, "importer", "document", **told)


def _texts(engine: Engine, made: Columns) -> list[str]:
    other = made["document"] == "second_invoice"
    amounts = zip(made["amount"].tolist(), made["currency"], strict=True)
    facts = {name: made[name] for name in ("currency", "importer", "supplier", "goods", "officer")} | {
        "amount": ["" if amount != amount else money(amount, currency) for amount, currency in amounts],
        "declaration": declarations.ids(engine).public(made["number"]).tolist(),
        "invoice": np.where(other, made["second"], made["invoice"]),
        "date": arrays.dates(FIRST_DAY, made["accepted"]).astype("datetime64[D]").astype(str).tolist(),
    }
    wording = text.worded(made["wording"], "reply_phrases", made["letter"], engine.streams)
    return text.filled(wording, facts)
