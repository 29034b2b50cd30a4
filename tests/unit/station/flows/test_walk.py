"""Every step of the walk against everything that can happen; what a step does not name changes nothing at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from db.records.places import PlaceReached
from station import commands as do
from station.flows import walk as flow
from station.flows.turn import Note, Say
from station.flows.walk import Going, Gone, LabelScanned, Nowhere, OtherScanned, There, Typing, Walk, Wanted, advance
from station.values import Place

ROOT = Path(__file__).parents[4]
C2, C3, NEXT = Place("SHELF1", 3, "C2"), Place("SHELF1", 3, "C3"), Place("SHELF1", 4, "C2")
SECTION, OTHER_SECTION = Place("SHELF1", 3, ""), Place("SHELF1", 4, "")
AT_C2 = {"last": C2, "visit": 8, "visits": {("SHELF1", 3): 8}}
WALKS = {
    "nowhere": Walk(),
    "going": Walk(step=Going(C2), visits={("SHELF1", 3): 7}),
    "typing": Walk(step=Typing(C2), visits={("SHELF1", 3): 7}),
    "there": Walk(step=There(C2), **AT_C2),
}
EVENTS = {
    "wanted": Wanted(C2, 7),
    "wanted_beside": Wanted(C3),
    "wanted_next": Wanted(NEXT, 2),
    "wanted_nothing": Wanted(None),
    "label": LabelScanned(C2, "wedge"),
    "section": LabelScanned(SECTION, "wedge"),
    "other_label": LabelScanned(C3),
    "other_section": LabelScanned(OTHER_SECTION),
    "tray": LabelScanned(Place("M1", 3, "")),
    "item": OtherScanned(),
    "gone": Gone(),
    "unreadable": do.LabelUnreadable(1),
    "typed": do.EnterText(1, "shelf1 3 c2"),
    "typed_code": do.EnterText(1, "BLC-SHELF1-3-C2"),
    "typed_together": do.EnterText(1, "SHELF 13-C2"),
    "typed_other": do.EnterText(1, "SHELF1 3-C3"),
    "typed_nothing": do.EnterText(1, " - "),
    "back": do.Back(1),
}


def reached(how, scanner="", visit=8):
    return Note((PlaceReached(machine="SHELF1", tray=3, compartment="C2", visit=visit, how=how, scanner=scanner),))


SAME = "the same"
NO = {"other_label": flow.OTHER_PLACE, "other_section": flow.OTHER_PLACE, "tray": flow.OTHER_PLACE, "item": flow.NOT_REACHED}
# (step, event) -> the next step, and the record or the code of what is said
MATRIX = {
    **{(step, "wanted"): (Going(C2), None) for step in ("nowhere",)},
    **{(step, "wanted_beside"): (Going(C3), None) for step in WALKS},
    **{(step, "wanted_next"): (Going(NEXT), None) for step in WALKS},
    **{(step, "wanted_nothing"): (Nowhere(), None) for step in WALKS if step != "nowhere"},
    **{(step, "label"): (There(C2), reached("scan", "wedge")) for step in ("going", "typing")},
    **{(step, "section"): (There(C2), reached("section", "wedge")) for step in ("going", "typing")},
    **{(step, event): (SAME, code) for step in ("going", "typing") for event, code in NO.items()},
    ("going", "unreadable"): (Typing(C2), None),
    ("typing", "typed"): (There(C2), reached("typed")),
    ("typing", "typed_code"): (There(C2), reached("typed")),
    ("typing", "typed_together"): (SAME, flow.NOT_THE_LABEL),
    ("typing", "typed_other"): (SAME, flow.NOT_THE_LABEL),
    ("typing", "typed_nothing"): (SAME, flow.NOT_THE_LABEL),
    ("typing", "back"): (Going(C2), None),
    ("typing", "gone"): (Going(C2), None),
    ("there", "gone"): (Going(C2), None),
}


@pytest.mark.parametrize("step", WALKS)
@pytest.mark.parametrize("event", EVENTS)
def test_the_matrix(step, event):
    before = WALKS[step]
    after, effects = advance(before, EVENTS[event])
    if (step, event) not in MATRIX:
        assert (after, effects) == (before, ())
        return
    then, told = MATRIX[step, event]
    assert after.step == (before.step if then == SAME else then)
    if told is None:
        assert effects == ()
    elif isinstance(told, Note):
        assert effects == (told,)
    else:
        (said,) = effects
        assert isinstance(said, Say)
        assert said.message.error == told
        assert said.message.params["place"] == "SHELF1 3-C2"


def test_another_location_is_refused_by_its_name():
    _, (said,) = advance(WALKS["going"], LabelScanned(C3))
    assert said.message.params == {"place": "SHELF1 3-C2", "scanned": "SHELF1 3-C3"}
    _, (said,) = advance(WALKS["going"], LabelScanned(Place("M1", 12, "")))
    assert said.message.params["scanned"] == "M1 12"


def test_a_visit_is_one_more_than_the_highest_known_and_goes_on_within_the_section():
    walk, _ = advance(Walk(), Wanted(C2, 7))
    walk, _ = advance(walk, LabelScanned(C2))
    assert (walk.visit, walk.there) == (8, C2)
    walk, _ = advance(walk, Wanted(C3, 7))
    walk, (note,) = advance(walk, LabelScanned(C3))
    assert (walk.visit, note.records[0].visit) == (8, 8)
    walk, _ = advance(walk, Wanted(NEXT))
    walk, _ = advance(walk, LabelScanned(NEXT))
    assert walk.visit == 1
    walk, _ = advance(walk, Wanted(C2, 9))  # somebody else was there meanwhile
    walk, _ = advance(walk, LabelScanned(C2))
    assert walk.visit == 10


def test_who_comes_back_begins_another_visit():
    walk, _ = advance(WALKS["there"], Gone())
    walk, (note,) = advance(walk, LabelScanned(C2))
    assert note.records[0].visit == 9


def test_more_work_at_the_same_place_needs_no_second_scan():
    walk, _ = advance(WALKS["there"], Wanted(C2, 7))
    assert walk.there == C2


def test_coming_back_from_the_next_place_needs_the_scan_again():
    walk, _ = advance(WALKS["there"], Wanted(C3))
    walk, _ = advance(walk, Wanted(C2))
    assert walk.there is None
    assert walk == replace(WALKS["there"], step=Going(C2))


def test_the_diagram_of_the_manual_is_that_of_the_flow():
    drawn = [line.strip() for line in (flow.__doc__ or "").splitlines() if "-->" in line]
    manual = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
    assert drawn
    assert all(line in manual for line in drawn)
