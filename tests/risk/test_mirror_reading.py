from __future__ import annotations

from copy import copy

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.mirror import MEASURES, STEPS, Mirror, Sides, mirror
from cep_toolkit.risk.mirror_figure import agree, gap_figure, hub_figure
from cep_toolkit.risk.mirror_reading import FINDINGS, FORGETTABLE, REASONS, explained, readings
from cep_toolkit.world import World
from cep_toolkit.world.truth import Truth


def sides(mass: float, value: float, carriage: float = 0.0) -> Sides:
    """Exports of 100 kg for 1,000, beside imports with these gaps and this freight."""
    return Sides(1000.0, 1000.0 * (1 + value) + carriage, carriage, 100.0, 100.0 * (1 + mass))


AGREED, LESS, LOWER = sides(0.01, 0.02), sides(-0.5, -0.5), sides(0.01, -0.4)
SECRET = Sides(None, 900.0, 10.0, None, 90.0)
CASES = {
    "confidential": ((SECRET,) * 4, "unknown"),
    "freight": ((sides(0.01, 0.02, 200.0),) * 4, "level"),
    "time": ((LESS, AGREED, AGREED, AGREED), "level"),
    "hub": ((LESS, LESS, AGREED, AGREED), "level"),
    "code": ((LESS, LESS, LESS, AGREED), "codes"),
}


def mirror_of(*cells: tuple[Sides, ...], confidential: bool = False) -> Mirror:
    measures = {
        name: np.array([[getattr(cell[step], name) for cell in cells] for step in range(len(STEPS))], dtype=float)
        for name in MEASURES
    }
    table = pd.DataFrame(
        {"hs": "620520", "partner": "QR", "quarter": "2025Q1", "competing": "620630"}, range(len(cells))
    )
    return Mirror(table.assign(confidential=confidential), measures)


@pytest.mark.parametrize("reason", CASES)
def test_the_first_line_that_agrees_names_the_explanation(reason: str) -> None:
    cell, finding = CASES[reason]
    read = readings(mirror_of(cell, confidential=reason == "confidential"))
    assert tuple(read.iloc[0]) == (reason, finding, True)


def test_the_same_mass_and_a_lower_value_point_to_prices() -> None:
    assert tuple(readings(mirror_of((LESS, LOWER, LOWER, LOWER))).iloc[0]) == ("none", "price", True)


def test_less_mass_in_every_line_points_to_quantity() -> None:
    assert tuple(readings(mirror_of((LESS,) * 4)).iloc[0]) == ("none", "quantity", True)


@pytest.mark.parametrize(
    "cell",
    [
        (sides(0.1, 0.1), AGREED, AGREED, AGREED),  # the quarter's gap is neither near nothing nor wide
        (LESS, sides(0.045, 0.0), AGREED, AGREED),  # just inside the limit
        (AGREED,) * 4,  # freight makes no gap that could be seen
        (LESS, AGREED, sides(0.3, 0.3), AGREED),  # the gap opens again
    ],
)
def test_what_an_officer_could_doubt_is_not_clear(cell: tuple[Sides, ...]) -> None:
    assert not readings(mirror_of(cell))["clear"].iloc[0]


@pytest.mark.parametrize("reason", ["confidential", "freight", "time", "hub"])
def test_who_forgets_an_explanation_sees_a_gap_there_and_nowhere_else(reason: str) -> None:
    for other, (cell, finding) in CASES.items():
        read = readings(mirror_of(cell, confidential=other == "confidential"), forget=reason).iloc[0]
        wrong = ("none", "price" if reason == "freight" else "quantity")
        assert (read["reason"], read["finding"]) == (wrong if other == reason else (other, finding))


def test_who_forgets_everything_calls_each_gap_evasion() -> None:
    read = readings(mirror_of(*(cell for cell, _ in CASES.values())), forget="everything")
    assert set(read["reason"]) == {"none"}
    assert set(read["finding"]) == {"evaded"}


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(UnknownValueError, match='Did you mean "time"'):
        readings(mirror_of((AGREED,) * 4), forget="tme")


def test_every_reading_of_a_world_is_known_and_many_are_clear(world: World) -> None:
    for forget in FORGETTABLE:
        read = readings(mirror(world), forget)
        assert set(read["reason"]) <= set(REASONS)
        assert set(read["finding"]) <= set(FINDINGS)
    read = readings(mirror(world))
    assert "evaded" not in set(read["finding"])
    assert read["clear"].mean() > 0.2


def test_clear_gaps_of_price_are_made_by_undervaluation(world: World, truth: Truth) -> None:
    found = behind(world, truth, "price")
    assert len(found) >= 3
    assert all("undervaluation" in schemes for schemes in found)


def test_clear_gaps_of_code_are_slips_as_well_as_schemes(world: World, truth: Truth) -> None:
    found = behind(world, truth, "codes")
    assert any("misclassification" in schemes for schemes in found)
    assert any(not schemes for schemes in found)


def behind(world: World, truth: Truth, finding: str) -> list[set[str]]:
    """Return the schemes that touched the imports of each clear cell with a finding."""
    read, cells = readings(mirror(world)), mirror(world).cells
    told = world.declarations.merge(truth.declarations, on="declaration_id")
    chosen = cells[read["clear"] & (read["finding"] == finding)].drop_duplicates(["hs", "partner"])
    schemes = []
    for row in chosen.itertuples():
        there = (told["origin"] == row.partner) | (told["departure"] == row.partner)
        plots = told.loc[told["hs"].isin([row.hs, row.competing]) & there, "plot"]
        schemes.append({str(plot).rsplit("-", 1)[0] for plot in plots if plot})
    return schemes


def test_the_figure_says_where_the_gap_closes() -> None:
    figure = gap_figure(mirror_of(CASES["hub"][0]), 0)
    assert str(figure) == (
        "620520, partner QR. Gaps of mass and of value, step by step. 2025Q1, made in QR: \u221250 % and \u221250 %; "
        "the whole year: \u221250 % and \u221250 %; and sent from there: +1 % and +2 %; and code 620630: +1 % and +2 %."
    )
    assert "and sent from there" in figure.drawing.axes[0].get_title(loc="left")
    assert figure.png.startswith(b"\x89PNG")


def test_the_figure_of_a_secret_cell_draws_no_gap() -> None:
    figure = gap_figure(mirror_of(CASES["confidential"][0], confidential=True), 0)
    assert str(figure).count("not published") == 4
    assert figure.drawing.axes[0].get_title(loc="left") == "The gap closes at no step"
    assert not agree(SECRET)


def test_the_table_of_explanations_counts_every_clear_cell_once(world: World) -> None:
    table = explained(world)
    assert table["cells"].sum() == readings(mirror(world))["clear"].sum()
    order = [reason.partition(":")[0] for reason in REASONS.values()]
    assert sorted(table["what explains both gaps"], key=order.index) == list(table["what explains both gaps"])


def test_the_figure_shows_a_cell_that_a_hub_explains(world: World) -> None:
    compared, shown = mirror(world), hub_figure(world)
    by_hub = readings(compared).query("clear and reason == 'hub'").index
    assert shown.sentence in {gap_figure(compared, cell).sentence for cell in by_hub}


def test_data_without_statistics_says_so(without_statistics: World) -> None:
    assert explained(without_statistics).empty
    assert hub_figure(without_statistics).sentence == "This data has no statistics of partners."


@pytest.fixture
def without_statistics(world: World) -> World:
    own = copy(world)
    own.tables = ("declarations",)
    return own
