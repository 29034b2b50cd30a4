"""The typed fields of one row. Each reader returns a usable value or notes an error; the caller drops a row with errors."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from station.imports.report import ErrorList
from station.imports.table import Row
from station.quantity import QuantityError, from_text
from station.scan import RESERVED_PREFIXES
from station.values import Place

MAX_CODE = 50
MAX_TEXT = 250
MAX_MM = 20_000
MAX_UNITS = 10**9  # of a stock unit: more is a slip of the host's, such as a number in the wrong column
MAX_TRAY = 999_999  # what a printed tray label holds

_WHOLE = re.compile(r"[0-9]{1,9}")
_MACHINE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}")
_LABEL = re.compile(r"[A-Za-z0-9]{1,8}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_WORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")
WORD_RULE = "small letters, digits, dash and underscore, at most 31"
_FLAGS = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}

Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """One row with its typed readers. `is_good` is False from the first error on."""

    def __init__(self, row: Row, errors: ErrorList) -> None:
        self.line = row.line
        self._values = row.values
        self._errors = errors
        self.is_good = True

    def refuse(self, name: str, reason: str, *, allowed: str = "", value: str | None = None) -> None:
        """Note an error of this row; the value is the field's own unless another is given."""
        self.is_good = False
        found = self._values.get(name, "") if value is None else value
        self._errors.add(self.line, name, reason, value=found, allowed=allowed)

    def has(self, name: str) -> bool:
        return bool(self._values.get(name))

    def text(self, name: str, *, is_required: bool = False, longest: int = MAX_TEXT) -> str:
        value = self._values.get(name, "")
        if is_required and not value:
            self.refuse(name, "missing")
        elif len(value) > longest:
            self.refuse(name, "too_long", allowed=f"at most {longest} characters")
        if _CONTROL.search(value):
            self.refuse(name, "control_character")
        return value

    def code(self, name: str, *, is_required: bool = True) -> str:
        """An identifier that people scan: printed codes of the station are reserved."""
        value = self.text(name, is_required=is_required)
        self.check_code(name, value)
        return value

    def check_code(self, name: str, value: str) -> None:
        """The same check for one of several codes in a field."""
        if len(value) > MAX_CODE:
            self.refuse(name, "too_long", allowed=f"at most {MAX_CODE} characters", value=value)
        if value.startswith(RESERVED_PREFIXES):
            self.refuse(name, "reserved_prefix", allowed=f"not {', '.join(RESERVED_PREFIXES)}", value=value)

    def machine(self) -> str:
        return self._matching("machine", _MACHINE, "letters, digits, dot, dash and underscore, at most 31")

    def label(self) -> str:
        return self._matching("compartment", _LABEL, "letters and digits, at most 8")

    def place(self) -> Place:
        return Place(self.machine(), self.whole("tray", low=1, high=MAX_TRAY), self.label())

    def _matching(self, name: str, pattern: re.Pattern[str], allowed: str) -> str:
        value = self.text(name, is_required=True)
        if value and not pattern.fullmatch(value):
            self.refuse(name, "not_allowed", allowed=allowed)
        return value

    def whole(self, name: str, *, low: int, high: int, default: int | None = None) -> int:
        """A whole number; an empty field is the default, or an error where there is none."""
        value = self._values.get(name, "")
        if not value and default is not None:
            return default
        if not value:
            self.refuse(name, "missing")
            return low
        if not _WHOLE.fullmatch(value):
            self.refuse(name, "not_a_whole_number", allowed=f"{low} to {high}")
            return low
        if not low <= int(value) <= high:
            self.refuse(name, "out_of_range", allowed=f"{low} to {high}")
            return low
        return int(value)

    def quantity(self, name: str, decimals: int, *, is_required: bool = True) -> int:
        """A decimal string as the item's scaled integer."""
        value = self._values.get(name, "")
        return self.quantity_of(name, value, decimals=decimals) if value or is_required else 0

    def quantity_of(self, name: str, value: str, *, decimals: int) -> int:
        """The same for one of several quantities in a field."""
        try:
            quantity = from_text(value, decimals)
        except QuantityError as error:
            reason = "missing" if error.code == "empty" else error.code
            self.refuse(name, reason, allowed=f"at most {decimals} decimals, after a point", value=value)
            return 0
        if quantity > MAX_UNITS * 10**decimals:
            self.refuse(name, "too_large", allowed=f"at most {MAX_UNITS}", value=value)
            return 0
        return quantity

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        value = self._values.get(name, "").lower()
        if not value and default is not None:
            return default
        known = list(kind)
        if value not in known:
            self.refuse(name, "not_allowed" if value else "missing", allowed=", ".join(known))
            return known[0]
        return kind(value)

    def flag(self, name: str) -> bool:
        value = self._values.get(name, "").lower()
        if value not in _FLAGS:
            self.refuse(name, "not_allowed", allowed="true, false, yes, no, 1, 0")
        return _FLAGS.get(value, False)

    def word(self, name: str) -> str:
        """A name in small letters, "" for none: a right."""
        value = self._values.get(name, "").lower()
        if value and not _WORD.fullmatch(value):
            self.refuse(name, "not_allowed", allowed=WORD_RULE)
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Several of them, separated by a bar; sorted."""
        found = {part.strip().lower() for part in self._values.get(name, "").split("|") if part.strip()}
        for each in sorted(found):
            if not _WORD.fullmatch(each):
                self.refuse(name, "not_allowed", allowed=WORD_RULE, value=each)
        return tuple(sorted(found))

    def day(self, name: str) -> date | None:
        """An ISO date without a time."""
        value = self._values.get(name, "")
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.refuse(name, "not_a_date", allowed="2026-05-04")
            return None

    def moment(self, name: str) -> datetime | None:
        """ISO 8601 with its offset from UTC; the local time of a host that does not say which is refused."""
        value = self._values.get(name, "")
        if not value:
            return None
        try:
            found = datetime.fromisoformat(value)
            if found.tzinfo is None:
                self.refuse(name, "no_time_zone", allowed="2026-05-04T08:00:00+02:00 or ...Z")
                return None
            return found.astimezone(UTC)
        except (ValueError, OverflowError):
            self.refuse(name, "not_a_time", allowed="2026-05-04T08:00:00+02:00 or ...Z")
            return None
