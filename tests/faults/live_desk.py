"""The supervisor's desk at the running program: what went otherwise is a case, it is dismissed with a reason and the PIN, the
command has the same figures, the health of the station is shown, and nothing on the page moves the lift."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from station import commands as do
from station.desk.values import STRETCH
from station.exceptions.reading import read_cases
from station.view.desk import DeskFace
from station.view.tray import BayFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_history import SUPERVISOR, take_over
from tests.helpers.live import STATION, Person, live, make_site, simulated_lift
from ui.bootstrap.store import open_reader


def desk(person: Person) -> DeskFace:
    face = person.view.face
    assert isinstance(face, DeskFace), face
    return face


def is_read(view: View) -> bool:
    return isinstance(view.face, DeskFace) and not view.face.wait and view.face.ask is None


def asks(code: str, view: View) -> bool:
    return isinstance(view.face, DeskFace) and getattr(view.face.ask, "code", "") == code


async def take_something_and_hand_over(person: Person) -> None:
    """An operator takes goods without an order and sends the tray back; then a supervisor takes over."""
    await person.sign_on()
    await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "orders")
    await person.take_all_without_order()
    await person.hands.tap("choice_yes")
    await person.until(lambda view: isinstance(view.face, BayFace) and view.face.ask is None, "the tray again")
    await person.hands.tap("action_send_back")
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
    await person.until_lift(lambda state: not state["busy"])
    await take_over(person)


def test_a_supervisor_answers_a_case_and_sees_how_the_station_does(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=50.0) as lift:
        make_site(tmp_path)

        async def play(person: Person) -> None:
            await take_something_and_hand_over(person)
            moved = len(person.motions())
            await person.hands.tap("action_more")
            await person.hands.tap("action_exceptions")
            await person.until(is_read, "the cases")
            shown = desk(person)
            assert shown.cases is not None
            now = datetime.now(UTC)
            with closing(open_reader(tmp_path, STATION)) as reader:
                same = read_cases(reader, first=now - STRETCH, until=now + timedelta(minutes=1))
            assert shown.cases.cases == same.cases
            assert shown.rows, "a pick without an order is a case"
            number = next(place for place, each in enumerate(shown.rows) if each.kind == "without_order")
            event = shown.rows[number].event
            await dismiss(person, number)
            await person.until(lambda view: is_read(view) and answered(view, event), "the case, answered")
            await person.hands.tap("action_back")
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            await person.hands.tap("action_more")
            await person.hands.tap("action_alarms")
            await person.until(is_read, "the alarms")
            health = desk(person).health
            assert health is not None
            assert health.disk is not None
            assert health.disk.store_bytes > 0
            assert health.events > 0
            assert len(person.motions()) == moved, "nothing on the page moves the lift"

        live(tmp_path, lift, play)


def answered(view: View, event: str) -> bool:
    return isinstance(view.face, DeskFace) and any(each.event == event and each.answer == "dismissed" for each in view.face.rows)


async def dismiss(person: Person, number: int) -> None:
    station = person.running.station
    station.give(do.TouchDesk(person.view.token, number))
    await person.until(lambda view: asks("case_steps", view), "what may be done")
    station.give(do.Choose(person.view.token, "dismiss"))
    await person.until(lambda view: asks("why_dismiss", view), "the reason")
    station.give(do.Choose(person.view.token, "case_explained"))
    await person.type_pin_again(SUPERVISOR)
