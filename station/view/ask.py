"""The questions shown inside a face: a number, a choice or a short text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from station.values import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNumber:
    """A number on the keypad. `code` names the question; `maximum` is the largest answer allowed (None: no limit), `minimum` the
    least; `result` is the code of what the confirm button will do with the number ("book_and_report_missing", "accept", …)."""

    code: str
    item: Item | None = None  # gives unit and decimals; None: a plain whole number (tray number)
    maximum: int | None = None
    minimum: int = 0
    asked: int | None = None  # the quantity the answer is measured against, for the button's text
    result: str = "accept"
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: `key` goes back in Choose; its text comes from `code` and `params`."""

    key: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskChoice:
    code: str
    choices: tuple[Choice, ...]
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskText:
    """A short text on the A–Z panel, upper case. `length` is exact when given."""

    code: str
    length: int | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


Ask = AskNumber | AskChoice | AskText
