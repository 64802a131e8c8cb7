"""What every kind of scheme is: whom it may cast, which movements it touches, what it says of them.

A typology draws nothing itself and reads no other typology; observers read acts by their kind, never by typology.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats, Region

if TYPE_CHECKING:
    from cep_toolkit.world.plots import Plots
    from cep_toolkit.world.society import Society

CONSIGNMENTS, TRANSITS, PARCELS, JOURNEYS, REFUNDS = "consignments", "transits", "parcels", "journeys", "refunds"
TRAFFICS = (CONSIGNMENTS, TRANSITS, PARCELS, JOURNEYS, REFUNDS)


@dataclass(frozen=True)
class Side:
    """An act that goes with the touched movements: a call, a payment, a meeting.

    Parameters
    ----------
    kind : str
        ``"call"``, ``"pay"``, ``"meet"``, ``"load"``, ``"collect"``, ``"store"`` or ``"supply"``.
    actor, other : str
        Who acts, and with whom: ``"owner"``, ``"partner"`` or ``"channel"``, as the plot was cast.
    each : float
        Expected number for each touched movement.
    days : (int, int)
        First and last possible day, counted from the movement's day.
    amount : float
        Share of the money hidden by the movement's act; 0 where no money moves.
    """

    kind: str
    actor: str
    other: str
    each: float
    days: tuple[int, int]
    amount: float = 0.0


class Typology(ABC):
    """One kind of scheme; a subclass names its facts and says what it changes.

    Attributes
    ----------
    name : str
        Its word in the field.
    traffic : str
        The movements it touches, one of ``TRAFFICS``.
    act : str
        The kind of act that each touched movement is.
    rate : float
        Pairs of plots, a guilty one and a decoy, drawn for each movement expected of the owners open to it.
    least : int
        So many plots are drawn in the smallest world.
    window : (int, int)
        Shortest and longest time a plot runs, in days.
    share : (float, float)
        Smallest and largest share of an owner's movements that a plot touches.
    reasons : tuple of str
        Innocent reasons that its decoys may have; see the dataset ``innocent_reasons``.
    partner : tuple of str
        Jobs of the residents one of whom helps; empty for none.
    channel : tuple of str
        Kinds of the firms one of which is used; empty for none.
    truly : tuple of str
        What is said truly even by the guilty, as fields of ``Said``.
    knows : bool
        Whether the owner knows; an importer whose lawful container is used does not.
    worth : float
        Usual worth of what the papers do not show at all, in the reference currency; 0 where they show some of it.
    side : tuple of Side
        Acts that go with it.
    finding : str
        What a control that finds it records.
    detection : Mapping[str, float]
        Chance that a control of each kind finds it.
    """

    name: ClassVar[str]
    traffic: ClassVar[str] = CONSIGNMENTS
    act: ClassVar[str]
    rate: ClassVar[float]
    least: ClassVar[int] = 8
    window: ClassVar[tuple[int, int]] = (60, 330)
    share: ClassVar[tuple[float, float]] = (0.6, 1.0)
    reasons: ClassVar[tuple[str, ...]]
    partner: ClassVar[tuple[str, ...]] = ()
    channel: ClassVar[tuple[str, ...]] = ()
    truly: ClassVar[tuple[str, ...]] = ()
    knows: ClassVar[bool] = True
    worth: ClassVar[float] = 0.0
    side: ClassVar[tuple[Side, ...]] = ()
    finding: ClassVar[str]
    detection: ClassVar[Mapping[str, float]] = MappingProxyType({})

    @abstractmethod
    def eligible(self, society: Society) -> Floats:
        """Return for each possible owner how open it is to this scheme, 0 for not at all."""

    def innocent(self, society: Society, eligible: Floats) -> Floats:
        """Return the same for its decoys, given what the guilty have: by default just that."""
        return eligible

    def distort(  # noqa: B027 - a scheme may leave the papers as they are
        self, rows: Any, said: Any, hit: Ints, plot: Ints, plots: Plots, region: Region
    ) -> None:
        """Change what is ``said`` of the movements at the places ``hit``, each touched by its ``plot``."""
