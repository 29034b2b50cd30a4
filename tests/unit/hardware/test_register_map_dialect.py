"""Register maps as a dialect: what is read, what is written in which order, and what the registers say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.config import ConfigError, LiftConfig, PortConfig, SerialSettings
from hardware.devices.register_map.dialect import RegisterMapDialect, snapshot_of
from hardware.devices.register_map.driver import make_register_map_lift, modbus_timing
from hardware.devices.register_map.map_file import load_map, presets
from hardware.devices.register_map.places import Cell, Table
from hardware.devices.register_map.reads import read_requests, values_of
from hardware.devices.register_map.writes import wire_number
from hardware.errors import DeviceError
from hardware.lift.dialect import Ask, Kind, Pause, Refused, Snapshot
from hardware.modbus.content import Answered, read_content
from hardware.modbus.layers import make_layer
from hardware.modbus.replies import Bits, Refusal, Registers, Written
from hardware.modbus.requests import (
    Function,
    MaskRegister,
    ReadBits,
    ReadRegisters,
    Request,
    WriteCoil,
    WriteRegister,
    WriteRegisters,
)
from hardware.modbus.rtu_layer import RtuLayer
from hardware.modbus.tcp_layer import TcpLayer
from hardware.modbus.timing import ModbusTiming
from hardware.values import FetchTray, Instruction, LiftRequest, PointAt, PointTray, StoreTray

OPENING = "SH1-1"
READY = Snapshot(is_ready=True)
HERE = Snapshot(is_ready=True, tray=12)


def dialect(name: str, opening: str = OPENING) -> RegisterMapDialect:
    found = load_map(name)
    return RegisterMapDialect(found, opening=opening, modbus=modbus_timing(found))


def fetch(command_id: int = 70_000, tray: int = 12, point: PointAt | None = None) -> FetchTray:
    return FetchTray(command_id=command_id, opening=OPENING, tray=tray, point=point)


def store(command_id: int = 70_001, tray: int = 12) -> StoreTray:
    return StoreTray(command_id=command_id, opening=OPENING, tray=tray)


def point(at: PointAt | None) -> PointTray:
    return PointTray(command_id=70_002, opening=OPENING, tray=12, point=at)


def written(name: str, request: LiftRequest, now: Snapshot = READY) -> list[tuple[Kind, Request] | float]:
    return [
        step.seconds if isinstance(step, Pause) else (step.kind, read_content(step.data)[1])
        for step in dialect(name).steps(request, now)
    ]


def cells(name: str, **values: int) -> dict[Cell, int]:
    """Everything a map reads as 0 but for these, `holding_1=5`."""
    found = load_map(name)
    read = {place.cell: 0 for place in found.read.values()}
    named = {(Table(key.split("_")[0]), int(key.split("_")[1])): value for key, value in values.items()}
    return read | named


def says(name: str, *, opening: int | None = None, **values: int) -> Snapshot | Refused:
    return snapshot_of(load_map(name), cells(name, **values), opening=opening)


# --- writing ---------------------------------------------------------------------------------------------------------------


def test_a_small_plc_gets_the_tray_and_then_a_pulse_that_is_taken_back() -> None:
    assert written("plc-lift", fetch()) == [
        (Kind.PREPARE, WriteRegister(100, 12)),
        (Kind.PREPARE, WriteCoil(100, False)),
        (Kind.MOVE, WriteCoil(100, True)),
        0.5,
        (Kind.CLEAN_UP, WriteCoil(100, False)),
    ]


def test_a_store_has_a_bit_of_its_own() -> None:
    moves = [step for step in written("plc-lift", store(), HERE) if isinstance(step, tuple) and step[0] is Kind.MOVE]
    assert moves == [(Kind.MOVE, WriteCoil(101, True))]


def test_the_number_is_written_last_and_starts() -> None:
    assert written("own", fetch(point=PointAt(430, 215))) == [
        (Kind.PREPARE, WriteCoil(0, True)),
        (Kind.PREPARE, WriteRegisters(0, (1, 12, 1, 430, 215))),
        (Kind.MOVE, WriteRegister(5, 70_000 % 65_535)),
    ]


def test_the_light_goes_off_before_a_tray_leaves() -> None:
    steps = written("own", store(), HERE)
    assert steps[0] == (Kind.PREPARE, WriteCoil(0, False))
    assert steps[1] == (Kind.PREPARE, WriteRegisters(0, (2, 12, 1, 0, 0)))


def test_another_place_is_a_command_where_the_plc_names_its_commands() -> None:
    assert written("own", point(PointAt(10, 20)), HERE)[-1] == (Kind.MOVE, WriteRegister(5, wire_number(70_002)))


def test_a_plc_without_a_pointer_has_nothing_to_write_for_another_place() -> None:
    assert written("plc-lift", point(PointAt(10, 20)), HERE) == []


def test_a_carousel_stores_nothing() -> None:
    assert written("carousel", store(), HERE) == []
    assert dialect("carousel").keeps_tray


def test_a_store_with_no_tray_there_writes_nothing() -> None:
    assert written("own", store(), READY) == []


def test_a_store_that_names_no_tray_sends_away_the_one_that_is_there() -> None:
    assert written("own", store(tray=0), HERE)[1] == (Kind.PREPARE, WriteRegisters(0, (2, 12, 1, 0, 0)))


def test_a_bit_of_a_register_is_written_by_its_mask(tmp_path: Path) -> None:
    text = presets()["plc-lift"].read_text(encoding="utf-8").replace('"coil:100"', '"holding:90.3"')
    file = tmp_path / "map.toml"
    file.write_text(text, encoding="utf-8")
    assert written(str(file), fetch())[2] == (Kind.MOVE, MaskRegister(90, 0xFFF7, 0x0008))


@pytest.mark.parametrize("request_", [fetch(tray=100), fetch(tray=0)])
def test_a_tray_the_map_does_not_have_is_refused_before_anything_is_sent(request_: FetchTray) -> None:
    with pytest.raises(DeviceError, match="L207"):
        dialect("plc-lift").steps(request_, READY)


def test_a_point_that_fits_into_no_register_is_refused() -> None:
    with pytest.raises(DeviceError, match="L207"):
        dialect("own").steps(fetch(point=PointAt(70_000, 1)), READY)


@given(command_id=st.integers(1, 2**40))
def test_numbers_on_the_wire_are_never_0_and_two_commands_in_a_row_differ(command_id: int) -> None:
    assert 1 <= wire_number(command_id) <= 0xFFFF
    assert wire_number(command_id) != wire_number(command_id + 1)


@pytest.mark.parametrize(("command_id", "number"), [(1, 1), (65_535, 65_535), (65_536, 1), (131_070, 65_535)])
def test_numbers_begin_anew_with_1(command_id: int, number: int) -> None:
    assert wire_number(command_id) == number


COMMANDS = st.one_of(
    *(
        st.builds(
            kind,
            command_id=st.integers(1, 2**31),
            opening=st.sampled_from(("SH1-1", "SH1-2", "X")),
            tray=st.integers(0, 70_000),
            **(
                {}
                if kind is StoreTray
                else {"point": st.none() | st.builds(PointAt, st.integers(-5, 70_000), st.integers(-5, 70_000))}
            ),
        )
        for kind in (FetchTray, StoreTray, PointTray)
    )
)


def touched(request: Request) -> set[Cell]:
    """The cells a request writes."""
    match request:
        case WriteCoil(address, _):
            return {(Table.COIL, address)}
        case WriteRegister(address, _) | MaskRegister(address, _, _):
            return {(Table.HOLDING, address)}
        case WriteRegisters(address, values):
            return {(Table.HOLDING, address + place) for place in range(len(values))}
        case _:
            return set()


@settings(max_examples=200, deadline=None)
@given(name=st.sampled_from(sorted(presets())), command=COMMANDS, tray=st.none() | st.integers(1, 99))
def test_no_command_ever_writes_outside_the_commands_own_places(name: str, command: LiftRequest, tray: int | None) -> None:
    found, talk = load_map(name), dialect(name)
    own = {place.cell for place in found.written.values()}
    read = {place.cell for place in found.read.values()}
    try:
        steps = talk.steps(command, Snapshot(is_ready=True, tray=tray))
    except DeviceError:
        return
    cells_written = set().union(*(touched(read_content(step.data)[1]) for step in steps if isinstance(step, Ask)))
    assert cells_written <= own
    assert not cells_written & read


# --- reading ---------------------------------------------------------------------------------------------------------------


def test_neighbours_are_read_together_and_what_stands_is_read_last() -> None:
    assert read_requests(load_map("plc-lift")) == (
        ReadRegisters(Function.READ_HOLDING_REGISTERS, 110, 1),
        ReadBits(Function.READ_COILS, 200, 23),
        ReadBits(Function.READ_COILS, 110, 2),
    )


def test_registers_of_no_meaning_are_read_along_only_where_the_map_allows_it(tmp_path: Path) -> None:
    text = presets()["own"].read_text(encoding="utf-8").replace("[openings]", "[line]\ngap = 12\n[openings]")
    file = tmp_path / "map.toml"
    file.write_text(text, encoding="utf-8")
    assert read_requests(load_map(str(file)))[0] == ReadBits(Function.READ_DISCRETE_INPUTS, 0, 32)
    assert len(read_requests(load_map("own"))) == 3


def test_what_lies_apart_is_read_apart(tmp_path: Path) -> None:
    file = tmp_path / "map.toml"
    file.write_text(presets()["plc-lift"].read_text(encoding="utf-8").replace('"coil:111"', '"coil:112"'), encoding="utf-8")
    apart = [ReadBits(Function.READ_COILS, 110, 1), ReadBits(Function.READ_COILS, 112, 1)]
    assert [request for request in read_requests(load_map(str(file))) if request in apart] == apart[::-1]


def test_a_status_is_read_from_its_answers() -> None:
    talk = dialect("plc-lift")
    asks = talk.status_asks(1)
    replies = (Registers((12,)), Bits((False,) * 23), Bits((False, True)))
    answers = tuple(Answered(1, ask.mark, reply) for ask, reply in zip(asks, replies, strict=True))
    assert [talk.understand(answer, ask) for answer, ask in zip(answers, asks, strict=True)] == list(answers)
    assert talk.snapshot(answers) == Snapshot(is_ready=True, tray=12)


def test_an_answer_to_something_else_is_none_of_ours() -> None:
    talk = dialect("plc-lift")
    first, second = talk.status_asks(1)[:2]
    assert talk.understand(Answered(1, second.mark, Bits(())), first) is None
    assert talk.understand(Answered(2, first.mark, Registers((1,))), first) is None


@pytest.mark.parametrize(
    ("exception", "code"),
    [(1, "L207"), (2, "L207"), (3, "L207"), (4, "L201"), (5, "L206"), (6, "L206"), (11, "L102"), (99, "L201")],
)
def test_refusals_say_why(exception: int, code: str) -> None:
    talk = dialect("plc-lift")
    ask = talk.status_asks(1)[0]
    answer = Answered(1, ask.mark, Refusal(exception))
    assert talk.understand(answer, ask) == Refused(code, f"exception {exception}")


@pytest.mark.parametrize(("exception", "is_sure"), [(1, True), (4, False), (6, True), (11, False), (99, True)])
def test_a_start_that_a_gateway_or_a_failing_plc_may_have_begun_is_not_surely_refused(exception: int, is_sure: bool) -> None:
    talk = dialect("own")
    start = talk.steps(fetch(), READY)[-1]
    assert isinstance(start, Ask)
    refused = talk.understand(Answered(1, start.mark, Refusal(exception)), start)
    assert isinstance(refused, Refused)
    assert refused.is_sure is is_sure


def test_a_start_that_is_acknowledged_is_taken() -> None:
    talk = dialect("own")
    start = talk.steps(fetch(), READY)[-1]
    assert isinstance(start, Ask)
    answer = Answered(1, start.mark, Refusal(5))
    assert talk.understand(answer, start) is answer
    assert talk.understand(Answered(1, start.mark, Written()), start) is not None


OWN_OK = {"discrete_1": 1}  # the E-stop's contact is closed


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"input_0": 1}, Snapshot(is_ready=True, echo=0)),
        ({"input_0": 2, "input_3": 9}, Snapshot(is_ready=False, is_moving=True, echo=9, not_ready_code="L206")),
        ({"input_0": 3, "input_1": 12, "input_2": 1}, Snapshot(is_ready=True, tray=12, echo=0)),
        ({"input_0": 3, "input_1": 12, "input_2": 2}, Snapshot(is_ready=True, tray=None, echo=0)),
        ({"input_0": 5}, Snapshot(is_ready=False, waits_for=Instruction.LOOK_AT_PANEL, echo=0, not_ready_code="L206")),
        ({"input_0": 6}, Snapshot(is_ready=False, echo=0, not_ready_code="L206")),
        ({"input_0": 7}, Snapshot(is_ready=True, echo=0, gave_up_code="L204")),
        ({"discrete_0": 1}, Snapshot(is_ready=False, echo=0, not_ready_code="L206")),
        ({"discrete_1": 0}, Snapshot(is_ready=True, echo=0, stop_code="ESTOP")),
        ({"discrete_2": 1}, Snapshot(is_ready=False, echo=0, stop_code="CURTAIN", not_ready_code="L206")),
        ({"discrete_17": 1}, Snapshot(is_ready=False, echo=0, not_ready_code="L206")),
        ({"input_0": 4}, Refused("L103", "state 4 is not in the map")),
        ({"input_1": 1000}, Refused("L103", "tray 1000 is not in the map")),
    ],
)
def test_what_the_registers_say(values: dict[str, int], expected: Snapshot | Refused) -> None:
    assert says("own", opening=1, **(OWN_OK | values)) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (0b001_0000, Snapshot(is_ready=True, tray=7)),
        (0b001_0010, Snapshot(is_ready=True, is_moving=True, tray=7)),
        (0b001_0001, Snapshot(is_ready=False, tray=7, not_ready_code="L206")),
        (0b001_0100, Snapshot(is_ready=False, tray=7, not_ready_code="L206")),
        (0b000_0000, Snapshot(is_ready=True, tray=7, stop_code="ESTOP")),
        (0b001_1000, Snapshot(is_ready=False, tray=7, stop_code="ALARM", not_ready_code="L206")),
        (0b100_1000, Snapshot(is_ready=False, tray=7, stop_code="ESTOP", not_ready_code="L206")),
    ],
)
def test_the_published_bits_of_a_carousel(word: int, expected: Snapshot) -> None:
    assert says("carousel", input_0=word, input_1=7) == expected


def test_replies_fill_their_cells() -> None:
    requests = (ReadRegisters(Function.READ_INPUT_REGISTERS, 5, 2), ReadBits(Function.READ_COILS, 9, 2))
    assert values_of(requests, (Registers((1, 2)), Bits((True, False)))) == {
        (Table.INPUT, 5): 1,
        (Table.INPUT, 6): 2,
        (Table.COIL, 9): 1,
        (Table.COIL, 10): 0,
    }


# --- settings --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "modbus", "layer"),
    [
        ("/dev/ttyUSB0", "auto", RtuLayer),
        ("rfc2217://10.0.0.5:4001", "auto", RtuLayer),
        ("socket://10.0.0.5:502", "auto", TcpLayer),
        ("socket://10.0.0.5:4001", "rtu", RtuLayer),
        ("socket://10.0.0.5:502", "tcp", TcpLayer),
    ],
)
def test_the_line_and_one_setting_say_which_frames_are_spoken(url: str, modbus: str, layer: type) -> None:
    assert type(make_layer(PortConfig(name="plc", url=url), modbus, timing=ModbusTiming())) is layer


@pytest.mark.parametrize(
    ("protocol", "link_layer", "serial", "line"),
    [
        ("modbus", "", "", SerialSettings(19_200, 8, "E", 1)),
        ("modbus", "", "9600,8N1", SerialSettings(9600, 8, "N", 1)),
        ("jmif", "", "", SerialSettings(9600, 8, "N", 1)),
        ("jmif", "3964r", "", SerialSettings(9600, 8, "E", 1)),
    ],
)
def test_a_line_that_nobody_has_set_is_the_protocols_usual_one(
    protocol: str, link_layer: str, serial: str, line: SerialSettings
) -> None:
    config = LiftConfig(url="COM1", protocol=protocol, link_layer=link_layer, serial=serial)
    assert config.port.serial == line


@pytest.mark.parametrize(
    ("config", "key"),
    [
        (LiftConfig(url="COM1", protocol="modbus"), "map"),
        (LiftConfig(url="COM1", protocol="modbus", map_file="own", opening="SH9"), "opening"),
        (LiftConfig(url="COM1", protocol="modbus", map_file="own", modbus="ascii"), "modbus"),
    ],
)
def test_settings_that_cannot_be_are_refused(config: LiftConfig, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        make_register_map_lift(config)
    assert caught.value.key == key


def test_a_request_is_given_up_by_the_line_before_the_exchange_does() -> None:
    modbus = modbus_timing(load_map("own"))
    assert dialect("own").timing.request_s > modbus.patience_s + modbus.response_s
    assert modbus.patience_s > modbus.late_s
