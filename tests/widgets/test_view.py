from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cep_toolkit.widgets.view import PAGE, Filter, Group, View
from cep_toolkit.widgets.view_code import code
from cep_toolkit.widgets.view_figure import picture
from cep_toolkit.widgets.view_filter import few_values, kind_of, kinds, positions, read_filter
from cep_toolkit.widgets.view_page import groups, shown

VIEW = View("declarations")


class Book:
    """What the printed code knows: ``wb.world.declarations``."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.world = self
        self.declarations = table


def run(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Run the printed code and return its last line's value."""
    *lines, last = code(view, kinds(table)).splitlines()
    names = {"wb": Book(table)}
    exec("\n".join(lines), names)
    result = eval(last, names)
    assert isinstance(result, pd.DataFrame)
    return result


FILTERS = st.sampled_from(
    [
        Filter("office", "is", "XA2"),
        Filter("office", "contains", "xa"),
        Filter("office", "begins with", "xA2"),
        Filter("office", "at least", "XA2"),
        Filter("office", "at most", "XA2"),
        Filter("description", "contains", "GOODS"),
        Filter("description", "is", "<b>goods</b> 3"),
        Filter("customs_value", "at least", 150.0),
        Filter("customs_value", "at most", 180.5),
        Filter("packages", "is", 3.0),
        Filter("date", "at least", "2016-06-01"),
        Filter("date", "is", "2016-02-05"),
        Filter("aeo", "is", True),
        Filter("aeo", "is", False),
    ]
)
COLUMNS = ["declaration_id", "date", "office", "description", "customs_value", "packages", "aeo"]
GROUPS = st.builds(
    Group,
    st.sampled_from(["office", "date", "description", "aeo", "packages"]),
    st.sampled_from(["sum", "median"]),
    st.sampled_from(["customs_value", "packages"]),
) | st.builds(Group, st.sampled_from(COLUMNS))


@st.composite
def views(draw: st.DrawFn) -> View:
    view = View("declarations", tuple(draw(st.lists(FILTERS, max_size=2, unique=True))))
    group = draw(st.none() | GROUPS)
    if group is not None:
        view = view.grouped(group)
    columns = COLUMNS if group is None else [group.by, "rows", group.name]
    return view.sorted_by(draw(st.sampled_from(["", *columns])), draw(st.booleans())).turned_to(draw(st.integers(0, 1)))


@settings(max_examples=150, deadline=None)
@given(view=views())
def test_the_printed_code_gives_the_rows_that_are_shown(table: pd.DataFrame, view: View) -> None:
    found = shown(table, view)
    view = view.turned_to(found.page)
    pd.testing.assert_frame_equal(
        run(view, table).reset_index(drop=True), found.rows.reset_index(drop=True), check_dtype=False
    )


@settings(max_examples=100, deadline=None)
@given(view=views())
def test_the_sentence_counts_the_rows_that_meet_the_filters(table: pd.DataFrame, view: View) -> None:
    found = shown(table, view)
    counted = len(run(View("declarations", view.filters), table.head(0))) + len(positions(table, view.filters))
    assert found.count == counted
    assert found.sentence.startswith(f"{counted} of 120" if view.filters else "All 120")
    assert len(found.rows) <= PAGE


def test_a_page_past_the_end_is_the_last_one(table: pd.DataFrame) -> None:
    found = shown(table, VIEW.turned_to(99))
    assert (found.page, found.pages, len(found.rows)) == (2, 3, 20)
    assert shown(table, VIEW.turned_to(-3)).page == 0


def test_equal_values_keep_the_tables_own_order_both_ways(table: pd.DataFrame) -> None:
    for descending in (False, True):
        rows = shown(table, VIEW.sorted_by("packages", descending)).rows
        assert rows.groupby("packages")["declaration_id"].apply(lambda ids: ids.is_monotonic_increasing).all()


@pytest.mark.parametrize(
    ("column", "condition", "text", "value"),
    [
        ("customs_value", "at least", "1 500,5", 1500.5),
        ("customs_value", "is", "150", 150.0),
        ("date", "at most", "5 March 2016", "2016-03-05"),
        ("aeo", "is", " Yes ", True),
        ("office", "is", "xa2", "XA2"),
        ("description", "contains", "goods", "goods"),
    ],
)
def test_a_typed_filter_is_read(table: pd.DataFrame, column: str, condition: str, text: str, value: object) -> None:
    assert read_filter(table, column, condition, text) == (Filter(column, condition, value), "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "condition", "text", "said"),
    [
        ("customs_value", "is", "much", "not a number"),
        ("customs_value", "contains", "1", "choose one of: is, at least, at most"),
        ("date", "is", "soon", "not a date"),
        ("aeo", "is", "perhaps", "yes or no"),
    ],
)
def test_a_filter_that_cannot_be_read_gets_a_sentence(
    table: pd.DataFrame, column: str, condition: str, text: str, said: str
) -> None:
    one, problem = read_filter(table, column, condition, text)
    assert one is None
    assert said in problem


@settings(max_examples=100, deadline=None)
@given(
    column=st.sampled_from(COLUMNS),
    condition=st.sampled_from(["is", "begins with", "contains", "at least", "at most"]),
    text=st.text(max_size=20),
)
def test_no_typed_text_raises(table: pd.DataFrame, column: str, condition: str, text: str) -> None:
    one, problem = read_filter(table, column, condition, text)
    assert (one is None) == bool(problem)
    if one is not None:
        shown(table, VIEW.filtered(one))


def test_missing_values_meet_no_filter_and_sort_last() -> None:
    table = pd.DataFrame(
        {
            "value": [2.0, None, 1.0],
            "lane": pd.Categorical(["red", None, "green"]),
            "day": pd.to_datetime(["2016-01-02", None, "2016-01-01"]),
        }
    )
    for one in (
        Filter("value", "at least", 0.0),
        Filter("lane", "contains", "e"),
        Filter("lane", "at least", "a"),
        Filter("day", "at least", "2016-01-01"),
    ):
        assert positions(table, (one,)).tolist() == [0, 2]
    assert shown(table, VIEW.sorted_by("value")).rows.index.tolist() == [2, 0, 1]


def test_what_a_column_holds(table: pd.DataFrame) -> None:
    held = [kind_of(table[name]) for name in COLUMNS]
    assert held == ["number", "date", "text", "text", "number", "number", "yes or no"]
    assert kinds(table)["office"] == "category"
    assert few_values(table["office"]) == ["XA1", "XA2", "XA3"]
    assert few_values(table["customs_value"]) == []


def test_groups_are_right_by_hand() -> None:
    table = pd.DataFrame({"office": ["A", "B", "A"], "value": [1.0, 5.0, 3.0]})
    places = positions(table, ())
    assert groups(table, places, Group("office")).to_numpy().tolist() == [["A", 2], ["B", 1]]
    middle = groups(table, places, Group("office", "median", "value"))
    assert middle.columns.tolist() == ["office", "rows", "median of value"]
    assert middle.to_numpy().tolist() == [["B", 1, 5.0], ["A", 2, 2.0]]


def test_months_and_numbers_stand_in_their_own_order() -> None:
    days = pd.to_datetime(["2016-03-01", "2016-01-02", "2016-03-05", "2016-02-09"])
    table = pd.DataFrame({"day": days, "packages": [3, 1, 1, 2]})
    places = positions(table, ())
    assert groups(table, places, Group("day"))["day"].tolist() == ["2016-01", "2016-02", "2016-03"]
    assert groups(table, places, Group("packages"))["packages"].tolist() == [1, 2, 3]


def test_a_drawing_of_months_runs_with_time() -> None:
    days = pd.to_datetime(["2016-03-01", "2016-01-02", "2016-03-05", "2016-02-09"])
    table = pd.DataFrame({"day": days})
    drawn = picture(table, VIEW, shown(table, VIEW), "day")
    axes = drawn.drawing.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["2016-01", "2016-02", "2016-03"]
    assert axes.get_ylabel() == "day, month"
    assert "Most: 2016-03 2" in drawn.sentence


def test_a_picture_says_what_it_shows(table: pd.DataFrame) -> None:
    drawn = picture(table, VIEW, shown(table, VIEW), "customs_value", "XAS")
    assert (
        drawn.sentence
        == "customs_value, XAS: 120 values from 100 to 219; half lie between 130 and 189, the middle one is 160."
    )
    bars = picture(table, VIEW, shown(table, VIEW), "office")
    assert bars.sentence == "By office, 120 rows in 3 groups. Most: XA1 40, XA2 40, XA3 40."
    view = VIEW.grouped(Group("office", "sum", "customs_value"))
    assert (
        "sum of customs_value of 3 groups" in picture(table, view, shown(table, view), "customs_value", "XAS").sentence
    )
    assert drawn.png.startswith(b"\x89PNG")


def test_a_picture_of_nothing_and_of_one_value() -> None:
    table = pd.DataFrame({"lane": ["<red>"], "value": [1.0]})
    assert "<red> 1" in picture(table, VIEW, shown(table, VIEW), "lane").sentence
    assert picture(table, VIEW, shown(table, VIEW), "value").png
    none = VIEW.filtered(Filter("value", "at least", 5.0))
    assert picture(table, none, shown(table, none), "lane").sentence == "No row to draw."
