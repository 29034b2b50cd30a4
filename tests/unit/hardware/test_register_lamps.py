"""Tote lamps behind registers: one lit at a time, dark first, read back, and known only when each has answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from hardware.devices.register_lamps.driver import RegisterToteLights
from hardware.devices.register_lamps.lamps import LampRegisters, LampRow
from hardware.errors import LINE_NO_ANSWER, DeviceError
from hardware.modbus.replies import Refusal, Registers, Reply, Written
from hardware.modbus.requests import ReadRegisters, Request, WriteRegister
from hardware.values import LightLink, LineHealth

LAMPS = {"T1": 3, "T2": 4, "T3": 9}
REGISTERS = LampRegisters(lamp=10, on=2, off=0, digits=11)


class Bus:
    """Three lamps on a line, with a clock that only turns when the test says so. `written` is every write in its order."""

    def __init__(self, link_changed: Callable[[bool, str], None]) -> None:
        self.link_changed = link_changed
        self.cells = {(unit, address): 7 for unit in LAMPS.values() for address in (10, 11)}
        self.written: list[tuple[int, int, int]] = []
        self.mute: set[int] = set()
        self.refusing: set[int] = set()
        self.is_open = False
        self.asked = 0
        self.tried: list[tuple[int, int | None]] = []  # units and what they were to be told, None for a question
        self.is_slow = False  # a mute lamp holds the line up until `given_up`
        self.given_up = asyncio.Event()
        self.waits_for = 0
        self.changed = asyncio.Event()

    async def open(self) -> None:
        self.is_open = True
        self.link_changed(True, "")

    async def close(self) -> None:
        self.is_open = False

    async def ask(self, unit: int, request: Request) -> Reply:
        await asyncio.sleep(0)
        self.asked += 1
        self.tried.append((unit, getattr(request, "value", None)))
        if unit in self.mute:
            self.waits_for = unit
            self.changed.set()
            if self.is_slow:
                await self.given_up.wait()
                self.given_up.clear()
            raise DeviceError(LINE_NO_ANSWER, "mute")
        if unit in self.refusing:
            return Refusal(2)
        match request:
            case WriteRegister(address, value):
                self.cells[unit, address] = value
                self.written.append((unit, address, value))
                self.changed.set()
                return Written()
            case ReadRegisters(_, address, _):
                return Registers((self.cells[unit, address],))
        raise TypeError(request)

    async def stands_at(self, unit: int) -> None:
        async with asyncio.timeout(5):
            while self.waits_for != unit:
                self.changed.clear()
                await self.changed.wait()

    async def shines(self, units: list[int]) -> None:
        async with asyncio.timeout(5):
            while self.lit != units:
                self.changed.clear()
                await self.changed.wait()

    def frames(self, most: int = 30) -> tuple[Any, ...]:
        return ()

    def health(self) -> LineHealth:
        return LineHealth(name="totes", url="")

    @property
    def lit(self) -> list[int]:
        return [unit for unit in LAMPS.values() if self.cells[unit, 10] == 2]


class Looks:
    """The driver's pauses: each look at the lamps is let go by the test."""

    def __init__(self) -> None:
        self._gate = asyncio.Event()
        self._paused = asyncio.Event()
        self._is_free = False

    async def pause(self, seconds: float) -> None:
        self._paused.set()
        await self._gate.wait()
        if not self._is_free:
            self._gate.clear()
        await asyncio.sleep(0)

    def let_go(self) -> None:
        """No pause takes time any more."""
        self._is_free = True
        self._gate.set()

    async def turn(self, times: int = 1) -> None:
        async with asyncio.timeout(5):
            for _ in range(times):
                await self._paused.wait()
                self._paused.clear()
                self._gate.set()
            await self._paused.wait()


def live(day: Callable[[Any, Bus, Looks, list[LightLink]], Any]) -> Bus:
    async def whole() -> Bus:
        looks, heard, made = Looks(), [], []

        def make(link_changed: Callable[[bool, str], None]) -> Bus:
            made.append(Bus(link_changed))
            return made[0]

        lights = RegisterToteLights(LampRow(LAMPS, REGISTERS), make, pause=looks.pause)
        lights.subscribe(lambda told: heard.append(told) if isinstance(told, LightLink) else None)
        await lights.open()
        try:
            await day(lights, made[0], looks, heard)
        finally:
            await lights.close()
        return made[0]

    return asyncio.run(whole())


def test_all_are_dark_first_and_up_when_each_has_answered() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        assert bus.written == [(3, 10, 0), (4, 10, 0), (9, 10, 0)]
        assert heard == [LightLink("totes", False, "L101"), LightLink("totes", True)]

    live(day)


def test_one_is_lit_at_a_time_the_old_one_dark_before_the_new_one_with_its_quantity() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        await lights.show({"T1": ""})
        bus.written.clear()
        await lights.show({"T2": "12 pcs"})
        assert bus.written == [(3, 10, 0), (4, 11, 12), (4, 10, 2)]
        assert bus.lit == [4]
        bus.written.clear()
        await lights.show({"T1": ""})  # whichever comes first in the row
        assert bus.written == [(4, 10, 0), (3, 11, 0), (3, 10, 2)]
        await lights.show({"T2": "11 pcs"})
        assert bus.cells[4, 11] == 11
        bus.written.clear()
        await lights.show({"T2": "11 pcs"})
        assert bus.written == []

    assert live(day).lit == []


def test_a_lamp_that_lost_its_power_is_written_again() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        await lights.show({"T2": ""})
        bus.cells[4, 10] = 0
        await looks.turn(4)
        assert bus.lit == [4]

    live(day)


@pytest.mark.parametrize(("trouble", "code"), [("mute", "L102"), ("refusing", "L304")])
def test_a_lamp_that_does_not_obey_is_told_and_tried_again(trouble: str, code: str) -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        getattr(bus, trouble).add(4)
        await lights.show({"T2": ""})
        assert heard[-1] == LightLink("totes", False, code)
        assert bus.lit == []
        getattr(bus, trouble).clear()
        await looks.turn()
        assert bus.lit == [4]
        assert heard[-1] == LightLink("totes", True)

    live(day)


def test_a_lamp_that_has_failed_holds_up_nobody_who_waits() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        await lights.show({"T1": ""})
        bus.mute.add(3)
        await lights.show({"T2": ""})  # T1 cannot be told to be dark any more
        asked = bus.asked
        await lights.show({"T3": ""})
        assert bus.asked == asked + 3  # T2 dark, T3 without digits and lit, and no word to T1
        bus.mute.clear()
        await looks.turn()
        assert bus.lit == [9]

    live(day)


def test_dark_waits_for_one_dead_lamp_at_most_however_many_there_are() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        await lights.show({"T3": ""})
        bus.mute |= {3, 4}
        bus.cells[3, 10] = bus.cells[4, 10] = 2  # somebody lit them by hand, and then they died
        await looks.turn(3)  # each has been asked in its turn and has failed
        bus.is_slow = True
        bus.tried.clear()
        looks.let_go()
        await bus.stands_at(3)
        going_dark = asyncio.create_task(lights.dark())
        await asyncio.sleep(0)
        bus.given_up.set()
        await going_dark
        bus.is_slow = False
        bus.given_up.set()
        assert bus.cells[9, 10] == 0
        at = bus.tried.index((9, 0))
        assert len([unit for unit, _ in bus.tried[:at] if unit in bus.mute]) == 1

    live(day)


def test_dark_on_a_new_line_waits_for_the_first_dead_lamp_and_leaves_the_others_to_the_next_look() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        bus.link_changed(False, "L101")
        bus.link_changed(True, "")
        bus.mute |= {3, 4}
        bus.tried.clear()
        await lights.dark()
        assert bus.tried == [(3, 0)]
        bus.tried.clear()
        await looks.turn()
        assert bus.tried[:3] == [(4, 0), (9, 0), (3, 0)], "what is known to be dead comes last"

    live(day)


def test_a_light_on_a_new_line_waits_for_no_lamp_of_which_nothing_is_known() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        bus.link_changed(False, "L101")
        bus.link_changed(True, "")
        bus.mute |= {3, 4}
        bus.tried.clear()
        await lights.show({"T3": ""})
        assert bus.tried == [(9, 0), (9, 2), (3, 0)], "the others are left to the next look"

    live(day)


def test_a_lamp_that_was_lit_before_the_line_was_lost_is_told_to_be_dark_before_the_next_is_lit() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        await lights.show({"T2": ""})
        bus.link_changed(False, "L101")
        bus.link_changed(True, "")
        bus.mute |= {3, 4}
        bus.tried.clear()
        await lights.show({"T3": ""})
        assert bus.tried == [(4, 0), (9, 0), (9, 2), (3, 0)]

    live(day)


def test_the_end_of_the_program_tells_every_lamp_of_which_nothing_is_known() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        bus.link_changed(False, "L101")
        bus.link_changed(True, "")
        bus.mute |= {3, 4}
        bus.tried.clear()

    assert live(day).tried == [(3, 0), (4, 0), (9, 0)]


def test_a_lamp_that_is_silent_at_its_quantity_is_not_asked_for_its_light() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        bus.mute.add(4)
        bus.tried.clear()
        await lights.show({"T2": "5"})
        assert bus.tried == [(4, 5)]

    live(day)


def test_a_lost_line_is_told_and_everything_is_written_anew_after_it() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        await lights.show({"T1": ""})
        bus.link_changed(False, "L101")
        assert heard[-1] == LightLink("totes", False, "L101")
        await lights.show({"T3": ""})  # returns at once
        assert bus.lit == [3]
        bus.written.clear()
        bus.link_changed(True, "")
        await looks.turn(2)
        assert bus.written == [(3, 10, 0), (4, 10, 0), (9, 11, 0), (9, 10, 2)]
        assert heard[-1] == LightLink("totes", True)

    live(day)


def test_the_self_test_shows_all_and_then_what_was_lit() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        await lights.show({"T3": ""})
        bus.written.clear()
        testing = asyncio.create_task(lights.self_test())
        await bus.shines([3, 4, 9])
        looks.let_go()
        await testing
        assert bus.lit == [9]

    live(day)


def test_a_place_without_a_lamp_is_refused_and_dark() -> None:
    async def day(lights: Any, bus: Bus, looks: Looks, heard: list[LightLink]) -> None:
        await looks.turn()
        await lights.show({"T1": ""})
        with pytest.raises(DeviceError, match="L303"):
            await lights.show({"T9": ""})
        assert bus.lit == []

    live(day)


@pytest.mark.parametrize("lamps", [{"T1": 0}, {"T1": 248}, {"T1": 5, "T2": 5}])
def test_units_that_cannot_be_are_refused(lamps: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="unit of its own"):
        LampRow(lamps, REGISTERS)


@pytest.mark.parametrize("wrong", [{"lamp": 70000}, {"on": 0}, {"digits": 10}])
def test_registers_that_cannot_be_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="lit differs"):
        LampRegisters(**{"lamp": 10, **wrong})


@pytest.mark.parametrize(
    ("quantity", "digits"),
    [("24", 24), ("24 pcs", 24), ("65535", 65535), ("70000", 0), ("2.5", 0), ("0.5 m", 0), ("1,5 kg", 0), ("12 000", 0), ("", 0)],
)
def test_digits_show_a_whole_number_that_fits_or_nothing(quantity: str, digits: int) -> None:
    row = LampRow(LAMPS, REGISTERS)
    row.want({"T1": quantity})
    assert [
        (each.unit, each.request) for unit in row.due() for each in row.writes(unit) if each.request == WriteRegister(11, digits)
    ] == [(3, WriteRegister(11, digits))]
