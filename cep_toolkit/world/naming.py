"""Layer 6, second part: public identifiers of people, firms and traders, and of every kind of movement."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import arrays
from cep_toolkit.world.acts import Acts
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.population import Ints
from cep_toolkit.world.society import FIRM, KINDS, PERSON, TRADER
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import CONSIGNMENTS, JOURNEYS, PARCELS, REFUNDS, TRANSITS

DIGITS, ADDRESS_DIGITS = 7, 9
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
    for kind in LETTER:
        at = np.flatnonzero((entities >= 0) & (entities % KINDS == kind))
        made[at] = ids_of(engine, kind, entities[at] // KINDS)
    return made


def ids_of(engine: Engine, kind: int, numbers: Ints) -> Any:
    """Return the same identifiers as a column of texts, for numbers of one kind: fast where there are many."""
    return arrays.patterned(LETTER[kind] + "#" * DIGITS, ids(engine, kind).public(numbers))


def addresses(engine: Engine) -> PublicIds:
    """Return the numbering of addresses."""
    return PublicIds(engine.streams, "address", ADDRESS_DIGITS)


def address_ids(engine: Engine, numbers: Ints) -> Any:
    """Return public identifiers of addresses, such as ``"A407112233"``, as a column of texts."""
    return arrays.patterned("A" + "#" * ADDRESS_DIGITS, addresses(engine).public(numbers))


def telephones(engine: Engine, numbers: Ints) -> Any:
    """Return telephone numbers such as ``"+999 407 112 233"``; ITU-T E.164 gives the code 999 to nobody."""
    return arrays.patterned("+999 ### ### ###", PublicIds(engine.streams, "telephone", 9).public(numbers))


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
