"""Layer 7: what was really so. A separate object; nothing on a ``World`` leads to it."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from cep_toolkit.world import arrays, knowledge
from cep_toolkit.world import plots as plotting
from cep_toolkit.world.assessment import assess
from cep_toolkit.world.engine import Engine, engine_of
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.observers import declarations
from cep_toolkit.world.observers.declarations import Block
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.scenario import Scenario
from cep_toolkit.world.typologies import TYPOLOGIES


class Truth:
    """The truth of a simulated world, for those who mark.

    Parameters
    ----------
    scenario : Scenario

    Examples
    --------
    >>> truth = Truth(Scenario(declarations=5_000))
    >>> bool((truth.declarations.query("not illicit")["duty_evaded"] == 0).all())
    True
    """

    def __init__(self, scenario: Scenario) -> None:
        self._engine = engine_of(scenario)

    @cached_property
    def declarations(self) -> pd.DataFrame:
        """True columns beside the declared ones, one row a declaration, in their order."""
        engine = self._engine
        parts = [_true(engine, declarations.block(engine, n)) for n in engine.reality.blocks]
        place = declarations.order(engine)
        made = pd.concat(parts, ignore_index=True)
        return made.iloc[np.argsort(place)].reset_index(drop=True)

    @cached_property
    def plots(self) -> pd.DataFrame:
        """Every plot and decoy with its cast, window and reason; see ``world.plots.frame``."""
        engine = self._engine
        table = plotting.frame(engine.plots, engine.population)
        table["importer_id"] = PublicIds(engine.streams, "trader", 7).public(table.pop("trader"))
        table["supplier_id"] = PublicIds(engine.streams, "supplier", 7).public(table.pop("supplier"))
        for name in ("start", "end"):
            table[name] = arrays.dates(FIRST_DAY, table[name].to_numpy())
        return table.drop(columns=["relation", "number"])

    @cached_property
    def acts(self) -> pd.DataFrame:
        """Every act of a plot: plot, act, kind, date, actor, object, place, amount."""
        engine = self._engine
        return pd.concat(
            [_acts(engine, declarations.block(engine, n)) for n in engine.reality.blocks],
            ignore_index=True,
        )

    @cached_property
    def knowledge(self) -> pd.DataFrame:
        """Who knows what of each act, and how truly they tell it; see ``world.knowledge``."""
        engine = self._engine
        parts = []
        for number in engine.reality.blocks:
            made = declarations.block(engine, number)
            parts.append(knowledge.of_rows(engine, made, np.flatnonzero(made.typology >= 0)))
        made_all = pd.concat(parts, ignore_index=True)
        public = declarations.ids(engine).public(made_all.pop("number").to_numpy())
        return made_all.assign(declaration_id=public)

    @cached_property
    def traces(self) -> dict[str, pd.DataFrame]:
        """For each table the rows that a plot touched: row id, plot and the act behind it."""
        acts = self.acts[["object", "plot", "act"]].rename(columns={"object": "declaration_id"})
        return {"declarations": acts}


def _true(engine: Engine, made: Block) -> pd.DataFrame:
    reality, declared = engine.reality, made.declared
    true = assess(reality, made.rows, made.true_line, made.true_invoice, made.preference)
    decimals = engine.region.decimals
    names, codes = np.unique(knowledge.plot_names(engine, made), return_inverse=True)
    return pd.DataFrame(
        {
            "declaration_id": declarations.ids(engine).public(made.rows.number),
            "plot": np.asarray(names, dtype=object)[codes],
            "illicit": made.guilty,
            "true_hs": arrays.categories(made.true_line, list(engine.region.lines["hs"])),
            "true_invoice_value": arrays.major(made.true_invoice, reality.currency_decimals[made.rows.currency]),
            "true_customs_value": arrays.major(true.customs_value, decimals),
            "duty_evaded": arrays.major(true.duty - declared.duty, decimals),
            "vat_evaded": arrays.major(true.vat - declared.vat, decimals),
        }
    )


def _acts(engine: Engine, made: Block) -> pd.DataFrame:
    hit = np.flatnonzero(made.typology >= 0)
    rows = made.rows
    public = declarations.ids(engine).public(rows.number[hit])
    offices = engine.region.offices["office"]
    left_out = made.true_invoice[hit] - made.said.invoice[hit]
    return pd.DataFrame(
        {
            "plot": knowledge.plot_names(engine, made)[hit],
            "act": public,
            "kind": np.array([t.act for t in TYPOLOGIES], dtype=object)[made.typology[hit]],
            "date": arrays.dates(FIRST_DAY, rows.day[hit]),
            "actor": PublicIds(engine.streams, "trader", 7).public(rows.trader[hit]),
            "object": public,
            "place": offices.to_numpy()[declarations.office(engine, rows)[hit]],
            "amount": arrays.major(left_out, engine.reality.currency_decimals[rows.currency[hit]]),
        }
    )
