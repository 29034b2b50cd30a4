"""GS1's checks of one component of a value (the "linters" of the Syntax Dictionary), by the dictionary's names.

A check gets the text of its component and says what is wrong with it, None when nothing is. Codes are GS1's own,
in small letters.
"""

from __future__ import annotations

from collections.abc import Callable

from station.codes import gs1_dates
from station.codes.decoded import Fault
from station.codes.gs1_coupons import coupon_code, coupon_positive_offer
from station.codes.gs1_lists import COUNTRIES_ALPHA2, COUNTRIES_NUM3, CURRENCIES_NUM3, PACKAGE_TYPES
from station.codes.gs1_numbers import (
    DIGITS,
    check_digit,
    check_pair,
    company_prefix,
    company_prefix_second,
    digits,
    iban,
    piece_of_total,
    position_in_sequence,
)

Check = Callable[[str], Fault | None]

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyz")
_HEX = frozenset("0123456789abcdefABCDEF")
_SET_82 = DIGITS | _LETTERS | _SMALL | frozenset("!\"%&'()*+,-./:;<=>?_")
_SET_39 = DIGITS | _LETTERS | frozenset("#-/")
_SET_64 = DIGITS | _LETTERS | _SMALL | frozenset("-_")
_MEDIA = frozenset(range(1, 11)) | frozenset(range(80, 100))  # ICCBBA's, and those for national use


def _whole(code: str, text: str) -> Fault:
    return Fault(code, 0, len(text))


def _of_set(allowed: frozenset[str], code: str) -> Check:
    def check(text: str) -> Fault | None:
        return next((Fault(code, at, 1) for at, each in enumerate(text) if each not in allowed), None)

    return check


def _one_of(allowed: frozenset[str], code: str) -> Check:
    def check(text: str) -> Fault | None:
        return None if text in allowed else _whole(code, text)

    return check


def _set_64(text: str) -> Fault | None:
    bare = text.rstrip("=")
    pads = len(text) - len(bare)
    if pads > 2 or (pads and len(text) % 3):
        return Fault("invalid_cset64_padding", len(bare), pads)
    return _of_set(_SET_64, "invalid_cset64_character")(bare)


def _has_non_digit(text: str) -> Fault | None:
    return _whole("requires_non_digit_character", text) if set(text) <= DIGITS else None


def _hyphen(text: str) -> Fault | None:
    return None if text and set(text) == {"-"} else _whole("not_hyphen", text)


def _importer_index(text: str) -> Fault | None:
    if len(text) != 1:
        return _whole("importer_idx_must_be_one_character", text)
    return None if text in _SET_64 else Fault("invalid_import_idx_character", 0, 1)


def _degrees(name: str, most: int) -> Check:
    def check(text: str) -> Fault | None:
        if len(text) != 10:
            return _whole(f"{name}_invalid_length", text)
        return digits(text) or (_whole(f"invalid_{name}", text) if int(text) > most else None)

    return check


def _media_type(text: str) -> Fault | None:
    is_known = len(text) == 2 and set(text) <= DIGITS and int(text) in _MEDIA
    return None if is_known else _whole("invalid_media_type", text)


def _nonzero(text: str) -> Fault | None:
    return digits(text) or (None if text.strip("0") else _whole("illegal_zero_value", text))


def _no_zero_prefix(text: str) -> Fault | None:
    return Fault("illegal_zero_prefix", 0, 1) if text.startswith("0") else digits(text)


def _zero(text: str) -> Fault | None:
    return None if text and not text.strip("0") else _whole("not_zero", text)


def _percent(text: str) -> Fault | None:
    at = text.find("%")
    while at >= 0:
        if len(text) < at + 3:
            return Fault("invalid_percent_sequence", at, len(text) - at)
        if not set(text[at + 1 : at + 3]) <= _HEX:
            return Fault("invalid_percent_sequence", at, 3)
        at = text.find("%", at + 3)
    return None


CHECKS: dict[str, Check] = {
    "couponcode": coupon_code,
    "couponposoffer": coupon_positive_offer,
    "cset39": _of_set(_SET_39, "invalid_cset39_character"),
    "cset64": _set_64,
    "cset82": _of_set(_SET_82, "invalid_cset82_character"),
    "csetnumeric": digits,
    "csum": check_digit,
    "csumalpha": check_pair,
    "gcppos1": company_prefix,
    "gcppos2": company_prefix_second,
    "hasnondigit": _has_non_digit,
    "hh": gs1_dates.hour,
    "hhmi": gs1_dates.hour_minute,
    "hyphen": _hyphen,
    "iban": iban,
    "importeridx": _importer_index,
    "iso3166": _one_of(COUNTRIES_NUM3, "not_iso3166"),
    "iso3166999": _one_of(COUNTRIES_NUM3 | {"999"}, "not_iso3166_or_999"),
    "iso3166alpha2": _one_of(COUNTRIES_ALPHA2, "not_iso3166_alpha2"),
    "iso4217": _one_of(CURRENCIES_NUM3, "not_iso4217"),
    "iso5218": _one_of(frozenset("0129"), "invalid_biological_sex_code"),
    "latitude": _degrees("latitude", 1_800_000_000),
    "longitude": _degrees("longitude", 3_600_000_000),
    "mediatype": _media_type,
    "mi": gs1_dates.minute,
    "nonzero": _nonzero,
    "nozeroprefix": _no_zero_prefix,
    "packagetype": _one_of(PACKAGE_TYPES, "invalid_package_type"),
    "pcenc": _percent,
    "pieceoftotal": piece_of_total,
    "posinseqslash": position_in_sequence,
    "ss": gs1_dates.second,
    "winding": _one_of(frozenset("019"), "invalid_winding_direction"),
    "yesno": _one_of(frozenset("01"), "not_zero_or_one"),
    "yymmd0": gs1_dates.yymmd0,
    "yymmdd": gs1_dates.yymmdd,
    "yyyymmd0": gs1_dates.yyyymmd0,
    "yyyymmdd": gs1_dates.yyyymmdd,
    "zero": _zero,
}
OF_CHARACTERS = {"N": "csetnumeric", "X": "cset82", "Y": "cset39", "Z": "cset64"}
