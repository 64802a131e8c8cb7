"""The kinds of scheme that can be planted, in the order in which they claim rows."""

from __future__ import annotations

from cep_toolkit.world.plots import Typology
from cep_toolkit.world.typologies.misclassification import Misclassification
from cep_toolkit.world.typologies.undervaluation import Undervaluation

TYPOLOGIES: tuple[Typology, ...] = (Undervaluation(), Misclassification())
