"""The station is killed while a tray stands at the bay with an open line: the line comes back, and nobody confirmed it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from station.view.action import Action
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.live import Person, allows, asks_whether_empty, live, make_site, simulated_lift
from tests.helpers.tours import environment

STATION_AT_WORK = """
import asyncio, json, os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from tests.helpers.live import Device, live
async def play(person):
    await person.start_first_order()
    face = await person.until_at_work()
    await person.until_written()
    print(json.dumps([face.order, face.line_no, face.tray, face.compartment]), flush=True)
    await asyncio.Event().wait()
live(Path(sys.argv[1]), Device(**json.loads(sys.argv[2])), play)
"""


# Takes all that lies in a compartment, without an order, and dies while it is asked whether the compartment is empty.
STATION_ASKING = """
import asyncio, json, os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from tests.helpers.live import Device, live
async def play(person):
    await person.sign_on()
    place = await person.take_all_without_order()
    await person.until_written()
    print(json.dumps([place.tray, place.compartment]), flush=True)
    await asyncio.Event().wait()
live(Path(sys.argv[1]), Device(**json.loads(sys.argv[2])), play)
"""


def work_until_killed(directory: Path, lift: str, script: str = STATION_AT_WORK) -> list[str | int]:
    """What the station said of its work just before it died."""
    command = [sys.executable, "-c", script, str(directory), lift]
    station = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())
    assert station.stdout is not None
    with station.stdout as lines:
        said = lines.readline()
        station.kill()
    assert station.wait() == -9
    line: list[str | int] = json.loads(said)
    return line


def test_open_line_is_shown_again_and_not_confirmed(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path)
        open_line = work_until_killed(tmp_path, json.dumps({"pid": lift.pid, "url": lift.url, "control": lift.control}))

        async def play(person: Person) -> None:
            await person.sign_on()
            shown = await person.until(lambda view: isinstance(view.face, TaskFace) and bool(view.face.offers), "the open line")
            assert not allows(shown, Action.CONFIRM), "nobody has seen yet that the tray is still there"
            await person.until(lambda view: allows(view, Action.FETCH_AGAIN), "the touch that lights the tray again")
            await person.hands.tap("action_fetch_again")
            face = await person.until_at_work()
            assert [face.order, face.line_no, face.tray, face.compartment] == open_line
            assert "picked" not in person.kinds()
            assert "line_closed" not in person.kinds()
            assert len(person.motions()) == 1, "the tray was fetched again"
            flash = person.view.flash
            await person.confirm()
            await person.until(lambda view: view.flash > flash, "the booking")
            assert person.kinds().count("picked") == 1

        live(tmp_path, lift, play)


def test_the_question_whether_it_is_empty_is_asked_again(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path)
        device = json.dumps({"pid": lift.pid, "url": lift.url, "control": lift.control})
        place = work_until_killed(tmp_path, device, STATION_ASKING)

        async def play(person: Person) -> None:
            assert person.kinds().count("picked") == 1
            await person.sign_on()
            await person.until(lambda view: allows(view, Action.FETCH_AGAIN), "the touch that lights the tray again")
            await person.hands.tap("action_fetch_again")
            asked = await person.until(asks_whether_empty, "the question")
            assert isinstance(asked.face, TaskFace)
            assert [asked.face.tray, asked.face.compartment] == place
            await person.hands.tap("choice_yes")
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            assert person.kinds().count("picked") == 1
            assert person.kinds().count("counted") == 1
            assert person.running.store.zero_checks("VLM1") == ()

        live(tmp_path, lift, play)
