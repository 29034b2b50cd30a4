"""The simulated machine against figures worked out by hand, and its safety rules."""

from __future__ import annotations

import pytest

from hardware.sim.kinematics import Kinematics
from hardware.sim.layout import Layout
from hardware.sim.machine import Happening, Machine
from hardware.sim.moves import Refusal

LAYOUT = Layout(trays={1: 3900, 2: 900, 3: 5900}, openings={"A": 900, "B": 4900})


def whats(happened: tuple[object, ...]) -> list[Happening]:
    return [one.what for one in happened]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("distance_mm", "is_loaded", "seconds"),
    [
        (0, False, 0.0),
        (1000, True, 2.0),  # exactly v^2/a: 1/1 + 1/1
        (3000, True, 4.0),  # 1/1 + 3/1
        (250, True, 1.0),  # triangle: 2*sqrt(0.25)
        (3000, False, 3.5),  # 1.5/1 + 3/1.5
        (-3000, False, 3.5),
        (1000, False, 2.0),  # triangle below 2.25 m: 2*sqrt(1)
    ],
)
def test_travel_takes_what_a_trapezoid_takes(distance_mm: int, is_loaded: bool, seconds: float) -> None:
    assert Kinematics().travel_s(distance_mm, is_loaded=is_loaded) == pytest.approx(seconds)


def test_a_fetch_is_travel_pull_travel_present() -> None:
    machine = Machine(LAYOUT)
    machine.fetch("7", opening="A", tray=1)  # 3 m: 3.5+2 empty, 4.8, 4.0+2 loaded, 4.8
    assert whats(machine.advance(0)) == [Happening.STARTED]
    assert machine.advance(21.0) == ()
    assert machine.tray_at("A") is None
    assert whats(machine.advance(21.11)) == [Happening.ARRIVED]
    assert machine.tray_at("A") == 1


def test_speed_divides_the_motion() -> None:
    machine = Machine(LAYOUT, speed=100)
    machine.fetch("7", opening="A", tray=1)
    assert whats(machine.advance(0.2112)) == [Happening.STARTED, Happening.ARRIVED]


@pytest.mark.parametrize(
    ("opening", "tray", "refusal"),
    [
        ("A", 1, None),
        ("C", 1, Refusal.NO_SUCH_OPENING),
        ("A", 99, Refusal.NO_SUCH_TRAY),
        ("B", 2, Refusal.NO_SUCH_TRAY),  # it is at the other opening
        ("A", 2, None),
    ],
)
def test_a_request_is_refused_for_its_reason(opening: str, tray: int, refusal: Refusal | None) -> None:
    machine = Machine(LAYOUT)
    if opening == "B":
        machine.fetch("1", opening="A", tray=2)
        machine.advance(60)
    assert machine.refusal_of(opening, tray) is refusal


def test_an_occupied_opening_and_a_moving_machine_refuse() -> None:
    machine = Machine(LAYOUT)
    machine.fetch("1", opening="A", tray=2)
    assert machine.refusal_of("B", 1) is Refusal.BUSY
    machine.advance(60)
    assert machine.refusal_of("A", 1) is Refusal.OCCUPIED


def test_the_curtain_stops_only_in_the_bay_and_only_the_reset_resumes() -> None:
    machine = Machine(LAYOUT)
    machine.fetch("7", opening="A", tray=1)
    machine.advance(5)
    assert machine.set_curtain("A", is_broken=True) == ()  # the extractor is far away
    assert whats(machine.advance(16.4)) == [Happening.STOPPED]  # the tray reaches the bay at 16.3 s
    assert machine.reset() == ()  # the beam is still broken
    machine.set_curtain("A", is_broken=False)
    assert machine.advance(100) == ()  # free, but nobody pressed the reset
    assert whats(machine.reset()) == [Happening.RESUMED]
    assert machine.advance(104.6) == ()
    assert whats(machine.advance(104.9)) == [Happening.ARRIVED]


def test_the_e_stop_cancels_a_fetch_and_the_tray_goes_back() -> None:
    machine = Machine(LAYOUT)
    machine.fetch("7", opening="A", tray=1)
    machine.advance(12)
    assert whats(machine.set_e_stop(is_pressed=True)) == [Happening.STOPPED]
    assert machine.reset() == ()
    machine.set_e_stop(is_pressed=False)
    machine.reset()
    assert machine.advance(12.5) == ()  # the relay needs its second
    assert whats(machine.advance(13.1)) == [Happening.CANCELLED]
    assert machine.refusal_of("A", 1) is Refusal.BUSY
    assert machine.advance(60) == ()
    assert (machine.tray_at("A"), machine.refusal_of("A", 1)) == (None, None)


def test_the_e_stop_cancels_a_store_and_the_tray_comes_back_to_the_bay() -> None:
    machine = Machine(LAYOUT)
    machine.fetch("1", opening="A", tray=2)
    machine.advance(60)
    machine.store("2", opening="A")
    machine.advance(65)
    machine.set_e_stop(is_pressed=True)
    machine.set_e_stop(is_pressed=False)
    machine.reset()
    machine.advance(66.5)
    machine.advance(120)
    assert machine.tray_at("A") == 2


def test_a_killed_machine_goes_on_where_it_was() -> None:
    machine = Machine(LAYOUT)
    machine.fetch("7", opening="A", tray=1)
    machine.advance(12)
    again = Machine(LAYOUT, now_s=500)
    again.restore(machine.snapshot())
    assert again.advance(509) == ()
    assert whats(again.advance(509.2)) == [Happening.ARRIVED]
