"""Maintenance at the service page of the running program: it counts what the simulated lift did, and a service is booked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.view.action import Action
from station.view.ask import AskChoice, AskText
from station.view.devices import ByHandRow, DevicesFace
from station.view.view import View
from station.view.wear import WearFace
from station.wear import WearReport
from tests.helpers.live import MAINTENANCE, Device, Person, allows, live, make_site, simulated_lift

TRAY = 12


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path)
        yield device


def asks(code: str) -> Callable[[View], bool]:
    return lambda view: isinstance(ask := getattr(view.face, "ask", None), AskChoice | AskText) and ask.code == code


def result_of(view: View) -> ByHandRow:
    result = view.face.result if isinstance(view.face, DevicesFace) else None
    return result or ByHandRow(verb="", outcome="")


async def by_hand(person: Person, verb: str) -> int:
    """One command on the panel; where the lift's extractor stands at its end, in mm."""
    await person.hands.tap(f"action_{verb}_by_hand")
    if verb == "fetch":
        await person.type_number(str(TRAY))
    await person.until(asks(f"is_it_clear_{verb}"), "whether the opening is clear")
    await person.hands.tap("choice_clear")
    done = ByHandRow(verb=verb, outcome="done", tray=TRAY)
    await person.until(lambda view: replace(result_of(view), at=None) == done, f"{verb} is done")
    state = (await person.ask_lift("state"))["state"]
    return int(state["positions_mm"]["extractor"])


async def report_of(person: Person, wanted: Callable[[WearReport], bool]) -> WearReport:
    def is_shown(view: View) -> bool:
        return isinstance(view.face, WearFace) and view.face.report is not None and wanted(view.face.report)

    face = (await person.until(is_shown, "the figures")).face
    assert isinstance(face, WearFace)
    assert face.report is not None
    return face.report


def test_the_service_page_counts_what_the_lift_did_and_begins_again_after_a_service(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await person.sign_on(MAINTENANCE)
        await person.until(lambda view: allows(view, Action.DEVICES), "the work list")
        await person.hands.tap("action_devices")
        await person.until(lambda view: allows(view, Action.FETCH_BY_HAND), "the panel")
        bay_mm, place_mm = await by_hand(person, "fetch"), await by_hand(person, "store")
        assert bay_mm != place_mm
        await person.hands.tap("action_more")
        await person.hands.tap("action_wear")
        report = await report_of(person, lambda report: bool(report.motions))
        (tray,) = report.trays
        assert (report.motions, tray.tray, tray.cycles) == (2, TRAY, 1)
        assert tray.metres == 2 * abs(place_mm - bay_mm) / 1000
        assert 0 < tray.run_s < 60
        assert {each.measure: each.used for each in report.gauges}["metres"] == tray.metres

        await person.hands.tap("action_book_service")
        await person.until(asks("what_service"), "what was done")
        await person.hands.tap("choice_service")
        await person.until(asks("service_note"), "who did it")
        for letter in "R7":
            await person.hands.tap(f"text_{letter}")
        await person.hands.tap("key_enter")
        await person.until(asks("book_service_now"), "whether all that is right")
        await person.hands.tap("choice_book")
        await person.until_bar("service_booked")
        after = await report_of(person, lambda report: report.service is not None)
        assert (after.motions, after.gauges[0].used, [each.cycles for each in after.trays]) == (0, 0, [1])
        assert after.service is not None
        assert after.service.note == "R7"

    live(tmp_path, lift, play)
