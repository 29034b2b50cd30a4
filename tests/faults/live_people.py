"""People at the running program: an administrator adds one by touch, who chooses her own PIN; alone before goods for two she
releases them in an emergency, and a supervisor reads that until he refuses it, which has the compartment counted."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from db.records.files import Imported
from db.store import Store
from station import commands as do
from station.sample.people import SamplePerson
from station.sample_site import SAMPLE_PEOPLE
from station.two_person_settings import TwoPersonSettings
from station.values import Role
from station.view.people import PeopleFace
from station.view.sign_on import PinAgainFace, SignOnFace
from station.view.tray import BayFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import STATION, Person, live, make_site, simulated_lift

ADMINISTRATOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.ADMINISTRATOR)
SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)
NORA = SamplePerson("NORA", "BLB-77001", "849261", Role.OPERATOR)


def for_two(directory: Path) -> None:
    """Everything on the site is moved by two persons."""
    make_site(directory)
    with closing(Store.open(directory, station=STATION)) as store:
        items = [replace(each, two_person=True) for each in store.items()]
        told = Imported(what="item", file="items.csv", sha256="0" * 64, rows=len(items), rejected=0)
        store.import_items(items, told).result()


def asks(code: str, view: View) -> bool:
    return getattr(getattr(view.face, "ask", None), "code", "") == code


async def add_nora(person: Person) -> None:
    await person.sign_on(ADMINISTRATOR)
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
    await person.hands.tap("action_more")
    await person.hands.tap("action_people")
    await person.until(lambda view: isinstance(view.face, PeopleFace) and len(view.face.members) == 5, "the people")
    await person.hands.tap("action_people_add")
    await person.until(lambda view: asks("people_name", view), "the name")
    for letter in NORA.name:
        await person.hands.tap(f"text_{letter}")
    await person.hands.tap("key_enter")
    await person.until(lambda view: asks("people_new_role", view), "the role")
    await person.hands.tap("choice_operator")
    await person.until(lambda view: asks("people_new_language", view), "the language")
    await person.hands.tap("choice_station")
    await person.until(lambda view: asks("people_new_badge", view), "the badge")
    person.hands.scan(NORA.badge)
    await person.until(lambda view: asks("people_new_sure", view), "the question")
    await person.hands.tap("choice_yes")
    await person.type_pin_again(ADMINISTRATOR)
    await person.until_bar("people_done_add")
    (row,) = person.running.store.events(kinds=("pin_confirmed",))
    assert json.loads(row.body)["data"]["act"] == "person_added"
    await person.hands.tap("action_back")
    await person.hands.tap("action_back")
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")


async def type_pin(person: Person, pin: str) -> None:
    for digit in pin:
        await person.hands.tap(f"pin_{digit}")
    await person.hands.tap("pin_enter")


async def leave(person: Person) -> None:
    person.running.station.give(do.SignOff())
    await person.until(lambda view: isinstance(view.face, SignOnFace) and view.face.step == "badge", "the sign-on screen")


async def first_sign_on(person: Person) -> None:
    """She chooses her PIN herself, and nobody else ever knew one."""
    await leave(person)
    person.hands.scan(NORA.badge)
    await person.until_bar("choose_own_pin")
    await type_pin(person, NORA.pin)
    await person.until(lambda view: isinstance(view.face, SignOnFace) and view.face.step == "again", "the same once more")
    await type_pin(person, NORA.pin)
    await person.until(lambda view: isinstance(view.face, WorkFace) and view.operator is not None, "the work list")
    assert "pin_chosen" in person.kinds()


async def release_alone(person: Person) -> None:
    """Nobody is there for the second badge; the reason releases the goods."""
    stock = person.running.store.stock()
    places = [each.place for each in stock]
    plain = [each for each in stock if not each.key.serial and not each.key.lot and places.count(each.place) == 1]
    least = next(each for each in plain if _is_whole(person, each.key.item) and each.quantity > 1)
    await person.hands.tap("action_call_tray")
    await person.type_number(str(least.place.tray))
    await person.until(lambda view: isinstance(view.face, BayFace) and view.face.is_here, "the called tray")
    person.running.station.give(do.SelectCompartment(person.view.token, least.place.compartment))
    await person.until(lambda view: getattr(view.face, "selected", "") == least.place.compartment, "the compartment")
    await person.hands.tap("action_direct_pick")
    await person.type_number("1")
    await person.until(lambda view: asks("why_direct", view), "the reason")
    await person.hands.tap("choice_urgent_need")
    await person.until_at_work()
    await person.confirm()
    await person.until(lambda view: isinstance(view.face, PinAgainFace) and view.face.step == "badge", "the second badge")
    await person.hands.tap("action_nobody_here")
    await person.until(lambda view: asks("absent", view), "how it goes on")
    await person.hands.tap("choice_emergency")
    await person.until(lambda view: asks("why_emergency", view), "the reason")
    await person.hands.tap("choice_emergency_line_stands")
    await person.until(lambda view: isinstance(view.face, BayFace) and view.face.ask is None, "the tray again")
    await person.hands.tap("action_send_back")
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
    await person.until_lift(lambda state: not state["busy"])


def _is_whole(person: Person, code: str) -> bool:
    item = person.running.store.item(code)
    return item is not None and not (item.decimals or item.access or item.lot_tracked or item.serial_tracked or item.packs)


async def answer(person: Person) -> None:
    """The supervisor reads it at once, and does not answer for it."""
    await leave(person)
    await person.sign_on(SUPERVISOR)
    await person.until_bar("emergency_waits")
    await person.hands.tap("action_more")
    await person.hands.tap("action_approvals")
    await person.until(lambda view: isinstance(view.face, PeopleFace) and bool(view.face.approvals), "what waits")
    await person.hands.tap("approval_0")
    await person.until(lambda view: asks("people_approval", view), "the question")
    await person.hands.tap("choice_refuse")
    await person.type_pin_again(SUPERVISOR)
    await person.until(lambda view: isinstance(view.face, PeopleFace) and not view.face.approvals, "nothing more")
    kinds = person.kinds()
    assert kinds.index("emergency_released") < kinds.index("picked") < kinds.index("approval_refused")
    assert "compartment_due" in kinds
    assert person.running.store.counts_due("VLM1")


def test_a_new_person_chooses_her_pin_and_what_she_releases_alone_is_answered_for(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=50.0) as lift:
        for_two(tmp_path)

        async def play(person: Person) -> None:
            await add_nora(person)
            await first_sign_on(person)
            await release_alone(person)
            await answer(person)
            told = "".join(row.body for row in person.running.store.events(limit=None))
            assert NORA.pin not in told
            assert NORA.badge not in told

        live(tmp_path, lift, play, two_person=TwoPersonSettings(emergency="on"))
