"""Draw the map of the invented region from a fixed seed: ``python datasets/draw_map.py``.

Writes ``region_map.geojson``, ``sea_distances.csv`` and ``land_borders.csv`` beside the other datasets. The plane is in
nautical miles, x to the east and y to the north, and lies nowhere on this Earth.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from map_making.land import land_mass, plane
from map_making.mesh import mesh
from map_making.offices import places, territory
from map_making.outlines import Line, Ring, lines, polygons, rings, within
from map_making.sea import Place, Sea, distances, lanes, length, sea, ways
from map_making.territories import SEA, owners, without_lakes

Row = dict[str, str]
Land = list[list[Ring]]
Feature = dict[str, Any]

SEED = 99
FOLDER = Path(__file__).parent
ISLET = 3
"""Land of fewer cells is left out."""
LARGER, HUB = 3.5, 0.1
"""Trade weight from which the main seaport is one of the larger; free-zone share from which it is a hub as well."""


def draw(to: Path) -> None:
    """Write the map's three files into a folder."""
    administrations, offices = _table("administrations"), _table("offices")
    seats = {row["code"]: _whole(plane(float(row["x"]), float(row["y"]))) for row in administrations}
    main = {row["administration"]: row["office"] for row in reversed(offices) if row["kind"] == "seaport"}
    drawn = _lines(seats, set(seats) - set(main))
    land = {code: polygons(rings(drawn, number)) for number, code in enumerate(seats)}
    water = sea([ring for parts in land.values() for part in parts for ring in part])
    spots = _spots(seats, offices, drawn, land, water)
    found = ways(water, {main[code]: spots[main[code]] for code in seats if code in main})
    apart = distances(found, [main[code] for code in seats if code in main])
    busy = _busy(administrations, main, apart)
    features = [_administration(row, seats, land) for row in administrations]
    features += [_office(row, spots[row["office"]]) for row in offices]
    features += [_way(pair, line, apart[pair], pair in busy) for pair, line in found.items()]
    _write_geojson(to / "region_map.geojson", features)
    _write_csv(to / "sea_distances.csv", "from_office,to_office,nautical_miles", [(*k, v) for k, v in apart.items()])
    _write_csv(
        to / "land_borders.csv",
        "administration,neighbour,nautical_miles,crossings",
        _borders(drawn, list(seats), offices, spots),
    )


def _lines(seats: dict[str, Place], coastless: set[str]) -> list[Line]:
    cells = mesh(SEED)
    mass = without_lakes(cells, land_mass(cells.centres[:, 0], cells.centres[:, 1], SEED), ISLET)
    return lines(cells, owners(cells, mass, seats, coastless, SEED + 50), SEED + 60)


def _spots(
    seats: dict[str, Place], offices: list[Row], drawn: list[Line], land: dict[str, Land], water: Sea
) -> dict[str, Place]:
    spots: dict[str, Place] = {}
    for code, seat in seats.items():
        mainland = next(part[0] for part in land[code] if within(part[0], [seat])[0])
        own = [(row["office"], row["kind"]) for row in offices if row["administration"] == code]
        spots |= places(own, territory(code, list(seats), drawn, mainland, seat), water)
    return spots


def _busy(administrations: list[Row], main: dict[str, str], apart: dict[tuple[str, str], int]) -> set[tuple[str, str]]:
    ranked = {main[row["code"]]: row for row in administrations if row["code"] in main}
    hubs = {port for port, row in ranked.items() if float(row["free_zone_share"]) >= HUB}
    larger = hubs | {port for port, row in ranked.items() if float(row["trade_weight"]) >= LARGER}
    return lanes(apart, larger, hubs)


def _borders(
    drawn: list[Line], codes: list[str], offices: list[Row], spots: dict[str, Place]
) -> list[tuple[object, ...]]:
    miles: dict[tuple[str, str], float] = defaultdict(float)
    points: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for line in drawn:
        for one, other in ((line.left, line.right), (line.right, line.left)):
            if SEA not in (one, other):
                miles[codes[one], codes[other]] += length(line.points)
                points[codes[one], codes[other]] |= set(line.points)
    gates = [(row["administration"], row["office"]) for row in offices if row["kind"] == "land"]
    return [
        (*pair, round(miles[pair]), ";".join(gate for code, gate in gates if code == pair[0] and spots[gate] in at))
        for pair, at in sorted(points.items())
    ]


def _administration(row: Row, seats: dict[str, Place], land: dict[str, Land]) -> Feature:
    facts = {"kind": "administration", "code": row["code"], "name": row["name"], "seat": seats[row["code"]]}
    return _feature("MultiPolygon", land[row["code"]], facts)


def _office(row: Row, at: Place) -> Feature:
    return _feature("Point", at, {key: row[key] for key in ("kind", "office", "administration")})


def _way(pair: tuple[str, str], line: list[Place], miles: int, busy: bool) -> Feature:
    kind = "sea lane" if busy else "sea route"
    facts = {"kind": kind, "from_office": pair[0], "to_office": pair[1], "nautical_miles": miles}
    return _feature("LineString", line, facts)


def _feature(shape: str, coordinates: object, properties: dict[str, Any]) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": {"type": shape, "coordinates": coordinates}}


def _whole(place: tuple[float, float]) -> Place:
    return round(place[0]), round(place[1])


def _table(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_csv(file: Path, header: str, rows: list[tuple[object, ...]]) -> None:
    text = "".join(f"{line}\n" for line in [header, *(",".join(map(str, row)) for row in rows)])
    file.write_text(text, encoding="utf-8", newline="\n")


def _write_geojson(file: Path, features: list[Feature]) -> None:
    body = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    text = f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    draw(FOLDER)
