"""All layers of one scenario, each made on first use. ``World`` and ``Truth`` read from it."""

from __future__ import annotations

from functools import cached_property, lru_cache

from cep_toolkit.world import plots as plotting
from cep_toolkit.world.level import LEVELS, Knobs
from cep_toolkit.world.plots import Plots, Scheme
from cep_toolkit.world.population import Population
from cep_toolkit.world.reality import Reality
from cep_toolkit.world.region import Region
from cep_toolkit.world.scenario import Scenario
from cep_toolkit.world.society import Society
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typologies import TYPOLOGIES


class Engine:
    """The layers beneath the tables.

    Parameters
    ----------
    scenario : Scenario
    streams : Streams, optional
        The random streams; by default those of the scenario.
    """

    def __init__(self, scenario: Scenario, streams: Streams | None = None) -> None:
        self.scenario = scenario
        self.streams = streams or Streams.of(scenario)

    @property
    def knobs(self) -> Knobs:
        """What the level does."""
        return LEVELS[self.scenario.level]

    @cached_property
    def region(self) -> Region:
        """The invented region as the host sees it."""
        return Region.of(self.scenario.administration, self.streams)

    @cached_property
    def population(self) -> Population:
        """Layer 1."""
        return Population(self.region, self.streams, self.scenario.declarations)

    @cached_property
    def reality(self) -> Reality:
        """Layer 2."""
        return Reality(self.region, self.population, self.streams, self.scenario.declarations)

    @cached_property
    def society(self) -> Society:
        """Layer 1, second part."""
        return Society(self.region, self.population, self.streams)

    @cached_property
    def plots(self) -> list[Plots]:
        """Layer 3, in the order of ``TYPOLOGIES``."""
        return [plotting.draw(typology, self.society, self.streams, self.knobs) for typology in TYPOLOGIES]

    def schemes(self, traffic: str) -> list[Scheme]:
        """Return the typologies of one traffic with their plots, in the order in which they claim movements."""
        return [scheme for scheme in self._schemes if scheme.typology.traffic == traffic]

    @cached_property
    def _schemes(self) -> list[Scheme]:
        return [
            Scheme(place, typology, plots, plots.by_owner(len(self.society.volume(typology.traffic))))
            for place, (typology, plots) in enumerate(zip(TYPOLOGIES, self.plots, strict=True))
        ]


@lru_cache(maxsize=2)
def engine_of(scenario: Scenario) -> Engine:
    """Return the engine of a scenario; the last two are kept."""
    return Engine(scenario)
