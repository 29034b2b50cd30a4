"""A wrong scan is named only as far as it can be no badge."""

from dataclasses import replace

import pytest

from station.flows import proof
from station.flows.turn import Named, NameScan
from station.scan import place_label, tray_label
from station.scan_name import name_scan
from station.values import LayoutChange
from tests.helpers.sample import BOLT, MACHINE, NUT, place, task
from tests.helpers.world import filled_store


def named(text, *, badges=()):
    found = name_scan(NameScan(task(), text), filled_store(), is_badge=badges.__contains__)
    return found.what, found.code, found.length, found.ending


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (NUT.code, Named.ITEM),
        (BOLT.barcodes[0], Named.ITEM),
        (place_label(place(4, "C8")), Named.COMPARTMENT),
        (tray_label(MACHINE, 5), Named.TRAY),
    ],
)
def test_what_the_site_knows_is_named_with_its_code(text, what):
    assert named(text) == (what, text, 0, "")
    assert named(f"]C0{text} ") == (what, text, 0, "")


@pytest.mark.parametrize(
    ("text", "length", "ending"),
    [
        ("12345678", 8, ""),
        ("123456789", 9, "6789"),
        ("]C1  0004711-JONAS ", 13, "ONAS"),
        ("BLT-M1-99", 9, "1-99"),
        (place_label(place(4, "Z9")), 11, "4-Z9"),
        ("0104012345678901\x1d7\ud800", 19, "1?7?"),
        ("", 0, ""),
    ],
)
def test_of_an_unknown_text_there_is_the_length_and_of_a_long_one_the_end(text, length, ending):
    assert named(text) == (Named.UNKNOWN, "", length, ending)


def test_an_old_label_is_answered_with_the_place_that_lies_there_now():
    store = filled_store()
    now = store.trays_by_number[4]
    cell = now.compartments[0]
    old = replace(now, compartments=(replace(cell, label="Z9"), *now.compartments[1:]))
    store.layouts = [
        LayoutChange(event="e-1", n=1, at="", since="", why="built", person="p_1", before=old, after=now),
    ]
    found = name_scan(NameScan(task(), place_label(place(4, "Z9"))), store, is_badge=lambda text: False)
    assert (found.what, found.place_now) == (Named.OLD_PLACE, cell.label)
    said = proof.named_wrong(found)
    assert (said.code, said.params["scanned_compartment"], said.params["place_now"]) == ("old_label", "Z9", cell.label)


@pytest.mark.parametrize("badge", ["0004711-JONAS", NUT.code])
def test_of_a_badge_there_is_nothing_though_an_item_has_the_same_code(badge):
    assert named(f"]C0{badge} ", badges=[badge]) == (Named.BADGE, "", 0, "")


def test_a_code_of_two_items_is_neither():
    store = filled_store()
    store.items["OTHER"] = NUT.__class__(code="OTHER", name="Other", barcodes=(NUT.code,))
    assert name_scan(NameScan(task(), NUT.code), store, is_badge=lambda text: False).what is Named.SHARED
