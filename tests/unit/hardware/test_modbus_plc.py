"""The simulated PLC's own half of Modbus: published examples, any bytes, and what its registers say of the machine."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.devices.register_map.map_file import load_map
from hardware.sim.layout import default_layout
from hardware.sim.machine import Machine
from hardware.sim.wires.modbus_plc import Command, Plc
from hardware.sim.wires.modbus_server import Asked, NetworkEar, SerialEar, answer, check_of
from tests.helpers.modbus import VECTORS, mbap, rtu


class Anything:
    """Cells that hold what a published answer says."""

    def __init__(self, values: dict[tuple[str, int], int]) -> None:
        self.values = values

    def read(self, table: str, address: int) -> int | None:
        return self.values.get((table, address), 0)

    def write(self, table: str, address: int, *, value: int) -> bool:
        self.values[table, address] = value
        return True

    def written(self) -> int:
        return 0


def cells_of(vector: dict[str, Any]) -> Anything:
    name, *arguments = vector["ask"]
    first = arguments[0] if name == "ReadWriteRegisters" else arguments[1] if len(arguments) > 1 else 0
    table = {1: "coil", 2: "discrete", 3: "holding", 4: "input"}.get(arguments[0], "holding")
    read = [int(bit) for bit in vector.get("bits", "")] or vector.get("words", [])
    if name == "ReadWriteRegisters":
        table = "holding"
    return Anything({(table, first + place): value for place, value in enumerate(read)})


@pytest.mark.parametrize(
    "vector", [each for each in VECTORS["messages"] if each["ask"][0] != "ReadIdentity"], ids=lambda vector: vector["ask"][0]
)
def test_published_requests_get_the_published_answers(vector: dict[str, Any]) -> None:
    assert answer(bytes.fromhex(vector["request"]), cells_of(vector)) == bytes.fromhex(vector["reply"])


@pytest.mark.parametrize(("data", "check"), VECTORS["checks"])
def test_its_check_is_the_published_one(data: str, check: str) -> None:
    assert check_of(bytes.fromhex(data)) == bytes.fromhex(check)


def test_a_mask_leaves_the_other_bits_alone() -> None:
    """The worked example of the published text: 12h AND F2h OR (25h AND NOT F2h) = 17h."""
    cells = Anything({("holding", 4): 0x12})
    answer(bytes.fromhex("16 00 04 00 F2 00 25"), cells)
    assert cells.values["holding", 4] == 0x17


def test_it_says_who_it_is() -> None:
    assert answer(b"\x2b\x0e\x01\x00", Anything({}))[6:16] == b"\x03\x00\x08Baylight"[:10]
    assert answer(b"\x2b\x0e\x04\x09", Anything({})) == b"\xab\x02"


@given(pdu=st.binary(min_size=1, max_size=253))
def test_any_request_gets_an_answer_that_fits(pdu: bytes) -> None:
    says = answer(pdu, Anything({}))
    assert 1 < len(says) <= 253
    assert says[0] & 0x7F == pdu[0] & 0x7F


@settings(max_examples=100, deadline=None)
@given(noise=st.binary(max_size=80), cut=st.integers(0, 8))
def test_a_request_behind_noise_is_heard_when_the_line_was_silent(noise: bytes, cut: int) -> None:
    ear, good = SerialEar(), rtu(17, b"\x03\x00\x6b\x00\x03")
    assert ear.hear(noise, 0.0) == []
    assert ear.hear(good[:cut], 1.0) + ear.hear(good[cut:], 1.01) == [Asked(17, b"\x03\x00\x6b\x00\x03")]


@settings(max_examples=100, deadline=None)
@given(cut=st.integers(0, 24), noise=st.binary(max_size=300))
def test_a_network_is_heard_in_pieces_and_no_noise_hurts(cut: int, noise: bytes) -> None:
    ear, two = NetworkEar(), mbap(7, 17, pdu=b"\x03\x00\x6b\x00\x03") + mbap(8, 17, pdu=b"\x04\x00\x6b\x00\x03")
    heard = ear.hear(two[:cut], 0.0) + ear.hear(two[cut:], 0.0)
    assert [each.number for each in heard] == [7, 8]
    ear.hear(noise, 0.0)


# --- registers and machine -------------------------------------------------------------------------------------------------


def plc(name: str = "own") -> tuple[Plc, Machine]:
    machine = Machine(default_layout(), speed=100, now_s=0.0)
    return Plc(load_map(name), machine), machine


def write(made: Plc, function: int, *words: int) -> bytes:
    """One request of these words; for 16 the first is the address and the rest the values."""
    data = b"".join(word.to_bytes(2, "big") for word in words)
    if function == 16:
        count = len(words) - 1
        data = data[:2] + count.to_bytes(2, "big") + bytes((2 * count,)) + data[2:]
    return answer(bytes((function,)) + data, made)


def test_a_command_starts_with_its_number_and_once() -> None:
    made, _ = plc()
    write(made, 16, 0, 1, 12, 1, 430, 215)
    assert made.take_command() is None
    write(made, 6, 5, 77)
    assert made.take_command() == Command("77", "fetch", "SH1-1", 12)
    write(made, 6, 5, 77)  # the same number again is no new command
    assert made.take_command() is None


def test_a_pulse_starts_when_it_comes_and_not_when_it_goes() -> None:
    made, _ = plc("plc-lift")
    write(made, 6, 100, 12)
    write(made, 5, 100, 0xFF00)
    assert made.take_command() == Command("1", "fetch", "SH1-1", 12)
    write(made, 5, 100, 0x0000)
    assert made.take_command() is None


@pytest.mark.parametrize(
    ("row", "exception"),
    [((1, 12, 9), 3), ((9, 12, 1), 3), ((1, 500, 1), 3), ((1, 12, 1), 0)],
)
def test_what_it_does_not_have_is_refused_and_not_kept(row: tuple[int, ...], exception: int) -> None:
    made, _ = plc()
    write(made, 16, 0, *row)
    said = write(made, 6, 5, 77)
    assert said == (bytes((0x86, exception)) if exception else b"\x06\x00\x05\x00\x4d")
    assert (made.take_command() is None) == bool(exception)
    assert made.memory()["holding:5"] == (0 if exception else 77)


def test_a_machine_that_stands_refuses_as_busy() -> None:
    made, machine = plc()
    machine.set_e_stop(is_pressed=True)
    write(made, 16, 0, 1, 12, 1)
    assert write(made, 6, 5, 77) == b"\x86\x06"
    assert (made.read("discrete", 1), made.read("discrete", 2)) == (0, 0)  # the E-stop's contact is open, the curtain is free


def test_alarms_without_a_name_in_the_map_show_as_its_first() -> None:
    made, machine = plc()
    machine.set_alarm("tray_skewed", is_there=True)
    assert (made.read("discrete", 2), made.read("discrete", 3)) == (1, 0)


def test_only_the_maps_cells_are_there_and_only_its_own_are_written() -> None:
    made, _ = plc()
    assert write(made, 6, 6, 1) == b"\x86\x02"
    assert write(made, 5, 2, 0xFF00) == b"\x85\x02"  # the alarm stands in another table
    assert answer(b"\x02\x00\x02\x00\x03", made) == b"\x82\x02"


def test_what_a_plc_keeps_survives_a_kill() -> None:
    made, machine = plc()
    write(made, 16, 0, 1, 12, 1, 430, 215)
    write(made, 6, 5, 77)
    again = Plc(load_map("own"), machine)
    again.restore(made.snapshot())
    assert again.snapshot() == made.snapshot()
    assert again.read("input", 3) == 77
    again.forget()
    assert again.read("input", 3) == 0
