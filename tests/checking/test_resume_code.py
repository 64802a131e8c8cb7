"""The resume code: short, typed by hand, and refused where it does not belong."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.checking import Status
from cep_toolkit.checking.resume_code import CODED, MOST_EXERCISES, SIGNS, read_resume_code, resume_code

OWNER = "00_start_here-0123456789abcdef"
statuses = st.lists(st.sampled_from(CODED), max_size=MOST_EXERCISES)
some = st.lists(st.sampled_from(CODED), min_size=1, max_size=8)


@given(found=statuses)
def test_a_code_brings_the_statuses_back(found: list[Status]) -> None:
    assert read_resume_code(resume_code(found, OWNER), len(found), OWNER) == (found, "")


@given(found=statuses, later=st.integers(0, 5))
def test_a_code_is_still_right_when_exercises_were_added(found: list[Status], later: int) -> None:
    value, _ = read_resume_code(resume_code(found, OWNER), len(found) + later, OWNER)
    assert value == [*found, *[Status.NOT_ATTEMPTED] * later]


@given(found=some)
def test_every_change_of_one_sign_is_refused(found: list[Status]) -> None:
    code = resume_code(found, OWNER)
    for place, sign in enumerate(code):
        for other in set(SIGNS) - {sign} if sign in SIGNS else ():
            wrong = code[:place] + other + code[place + 1 :]
            assert read_resume_code(wrong, len(found), OWNER).problem.startswith("This code does not fit here.")


@given(found=some)
def test_exchanged_neighbours_are_refused(found: list[Status]) -> None:
    code = resume_code(found, OWNER).replace("-", "")
    for place, (left, right) in enumerate(pairwise(code)):
        if left != right:
            wrong = code[:place] + right + left + code[place + 2 :]
            assert read_resume_code(wrong, len(found), OWNER).value is None


@pytest.mark.parametrize(
    "owner", ["12_risk_analysis-0123456789abcdef", "00_start_here-fedcba9876543210", "00_start_here", ""]
)
def test_the_code_of_another_notebook_or_world_is_refused(owner: str) -> None:
    code = resume_code([Status.CORRECT, Status.PARTLY], OWNER)
    assert read_resume_code(code, 2, owner).problem == (
        "This code does not fit here. Check each letter. "
        "It is good for one notebook, one world and one edition of the course."
    )


def test_the_code_of_a_longer_notebook_is_refused() -> None:
    assert read_resume_code(resume_code([Status.CORRECT] * 4, OWNER), 3, OWNER).value is None


def test_no_two_signs_are_easily_confused() -> None:
    for alike in ("0OQD", "1IL7", "2Z", "5S", "6G", "8B", "UV", "MN"):
        assert len(set(alike) & set(SIGNS)) <= 1


@given(found=some)
def test_case_spaces_and_look_alikes_do_not_matter(found: list[Status]) -> None:
    code = resume_code(found, OWNER)
    typed = f"  {code.lower().translate(str.maketrans('2568m-', 'zsgbn '))} "
    assert read_resume_code(typed, len(found), OWNER).value == found


@pytest.mark.parametrize(("exercises", "signs"), [(1, 5), (3, 6), (5, 7), (MOST_EXERCISES, 23)])
def test_a_code_is_short(exercises: int, signs: int) -> None:
    assert len(resume_code([Status.NOT_MARKED] * exercises).replace("-", "")) <= signs


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (None, "There is no code. Type the resume code, for example T89C."),
        (" - ", "There is no code. Type the resume code, for example T89C."),
        ("T0A", '"0" is not used in a resume code. Look at the code again.'),
        ("<b>", '"<" is not used in a resume code. Look at the code again.'),
        (["T89C", "T89C"], "Give one value only; this holds 2."),
    ],
)
def test_what_is_no_code_is_told_so(typed: object, problem: str) -> None:
    assert read_resume_code(typed, 3, OWNER) == (None, problem)


@given(typed=st.text(alphabet=SIGNS + "-oil ", max_size=60))
def test_no_text_makes_reading_a_code_fail(typed: str) -> None:
    value, problem = read_resume_code(typed, 3, OWNER)
    assert (value is None) == bool(problem)
