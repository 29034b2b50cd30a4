"""What a scan is, and what it says."""

from __future__ import annotations

import statistics
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from station.codes.decode import decode
from station.codes.decoded import Kind
from station.codes.gs1_numbers import check_sum

GS, RS, EOT = "\x1d", "\x1e", "\x04"
GTIN = "09520123456788"

READ = [
    (f"[)>{RS}06{GS}PA{GS}K{GS}1TL1{GS}Q{RS}{EOT}", Kind.ISO15434, {"sku": "A", "lot": "L1"}),
    (f">[)>06{GS}K1{GS}1PX-1{GS}Q10{RS}{EOT}", Kind.ISO15434, {"supplier_item": "X-1", "quantity": "10"}),
    (f"]d1>[)>{RS}06{GS}PA{GS}Q10{RS}{EOT}", Kind.ISO15434, {"sku": "A", "quantity": "10"}),
    (f"(17)261231(7003)2612311200(01){GTIN}", Kind.GS1, {"expiry": "2026-12-31"}),
    (f"]E04006381333931|]e0010400638133393110L1{GS}305", Kind.EAN, {"gtin": "04006381333931", "lot": "L1", "quantity": "5"}),
    ("4006381333931", Kind.EAN, {"gtin": "04006381333931"}),
    ("]E04006381333931", Kind.EAN, {"gtin": "04006381333931"}),
    ("96385074", Kind.EAN, {"gtin": "00000096385074"}),
    ("416000336108", Kind.EAN, {"gtin": "00416000336108"}),
    ("04252614", Kind.EAN, {"gtin": "00042100005264"}),  # UPC-E
    ("15400141288763", Kind.EAN, {"gtin": "15400141288763"}),  # ITF-14
    (
        f"]C101{GTIN}1725123110L1{GS}21S1{GS}3012",
        Kind.GS1,
        {"expiry": "2025-12-31", "lot": "L1", "serial": "S1", "quantity": "12"},
    ),
    (f"^01{GTIN}10L1^21S1", Kind.GS1, {"lot": "L1", "serial": "S1"}),
    (f"01{GTIN}310300195010L1", Kind.GS1, {"net_weight_kg": "1.950", "lot": "L1"}),
    (f"(01){GTIN}(17)260200(241)A-1", Kind.GS1, {"expiry": "2026-02-28", "sku": "A-1"}),
    ("]C110LOT7", Kind.GS1, {"lot": "LOT7"}),  # one bar of a label that has others
    (
        f"]Q1https://x.example/shop/01/{GTIN}/10/A%2FB?17=301231&q=1#top",
        Kind.DIGITAL_LINK,
        {"lot": "A/B", "expiry": "2030-12-31"},
    ),
    (f"[)>{RS}06{GS}PA-1{GS}Q0010.50{GS}1TL1{GS}SS1{GS}14D20261231{RS}{EOT}", Kind.ISO15434, {"sku": "A-1", "quantity": "10.5"}),
    (f"[)>06{GS}PA-1{GS}7Q12PCE{GS}TX{GS}1TL", Kind.ISO15434, {"quantity": "12", "unit": "PCE", "lot": "L", "traceability": "X"}),
    (f"[)>{RS}05{GS}01{GTIN}10L1{RS}06{GS}Q5{RS}{EOT}", Kind.ISO15434, {"gtin": GTIN, "lot": "L1", "quantity": "5"}),
    ("BLC-SH1-012-C7", Kind.LOCATION, {"machine": "SH1", "tray": "12", "compartment": "C7"}),
    ("]C0BLT-SH1-12", Kind.TRAY, {"machine": "SH1", "tray": "12"}),
    ("BLX-CONFIRM", Kind.COMMAND, {"command": "CONFIRM"}),
    ("BLO-T3", Kind.TOTE, {"tote": "T3"}),
    ("BLK-17", Kind.KANBAN, {"card": "17"}),
    ("BLB-geheim", Kind.BADGE, {}),
    ("10-4711/B", Kind.TEXT, {"text": "10-4711/B"}),
]


@pytest.mark.parametrize(("raw", "kind", "fields"), READ)
def test_a_code_says_what_it_is(raw: str, kind: Kind, fields: dict[str, str]) -> None:
    decoded = decode(raw)
    assert (decoded.kind, decoded.errors) == (kind, ())
    assert fields.items() <= decoded.fields.items()


REFUSED = [
    ("^", "ai_data_empty", 1),
    (GS, "ai_data_empty", 1),
    ("^ABC", "no_ai_for_prefix", 1),
    ("^^10A", "no_ai_for_prefix", 1),
    (f"[)>{RS}06{GS}K{GS}P{RS}{EOT}", "value_is_empty", 10),
    (f">[)>{RS}06{GS}Q1O{RS}{EOT}", "value_has_wrong_form", 9),
    ("4006381333932", "incorrect_check_digit", 12),
    ("]E04006381333932", "incorrect_check_digit", 15),
    (f"]C101{GTIN}17251331", "illegal_month", 23),
    (f"]C101{GTIN}3705", "invalid_ai_pairs", 5),  # a count of pieces within belongs to (02)
    (f"]C102{GTIN}3705", "required_ais_not_satisfied", 21),
    ("]C110A^B", "ai_contains_illegal_carat_character", 6),
    ("]XX1", "unsupported_symbology_identifier", 0),
    ("ftp://a/01/09520123456788", "uri_contains_illegal_scheme", 0),
    (f"https://a/01/{GTIN}/21/A/10/B", "invalid_key_qualifier_sequence", 13),
    (f"https://a/01/{GTIN}?10=B", "ai_should_be_in_path_info", 31),
    (f"https://a/01/{GTIN}?99=A&99=A", "duplicate_ai", 36),
    (f"[)>{RS}06{GS}PA{EOT}", "record_separator_missing", 9),
    (f"[)>{RS}06{GS}PA{RS}{EOT}X", "data_after_end", 11),
    (f"[)>{RS}06PA{RS}{EOT}", "group_separator_missing", 6),
    (f"[)>{RS}06{GS}PA{GS}{GS}Q1{RS}{EOT}", "no_data_identifier", 10),
    (f"[)>{RS}06{GS}PA{GS}PB{RS}{EOT}", "two_values", 11),
    (f"[)>{RS}06{GS}Q1O{RS}{EOT}", "value_has_wrong_form", 8),
    (f"[)>{RS}06{GS}14D20260230{RS}{EOT}", "illegal_date", 10),
    (f"[)>{RS}12{GS}PA{RS}{EOT}", "format_is_not_read", 4),
    (f"[)>{RS}05{GS}01{GTIN}3005{RS}06{GS}Q6{RS}{EOT}", "two_values", 28),
    ("(00)123456789012345675(02)09520123456788(37)12(30)5", "two_values", 50),
    ("(17)261231(7003)2701011200", "two_values", 16),
    (f"https://a/01/{GTIN}?17=261231&7003=2701011200", "two_values", 43),
    (f"[)>{RS}05{GS}17261231{GS}7003{GS}2701011200{RS}{EOT}", "ai_data_is_empty", 20),
    (f"[)>{RS}05{GS}172612317003{GS}{RS}{EOT}", "ai_data_is_empty", 19),
    (f"[)>{RS}05{GS}1726123170032701011200{RS}{EOT}", "two_values", 19),
    (f"]E04006381333931|]e001{GTIN}", "instances_of_ai_have_different_values", 22),
    ("]E04006381333931|]e03712", "invalid_ai_pairs", 3),
    ("BLC-SH1", "malformed", 4),
    ("01234565", "two_meanings", 0),  # an EAN-8 and a UPC-E
]


@pytest.mark.parametrize(("raw", "code", "at"), REFUSED)
def test_a_code_that_is_none_says_why_and_where_and_nothing_else(raw: str, code: str, at: int) -> None:
    decoded = decode(raw)
    assert not decoded.valid
    assert [(each.code, each.at) for each in decoded.errors] == [(code, at)]
    assert decoded.fields == {}


def test_a_data_identifier_on_a_bar_of_its_own_is_read_only_where_that_is_asked_for() -> None:
    assert decode("1TLOT7").kind is Kind.TEXT
    asked = decode("1TLOT7", with_identifiers=True)
    assert (asked.kind, asked.fields) == (Kind.IDENTIFIER, {"lot": "LOT7"})


@pytest.mark.parametrize(
    ("raw", "symbology", "fields"),
    [
        ("]X0A-1", "other", {"text": "A-1"}),
        ("]Z14711", "no_code", {"text": "4711"}),
        ("]Z04006381333931", "no_code", {"gtin": "04006381333931"}),
        ("]e1ABC", "composite", {"text": "ABC"}),
        ("]e2ABC", "composite", {"text": "ABC"}),
    ],
)
def test_every_symbology_identifier_of_the_standard_is_known(raw: str, symbology: str, fields: dict[str, str]) -> None:
    decoded = decode(raw)
    assert (decoded.symbology, decoded.fields, decoded.errors) == (symbology, fields, ())


@pytest.mark.parametrize("raw", ["]e4A", "]eXA", "]E5A", "]XGA", "]X", "]Y0A", "]W0A", "]0aA"])
def test_what_is_no_symbology_identifier_of_the_standard_is_refused(raw: str) -> None:
    assert [each.code for each in decode(raw).errors] == ["unsupported_symbology_identifier"]


def test_no_text_of_a_scan_is_in_its_repr() -> None:
    assert "geheim" not in repr(decode("BLB-geheim"))


_VALUE = some.text("ABCXYZabc019!\"%&'()*+,-./:;<=>?_", min_size=1, max_size=20)


@given(gtin=some.text("0123456789", min_size=13, max_size=13), lot=_VALUE, serial=_VALUE, count=some.integers(0, 99999999))
def test_what_is_encoded_is_read_back_in_every_form(gtin: str, lot: str, serial: str, count: int) -> None:
    gtin = f"{gtin}{check_sum(gtin)}"
    fields = {"gtin": gtin, "lot": lot, "serial": serial, "quantity": str(count)}
    brackets = [each.replace("(", "\\(") for each in (lot, serial)]
    for raw in (
        f"]d201{gtin}10{lot}{GS}21{serial}{GS}30{count}",
        f"(01){gtin}(10){brackets[0]}(21){brackets[1]}(30){count}",
        f"https://a/x/01/{gtin}/10/{_escaped(lot)}/21/{_escaped(serial)}?30={count}",
    ):
        decoded = decode(raw)
        if not any(each.endswith("\\") for each in brackets):
            assert (decoded.errors, dict(decoded.fields)) == ((), fields), raw


def _escaped(text: str) -> str:
    return "".join(f"%{ord(each):02X}" for each in text)


@given(payload=some.text("0123456789", min_size=7, max_size=17), at=some.integers(0, 17), by=some.integers(1, 9))
def test_one_wrong_digit_is_never_accepted(payload: str, at: int, by: int) -> None:
    number = f"{payload}{check_sum(payload)}"
    at %= len(number)
    wrong = f"{number[:at]}{(int(number[at]) + by) % 10}{number[at + 1 :]}"
    if len(number) in (12, 13, 14):
        assert not decode(wrong).valid
    if len(number) == 13:
        assert not decode(f"]E0{wrong}").valid
    if len(number) == 14:
        assert not decode(f"]C101{wrong}").valid
        assert not decode(f"https://a/01/{wrong}").valid
    if len(number) == 18:
        assert not decode(f"]C100{wrong}").valid


@given(some.text(some.sampled_from(f"01()[]^/?&=%:.hpstBLC->PQT{GS}{RS}{EOT} é\x00"), max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    for prefix in ("", "]C1", "]Q3", "]E0", "^", "(01)", "[)>", f"[)>{RS}06{GS}", "https://a/01/", "BLC-"):
        decoded = decode(prefix + text)
        assert decoded.raw == prefix + text
        assert all(0 <= each.at <= len(decoded.raw) for each in decoded.errors)


def test_a_code_is_read_in_less_than_a_millisecond() -> None:
    """The median; a hand scanner reads some three a second."""
    codes = [raw for raw, _kind, _fields in READ]
    took_s = []
    for raw in codes * 10:
        before = time.perf_counter()
        decode(raw)
        took_s.append(time.perf_counter() - before)
    assert statistics.median(took_s) < 0.001
