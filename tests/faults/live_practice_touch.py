"""Practice by touch at a running bay: begun and left with fingers, taken away by an alarm, and the record knows nothing of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from station.sample.people import SAMPLE_PEOPLE
from station.view.message import Level
from station.view.sign_on import SignOnFace
from station.view.work import WorkFace
from tests.helpers.live import PATIENCE_S, Person, is_at_work, live, make_site, simulated_lift
from ui.demo.eyes import Eyes
from ui.demo.hands import Hands
from ui.probe import Probe
from ui.view_models.practice_offer import BEGIN, PracticeOffer
from ui.widgets.practice_strip import PracticeStrip

WHO = SAMPLE_PEOPLE[1]
BOOKED = {"picked", "placed", "counted", "line_closed", "signed_on", "motion_intended"}


async def begun(person: Person) -> tuple[Person, Eyes, Probe]:
    """Touch Practice; whoever works in it, once its first view is on the glass."""
    glass = person.running.practice
    assert glass is not None
    shown = asyncio.Event()
    glass.shown.connect(shown.set)
    await person.hands.tap(BEGIN)
    async with asyncio.timeout(PATIENCE_S):
        await shown.wait()
    assert glass.over is not None
    probe = Probe(later=asyncio.get_running_loop().call_later)
    eyes = Eyes(glass.over, probe)
    hands = Hands(glass.over, eyes=eyes, probe=probe, tap_lock_s=0.1)
    return Person(person.running, eyes, hands, person.lift), eyes, probe


def leave(eyes: Eyes, probe: Probe) -> None:
    """He looks at this window no longer: it is about to go."""
    probe.close()
    eyes.close()


async def calm(person: Person) -> None:
    await person.until(
        lambda view: isinstance(view.face, SignOnFace) and view.lights[0].light == "good" and view.bar.level is Level.NOTE,
        "a calm bay",
    )


def test_practice_is_begun_and_left_by_touch_and_taken_away_by_the_machine(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path)
        left: list[Path] = []

        async def play(person: Person) -> None:
            glass = person.running.practice
            assert glass is not None
            await calm(person)
            newcomer, eyes, probe = await begun(person)
            await newcomer.until(lambda view: isinstance(view.face, SignOnFace), "the sign-on screen of practice")
            (strip,) = glass.over.findChildren(PracticeStrip)
            left.append(glass._directory)
            assert strip.isVisible()
            assert "PRACTICE" in strip.accessibleName()
            assert not person.hands.can_touch(BEGIN)  # the real window is behind
            leave(eyes, probe)
            strip.touch()
            assert glass.over is None
            assert (await person.ask_lift("state"))["state"]["openings"]["SH1-1"]["tray"] is None
            await calm(person)
            newcomer, eyes, probe = await begun(person)
            left.append(glass._directory)
            newcomer.hands.scan(WHO.badge)  # keys reach one station only
            await newcomer.until(lambda view: getattr(view.face, "step", "") == "pin", "the PIN keypad")
            for digit in WHO.pin:
                await newcomer.hands.tap(f"pin_{digit}")
            await newcomer.hands.tap("pin_enter")
            view = await newcomer.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "orders")
            assert isinstance(view.face, WorkFace)
            await newcomer.hands.tap(f"order_{view.face.orders[0].order}")
            await newcomer.hands.tap("action_start")
            await newcomer.until(is_at_work, "the tray")
            await newcomer.confirm()
            await newcomer.until(lambda view: view.flash > 0, "the booking of practice")
            leave(eyes, probe)
            await person.ask_lift("unplug")
            await person.until(lambda view: view.lights[0].light != "good", "the machine is not there")
            assert glass.over is None
            assert person.running.window._offer is PracticeOffer.BAY
            await person.until_written()
            assert not BOOKED & set(person.kinds())

        live(tmp_path, lift, play, offers_practice=True)
        assert not any(each.exists() for each in left)
