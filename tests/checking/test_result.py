"""What a result says, on a plain screen and in a notebook."""

from __future__ import annotations

import pytest

from cep_toolkit.checking import Result, Status

ATTACK = '<img src=x onerror="alert(1)">'


def test_a_result_reads_as_a_sentence() -> None:
    result = Result(Status.NOT_YET, 0.0, "This is not the answer yet.", "Open a hint.", misconception="whole chapter")
    assert str(result) == repr(result) == "Not yet. This is not the answer yet. Open a hint."


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_said_in_words(status: Status) -> None:
    assert str(status).capitalize() in str(Result(status, 0.4, "Look."))


def test_a_result_never_brings_html_from_outside_into_a_page() -> None:
    page = Result(Status.WRONG_FORM, 0.0, ATTACK, ATTACK)._repr_html_()
    assert "<img" not in page
    assert page.count("&lt;img") == 2


def test_a_page_does_not_name_the_mistake_for_markers() -> None:
    result = Result(Status.NOT_YET, 0.0, "No.", misconception="whole chapter")
    assert "whole chapter" not in result._repr_html_() + str(result) + repr(result)


def test_a_later_status_is_better() -> None:
    assert Status.CORRECT.better_than(Status.PARTLY)
    assert Status.PARTLY.better_than(Status.NOT_YET)
    assert not Status.NOT_YET.better_than(Status.NOT_YET)
