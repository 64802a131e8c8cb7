"""A workbook on an administration's own data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cep_toolkit.checking import Status
from cep_toolkit.course import opening
from cep_toolkit.course.workbook import Workbook
from tests.checking.toys import RIGHT, WORLD
from tests.course.toy_workbook import WRONG, world


def test_on_own_data_an_open_book_exercise_is_marked(open_toy: Callable[..., Workbook]) -> None:
    assert open_toy(world(own_data=True)).check("shortfall", RIGHT).status is Status.CORRECT


def test_on_own_data_what_only_the_truth_knows_is_kept_and_not_marked(
    open_toy: Callable[..., Workbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "truth_of", lambda world: None)
    own = open_toy(world(own_data=True))
    assert own.question("hidden") == WORLD.weighings[0]
    result = own.check("hidden", WRONG)
    assert (result.status, result.misconception) == (Status.NOT_MARKED, "")
    assert result.message == "Your answer is kept. On your own data nobody knows the true answer, so it is not marked."
    assert own.record("hidden").answer == WRONG
    assert str(own.solution("hidden")) == (
        "On your own data nobody knows the true answer. This is how to think about it.\n\n"
        "The base is what was declared."
    )
    assert "1 of 3 done" in str(own.progress())


@pytest.mark.parametrize(
    ("exercise", "columns", "sentence"),
    [
        (
            "shortfall",
            (),
            (
                "This exercise needs what your data does not have: the column found in weighings. "
                "You can do it in the simulated world. Go on to the next one."
            ),
        ),
        (
            "quiet",
            ("found",),
            (
                "Your data holds no case that fits this exercise. You can do it in the simulated world. "
                "Go on to the next one."
            ),
        ),
    ],
)
def test_own_data_that_cannot_pose_an_exercise_says_so(
    open_toy: Callable[..., Workbook], exercise: str, columns: tuple[str, ...], sentence: str
) -> None:
    own = open_toy(world(own_data=True, columns=columns))
    for method in (own.ask, own.hint, own.solution):
        assert str(method(exercise)) == sentence
    assert (own.check(exercise, RIGHT).status, own.check(exercise, RIGHT).message) == (Status.NOT_MARKED, sentence)
