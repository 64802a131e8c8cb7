"""The page put together: one file that asks no other machine for anything."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking.files import write_whole
from cep_toolkit.workshop.world_report import about, calibration, story, texts, told_apart, trade_map, typologies

if TYPE_CHECKING:
    from cep_toolkit.figures import Figure
    from cep_toolkit.world import Scenario

TEMPLATE = "page.html.j2"


def write_report(scenario: Scenario, file: Path, progress: Callable[[str], object] = lambda name: None) -> Path:
    """Write the page of a world, whole or not at all.

    Parameters
    ----------
    scenario : Scenario
    file : Path
        Replaced if it is there.
    progress : callable
        Called with the name of each part before it is made.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole(file, page(scenario, progress).encode())
    return file


def page(scenario: Scenario, progress: Callable[[str], object] = lambda name: None) -> str:
    """Return the page of a world as HTML; everything that comes from data is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    settings: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    house = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, **settings)
    house.filters["picture"] = _picture
    house.tests["date"] = re.compile(r"\d{4}-\d\d-\d\d").fullmatch
    return house.get_template(TEMPLATE).render(_parts(scenario, progress))


def _parts(scenario: Scenario, progress: Callable[[str], object]) -> dict[str, Any]:
    from cep_toolkit.world import World
    from cep_toolkit.world.calibration import calibration as measured
    from cep_toolkit.world.host import Host
    from cep_toolkit.world.truth import Truth

    world, truth = World(scenario), Truth(scenario)
    makers: dict[str, Callable[[], Any]] = {
        "said": lambda: about.said(scenario),
        "tables": lambda: about.tables(world),
        "figures": lambda: measured(world, truth),
        "map": lambda: trade_map.picture(scenario, world),
        "told_apart": lambda: told_apart.table(scenario),
        "typologies": lambda: typologies.rows(world, truth),
        "samples": lambda: texts.samples(world),
        "story": lambda: story.story(world, truth),
    }
    made: dict[str, Any] = {"scenario": scenario, "host": Host.of(scenario.administration)}
    for name, make in makers.items():
        progress(name)
        made[name] = make()
    figures = calibration.compared(made.pop("figures"), scenario)
    return made | {
        "calibration": calibration.table(figures),
        "calibration_said": calibration.said(figures, scenario),
        "calibration_picture": calibration.picture(figures),
    }


def _picture(figure: Figure) -> str:
    """Return a figure's image as a data URI."""
    return "data:image/png;base64," + base64.b64encode(figure.png).decode()
