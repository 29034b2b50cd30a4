"""What is wanted reaches each light in its order, a refusal is told, and after the end nothing shines."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from hardware.errors import LIGHT_NOT_CALIBRATED, LIGHT_NOT_FITTED, DeviceError
from hardware.values import Aim, LightLink, PointAt
from station.core.bay_lights import DARK, BayLights, BayText, LitPlace, LitTote
from station.core.inputs import LightRefused
from station.lights import Fitted, Lights

PLACE, OTHER = LitPlace(4, PointAt(50, 100)), LitPlace(5, PointAt(9, 9))
TOTE = LitTote("T7", "3 pcs")
TEXT = BayText("C7", "BOLT", "5 pcs")


@dataclass
class Lamp:
    """Pointer, tote lamps and display in one; `refuses` is the code it answers with."""

    told: list = field(default_factory=list)
    refuses: str = ""

    async def open(self):
        self.told.append("open")

    async def close(self):
        self.told.append("close")

    def subscribe(self, listener):
        listener(LightLink("pointer", True))
        return lambda: self.told.append("unsubscribed")

    async def point_at(self, point, *, tray):
        self._do((point, tray))

    async def dark(self):
        self.told.append("dark")

    async def aim_at(self, aim):
        self.told.append(aim)

    async def self_test(self):
        self.told.append("all")

    async def alarm(self, text):
        self.told.append(text)

    async def show(self, what, lower="", *, live=""):
        """Lamps by their position, or the two lines of a text display."""
        if isinstance(what, dict):
            self._do(*what.items())
        else:
            self.told.append((what, live, lower))

    async def clear(self):
        self.told.append("clear")

    def _do(self, what):
        self.told.append(what)
        if self.refuses:
            raise DeviceError(self.refuses, "no")


def live(*wanted, pointer=None, teachable=None, totes=None, display=None):
    """Follow all this; what was fed back."""
    fed = []

    async def whole():
        tasks = []
        lights = Lights(
            Fitted(pointer, teachable, totes, display), fed.append, lambda work, name: tasks.append(asyncio.ensure_future(work))
        )
        await lights.open()
        for each in wanted:
            lights.follow(each)
        await asyncio.gather(*tasks)
        await lights.close()
        lights.follow(BayLights(place=OTHER, totes=(TOTE,), alarm="! 1"))

    asyncio.run(whole())
    return [each for each in fed if not isinstance(each, LightLink)]


def test_each_light_is_told_what_changed_and_dark_at_the_end():
    pointer, totes, display = Lamp(), Lamp(), Lamp()
    wanted = (BayLights(place=PLACE, totes=(TOTE,)), BayLights(place=PLACE), BayLights(alarm="! 1001"), BayLights(place=OTHER))
    assert live(*wanted, pointer=pointer, totes=totes, display=display) == []
    assert pointer.told == ["open", (PLACE.point, 4), "dark", (OTHER.point, 5), "unsubscribed", "close"]
    assert totes.told == ["open", ("T7", "3 pcs"), "dark", "unsubscribed", "close"]
    assert display.told == ["! 1001", "", "", "clear"]


def test_while_it_is_taught_it_stands_where_it_is_turned_and_is_dark_after_that():
    pointer, aim = Lamp(), Aim(1, 2)
    live(BayLights(aim=aim), BayLights(aim=aim), BayLights(place=PLACE), DARK, pointer=pointer, teachable=pointer)
    assert pointer.told[1:4] == [aim, (PLACE.point, 4), "dark"]


def test_the_text_is_shown_changed_and_cleared_in_its_order():
    display, more = Lamp(), replace(TEXT, live="4 pcs")
    live(BayLights(text=TEXT), BayLights(text=more), BayLights(text=more), DARK, BayLights(text=TEXT), display=display)
    assert display.told == [("C7", "5 pcs", "BOLT"), ("C7", "4 pcs", "BOLT"), "clear", ("C7", "5 pcs", "BOLT"), "", "clear"]


def test_a_slow_display_gets_no_text_between_the_packets_of_another_and_none_after_the_end():
    display, tasks = Lamp(), []
    gate = asyncio.Event()

    async def show(upper, lower, *, live=""):
        display.told.append("begun")
        await gate.wait()
        display.told.append("shown")

    display.show = show

    async def whole():
        lights = Lights(Fitted(display=display), lambda fed: None, lambda work, name: tasks.append(asyncio.ensure_future(work)))
        await lights.open()
        for each in (BayLights(text=TEXT), DARK, BayLights(text=TEXT)):
            lights.follow(each)
        await asyncio.sleep(0)
        closing = asyncio.ensure_future(lights.close())
        await asyncio.sleep(0)
        assert display.told == ["begun"]
        gate.set()
        await asyncio.gather(closing, *tasks)

    asyncio.run(whole())
    assert display.told == ["begun", "shown", "", "clear"]


def test_an_alarm_is_not_left_behind():
    display = Lamp()
    live(BayLights(alarm="! 1001"), display=display)
    assert display.told == ["! 1001", "", "clear"]


def test_an_alarm_is_taken_away_though_its_end_still_waited_for_a_slow_display():
    display, tasks = Lamp(), []

    async def whole():
        lights = Lights(Fitted(display=display), lambda fed: None, lambda work, name: tasks.append(asyncio.ensure_future(work)))
        await lights.open()
        lights.follow(BayLights(alarm="! 1001"))
        await asyncio.sleep(0)
        lights.follow(DARK)
        await lights.close()
        await asyncio.gather(*tasks)

    asyncio.run(whole())
    assert display.told[-2:] == ["", "clear"]


def test_a_display_that_hangs_does_not_hold_up_the_end(monkeypatch):
    monkeypatch.setattr("station.lights.PARTING_S", 0.05)
    display, lamp, tasks = Lamp(), Lamp(), []

    async def show(upper, lower, *, live=""):
        await asyncio.Event().wait()

    display.show = show

    async def whole():
        lights = Lights(
            Fitted(totes=lamp, display=display), lambda fed: None, lambda work, name: tasks.append(asyncio.create_task(work))
        )
        await lights.open()
        lights.follow(BayLights(text=TEXT))
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await lights.close()
        for task in tasks:
            task.cancel()

    asyncio.run(whole())
    assert lamp.told[-1] == "close"


def test_the_same_again_is_told_once():
    pointer = Lamp()
    live(BayLights(place=PLACE), BayLights(place=PLACE), DARK, DARK, pointer=pointer)
    assert pointer.told[1:3] == [(PLACE.point, 4), "dark"]
    assert pointer.told[3:] == ["unsubscribed", "close"]


def test_a_place_that_cannot_be_lit_is_fed_back_until_one_can():
    pointer = Lamp(refuses=LIGHT_NOT_CALIBRATED)
    assert live(BayLights(place=PLACE), DARK, pointer=pointer) == [LightRefused("pointer", "L302")]


@pytest.mark.parametrize("code", [LIGHT_NOT_CALIBRATED, LIGHT_NOT_FITTED])
def test_a_destination_that_is_no_tote_here_is_no_fault(code):
    fed = live(BayLights(totes=(TOTE,)), totes=Lamp(refuses=code))
    assert fed == ([] if code == LIGHT_NOT_FITTED else [LightRefused("totes", code)])


@pytest.mark.parametrize(("wanted", "told"), [(BayLights(totes=(TOTE,)), ("T7", "3 pcs")), (DARK, "dark")])
def test_after_the_lamps_were_tried_they_show_what_is_wanted_by_then(wanted, told):
    totes = Lamp()

    async def whole():
        tasks = []
        lights = Lights(Fitted(totes=totes), lambda fed: None, lambda work, name: tasks.append(asyncio.ensure_future(work)))
        await lights.open()
        trying = asyncio.ensure_future(lights.try_totes())
        lights.follow(wanted)
        await asyncio.gather(trying, *tasks)
        assert totes.told[-1] == told
        await lights.close()
        await Lights(Fitted(), lambda fed: None, lambda work, name: None).try_totes()

    asyncio.run(whole())
    assert totes.told.count("all") == 1


def test_what_was_wanted_before_the_lights_were_open_is_shown_then():
    pointer, tasks = Lamp(), []

    async def whole():
        lights = Lights(Fitted(pointer), lambda fed: None, lambda work, name: tasks.append(asyncio.ensure_future(work)))
        lights.follow(BayLights(place=PLACE))
        assert tasks == []
        await lights.open()
        await asyncio.gather(*tasks)

    asyncio.run(whole())
    assert pointer.told == ["open", (PLACE.point, 4)]
