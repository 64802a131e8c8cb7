"""The guide to the typologies: each is described, and the plots followed in it are those of the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from cep_toolkit.workshop.world_report.guide import BLOCK, SCENARIO, rewritten
from cep_toolkit.world import World
from cep_toolkit.world.truth import Truth
from cep_toolkit.world.typologies import TYPOLOGIES

GUIDE = Path(__file__).parents[2] / "docs" / "typologies.md"
AGAIN = "Run: python -m cep_toolkit.workshop.world_report.guide"


@pytest.fixture(scope="module")
def text() -> str:
    return GUIDE.read_text(encoding="utf-8")


def test_every_typology_has_its_section_and_its_plot_in_order(text: str) -> None:
    names = [typology.name for typology in TYPOLOGIES]
    assert [found[2] for found in BLOCK.finditer(text)] == names
    assert [name for name in names if f"(`{name}`)" not in text] == []


def test_the_plots_followed_are_what_the_tables_say(text: str) -> None:
    assert rewritten(text, World(SCENARIO), Truth(SCENARIO)) == text, AGAIN


def test_each_section_says_what_an_officer_could_and_could_not_see(text: str) -> None:
    for section in text.split("\n## ")[1:]:
        for word in ("In the field.", "Cast.", "Said, and so.", "Side acts.", "Decoy.", "could see", "could not see"):
            assert word in section
