"""How the host's selectivity sets the lane: from what is declared, and at random."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.assessment import Assessed
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.said import Said

LANES = ("blue", "green", "red", "yellow")
RULES = ("aeo", "audit_plan", "high_duty", "new_trader", "none", "permit", "price_check", "random")
RANDOM, PERMIT, PRICE, NEW, HIGH, AUDIT = 0.015, 0.08, 0.35, 0.06, 0.05, 0.02
DOUBTFUL_PRICE, LEAST_IN_DOUBT = 0.55, 100.0
"""The office doubts a price below this share of its list, where at least so much value lacks (reference currency)."""
HIGH_DUTY = 20.0


def choose(engine: Engine, rows: Rows, said: Said, declared: Assessed) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return the lane and the rule of each row, as numbers in ``LANES`` and ``RULES``.

    The first rule that holds decides; a random share goes to the red lane whatever the rest says.
    """
    traders = engine.population.traders
    permit_required = (engine.region.lines["permit"] != "").to_numpy()[said.line]
    aeo, new = traders.aeo[rows.trader], traders.new[rows.trader]

    def chance(rule: str, share: float) -> NDArray[np.bool_]:
        return engine.streams.uniform("lane", rule, ids=rows.number) < share

    steps = (
        ("random", "red", chance("random", RANDOM)),
        ("permit", "yellow", permit_required & chance("permit", PERMIT)),
        ("price_check", "yellow", _low_price(engine, rows, said, declared) & chance("price", PRICE)),
        ("new_trader", "red", new & chance("new", NEW)),
        ("high_duty", "yellow", (declared.duty_rate >= HIGH_DUTY) & ~aeo & chance("high", HIGH)),
        ("audit_plan", "blue", chance("audit", AUDIT)),
        ("aeo", "green", aeo),
    )
    lane = np.full(len(rows.number), LANES.index("green"), dtype=np.int8)
    rule = np.full(len(rows.number), RULES.index("none"), dtype=np.int8)
    free = np.ones(len(rows.number), dtype=bool)
    for name, colour, holds in steps:
        hit = free & holds
        lane[hit], rule[hit] = LANES.index(colour), RULES.index(name)
        free &= ~hit
    return lane, rule


def _low_price(engine: Engine, rows: Rows, said: Said, declared: Assessed) -> NDArray[np.bool_]:
    """Return whether the value is well below what the office's list says of such goods from there, and by enough."""
    region = engine.region
    typical = region.lines["price_per_kg"].to_numpy(dtype=float)
    listed = typical[:, None] * np.exp(region.price_effect)
    value = declared.customs_value / 10.0**region.decimals * region.host_rate
    usual = listed[said.line, said.origin] * said.grams / 1000
    return np.asarray((value < DOUBTFUL_PRICE * usual) & (usual - value >= LEAST_IN_DOUBT))
