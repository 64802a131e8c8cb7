"""The map of the invented region: what is drawn, and that it agrees with itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, permutations
from math import hypot
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.path import Path as Shape

import draw_map
from cep_toolkit.errors import InputFileError
from cep_toolkit.world import geography, reference

COASTLESS = {"QT", "XD"}
WRITTEN = ["land_borders.csv", "region_map.geojson", "sea_distances.csv"]
Side = tuple[geography.Place, geography.Place]


def rings(code: str) -> list[geography.Ring]:
    return [[(x, y) for x, y in ring] for part in geography.outlines()[code] for ring in part]


def sides(code: str) -> set[Side]:
    """The pieces of an administration's outline, its land on the left."""
    return {side for ring in rings(code) for side in pairwise(ring)}


def coast(code: str) -> set[Side]:
    others = {(end, start) for other in geography.outlines() if other != code for start, end in sides(other)}
    return sides(code) - others


def inside(code: str, places: np.ndarray) -> np.ndarray:
    """Say which places lie in an administration: within an odd number of its rings."""
    return np.sum([Shape(ring).contains_points(places) for ring in rings(code)], axis=0) % 2 == 1


def distance(place: geography.Place, pieces: set[Side]) -> float:
    """Miles from a place to the nearest of some pieces of outline."""
    start, end = np.array(sorted(pieces), dtype=float).transpose(1, 0, 2)
    along = ((place - start) * (end - start)).sum(axis=1) / ((end - start) ** 2).sum(axis=1)
    foot = start + along.clip(0, 1)[:, None] * (end - start)
    return float(np.sqrt(((place - foot) ** 2).sum(axis=1).min()))


def length(line: geography.Ring) -> float:
    return sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line))


def sampled(line: geography.Ring) -> np.ndarray:
    return np.vstack([np.linspace(start, end, 2 + int(length([start, end]) // 3)) for start, end in pairwise(line)])


def apart() -> pd.Series:
    return reference.load("sea_distances").set_index(["from_office", "to_office"])["nautical_miles"]


@pytest.fixture(scope="module")
def redrawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("map")
    draw_map.draw(folder)
    return folder


@pytest.mark.parametrize("name", WRITTEN)
def test_the_script_draws_the_stored_map_byte_for_byte(redrawn: Path, name: str) -> None:
    assert sorted(file.name for file in redrawn.iterdir()) == WRITTEN
    assert (redrawn / name).read_bytes() == (reference.folder() / name).read_bytes()


def test_the_map_is_small_and_covered_by_the_checksums() -> None:
    assert (reference.folder() / "region_map.geojson").stat().st_size <= 250_000
    assert "  region_map.geojson\n" in reference.checksums()


def test_a_damaged_map_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "folder", lambda: tmp_path)
    (tmp_path / "region_map.geojson").write_text('{"type": "Feature"}', encoding="utf-8")
    with pytest.raises(InputFileError, match=r"region_map\.geojson: the map cannot be read"):
        geography._read.__wrapped__()


def test_no_place_can_be_read_as_one_of_this_earth() -> None:
    drawn = json.loads((reference.folder() / "region_map.geojson").read_text(encoding="utf-8"))
    flat = np.concatenate([list(places(feature["geometry"]["coordinates"])) for feature in drawn["features"]])
    x, y = flat.reshape(-1, 2).T
    assert ((x > 180) | (y > 90)).all()
    assert (x > 0).all()
    assert (x < geography.WIDTH).all()
    assert (y > 0).all()
    assert (y < geography.HEIGHT).all()


def places(coordinates: list) -> Iterator[list[float]]:  # type: ignore[type-arg]  # GeoJSON nests as it likes
    if isinstance(coordinates[0], list):
        for inner in coordinates:
            yield from places(inner)
    else:
        yield coordinates


def test_every_administration_has_land_about_its_capital() -> None:
    table = reference.load("administrations").set_index("code")
    assert list(geography.outlines()) == list(table.index) == list(geography.seats())
    for code, (x, y) in geography.seats().items():
        assert inside(code, np.array([[x, y]]))[0], code
        assert x == pytest.approx(table["x"][code] * 40, abs=1)
        assert y == pytest.approx((100 - table["y"][code]) * 30, abs=1)


def test_rings_are_closed_and_turn_left_about_land() -> None:
    for code, parts in geography.outlines().items():
        for outer, *holes in parts:
            for ring in (outer, *holes):
                assert ring[0] == ring[-1], code
                assert len(ring) >= 4, code
            assert area(outer) > 0, code
            assert all(area(hole) < 0 for hole in holes), code


def area(ring: geography.Ring) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def test_no_coast_and_no_border_crosses_itself_or_another() -> None:
    every = sorted({min(side, side[::-1]) for code in geography.outlines() for side in sides(code)})
    start, end = np.array(every, dtype=float).transpose(1, 0, 2)
    reach = np.abs(end - start).max()
    order = np.argsort(start[:, 0], kind="stable")
    start, end = start[order], end[order]
    for i in range(len(start)):
        last = np.searchsorted(start[:, 0], start[i, 0] + 2 * reach, side="right")
        near = slice(i + 1, int(last))
        turns = [turn(start[i], end[i], start[near]), turn(start[i], end[i], end[near])]
        back = [turn(start[near], end[near], start[i]), turn(start[near], end[near], end[i])]
        assert not ((turns[0] * turns[1] < 0) & (back[0] * back[1] < 0)).any(), start[i]


def turn(start: np.ndarray, end: np.ndarray, place: np.ndarray) -> np.ndarray:
    along, away = end - start, place - start
    return along[..., 0] * away[..., 1] - along[..., 1] * away[..., 0]


def test_no_two_administrations_hold_the_same_place() -> None:
    generator = np.random.default_rng(1)
    sample = generator.uniform((0, 0), (geography.WIDTH, geography.HEIGHT), (20_000, 2))
    held = np.sum([inside(code, sample) for code in geography.outlines()], axis=0)
    assert set(held) == {0, 1}
    assert 0.15 < held.mean() < 0.4, "an ocean with land in it"


def test_sizes_differ() -> None:
    sizes = {code: sum(area(ring) for ring in rings(code)) for code in geography.outlines()}
    assert max(sizes.values()) > 3 * min(sizes.values())
    assert sum(len(geography.outlines()[code]) > 1 for code in sizes) >= 8, "archipelagos"


def test_every_office_has_its_place() -> None:
    drawn = geography.office_places()
    columns = ["office", "administration", "kind"]
    pd.testing.assert_frame_equal(drawn[columns], reference.load("offices")[columns])
    assert not drawn.loc[drawn["kind"] != "land"].duplicated(["x", "y"]).any()


def test_seaports_lie_on_their_coast_and_those_without_coast_have_none() -> None:
    drawn = geography.office_places()
    for code in geography.outlines():
        shore = coast(code)
        ports = drawn[(drawn["administration"] == code) & (drawn["kind"] == "seaport")]
        assert (not shore) == (code in COASTLESS) == (len(ports) == 0), code
        for x, y in ports[["x", "y"]].itertuples(index=False):
            assert distance((x, y), shore) < 3, code


def test_other_offices_lie_in_their_territory_and_airports_near_the_capital() -> None:
    drawn = geography.office_places()
    for code, (x, y) in geography.seats().items():
        own = drawn[(drawn["administration"] == code) & ~drawn["kind"].isin(["seaport", "land"])]
        assert inside(code, own[["x", "y"]].to_numpy(dtype=float)).all(), code
        airports = own[own["kind"] == "airport"]
        assert np.hypot(airports["x"] - x, airports["y"] - y).max() < 120, code


def test_borders_are_told_from_both_sides() -> None:
    borders = reference.load("land_borders").set_index(["administration", "neighbour"])
    assert borders.index.is_unique
    for (one, other), row in borders.iterrows():
        assert row["nautical_miles"] == borders.loc[(other, one), "nautical_miles"] > 0
    shared = {
        (one, other)
        for one, other in permutations(geography.outlines(), 2)
        if sides(one) & {(end, start) for start, end in sides(other)}
    }
    assert set(borders.index) == shared


def test_every_land_crossing_lies_on_the_border_it_is_named_for() -> None:
    drawn = geography.office_places().set_index("office")
    named = []
    for one, other, _, crossings in reference.load("land_borders").itertuples(index=False):
        for office in filter(None, crossings.split(";")):
            border = sides(one) & {(end, start) for start, end in sides(other)}
            assert drawn.loc[office, "administration"] == one
            assert distance(tuple(drawn.loc[office, ["x", "y"]].astype(float)), border) < 1
            named.append(office)
    assert sorted(named) == sorted(drawn.index[drawn["kind"] == "land"])


def test_distances_are_those_between_main_seaports_and_the_same_both_ways() -> None:
    ports = geography.main_seaports()
    assert set(ports) == set(geography.outlines()) - COASTLESS
    miles = apart()
    assert set(miles.index) == set(permutations(ports.values(), 2))
    assert len(miles) == 22 * 21
    for one, other in miles.index:
        assert miles[one, other] == miles[other, one] > 0


def test_no_distance_exceeds_the_sum_over_a_third_port() -> None:
    table = apart().unstack().fillna(0).to_numpy()
    assert (table[:, None, :] <= table[:, :, None] + table[None, :, :]).all()


def test_no_distance_is_shorter_than_a_straight_line_and_ways_are_as_long_as_said() -> None:
    miles = apart()
    for pair, line in geography.sea_ways().items():
        assert length([line[0], line[-1]]) <= miles[pair] + 1e-9
        assert length(line) == pytest.approx(miles[pair], rel=0.01, abs=1), pair


def test_ways_lead_from_port_to_port_over_water_alone() -> None:
    drawn = geography.office_places().set_index("office")[["x", "y"]]
    ways = {pair: line for pair, line in geography.sea_ways().items() if pair[0] < pair[1]}
    for (start, end), line in ways.items():
        assert tuple(line[0]) == tuple(drawn.loc[start])
        assert tuple(line[-1]) == tuple(drawn.loc[end])
    sample = np.vstack([sampled(line) for line in ways.values()])
    on_land = np.any([inside(code, sample) for code in geography.outlines()], axis=0)
    ports = np.array([line[at] for line in ways.values() for at in (0, -1)])
    to_port = np.sqrt(((sample[on_land][:, None] - ports) ** 2).sum(axis=2)).min(axis=1)
    assert (to_port < 15).all(), "only the quay may count as land"


def test_lanes_join_all_larger_ports() -> None:
    lanes = geography.sea_lanes()
    table = reference.load("administrations").set_index("code")
    ends = Counter(port[:2] for pair in lanes for port in pair)
    hubs = set(table.index[table["free_zone_share"] >= draw_map.HUB])
    assert set(ends) == hubs | set(table.index[table["trade_weight"] >= draw_map.LARGER]) - COASTLESS
    for one, other in permutations(sorted(hubs), 2):
        assert any({one, other} == {start[:2], end[:2]} for start, end in lanes)
