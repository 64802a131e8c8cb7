"""What marking needs, as plain JSON and back: nothing is lost, and marks stay the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.checking import Cells, Date, Expected, Kind, Log, Number, OneOf, Ranking, Rows, SeveralOf
from cep_toolkit.checking.kept_expected import expected_of, plain_expected
from cep_toolkit.checking.marking import mark
from cep_toolkit.checking.plain_kinds import KINDS, from_plain, to_plain
from cep_toolkit.checking.sheet_file import DamagedError
from cep_toolkit.errors import WrongTypeError
from tests.checking.toys import QUESTION, WORLD, Shortfall

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@st.composite
def options(draw: st.DrawFn) -> dict[str, str]:
    """Options in any order: the order is kept too."""
    count = draw(st.integers(2, 6))
    keys = draw(st.permutations([f"key{number}" for number in range(count)]))
    return {key: f"Label of {key}, été" for key in keys}


@st.composite
def messages(draw: st.DrawFn, keys: Mapping[str, str]) -> dict[str, str]:
    return {key: f"Look at {number} again." for number, key in enumerate(draw(st.sets(st.sampled_from([*keys]))))}


@st.composite
def kinds(draw: st.DrawFn, which: str) -> Kind[Any]:
    label, names = draw(TEXT), draw(options())
    said = draw(messages(names))
    if which == "one of":
        return OneOf(label, names, said)
    if which == "several of":
        least = draw(st.integers(0, len(names)))
        return SeveralOf(label, names, least, draw(st.none() | st.integers(max(least, 1), len(names))), said)
    if which == "number":
        low = draw(st.none() | st.integers(-5, 5) | st.floats(-5, 5))
        high = draw(st.none() | st.floats(6, 1e12))
        return Number(label, draw(TEXT), draw(st.integers(0, 6)), draw(st.floats(0, 10)), low, high)
    if which == "ranking":
        return Ranking(label, names)
    if which == "rows":
        choices = draw(st.none() | st.just(names))
        return Rows(label, "declarations", "id", choices, draw(st.integers(1, 5)), said if choices else {})
    if which == "cells":
        return Cells(label, {"r2": "Second", "r1": "First"}, {"fact": names, "step": names}, {"step": said})
    if which == "log":
        return Log(label, draw(st.integers(1, 60)))
    return Date(label)


@pytest.mark.parametrize("which", KINDS)
@given(data=st.data())
def test_every_kind_comes_back_as_it_was(which: str, data: st.DataObject) -> None:
    fields = {name: data.draw(kinds(which)) for name in ("second", "first")}
    plain = json.loads(json.dumps(to_plain(fields), allow_nan=False))
    back = from_plain(plain)
    assert back == fields
    assert list(back) == list(fields)
    assert [type(kind) for kind in back.values()] == [KINDS[which]] * 2
    assert json.dumps(to_plain(back)) == json.dumps(plain)  # the order of every mapping too


def test_numbers_of_numpy_are_kept_as_plain_ones() -> None:
    kind = Number("Rate", "%", decimals=np.int64(1), tolerance=np.float64(0.5))  # type: ignore[arg-type]
    assert json.loads(json.dumps(to_plain({"rate": kind})))["rate"]["decimals"] == 1


@pytest.mark.parametrize("part", [float("inf"), b"bytes", [1]])
def test_what_has_no_plain_form_is_an_error_of_the_course(part: Any) -> None:
    with pytest.raises(WrongTypeError):
        to_plain({"rate": Number("Rate", part)})


@pytest.mark.parametrize(
    "plain",
    [
        None,
        {},
        {"a": None},
        {"a": {"kind": "date"}},
        {"a": {"kind": ["date"], "label": "x"}},
        {"a": {"kind": "poem", "label": "x"}},
        {"a": {"kind": "date", "label": "x", "more": 1}},
        {"a": {"kind": "one of", "label": "x", "options": 5, "when_wrong": {}}},
        {"a": {"kind": "one of", "label": "x", "options": {"a": "b"}, "when_wrong": {}}},
    ],
)
def test_another_shape_is_refused(plain: object) -> None:
    with pytest.raises(DamagedError):
        from_plain(plain)


@pytest.fixture
def exercise() -> Shortfall:
    return Shortfall()


@pytest.fixture
def expected(exercise: Shortfall) -> Expected:
    return exercise.expected(WORLD, None, QUESTION)


@pytest.fixture
def plain(exercise: Shortfall, expected: Expected) -> Any:
    return json.loads(json.dumps(plain_expected(expected, exercise.misconceptions)))


@given(gap=st.floats() | st.sampled_from([20.0, 25.0, 0.2]) | st.text(), step=st.sampled_from(["ask", "release", ""]))
def test_marks_are_the_same_with_what_was_kept(gap: object, step: str) -> None:
    exercise = Shortfall()
    expected = exercise.expected(WORLD, None, QUESTION)
    kept, told = expected_of(json.loads(json.dumps(plain_expected(expected, exercise.misconceptions))))
    assert kept == expected
    answer = {"gap": gap, "step": step}
    assert mark(kept, told, answer) == mark(expected, exercise.misconceptions, answer)


def test_a_kept_mistake_still_gives_its_answer(plain: Any) -> None:
    _, told = expected_of(plain)
    assert told[0].compute(None, None) == {"gap": 25.0}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("reference", {"gap": 20.0}),
        ("reference", {"gap": "x", "step": "ask"}),
        ("reference", {"gap": 20.0, "step": "ask", "more": 1}),
        ("reference", []),
        ("mistakes", []),
        ("mistakes", {"share": {"answer": {}, "message": "x"}}),
        ("mistakes", {"share": {"answer": {"gap": 1.0}, "message": 5}}),
        ("mistakes", {"share": {"answer": {"gap": 1.0}}}),
        ("fields", {}),
    ],
)
def test_answers_that_do_not_fit_are_refused(plain: Any, part: str, value: object) -> None:
    with pytest.raises(DamagedError):
        expected_of({**plain, part: value})


def test_something_else_is_refused() -> None:
    with pytest.raises(DamagedError):
        expected_of(["fields"])
