"""The simulated Customs administration: ``Scenario`` -> ``World``, and apart from it ``Truth``.

Layers, each a module that reads only those above it: ``population``, ``reality``, ``plots``,
``knowledge``, ``observers``; ``identifiers``, ``text`` and ``level`` serve them all.
"""

from __future__ import annotations

from cep_toolkit.world.scenario import Scenario
from cep_toolkit.world.world import World

__all__ = ["Scenario", "World"]
