"""The catalogue of faults: how a fault is written, who has it, and what a seed draws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hardware.sim.alarms import ALARMS
from hardware.sim.faults import CATALOGUE, KNOWN, FaultPlan, Where, parse_fault, script_of
from hardware.sim.machine_wire import MachineWire
from hardware.sim.options import OptionError

# reference 8.2, name by name
PUBLISHED = (
    "byte_drop bit_flip dup_byte split_1B coalesce delay stall half_open unplug replug_same replug_other_name garbage_on_open "
    "wrong_checksum wrong_address wrong_seq answer_to_old_id double_answer never_arrive arrive_wrong_tray arrive_early "
    "power_cycle_mid_move e_stop curtain manual_key overweight too_high display_silent scanner_double_read scanner_no_suffix "
    "scanner_layout_DE scanner_GS_lost two_scanners_interleaved gui_stall"
)


def test_every_published_name_is_known() -> None:
    assert set(PUBLISHED.split()) <= set(KNOWN)


@pytest.mark.parametrize(
    ("text", "name", "argument", "jitter", "at_s", "for_s"),
    [
        ("curtain", "curtain", 2.0, 0.0, 0.0, None),
        ("stall=1.5@3", "stall", 1.5, 0.0, 3.0, None),
        ("delay=0.2~0.05", "delay", 0.2, 0.05, 0.0, None),
        ("delay=0.2±0.05@1+4", "delay", 0.2, 0.05, 1.0, 4.0),
        ("split_1B@2+0.5", "split_1B", 0.0, 0.0, 2.0, 0.5),
        ("byte_drop=0.001", "byte_drop", 0.001, 0.0, 0.0, None),
    ],
)
def test_a_fault_is_read_and_written(
    text: str, name: str, argument: float, jitter: float, at_s: float, for_s: float | None
) -> None:
    fault = parse_fault(text)
    assert (fault.name, fault.argument, fault.jitter, fault.at_s, fault.for_s) == (name, argument, jitter, at_s, for_s)
    assert parse_fault(str(fault)) == fault


@pytest.mark.parametrize("text", ["curtian", "", "stall=", "stall=1.2.3", "stall@", "stall=2~1", "stall=-1", "curtain=2 "])
def test_a_fault_nobody_knows_is_refused_with_the_list(text: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse_fault(text)
    assert caught.value.option == "--fault"


def test_a_stall_of_the_window_is_refused_with_where_it_lives() -> None:
    with pytest.raises(OptionError, match="bench hardware"):
        parse_fault("gui_stall=60")


def test_a_fault_of_another_device_is_refused_with_those_it_has() -> None:
    with pytest.raises(OptionError, match="scanner_no_suffix"):
        script_of(("curtain",), seed=1, own=frozenset(("scanner_no_suffix",)))
    assert script_of(("unplug", "byte_drop"), seed=1, own=frozenset()) == (parse_fault("unplug"), parse_fault("byte_drop"))


def test_every_fault_of_a_machine_is_in_the_catalogue() -> None:
    assert {KNOWN[name].where for name in MachineWire.faults} == {Where.DEVICE}


def test_a_seed_draws_the_same_schedule_again_and_another_seed_another() -> None:
    own = MachineWire.faults
    first = script_of(("random=60",), seed=7, own=own)
    assert first == script_of(("random=60",), seed=7, own=own)
    assert first != script_of(("random=60",), seed=8, own=own)
    assert 3000 < len(first) < 4200  # one a second for an hour


def test_what_was_drawn_can_be_given_again_as_it_is_printed() -> None:
    drawn = script_of(("random=30",), seed=7, own=MachineWire.faults)
    assert script_of(tuple(str(fault) for fault in drawn), seed=1, own=MachineWire.faults) == drawn


def test_only_what_the_device_has_is_drawn_and_everything_ends() -> None:
    own = frozenset(("curtain", "double_answer"))
    drawn = script_of(("random=600",), seed=7, own=own)
    names = {fault.name for fault in drawn}
    assert own <= names
    assert all(KNOWN[name].where in (Where.LINE, Where.PLUG) for name in names - own)
    assert not names & {"replug_other_name", "rx_buffer"}  # would not end, or not be there
    assert all((fault.for_s is not None) == fault.kind.stays for fault in drawn)
    assert [fault.at_s for fault in drawn] == sorted(fault.at_s for fault in drawn)


@pytest.mark.parametrize("text", ["random", "random=", "random=0", "random=x", "random=-3", "random=nan", "random=99999"])
def test_a_rate_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(OptionError):
        script_of((text,), seed=1, own=frozenset())


def test_a_counted_fault_is_used_up_and_then_off() -> None:
    plan = FaultPlan((parse_fault("never_arrive=2"),), seed=1)
    assert [plan.take("never_arrive") for _ in range(3)] == [True, True, False]
    assert not plan.is_on("never_arrive")


def test_a_chance_strikes_as_often_as_it_says() -> None:
    plan = FaultPlan((parse_fault("byte_drop=0.25"),), seed=1)
    assert 200 < sum(plan.chance("byte_drop") for _ in range(1000)) < 300
    assert not any(plan.chance("bit_flip") for _ in range(1000))


def test_no_name_stands_twice() -> None:
    assert len(KNOWN) == len(CATALOGUE)


def test_the_document_names_every_fault_and_every_alarm() -> None:
    text = (Path(__file__).parents[3] / "docs/wire/simulator.md").read_text(encoding="utf-8")
    assert [name for name in (*KNOWN, *ALARMS) if not re.search(rf"\b{name}\b", text)] == []
