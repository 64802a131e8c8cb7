"""All layers of one scenario, each made on first use. ``World`` and ``Truth`` read from it."""

from __future__ import annotations

from functools import cached_property, lru_cache

from cep_toolkit.world import plots as plotting
from cep_toolkit.world.level import LEVELS, Knobs
from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints, Population
from cep_toolkit.world.reality import Reality
from cep_toolkit.world.region import Region
from cep_toolkit.world.scenario import Scenario
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
    def plots(self) -> list[Plots]:
        """Layer 3, in the order of ``TYPOLOGIES``."""
        return [
            plotting.draw(typology, self.region, self.population, self.streams, self.knobs) for typology in TYPOLOGIES
        ]

    @cached_property
    def plot_of_relation(self) -> list[Ints]:
        """For each typology, the plot that each relation was cast in; -1 for none."""
        relations = len(self.population.relations.trader)
        return [plots.by_relation(relations) for plots in self.plots]


@lru_cache(maxsize=2)
def engine_of(scenario: Scenario) -> Engine:
    """Return the engine of a scenario; the last two are kept."""
    return Engine(scenario)
