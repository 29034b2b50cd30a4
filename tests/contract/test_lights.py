"""Lights through their real drivers and lines: dark first, dark at the end, back after a lost line, and out when we die."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hardware.config import DisplayConfig, PortConfig, SerialSettings
from hardware.devices.dmx.driver import DmxConfig, DmxPointer
from hardware.devices.dmx.layer import DmxTiming
from hardware.devices.register_lamps.driver import RegisterToteLights
from hardware.devices.register_lamps.lamps import LampRegisters, LampRow
from hardware.devices.wled.driver import WledConfig, WledPointer, WledToteLights
from hardware.devices.wled.strip import LedRange, Strip
from hardware.errors import LIGHT_NOT_CALIBRATED, DeviceError
from hardware.factory import make_display
from hardware.modbus.layers import make_layer
from hardware.modbus.register_line import RegisterLine
from hardware.modbus.timing import ModbusTiming
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import Simulator
from hardware.values import Aim, DisplayLink, LightLink, PointAt, ToteKey, ToteLampsFailed
from tests.contract.test_small_devices import until

Run = Callable[[Any], None]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
QUICK = DmxTiming(dark_s=0.06, settle_s=0.3)


def aim_at(point: PointAt, tray: int) -> Aim:
    if tray != 4:
        raise DeviceError(LIGHT_NOT_CALIBRATED, f"tray {tray}")
    return Aim(0x8000 + point.x_mm, 0x8000 + point.y_mm)


@asynccontextmanager
async def simulated(protocol: str, tmp_path: Path, *faults: str) -> AsyncIterator[Simulator]:
    listen = f"pty:{tmp_path / protocol}"
    simulator = Simulator(SimulatorOptions(protocol=protocol, listen=listen, faults=faults, seed=3))
    await simulator.open()
    try:
        yield simulator
    finally:
        await simulator.close()


@asynccontextmanager
async def opened(light: Any) -> AsyncIterator[list[Any]]:
    """Everything its line has told; open until the end of the block."""
    heard: list[Any] = []
    light.subscribe(heard.append)
    await light.open()
    try:
        yield heard
    finally:
        await light.close()


@pytest.mark.parametrize("fault", ["", "split_1B", "coalesce=0.02", "garbage_on_open", "delay=0.02"])
def test_a_turning_pointer_lights_the_place_and_is_dark_at_the_end(tmp_path: Path, run: Run, fault: str) -> None:
    async def scenario() -> None:
        async with simulated("dmx", tmp_path, *([fault] if fault else [])) as simulator:
            head = simulator.device.head
            pointer = DmxPointer(DmxConfig(url=simulator.url, timing=QUICK), aim_at)
            async with opened(pointer) as heard:
                await until(lambda: LightLink("pointer", True) in heard)
                await pointer.point_at(PointAt(430, 215), tray=4)
                await until(lambda: head.is_lit)
                assert (head.pan, head.tilt) == (0x8000 + 430, 0x8000 + 215)
                await pointer.point_at(PointAt(10, 20), tray=4)
                await until(lambda: head.is_lit and head.pan == 0x8000 + 10)
            await until(lambda: not head.is_lit)
            assert head.lit_while_moving == 0

    run(scenario())


def test_a_tray_without_calibration_leaves_the_pointer_dark(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with simulated("dmx", tmp_path) as simulator:
            head = simulator.device.head
            pointer = DmxPointer(DmxConfig(url=simulator.url, timing=QUICK), aim_at)
            async with opened(pointer) as heard:
                await until(lambda: LightLink("pointer", True) in heard)
                await pointer.point_at(PointAt(430, 215), tray=4)
                await until(lambda: head.is_lit)
                with pytest.raises(DeviceError, match="L302"):
                    await pointer.point_at(PointAt(430, 215), tray=5)
                await until(lambda: not head.is_lit)

    run(scenario())


def test_a_pulled_plug_is_told_and_the_light_comes_back_dark_first(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with simulated("dmx", tmp_path) as simulator:
            head = simulator.device.head
            pointer = DmxPointer(DmxConfig(url=simulator.url, timing=QUICK), aim_at)
            async with opened(pointer) as heard:
                await until(lambda: LightLink("pointer", True) in heard)
                await pointer.point_at(PointAt(1, 2), tray=4)
                await until(lambda: head.is_lit)
                seen: list[bool] = []
                slots = head.slots
                head.slots = lambda row, now_s: (slots(row, now_s), seen.append(head.is_lit))[0]
                await simulator.line.unplug()
                await until(lambda: heard[-1] == LightLink("pointer", False, "L101"))
                await pointer.point_at(PointAt(3, 4), tray=4)  # returns at once: the line is down
                await simulator.line.plug()
                await until(lambda: head.is_lit and head.pan == 0x8000 + 3)
                assert seen[0] is False
                assert heard[-1] == LightLink("pointer", True)

    run(scenario())


def test_an_interface_that_does_not_answer_is_a_lost_light(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with simulated("dmx", tmp_path, "half_open") as simulator:
            timing = DmxTiming(ping_s=0.05, silence_s=0.3)
            pointer = DmxPointer(DmxConfig(url=simulator.url, timing=timing), aim_at)
            async with opened(pointer) as heard:
                await until(lambda: LightLink("pointer", False, "L102") in heard)
                assert not any(event.is_up for event in heard)
                simulator.plan.turn_off("half_open")
                await until(lambda: LightLink("pointer", True) in heard)

    run(scenario())


@pytest.mark.parametrize("way", ["serial", "udp"])
def test_a_strip_shows_x_and_is_dark_at_the_end(tmp_path: Path, run: Run, way: str) -> None:
    async def scenario() -> None:
        async with simulated("wled", tmp_path) as simulator:
            device = simulator.device
            url = simulator.url if way == "serial" else f"udp://127.0.0.1:{device.udp_port}"
            config = WledConfig(url=url, leds=300, serial="")
            pointer = WledPointer(config, Strip(leds=300, length_mm=3000), spot_mm=30)
            async with opened(pointer) as heard:
                await until(lambda: LightLink("pointer", True) in heard)
                await pointer.point_at(PointAt(1005, 7), tray=1)
                await until(lambda: device.state()["lit"] == [99, 100, 101])
                with pytest.raises(DeviceError, match="L301"):
                    await pointer.point_at(PointAt(3001, 7), tray=1)
                await until(lambda: device.state()["lit"] == [])
                await pointer.point_at(PointAt(5, 7), tray=1)
                await until(lambda: 0 in device.state()["lit"])
            await until(lambda: device.state()["lit"] == [])

    run(scenario())


def test_a_strip_goes_out_by_itself_when_the_station_dies(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with simulated("wled", tmp_path) as simulator:
            device = simulator.device
            pointer = WledPointer(
                WledConfig(url=f"udp://127.0.0.1:{device.udp_port}", leds=300), Strip(leds=300, length_mm=3000), spot_mm=10
            )
            async with opened(pointer) as heard:
                await until(lambda: LightLink("pointer", True) in heard)
                await pointer.point_at(PointAt(5, 5), tray=1)
                await until(lambda: device.state()["lit"] == [0])
                await pointer._line._link.close()  # the thread ends without a word, as in a program that is killed
                await until(lambda: device.state()["lit"] == [])

    run(scenario())


def test_a_controller_that_is_not_there_is_a_lost_light(run: Run) -> None:
    async def scenario() -> None:
        pointer = WledPointer(WledConfig(url="udp://127.0.0.1:9", leds=3), Strip(leds=3, length_mm=30))
        async with opened(pointer) as heard:
            await until(lambda: LightLink("pointer", False, "L101") in heard and pointer.health().reconnects > 1)
            assert not any(event.is_up for event in heard)

    run(scenario())


def test_the_totes_wanted_are_lit_and_the_self_test_shows_all(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with simulated("wled", tmp_path) as simulator:
            device = simulator.device
            lamps = {"T1": LedRange(0, 2), "T2": LedRange(2, 4)}
            totes = WledToteLights(WledConfig(url=simulator.url, leds=300, name="totes", serial=""), lamps)
            async with opened(totes) as heard:
                await until(lambda: LightLink("totes", True) in heard)
                await totes.show({"T1": ""})
                await until(lambda: device.state()["lit"] == [0, 1])
                await totes.show({"T1": "1 pcs", "T2": "3 pcs"})
                await until(lambda: device.state()["lit"] == [0, 1, 2, 3])
                await totes.show({"T2": "3 pcs"})
                await until(lambda: device.state()["lit"] == [2, 3])
                testing = asyncio.create_task(totes.self_test(for_s=0.2))
                await until(lambda: device.state()["lit"] == [0, 1, 2, 3])
                await testing
                await until(lambda: device.state()["lit"] == [2, 3])
                with pytest.raises(DeviceError, match="L303"):
                    await totes.show({"T9": ""})
                await until(lambda: device.state()["lit"] == [])

    run(scenario())


@pytest.mark.parametrize("way", ["pty", "tcp"])
def test_lamps_behind_registers_are_lit_tell_their_keys_and_come_back_with_their_power(
    tmp_path: Path, run: Run, way: str
) -> None:
    async def scenario() -> None:
        listen = f"pty:{tmp_path / 'lamps'}" if way == "pty" else "tcp:0"
        simulator = Simulator(SimulatorOptions(protocol="register-lamps", listen=listen))
        await simulator.open()
        device = simulator.device
        port = PortConfig(name="totes", url=simulator.url, serial=SerialSettings(19200))
        layer = make_layer(port, "auto", timing=ModbusTiming(response_s=0.2, late_s=0.1))
        row = LampRow({"T1": 3, "T2": 4}, LampRegisters(lamp=10, digits=11, key=12))
        totes = RegisterToteLights(
            row, lambda told: RegisterLine(port, layer, link_changed=told), pause=lambda _: asyncio.sleep(0.01)
        )
        async with opened(totes) as heard:
            await until(lambda: heard[-1] == LightLink("totes", True))
            await totes.show({"T1": "5 pcs"})
            assert device.state()["lit"] == [3]
            await totes.show({"T2": "12 pcs"})
            assert (device.state()["lit"], device.state()["digits"]) == ([4], {"4": 12})
            await totes.show({"T1": "5 pcs", "T2": "12 pcs"})
            assert (device.state()["lit"], device.state()["digits"]) == ([3, 4], {"3": 5, "4": 12})
            await until(lambda: set(device.state()["key_reads"]) == {"3", "4"})  # the keys of what shines are looked at
            device.acts()["press_key"]({"unit": 3})
            await until(lambda: heard[-1] == ToteKey("T1"))
            reads = device.state()["key_reads"]["3"]
            await until(lambda: device.state()["key_reads"]["3"] > reads)  # it was let go meanwhile
            device.acts()["press_key"]({"unit": 3})
            await until(lambda: heard[-2:] == [ToteKey("T1"), ToteKey("T1")])
            await totes.show({"T2": "12 pcs"})
            device.acts()["unplug_lamp"]({"unit": 4})
            await until(lambda: heard[-1] == LightLink("totes", False, "L102"))
            assert ToteLampsFailed(frozenset({"T2"})) in heard
            device.acts()["plug_lamp"]({"unit": 4})
            await until(lambda: heard[-1] == LightLink("totes", True))
            assert device.state()["lit"] == [4]
        assert device.state()["lit"] == []
        await simulator.close()

    run(scenario())


def test_a_bar_is_set_up_anew_after_it_was_pulled_out(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with simulated("alpha", tmp_path) as simulator:
            sign = simulator.device.sign
            display = make_display(DisplayConfig(url=simulator.url, protocol="alpha"))
            async with opened(display) as heard:
                await until(lambda: DisplayLink(True) in heard)
                await display.show("C7", "BOLT-M8", live="3 pcs")
                await until(lambda: sign.rows == ("C7 3 pcs", "BOLT-M8"))
                redrawn = sign.redrawn
                await display.show("C7", "BOLT-M8", live="2 pcs")
                await until(lambda: sign.rows == ("C7 2 pcs", "BOLT-M8"))
                assert sign.redrawn == redrawn
                await display.alarm("! 1001")
                await until(lambda: sign.rows == ("! 1001",))
                await simulator.line.unplug()
                await until(lambda: heard[-1] == DisplayLink(False, "L101"))
                sign.feed(b"\x01Z00\x02E$AAU0400FF00\x04", 0.0)  # somebody used it meanwhile
                await display.alarm("")
                await simulator.line.plug()
                await until(lambda: sign.rows == ("C7 2 pcs", "BOLT-M8"))
                await display.clear()
                await until(lambda: sign.rows == ("",))
                assert (sign.wrong_sums, sign.hurried, sign.ignored) == (0, 0, 0)

    run(scenario())


def test_an_alarm_stands_over_the_text_of_a_line_display_too(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with simulated("cd5220", tmp_path) as simulator:
            screen = simulator.device.screen
            display = make_display(DisplayConfig(url=simulator.url))
            async with opened(display) as heard:
                await until(lambda: heard[-1] == DisplayLink(True))
                await display.show("C7", "BOLT-M8", live="3 pcs")
                await until(lambda: screen.rows[0].startswith("C7 3 pcs"))
                await display.alarm("! 1001")
                await display.show("C8", "NUT", live="1")
                await until(lambda: screen.rows == ("! 1001".ljust(20), " " * 20))
                await display.alarm("")
                await until(lambda: screen.rows[0].startswith("C8 1"))
                assert screen.rows[1].startswith("NUT")

    run(scenario())
