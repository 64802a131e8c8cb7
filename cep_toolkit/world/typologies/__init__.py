"""The kinds of scheme that can be planted, in the order in which they claim movements; new ones come last."""

from __future__ import annotations

from cep_toolkit.world.typologies.cash_couriers import CashCouriers
from cep_toolkit.world.typologies.counterfeits import Counterfeits
from cep_toolkit.world.typologies.drawback_fraud import DrawbackFraud
from cep_toolkit.world.typologies.misclassification import Misclassification
from cep_toolkit.world.typologies.origin_fraud import OriginFraud
from cep_toolkit.world.typologies.other_goods import PrecursorDiversion, ProtectedSpecies, Tobacco
from cep_toolkit.world.typologies.rip_off import RipOff
from cep_toolkit.world.typologies.short_declaration import ShortDeclaration
from cep_toolkit.world.typologies.split_parcels import SplitParcels
from cep_toolkit.world.typologies.trade_based_laundering import TradeBasedLaundering
from cep_toolkit.world.typologies.transit_diversion import TransitDiversion
from cep_toolkit.world.typologies.undervaluation import Undervaluation
from cep_toolkit.world.typology import Typology

TYPOLOGIES: tuple[Typology, ...] = (
    Undervaluation(),
    Misclassification(),
    OriginFraud(),
    ShortDeclaration(),
    TradeBasedLaundering(),
    Tobacco(),
    RipOff(),
    PrecursorDiversion(),
    Counterfeits(),
    ProtectedSpecies(),
    TransitDiversion(),
    DrawbackFraud(),
    CashCouriers(),
    SplitParcels(),
)
