"""Modbus against programs that are not ours: pymodbus as server and as client, Debian's mbpoll as client."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.framer import FramerType
from pymodbus.pdu.device import ModbusDeviceIdentification
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from hardware.config import LiftConfig, LiftTiming, PortConfig, SerialSettings
from hardware.errors import DeviceError
from hardware.factory import make_lift
from hardware.modbus.layers import make_layer
from hardware.modbus.register_line import RegisterLine
from hardware.modbus.replies import Bits, Identity, Refusal, Registers, Written
from hardware.modbus.requests import (
    Function,
    MaskRegister,
    ReadBits,
    ReadIdentity,
    ReadRegisters,
    ReadWriteRegisters,
    WriteCoil,
    WriteCoils,
    WriteRegister,
    WriteRegisters,
)
from hardware.modbus.timing import ModbusTiming
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import Simulator
from hardware.values import FetchTray, LinkUp, Outcome, StoreTray
from tests.contract.test_register_map import quick_map
from tests.helpers.pty_pair import pty_pair

Run = Callable[[Any], None]
UNIT = 17
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
MBPOLL = shutil.which("mbpoll")
needs_mbpoll = pytest.mark.skipif(MBPOLL is None, reason="mbpoll is not installed (Debian: apt install mbpoll)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def their_device() -> SimDevice:
    """200 of everything; registers 7, bits off."""
    bits = [SimData(0, count=200, values=False, datatype=DataType.BITS)]
    words = [SimData(0, count=200, values=7, datatype=DataType.REGISTERS)]
    return SimDevice(UNIT, simdata=(bits, bits, words, words))


@asynccontextmanager
async def their_server(kind: str, device: SimDevice | None = None, **hooks: Any) -> AsyncIterator[str]:
    """A pymodbus server; the URL of it as our side sees it."""
    device = device or their_device()
    if kind == "tcp":
        port = free_port()
        server: Any = ModbusTcpServer(device, address=("127.0.0.1", port), **hooks)
        async with _serving(server):
            yield f"socket://127.0.0.1:{port}"
        return
    async with pty_pair() as (ours, theirs):
        server = ModbusSerialServer(device, framer=FramerType.RTU, port=theirs, baudrate=19_200, **hooks)
        async with _serving(server):
            yield ours


@asynccontextmanager
async def _serving(server: Any) -> AsyncIterator[None]:
    await server.serve_forever(background=True)
    try:
        yield
    finally:
        await server.shutdown()


@asynccontextmanager
async def our_line(url: str, framing: str = "auto") -> AsyncIterator[RegisterLine]:
    port = PortConfig(name="peer", url=url, serial=SerialSettings(baud=19_200))
    is_up = asyncio.Event()
    layer = make_layer(port, framing, timing=ModbusTiming(response_s=0.5, late_s=0.2))
    line = RegisterLine(port, layer, link_changed=lambda up, code: is_up.set() if up else is_up.clear())
    await line.open()
    try:
        async with asyncio.timeout(5):
            await is_up.wait()
        yield line
    finally:
        await line.close()


KINDS = pytest.mark.parametrize("kind", ["tcp", "rtu"])


@KINDS
def test_pymodbus_answers_every_function_of_ours(run: Run, kind: str) -> None:
    async def scenario() -> None:
        async with their_server(kind) as url, our_line(url) as line:
            sevens = ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 3)
            assert await line.ask(UNIT, sevens) == Registers((7, 7, 7))
            assert await line.ask(UNIT, ReadRegisters(Function.READ_INPUT_REGISTERS, 5, 125)) == Registers((7,) * 125)
            assert await line.ask(UNIT, WriteRegister(1, 0xABCD)) == Written()
            assert await line.ask(UNIT, sevens) == Registers((7, 0xABCD, 7))
            assert await line.ask(UNIT, WriteRegisters(0, (1, 2, 3))) == Written()
            assert await line.ask(UNIT, MaskRegister(1, 0xFFF0, 0x0005)) == Written()
            assert await line.ask(UNIT, sevens) == Registers((1, 5, 3))
            assert await line.ask(UNIT, ReadWriteRegisters(0, 3, 2, (9,))) == Registers((1, 5, 9))
            assert await line.ask(UNIT, WriteCoil(3, True)) == Written()
            assert await line.ask(UNIT, WriteCoils(10, (True, False, True))) == Written()
            coils = await line.ask(UNIT, ReadBits(Function.READ_COILS, 2, 12))
            assert coils == Bits((False, True, *(False,) * 6, True, False, True, False))
            assert await line.ask(UNIT, ReadBits(Function.READ_DISCRETE_INPUTS, 0, 9)) == Bits((False,) * 9)

    run(scenario())


@KINDS
def test_pymodbus_says_who_it_is_and_refuses(run: Run, kind: str) -> None:
    async def scenario() -> None:
        names = {"VendorName": "Peer", "ProductCode": "P1", "MajorMinorRevision": "3.16"}
        theirs = ModbusDeviceIdentification(info_name=names)
        async with their_server(kind, identity=theirs) as url, our_line(url) as line:
            identity = await line.ask(UNIT, ReadIdentity())
            assert isinstance(identity, Identity)
            assert identity.objects == ((0, b"Peer"), (1, b"P1"), (2, b"3.16"))
            assert await line.ask(UNIT, ReadRegisters(Function.READ_HOLDING_REGISTERS, 199, 2)) == Refusal(2)

    run(scenario())


@KINDS
def test_an_answer_that_gets_lost_is_none_and_the_next_question_is_answered(run: Run, kind: str) -> None:
    async def scenario() -> None:
        lost = [True]

        def lose_the_first(is_sending: bool, data: bytes) -> bytes:
            return b"" if is_sending and lost and lost.pop() else data

        async with their_server(kind, trace_packet=lose_the_first) as url, our_line(url) as line:
            questions = [ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, count) for count in (1, 2)]
            first, second = await asyncio.gather(*(line.ask(UNIT, each) for each in questions), return_exceptions=True)
            assert isinstance(first, DeviceError)
            assert first.code == "L102"
            assert second == Registers((7, 7))

    run(scenario())


def test_serial_frames_go_through_a_device_server(run: Run) -> None:
    async def scenario() -> None:
        async with their_server("tcp", framer=FramerType.RTU) as url, our_line(url, "rtu") as line:
            assert await line.ask(UNIT, WriteRegister(1, 5)) == Written()
            assert await line.ask(UNIT, ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 3)) == Registers((7, 5, 7))

    run(scenario())


def test_a_question_on_a_line_that_is_down_is_refused(run: Run) -> None:
    async def scenario() -> None:
        port = PortConfig(name="peer", url="/dev/no-such-port-here")
        line = RegisterLine(port, make_layer(port, "auto", timing=ModbusTiming()))
        await line.open()
        with pytest.raises(DeviceError, match="L101"):
            await line.ask(UNIT, WriteCoil(1, True))
        await line.close()

    run(scenario())


class TheirPlc:
    """A PLC program in pymodbus' hooks: the `own` map, one tray, three answers of moving before it arrives."""

    def __init__(self) -> None:
        self.starts: list[list[int]] = []
        self._held = [0] * 6
        self._polls = 0
        self._tray = self._number = 0

    def trace(self, is_sending: bool, pdu: Any) -> Any:
        if not is_sending and pdu.function_code == 16:
            self._held[pdu.address : pdu.address + len(pdu.registers)] = pdu.registers
        if not is_sending and pdu.function_code == 6:
            self._held[pdu.address] = pdu.registers[0]
            self._number, self._polls = self._held[5], 3
            self.starts.append(list(self._held))
        if is_sending and pdu.function_code == 4:
            pdu.registers = self._inputs()
        return pdu

    def _inputs(self) -> list[int]:
        code, tray = self._held[:2]
        if self._polls:
            self._polls -= 1
            return [2, 0, 1, self._number]
        self._tray = tray if code in (1, 3) else 0
        return [3 if self._tray else 1, self._tray, 1, self._number]


@KINDS
def test_a_lift_whose_plc_is_pymodbus_brings_a_tray_and_takes_it_away(run: Run, kind: str) -> None:
    async def scenario() -> None:
        plc = TheirPlc()
        rows = ((0, 1, False), (1, 1, True), (2, 98, False))  # the E-stop's contact is closed
        bits = [SimData(first, count=count, values=on, datatype=DataType.BITS) for first, count, on in rows]
        words = [SimData(0, count=100, values=0, datatype=DataType.REGISTERS)]
        device = SimDevice(1, simdata=(bits, bits, words, words))
        async with their_server(kind, device, trace_pdu=plc.trace) as url:
            timing = LiftTiming(ping_s=0.1, silence_s=2.0, fetch_s=5.0, store_s=5.0)
            lift = make_lift(LiftConfig(url=url, protocol="modbus", map_file=quick_map("own"), serial="19200,8N1", timing=timing))
            is_up = asyncio.Event()
            lift.subscribe(lambda event: is_up.set() if isinstance(event, LinkUp) else None)
            await lift.open()
            async with asyncio.timeout(8):
                await is_up.wait()
            arrived = await lift.fetch(FetchTray(command_id=70_001, opening="SH1-1", tray=12))
            stored = await lift.store(StoreTray(command_id=70_002, opening="SH1-1", tray=12))
            await lift.close()
        assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
        assert (stored.outcome, stored.tray) == (Outcome.DONE, None)
        assert [(start[0], start[1], start[5]) for start in plc.starts] == [(1, 12, 4466), (2, 12, 4467)]

    run(scenario())


@asynccontextmanager
async def our_plc(kind: str, directory: Path, *faults: str) -> AsyncIterator[Simulator]:
    listen = "tcp:0" if kind == "tcp" else f"pty:{directory / 'plc'}"
    simulator = Simulator(SimulatorOptions(protocol="modbus", listen=listen, map="own", speed=200, faults=faults))
    await simulator.open()
    try:
        yield simulator
    finally:
        await simulator.close()


@KINDS
def test_pymodbus_as_client_drives_our_plc(run: Run, kind: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with our_plc(kind, tmp_path) as simulator:
            if kind == "tcp":
                host, port = simulator.url.removeprefix("socket://").split(":")
                client: Any = AsyncModbusTcpClient(host, port=int(port))
            else:
                client = AsyncModbusSerialClient(simulator.url, baudrate=19_200)
            await client.connect()
            assert (await client.read_discrete_inputs(0, count=4, device_id=1)).bits[:4] == [False, True, False, False]
            assert not (await client.write_registers(0, [1, 5, 1, 0, 0], device_id=1)).isError()
            assert not (await client.write_register(5, 77, device_id=1)).isError()
            moving = (await client.read_input_registers(0, count=4, device_id=1)).registers
            assert (moving[0], moving[3]) == (2, 77)
            refused = await client.write_register(5, 78, device_id=1)
            assert (refused.isError(), refused.exception_code) == (True, 6)
            assert (await client.read_holding_registers(5, count=1, device_id=1)).registers == [77]
            assert (await client.read_holding_registers(6, count=1, device_id=1)).exception_code == 2
            assert (await client.mask_write_register(address=3, and_mask=0xFF00, or_mask=0x0012, device_id=1)).isError() is False
            assert (
                await client.readwrite_registers(read_address=3, read_count=2, write_address=4, values=[9], device_id=1)
            ).registers == [0x12, 9]
            client.close()

    run(scenario())


async def mbpoll(simulator: Simulator, *arguments: str) -> tuple[int | None, str]:
    """Its exit status and all it said."""
    if simulator.url.startswith("socket://"):
        host, port = simulator.url.removeprefix("socket://").split(":")
        where = ("-m", "tcp", "-p", port, host)
    else:
        where = ("-m", "rtu", "-b", "19200", "-P", "none", simulator.url)
    process = await asyncio.create_subprocess_exec(
        str(MBPOLL), "-a", "1", "-0", "-1", "-o", "1", *where[:-1], *arguments[:-1], where[-1], *arguments[-1].split(),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    return process.returncode, said.decode()


@needs_mbpoll
@KINDS
def test_mbpoll_reads_and_writes_our_plc(run: Run, kind: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with our_plc(kind, tmp_path) as simulator:
            status, said = await mbpoll(simulator, "-t", "3", "-r", "0", "-c", "4", "")
            assert status == 0
            assert "[0]: \t0" in said
            status, said = await mbpoll(simulator, "-t", "1", "-r", "0", "-c", "4", "")
            assert "[1]: \t1" in said
            status, said = await mbpoll(simulator, "-t", "4", "-r", "0", "1 5 1 430 215")
            assert (status, "Written 5 references" in said) == (0, True)
            status, said = await mbpoll(simulator, "-t", "4", "-r", "5", "77")
            assert (status, "Written 1 references" in said) == (0, True)
            status, said = await mbpoll(simulator, "-t", "4", "-r", "0", "-c", "6", "")
            assert "[3]: \t430" in said
            assert "[5]: \t77" in said
            status, said = await mbpoll(simulator, "-t", "4", "-r", "6", "-c", "1", "")
            assert "Illegal data address" in said
            assert simulator.device.state()["registers"]["holding:1"] == 5

    run(scenario())


@needs_mbpoll
def test_mbpoll_sees_a_spoilt_check_of_our_plc(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with our_plc("rtu", tmp_path, "wrong_checksum=1") as simulator:
            _, said = await mbpoll(simulator, "-t", "3", "-r", "0", "-c", "1", "")
            assert "CRC" in said
            status, said = await mbpoll(simulator, "-t", "3", "-r", "0", "-c", "1", "")
            assert (status, "[0]:" in said) == (0, True)

    run(scenario())
