"""Recorded input events become codes, whatever layout the computer has; the grab itself where this computer can make a device."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware import us_keyboard
from hardware.config import ConfigError, PortConfig, ScannerConfig
from hardware.devices.evdev_scanner import input_port
from hardware.devices.evdev_scanner.collector import MOST_CHARACTERS, KeyCollector
from hardware.devices.evdev_scanner.driver import EvdevScanner
from hardware.devices.evdev_scanner.events import EV_KEY, PRESSED, RELEASED, EventReader, InputEvent, pack
from hardware.devices.evdev_scanner.input_port import InputPort, open_input
from hardware.devices.evdev_scanner.layer import KeyLayer, TypedCode
from hardware.factory import make_scanner
from hardware.line_layer import Step, Trouble
from hardware.values import ScannerEvent, ScannerLink, ScanRead
from tests.contract.test_small_devices import until

RECORDED = sorted((Path(__file__).parents[2] / "vectors" / "evdev").glob("*.jsonl"))
WITHOUT_SUFFIX = sorted((Path(__file__).parents[2] / "vectors" / "evdev_without_suffix").glob("*.jsonl"))
UINPUT = Path("/dev/uinput")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="input devices of Linux")


def load(path: Path) -> tuple[list[str], list[InputEvent]]:
    head, *lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return head["codes"], [InputEvent(kind, code, value, at_us / 1e6) for at_us, kind, code, value in lines]


def tap(*codes: int) -> list[InputEvent]:
    return [InputEvent(EV_KEY, code, value) for code in codes for value in (PRESSED, RELEASED)]


def collect(events: list[InputEvent]) -> list[str]:
    collector = KeyCollector()
    return [code for event in events if (code := collector.event(event))]


def texts(*steps: Step[TypedCode]) -> list[str]:
    return [each.text for step in steps for each in step.messages if not isinstance(each, Trouble)]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_recorded_events_are_the_codes_that_were_typed(path: Path) -> None:
    codes, events = load(path)
    assert collect(events) == codes


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_events_cut_anywhere_are_the_same_codes(path: Path) -> None:
    codes, events = load(path)
    raw = b"".join(map(pack, events))
    for size in (1, 7, 24, 1000):
        layer = KeyLayer(idle_end_s=0.05)
        layer.opened(0.0)
        steps = [layer.feed(raw[first : first + size], first / 1e5) for first in range(0, len(raw), size)]
        assert texts(*steps) == codes


@pytest.mark.parametrize("path", WITHOUT_SUFFIX, ids=lambda path: path.stem)
def test_scans_without_a_suffix_are_parted_by_their_own_times_however_late_they_are_read(path: Path) -> None:
    codes, events = load(path)
    raw = b"".join(map(pack, events))
    for size in (24, 25, 200, len(raw)):
        layer = KeyLayer(idle_end_s=0.08)
        layer.opened(0.0)
        found: list[str] = []
        for first in range(0, len(raw), size):  # a thread that slept: all of it is read within a moment
            found += texts(layer.feed(raw[first : first + size], 9.0 + first / 1e6))
        assert layer.due_s is not None
        assert [*found, *texts(layer.wake(layer.due_s))] == codes


@given(pieces=st.lists(st.binary(max_size=60), max_size=12))
def test_no_bytes_raise_and_a_code_after_them_is_read(pieces: list[bytes]) -> None:
    layer = KeyLayer(idle_end_s=0.05)
    layer.opened(0.0)
    for number, piece in enumerate(pieces):
        layer.feed(piece, number / 100)
    layer.opened(9.0)  # the device was opened anew: half an event of the old one is gone
    assert texts(layer.feed(b"".join(map(pack, tap(30, 28))), 9.1)) == ["a"]


@given(events=st.lists(st.builds(InputEvent, st.integers(0, 3), st.integers(0, 300), st.integers(0, 3)), max_size=80))
def test_no_events_raise_and_what_they_leave_behind_ends_with_the_silence(events: list[InputEvent]) -> None:
    collector = KeyCollector()
    for event in events:
        collector.event(event)
    for code in us_keyboard.SHIFT_KEYS | us_keyboard.CONTROL_KEYS | us_keyboard.ALT_KEYS:
        collector.event(InputEvent(EV_KEY, code, RELEASED))
    collector.silence()
    assert [collector.event(event) for event in tap(30, 28)] == ["", "", "a", ""]


def test_silence_ends_a_code_of_a_scanner_without_suffix() -> None:
    layer = KeyLayer(idle_end_s=0.05)
    assert layer.due_s is None
    layer.feed(b"".join(map(pack, tap(30, 48))), 1.0)
    assert layer.due_s == 1.05
    assert layer.wake(1.04).messages == ()
    assert texts(layer.wake(1.05)) == ["ab"]
    assert layer.due_s is None


def test_a_spoilt_code_ends_with_the_silence_too() -> None:
    layer = KeyLayer(idle_end_s=0.05)
    layer.feed(b"".join(map(pack, tap(30, 86))), 1.0)
    assert layer.wake(1.05).messages == ()
    assert texts(layer.feed(b"".join(map(pack, tap(48, 28))), 2.0)) == ["b"]


def test_an_endless_code_is_dropped_whole() -> None:
    assert collect(tap(*[30] * (MOST_CHARACTERS + 1), 28, 48, 28)) == ["b"]


def test_every_printable_character_of_a_us_keyboard_has_its_key() -> None:
    shown = {us_keyboard.character(key, is_shifted=shift) for key in range(128) for shift in (False, True)}
    assert shown - {""} == {chr(code) for code in range(0x20, 0x7F)}


def test_half_an_event_is_kept_until_its_rest_comes() -> None:
    reader, raw = EventReader(), pack(InputEvent(EV_KEY, 30, PRESSED, 1.5))
    assert reader.feed(raw[:5]) == ()
    assert reader.feed(raw[5:]) == (InputEvent(EV_KEY, 30, PRESSED, 1.5),)


# --- the driver -------------------------------------------------------------------------------------------------------


class Plug:
    """What stands for the device: a pipe for each opening. `keys` writes to the one that is open."""

    def __init__(self) -> None:
        self.is_in = True
        self.opened = 0
        self._writer = -1

    def open(self, config: PortConfig) -> InputPort:
        if not self.is_in:
            raise FileNotFoundError(errno.ENOENT, "no such device", config.url)
        reader, self._writer = os.pipe()
        os.set_blocking(reader, False)
        self.opened += 1
        return InputPort(reader, config.url)

    def keys(self, *codes: int) -> None:
        os.write(self._writer, b"".join(map(pack, tap(*codes))))

    def pull(self) -> None:
        self.is_in = False
        os.close(self._writer)


async def _opened(plug: Plug, name: str, heard: list[Any]) -> EvdevScanner:
    scanner = EvdevScanner(ScannerConfig(url="/dev/input/by-id/none", name=name, protocol="evdev"), opener=plug.open)
    scanner.subscribe(heard.append)
    await scanner.open()
    await until(lambda: ScannerLink(name, True) in heard)
    return scanner


@linux_only
def test_codes_name_their_scanner_also_when_two_type_at_once() -> None:
    async def scenario() -> None:
        left, right, heard = Plug(), Plug(), list[Any]()
        scanners = [await _opened(left, "left", heard), await _opened(right, "right", heard)]
        for one, other in ((30, 48), (31, 49), (28, 28)):  # key by key in turns
            left.keys(one)
            right.keys(other)
        await until(lambda: len([each for each in heard if isinstance(each, ScanRead)]) == 2)
        assert {(each.text, each.source) for each in heard if isinstance(each, ScanRead)} == {("as", "left"), ("bn", "right")}
        for scanner, plug in zip(scanners, (left, right), strict=True):
            await scanner.close()
            plug.pull()

    asyncio.run(scenario())


@linux_only
def test_a_code_that_somebody_cannot_take_is_not_in_what_the_loop_says_of_it() -> None:
    """It may have been a badge, and what the loop says goes into the log."""

    def refuse(event: ScannerEvent) -> None:
        if isinstance(event, ScanRead):
            raise ValueError("no such code")

    async def scenario() -> dict[str, Any]:
        said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        asyncio.get_running_loop().set_exception_handler(lambda _, context: said.put_nowait(context))
        plug = Plug()
        scanner = await _opened(plug, "hand", [])
        scanner.subscribe(refuse)
        plug.keys(30, 48, 28)
        async with asyncio.timeout(5):
            context = await said.get()
        await scanner.close()
        plug.pull()
        return context

    context = asyncio.run(scenario())
    assert repr(context["exception"]) == "ValueError('no such code')"
    assert "'ab'" not in repr(context)


@linux_only
def test_a_pulled_scanner_is_told_and_comes_back_by_its_path() -> None:
    async def scenario() -> None:
        plug, heard = Plug(), list[Any]()
        scanner = await _opened(plug, "hand", heard)
        plug.keys(30)
        plug.pull()
        await until(lambda: ScannerLink("hand", False, "L101") in heard)
        plug.is_in = True
        await until(lambda: plug.opened == 2 and heard[-1] == ScannerLink("hand", True))
        plug.keys(48, 28)
        await until(lambda: any(isinstance(each, ScanRead) for each in heard))
        assert [each.text for each in heard if isinstance(each, ScanRead)] == ["b"]  # not with the "a" of before
        assert all(b"b" not in frame.data for frame in scanner.frames())  # it may have been a badge
        await scanner.close()
        plug.pull()

    asyncio.run(scenario())


@linux_only
def test_a_device_that_another_program_holds_is_said_to_be_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.EBUSY, "grabbed")

    monkeypatch.setattr(input_port, "_grab", refuse)
    device = tmp_path / "event"
    device.touch()

    async def scenario() -> None:
        heard: list[Any] = []
        scanner = make_scanner(ScannerConfig(url=str(device), name="hand", protocol="evdev"))
        scanner.subscribe(heard.append)
        await scanner.open()
        await until(lambda: ScannerLink("hand", False, "L104") in heard)
        await scanner.close()

    asyncio.run(scenario())


@pytest.mark.parametrize(("platform", "url"), [("win32", "/dev/input/event3"), ("linux", "COM3")], ids=["windows", "serial"])
def test_what_is_no_input_device_of_linux_is_refused_before_the_start(
    monkeypatch: pytest.MonkeyPatch, platform: str, url: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(ConfigError, match=r"Linux|/dev/input"):
        make_scanner(ScannerConfig(url=url, protocol="evdev"))


# --- the grab itself --------------------------------------------------------------------------------------------------

UI_SET_EVBIT, UI_SET_KEYBIT, UI_DEV_CREATE, UI_DEV_DESTROY = 0x40045564, 0x40045565, 0x5501, 0x5502
UI_DEV_SETUP, UI_GET_SYSNAME = 0x405C5503, 0x8040552C


@pytest.mark.skipif(not os.access(UINPUT, os.W_OK), reason="no /dev/uinput here: the grab itself was not tried")
def test_a_grabbed_keyboard_types_for_us_alone() -> None:
    import fcntl
    import struct

    keyboard = os.open(UINPUT, os.O_WRONLY | os.O_NONBLOCK)
    fcntl.ioctl(keyboard, UI_SET_EVBIT, EV_KEY)
    for code in (28, 30):
        fcntl.ioctl(keyboard, UI_SET_KEYBIT, code)
    fcntl.ioctl(keyboard, UI_DEV_SETUP, struct.pack("@HHHH80sI", 3, 1, 1, 1, b"baylight test scanner", 0))
    fcntl.ioctl(keyboard, UI_DEV_CREATE)
    name = fcntl.ioctl(keyboard, UI_GET_SYSNAME, bytes(64)).rstrip(b"\0").decode()
    device = "/dev/input/" + next(Path("/sys/devices/virtual/input", name).glob("event*")).name
    other = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    port = open_input(PortConfig(name="hand", url=device))
    os.write(keyboard, b"".join(map(pack, [*tap(30, 28), InputEvent(0, 0, 0)])))
    layer = KeyLayer(idle_end_s=0.05)
    assert texts(layer.feed(port.read(None), 0.0)) == ["a"]
    with pytest.raises(BlockingIOError):
        os.read(other, 24)
    port.close()
    os.close(other)
    fcntl.ioctl(keyboard, UI_DEV_DESTROY)
    os.close(keyboard)
