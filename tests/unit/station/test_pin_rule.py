import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.pin_rule import is_weak_pin, pin_problem


@pytest.mark.parametrize(
    "pin",
    [
        "123456",
        "654321",
        "890123",
        "210987",
        "000000",
        "777777",
        "121212",
        "123123",
        "240588",
        "052488",
        "880524",
        "290200",
        "198704",
        "147258",
        "2580",
        "1212",
        "1987",
        "2406",
        "0624",
        "4321",
    ],
)
def test_pins_that_a_thief_tries_first_are_weak(pin):
    assert is_weak_pin(pin)
    assert pin_problem(pin, length=len(pin)) == "weak"


@pytest.mark.parametrize("pin", ["483920", "930471", "618305", "7294", "8361"])
def test_ordinary_pins_are_accepted(pin):
    assert pin_problem(pin, length=len(pin)) == ""


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("", "not_digits"),
        ("48392a", "not_digits"),
        ("٤٨٣٩٢٠", "not_digits"),
        ("²²²²²²", "not_digits"),
        ("4839", "wrong_length"),
        ("4839201", "wrong_length"),
    ],
)
def test_what_is_no_pin_is_named(pin, problem):
    assert pin_problem(pin) == problem


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_any_digits_get_an_answer(pin):
    assert is_weak_pin(pin) in (True, False)


def test_most_pins_remain():
    left = sum(not is_weak_pin(f"{number:06d}") for number in range(0, 1_000_000, 37))
    assert left / (1_000_000 / 37) > 0.85
