"""Claims for refund of duty (drawback), beside what the carrier's export manifest says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, knowledge
from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.naming import movements
from cep_toolkit.world.observers import behind, declarations, ledger
from cep_toolkit.world.population import BLOCK, Ints
from cep_toolkit.world.reality import FIRST_DAY, WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.traffic.after import After, refunds_of
from cep_toolkit.world.traffic.refunds import Claimed, Refunds
from cep_toolkit.world.typology import REFUNDS

RESULTS = ("paid", "refused", "under examination")
REASONS = ("two_shipments", "corrected_manifest")
SCALES, TOLERANCE = 0.01, 0.04
IN_TWO, FIRST_OF_TWO = 0.08, (0.3, 0.8)
NO_REASON, SHOWS_FALSE_PAPER = 0.15, 0.08
AUDITED, AUDITED_WHEN_ODD, REFUSED = 0.05, 0.4, 0.01
DECIDED_AFTER = 40


def table(engine: Engine) -> pd.DataFrame:
    """Return the claims of the year, by day."""
    made = refunds_of(engine)
    rows, said = made.rows, made.said
    carried = _carried(engine, rows)
    known = engine.streams.uniform("refund", "manifest", ids=rows.number) >= engine.knobs.missing
    reason, paper = _explained(engine, made, carried, known)
    export = PublicIds(engine.streams, "export", 8).public(rows.number)
    trader = engine.population.relations.trader[rows.owner]
    table = pd.DataFrame(
        {
            "refund_id": movements(engine, REFUNDS).public(rows.number),
            "date": arrays.dates(FIRST_DAY, rows.day),
            "importer_id": PublicIds(engine.streams, "trader", 7).public(trader),
            "declaration_id": declarations.ids(engine).public(rows.number),
            "export_document": arrays.optional("EX", export, 8),
            "claimed_mass_kg": said.grams / 1000,
            "carrier_mass_kg": np.where(known, carried / 1000, np.nan),
            "duty_claimed": _duty(engine, rows, said),
            "explanation": reason,
            "paper": paper,
            "result": arrays.categories(_result(engine, made, carried, known, paper), list(RESULTS)),
            **behind.hidden(engine, made.typology, made.plot),
        }
    )
    return ledger.by_day(table, rows.day)


def _carried(engine: Engine, rows: Refunds) -> Ints:
    """Return grams on the carrier's manifest for the document named: scales err, and some goods leave in two lots."""
    u = {w: engine.streams.uniform("refund", w, ids=rows.number) for w in ("scales", "two", "first")}
    low, high = FIRST_OF_TWO
    lot = np.where(u["two"] < IN_TWO, low + (high - low) * u["first"], 1.0)
    return np.maximum(np.rint(rows.grams * lot * (1 + SCALES * (2 * u["scales"] - 1))), 1).astype(np.int64)


def _duty(engine: Engine, rows: Refunds, said: Claimed) -> Floats:
    """Return the duty paid on the import in proportion to the mass claimed."""
    paid = np.concatenate(list(each_block(engine, lambda number: _paid(engine, rows, number))))
    return arrays.major(np.floor(paid * said.grams / rows.imported_grams).astype(np.int64), engine.region.decimals)


def _paid(engine: Engine, rows: Refunds, number: int) -> Ints:
    here = rows.number[rows.number // BLOCK == number]
    return np.asarray(declarations.block(engine, number).declared.duty[here - number * BLOCK])


def _odd(made: After[Refunds, Claimed], carried: Ints, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return known & (made.said.grams - carried > TOLERANCE * made.said.grams)


def _explained(
    engine: Engine, made: After[Refunds, Claimed], carried: Ints, known: NDArray[np.bool_]
) -> tuple[NDArray[np.object_], Any]:
    """Return the reason that the importer gives for a claim above the manifest, and the paper that bears it out."""
    u = {w: engine.streams.uniform("refund", w, ids=made.rows.number) for w in ("says", "paper", "reason")}
    asked = _odd(made, carried, known) & (u["says"] >= NO_REASON)
    likely = np.where(u["reason"] < 0.7, *REASONS).astype(object)
    likely = np.where(carried < made.rows.grams * FIRST_OF_TWO[1], REASONS[0], likely)
    reason = np.where(asked, knowledge.of_movements(engine, made, likely), "")
    has_paper = np.where(made.guilty, u["paper"] < SHOWS_FALSE_PAPER, u["paper"] >= engine.knobs.missing)
    number = (engine.streams.mixed("refund", "number", ids=made.rows.number) % np.uint64(10**6)).astype(np.int64)
    return reason, arrays.optional("TD", np.where(asked & has_paper, number, -1), 6)


def _result(engine: Engine, made: After[Refunds, Claimed], carried: Ints, known: NDArray[np.bool_], paper: Any) -> Ints:
    """Return how the claim ended: the late ones of the year are still open, and so are those that nobody explains."""
    u = {w: engine.streams.uniform("refund", w, ids=made.rows.number) for w in ("audit", "found", "refused", "days")}
    unexplained = _odd(made, carried, known) & (np.asarray(paper) == "")
    audited = u["audit"] < np.where(unexplained, AUDITED_WHEN_ODD, AUDITED)
    audit = np.full(len(carried), "audit", dtype=object)
    found = audited & (behind.found(made.typology, made.guilty, audit, u["found"]) != "")
    wait = DECIDED_AFTER * engine.knobs.delay * (0.5 + u["days"]) * np.where(audited, 2, 1)
    pending = made.rows.day + wait > WEEKS * 7
    open_still = pending | (unexplained & audited & ~found)
    refused = found | (u["refused"] < REFUSED)
    return np.select([refused & ~pending, open_still], [1, 2], 0)
