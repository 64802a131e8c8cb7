"""Layer 6, third part: all traders, people or firms with their numbers, addresses and telephones, for many tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from cep_toolkit.world import naming
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import Ints
from cep_toolkit.world.society import FIRM, PERSON, TRADER
from cep_toolkit.world.standing import standing


@dataclass(frozen=True)
class Everybody:
    """All of one kind; every field is an array.

    Parameters
    ----------
    number, public : array
        Internal number and public one.
    address, telephone : array
        Numbers as in ``Society``.
    ids, address_ids, telephones : array of str
        The same as everybody reads them.
    """

    number: Ints
    public: Ints
    address: Ints
    telephone: Ints
    ids: Any
    address_ids: Any
    telephones: Any


@lru_cache(maxsize=6)
def everybody(engine: Engine, kind: int) -> Everybody:
    """Return all traders, people or firms; the last ones are kept, for the tables that share them."""
    society = engine.society
    numbers = {
        TRADER: standing(engine).trader,
        PERSON: np.arange(len(society.people.born)),
        FIRM: np.arange(len(society.firm_kind)),
    }[kind]
    address, telephone = society.address(kind, numbers), society.telephone(kind, numbers)
    return Everybody(
        number=numbers,
        public=naming.ids(engine, kind).public(numbers),
        address=address,
        telephone=telephone,
        ids=naming.ids_of(engine, kind, numbers),
        address_ids=naming.address_ids(engine, address),
        telephones=naming.telephones(engine, telephone),
    )
