"""What a key of a map file may hold. A rule stands beside its field (`register_map.py`); docs/wire/register-map.md lists all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hardware.devices.register_map.places import Place, parse_place

PLACE_EXAMPLES = {
    "register": '"holding:N" or "input:N"',
    "bit": '"coil:N", "discrete:N", "holding:N.B" or "input:N.B", with "!" before it where 0 means on',
    "written_register": '"holding:N"',
    "written_bit": '"coil:N" or "holding:N.B"',
}


class RuleError(ValueError):
    """A value that a rule refuses. `reason` is wrong_type or not_allowed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rule:
    """`read(value, first_address)` gives the checked value or raises RuleError."""

    allowed: str
    read: Callable[[Any, int], Any]


def text(default: Any, *, pattern: str, allowed: str) -> Any:
    """A text that the whole of `pattern` fits; `allowed` says in words what that is. For each of these makers of fields: a
    default of `...` makes the key one without which there is no map."""

    def read(value: Any, first_address: int) -> str:
        if not isinstance(value, str):
            raise RuleError("wrong_type")
        if not re.fullmatch(pattern, value):
            raise RuleError("not_allowed")
        return value

    return _ruled(default, Rule(allowed, read))


def choice(default: Any, *choices: str) -> Any:
    """One of these words. They go into a pattern as they are: letters and digits."""
    return text(default, pattern="|".join(choices), allowed="one of " + ", ".join(f'"{each}"' for each in choices))


def whole(default: Any, low: int, high: int) -> Any:
    """A whole number, both ends allowed; true and false are none."""
    return _ruled(default, Rule(f"{low} to {high}", lambda value, _: _number(value, low, high, kind=int)))


def seconds(default: float, low: float, high: float) -> Any:
    """A time in seconds, both ends allowed, with or without a point in the file; read as a float. NaN is refused."""
    return _ruled(default, Rule(f"{low} to {high}", lambda value, _: float(_number(value, low, high, kind=int | float))))


def flag(default: bool) -> Any:
    """true or false, and no number instead."""

    def read(value: Any, first_address: int) -> bool:
        if not isinstance(value, bool):
            raise RuleError("wrong_type")
        return value

    return _ruled(default, Rule("true or false", read))


def words(default: Any = ()) -> Any:
    """Register values."""

    def read(value: Any, first_address: int) -> tuple[int, ...]:
        if not isinstance(value, list):
            raise RuleError("wrong_type")
        return tuple(_number(each, 0, 0xFFFF, kind=int) for each in value)

    return _ruled(default, Rule("a list of values, each 0 to 65535", read))


def span(default: Any, low: int, high: int) -> Any:
    """The first and the last of something."""

    def read(value: Any, first_address: int) -> tuple[int, int]:
        if not isinstance(value, list):
            raise RuleError("wrong_type")
        numbers = tuple(_number(each, low, high, kind=int) for each in value)
        if len(numbers) != 2 or numbers[0] > numbers[1]:
            raise RuleError("not_allowed")
        return numbers[0], numbers[1]

    return _ruled(default, Rule(f"[first, last], each {low} to {high}", read))


def place(default: Any, *kinds: str) -> Any:
    """A place of one of the kinds of PLACE_EXAMPLES."""

    def read(value: Any, first_address: int) -> Place:
        if not isinstance(value, str):
            raise RuleError("wrong_type")
        found = parse_place(value, first_address=first_address)
        if found is None or not any(_is_of(found, kind) for kind in kinds):
            raise RuleError("not_allowed")
        return found

    return _ruled(default, Rule(" or ".join(PLACE_EXAMPLES[kind] for kind in kinds), read))


def _is_of(found: Place, kind: str) -> bool:
    if found.is_bit != kind.endswith("bit"):
        return False
    return (found.table.can_be_written and not found.is_inverted) if kind.startswith("written") else not _is_bare(found)


def _is_bare(found: Place) -> bool:
    """A whole register cannot be the other way round."""
    return found.is_inverted and not found.is_bit


def _number(value: Any, low: float, high: float, *, kind: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, kind):
        raise RuleError("wrong_type")
    if not low <= value <= high:  # which NaN is not
        raise RuleError("not_allowed")
    return value


def _ruled(default: Any, rule: Rule) -> Any:
    """A field with this rule; `...` for one without which there is no map."""
    return field(metadata={"rule": rule}) if default is ... else field(default=default, metadata={"rule": rule})
