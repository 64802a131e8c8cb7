"""Layer 6, second part: public identifiers of people, firms and traders, and of every kind of movement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.acts import Acts
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.population import Ints
from cep_toolkit.world.society import FIRM, KINDS, PERSON, TRADER
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import CONSIGNMENTS, JOURNEYS, PARCELS, REFUNDS, TRANSITS

DIGITS = 7
LETTER = {TRADER: "T", PERSON: "P", FIRM: "F"}
OF_KIND = {TRADER: "trader", PERSON: "person", FIRM: "firm"}
OF_TRAFFIC = {
    CONSIGNMENTS: ("declaration", 8),
    TRANSITS: ("transit", 8),
    PARCELS: ("parcel", 8),
    JOURNEYS: ("journey", 8),
    REFUNDS: ("refund", 8),
}


def ids(engine: Engine, kind: int) -> PublicIds:
    """Return the numbering of traders, people or firms."""
    return PublicIds(engine.streams, OF_KIND[kind], DIGITS)


def entity_ids(engine: Engine, entities: Ints) -> NDArray[np.object_]:
    """Return public identifiers such as ``"P4071122"`` (T trader, P person, F firm); empty for nobody."""
    made = np.full(len(entities), "", dtype=object)
    for kind, letter in LETTER.items():
        at = np.flatnonzero((entities >= 0) & (entities % KINDS == kind))
        numbers = ids(engine, kind).public(entities[at] // KINDS)
        made[at] = [f"{letter}{number}" for number in numbers.tolist()]
    return made


def movements(engine: Engine, traffic: str) -> PublicIds:
    """Return the numbering of the movements of a traffic."""
    kind, digits = OF_TRAFFIC[traffic]
    return PublicIds(engine.streams, kind, digits)


def movement_ids(engine: Engine, made: Acts) -> Ints:
    """Return the public number of each act's movement, in its own traffic."""
    result = np.zeros(len(made), dtype=np.int64)
    for place, typology in enumerate(TYPOLOGIES):
        at = np.flatnonzero(made.typology == place)
        result[at] = movements(engine, typology.traffic).public(made.movement[at])
    return result
