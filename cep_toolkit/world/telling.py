"""Layer 10 for reports: how a source knows, what it says, and what is not known, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference, text
from cep_toolkit.world.acts import NOWHERE, acts, kinds
from cep_toolkit.world.arrays import Columns, plain, words
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.entity_names import entity_names
from cep_toolkit.world.known import Known
from cep_toolkit.world.observers import registers
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import KINDS, PERSON, TRADER
from cep_toolkit.world.traffic.after import parcels_of, refunds_of, transits_of
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import CONSIGNMENTS, JOURNEYS, PARCELS, REFUNDS, TRANSITS

Words = NDArray[np.object_]

NOT_NAMED = "a person not named"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
OFFICE_OF = {PARCELS: "post", JOURNEYS: "airport"}
LEAST_SUM = 500.0


@dataclass(frozen=True)
class Goods:
    """Which goods each row is about: ``line`` of the tariff, and ``relation`` of a trader, -1 for none."""

    line: Ints
    relation: Ints


def texts(engine: Engine, rows: Known, told: Columns) -> list[str]:
    """Return the text of each report; what it says of day, place, goods and sums is what the row says."""
    table = reference.load("act_kinds").set_index("act")
    content = words([table["content"].get(word, "declare") for word in kinds()])[rows.kind]
    in_kind = np.array([bool(table["quantity"].get(word, False)) for word in kinds()])[rows.kind]
    key = told["key"]
    goods = _goods(engine, rows)
    lines = engine.region.lines
    facts = {
        "date": written_days(told["heard"]),
        "day": written_days(rows.day),
        "place": _places(engine, rows),
        "subject": np.where(told["named"], told["subject"], NOT_NAMED),
        "other": _others(engine, rows, goods.relation),
        "goods": words(text.short_names(lines["description"].iloc[goods.line])),
        "amount": np.where(in_kind, _quantities(engine, rows, goods.line), _sums(engine, rows.amount)),
    }
    heard = text.worded("heard_" + told["how"], "report_phrases", key, engine.streams)
    said = text.worded("content_" + content, "report_phrases", key, engine.streams)
    doubts = np.where(told["how"] == "technical", "caveat_records", "caveat").astype(object)
    caveat = text.worded(doubts, "report_phrases", key, engine.streams)
    return [_begun(written) for written in text.filled(heard + " " + said + " " + caveat, facts)]


def written_days(day: Ints) -> list[str]:
    """Return days as one writes them in a text.

    Examples
    --------
    >>> written_days(np.array([0, 65]))
    ['6 January', '12 March']
    """
    every, place = np.unique(day, return_inverse=True)
    dates = (FIRST_DAY + every).astype("datetime64[D]").astype(str)
    made = words([f"{int(date[8:])} {MONTHS[int(date[5:7]) - 1]}" for date in dates.tolist()])
    return list(made[place])


def _begun(written: str) -> str:
    """Return a text in which somebody not named may begin a sentence."""
    return written.replace(f". {NOT_NAMED}", f". {NOT_NAMED.capitalize()}")


def _goods(engine: Engine, rows: Known) -> Goods:
    """Return the goods of the movement behind each row; where there is none, what its subject deals in."""
    made, relations = acts(engine), engine.population.relations
    number, subject = rows.subject // KINDS, rows.subject % KINDS
    trader = np.where(subject == TRADER, number, 0)
    relation = np.where(subject == TRADER, engine.population.traders.relations[trader], -1)
    line = np.where(relation >= 0, relations.line[relation], number % len(engine.region.lines))
    traffic = np.array([typology.traffic for typology in TYPOLOGIES])[made.typology[rows.act]]
    traffic = np.where(rows.act >= 0, traffic, "")
    movement = made.movement[rows.act]
    bought = np.flatnonzero(traffic == CONSIGNMENTS)
    relation[bought] = engine.reality.relation[movement[bought]]
    claimed = np.flatnonzero(traffic == REFUNDS)
    if len(claimed):
        claims = refunds_of(engine).rows
        order = np.argsort(claims.number)
        relation[claimed] = claims.owner[order[np.searchsorted(claims.number[order], movement[claimed])]]
    for at in (bought, claimed):
        line[at] = relations.line[relation[at]]
    for name, of in ((TRANSITS, transits_of), (PARCELS, parcels_of)):
        at = np.flatnonzero(traffic == name)
        if len(at):
            line[at] = of(engine).rows.line[movement[at]]
    return Goods(line, relation)


def _places(engine: Engine, rows: Known) -> Words:
    """Return the name of the office where it was: that of the act, or of the kind that its traffic passes."""
    made, table = acts(engine), engine.region.offices
    names, office_kind = table["name"].to_numpy(dtype=object), table["kind"].to_numpy(dtype=object)
    anywhere = (engine.streams.mixed("told place", ids=rows.key) % np.uint64(len(names))).astype(np.int64)
    office = np.where(rows.act >= 0, made.office[rows.act], anywhere)
    traffic = {typology.act: typology.traffic for typology in TYPOLOGIES}
    of_act = np.array([OFFICE_OF.get(typology.traffic, "") for typology in TYPOLOGIES], dtype=object)
    of_kind = words([OFFICE_OF.get(traffic.get(word, ""), "") for word in kinds()])[rows.kind]
    of_row = np.where(rows.act >= 0, of_act[made.typology[rows.act]], of_kind)
    office = np.where((rows.act < 0) & (of_kind != ""), NOWHERE, office)
    for word in sorted(set(OFFICE_OF.values())):
        fitting = np.flatnonzero(office_kind == word)
        here = np.flatnonzero((office == NOWHERE) & (of_row == word))
        office[here] = fitting[anywhere[here] % len(fitting)] if len(fitting) else anywhere[here]
    return names[np.where(office == NOWHERE, anywhere, office)]


def _others(engine: Engine, rows: Known, relation: Ints) -> Words:
    """Return who else is named: who took part, else who sold the goods, else somebody not named."""
    seller = np.full(len(rows), NOT_NAMED, dtype=object)
    at = np.flatnonzero((relation >= 0) & (rows.subject % KINDS != PERSON))
    suppliers = engine.population.relations.supplier[relation[at]]
    seller[at] = plain(registers.supplier_names(engine, suppliers))
    return np.where(rows.other == NOWHERE, seller, entity_names(engine, rows.other))


def _sums(engine: Engine, amount: Floats) -> Words:
    """Return sums in the host's currency, two digits of them."""
    own = np.maximum(amount, LEAST_SUM) / engine.region.host_rate
    return words([f"{value:,.0f} {engine.region.currency}" for value in _two_digits(own).tolist()])


def _quantities(engine: Engine, rows: Known, line: Ints) -> Words:
    """Return masses: what the sum buys, or some share of a usual consignment where no sum is known."""
    lines = engine.region.lines
    price = lines["price_per_kg"].to_numpy(dtype=float)[line]
    usual = lines["typical_mass_kg"].to_numpy(dtype=float)[line]
    share = 0.1 + 0.5 * engine.streams.uniform("told quantity", ids=rows.key)
    kg = np.where(rows.amount > 0, rows.amount / price, usual * share)
    return words([f"{max(value, 1):,.0f} kg" for value in _two_digits(kg).tolist()])


def _two_digits(values: Floats) -> Floats:
    step = 10.0 ** (np.floor(np.log10(np.maximum(values, 1e-3))) - 1)
    return np.asarray(np.rint(values / step) * step)
