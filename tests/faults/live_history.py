"""A tray's past at the running program: a supervisor sees it as it was before the pick, has it proven and exported while the lift
stands still, and signs his review."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from station import commands as do
from station.sample_site import SAMPLE_PEOPLE
from station.values import Role
from station.view.history import HistoryFace
from station.view.tray import BayFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import Person, live, make_site, simulated_lift

SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)


def history(person: Person) -> HistoryFace:
    face = person.view.face
    assert isinstance(face, HistoryFace), face
    return face


def shows_tray(view: View) -> bool:
    return isinstance(view.face, HistoryFace) and view.face.map is not None and not view.face.wait


def held(face: HistoryFace) -> dict[tuple[str, str], int]:
    return {(each.compartment, each.key.item): each.quantity for each in face.stock}


async def take_over(person: Person) -> None:
    """The supervisor signs on at the locked screen."""
    person.running.station.give(do.LockScreen())
    await person.until(lambda view: type(view.face).__name__ == "LockedFace", "the locked screen")
    person.hands.scan(SUPERVISOR.badge)
    await person.until(lambda view: getattr(view.face, "step", "") == "pin", "the PIN keypad")
    for digit in SUPERVISOR.pin:
        await person.hands.tap(f"pin_{digit}")
    await person.hands.tap("pin_enter")
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")


def test_a_supervisor_sees_proves_exports_and_signs_the_past_of_a_tray(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=50.0) as lift:
        make_site(tmp_path)

        async def play(person: Person) -> None:
            await person.sign_on()
            await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "orders")
            place = await person.take_all_without_order()
            await person.hands.tap("choice_yes")
            await person.until(lambda view: isinstance(view.face, BayFace) and view.face.ask is None, "the tray again")
            await person.hands.tap("action_send_back")
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            await person.until_lift(lambda state: not state["busy"])
            await take_over(person)
            moved = len(person.motions())
            await person.hands.tap("action_more")
            await person.hands.tap("action_history")
            view = await person.until(lambda view: isinstance(view.face, HistoryFace) and bool(view.face.trays), "the map")
            person.running.station.give(do.HistoryTray(view.token, place.tray))
            await person.until(shows_tray, "the tray as it is")
            now = held(history(person))
            while history(person).index > 0 and held(history(person)) == now:
                index = history(person).index
                person.running.station.give(do.SlideHistory(person.view.token, index - 1))
                await person.until(lambda view, at=index: shows_tray(view) and view.face.index != at, "an earlier moment")  # type: ignore[misc]
            assert place.compartment in {compartment for compartment, _ in held(history(person))}
            assert place.compartment in history(person).changed
            person.running.station.give(do.SlideHistory(person.view.token, history(person).total))
            await person.until(lambda view: shows_tray(view) and view.face.index == view.face.total, "now")  # type: ignore[union-attr]
            stays = history(person).custody.stays
            assert any(each.called_by and each.arrived_at for each in stays)
            await prove_and_export(person)
            await sign(person, place.tray)
            assert len(person.motions()) == moved, "nothing on the page moves the lift"

        live(tmp_path, lift, play)


async def prove_and_export(person: Person) -> None:
    person.running.station.give(do.ProveHistory(person.view.token))
    await person.until(lambda view: isinstance(view.face, HistoryFace) and view.face.proof is not None, "the proof")
    proof = history(person).proof
    assert proof is not None
    assert proof.is_right
    assert proof.shown > 0
    person.running.station.give(do.ExportHistory(person.view.token))
    view = await person.until_bar("history_exported")
    made = Path(str(view.bar.params["name"]))
    await asyncio.to_thread(proven_elsewhere, made)


def proven_elsewhere(made: Path) -> None:
    """By the verifier that lies beside the events, which knows nothing of this program."""
    done = subprocess.run([sys.executable, "-I", "verifier.py"], cwd=made, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["ok"], done.stderr
    assert {"events.jsonl", "events.csv", "summary.pdf"} <= {each.name for each in made.iterdir()}


async def sign(person: Person, tray: int) -> None:
    station = person.running.station
    station.give(do.AskHistory(person.view.token, "review"))
    await person.until(lambda view: getattr(view.face, "ask", None) is not None, "the note")
    station.give(do.EnterText(person.view.token, "ALL AS IT SHOULD BE"))
    await person.until(lambda view: getattr(getattr(view.face, "ask", None), "code", "") == "history_sign_off", "the question")
    station.give(do.Choose(person.view.token, "sign"))
    await person.type_pin_again(SUPERVISOR)
    await person.until_bar("history_reviewed")
    (row,) = person.running.store.events(kinds=("review_signed",))
    data = json.loads(row.body)["data"]
    assert (data["tray"], data["proof"], data["note"]) == (tray, "proven", "ALL AS IT SHOULD BE")
