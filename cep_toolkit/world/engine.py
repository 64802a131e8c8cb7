"""All layers of one scenario, each made on first use. ``World`` and ``Truth`` read from it."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import plots as plotting
from cep_toolkit.world.level import LEVELS, Knobs
from cep_toolkit.world.plots import Plots, Scheme
from cep_toolkit.world.population import Ints, Population
from cep_toolkit.world.reality import Reality
from cep_toolkit.world.region import Region
from cep_toolkit.world.scenario import Scenario
from cep_toolkit.world.side_by_side import side_by_side
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
        return list(
            side_by_side(TYPOLOGIES, lambda typology: plotting.draw(typology, self.society, self.streams, self.knobs))
        )

    def schemes(self, traffic: str) -> list[Scheme]:
        """Return the typologies of one traffic with their plots, in the order in which they claim movements."""
        return [scheme for scheme in self._schemes if scheme.typology.traffic == traffic]

    def plot_names(self, typology: NDArray[np.int8], plot: Ints) -> NDArray[np.object_]:
        """Return the plot of each row, such as ``"undervaluation-12"``; empty for none.

        Parameters
        ----------
        typology, plot : array
            Number of the typology and place among its plots; -1 for none.
        """
        words, first = self._plot_names
        return words[np.where(typology >= 0, first[typology] + plot, -1)]

    @cached_property
    def _plot_names(self) -> tuple[NDArray[np.object_], Ints]:
        """Return the names of all plots and an empty one after them, and the place of each typology's first."""
        words = [f"{plots.typology}-{number}" for plots in self.plots for number in plots.number.tolist()]
        return np.array([*words, ""], dtype=object), np.cumsum([0, *map(len, self.plots)])

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
