"""A pod of horizontal carousels: the shortest way round, bins that are just in front, drives that turn by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.sim.carousel_moves import shortest_mm
from hardware.sim.kinematics import Kinematics
from hardware.sim.layout import Carousel, Layout, Pod, read_layout
from hardware.sim.machine import Happened, Happening, Machine, Refusal

# 10 bins of 600 mm; 0.5 m/s and 0.5 m/s2: full speed from 0.5 m on
KINEMATICS = Kinematics(empty_speed=0.5, loaded_speed=0.5, acceleration=0.5, settle_s=1.0, reference_s=10.0)
LEFT = Carousel(name="L", bins=tuple(range(1, 11)), opening="A")
RIGHT = Carousel(name="R", bins=tuple(range(11, 21)), opening="B")


def pod(*carousels: Carousel) -> Layout:
    return Layout(pod=Pod(carousels=carousels, pitch_mm=600, kinematics=KINEMATICS))


def whats(happened: tuple[Happened, ...]) -> list[Happening]:
    return [one.what for one in happened]


@pytest.mark.parametrize(
    ("tray", "seconds"),
    [
        (2, 0.6 / 0.5 + 1 + 1),  # one pitch forward
        (10, 0.6 / 0.5 + 1 + 1),  # one pitch back, not nine forward
        (6, 3.0 / 0.5 + 1 + 1),  # half round
        (8, 1.8 / 0.5 + 1 + 1),
    ],
)
def test_a_bin_comes_the_shortest_way_round(tray: int, seconds: float) -> None:
    machine = Machine(pod(LEFT))
    machine.fetch("7", opening="A", tray=tray)
    assert whats(machine.advance(0)) == [Happening.STARTED]
    assert machine.tray_at("A") is None
    assert machine.advance(seconds - 0.01) == ()
    assert whats(machine.advance(seconds + 0.01)) == [Happening.ARRIVED]
    assert machine.tray_at("A") == tray


def test_there_is_always_a_bin_in_front_and_nothing_to_store() -> None:
    machine = Machine(pod(LEFT))
    assert machine.tray_at("A") == 1
    machine.store("7", opening="A")
    assert whats(machine.advance(0)) == [Happening.STARTED, Happening.STORED]
    assert machine.tray_at("A") == 1
    assert machine.refusal_of("A", 5) is None  # not occupied by the bin in front


def test_the_bin_in_front_is_there_at_once() -> None:
    machine = Machine(pod(LEFT))
    machine.fetch("7", opening="A", tray=1)
    assert machine.advance(0) == (Happened(Happening.STARTED, "7", "A", 1), Happened(Happening.ARRIVED, "7", "A", 1))


def test_carousels_of_a_pod_turn_by_themselves() -> None:
    machine = Machine(pod(LEFT, RIGHT))
    machine.fetch("7", opening="A", tray=6)
    machine.advance(0)
    assert (machine.refusal_of("A", 2), machine.refusal_of("B", 12)) == (Refusal.BUSY, None)
    assert machine.refusal_of("A", 12) is Refusal.NO_SUCH_TRAY  # a bin of the other opening
    machine.fetch("8", opening="B", tray=12)
    assert [one.request for one in machine.advance(4)] == ["8", "8"]
    assert (machine.tray_at("A"), machine.tray_at("B")) == (None, 12)
    assert [one.request for one in machine.advance(10)] == ["7"]


def test_a_shared_opening_shows_the_bin_that_came_last() -> None:
    machine = Machine(pod(LEFT, Carousel(name="R", bins=RIGHT.bins, opening="A")))
    assert (machine.openings, machine.tray_at("A")) == (("A",), 1)
    machine.fetch("7", opening="A", tray=12)
    machine.advance(60)
    assert machine.tray_at("A") == 12
    machine.fetch("8", opening="A", tray=3)
    machine.advance(60)
    assert machine.tray_at("A") == 12  # the right one does not move
    machine.advance(120)
    assert machine.tray_at("A") == 3


def test_the_curtain_guards_the_whole_turn() -> None:
    machine = Machine(pod(LEFT))
    machine.fetch("7", opening="A", tray=6)
    machine.advance(0)
    machine.advance(3)
    assert whats(machine.set_curtain("A", is_broken=True)) == [Happening.STOPPED]
    machine.set_curtain("A", is_broken=False)
    assert whats(machine.reset()) == [Happening.RESUMED]
    assert whats(machine.advance(10)) == [Happening.ARRIVED]


def test_after_an_e_stop_a_carousel_stays_between_two_bins_and_turns_on_from_there() -> None:
    machine = Machine(pod(LEFT))
    machine.fetch("7", opening="A", tray=6)
    machine.advance(0)
    machine.advance(3)
    machine.set_e_stop(is_pressed=True)
    machine.set_e_stop(is_pressed=False)
    machine.reset()
    assert whats(machine.advance(4.1)) == [Happening.CANCELLED]
    assert (machine.tray_at("A"), machine.is_busy) == (None, False)
    at_mm = machine.positions_mm["L"]
    assert 0 < at_mm < 3000
    machine.fetch("8", opening="A", tray=6)
    machine.advance(4.1)
    assert whats(machine.advance(12)) == [Happening.ARRIVED]


def test_after_a_power_cut_every_carousel_turns_to_its_mark() -> None:
    machine = Machine(pod(LEFT, RIGHT))
    machine.fetch("7", opening="A", tray=6)
    machine.advance(0)
    machine.advance(3)
    machine.power_off()
    machine.power_on()
    assert machine.refusal_of("B", 12) is Refusal.NOT_READY
    machine.advance(14)
    assert (machine.tray_at("A"), machine.tray_at("B"), machine.is_busy) == (1, 11, False)


def test_a_pod_is_read_from_a_machine_file(tmp_path: Path) -> None:
    data = {
        "kind": "carousel",
        "pitch_mm": 500,
        "kinematics": {"speed": 0.3},
        "carousels": {"L": {"bins": [1, 2, 3], "opening": "A"}, "R": {"bins": [4, 5], "opening": "A"}},
    }
    file = tmp_path / "pod.json"
    file.write_text(json.dumps(data))
    layout = read_layout(file)
    assert layout.pod is not None
    assert (layout.pod.pitch_mm, layout.pod.kinematics.loaded_speed) == (500, 0.3)
    assert Machine(layout).trays == (1, 2, 3, 4, 5)


@given(bins=st.integers(1, 200), start=st.integers(0, 199), end=st.integers(0, 199))
def test_no_turn_is_longer_than_half_a_round_and_it_ends_where_it_should(bins: int, start: int, end: int) -> None:
    loop_mm, from_mm, to_mm = bins * 600, (start % bins) * 600, (end % bins) * 600
    by_mm = shortest_mm(from_mm, to_mm, loop_mm)
    assert abs(by_mm) * 2 <= loop_mm
    assert (from_mm + by_mm) % loop_mm == to_mm
