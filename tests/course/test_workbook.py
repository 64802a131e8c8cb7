"""A workbook on a toy world: asking, checking, hints and solution."""

from __future__ import annotations

import pytest

from cep_toolkit.checking import Status
from cep_toolkit.checking.record import Record
from cep_toolkit.course.text import Prompt
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import UnknownValueError
from tests.checking.toys import QUESTION, RIGHT
from tests.course.toy_workbook import SOLUTION, TRUTH, WRONG


def test_a_workbook_names_its_exercises(wb: Workbook) -> None:
    assert wb.exercises == ("shortfall", "hidden", "quiet")
    assert repr(wb) == "Workbook 00_toy: shortfall, hidden, quiet"


def test_asking_gives_the_prompt_and_the_parts_of_the_answer(wb: Workbook) -> None:
    prompt = wb.ask("shortfall")
    assert isinstance(prompt, Prompt)
    assert str(prompt) == "Declared: **100 kg**. Found: **80 kg**. How much is missing?"
    assert (prompt.exercise, prompt.title, list(prompt.fields)) == (
        "shortfall",
        "How much is missing?",
        ["gap", "step"],
    )
    assert wb.question("shortfall") == QUESTION


def test_a_misspelt_exercise_is_answered_with_the_nearest_and_never_counts(wb: Workbook) -> None:
    sentence = 'exercise "shortfal" is not known. Did you mean "shortfall"? Valid: shortfall, hidden, quiet.'
    for method in (wb.ask, wb.hint, wb.solution, wb.reset, wb.restore):
        assert str(method("shortfal")) == sentence
    result = wb.check("shortfal", RIGHT)
    assert (result.status, result.message) == (Status.WRONG_FORM, sentence)
    assert result.next_step == "Correct the name and run it again. This did not count as a try."
    assert wb.record("shortfal") == Record()


def test_code_that_asks_for_a_question_that_is_not_there_is_told_so(wb: Workbook) -> None:
    with pytest.raises(UnknownValueError, match="shortfall"):
        wb.question("shortfal")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (None, Status.NOT_ATTEMPTED),
        ({"gap": 20}, Status.WRONG_FORM),
        (WRONG, Status.NOT_YET),
        ({"gap": 63, "step": "ask"}, Status.PARTLY),
        ({"gap": "20,0 %", "step": "ask"}, Status.CORRECT),
    ],
)
def test_a_check_says_how_an_answer_stands(wb: Workbook, raw: object, status: Status) -> None:
    result = wb.check("shortfall", raw)
    assert result.status is status
    assert result.next_step
    marked = status in (Status.NOT_YET, Status.PARTLY, Status.CORRECT)
    assert wb.record("shortfall").status is (status if marked else Status.NOT_ATTEMPTED)


def test_an_answer_that_only_the_truth_knows_is_checked_with_it(wb: Workbook) -> None:
    assert wb.check("hidden", (30, "ask")).status is Status.CORRECT
    assert wb.check("hidden", RIGHT).status is Status.PARTLY


def test_nothing_in_a_workbook_leads_to_the_truth(wb: Workbook) -> None:
    wb.check("hidden", (30, "ask"))
    wb.solution("hidden")
    seen: list[object] = [wb]
    for thing in seen:
        inside = list(thing.values()) if isinstance(thing, dict) else list(getattr(thing, "__dict__", {}).values())
        seen.extend(part for part in inside if not any(part is other for other in seen))
    assert len(seen) > 10
    assert not any(thing is TRUTH or thing == 30.0 for thing in seen)


def test_a_second_wrong_check_opens_the_first_hint(wb: Workbook) -> None:
    assert wb.check("shortfall", WRONG).next_step == "Change your answer, or open a hint."
    assert wb.check("shortfall", WRONG | {"gap": 64.0}).next_step == "Hint 1 of 2. Compare with what was declared."
    assert wb.record("shortfall").hints_open == 1


def test_hints_open_one_after_the_other(wb: Workbook) -> None:
    first = "**Hint 1 of 2.** Compare with what was declared."
    wait = "The next hint opens after one more try. Change your answer and check it."
    assert str(wb.hint("shortfall")) == first
    assert str(wb.hint("shortfall")) == f"{first}\n\n{wait}"
    wb.check("shortfall", WRONG)
    both = f"{first}\n\n**Hint 2 of 2.** Divide the missing mass by the declared mass."
    assert str(wb.hint("shortfall")) == both
    assert str(wb.hint("shortfall")) == f"{both}\n\nAll hints are open."


def test_the_solution_opens_after_three_tries(wb: Workbook) -> None:
    for tries in range(3):
        assert str(wb.solution("shortfall")) == (
            f"The solution opens when your answer is right, or after 3 tries. Tries so far: {tries}. "
            "Check an answer, or open a hint."
        )
        wb.check("shortfall", WRONG | {"gap": 60.0 + tries})
    assert str(wb.solution("shortfall")) == SOLUTION


def test_the_solution_opens_after_the_right_answer(wb: Workbook) -> None:
    wb.check("shortfall", RIGHT)
    assert str(wb.solution("shortfall")) == SOLUTION
