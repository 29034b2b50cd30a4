"""What the book lacked, added up; and who had the tray since its place was last known to be right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from station.exceptions.case import Case, Kind
from station.exceptions.losses import Loss, Reach, by_item, by_tray, in_reach, losses
from station.values import EventFact

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def case(
    quantity: int, *, item: str = "A", value: int = 0, kind: Kind = Kind.VARIANCE, at: datetime = NOON, tray: int = 7
) -> Case:
    return Case(kind=kind, at=at, machine="M1", tray=tray, compartment="C1", item=item, quantity=quantity, value=value)


def fact(kind: str, minute: int, by: str, *, compartment: str = "C1", tray: int = 7) -> EventFact:
    data = {"machine": "M1", "tray": tray, "compartment": compartment, "item": "A"}
    return EventFact(NOON - timedelta(minutes=60 - minute), kind, by, data)


def test_a_surplus_does_not_mend_what_is_missing() -> None:
    found = losses([case(-5, value=-50), case(3, value=30), case(-1, item="B")], by_item)
    assert found == (Loss(what="A", cases=2, missing=5, surplus=3, value=-20), Loss(what="B", cases=1, missing=1))


def test_what_is_explained_is_no_loss() -> None:
    assert losses([case(-5, kind=Kind.SCRAP), case(-5, kind=Kind.SHORT)], by_item) == ()


def test_trays_are_named_with_their_machine() -> None:
    assert [each.what for each in losses([case(-1), case(-1, tray=8), case(-2, tray=8)], by_tray)] == ["M1 8", "M1 7"]


def test_in_reach_are_those_who_had_the_tray_since_the_place_was_right() -> None:
    facts = [
        fact("picked", 0, "before"),
        fact("counted", 10, "counter"),
        fact("motion_ended", 20, "p_1"),
        fact("picked", 21, "p_1"),
        fact("counted", 22, "p_2", compartment="C9"),  # of another place: it says nothing of this one
        fact("picked", 23, "p_3", tray=8),
    ]
    lost = case(-5)
    assert in_reach([lost], facts) == (Reach(case=lost, person="p_1", times=2), Reach(case=lost, person="p_2", times=1))


def test_a_place_that_was_never_counted_was_in_everybodys_reach() -> None:
    lost = case(-5)
    assert [each.person for each in in_reach([lost], [fact("picked", 0, "p_1"), fact("put", 1, "p_2")])] == ["p_1", "p_2"]
