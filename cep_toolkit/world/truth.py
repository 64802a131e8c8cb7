"""Layer 7: what was really so. A separate object; nothing on a ``World`` leads to it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, knowledge, true_movements, true_records, true_replies
from cep_toolkit.world.acts import NOWHERE, acts, kinds
from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.engine import Engine, engine_of
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.naming import entity_ids, movement_ids
from cep_toolkit.world.observers import declarations, observers, traces
from cep_toolkit.world.observers.declarations import Block
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.scenario import Scenario
from cep_toolkit.world.society import FIRM, PERSON, TRADER, Society, entity
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import CONSIGNMENTS, REFUNDS, TRANSITS


class Truth:
    """The truth of a simulated world, for those who mark.

    Parameters
    ----------
    scenario : Scenario
    engine : Engine, optional
        Of a world that no scenario makes again; by default the scenario's own.

    Examples
    --------
    >>> truth = Truth(Scenario(declarations=5_000))
    >>> bool((truth.declarations.query("not illicit")["duty_evaded"] == 0).all())
    True
    """

    def __init__(self, scenario: Scenario, engine: Engine | None = None) -> None:
        self._engine = engine or engine_of(scenario)

    @cached_property
    def declarations(self) -> pd.DataFrame:
        """True columns beside the declared ones, one row a declaration, in their order."""
        engine = self._engine
        parts = list(each_block(engine, lambda number: _true(engine, declarations.block(engine, number))))
        number = np.concatenate([part.pop("number") for part in parts])
        place = declarations.order(engine)
        in_order = np.empty_like(place)
        in_order[place[number]] = np.arange(len(place))
        made = {name: np.concatenate([part[name] for part in parts])[in_order] for name in parts[0]}
        return _named(engine, made)

    @cached_property
    def plots(self) -> pd.DataFrame:
        """Every plot and decoy: typology, guilty, cast, window, share, strength, innocent reason."""
        engine = self._engine
        return pd.concat([_plots(engine, i) for i in range(len(TYPOLOGIES))], ignore_index=True)

    @cached_property
    def acts(self) -> pd.DataFrame:
        """Every act: plot, key, kind, date, actor, other, object (the movement), place, amount (reference currency)."""
        engine, made = self._engine, acts(self._engine)
        offices = engine.region.offices["office"].to_numpy()
        partners = np.array(engine.region.partners, dtype=object)
        return pd.DataFrame(
            {
                "plot": engine.plot_names(made.typology, made.plot),
                "guilty": made.guilty,
                "key": made.key,
                "kind": np.array(kinds(), dtype=object)[made.kind],
                "date": arrays.dates(FIRST_DAY, made.day),
                "actor": entity_ids(engine, made.actor),
                "other": entity_ids(engine, made.other),
                "object": movement_ids(engine, made),
                "place": np.where(made.office == NOWHERE, partners[made.partner], offices[made.office]),
                "amount": made.amount,
            }
        )

    @cached_property
    def replies(self) -> pd.DataFrame:
        """What would come back if a letter of doubt were written where none was; see ``world.true_replies``."""
        return true_replies.table(self._engine)

    @cached_property
    def transits(self) -> pd.DataFrame:
        """True columns of the transit movements, in their order."""
        return true_movements.transits(self._engine)

    @cached_property
    def parcels(self) -> pd.DataFrame:
        """True columns of the parcels, in their order."""
        return true_movements.parcels(self._engine)

    @cached_property
    def travellers(self) -> pd.DataFrame:
        """True columns of the travellers, in their order."""
        return true_movements.travellers(self._engine)

    @cached_property
    def refunds(self) -> pd.DataFrame:
        """True columns of the claims for refund, in their order."""
        return true_movements.refunds(self._engine)

    @cached_property
    def knowledge(self) -> pd.DataFrame:
        """Who knows what of each price, and how truly they tell it; see ``world.knowledge``."""
        engine = self._engine
        parts = []
        for number in engine.reality.blocks:
            made = declarations.block(engine, number).made
            parts.append(knowledge.of_rows(engine, made, np.flatnonzero(made.typology >= 0)))
        made_all = pd.concat(parts, ignore_index=True)
        public = declarations.ids(engine).public(made_all.pop("number").to_numpy())
        return made_all.assign(declaration_id=public)

    @cached_property
    def known_acts(self) -> pd.DataFrame:
        """Who knows what of each act, and how truly they tell it; see ``world.knowledge.of_acts``."""
        return knowledge.of_acts(self._engine)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """What is so of each intelligence report; see ``world.true_records``."""
        return true_records.reports(self._engine)

    @cached_property
    def news(self) -> pd.DataFrame:
        """Which items tell of one event; see ``world.true_records``."""
        return true_records.news(self._engine)

    @cached_property
    def reporting(self) -> pd.DataFrame:
        """How many seizures each administration made, and how it reports them; see ``world.true_records``."""
        return true_records.reporting(self._engine)

    @cached_property
    def traces(self) -> dict[str, pd.DataFrame]:
        """For each table the rows that a plot touched: the table's key, the plot and the kind of act behind it."""
        touched = self.declarations.loc[self.declarations["plot"] != "", ["declaration_id", "plot"]]
        act = {typology.name: typology.act for typology in TYPOLOGIES}
        touched = touched.assign(act=touched["plot"].astype("str").str.rsplit("-", n=1).str[0].map(act))
        others = {name: traces(self._engine, name) for name in observers() if name != "declarations"}
        return {"declarations": touched.reset_index(drop=True), **{n: t for n, t in others.items() if len(t)}}


def _true(engine: Engine, block: Block) -> dict[str, NDArray[Any]]:
    """Return compact columns of one block: numbers, not texts."""
    made, declared = block.made, block.declared
    true = declarations.true_assessment(engine, made)
    return {
        "number": made.rows.number,
        "typology": made.typology,
        "plot": made.plot,
        "illicit": made.guilty,
        "line": made.true("line").astype(np.int16),
        "origin": made.true("origin").astype(np.int8),
        "grams": made.true("grams"),
        "invoice": made.true("invoice"),
        "currency": made.rows.currency.astype(np.int8),
        "customs_value": true.customs_value,
        "duty": true.duty - declared.duty,
        "vat": true.vat - declared.vat,
    }


def _named(engine: Engine, c: dict[str, NDArray[Any]]) -> pd.DataFrame:
    region, decimals = engine.region, engine.region.decimals
    number = np.argsort(declarations.order(engine))
    return pd.DataFrame(
        {
            "declaration_id": declarations.ids(engine).public(number),
            "plot": _plot_of(engine, c["typology"], c["plot"]),
            "illicit": c["illicit"],
            "true_hs": arrays.categories(c["line"], list(region.lines["hs"])),
            "true_origin": arrays.categories(c["origin"], region.partners),
            "true_net_mass_kg": c["grams"] / 1000,
            "true_invoice_value": arrays.major(c["invoice"], engine.reality.currency_decimals[c["currency"]]),
            "true_customs_value": arrays.major(c["customs_value"], decimals),
            "duty_evaded": arrays.major(c["duty"], decimals),
            "vat_evaded": arrays.major(c["vat"], decimals),
        }
    )


def _plot_of(engine: Engine, typology: NDArray[np.int8], plot: Ints) -> pd.Categorical:
    """Return the plot of each row as a category; empty for none."""
    words = [""] + [f"{p.typology}-{number}" for p in engine.plots for number in p.number]
    start = np.cumsum([1] + [len(p) for p in engine.plots])
    return arrays.categories(np.where(typology < 0, 0, start[typology] + plot), words)


def _plots(engine: Engine, place: int) -> pd.DataFrame:
    typology, cast = TYPOLOGIES[place], engine.plots[place]
    relations = engine.population.relations
    by_relation = typology.traffic in (CONSIGNMENTS, REFUNDS)
    nobody = np.full(len(cast), NOWHERE)
    trader = relations.trader[cast.owner] if by_relation else nobody
    kind = FIRM if typology.traffic == TRANSITS else PERSON
    owner = entity(PERSON, Society.director(trader)) if by_relation else entity(kind, cast.owner)
    supplier = (
        PublicIds(engine.streams, "supplier", 7).public(relations.supplier[cast.owner]) if by_relation else nobody
    )
    return pd.DataFrame(
        {
            "plot": [f"{typology.name}-{number}" for number in cast.number],
            "typology": typology.name,
            "guilty": cast.guilty,
            "owner": entity_ids(engine, owner),
            "importer_id": entity_ids(engine, np.where(trader < 0, NOWHERE, entity(TRADER, trader))),
            "supplier_id": supplier,
            "partner": entity_ids(engine, np.where(cast.partner < 0, NOWHERE, entity(PERSON, cast.partner))),
            "channel": entity_ids(engine, np.where(cast.channel < 0, NOWHERE, entity(FIRM, cast.channel))),
            "start": arrays.dates(FIRST_DAY, cast.start),
            "end": arrays.dates(FIRST_DAY, cast.end),
            "share": np.round(cast.share, 6),
            "strength": np.round(cast.strength, 6),
            "owner_knows": typology.knows,
            "innocent_reason": cast.reason,
        }
    )
