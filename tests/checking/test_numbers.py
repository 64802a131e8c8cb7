"""Numbers as people in many countries write them."""

from __future__ import annotations

import decimal
import fractions

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.checking import Number

rate = Number("Rate of duty", "%", decimals=2, minimum=0, maximum=100)
value = Number("Customs value", "QMD", decimals=2)
pieces = Number("Pieces", "", decimals=0)


@pytest.mark.parametrize(
    ("kind", "raw", "number"),
    [
        (rate, 12.5, 12.5),
        (rate, "12.5", 12.5),
        (rate, "12,5", 12.5),
        (rate, "1,234", 1.234),  # the other reading, 1234 %, is not possible
        (rate, ".5", 0.5),
        (rate, "5.", 5.0),
        (rate, "12.5%", 12.5),
        (rate, "12,5 per cent", 12.5),
        (rate, "12,5 Percent", 12.5),
        (rate, "0", 0.0),
        (rate, ["12.5"], 12.5),
        (rate, np.float32(12.5), 12.5),
        (rate, np.array([[12.5]]), 12.5),
        (rate, pd.Series([12.5]), 12.5),
        (rate, pd.DataFrame({"x": ["12,5"]}), 12.5),
        (rate, decimal.Decimal("12.5"), 12.5),
        (rate, fractions.Fraction(25, 2), 12.5),
        (value, "1 234,5", 1234.5),
        (value, "1\u00a0234.5 QMD", 1234.5),
        (value, "qmd 1.234,50", 1234.5),
        (value, "1,234.50", 1234.5),
        (value, "1'234.50", 1234.5),
        (value, "12,34,567.5", 1234567.5),
        (value, "1,234,567", 1234567.0),
        (value, "1.2340", 1.234),
        (value, "-5,5", -5.5),
        (value, "\u22125,5", -5.5),
        (value, "+5", 5.0),
        (value, "\u0661\u066c\u0662\u0663\u0664\u066b\u0665", 1234.5),
        (pieces, "1,234", 1234.0),
        (pieces, "1.234", 1234.0),
        (Number("Price", "QMD/kg"), "5 QMD / kg", 5.0),
        (Number("Mass", "kg"), "5 kgs.", 5.0),
        (Number("Time", "days"), "1 day", 1.0),
        (Number("Price", "QMD per 100 kg"), "12 QMD per 100 kg", 12.0),
        (Number("Price", "QMD/kg", decimals=3), "1.234", 1.234),
    ],
)
def test_a_number_is_read(kind: Number, raw: object, number: float) -> None:
    assert kind.parse(raw) == (number, "")


@pytest.mark.parametrize(
    ("kind", "raw", "problem"),
    [
        (rate, "five", '"five" is not a number. Type digits only, for example 12.5.'),
        (rate, "1,2,3", '"1,2,3" is not a number. Type digits only, for example 1234.5.'),
        (rate, True, '"yes" is not a number. Type digits only, for example 12.'),
        (rate, "5 kg", '"5 kg" holds other words. Type one number in %.'),
        (rate, "5 or 6", '"5 or 6" holds other words. Type one number in %.'),
        (rate, "1e5", '"1e5" holds other words. Type one number in %.'),
        (pieces, "5 %", '"5 %" holds other words. Type the number alone.'),
        (rate, 120, "120 is not possible here. The answer is from 0 to 100 %. Check the unit and the decimals."),
        (rate, -5, "-5 is not possible here. The answer is from 0 to 100 %. Check the unit and the decimals."),
        (
            Number("Mass", "kg", minimum=0),
            "-1",
            "-1 is not possible here. The answer is 0 kg or more. Check the unit and the decimals.",
        ),
        (
            Number("Value", "", maximum=1_000_000),
            1_000_001,
            "1000001 is not possible here. The answer is 1000000 or less. Check the unit and the decimals.",
        ),
        (value, float("inf"), "This number is too large. Check that you do not divide by zero."),
        (value, 10**400, "This number is too large. Check that you do not divide by zero."),
        (value, [1, 2], "Give one value only; this holds 2."),
        (
            value,
            "1,234",
            '"1,234" can mean 1234 or 1.2340. Type 1234 for the first, 1.2340 for the second.',
        ),
        (
            value,
            "-1.234",
            '"-1.234" can mean -1234 or -1.2340. Type -1234 for the first, -1.2340 for the second.',
        ),
    ],
)
def test_a_number_of_the_wrong_form_is_told_what_to_type(kind: Number, raw: object, problem: str) -> None:
    assert kind.parse(raw) == (None, problem)


@pytest.mark.parametrize("typed", ["1234", "1.2340", "-1234", "-1.2340"])
def test_what_the_question_back_tells_to_type_is_clear(typed: str) -> None:
    assert value.parse(typed) == (float(typed), "")


@pytest.mark.parametrize(("typed", "score"), [(12.35, 1), (12.34, 1), (12.345, 1), (12.353, 0), (12.337, 0)])
def test_rounding_is_never_a_mistake(typed: float, score: float) -> None:
    assert rate.score(typed, 12.345) == score


def test_a_tolerance_is_in_the_unit() -> None:
    wide = Number("Threshold", "QMD/kg", tolerance=0.5)
    assert [wide.score(typed, 10.0) for typed in (9.5, 10.5, 9.4, 10.6)] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("kind", "typed", "right", "remark"),
    [
        (rate, 0.05, 5.0, "The digits are right, the size is not. Five per cent is typed as 5, not as 0.05."),
        (value, 1234.5, 12345.0, "The digits are right, the size is not. Check the decimal point and the unit."),
        (value, 103.0, 100.0, "You are near: less than 5 % away. Check each step and the rounding."),
        (value, 106.0, 100.0, ""),
        (value, -100.0, 100.0, ""),
        (value, 0.0, 100.0, ""),
        (value, 5.0, 0.0, ""),
    ],
)
def test_a_wrong_number_is_told_how_near_it_is(kind: Number, typed: float, right: float, remark: str) -> None:
    assert kind.remark(typed, right) == remark


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [(value, 1234567.891, "1 234 567.89 QMD"), (rate, 5.0, "5.00 %"), (pieces, 1234.0, "1 234")],
)
def test_a_number_is_said_with_spaces_and_unit(kind: Number, number: float, words: str) -> None:
    assert kind.say(number).replace("\u00a0", " ") == words
