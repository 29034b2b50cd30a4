"""Practice mode on the running program: a first order, and nothing that is real is touched, even where all is named."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import pytest

from station.sample.people import SamplePerson
from station.settings import ScreenSettings
from station.view.sign_on import SignOnFace
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.live import OPERATOR, Person, is_at_work, make_site, simulated_lift
from ui.demo.eyes import Eyes
from ui.demo.hands import Hands
from ui.demo.practice import run_practice
from ui.probe import Probe
from ui.run import Running
from ui.widgets.practice_strip import PracticeStrip


def digest(directory: Path) -> dict[str, str]:
    """Every file of a data directory."""
    files = (each for each in sorted(directory.rglob("*")) if each.is_file() and "machine" not in each.parts)
    return {str(each.relative_to(directory)): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def test_a_first_order_is_practised_and_the_real_store_and_machine_are_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path / "real"
    real.mkdir()
    with simulated_lift(real, speed=100.0) as lift:
        make_site(real)
        monkeypatch.setenv("BAYLIGHT_STATION_DATA", str(real))
        monkeypatch.setenv("BAYLIGHT_MACHINE_URL", lift.url)
        monkeypatch.chdir(real)
        before = digest(real)
        seen: list[str] = []

        async def work(running: Running) -> None:
            probe = Probe(later=asyncio.get_running_loop().call_later)
            eyes = Eyes(running.window, probe)
            person = Person(
                running, eyes, Hands(running.window, eyes=eyes, probe=probe, tap_lock_s=ScreenSettings().tap_lock_s), lift
            )
            try:
                await practise(person, seen)
                assert running.store.directory.resolve() != real.resolve()
                state = (await person.ask_lift("state"))["state"]
                assert state["openings"]["SH1-1"]["tray"] is None
                assert not state["busy"]
            finally:
                probe.close()
                eyes.close()

        run_practice(ScreenSettings(), speed=100.0, work=work)
        assert digest(real) == before
    assert seen == ["PRACTICE"] * len(seen)
    assert len(seen) >= 4


async def practise(person: Person, seen: list[str]) -> None:
    """Sign on, start, scan by the strip, confirm; the strip and the plate are there in each state."""
    who: SamplePerson = OPERATOR
    (strip,) = person.running.window.findChildren(PracticeStrip)

    def look() -> None:
        assert strip.isVisible()
        assert "PRACTICE" in strip.accessibleName()
        seen.append(person.view.simulated)

    await person.until(lambda view: isinstance(view.face, SignOnFace), "the sign-on screen")
    look()
    assert strip.model.ends
    await person.sign_on(who)
    view = await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "orders")
    look()
    assert not strip.model.ends
    assert isinstance(view.face, WorkFace)
    await person.hands.tap(f"order_{view.face.orders[0].order}")
    await person.hands.tap("action_start")
    await person.until(is_at_work, "the tray")
    look()
    flash = person.view.flash
    strip.touch()
    await person.until(lambda view: view.flash > flash or (isinstance(view.face, TaskFace) and view.face.scanned > 0), "the scan")
    if person.view.flash == flash:
        await person.confirm()
        await person.until(lambda view: view.flash > flash, "the booking")
    look()
