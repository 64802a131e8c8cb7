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
from cep_toolkit.world.consignments import Consignments
from cep_toolkit.world.currency import money
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import declarations, lanes, registers
from cep_toolkit.world.observers.declarations import Block
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY

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


def table(engine: Engine) -> pd.DataFrame:
    """Return every letter and paper of the year, by date."""
    files = pd.concat(
        [_files(engine, declarations.block(engine, n)) for n in engine.reality.blocks],
        ignore_index=True,
    )
    parts = [_doubts(files), _replies(files), _papers(files)]
    made = pd.concat(parts, ignore_index=True)
    made["letter_id"] = PublicIds(engine.streams, "letter").public(made["letter"].to_numpy())
    made["text"] = _texts(engine, made)
    made = made.sort_values(["day", "letter_id"], ignore_index=True)
    made["date"] = arrays.dates(FIRST_DAY, made["day"].to_numpy())
    for name in ("sender", "kind", "reason", "document"):
        made[name] = made[name].astype("category")
    return made


def _files(engine: Engine, block: Block) -> pd.DataFrame:
    """Return one row a file opened: the facts that its letters draw on."""
    made, hit = block.made, np.flatnonzero(block.rule == lanes.RULES.index("price_check"))
    rows, number = made.rows, made.rows.number[hit]
    known = knowledge.of_rows(engine, made, hit)
    told = known[known["person"] == "director"].reset_index(drop=True)
    u = {w: engine.streams.uniform("file", w, ids=number) for w in ("silent", "paper", "days", "maker")}
    lie = (told["tells"] == "lie").to_numpy()
    error = (told["tells"] == "error").to_numpy()
    silent = lie & (u["silent"] < SILENT)
    evasive = lie & ~silent & (u["silent"] < SILENT + EVASIVE)
    missing = np.maximum(engine.knobs.missing, FEW_PAPERS)
    paper = ~silent & ~evasive & (lie | error | (u["paper"] >= missing))
    alone = u["maker"] < SELLER_ALONE
    decimals = engine.reality.currency_decimals[rows.currency[hit]]
    shown = np.where(lie & ~alone, rows.invoice[hit], made.said.invoice[hit])
    days = 3 + np.rint(u["days"] * REPLY_DAYS * engine.knobs.delay).astype(np.int64)
    document = np.where(paper, np.where(alone, SELLER_LETTER, _paper(told["version"], lie)), "")
    files = pd.DataFrame(
        {
            "number": number,
            "declaration_id": declarations.ids(engine).public(number),
            "day": rows.day[hit] + 1,
            "reply_day": rows.day[hit] + 1 + days,
            "reply": np.select([silent, evasive], ["", "evasive"], "reason_" + told["version"].astype(str)),
            "reason": np.where(silent | evasive, "", told["version"].astype(object)),
            "document": document,
            "amount": np.where(paper, arrays.major(shown, decimals), np.nan),
        }
    )
    return files.join(_facts(engine, made, hit, document))


def _facts(engine: Engine, made: Consignments, hit: Ints, document: NDArray[np.object_]) -> pd.DataFrame:
    """Return what letters may name: one column a placeholder."""
    rows = made.rows
    trader, relation = rows.trader[hit], rows.relation[hit]
    second = declarations.invoice_numbers(engine, rows, hit, "second invoice")
    return pd.DataFrame(
        {
            "invoice": declarations.invoice_numbers(engine, rows, hit),
            "second": np.where(document == "second_invoice", second, ""),
            "currency": np.array(engine.reality.currencies, dtype=object)[rows.currency[hit]],
            "importer": registers.importer_names(engine, trader),
            "supplier": registers.supplier_names(engine, engine.population.relations.supplier[relation]),
            "goods": np.array(text.phrases(), dtype=object)[declarations.description(engine, made)[hit]],
            "officer": registers.officer_names(engine, shipping.office(engine, trader, rows.mode[hit])),
            "accepted": rows.day[hit],
        }
    )


def _paper(reason: pd.Series, lie: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Return the kind of paper: a false price is contradicted by the payment or another invoice."""
    against = np.where(np.arange(len(lie)) % 2 == 0, "payment", "second_invoice")
    return np.where(lie, against, reason.map(PAPER).astype(object).to_numpy())


def _doubts(files: pd.DataFrame) -> pd.DataFrame:
    return files.assign(
        sender="Customs",
        kind="doubt",
        reason="",
        document="",
        amount=np.nan,
        wording="doubt_letter",
        letter=files["number"] * 3,
    )


def _replies(files: pd.DataFrame) -> pd.DataFrame:
    answered = files[files["reply"] != ""]
    return answered.assign(
        sender="importer",
        kind="reply",
        document="",
        amount=np.nan,
        wording=answered["reply"],
        letter=answered["number"] * 3 + 1,
        day=answered["reply_day"],
    )


def _papers(files: pd.DataFrame) -> pd.DataFrame:
    given = files[files["document"] != ""]
    return given.assign(
        sender="importer",
        kind="document",
        reason="",
        wording="document_" + given["document"],
        letter=given["number"] * 3 + 2,
        day=given["reply_day"],
    )


def _texts(engine: Engine, made: pd.DataFrame) -> list[str]:
    facts: dict[str, Any] = {}
    facts |= {name: _words(made[name]) for name in ("currency", "importer", "supplier", "goods", "officer")}
    amounts = zip(made["amount"].tolist(), facts["currency"], strict=True)
    facts["amount"] = ["" if amount != amount else money(amount, currency) for amount, currency in amounts]
    facts["declaration"] = made["declaration_id"].tolist()
    facts["invoice"] = _words(made["second"].where(made["document"] == "second_invoice", made["invoice"]))
    facts["date"] = arrays.dates(FIRST_DAY, made["accepted"].to_numpy()).astype("datetime64[D]").astype(str).tolist()
    wording = text.worded(_words(made["wording"]), "reply_phrases", made["letter"].to_numpy(), engine.streams)
    return text.filled(wording, facts)


def _words(column: pd.Series) -> NDArray[np.object_]:
    return column.to_numpy(dtype=object)
