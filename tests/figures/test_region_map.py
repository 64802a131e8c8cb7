"""The map as a figure: its sentence, its labels, and what a notebook adds to it."""

from __future__ import annotations

import re
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.figures import map_ground, region_map
from cep_toolkit.figures.map_labels import Labels
from cep_toolkit.world import geography, reference


def texts(**shown: object) -> list[str]:
    return [text.get_text() for text in region_map(**shown).drawing.axes[0].texts]  # type: ignore[arg-type]


def found(*rows: tuple[float, float, float, str]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["x", "y", "size", "label"])
    return made.astype({"x": float, "y": float, "size": float, "label": str})


def same(drawn: object, colour: str) -> bool:
    return [to_hex(one) for one in drawn] == [colour.lower()]  # type: ignore[attr-defined]  # rows of red, green, blue


def test_the_map_names_every_administration_and_says_it_is_invented() -> None:
    written = " ".join(texts())
    for code, name in reference.load("administrations")[["code", "name"]].itertuples(index=False):
        assert f"{name}\n{code}" in written
    assert "An invented region" in written
    assert "nautical miles" in written


def test_no_two_labels_meet_and_none_leaves_the_map() -> None:
    drawing = region_map(points=found(*[(x, 1500.0, 1.0, f"find {x}") for x in (2400, 2440, 2480)])).drawing
    boxes = [text.get_window_extent() for text in drawing.axes[0].texts if text.get_text()]
    assert len(boxes) > 27
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    whole = drawing.bbox
    assert all(whole.x0 <= box.x0 and box.x1 <= whole.x1 and whole.y0 <= box.y0 and box.y1 <= whole.y1 for box in boxes)


def test_labels_can_be_read_at_900_pixels() -> None:
    drawing = region_map().drawing
    assert drawing.get_figwidth() * drawing.dpi == pytest.approx(900, abs=10)
    assert min(text.get_window_extent().height for text in drawing.axes[0].texts if text.get_text()) >= 7


def test_the_sentence_is_counted_from_the_same_tables() -> None:
    offices = reference.load("offices")
    sentence = region_map().sentence
    assert f"{offices['administration'].nunique()} administrations" in sentence
    assert f"{(offices['kind'] == 'seaport').sum()} seaports" in sentence
    assert f"{len(reference.load('land_borders')) // 2} land borders" in sentence


def test_a_route_is_as_long_as_its_legs() -> None:
    miles = reference.load("sea_distances").set_index(["from_office", "to_office"])["nautical_miles"]
    total = miles["XJ01", "XC01"] + miles["XC01", "QU01"]
    assert f"Route XJ - XC - QU: {total:,} nautical miles." in region_map(routes=[["XJ", "XC", "QU"]]).sentence


def test_highlights_and_points_are_told() -> None:
    sentence = region_map(highlight=["QT", "QU"], points=found((2000, 1500, 5, "few"), (900, 900, 50, "many"))).sentence
    assert "Shown in colour: Vrothuzd (QT), Loarthem (QU)." in sentence
    assert "2 points; the largest is many." in sentence


def test_a_highlight_shows_without_colour() -> None:
    plain, brought_out = (region_map(highlight=codes).drawing.axes[0] for codes in ([], ["QU"]))
    wide = [
        [len(drawn.get_paths()) for drawn in axes.collections if same(drawn.get_edgecolor(), map_ground.INK)]
        for axes in (plain, brought_out)
    ]
    assert wide == [[], [1]], "one outline in ink"
    weights = {text.get_text(): text.get_weight() for text in brought_out.texts}
    assert weights["Loarthem\nQU"] == "bold"
    assert weights["Vrothuzd\nQT"] == "normal"


def test_no_points_are_no_points() -> None:
    assert region_map(points=found()).sentence == region_map().sentence
    assert texts(points=found((2000, 1500, 1, ""))) == texts()


@pytest.mark.parametrize("shown", [{"highlight": ["QA"]}, {"routes": [["QU", "QA"]]}])
def test_an_unknown_code_is_refused(shown: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownValueError, match='"QA" is not known'):
        region_map(**shown)  # type: ignore[arg-type]


def test_no_ship_calls_where_there_is_no_coast() -> None:
    with pytest.raises(UnknownValueError, match='administration with a coast "QT"'):
        region_map(routes=[["QU", "QT"]])


def test_neighbours_differ_in_colour() -> None:
    colours = map_ground.land_colours()
    for one, other in reference.load("land_borders")[["administration", "neighbour"]].itertuples(index=False):
        assert colours[one] != colours[other]


def test_the_same_map_is_the_same_picture() -> None:
    assert region_map().png == region_map().png


def test_a_label_takes_the_first_place_that_is_free() -> None:
    _, axes = map_ground.paper()
    labels = Labels(axes)
    for _ in range(3):
        labels.place("name", [(1000, 1000), (1000, 1010), (1000, 1500), (1000, 2000)])
    middles = [round((bottom + top) / 2) for _, bottom, _, top in labels.boxes]
    assert middles == [1000, 1500, 2000]


def test_a_route_needs_no_stored_direction() -> None:
    there, back = (region_map(routes=[codes]).sentence for codes in (["QU", "XC"], ["XC", "QU"]))
    miles = [re.search(r"[\d,]+ nautical", sentence) for sentence in (there, back)]
    assert miles[0]
    assert miles[1]
    assert miles[0][0] == miles[1][0]
    assert len(geography.sea_ways()) == 22 * 21
