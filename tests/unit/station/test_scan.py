import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.scan import (
    BadgeScan,
    CommandScan,
    ItemScan,
    PlaceScan,
    TrayScan,
    classify,
    is_end_of,
    last_four,
    place_label,
    tray_label,
)
from station.scan_label import matches_item
from station.values import Item, Place


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("BLB-7F3A", BadgeScan("BLB-7F3A")),
        ("BLT-M1-12", TrayScan("M1", 12)),
        ("]C1BLT-VLM-2-12\r", TrayScan("VLM-2", 12)),
        ("BLC-M1-12-C7", PlaceScan(Place("M1", 12, "C7"))),
        ("BLX-CONFIRM", CommandScan("CONFIRM")),
        ("BLX-LABEL_UNREADABLE\n", CommandScan("LABEL_UNREADABLE")),
        ("  4006381333931 ", ItemScan("4006381333931")),
        ("]E04006381333931", ItemScan("4006381333931")),
        ("]d2", ItemScan("")),
        ("", ItemScan("")),
    ],
)
def test_codes_are_told_apart_by_their_text(text, scan):
    assert classify(text) == scan


@pytest.mark.parametrize(
    "text", ["BLX-confirm", "BLX-", "BLX-GO NOW", "BLT-M1-x", "BLT--", "BLC-M1-12", "BLC-M1-12-", "BLB-", "xBLX-CONFIRM"]
)
def test_a_damaged_printed_code_means_nothing(text):
    assert classify(text) == ItemScan(text)


@given(st.text())
def test_no_text_makes_it_fail(text):
    assert classify(text) is not None
    assert len(last_four(text)) <= 4


@given(
    st.from_regex(r"[A-Za-z0-9_.]{1,8}", fullmatch=True),
    st.integers(1, 999_999),
    st.from_regex(r"[A-Z]{1,2}[0-9]{1,2}", fullmatch=True),
)
def test_printed_labels_are_read_back(machine, tray, label):
    place = Place(machine, tray, label)
    assert classify(place_label(place)) == PlaceScan(place)
    assert classify(tray_label(machine, tray)) == TrayScan(machine, tray)


def test_a_badge_is_not_shown_in_logs():
    assert "7F3A" not in repr(classify("BLB-7F3A"))


def test_an_item_is_matched_by_its_code_and_its_barcodes_only():
    item = Item(code="AB-1", name="A", barcodes=("4006381333931",))
    assert matches_item(item, "]C0AB-1 ")
    assert matches_item(item, "4006381333931")
    assert not matches_item(item, "ab-1")
    assert not matches_item(item, "")


def test_last_four_leaves_out_what_is_hard_to_read():
    assert last_four("pn-88 12/a") == "812A"
    assert last_four("A1") == "A1"


@pytest.mark.parametrize("typed", ["RE-1", "re-1", " RE-1 ", "IRE1", "ire1"])
def test_the_end_of_a_code_counts_with_its_dashes_and_without(typed):
    assert is_end_of("WIRE-1", typed)


@pytest.mark.parametrize("typed", ["", "-", "E-1", "E1", "WIRE-1", "WIRE", "RE 1"])
def test_other_texts_are_not_the_end_of_a_code(typed):
    assert not is_end_of("WIRE-1", typed)
