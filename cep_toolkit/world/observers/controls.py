"""What controls recorded. A finding exists only for what was controlled, and not for all of that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, shipping, text
from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.consignments import Consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import behind, declarations, lanes, registers
from cep_toolkit.world.observers.declarations import Block
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY

KINDS = ("audit", "documents", "physical", "scan")
FINDINGS = ("brand", "classification", "none", "origin", "other", "prohibited", "quantity", "value")
WITH_DUTY = ("classification", "origin", "prohibited", "quantity", "value")
SELECTED_BY = ("officer", "random", "rule")
CARRIED_OUT = 0.92
ON_AN_OFFICERS_OWN = 0.004
HONEST_ERROR = 0.02
FACTS = ("goods", "officer", "packages")
DAYS = {"audit": 45, "documents": 2, "physical": 1, "scan": 0}


def table(engine: Engine) -> pd.DataFrame:
    """Return the controls of the year."""
    parts = list(each_block(engine, partial(_of_block, engine)))
    made = pd.concat(parts, ignore_index=True)
    made = made.sort_values(["day", "control_id"], ignore_index=True)
    made.insert(2, "date", arrays.dates(FIRST_DAY, made.pop("day").to_numpy()))
    made["remark"] = _remarks(engine, made)
    return made.drop(columns=list(FACTS))


@dataclass(frozen=True)
class CarriedOut:
    """The controls of one block; every field is an array.

    Parameters
    ----------
    hit : array
        Place of the declaration in its block.
    made : Consignments
        The consignments controlled.
    owed : array
        What is owed on what was said, in minor units.
    kind, finding : array
        Places in ``KINDS`` and ``FINDINGS``.
    selected_by : array of str
    day : array
        Days since the first of the year.
    """

    hit: Ints
    made: Consignments
    owed: Ints
    kind: Ints
    finding: Ints
    selected_by: NDArray[np.object_]
    day: Ints


@lru_cache(maxsize=16)
def carried_out(engine: Engine, number: int) -> CarriedOut:
    """Return the controls of a block and what each found; the last ones are kept, for the tables that share them."""
    block = declarations.block(engine, number)
    hit, own = _controlled(engine, block)
    made, rule = block.made.at(hit), block.rule[hit]
    rows = made.rows
    u = {w: engine.streams.uniform("control", w, ids=rows.number) for w in ("kind", "found", "error", "days")}
    kind = _kind(block.lane[hit], own, u["kind"])
    by = np.where(rule == lanes.RULES.index("random"), 1, 2)
    wait = np.array([DAYS[name] for name in KINDS])[kind] * (1 + engine.knobs.delay)
    return CarriedOut(
        hit=hit,
        made=made,
        owed=block.declared.owed[hit],
        kind=kind,
        finding=_finding(made, kind, u["found"], u["error"]),
        selected_by=np.array(SELECTED_BY, dtype=object)[np.where(own, 0, by)],
        day=rows.day + np.rint(u["days"] * wait).astype(np.int64),
    )


def _of_block(engine: Engine, place: int) -> pd.DataFrame:
    done = carried_out(engine, place)
    made, rows = done.made, done.made.rows
    return pd.DataFrame(
        {
            "control_id": PublicIds(engine.streams, "control").public(rows.number),
            "declaration_id": declarations.ids(engine).public(rows.number),
            "day": done.day,
            "kind": arrays.categories(done.kind, list(KINDS)),
            "selected_by": pd.Categorical(done.selected_by, categories=pd.Index(SELECTED_BY, dtype="str")),
            "finding": arrays.categories(done.finding, list(FINDINGS)),
            "additional_duty": _additional(engine, made, done.owed, done.finding),
            "packages": rows.packages,
            "goods": np.array(text.phrases(), dtype=object)[declarations.description(engine, made)],
            "officer": registers.officer_names(engine, shipping.office(engine, rows.trader, rows.mode)),
            **behind.hidden(engine, made.typology, made.plot),
        }
    )


def _controlled(engine: Engine, block: Block) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the places of the declarations that were controlled, and which of them on an officer's own initiative."""
    u = {what: engine.streams.uniform("control", what, ids=block.made.rows.number) for what in ("done", "own")}
    green = block.lane == lanes.LANES.index("green")
    own = green & (u["own"] < ON_AN_OFFICERS_OWN)
    hit = np.flatnonzero(own | (~green & (u["done"] < CARRIED_OUT)))
    return hit, own[hit]


def _kind(lane: NDArray[np.int8], own: NDArray[np.bool_], u: NDArray[np.float64]) -> Ints:
    physical = np.where(u < 0.75, KINDS.index("physical"), KINDS.index("scan"))
    of_lane = {"blue": KINDS.index("audit"), "yellow": KINDS.index("documents")}
    kind = physical
    for colour, which in of_lane.items():
        kind = np.where(lane == lanes.LANES.index(colour), which, kind)
    return np.where(own, physical, kind)


def _finding(made: Consignments, kind: Ints, found: NDArray[np.float64], error: NDArray[np.float64]) -> Ints:
    seen = behind.found(made.typology, made.guilty, np.array(KINDS, dtype=object)[kind], found)
    finding = np.where(error < HONEST_ERROR, FINDINGS.index("other"), FINDINGS.index("none"))
    for word in np.unique(seen[seen != ""].astype("str")):
        finding[seen == word] = FINDINGS.index(word)
    return finding


def _additional(engine: Engine, made: Consignments, owed: Ints, finding: Ints) -> NDArray[np.float64]:
    """Return duty and VAT assessed beyond what is ``owed`` on what was said, where the finding bears on them."""
    due = declarations.true_assessment(engine, made).owed - owed
    found = np.isin(finding, [FINDINGS.index(word) for word in WITH_DUTY])
    return arrays.major(np.where(found, np.maximum(due, 0), 0), engine.region.decimals)


def _remarks(engine: Engine, made: pd.DataFrame) -> list[str]:
    """Return what the officers wrote: a negative result also says what was looked at."""
    kind = made["kind"].astype(str)
    finding = made["finding"].astype(str)
    what = ("nil_" + kind).where(finding == "none", finding + "_found")
    wording = text.worded(what.to_numpy(dtype=object), "control_remarks", made["control_id"].to_numpy(), engine.streams)
    count = [f"{some:,}" for some in made["packages"].tolist()]
    plural = ["" if some == "1" else "s" for some in count]
    facts = {
        "goods": made["goods"].tolist(),
        "officer": made["officer"].tolist(),
        "count": count,
        "packages": [f"{some} package{s}" for some, s in zip(count, plural, strict=True)],
        "pkgs": [f"{some} pkg{s}" for some, s in zip(count, plural, strict=True)],
    }
    return text.filled(wording, facts)
