"""Posing a question, and telling the right answer from the mistakes that people make."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from cep_toolkit.checking import Misconception, NoCaseError, Number, Rows, SeveralOf, Status
from cep_toolkit.errors import CourseError
from tests.checking.odd_objects import odd_objects
from tests.checking.toys import QUESTION, RIGHT, WORLD, Scales, Shortfall, Weighing, missing, other_step

toy = Shortfall()


def check(raw: object) -> Any:
    return toy.check(WORLD, None, QUESTION, raw)


# Posing -------------------------------------------------------------------------------------------------------------


def test_the_first_question_in_which_reference_and_mistakes_differ_is_posed() -> None:
    assert toy.pose(WORLD, None) == QUESTION


@pytest.mark.parametrize("weighings", [(), (Weighing(100.0, 100.0),), (Weighing(100.0, 100.0),) * 3])
def test_a_world_without_such_a_question_is_a_course_error(weighings: tuple[Weighing, ...]) -> None:
    with pytest.raises(NoCaseError, match="Yield more candidates"):
        toy.pose(Scales(weighings), None)


def test_looking_for_a_question_ends_even_where_candidates_do_not() -> None:
    class Endless(Shortfall):
        def candidates(self, world: Any) -> Iterator[Weighing]:
            return itertools.repeat(Weighing(100.0, 100.0))

    with pytest.raises(NoCaseError, match='the reference and "of the found mass" give the same answer'):
        Endless().pose(WORLD, None)


def test_two_mistakes_that_cannot_be_told_apart_are_not_posed() -> None:
    class Twins(Shortfall):
        misconceptions = (
            *Shortfall.misconceptions,
            Misconception("twin", lambda world, question: {"gap": 25.04}, "The same to one decimal.", word="twin"),
        )

    assert Twins().pose(WORLD, None) == Weighing(100.0, 50.0)  # in the second weighing, 25 % of the found mass


def test_where_only_the_truth_knows_the_first_question_is_posed_and_nothing_computed() -> None:
    class Hidden(Shortfall):
        open_book = False

        def reference(self, world: Any, truth: Any, question: Weighing) -> object:
            raise AssertionError("asked without the truth")

    assert Hidden().pose(WORLD, None) == WORLD.weighings[0]


def test_a_reference_that_does_not_fit_the_form_is_a_course_error() -> None:
    class Broken(Shortfall):
        def reference(self, world: Any, truth: Any, question: Weighing) -> object:
            return 20.0, "shout"

    with pytest.raises(CourseError, match="Its reference cannot be read"):
        Broken().pose(WORLD, None)


def test_a_form_of_more_than_twelve_inputs_is_a_course_error() -> None:
    class Long(Shortfall):
        def fields(self, question: Weighing) -> Any:
            return {"rows": Rows("Rows", "weighings", "id", at_most=13)}

    with pytest.raises(CourseError, match="13 inputs"):
        Long().pose(WORLD, None)


# Marking ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [RIGHT, (20, "Ask"), {"gap": "20,04 %", "step": ["ask"]}])
def test_the_right_answer_is_correct(raw: object) -> None:
    result = check(raw)
    assert (result.status, result.score, result.misconception) == (Status.CORRECT, 1.0, "")


@pytest.mark.parametrize("raw", [None, {}, {"gap": None, "step": ""}, {"gap": float("nan")}])
def test_nothing_is_not_attempted(raw: object) -> None:
    assert check(raw).status is Status.NOT_ATTEMPTED


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"gap": 20}, "Still empty: Step. Fill every part, then check again."),
        ({"gap": "20 kg", "step": "ask"}, 'Missing: "20 kg" holds other words. Type one number in %.'),
        (20, "This answer has 2 parts: gap, step. Give each part by its name."),
        ({"gap": 20, "stpe": "ask"}, 'There is no part "stpe". Did you mean "step"? The parts are: gap, step.'),
    ],
)
def test_a_wrong_form_says_what_to_do(raw: object, message: str) -> None:
    result = check(raw)
    assert (result.status, result.message) == (Status.WRONG_FORM, message)
    assert result.next_step == "Change the answer and check again. This did not count as a try."


@pytest.mark.parametrize("mistake", Shortfall.misconceptions, ids=lambda mistake: mistake.name)
def test_a_known_mistake_gets_its_own_message_whatever_else_was_answered(mistake: Misconception) -> None:
    touched: Any = mistake.compute(WORLD, QUESTION)
    for rest in (RIGHT, {"gap": 63.0, "step": "ask"}):
        result = check(rest | touched)
        assert (result.misconception, result.message) == (mistake.name, mistake.message)
        assert result.status in (Status.NOT_YET, Status.PARTLY)


@pytest.mark.parametrize(
    ("raw", "status", "message"),
    [
        ({"gap": 63.0, "step": "ask"}, Status.PARTLY, "Right: Step. Look again at: Missing."),
        (
            {"gap": 20.5, "step": "ask"},
            Status.PARTLY,
            "Right: Step. Look again at: Missing. You are near: less than 5 % away. Check each step and the rounding.",
        ),
    ],
)
def test_another_mistake_is_told_how_near_it_is(raw: object, status: Status, message: str) -> None:
    result = check(raw)
    assert (result.status, result.score, result.message) == (status, 0.5, message)
    assert "20" not in result.message.replace("20.5", "")


def test_of_two_mistakes_the_more_exact_one_is_named() -> None:
    class Both(Shortfall):
        misconceptions = (
            *Shortfall.misconceptions,
            Misconception("asleep", lambda world, q: (missing(q, "share"), other_step(q)), "Both are wrong.", "asleep"),
        )

    assert Both().check(WORLD, None, QUESTION, (0.2, "release")).misconception == "asleep"
    assert Both().check(WORLD, None, QUESTION, (0.2, "ask")).misconception == "share"


class Facts(Shortfall):
    """A toy of one part, with no mistake near."""

    misconceptions = (
        Misconception("everything", lambda world, question: list("abcd"), "All of them cannot be the cause.", "all"),
        Misconception("the last", lambda world, question: ["d"], "The last is only the most recent.", "last"),
    )

    def fields(self, question: Weighing) -> Any:
        return {"facts": SeveralOf("Facts", {key: f"Fact {key}" for key in "abcd"})}

    def reference(self, world: Any, truth: Any, question: Weighing) -> object:
        return ["a", "b"]


@pytest.mark.parametrize(
    ("raw", "heading", "message"),
    [
        ("a", "Partly (50 %)", "You are on the way. Right so far: 1 of your 1. Something is still missing."),
        (["a", "b", "c"], "Partly (67 %)", "You are on the way. Right so far: 2 of your 3."),
        ("c", "Not yet", "This is not the answer yet. Right so far: 0 of your 1."),
        (list("abcd"), "Partly (50 %)", "All of them cannot be the cause."),
    ],
)
def test_a_part_of_a_choice_is_partly_right(raw: object, heading: str, message: str) -> None:
    result = Facts().check(WORLD, None, QUESTION, raw)
    assert (result.heading, result.message) == (heading, message)


@given(raw=odd_objects())
@settings(max_examples=100, deadline=None)
def test_a_check_never_raises_and_is_right_for_the_right_answer_only(raw: object) -> None:
    result = check(raw)
    assert 0.0 <= result.score <= 1.0
    assert (result.score == 1.0) == (result.status is Status.CORRECT)
    assert result.message
    assert result.next_step


# What an author must give -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ({"id": "Short Fall"}, "Its id is"),
        ({"title": " "}, "It has no title"),
        ({"minutes": 0}, "It takes 0 minutes"),
        ({"hints": ("One.",)}, "It has 1 hints"),
        ({"hints": ("One.", "")}, "A hint is empty"),
        ({"misconceptions": Shortfall.misconceptions[:1]}, "It has 1 misconceptions"),
        ({"misconceptions": Shortfall.misconceptions[:1] * 2}, "Two misconceptions share a name"),
        ({"misconceptions": (*Shortfall.misconceptions, Misconception("x", len, " ", "x"))}, "without a message"),  # type: ignore[arg-type]
        ({"misconceptions": (*Shortfall.misconceptions, Misconception("x", len, "No."))}, "without a word"),  # type: ignore[arg-type]
        ({"misconceptions": (*Shortfall.misconceptions, Misconception("x", len, "No.", "Share"))}, "share a word"),  # type: ignore[arg-type]
    ],
)
def test_an_exercise_that_breaks_a_house_rule_is_a_course_error(broken: dict[str, object], rule: str) -> None:
    with pytest.raises(CourseError, match=rule):
        type("Broken", (Shortfall,), broken)()


def test_a_mistake_that_gives_no_answer_in_one_world_is_looked_for_in_the_next_candidate() -> None:
    class Choosy(Shortfall):
        misconceptions = (
            *Shortfall.misconceptions,
            Misconception("half", lambda world, q: {"gap": 49.0} if q.found == 50.0 else {}, "Half.", word="half"),
        )

        def fields(self, question: Weighing) -> Any:
            return {**super().fields(question), "gap": Number("Missing", "%", decimals=1)}

    assert Choosy().pose(WORLD, None) == Weighing(100.0, 50.0)
