from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cep_toolkit.risk.price_book import cells, fences, price_book
from cep_toolkit.risk.screening import amount, screen
from cep_toolkit.widgets.prices import PriceExplorer
from cep_toolkit.world import Scenario, World


@pytest.fixture(scope="module")
def world() -> World:
    return World(Scenario(seed=7, declarations=20_000))


@pytest.fixture(scope="module")
def explorer(world: World) -> PriceExplorer:
    return PriceExplorer(world)


def test_it_begins_with_the_largest_group_at_its_fence(world: World, explorer: PriceExplorer) -> None:
    explorer.to_fence()
    first = cells(price_book(world)).iloc[0]
    found = screen(world, explorer.screen.hs, explorer.screen.origin)
    assert explorer.screen.hs in set(cells(price_book(world))["hs"])
    assert explorer.screen.hs == first["hs"]
    assert explorer.threshold == pytest.approx(found.fence.threshold, rel=0.005)


def test_moving_the_threshold_changes_the_line_and_the_picture(explorer: PriceExplorer) -> None:
    explorer.to_fence()
    line, picture = explorer._sentence.value, explorer._picture.value
    explorer._slider.value += 0.2
    assert explorer._sentence.value != line
    assert explorer._picture.value != picture
    assert explorer.screen.sentence.replace("'", "&#x27;") in explorer._sentence.value
    explorer.to_fence()
    assert explorer._sentence.value == line


def test_the_slider_has_a_name_and_says_what_its_place_means(explorer: PriceExplorer) -> None:
    explorer.to_fence()
    assert explorer._slider.label == "Threshold"
    assert explorer._slider.text == f"{amount(explorer.threshold)} XAS/kg"
    before = explorer._slider.text
    explorer._slider.value += 0.2
    assert explorer._slider.text != before


def test_show_code_gives_the_sentence_that_is_shown(world: World, explorer: PriceExplorer) -> None:
    explorer._slider.value += 0.1
    imports, call = explorer.code().split("\n\n")
    names: dict[str, Any] = {"wb": type("Book", (), {"world": world})}
    exec(imports, names)
    assert eval(call, names).sentence == explorer.screen.sentence


def test_at_the_fence_the_explorer_the_code_and_the_list_of_fences_agree(world: World, explorer: PriceExplorer) -> None:
    explorer.to_fence()
    listed = fences(price_book(world)).set_index(["hs", "origin"]).loc[explorer.screen.hs, explorer.screen.origin]
    assert explorer.threshold == pytest.approx(listed["threshold"])
    assert len(explorer.screen.below) == listed["below"]
    assert "threshold" not in explorer.code().split("\n\n")[1]
    assert f"Below {amount(listed['threshold'])} " in explorer._sentence.value
    assert f">{amount(listed['threshold'])} " in explorer._value.value


def test_every_subheading_offers_its_own_origins(world: World, explorer: PriceExplorer) -> None:
    groups = cells(price_book(world))
    for _, hs in explorer._hs.options[:3]:
        explorer._hs.value = hs
        assert [origin for _, origin in explorer._origin.options] == groups[groups["hs"] == hs]["origin"].tolist()
        assert explorer.screen.hs == hs
    explorer._origin.value = explorer._origin.options[-1][1]
    assert explorer.screen.origin == explorer._origin.value


def test_an_unknown_group_is_a_sentence(world: World, explorer: PriceExplorer) -> None:
    explorer.choose("<b>", "XX")
    assert "not enough declarations of &lt;b&gt; from XX" in explorer._sentence.value
    assert PriceExplorer(world, "nothing").screen.hs == cells(price_book(world)).iloc[0]["hs"]


def test_the_lowest_prices_are_listed(explorer: PriceExplorer) -> None:
    explorer.to_fence()
    explorer.threshold = explorer.screen.fence.typical
    assert explorer._below.value.count("<tr>") == 6
    assert re.search(r"The lowest 5 of [\d,]+ below the threshold", explorer._below.value)


def test_data_without_groups_to_compare_says_so(world: World) -> None:
    class Empty:
        tables = ("declarations",)
        declarations: pd.DataFrame = world.declarations.head(10)

    explorer = PriceExplorer(Empty())  # type: ignore[arg-type]  # all of a world that it looks at
    assert "no subheading and origin with enough declarations" in repr(explorer)
    assert "Run this notebook" in explorer._repr_mimebundle_()["text/html"]


def test_data_without_the_columns_it_needs_says_so(world: World) -> None:
    class Bare:
        tables = ("declarations",)
        declarations: pd.DataFrame = world.declarations.head(10)[["declaration_id", "hs", "customs_value"]]

    class Empty:
        tables = ("tariff",)

    assert "Your data has no origin, net_mass_kg" in repr(PriceExplorer(Bare()))  # type: ignore[arg-type]
    assert "Your data has no declaration_id" in repr(PriceExplorer(Empty()))  # type: ignore[arg-type]


def test_a_stored_notebook_shows_the_line(world: World) -> None:
    first, second = (PriceExplorer(world)._repr_mimebundle_() for _ in range(2))
    assert first["text/plain"] == second["text/plain"]
    assert "Below" in first["text/html"]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), group=st.integers(0, 20))
def test_no_place_of_the_slider_raises(explorer: PriceExplorer, place: float, group: int) -> None:
    options = explorer._hs.options
    explorer._hs.value = options[group % len(options)][1]
    explorer._slider.value = explorer._slider.min + place * (explorer._slider.max - explorer._slider.min)
    assert explorer._sentence.value.count("Below") == 1
