from __future__ import annotations

import numpy as np
import pytest

from cep_toolkit.errors import OutOfRangeError, UnknownValueError
from cep_toolkit.risk.price_book import cells, price_book
from cep_toolkit.risk.prices import comparable
from cep_toolkit.risk.screening import amount, screen
from cep_toolkit.world import World


@pytest.fixture(scope="module")
def group(world: World) -> tuple[str, str]:
    table = cells(price_book(world))
    rates = world.table("tariff").set_index("hs")["duty_rate"]
    dutiable = table[table["hs"].map(rates) > 0].iloc[0]
    return str(dutiable["hs"]), str(dutiable["origin"])


def test_a_screen_recomputed_row_by_row(world: World, group: tuple[str, str]) -> None:
    rows = comparable(world.declarations, *group)
    threshold = float(rows["price_per_kg"].quantile(0.1))
    found = screen(world, *group, threshold)
    typical = float(rows["price_per_kg"].median())
    owed = 0.0
    below = 0
    for row in rows.itertuples():
        if row.customs_value / row.net_mass_kg < threshold:
            below += 1
            value = typical * row.net_mass_kg
            duty = value * row.duty_rate / 100
            vat = (value + duty) * row.vat_rate / 100
            owed += duty + vat - (row.customs_value * row.duty_rate / 100)
            owed -= (row.customs_value * (1 + row.duty_rate / 100)) * row.vat_rate / 100
    assert len(found.below) == below > 3
    assert found.recovered == pytest.approx(owed)
    assert found.above == (rows["price_per_kg"] > typical**2 / threshold).sum()
    assert found.importers == found.below["importer_id"].nunique()
    controls = world.table("controls").set_index("declaration_id")["finding"]
    seen = controls[controls.index.isin(found.below["declaration_id"])]
    assert (found.controlled, found.nothing_found) == (len(seen), (seen != "value").sum())


def test_the_sentence_says_what_the_screen_holds(world: World, group: tuple[str, str]) -> None:
    found = screen(world, *group)
    assert f"{len(found.below):,} of {found.fence.rows:,} declarations" in found.sentence
    assert "By chance alone about 0.5 honest ones fall below" in found.sentence
    assert found.figure().sentence == found.sentence
    assert found.figure().png.startswith(b"\x89PNG")


def test_a_higher_threshold_asks_more_people(world: World, group: tuple[str, str]) -> None:
    typical = screen(world, *group).fence.typical
    asked = [len(screen(world, *group, typical * part).below) for part in np.linspace(0.1, 1, 10)]
    assert asked == sorted(asked)
    assert asked[-1] == pytest.approx(screen(world, *group).fence.rows / 2, abs=1)


def test_what_cannot_be_screened(world: World, group: tuple[str, str]) -> None:
    with pytest.raises(UnknownValueError, match="Valid: "):
        screen(world, "999999", "QR")
    with pytest.raises(OutOfRangeError, match="above zero"):
        screen(world, *group, -1.0)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1234567, "1,230,000"), (99.96, "100.0"), (0.5, "0.500"), (-3.14159, "-3.14")]
)
def test_amounts_have_three_digits(value: float, text: str) -> None:
    assert amount(value) == text
