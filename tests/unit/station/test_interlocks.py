from dataclasses import replace

import pytest

from station.custody import Custody, Empty, Here, Motion, NotKnown, Verb
from station.flows.walk import Going, Nowhere, There, Typing, Walk
from station.interlocks import may_move, may_store, may_work, may_work_at
from station.values import Place

GOOD = Custody(machine="M1", opening="SH1-1", where=Here(4, 1), is_linked=True, is_proven=True)
FETCH = Motion(7, Verb.FETCH, 4, "", 0.0)
POINT = Motion(7, Verb.POINT, 4, "", 0.0)


@pytest.mark.parametrize(
    ("change", "work", "move", "store"),
    [
        ({}, "", "", ""),
        ({"is_linked": False, "safety_code": "e_stop"}, "link_down", "link_down", "link_down"),
        ({"safety_code": "e_stop"}, "machine_stopped", "machine_stopped", "machine_stopped"),
        ({"safety_code": "e_stop", "is_stop_unclear": True}, "machine_stopped", "", ""),
        ({"where": NotKnown()}, "tray_not_known", "tray_not_known", "tray_not_known"),
        ({"where": Empty()}, "tray_not_here", "", "opening_empty"),
        ({"where": Here(5, 1)}, "tray_not_here", "", ""),
        ({"motion": FETCH}, "tray_not_here", "motion_in_flight", "motion_in_flight"),
        ({"is_proven": False}, "tray_not_proven", "", ""),
        ({"is_proven": False, "where": Here(5, 1)}, "tray_not_here", "", ""),
        ({"motion": POINT}, "", "motion_in_flight", "motion_in_flight"),
    ],
)
def test_what_is_allowed_follows_from_what_is_known(change, work, move, store):
    custody = replace(GOOD, **change)
    assert (may_work(custody, 4), may_move(custody), may_store(custody)) == (work, move, store)


C2, C3 = Place("SHELF1", 3, "C2"), Place("SHELF1", 3, "C3")


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (Nowhere(), "place_not_scanned"),
        (Going(C2), "place_not_scanned"),
        (Typing(C2), "place_not_scanned"),
        (There(C3), "place_not_scanned"),
        (There(C2), ""),
    ],
)
def test_nothing_is_booked_at_a_place_without_a_lift_before_its_label_was_scanned(step, why):
    assert may_work_at(Walk(step=step, last=C2, visit=4), C2) == why
