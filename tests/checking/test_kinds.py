"""The kinds of answer: what each accepts, how it scores, how it says a value."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cep_toolkit.checking import Cells, Date, Kind, Number, OneOf, Ranking, Rows, SeveralOf
from cep_toolkit.errors import CourseError

STREAMS = {"air": "Air cargo", "sea": "By sea, in containers", "road": "Road > 3.5 t", "post": "Post"}
LEVELS = {"low": "Low", "high": "High"}

one_of = OneOf("Stream", STREAMS)
several = SeveralOf("Streams", STREAMS)
none_or_several = SeveralOf("Streams", STREAMS, at_least=0)
ranking = Ranking("Most urgent first", STREAMS)
listed = {"1001": "the first", "1002": "the second", "1003": "the third"}
rows = Rows("Declarations", "declarations", "declaration_id", listed, at_most=2)
cells = Cells("Rate", {"price": "Price", "origin": "Origin"}, {"likelihood": LEVELS, "consequence": LEVELS})
date = Date("Deadline")

RATINGS = {
    "price": {"likelihood": "high", "consequence": "low"},
    "origin": {"likelihood": "low", "consequence": "low"},
}


# What is accepted ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (one_of, "AIR", "air"),
        (one_of, " by  sea, in Containers ", "sea"),
        (one_of, ["post"], "post"),
        (one_of, pd.Series(["post"]), "post"),
        (one_of, np.str_("air"), "air"),
        (OneOf("Sure?", {"yes": "Yes", "no": "No"}), np.bool_(True), "yes"),
        (OneOf("Grade", {"1": "Good", "2": "Fair"}), 2.0, "2"),
        (several, ["sea", "air", "air"], ["air", "sea"]),
        (several, "post; By sea, in containers", ["sea", "post"]),
        (several, "By sea, in containers", ["sea"]),
        (several, "air, post", ["air", "post"]),
        (several, {"air": True, "sea": np.bool_(False), "post": True}, ["air", "post"]),
        (several, {"air"}, ["air"]),
        (several, pd.Index(["air"]), ["air"]),
        (none_or_several, [], []),
        (none_or_several, " None ", []),
        (ranking, ["post", "air", "sea", "road"], ["post", "air", "sea", "road"]),
        (ranking, "1. post > 2. air > 3) sea > road", ["post", "air", "sea", "road"]),
        (ranking, "post\nair\nsea\nroad\n", ["post", "air", "sea", "road"]),
        (ranking, {"air": 1, "sea": 2, "road": 3.0, "post": np.int64(0)}, ["post", "air", "sea", "road"]),
        (rows, ["1002", "1001"], ["1001", "1002"]),
        (rows, 1002, ["1002"]),
        (rows, "1001\n1002", ["1001", "1002"]),
        (rows, np.array([1001.0, 1002.0]), ["1001", "1002"]),
        (rows, pd.DataFrame({"declaration_id": ["1003"], "name": ["x"]}), ["1003"]),
        (rows, pd.DataFrame({"name": ["x"]}, index=pd.Index([1003], name="declaration_id")), ["1003"]),
        (rows, pd.Series([0.5], index=pd.Index([1003], name="declaration_id")), ["1003"]),
        (rows, pd.Series([True, False], index=pd.Index([1001, 1003], name="declaration_id")), ["1001"]),
        (rows, pd.Index([1003], name="declaration_id"), ["1003"]),
        (cells, RATINGS, RATINGS),
        (cells, pd.DataFrame(RATINGS).T, RATINGS),
        (cells, {"Price": {"Likelihood": "HIGH", "consequence": ["low"]}, "origin": RATINGS["origin"]}, RATINGS),
        (
            Cells("Rate", {"price": "Price", "origin": "Origin"}, {"likelihood": LEVELS}),
            pd.Series({"price": "high", "origin": "low"}),
            {"price": {"likelihood": "high"}, "origin": {"likelihood": "low"}},
        ),
        (date, "2016-03-25", "2016-03-25"),
        (date, 20160325, "2016-03-25"),
        (date, "25/03/2016", "2016-03-25"),
        (date, "25.3.2016", "2016-03-25"),
        (date, "5.3.2016", "2016-03-05"),
        (date, "5/5/2016", "2016-05-05"),
        (date, "25 March 2016", "2016-03-25"),
        (date, "March 25, 2016", "2016-03-25"),
        (date, "2016-03-25 23:59", "2016-03-25"),
        (date, datetime.datetime(2016, 3, 25, 23, 59), "2016-03-25"),
        (date, np.datetime64("2016-03-25T23:59"), "2016-03-25"),
        (date, pd.Timestamp("2016-03-25"), "2016-03-25"),
        (date, pd.Series(pd.to_datetime(["2016-03-25"])), "2016-03-25"),
    ],
)
def test_an_answer_is_read(kind: Kind[Any], raw: object, value: object) -> None:
    assert kind.parse(raw) == (value, "")


@pytest.mark.parametrize("kind", [one_of, several, none_or_several, ranking, rows, cells, date, Number("Rate", "%")])
@pytest.mark.parametrize("raw", [None, "", "  ", float("nan"), pd.NA, pd.NaT, np.float64("nan")])
def test_nothing_is_an_empty_answer_and_no_mistake(kind: Kind[Any], raw: object) -> None:
    assert kind.parse(raw) == (None, "")


@pytest.mark.parametrize("kind", [one_of, several, ranking, rows, cells, date])
@pytest.mark.parametrize("raw", [[], {}, np.array([]), pd.Series([], dtype="str")])
def test_an_empty_list_is_an_empty_answer(kind: Kind[Any], raw: object) -> None:
    assert kind.parse(raw).value is None


@pytest.mark.parametrize(
    ("kind", "raw", "problem"),
    [
        (one_of, "ari", '"ari" is not one of the choices. Did you mean "air"? Choose from: air, sea, road, post.'),
        (one_of, ["air", "sea"], "Choose one only; this holds 2."),
        (SeveralOf("Facts", STREAMS, at_least=2, at_most=2), ["air"], "Choose at least 2; you chose 1."),
        (SeveralOf("Facts", STREAMS, at_most=2), list(STREAMS), "Choose at most 2; you chose 4."),
        (ranking, ["air", "sea"], "Put all 4 in order. Still missing: road, post."),
        (ranking, ["air", "air", "sea", "road"], "Give every place once only. Look again at the places."),
        (ranking, {"air": 1, "sea": 1.0}, "Give every place once only. Look again at the places."),
        (ranking, set(STREAMS), "A set has no order. Give a list with the first one in front."),
        (rows, [1, 2, 3], '"1" is not in the list. Give what stands in the column declaration_id.'),
        (rows, ["1001", "1002", "1003"], "Choose at most 2; you chose 3."),
        (
            Rows("Rows", "declarations", "id"),
            pd.Series([True, False]),
            '"no" is not in the list. Give what stands in the column id.',
        ),
        (rows, pd.DataFrame({"declaration_id": range(3_000)}), "This is too much to read. Give the answer only."),
        (cells, pd.DataFrame({"likelihood": ["low"] * 100_000}), "This is too much to read. Give the answer only."),
        (cells, {"price": RATINGS["price"]}, "Fill every cell. Still empty: Origin, likelihood."),
        (cells, "high", "Give a choice for every row. Use the form, or name each row with its choice."),
        (cells, iter(["high"]), "Give a choice for every row. Use the form, or name each row with its choice."),
        (date, "05/03/2016", '"05/03/2016" can mean 2016-03-05 or 2016-05-03. Type it as year-month-day.'),
        (date, "2016-02-30", '"2016-02-30" is not a date. Type year, month and day: 2016-03-25.'),
        (date, "5 March 16", '"5 March 16" is not a date. Type year, month and day: 2016-03-25.'),
        (date, "2016-03-05 or 06", '"2016-03-05 or 06" is not a date. Type year, month and day: 2016-03-25.'),
        (one_of, object(), "This answer cannot be read. Use the form, or give plain words and numbers."),
    ],
)
def test_a_wrong_form_is_told_what_to_do(kind: Kind[Any], raw: object, problem: str) -> None:
    assert kind.parse(raw) == (None, problem)


# How it scores ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "reference", "score"),
    [
        (one_of, "air", "sea", 0),
        (several, ["air", "sea"], ["air"], 1 / 2),
        (several, ["air", "sea"], ["post", "road"], 0),
        (none_or_several, ["air"], [], 0),
        (ranking, ["sea", "air", "road", "post"], ["air", "sea", "road", "post"], 4 / 6),
        (ranking, ["post", "road", "sea", "air"], ["air", "sea", "road", "post"], 0),
        (rows, ["1001"], ["1001", "1002"], 1 / 2),
        (cells, RATINGS | {"origin": {"likelihood": "high", "consequence": "low"}}, RATINGS, 3 / 4),
        (date, "2016-03-25", "2016-03-26", 0),
    ],
)
def test_a_near_answer_earns_a_part(kind: Kind[Any], value: object, reference: object, score: float) -> None:
    assert kind.score(value, reference) == pytest.approx(score)


chosen = st.sets(st.sampled_from(list(STREAMS)), min_size=1).map(lambda keys: [key for key in STREAMS if key in keys])
orders = st.permutations(list(STREAMS))
rated = st.fixed_dictionaries(
    {row: st.fixed_dictionaries({name: st.sampled_from(list(LEVELS)) for name in cells.columns}) for row in cells.rows}
)
VALUES: list[tuple[Kind[Any], st.SearchStrategy[Any]]] = [
    (one_of, st.sampled_from(list(STREAMS))),
    (several, chosen),
    (none_or_several, st.one_of(st.just([]), chosen)),
    (ranking, orders),
    (rows, st.sampled_from([["1001"], ["1002"], ["1001", "1003"]])),
    (cells, rated),
    (date, st.dates(min_value=datetime.date(1900, 1, 1)).map(datetime.date.isoformat)),
    (Number("Rate", "%", decimals=1), st.floats(-1e9, 1e9)),
    (Number("Price", "QMD/kg", decimals=3, minimum=0), st.floats(0, 1e12)),
    (Number("Pieces", "", decimals=0), st.integers(-(10**12), 10**12).map(float)),
    (Number("Share", "", decimals=6, tolerance=0.01), st.floats(0, 1)),
]


@given(data=st.data())
@settings(deadline=None)
@pytest.mark.parametrize(("kind", "values"), VALUES)
def test_the_right_answer_scores_one_and_no_other_does(
    kind: Kind[Any], values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    value, reference = data.draw(values), data.draw(values)
    assert kind.score(value, value) == 1.0
    assert 0.0 <= kind.score(value, reference) <= 1.0
    if not isinstance(kind, Number):
        assert (kind.score(value, reference) == 1.0) == (value == reference)


@given(data=st.data())
@settings(deadline=None)
@pytest.mark.parametrize(("kind", "values"), [pair for pair in VALUES if not isinstance(pair[0], Cells)])
def test_what_is_said_is_read_back(kind: Kind[Any], values: st.SearchStrategy[Any], data: st.DataObject) -> None:
    value = data.draw(values)
    for typed in (kind.say(value), f"  {kind.say(value).upper()} "):
        found, problem = kind.parse(typed)
        assert not problem
        assert kind.score(found, value) == 1.0


@given(order=orders)
def test_no_random_order_is_right(order: list[str]) -> None:
    assume(order != list(STREAMS))
    assert ranking.score(order, list(STREAMS)) < 1.0


@given(reference=chosen)
def test_choosing_everything_is_never_right(reference: list[str]) -> None:
    assume(len(reference) < len(STREAMS))
    assert several.score(list(STREAMS), reference) == len(reference) / len(STREAMS)


@pytest.mark.parametrize(
    ("kind", "value", "reference", "remark"),
    [
        (one_of, "air", "sea", ""),
        (several, ["air", "sea"], ["air"], "Right so far: 1 of your 2."),
        (several, ["air"], ["air", "sea"], "Right so far: 1 of your 1. Something is still missing."),
        (ranking, ["sea", "air", "road", "post"], list(STREAMS), "In their place: 2 of 4."),
        (rows, ["1001", "1003"], ["1001"], "Right so far: 1 of your 2."),
        (cells, RATINGS, RATINGS | {"price": RATINGS["origin"]}, "Choices that are right: 3 of 4."),
        (
            date,
            "2016-03-05",
            "2016-03-12",
            "You are near: 7 days away or less. Look again at the day from which you count.",
        ),
        (date, "2016-03-05", "2016-03-13", ""),
    ],
)
def test_a_remark_says_how_near_and_gives_nothing_away(
    kind: Kind[Any], value: object, reference: object, remark: str
) -> None:
    assert kind.remark(value, reference) == remark


# What an author may not do ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "describe",
    [
        lambda: OneOf("Stream", {"air": "Air"}),
        lambda: OneOf("Stream", {"air": "Air", "sea": "AIR"}),
        lambda: OneOf("Stream", {"air": "Air", "sea": "Sea; deep"}),
        lambda: OneOf("Stream", {"air": "Air", "sea": " Sea"}),
        lambda: OneOf("Stream", {1: "Air", 2: "Sea"}),  # type: ignore[dict-item]
        lambda: SeveralOf("Facts", STREAMS, at_least=3, at_most=2),
        lambda: SeveralOf("Facts", STREAMS, at_most=9),
        lambda: Ranking("Order", {}),
        lambda: Rows("Rows", "declarations", "id", at_most=0),
        lambda: Rows("Rows", "declarations", "id", {1: "one"}),  # type: ignore[dict-item]
        lambda: Rows("Rows", "declarations", "id", {}),
        lambda: Cells("Rate", {}, {"likelihood": LEVELS}),
        lambda: Cells("Rate", {"price": "Price"}, {"likelihood": {"low": "Low"}}),
        lambda: Number("Rate", "%", decimals=-1),
        lambda: Number("Rate", "%", minimum=5, maximum=5),
    ],
)
def test_a_kind_that_is_described_wrongly_is_a_course_error(describe: Any) -> None:
    with pytest.raises(CourseError):
        describe()
