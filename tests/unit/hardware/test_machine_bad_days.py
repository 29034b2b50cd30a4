"""The simulated machine when something is wrong: alarms, loads, the key, the mains; and what its options change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.sim.alarms import ALARMS
from hardware.sim.layout import Layout, Limits, read_layout
from hardware.sim.loads import Load
from hardware.sim.machine import Happened, Happening, Machine, Refusal
from hardware.sim.options import OptionError

TRAYS = {1: 3900, 2: 900, 3: 5900}
LAYOUT = Layout(trays=TRAYS, openings={"A": 900, "B": 4900})
DUAL = Layout(trays=TRAYS, openings={"A": 900, "B": 4900}, has_second_place=True)


def whats(happened: tuple[Happened, ...]) -> list[Happening]:
    return [one.what for one in happened]


def with_tray(layout: Layout = LAYOUT, tray: int = 1) -> Machine:
    """A machine at 60 s with a tray at opening A."""
    machine = Machine(layout)
    machine.fetch("1", opening="A", tray=tray)
    machine.advance(60)
    assert machine.tray_at("A") == tray
    return machine


# --- the check of a store ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("load", "alarm"),
    [
        (Load(490_001, 100), "tray_overweight"),
        (Load(50_000, 696), "tray_too_high"),
        (Load(490_000, 695), ""),
    ],
)
def test_a_tray_that_is_too_heavy_or_too_high_comes_back_to_the_bay(load: Load, alarm: str) -> None:
    machine = with_tray()
    machine.set_load(1, load)
    machine.store("2", opening="A")
    machine.advance(60)
    machine.advance(66)  # pulled in after 4.8 s, checked, and pushed out again
    assert machine.tray_at("A") is None
    happened = machine.advance(120)
    assert whats(happened) == [Happening.RETURNED if alarm else Happening.STORED]
    assert (machine.stop, machine.tray_at("A")) == (alarm, 1 if alarm else None)


def test_a_refused_store_is_over_when_goods_are_taken_off_and_the_reset_is_pressed() -> None:
    machine = with_tray()
    machine.set_load(1, Load(600_000, 100))
    machine.store("2", opening="A")
    machine.advance(120)
    machine.reset()
    assert machine.stop == "tray_overweight"  # still too heavy
    machine.set_load(1, Load(100_000, 100))
    assert machine.refusal_of("A", None) is Refusal.STOPPED  # nobody pressed the reset
    machine.reset()
    assert machine.refusal_of("A", None) is None
    machine.store("3", opening="A")
    assert whats(machine.advance(200)) == [Happening.STARTED, Happening.STORED]


def test_the_payload_of_the_whole_machine_counts() -> None:
    machine = with_tray(Layout(trays=TRAYS, openings={"A": 900}, limits=Limits(machine_g=149_999)))
    machine.store("2", opening="A")
    machine.advance(120)
    assert machine.stop == "machine_overweight"


@pytest.mark.parametrize("alarm", ["overhang_left", "no_place"])
def test_what_only_the_check_finds_stands_when_a_tray_is_stored(alarm: str) -> None:
    machine = with_tray()
    assert machine.set_alarm(alarm, is_there=True) == ()
    assert machine.stop == ""
    machine.store("2", opening="A")
    assert whats(machine.advance(120)) == [Happening.STARTED, Happening.RETURNED]
    assert (machine.stop, machine.tray_at("A")) == (alarm, 1)


# --- alarms ------------------------------------------------------------------------------------------------------------


def test_every_alarm_of_the_list_is_there() -> None:
    assert len(ALARMS) == 23
    with pytest.raises(KeyError):
        Machine(LAYOUT).set_alarm("no_such_alarm", is_there=True)


@pytest.mark.parametrize("name", [name for name, alarm in ALARMS.items() if not alarm.at_store and name != "curtain"])
def test_an_alarm_ends_only_by_the_reset_and_only_without_its_cause(name: str) -> None:
    machine = Machine(LAYOUT)
    machine.set_alarm(name, is_there=True)
    machine.reset()
    machine.advance(10)
    assert machine.alarms == (name,)
    machine.set_alarm(name, is_there=False)
    machine.advance(20)
    assert machine.alarms == (name,)
    machine.reset()
    machine.advance(30)
    assert machine.alarms == ()


def test_a_warning_is_shown_and_stops_nothing() -> None:
    machine = Machine(LAYOUT)
    machine.set_alarm("maintenance_due", is_there=True)
    assert (machine.stop, machine.alarms, machine.refusal_of("A", 1)) == ("", ("maintenance_due",), None)


def test_a_drive_fault_cancels_and_an_open_door_only_waits() -> None:
    for alarm, after in (("drive_fault", Happening.CANCELLED), ("bay_door_open", Happening.RESUMED)):
        machine = Machine(LAYOUT)
        machine.fetch("7", opening="A", tray=1)
        machine.advance(12)
        assert whats(machine.set_alarm(alarm, is_there=True)) == [Happening.STOPPED]
        machine.set_alarm(alarm, is_there=False)
        assert whats(machine.reset()) == [after]
        machine.advance(100)
        assert machine.tray_at("A") == (1 if after is Happening.RESUMED else None)


def test_two_alarms_need_both_causes_gone() -> None:
    machine = Machine(LAYOUT)
    machine.set_alarm("drive_fault", is_there=True)
    machine.set_alarm("panel_lost", is_there=True)
    machine.set_alarm("drive_fault", is_there=False)
    machine.reset()
    assert machine.alarms == ("panel_lost",)


def test_a_lost_reference_is_found_before_anything_else() -> None:
    machine = Machine(LAYOUT)
    machine.set_alarm("reference_lost", is_there=True)
    machine.set_alarm("reference_lost", is_there=False)
    machine.reset()
    assert machine.refusal_of("A", 1) is Refusal.NOT_READY
    machine.advance(10.1)
    assert machine.refusal_of("A", 1) is None


def test_an_e_stop_while_nothing_moves_only_costs_its_time() -> None:
    machine = with_tray()
    machine.set_e_stop(is_pressed=True)
    machine.set_e_stop(is_pressed=False)
    machine.reset()
    assert machine.advance(61.1) == ()
    assert (machine.stop, machine.tray_at("A"), machine.is_busy) == ("", 1, False)


def test_a_tray_brought_back_after_a_first_stop_is_brought_back_after_a_second() -> None:
    machine = with_tray()
    machine.store("2", opening="A")
    machine.advance(60)
    machine.advance(66)
    for at_s in (66, 68):
        machine.advance(at_s)
        machine.set_e_stop(is_pressed=True)
        machine.set_e_stop(is_pressed=False)
        machine.reset()
        machine.advance(at_s + 1.1)
    machine.advance(120)
    assert machine.tray_at("A") == 1


# --- the key and the mains ---------------------------------------------------------------------------------------------


def test_in_manual_a_move_is_finished_and_no_other_is_taken() -> None:
    machine = Machine(LAYOUT)
    machine.fetch("7", opening="A", tray=1)
    machine.advance(5)
    machine.set_manual(is_manual=True)
    assert machine.refusal_of("B", 3) is Refusal.MANUAL
    assert whats(machine.advance(60)) == [Happening.ARRIVED]
    assert machine.refusal_of("A", None) is Refusal.MANUAL
    machine.set_manual(is_manual=False)
    assert machine.refusal_of("A", None) is None


def test_a_power_cut_between_levels_forgets_the_command_and_brings_the_tray_back() -> None:
    machine = Machine(LAYOUT)
    machine.fetch("7", opening="A", tray=1)
    machine.advance(0)
    machine.advance(13)  # loaded, on the way down: 3900 -> 900
    machine.power_off()
    assert 900 < machine.positions_mm["extractor"] < 3900
    assert machine.advance(500) == ()
    assert machine.due_s is None
    machine.power_on()
    assert machine.refusal_of("A", 2) is Refusal.NOT_READY
    assert machine.advance(509) == ()
    assert machine.refusal_of("A", 2) is Refusal.NOT_READY
    machine.advance(511)
    assert machine.refusal_of("A", 2) is Refusal.BUSY  # brings tray 1 back to its place
    assert machine.advance(560) == ()
    assert (machine.tray_at("A"), machine.positions_mm["extractor"], machine.refusal_of("A", 1)) == (None, 3900, None)


def test_a_tray_on_its_way_in_at_a_power_cut_is_at_the_bay_again() -> None:
    machine = with_tray()
    machine.store("2", opening="A")
    machine.advance(60)
    machine.advance(66)
    machine.power_off()
    machine.power_on()
    machine.advance(120)
    assert machine.tray_at("A") == 1


def test_a_power_cut_under_an_e_stop_waits_for_the_reset() -> None:
    machine = Machine(LAYOUT)
    machine.set_e_stop(is_pressed=True)
    machine.power_off()
    machine.power_on()
    machine.advance(100)
    assert (machine.stop, machine.is_referencing) == ("e_stop", False)
    machine.set_e_stop(is_pressed=False)
    machine.reset()
    machine.advance(101.1)
    assert machine.is_referencing


# --- two places, one tray out, the wrong tray --------------------------------------------------------------------------


def test_a_prefetched_tray_waits_and_is_swapped_in_after_the_store() -> None:
    machine = with_tray(DUAL)
    machine.prefetch("p", opening="A", tray=3)
    assert whats(machine.advance(120)) == [Happening.STARTED, Happening.WAITING]
    assert (machine.tray_at("A"), machine.waiting_at("A")) == (1, 3)
    assert machine.refusal_of("A", 3) is Refusal.NO_SUCH_TRAY  # the place in front is taken
    assert machine.refusal_of("B", 3) is Refusal.NO_SUCH_TRAY
    assert machine.refusal_of_prefetch("A", 2) is Refusal.OCCUPIED
    machine.store("2", opening="A")
    machine.advance(180)
    machine.fetch("3", opening="A", tray=3)
    machine.advance(180)
    assert whats(machine.advance(184.9)) == [Happening.ARRIVED]  # one transfer, no travel
    assert (machine.tray_at("A"), machine.waiting_at("A")) == (3, None)


def test_a_request_behind_a_prefetch_of_the_machines_own_is_queued() -> None:
    machine = with_tray(DUAL)
    machine.prefetch("", opening="A", tray=3)
    machine.advance(60)
    assert machine.refusal_of("A", None) is None
    machine.store("2", opening="A")
    assert machine.refusal_of("B", 2) is Refusal.BUSY
    assert whats(machine.advance(120)) == [Happening.STARTED, Happening.STORED]
    assert (machine.tray_at("A"), machine.waiting_at("A")) == (None, 3)


def test_a_tray_being_prefetched_is_not_brought_to_the_other_opening() -> None:
    machine = with_tray(DUAL)
    machine.prefetch("", opening="A", tray=3)
    machine.advance(61)
    assert machine.refusal_of("B", 3) is Refusal.NO_SUCH_TRAY


def test_without_a_second_place_nothing_is_prefetched() -> None:
    assert with_tray().refusal_of_prefetch("A", 3) is Refusal.NO_SECOND_PLACE


def test_an_e_stop_cancels_what_is_queued_too() -> None:
    machine = with_tray(DUAL)
    machine.prefetch("", opening="A", tray=3)
    machine.advance(60)
    machine.store("2", opening="A")
    machine.set_e_stop(is_pressed=True)
    machine.set_e_stop(is_pressed=False)
    machine.reset()
    assert machine.advance(62) == (Happened(Happening.CANCELLED, "2", "A", 1),)


def test_where_one_tray_may_be_out_a_second_opening_has_to_wait() -> None:
    machine = with_tray(Layout(trays=TRAYS, openings={"A": 900, "B": 4900}, is_one_tray_out=True))
    assert machine.refusal_of("B", 3) is Refusal.OCCUPIED
    machine.store("2", opening="A")
    machine.advance(120)
    assert machine.refusal_of("B", 3) is None


def test_a_misled_machine_brings_another_tray_and_says_which() -> None:
    machine = Machine(LAYOUT)
    machine.mislead(1)
    machine.fetch("7", opening="A", tray=1)
    assert machine.advance(60)[-1] == Happened(Happening.ARRIVED, "7", "A", 2)
    assert machine.tray_at("A") == 2


def test_a_killed_machine_keeps_alarms_loads_the_key_and_the_waiting_tray() -> None:
    machine = with_tray(DUAL)
    machine.prefetch("p", opening="A", tray=3)
    machine.advance(120)
    machine.set_alarm("drive_hot", is_there=True)
    machine.set_manual(is_manual=True)
    machine.set_load(3, Load(5, 6))
    again = Machine(DUAL, now_s=500)
    again.restore(json.loads(json.dumps(machine.snapshot())))
    again.reset()
    assert (again.stop, again.is_manual, again.waiting_at("A"), again.load_of(3)) == ("drive_hot", True, 3, Load(5, 6))


# --- the machine file --------------------------------------------------------------------------------------------------


def test_a_machine_file_says_all_that_a_layout_can(tmp_path: Path) -> None:
    data = {
        "trays": {"1": 2600},
        "openings": {"A": 900},
        "kinematics": {"loaded_speed": 0.6},
        "limits": {"tray_g": 250_000},
        "second_place": True,
        "one_tray_out": True,
    }
    file = tmp_path / "machine.json"
    file.write_text(json.dumps(data))
    layout = read_layout(file)
    assert (layout.trays, layout.openings, layout.kinematics.loaded_speed) == ({1: 2600}, {"A": 900}, 0.6)
    assert (layout.limits.tray_g, layout.has_second_place, layout.is_one_tray_out) == (250_000, True, True)


@pytest.mark.parametrize(
    "data",
    [
        {"trays": {}, "openings": {"A": 1}},
        {"trays": {"1": 1}, "openings": {"A": 1}, "kinematics": {"loaded_speed": 0}},
        {"trays": {"1": 1}, "openings": {"A": 1}, "limits": {"colour": 1}},
        {"kind": "crane"},
        {"kind": "carousel", "carousels": {}},
        {"kind": "carousel", "carousels": {"L": {"bins": [1, 1], "opening": "A"}}},
        [],
    ],
)
def test_a_bad_machine_file_is_refused(tmp_path: Path, data: object) -> None:
    file = tmp_path / "machine.json"
    file.write_text(json.dumps(data))
    with pytest.raises(OptionError):
        read_layout(file)
