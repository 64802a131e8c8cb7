"""Whatever object is given, reading an answer gives a value or a sentence, and never an error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from cep_toolkit.checking import Kind, Parsed, read_answer, run_door
from cep_toolkit.checking.resume_code import read_resume_code
from cep_toolkit.checking.save_file import unpack
from tests.checking.odd_objects import ODD, odd_objects

quiet = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def holds(parsed: Parsed[Any]) -> None:
    """A reading gives a plain value or a problem, never both; a problem is a short sentence without an address."""
    assert parsed.value is None or not parsed.problem
    assert len(parsed.problem) < 500
    assert " at 0x" not in parsed.problem
    json.dumps(parsed.value, allow_nan=False)


@pytest.mark.parametrize("make", ODD)
def test_no_odd_object_makes_a_reading_fail(kinds: dict[str, Kind[Any]], make: Any) -> None:
    for kind in kinds.values():
        holds(kind.parse(make()))
    holds(read_answer(kinds, make()))
    holds(read_answer({"rate": kinds["number"]}, make()))
    holds(read_resume_code(make(), 3))
    assert unpack(make()).value is None


@quiet
@given(raw=odd_objects())
def test_no_made_up_object_makes_a_reading_fail(kinds: dict[str, Kind[Any]], raw: object) -> None:
    for kind in kinds.values():
        holds(kind.parse(raw))
    holds(read_answer({"rate": kinds["number"], "step": kinds["one of"]}, raw))


@quiet
@given(raw=odd_objects())
def test_what_was_read_is_canonical(kinds: dict[str, Kind[Any]], raw: object) -> None:
    for kind in kinds.values():
        value, _ = kind.parse(raw)
        if value is not None:
            assert kind.parse(value) == (value, "")
            assert kind.parse(json.loads(json.dumps(value))) == (value, "")


@pytest.mark.parametrize("make", ODD)
def test_no_odd_object_makes_a_door_fail(make: Any) -> None:
    assert isinstance(run_door(make()).problem, str)
    assert isinstance(run_door(make).problem, str)
