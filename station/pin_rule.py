"""Which PINs are refused: wrong length, not digits, or one that a thief would try first."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

PIN_LENGTH = 6
SHORT_PIN_LENGTH = 4  # allowed by a setting only

# Paths over the keypad and doubled pairs that no rule below catches.
_KEYPAD_PATHS = frozenset(
    {"147258", "258369", "369258", "147369", "159753", "159357", "357159", "741852", "852963", "963852", "123654", "789456"}
    | {"112233", "332211", "123321", "102030", "520520", "2580", "0852", "1397", "1379", "1122", "2468", "1357"}
)


def pin_problem(pin: str, *, length: int = PIN_LENGTH) -> str:
    """Why this PIN may not be chosen, as a code: not_digits, wrong_length or weak; "" when it may."""
    if not (pin.isascii() and pin.isdigit()):
        return "not_digits"
    if len(pin) != length:
        return "wrong_length"
    return "weak" if is_weak_pin(pin) else ""


def is_weak_pin(pin: str) -> bool:
    """Repeats (111111, 1212), runs (123456, 890123, 654321), dates in every usual order, and paths over the keypad."""
    return _is_repeat(pin) or _is_run(pin) or _is_date(pin) or pin in _KEYPAD_PATHS


def _is_repeat(pin: str) -> bool:
    return any(pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1))


def _is_run(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})  # modulo ten, so that 890123 and 210987 are runs too


def _is_date(pin: str) -> bool:
    if len(pin) == SHORT_PIN_LENGTH:
        return pin[:2] in ("19", "20") or _is_day(2000, pin[:2], pin[2:]) or _is_day(2000, pin[2:], pin[:2])
    if len(pin) != PIN_LENGTH:
        return False
    one, two, three = pin[:2], pin[2:4], pin[4:]
    if pin[:2] in ("19", "20") and 1 <= int(three) <= 12:
        return True  # 198704: a year and a month
    return any(_is_day(2000 + int(y), m, d) for y, m, d in ((one, two, three), (three, two, one), (three, one, two)))


def _is_day(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True
