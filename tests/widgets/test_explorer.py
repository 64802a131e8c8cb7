from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cep_toolkit.course.text import Text
from cep_toolkit.widgets.explorer import Explorer
from cep_toolkit.widgets.form import Form
from cep_toolkit.widgets.grid import as_html, cells, number
from cep_toolkit.widgets.view import PAGE
from cep_toolkit.widgets.workbook import Workbook
from cep_toolkit.world import Scenario, World

VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def explorer(workbook: Workbook) -> Explorer:
    shown = workbook.explore(
        "declarations", rows_for="all_kinds", columns=("declaration_id", "office", "customs_value")
    )
    assert isinstance(shown, Explorer)
    return shown


def test_a_page_of_fifty_rows_is_all_the_browser_gets(explorer: Explorer) -> None:
    assert len(explorer._grid.rows) == PAGE == len(explorer._grid.identifiers)
    assert explorer._pages.value == "<span>page 1 of 3</span>"
    explorer.turn(1)
    assert explorer._grid.identifiers[0] == "1050"
    explorer.turn(9)
    assert len(explorer._grid.rows) == 20


def test_a_filter_is_added_by_the_controls_and_taken_away_by_its_button(explorer: Explorer) -> None:
    controls = explorer._controls
    controls.column.value = "office"
    assert controls.value.options == ("XA1", "XA2", "XA3")
    controls.value.value = "xa2"
    controls.add.click()
    assert "40 of 120 declarations where office is XA2." in explorer._summary.value
    assert controls.value.value == ""
    assert [button.description for button in controls.filters.children] == ["office is XA2  ✕"]
    controls.filters.children[0].click()
    assert "All 120 declarations." in explorer._summary.value


def test_a_value_that_cannot_be_read_is_a_sentence_and_nothing_else_changes(explorer: Explorer) -> None:
    explorer._controls.column.value = "customs_value"
    explorer._controls.value.value = "a lot"
    explorer._controls.add.click()
    assert "not a number" in explorer._summary.value
    explorer._controls.value.value = " "
    explorer._controls.add.click()
    assert "Type or choose a value first" in explorer._summary.value
    assert explorer.shown.count == 120


def test_a_heading_sorts_one_way_and_then_the_other(explorer: Explorer) -> None:
    for descending in (False, True, False):
        explorer._grid._handle_custom_msg({"sort": "customs_value"}, [])
        assert explorer._grid.order == {"column": "customs_value", "descending": descending}
        assert explorer._controls.sort.value == "customs_value"
    explorer._grid._handle_custom_msg({"sort": "no such column"}, [])
    explorer._grid._handle_custom_msg({"other": 1}, [])
    assert explorer.state.sort == "customs_value"


def test_the_lists_sort_and_group_too(explorer: Explorer) -> None:
    explorer._controls.sort.value = "customs_value"
    explorer._controls.order.value = "highest first"
    assert explorer._grid.identifiers[0] == "1119"
    explorer._controls.group.value = "office"
    explorer._controls.measure.value = "sum"
    explorer._controls.of.value = "customs_value"
    assert explorer._grid.rows == [
        ["XA3", "40", "6,420.00"],
        ["XA2", "40", "6,380.00"],
        ["XA1", "40", "6,340.00"],
    ]
    assert [(heading["name"], heading["unit"]) for heading in explorer._grid.columns] == [
        ("office", ""),
        ("rows", "count"),
        ("sum of customs_value", "XAS"),
    ]
    assert explorer._grid.identifiers == []
    explorer._grid._handle_custom_msg({"sort": "sum of customs_value"}, [])
    assert [row[0] for row in explorer._grid.rows] == ["XA1", "XA2", "XA3"]
    explorer._controls.group.value = ""
    assert "All 120 declarations." in explorer._summary.value


def test_ticked_rows_go_into_the_form(workbook: Workbook, explorer: Explorer) -> None:
    explorer.pick()
    assert "Tick one or more rows" in explorer._picked.value
    explorer._grid.ticked = ["1003", "1007"]
    explorer.pick()
    assert "2 chosen" in explorer._picked.value
    form = workbook.ask("all_kinds")
    assert isinstance(form, Form)
    assert form.answer["rows"] == ["1003", "1007"]


def test_without_a_form_there_is_nothing_to_tick(workbook: Workbook) -> None:
    shown = workbook.explore("declarations")
    assert isinstance(shown, Explorer)
    assert shown._grid.identifiers == []
    one = workbook.explore("declarations", rows_for="rate")
    assert isinstance(one, Explorer)
    assert one._grid.identifiers == []


def test_only_some_columns_at_first_and_all_when_asked(explorer: Explorer) -> None:
    assert [heading["name"] for heading in explorer._grid.columns] == ["declaration_id", "office", "customs_value"]
    explorer._all.value = True
    assert len(explorer._grid.columns) == 7
    assert explorer._grid.columns[4] == {
        "name": "customs_value",
        "unit": "XAS",
        "meaning": "meaning of customs_value",
        "number": True,
    }


def test_draw_shows_a_picture_with_its_sentence(explorer: Explorer) -> None:
    explorer._controls.draw.value = True
    assert "data:image/png;base64," in explorer._figure.value
    assert "half lie between 130 and 189" in explorer._figure.value
    explorer.filter("customs_value", "at least", "1000")
    assert "No row fits. Remove a filter" in explorer._figure.value
    assert "No row fits. Remove a filter" in explorer._summary.value


def test_draw_and_show_code_open_above_the_table_and_their_buttons_close_them(explorer: Explorer) -> None:
    parts = list(explorer.view.children)
    button, code = explorer._code.parts
    assert parts.index(explorer._figure) < parts.index(code) < parts.index(explorer._grid)
    for toggle, opened, closed in (
        (explorer._controls.draw, "Hide drawing", "Draw"),
        (button, "Hide code", "Show code"),
    ):
        toggle.value = True
        assert toggle.description == opened
        toggle.value = False
        assert toggle.description == closed


def test_text_from_the_table_is_escaped(explorer: Explorer) -> None:
    explorer.filter("description", "is", "<b>goods</b> 3")
    explorer._controls.drawn.value = "description"
    explorer._controls.draw.value = True
    assert "<b>goods" not in explorer._summary.value + explorer._figure.value
    frame = pd.DataFrame({"description": ["<b>x</b>"]})
    assert "<b>x" not in as_html(frame, "<i>c</i>", {})


@pytest.mark.parametrize(
    ("name", "said"), [("declaration", "The tables are: declarations"), (["x"], "There is no table")]
)
def test_an_unknown_table_or_exercise_is_a_sentence(workbook: Workbook, name: Any, said: str) -> None:
    found = workbook.explore(name)
    assert isinstance(found, Text)
    assert said in str(found)
    assert isinstance(workbook.explore("declarations", rows_for="all_kind"), Text)


def test_a_stored_notebook_says_what_the_explorer_shows(workbook: Workbook) -> None:
    shown = [workbook.explore("declarations") for _ in range(2)]
    bundles = [each._repr_mimebundle_() for each in shown if isinstance(each, Explorer)]
    assert VIEW in bundles[0]
    assert bundles[0]["text/plain"] == bundles[1]["text/plain"]
    assert "All 120 declarations." in bundles[0]["text/html"]


def test_cells_are_text() -> None:
    frame = pd.DataFrame(
        {
            "importer_id": [1234567],
            "value": [1234.5],
            "small": [0.0012],
            "none": [np.nan],
            "count": [12345],
            "day": pd.to_datetime(["2016-03-05"]),
            "never": pd.to_datetime([None]),
            "aeo": [True],
        }
    )
    assert cells(frame, {}) == [["1234567", "1,234.50", "0.0012", "", "12,345", "2016-03-05", "", "yes"]]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0123456789, "XAS per unit", "0.0123457"),
        (1234.56789, "XAS per unit", "1,234.57"),
        (0.0, "XAS per unit", "0"),
        (1234567.0, "kg", "1,234,567.000"),
        (0.5, "kg", "0.500"),
        (12.0, "count", "12"),
        (100.0, "per cent", "100"),
        (12.5, "per cent", "12.5"),
        (0.001, "XAS", "0.001"),
        (1234.5, "XAS", "1,234.50"),
        (1234.5, "KRW", "1,234"),
        (0.4, "KRW", "0.4"),
        (1.5, "KWD", "1.500"),
        (1234.5, "XAS/kg", "1,230"),
        (0.012345, "KRW/kg", "0.0123"),
    ],
)
def test_a_number_is_written_as_its_unit_asks_for(value: float, unit: str, text: str) -> None:
    assert number(value, unit) == text


def test_an_amount_of_money_has_the_decimals_of_its_row_s_currency() -> None:
    frame = pd.DataFrame({"invoice_value": [1234.0, 1234.5], "invoice_currency": ["KRW", "XAS"]})
    assert [row[0] for row in cells(frame, {"invoice_value": "invoice currency"})] == ["1,234", "1,234.50"]


@pytest.fixture(scope="module")
def of_a_world() -> Explorer:
    return Explorer(World(Scenario(declarations=5_000)), "declarations", columns=("hs", "lane", "exchange_rate"))


def test_the_price_per_kg_is_a_computed_column_in_the_table_and_in_the_code() -> None:
    world = World(Scenario(declarations=5_000))
    explorer = Explorer(world, "declarations", columns=("hs", "customs_value", "net_mass_kg", "price_per_kg"))
    heading = explorer._grid.columns[3]
    assert (heading["name"], heading["unit"]) == ("price_per_kg", "XAS/kg, computed")
    assert "customs_value divided by net_mass_kg" in heading["meaning"]
    explorer.filter("hs", "begins with", "61")
    explorer.sort("price_per_kg")
    *lines, last = explorer.code().splitlines()
    names: dict[str, Any] = {"wb": type("Book", (), {"world": world})}
    exec("\n".join(lines), names)
    rows = eval(last, names)
    assert rows["declaration_id"].tolist() == explorer.shown.rows["declaration_id"].tolist()
    first = rows.iloc[0]
    assert first["price_per_kg"] == first["customs_value"] / first["net_mass_kg"]
    assert "price_per_kg" not in world.declarations
    assert "assign" not in Explorer(world, "tariff").code()


def test_the_rules_that_set_the_lane_are_explained() -> None:
    explorer = Explorer(World(Scenario(declarations=5_000)), "declarations", columns=("hs", "lane_rule"))
    explorer._controls.column.value = "lane_rule"
    assert "price_check: The price per kilogram is far below the office's list" in explorer._controls.value.options
    explorer.filter("lane_rule", "is", "price_check")
    assert "<li>price_check: The price per kilogram is far below" in explorer._codes.value


def test_a_rate_of_exchange_has_six_digits_and_so_has_its_median(of_a_world: Explorer) -> None:
    rate = of_a_world.shown.rows["exchange_rate"].iloc[0]
    text = of_a_world._grid.rows[0][2]
    assert float(text.replace(",", "")) == pytest.approx(rate, rel=1e-5)
    of_a_world._controls.group.value = "lane"
    of_a_world._controls.measure.value = "median"
    of_a_world._controls.of.value = "exchange_rate"
    middle = of_a_world.shown.rows["median of exchange_rate"].iloc[0]
    assert float(of_a_world._grid.rows[0][2].replace(",", "")) == pytest.approx(middle, rel=1e-5)
    of_a_world._controls.group.value = ""


def test_a_code_is_chosen_by_its_meaning(of_a_world: Explorer) -> None:
    controls = of_a_world._controls
    controls.column.value = "procedure"
    chosen = "4071: Release for home use from a Customs warehouse"
    assert chosen in controls.value.options
    assert "procedure code, four digits" in controls.column.tooltip
    controls.value.value = chosen
    controls.add.click()
    assert str(of_a_world.state.filters[0]) == "procedure is 4071"
    assert 0 < of_a_world.shown.count < 5_000
    of_a_world.take_away(0)


def test_the_legend_tells_the_columns_and_the_codes_of_the_page(of_a_world: Explorer) -> None:
    legend = of_a_world._codes.value
    assert "hs: subheading declared, HS 2022, six digits" in legend
    assert "green: Released at once, without a control" in legend
    assert "procedure" not in legend
    of_a_world._all.value = True
    assert "4000: Release for home use; no previous procedure" in of_a_world._codes.value
    of_a_world._all.value = False


def test_a_chapter_is_found_by_how_its_codes_begin(of_a_world: Explorer) -> None:
    of_a_world.filter("hs", "begins with", "62")
    assert "where hs begins with 62." in of_a_world._summary.value
    assert set(of_a_world.shown.rows["hs"].str[:2]) == {"62"}
    of_a_world.take_away(0)


ACTIONS = st.one_of(
    st.tuples(
        st.just("filter"),
        st.sampled_from(["office", "date", "customs_value", "aeo", "description"]),
        st.text(max_size=12),
    ),
    st.tuples(st.just("sort"), st.sampled_from(["office", "date", "rows", "nothing"])),
    st.tuples(st.just("turn"), st.integers(-3, 3)),
    st.tuples(st.just("take_away"), st.integers(0, 3)),
    st.tuples(st.just("group"), st.sampled_from(["", "office", "date", "aeo"])),
    st.tuples(st.just("measure"), st.sampled_from(["count", "sum", "median"])),
    st.tuples(st.just("draw"), st.booleans()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTIONS, max_size=8))
def test_no_order_of_actions_raises(explorer: Explorer, actions: list[tuple[Any, ...]]) -> None:
    for name, *details in actions:
        if name == "filter":
            explorer.filter(details[0], "is", details[1])
        elif name in ("group", "measure", "draw"):
            getattr(explorer._controls, name).value = details[0]
        else:
            getattr(explorer, name)(*details)
    assert explorer._summary.value
    assert explorer.code().startswith("rows = wb.world.declarations")
    explorer._controls.draw.value = False
