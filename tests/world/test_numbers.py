"""Check digits of containers and ships: what they catch, and what they cannot."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.world import numbers

# Real prefixes belong to real carriers; these are examples of the standard's text and of training, for tests only.
REAL = ["CSQU3054383", "MWCU6059784", "TRNU1234570"]
SHIPS = {"IMO 9074729": 907472, "IMO 8814275": 881427}

letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=4)
serials = st.integers(0, 999_999)


def check(ten: str) -> int:
    return int(numbers.container_check_digit(numbers.characters_of([ten]))[0])


def remainder(ten: str) -> int:
    """The sum of the standard, done slowly: letters count 10, 12 ... 20, 21, 23 ... 31, 32, 34 ... 38."""
    value = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [n for n in range(10, 39) if n not in (11, 22, 33)], strict=True))
    return sum((value.get(c) or int(c)) * 2**place for place, c in enumerate(ten)) % 11


@pytest.mark.parametrize("number", REAL)
def test_known_container_numbers_are_valid(number: str) -> None:
    assert check(number[:10]) == int(number[10])


def test_a_remainder_of_ten_gives_zero() -> None:
    assert remainder("TRNU123457") == 10
    assert check("TRNU123457") == 0


@given(letters, serials)
def test_the_digit_is_the_sum_of_the_standard(owner: str, serial: int) -> None:
    ten = f"{owner}{serial:06d}"
    assert check(ten) == remainder(ten) % 10


@given(letters, serials, st.integers(0, 5), st.integers(1, 9))
def test_a_single_wrong_digit_is_caught_unless_the_remainder_goes_from_0_to_10(
    owner: str, serial: int, place: int, by: int
) -> None:
    ten = f"{owner}{serial:06d}"
    at = 4 + place
    wrong = ten[:at] + str((int(ten[at]) + by) % 10) + ten[at + 1 :]
    missed = {remainder(ten), remainder(wrong)} == {0, 10}
    assert (check(ten) == check(wrong)) == missed


def test_what_is_missed_exists() -> None:
    """The standard asks owners not to use serial numbers whose remainder is ten."""
    pairs = [(f"ABCQ{serial:06d}", f"ABCQ{serial + 2:06d}") for serial in range(0, 1_000, 10)]
    assert any({remainder(one), remainder(two)} == {0, 10} and check(one) == check(two) for one, two in pairs)


def test_letters_eleven_apart_are_taken_for_each_other() -> None:
    assert check("ABCQ123456") == check("KBCQ123456")


@pytest.mark.parametrize(("text", "number"), SHIPS.items())
def test_known_ship_numbers_are_valid(text: str, number: int) -> None:
    assert int(numbers.ship_check_digit(np.array([number]))[0]) == int(text[-1])


@given(serials, st.integers(0, 5), st.integers(1, 9))
def test_a_wrong_digit_of_a_ship_is_caught_unless_weight_times_difference_ends_in_zero(
    number: int, place: int, by: int
) -> None:
    digits = f"{number:06d}"
    other = (int(digits[place]) + by) % 10
    wrong = int(digits[:place] + str(other) + digits[place + 1 :])
    weighed = (7 - place) * (other - int(digits[place]))
    one, two = numbers.ship_check_digit(np.array([number, wrong])).tolist()
    assert (one == two) == (weighed % 10 == 0)


def test_made_numbers_are_valid_and_nobodys() -> None:
    made = list(numbers.containers(numbers.characters_of(["ABC", "XYZ"]), np.array([7, 654_321])))
    assert [number[:4] for number in made] == ["ABCQ", "XYZQ"]
    assert all(check(number[:10]) == int(number[10]) for number in made)
    assert all(ship.startswith("IMO 0") and len(ship) == 11 for ship in numbers.ships(np.array([10_000, 99_999])))
