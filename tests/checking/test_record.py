"""What is remembered: tries, hints, the solution, reset and restore."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.checking import Result, Status
from cep_toolkit.checking.record import CHOOSE, CODE, MOST_KEPT, Record, Sheet

answers = st.one_of(st.none(), st.fixed_dictionaries({"gap": st.integers(0, 3)}))
records = st.builds(
    Record, st.sampled_from(Status), answers, st.integers(0, 5), st.integers(0, 2), st.sampled_from(("", CHOOSE, CODE))
)
names = st.sampled_from(("shortfall", "step", "route"))
sheets = st.builds(
    Sheet,
    st.dictionaries(names, records, max_size=3),
    st.dictionaries(names, st.lists(records, min_size=1, max_size=2).map(tuple), max_size=2),
)


def after(*checks: tuple[Status, int]) -> Record:
    """Return the record after checks: a status and the number that was answered."""
    record = Record()
    for status, gap in checks:
        record = record.after(Result(status, 0.0, "."), {"gap": gap}, CHOOSE)
    return record


WRONG, PARTLY, RIGHT = Status.NOT_YET, Status.PARTLY, Status.CORRECT


@pytest.mark.parametrize(
    ("checks", "tries", "hints", "solution"),
    [
        ((), 0, 0, False),
        (((WRONG, 1),), 1, 0, False),
        (((WRONG, 1), (WRONG, 2)), 2, 1, False),
        (((PARTLY, 1), (WRONG, 2)), 2, 1, False),
        (((WRONG, 1), (WRONG, 1)), 1, 1, False),  # the same again opens the hint, but is no new try
        (((WRONG, 1), (WRONG, 1), (WRONG, 1)), 1, 1, False),
        (((WRONG, 1), (WRONG, 2), (PARTLY, 3)), 3, 1, True),
        (((RIGHT, 1),), 1, 0, True),
        (((WRONG, 1), (RIGHT, 2)), 2, 0, True),
    ],
)
def test_a_second_wrong_check_opens_a_hint_and_three_tries_open_the_solution(
    checks: tuple[tuple[Status, int], ...], tries: int, hints: int, solution: bool
) -> None:
    record = after(*checks)
    assert (record.attempts, record.hints_open, record.solution_opens) == (tries, hints, solution)


@given(record=records, status=st.sampled_from((Status.NOT_ATTEMPTED, Status.WRONG_FORM)))
def test_an_empty_or_unreadable_answer_changes_nothing(record: Record, status: Status) -> None:
    assert record.after(Result(status, 0.0, "."), None, CHOOSE) == record
    assert record.after(Result(status, 0.0, "."), {"gap": 1}, CHOOSE) == record


def test_right_stays_right() -> None:
    record = after((RIGHT, 1), (WRONG, 2))
    assert (record.status, record.answer) == (RIGHT, {"gap": 1})


def test_a_recorded_answer_gives_way_to_the_next_one() -> None:
    record = after((Status.RECORDED, 1), (Status.RECORDED, 2), (Status.RECORDED, 2))
    assert (record.status, record.answer, record.attempts) == (Status.RECORDED, {"gap": 2}, 2)
    assert after((RIGHT, 1), (Status.RECORDED, 2)).answer == {"gap": 2}


def test_a_right_answer_fills_a_record_that_a_resume_code_brought() -> None:
    record = Record(RIGHT).after(Result(RIGHT, 1.0, "."), {"gap": 1}, CODE)
    assert (record.answer, record.door) == ({"gap": 1}, CODE)


def test_hints_open_one_by_one_each_after_a_try() -> None:
    first = Record().open_hint(3)
    assert first.hints_open == 1
    assert first.open_hint(3) == first
    tried = first.after(Result(WRONG, 0.0, "."), {"gap": 1}, CHOOSE)
    assert tried.open_hint(3).hints_open == 2
    assert tried.open_hint(1) == tried


def test_once_there_is_nothing_to_find_every_hint_may_open() -> None:
    assert Record(RIGHT, hints_open=1).open_hint(2).hints_open == 2
    assert Record(Status.NOT_MARKED, hints_open=1).solution_opens


# Laws of a sheet ----------------------------------------------------------------------------------------------------


@given(sheet=sheets, name=names)
def test_reset_then_restore_is_as_before(sheet: Sheet, name: str) -> None:
    if name in sheet.records:
        assert sheet.reset(name).of(name) == Record()
        assert sheet.reset(name).restore(name) == sheet
    else:
        assert sheet.reset(name) == sheet


@given(sheet=sheets, name=names)
def test_restoring_loses_no_record(sheet: Sheet, name: str) -> None:
    def every(state: Sheet) -> list[Record]:
        return sorted([*state.kept.get(name, ()), *([state.of(name)] if name in state.records else [])], key=repr)

    assert every(sheet.restore(name)) == every(sheet)


def test_only_the_last_few_resets_are_kept() -> None:
    sheet = Sheet()
    for gap in range(MOST_KEPT + 3):
        sheet = sheet.put("step", Record(WRONG, {"gap": gap}, 1)).reset("step")
    assert [record.answer for record in sheet.kept["step"]] == [{"gap": gap} for gap in range(3, MOST_KEPT + 3)]


@given(sheet=sheets, other=sheets)
def test_merging_makes_nothing_worse_and_twice_is_once(sheet: Sheet, other: Sheet) -> None:
    both = sheet.merge(other)
    for name in {*sheet.records, *other.records}:
        assert not sheet.of(name).better_than(both.of(name))
        assert not other.of(name).better_than(both.of(name))
    assert both.merge(other) == both
    assert sheet.merge(sheet) == sheet
    assert sheet.merge(Sheet()) == sheet


def test_what_a_merge_replaces_can_be_brought_back() -> None:
    mine, theirs = Record(WRONG, {"gap": 1}, 1), Record(RIGHT, {"gap": 2}, 1)
    both = Sheet({"step": mine}).merge(Sheet({"step": theirs}))
    assert both.of("step") == theirs
    assert both.restore("step").of("step") == mine


@given(sheet=sheets)
def test_a_resume_code_never_takes_an_answer_away(sheet: Sheet) -> None:
    resumed = sheet.resume(dict.fromkeys(("shortfall", "step"), Status.PARTLY))
    for name, record in sheet.records.items():
        assert record == resumed.of(name) or record in resumed.kept[name]
