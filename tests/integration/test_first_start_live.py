"""The first start on the running program: cut off in the middle, gone on with, and the station that comes out of it."""

from __future__ import annotations

import asyncio
import logging
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from station.first_start import progress
from station.first_start.draft import Step
from station.first_start.pages import Page, Trial
from station.scan_form import GROUP_SEPARATOR
from station.scan_forms import FILE, ScanForms
from station.settings import ScreenSettings, Settings
from station.settings_file import load_settings
from station.teach_scanner import LABEL
from station.view.sign_on import SignOnFace
from tests.helpers.newcomer import Newcomer
from tests.helpers.typing_scanner import TypingScanner
from ui.bootstrap.first_start import is_wanted
from ui.demo.eyes import Eyes
from ui.demo.hands import Hands
from ui.demo.trial import with_own_machine
from ui.first_start import FirstStarting, FirstStartOptions, run_first_start
from ui.probe import Probe
from ui.run import Running, RunOptions, run_station

BADGE, PIN, NAME = "Q7-551", "918273", "Ann-Lena Köhl"
QUICK = ScreenSettings(tap_lock_s=0.1, sounds="off", accessibility="off")


async def until_the_scanner_is_taught(running: FirstStarting) -> None:
    """Language to scanner; then the power goes."""
    person = Newcomer(running)
    await person.until_page(Page.LANGUAGE)
    await person.tap("choice_de")
    await person.go_on(Page.SCREEN)
    await person.tap("choice_156")
    await person.tap("choice_larger")
    await person.go_on(Page.STATION)
    for _ in person.state.entry:
        await person.tap("sign_erase")
    await person.type("B-7")
    await person.go_on(Page.MACHINE)
    await person.tap("choice_trial")
    await person.go_on(Page.MACHINE_TRY)
    await person.try_it()
    assert person.state.trial is Trial.GOOD, person.state
    await person.go_on(Page.SCANNER)
    await person.go_on(Page.SCANNER_TEACH)
    person.scan(TypingScanner().scan(LABEL))
    await person.until(lambda state: state.taught is not None, "the label")
    await person.go_on(Page.POINTER)


async def until_the_end(running: FirstStarting) -> None:
    """From the light on; the station is started."""
    person = Newcomer(running)
    await person.until_page(Page.POINTER)
    await person.go_on(Page.SITE)
    await person.tap("first_later")
    await person.until_page(Page.ADMIN_NAME)
    await person.type(NAME)
    await person.go_on(Page.ADMIN_BADGE)
    person.scan(TypingScanner(has_aim_id=False).scan(BADGE))
    await person.until(lambda state: bool(state.badge), "the badge")
    await person.go_on(Page.ADMIN_PIN)
    await person.type_pin(PIN)
    await person.go_on(Page.ADMIN_AGAIN)
    await person.type_pin(PIN)
    await person.go_on(Page.DONE)
    await person.tap("first_go_on")
    await running.closed.wait()


async def sign_on(running: Running) -> None:
    probe = Probe(later=asyncio.get_running_loop().call_later)
    eyes = Eyes(running.window, probe)
    hands = Hands(running.window, eyes=eyes, probe=probe, tap_lock_s=0.1)
    try:
        await eyes.until(lambda view: isinstance(view.face, SignOnFace), "the sign-on screen", patience_s=60)
        hands.scan(BADGE)
        await eyes.until(lambda view: getattr(view.face, "step", "") == "pin", "the PIN", patience_s=60)
        for digit in PIN:
            await hands.tap(f"pin_{digit}")
        await hands.tap("pin_enter")
        view = await eyes.until(lambda view: view.operator is not None, "signed on", patience_s=60)
        assert view.operator is not None
        assert (view.operator.name, view.operator.language, view.simulated) == (NAME, "de", "SIMULATED")
    finally:
        probe.close()
        eyes.close()


def test_a_new_station_is_set_up_by_touch_and_signs_its_administrator_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = tmp_path / "station.toml"
    data = tmp_path / "data"
    begun = Settings(screen=QUICK)
    with caplog.at_level(logging.DEBUG):
        assert is_wanted(data, begun)
        options = FirstStartOptions(directory=data, config=config, settings=begun, work=until_the_scanner_is_taught)
        assert not run_first_start(options)
        assert progress.done_of(data) is Step.SCANNER
        settings = replace(load_settings(config, {}), screen=replace(QUICK, diagonal_in=15.7))
        assert (settings.station.language, settings.station.name) == ("de", "B-7")
        assert load_settings(config, {}).screen.diagonal_in == 15.7
        assert ScanForms(data / FILE).of("wedge").gs == GROUP_SEPARATOR
        assert is_wanted(data, settings)
        assert run_first_start(replace(options, settings=settings, work=until_the_end))
        assert not is_wanted(data, settings)
        with with_own_machine(settings, data) as ready:
            run_station(RunOptions(directory=data, settings=ready, ballast_bytes=1 << 16, work=sign_on))
    told = caplog.text + "".join(logging.Formatter().format(each) for each in caplog.records)
    assert not [each for each in (PIN, BADGE, NAME) if each in told]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and not path.name.startswith("store.db")]
    assert [path.name for path in files if PIN.encode() in path.read_bytes() or BADGE.encode() in path.read_bytes()] == []
    assert all(not stat.S_IMODE(path.stat().st_mode) & 0o007 for path in (config, data / progress.FILE))
