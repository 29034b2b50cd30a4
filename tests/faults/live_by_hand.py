"""Maintenance at the machine panel of the running program: figures, frames, an export, one command by hand, and a curtain."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.recording import read_recording
from station.sample_site import SAMPLE_MACHINE
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.devices import ByHandRow, DevicesFace
from station.view.view import View
from tests.helpers.live import MAINTENANCE, Device, Person, allows, live, make_site, simulated_lift

TRAY = 12


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path)
        yield device


def on_panel(is_so: Callable[[DevicesFace], bool]) -> Callable[[View], bool]:
    return lambda view: isinstance(view.face, DevicesFace) and is_so(view.face)


def ended_as(row: ByHandRow) -> Callable[[DevicesFace], bool]:
    return lambda face: face.result is not None and replace(face.result, at=None) == row


def asks(code: str) -> Callable[[View], bool]:
    return on_panel(lambda face: isinstance(face.ask, AskChoice) and face.ask.code == code)


async def open_panel(person: Person) -> DevicesFace:
    await person.sign_on(MAINTENANCE)
    await person.until(lambda view: allows(view, Action.DEVICES), "the work list")
    await person.hands.tap("action_devices")
    view = await person.until(on_panel(lambda face: bool(face.devices)), "the panel")
    assert isinstance(view.face, DevicesFace)
    return view.face


def test_the_lines_figures_are_shown_and_its_frames_are_exported(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        face = await open_panel(person)
        machine = (face.devices or ())[0]
        assert (machine.name, machine.health.is_up, machine.health.errors) == (SAMPLE_MACHINE, True, 0)
        assert machine.health.round_trips > 0
        await person.hands.tap("action_status_by_hand")
        await person.until(on_panel(ended_as(ByHandRow(verb="status", outcome="answers"))), "the answer")
        await person.hands.tap(f"device_{SAMPLE_MACHINE}")
        await person.until(on_panel(lambda face: any(row.is_sent for row in face.frames)), "frames")
        await person.hands.tap("action_export_frames")
        said = await person.until_bar("frames_exported")
        exported.append(Path(str(said.bar.params["path"])))

    exported: list[Path] = []
    live(tmp_path, lift, play)
    (file,) = exported
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert any(frame.data.startswith(b"61|ping") for frame in read_recording(file.read_text()).frames)


def test_a_tray_comes_by_hand_only_after_the_opening_was_said_to_be_clear(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await open_panel(person)
        await person.hands.tap("action_fetch_by_hand")
        await person.type_number(str(TRAY))
        asked = await person.until(asks("is_it_clear_fetch"), "whether the opening is clear")
        assert isinstance(asked.face, DevicesFace)
        assert isinstance(asked.face.ask, AskChoice)
        assert asked.face.ask.params["tray"] == TRAY
        assert person.motions() == []
        await person.hands.tap("choice_clear")
        done = ByHandRow(verb="fetch", outcome="done", tray=TRAY)
        await person.until(on_panel(ended_as(done)), "the tray")
        (intent,) = person.motions()
        assert json.loads(intent)["data"]["tray"] == TRAY
        await person.until_lift(lambda state: state["openings"]["SH1-1"]["tray"] == TRAY)

        await person.hands.tap("action_store_by_hand")
        await person.until(asks("is_it_clear_store"), "whether the opening is clear")
        await person.ask_lift("e_stop", on=True)
        await person.until_bar("e_stop")
        await person.hands.tap("choice_clear")
        await person.until(on_panel(lambda face: face.ask is None), "the panel again")
        await person.ask_lift("e_stop", on=False)
        await person.ask_lift("reset")
        await person.until(lambda view: view.bar.code != "e_stop", "the end of the stop")
        assert len(person.motions()) == 1, "it moved at the reset"
        assert not allows(person.view, Action.CONFIRM)

    live(tmp_path, lift, play)
