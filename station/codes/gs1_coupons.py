"""GS1's checks of North American coupon codes, AI (8110) and (8112): digits, read field by field from the left.

A length digit ("VLI") says how long the field after it is. A field with nothing left of it is a fault of the whole code.
"""

from __future__ import annotations

from collections.abc import Callable

from station.codes.decoded import Fault
from station.codes.gs1_dates import yymmdd
from station.codes.gs1_numbers import company_prefix, digits

_YES_NO = "01"
_NO_PREFIX = "9"  # as the length of a purchase's company prefix: the first one's holds

_Read = Callable[["_Fields"], None]


class _WrongError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _Fields:
    """The digits of one coupon and how far they are read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def wrong(self, code: str, at: int, length: int) -> _WrongError:
        return _WrongError(Fault(f"coupon_{code}", at, length))

    def is_next(self, option: str) -> bool:
        """Whether an optional field with this number follows; then its number is read."""
        if self.text[self.at : self.at + 1] != option:
            return False
        self.at += 1
        return True

    def digit(self, name: str, *, allowed: str, missing: str, invalid: str) -> str:
        """One digit of these."""
        if self.at == len(self.text):
            raise self.wrong(f"missing_{name}_{missing}" if missing else f"missing_{name}", 0, len(self.text))
        found = self.text[self.at]
        if found not in allowed:
            raise self.wrong(f"invalid_{name}_{invalid}" if invalid else f"invalid_{name}", self.at, 1)
        self.at += 1
        return found

    def take(self, count: int, code: str) -> str:
        left = self.text[self.at :]
        if len(left) < count:
            raise self.wrong(code, self.at if left else 0, len(left) or len(self.text))
        self.at += count
        return left[:count]

    def sized(self, name: str, *, sizes: str, plus: int = 0) -> str:
        """A length digit and the field it measures; `plus` is added to each length."""
        size = self.digit(name, allowed=sizes, missing="vli", invalid="length")
        return self.take(0 if size == _NO_PREFIX and "8" not in sizes else int(size) + plus, f"truncated_{name}")

    def prefix(self, name: str, *, sizes: str) -> None:
        """A company prefix."""
        found = self.sized(name, sizes=sizes, plus=6)
        if found and (wrong := company_prefix(found)):
            raise _WrongError(Fault(wrong.code, self.at - len(found), len(found)))

    def date(self, name: str, invalid: str) -> str:
        found = self.take(6, f"too_short_for_{name}")
        if yymmdd(found):
            raise self.wrong(invalid, self.at - 6, 6)
        return found

    def end(self) -> None:
        if self.at < len(self.text):
            raise self.wrong("excess_data", self.at, len(self.text) - self.at)


def coupon_code(text: str) -> Fault | None:
    """AI (8110): the offer, what must be bought, and up to six optional fields."""
    return digits(text) or _fault(text, _coupon)


def coupon_positive_offer(text: str) -> Fault | None:
    """AI (8112): format, funder, offer and serial."""
    return digits(text) or _fault(text, _positive_offer)


def _fault(text: str, read: _Read) -> Fault | None:
    try:
        read(_Fields(text))
    except _WrongError as error:
        return error.fault
    return None


def _positive_offer(fields: _Fields) -> None:
    fields.digit("format_code", allowed=_YES_NO, missing="", invalid="")
    fields.sized("funder", sizes="0123456", plus=6)
    fields.take(6, "truncated_offer_code")
    fields.sized("serial_number", sizes="0123456789", plus=6)
    fields.end()


def _coupon(fields: _Fields) -> None:
    fields.prefix("gcp", sizes="0123456")
    fields.take(6, "truncated_offer_code")
    fields.sized("save_value", sizes="12345")
    _requirement(fields, "1st")
    if fields.is_next("1"):
        fields.digit("additional_purchase_rules_code", allowed="0123", missing="", invalid="")
        _requirement(fields, "2nd")
        fields.prefix("2nd_purchase_gcp", sizes="0123456" + _NO_PREFIX)
    if fields.is_next("2"):
        _requirement(fields, "3rd")
        fields.prefix("3rd_purchase_gcp", sizes="0123456" + _NO_PREFIX)
    _dates(fields)
    if fields.is_next("5"):
        fields.sized("serial_number", sizes="0123456789", plus=6)
    if fields.is_next("6"):
        fields.prefix("retailer_gcp_or_gln", sizes="1234567")
    if fields.is_next("9"):
        _rules(fields)
    fields.end()


def _requirement(fields: _Fields, purchase: str) -> None:
    fields.sized(f"{purchase}_purchase_requirement", sizes="12345")
    fields.digit(f"{purchase}_purchase_requirement", allowed="012349", missing="code", invalid="code")
    fields.take(3, f"truncated_{purchase}_purchase_family_code")


def _dates(fields: _Fields) -> None:
    expires = fields.date("expiration_date", "invalid_exipiration_date") if fields.is_next("3") else ""  # GS1 spells it so
    if fields.is_next("4"):
        starts = fields.date("start_date", "invalid_start_date")
        if expires and starts > expires:
            raise fields.wrong("expiration_before_start", fields.at - 14, 14)


def _rules(fields: _Fields) -> None:
    fields.digit("save_value_code", allowed="01256", missing="", invalid="")
    fields.digit("save_value_applies_to_item", allowed="012", missing="", invalid="")
    fields.digit("store_coupon_flag", allowed="0123456789", missing="", invalid="")
    fields.digit("dont_multiply_flag", allowed=_YES_NO, missing="", invalid="")
