"""GS1's checks of numbers that prove themselves: check digit, check pair, IBAN, company prefix, counts."""

from __future__ import annotations

from station.codes.decoded import Fault
from station.codes.gs1_lists import COUNTRIES_ALPHA2

DIGITS = frozenset("0123456789")

_PAIR_VALUES = {
    each: value
    for value, each in enumerate("!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
}
_PAIR_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PAIR_MOST = 99  # characters, with the pair
_PAIR_MODULUS = 1021
_PRIMES = tuple(n for n in range(2, 510) if all(n % d for d in range(2, int(n**0.5) + 1)))  # a weight for each character

_IBAN_VALUES = {each: str(value) for value, each in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_IBAN_LEAST, _IBAN_MOST = 11, 34

_PREFIX_LEAST = 4  # digits: the shortest company prefix


def digits(text: str) -> Fault | None:
    """Digits of ASCII and nothing else."""
    return next((Fault("non_digit_character", at, 1) for at, each in enumerate(text) if each not in DIGITS), None)


def check_sum(payload: str) -> int:
    """GS1's check digit of these digits, which stand left of it."""
    return -sum(int(each) * (3, 1)[at % 2] for at, each in enumerate(reversed(payload))) % 10


def check_digit(text: str) -> Fault | None:
    """The last digit proves the others."""
    if not text:
        return Fault("too_short_for_check_digit")
    if wrong := digits(text):
        return wrong
    return None if int(text[-1]) == check_sum(text[:-1]) else Fault("incorrect_check_digit", len(text) - 1, 1)


def check_pair(text: str) -> Fault | None:
    """The last two characters prove the others (GS1 General Specifications 7.9.5)."""
    if len(text) > _PAIR_MOST:
        return Fault("too_long_for_check_pair_implementation", 0, len(text))
    if len(text) < 2:
        return Fault("too_short_for_check_pair", 0, len(text))
    payload = text[:-2]
    for at, each in enumerate(payload):
        if each not in _PAIR_VALUES:
            return Fault("invalid_cset82_character", at, 1)
    total = sum(_PAIR_VALUES[each] * prime for each, prime in zip(reversed(payload), _PRIMES, strict=False)) % _PAIR_MODULUS
    pair = _PAIR_CHARACTERS[total >> 5] + _PAIR_CHARACTERS[total & 31]
    return None if text[-2:] == pair else Fault("incorrect_check_pair", len(payload), 2)


def company_prefix(text: str) -> Fault | None:
    """A GS1 company prefix begins here: four digits at least. Whether it was ever given out only GS1's registry knows."""
    if len(text) < _PREFIX_LEAST:
        return Fault("too_short_for_gcp", 0, len(text))
    wrong = digits(text[:_PREFIX_LEAST])
    return Fault("invalid_gcp_prefix", wrong.at, 1) if wrong else None


def company_prefix_second(text: str) -> Fault | None:
    """The same from the second character on, after an indicator or extension digit."""
    if len(text) < 2:
        return Fault("too_short_for_gcp", 0, len(text))
    wrong = company_prefix(text[1:])
    return Fault(wrong.code, wrong.at + 1, wrong.length) if wrong else None


def iban(text: str) -> Fault | None:
    """ISO 13616, without the lengths of each country."""
    if len(text) < 4:
        return Fault("iban_too_short", 0, len(text))
    if text[:2] not in COUNTRIES_ALPHA2:
        return Fault("illegal_iban_country_code", 0, 2)
    if not _IBAN_LEAST <= len(text) <= _IBAN_MOST:
        return Fault(f"iban_too_{'short' if len(text) < _IBAN_LEAST else 'long'}", 0, len(text))
    for at, each in enumerate(text):
        if each not in _IBAN_VALUES:
            return Fault("invalid_iban_character", at, 1)
    number = int("".join(_IBAN_VALUES[each] for each in text[4:] + text[:4]))
    return None if number % 97 == 1 else Fault("incorrect_iban_checksum", 2, 2)


def piece_of_total(text: str) -> Fault | None:
    """Two numbers of the same length: piece 2 of 3 is "0203"."""
    if wrong := digits(text):
        return wrong
    if not text or len(text) % 2:
        return Fault("invalid_length_for_piece_of_total", 0, len(text))
    half = len(text) // 2
    piece, total = int(text[:half]), int(text[half:])
    if not piece:
        return Fault("zero_piece_number", 0, half)
    if not total:
        return Fault("zero_total_pieces", half, half)
    return Fault("piece_number_exceeds_total", 0, len(text)) if piece > total else None


def position_in_sequence(text: str) -> Fault | None:
    """ "2/3": the second of three."""
    position, slash, end = text.partition("/")
    if not position or not end or digits(position) or digits(end):
        return Fault("position_in_sequence_malformed", 0, len(text))
    if position.startswith("0"):
        return Fault("illegal_zero_prefix", 0, len(position))
    if end.startswith("0"):
        return Fault("illegal_zero_prefix", len(position + slash), len(end))
    return Fault("position_exceeds_end", 0, len(text)) if int(position) > int(end) else None
