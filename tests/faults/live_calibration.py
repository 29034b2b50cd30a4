"""The pointer is taught by touch on the running program, at a simulated head; where its light lands, this page's own trigonometry
says."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from station.calibration_file import FILE_NAME
from station.settings import PointerSettings
from station.view.action import Action
from station.view.calibration import CalibrationFace
from station.view.devices import DevicesFace
from station.view.sign_on import SignOnFace
from station.view.tray_map import CellState, TrayMap
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import MAINTENANCE, PATIENCE_S, Device, Person, allows, ask, live, make_site, simulated, simulated_lift

TRAY = 12
HEAD_MM = (1225.0, -300.0, 2000.0)  # it hangs before the tray's middle and looks straight down
PAN_DEG, TILT_DEG = 540.0, 270.0
MOST, MIDDLE = 0xFFFF, 0x8000
WIDTHS = (16, 128, 1024)  # units that an arrow turns, as the buttons stand


@dataclass(frozen=True)
class Bay:
    lift: Device
    head: Device

    @property
    def pointer(self) -> PointerSettings:
        return PointerSettings(protocol="dmx", url=self.head.url, pan_deg=PAN_DEG, tilt_deg=TILT_DEG, settle_s=0.8)

    async def state(self) -> dict[str, Any]:
        return dict((await ask(self.head, "state"))["state"])

    async def until_head(self, *, lit: bool, not_at: tuple[int, int] | None = None) -> tuple[int, int]:
        """Until the head shines, and no more there, or is dark; where it stands then."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                state = await self.state()
                stands = (int(state["pan"]), int(state["tilt"]))
                if state["lit"] is lit and stands != not_at:
                    return stands


@pytest.fixture
def bay(tmp_path: Path) -> Iterator[Bay]:
    with simulated_lift(tmp_path, speed=50.0) as lift, simulated(tmp_path, "dmx") as head:
        make_site(tmp_path)
        yield Bay(lift, head)


def lands_mm(pan: int, tilt: int) -> tuple[float, float]:
    """Where the beam of a head that looks down meets the tray."""
    turned = math.radians((pan - MIDDLE) / MOST * PAN_DEG)
    away_mm = HEAD_MM[2] * math.tan(math.radians((tilt - MIDDLE) / MOST * TILT_DEG))
    return HEAD_MM[0] + away_mm * math.cos(turned), HEAD_MM[1] + away_mm * math.sin(turned)


def aim_for(x_mm: float, y_mm: float) -> tuple[int, int]:
    right_mm, away_mm = x_mm - HEAD_MM[0], y_mm - HEAD_MM[1]
    turned, tilted = math.atan2(away_mm, right_mm), math.atan2(math.hypot(right_mm, away_mm), HEAD_MM[2])
    return MIDDLE + round(math.degrees(turned) / PAN_DEG * MOST), MIDDLE + round(math.degrees(tilted) / TILT_DEG * MOST)


def face_of(view: View) -> CalibrationFace:
    assert isinstance(view.face, CalibrationFace), view.face
    return view.face


def is_at(view: View, step: str) -> bool:
    return isinstance(view.face, CalibrationFace) and view.face.step == step


async def begin(person: Person) -> None:
    """From sign-on to the first place of the tray."""
    await person.sign_on(MAINTENANCE)
    await person.until(lambda view: allows(view, Action.DEVICES), "the work list")
    await person.hands.tap("action_devices")
    await person.until(lambda view: isinstance(view.face, DevicesFace) and bool(view.face.devices), "the panel")
    await person.until(lambda view: allows(view, Action.CALIBRATE), "a pointer that answers")
    await person.hands.tap("action_calibrate")
    await person.type_number(str(TRAY))
    await person.until(lambda view: is_at(view, "height"), "the tray")
    await person.type_number("0")
    await person.until(lambda view: is_at(view, "teaching"), "the first place")


async def turn_onto(person: Person, bay: Bay, x_mm: int, y_mm: int) -> None:
    """Touch arrows and look, until the light stands on the mark as well as the finest of them can."""
    stands, wanted = await bay.until_head(lit=True), aim_for(x_mm, y_mm)
    while any(round((wanted[axis] - stands[axis]) / WIDTHS[0]) for axis in (0, 1)):
        await touch_arrows(person, stands, wanted)
        stands = await bay.until_head(lit=True, not_at=stands)
    assert math.dist(lands_mm(*stands), (x_mm, y_mm)) < 6


async def touch_arrows(person: Person, stands: tuple[int, int], wanted: tuple[int, int]) -> None:
    """Coarse, then finer: as often as it takes from where the light was seen."""
    at = list(stands)
    for number in (2, 1, 0):
        await person.hands.tap(f"by_{number}")
        for axis, (less, more) in enumerate((("turn_left", "turn_right"), ("turn_down", "turn_up"))):
            times = round((wanted[axis] - at[axis]) / WIDTHS[number])
            for _ in range(abs(times)):
                await person.hands.tap(more if times > 0 else less)
            at[axis] += times * WIDTHS[number]


async def teach(person: Person, bay: Bay) -> CalibrationFace:
    """All six places; the face that judges them."""
    for number in range(1, 7):
        here = await person.until(lambda view, number=number: is_at(view, "teaching") and is_now(view, number), f"place {number}")
        mark = face_of(here).now
        assert mark is not None
        await turn_onto(person, bay, mark.x_mm, mark.y_mm)
        await person.hands.tap("action_on_mark")
    judged = await person.until(lambda view: not is_at(view, "teaching"), "the verdict")
    return face_of(judged)


def is_now(view: View, number: int) -> bool:
    mark = face_of(view).now
    return mark is not None and mark.number == number


def target_mm(shown: TrayMap | None) -> tuple[float, float]:
    assert shown is not None
    (cell,) = (each for each in shown.cells if each.state is CellState.TARGET)
    return cell.x_mm + cell.width_mm / 2, cell.y_mm + cell.depth_mm / 2


def test_a_pick_is_lit_where_six_places_were_taught_by_touch(tmp_path: Path, bay: Bay) -> None:
    async def play(person: Person) -> None:
        await begin(person)
        judged = await teach(person, bay)
        assert judged.step == "judged", judged
        assert judged.limit_mm is not None
        assert max(judged.checks_mm) < judged.limit_mm
        await bay.until_head(lit=False)
        await person.hands.tap("action_accept_level")
        await person.until(lambda view: is_at(view, "saved"), "what was taught, saved")
        assert (tmp_path / FILE_NAME).is_file()

        for _ in range(2):
            await person.hands.tap("action_back")
            await person.until(lambda view: isinstance(view.face, DevicesFace | WorkFace), "the way back")
        await person.until(lambda view: allows(view, Action.SIGN_OFF), "the work list")
        await person.hands.tap("action_sign_off")
        await person.until(lambda view: isinstance(view.face, SignOnFace), "nobody here")
        assert not (await bay.state())["lit"]
        await person.start_first_order()
        task = await person.until_at_work()
        lit_mm = lands_mm(*await bay.until_head(lit=True))
        assert math.dist(lit_mm, target_mm(task.map)) < judged.limit_mm
        assert (await bay.state())["lit_while_moving"] == 0

    live(tmp_path, bay.lift, play, pointer=bay.pointer)


def test_an_emergency_stop_makes_it_dark_and_keeps_nothing(tmp_path: Path, bay: Bay) -> None:
    async def play(person: Person) -> None:
        await begin(person)
        await bay.until_head(lit=True)
        await person.ask_lift("e_stop", on=True)
        await person.until_bar("e_stop")
        await bay.until_head(lit=False)
        await person.ask_lift("e_stop", on=False)
        await person.ask_lift("reset")
        await person.until_bar("calibrate_ended_machine_stopped")
        assert not (await bay.state())["lit"], "it comes back at the reset"
        assert face_of(person.view).step == "ended"
        assert len(person.motions()) == 1
        assert (await bay.state())["lit_while_moving"] == 0

    live(tmp_path, bay.lift, play, pointer=bay.pointer)
    assert not (tmp_path / FILE_NAME).exists()
