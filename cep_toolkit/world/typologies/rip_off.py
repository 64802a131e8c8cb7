"""Rip-on/rip-off: drugs travel in somebody else's lawful container and are taken out before it is released."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from cep_toolkit.world.population import MODES
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import Society
from cep_toolkit.world.typology import Side, Typology

LEAST_KG, OFTEN = 2_000.0, 6.0


class RipOff(Typology):
    """The declaration is true and its importer knows nothing; the seal is not the one that was put on."""

    name = "rip_off"
    act = "drugs_added_to_lawful_container"
    rate = 0.008
    least = 12
    window = (300, 364)
    share = (0.1, 0.3)
    reasons = ("customs_reseal",)
    partner = ("crane driver", "stevedore", "reach stacker driver")
    channel = ("haulier",)
    knows = False
    worth = 900_000.0
    side = (
        Side("load", "partner", "channel", each=1.0, days=(-30, -12)),
        Side("call", "partner", "channel", each=3.0, days=(-4, 2)),
        Side("collect", "partner", "channel", each=0.6, days=(-2, 0)),
        Side("pay", "channel", "partner", each=0.8, days=(2, 15), amount=0.04),
    )
    finding = "prohibited"
    detection = MappingProxyType({"audit": 0.0, "documents": 0.02, "physical": 0.80, "scan": 0.55})

    def eligible(self, society: Society) -> Floats:
        """Relations that often fill containers by sea; nobody chooses the importer for what it does."""
        relations = society.population.relations
        full = (society.region.lines["typical_mass_kg"].to_numpy(dtype=float) >= LEAST_KG)[relations.line]
        often = relations.weight >= OFTEN
        return np.where(full & often & (relations.mode == MODES.index("sea")), 1.0, 0.0)
