from __future__ import annotations

import dataclasses

import pytest

from cep_toolkit.errors import OutOfRangeError, UnknownValueError, WrongTypeError
from cep_toolkit.world import Scenario


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"administration": "ZZ"}, UnknownValueError, 'administration "ZZ" is not known'),
        ({"administration": "xa"}, UnknownValueError, 'Did you mean "XA"?'),
        ({"administration": 7}, WrongTypeError, "administration must be a code"),
        ({"level": "practicioner"}, UnknownValueError, 'Did you mean "practitioner"?'),
        ({"level": None}, WrongTypeError, "level must be a word"),
        ({"seed": -1}, OutOfRangeError, "allowed is 0 to"),
        ({"seed": "7"}, WrongTypeError, "seed must be a whole number"),
        ({"seed": True}, WrongTypeError, "seed must be a whole number"),
        ({"declarations": 10}, OutOfRangeError, "allowed is 5,000 to 10,000,000"),
        ({"declarations": 5e4}, WrongTypeError, "declarations must be a whole number"),
        ({"edition": 2}, OutOfRangeError, "allowed is 1"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(given: dict[str, object], error: type, says: str) -> None:
    with pytest.raises(error, match=r"^[^\n]+$") as caught:
        Scenario(**given)
    assert says in str(caught.value)


def test_a_scenario_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Scenario().seed = 3


def test_every_parameter_is_in_the_fingerprint() -> None:
    others = [{"administration": "QR"}, {"seed": 1}, {"level": "advanced"}, {"declarations": 5_000}]
    assert len({Scenario(**other).fingerprint for other in others} | {Scenario().fingerprint}) == 5
