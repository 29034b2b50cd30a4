"""The supervisor's desk: who may open it, what may be done about a case, with whose PIN, and what the record has of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from db.records.people import PinConfirmed
from db.records.record import Record
from db.records.review import CaseAnswered
from db.records.stock import Corrected
from station import commands as do
from station.view.desk import DeskFace
from station.view.sign_on import PinAgainFace
from tests.helpers.sample import BOLT, JONAS, MACHINE, MARA, place
from tests.helpers.world import World


def at_desk(*records: Record, person: str = JONAS.person, show: str = "cases") -> World:
    world = World()
    world.sign_on(person)
    world.settle()
    for record in records:
        world.store.append([record], operator=MARA.person).result()
    world.give(do.OpenDesk(show))
    world.settle()
    return world


def corrected(delta: int = -3) -> Corrected:
    spot = place(4, "C7")
    at: dict[str, Any] = {"machine": MACHINE, "tray": spot.tray, "compartment": "C7", "visit": 1, "item": BOLT.code}
    return Corrected(**at, remaining=1, delta=delta, reason="empty")


def face_of(world: World) -> DeskFace:
    face = world.view().face
    assert isinstance(face, DeskFace)
    return face


def written(world: World, kind: type[Record]) -> list[dict[str, Any]]:
    return [json.loads(row.body)["data"] for row in world.store.log if row.kind == kind.kind]


def touch(world: World, command: do.Command) -> None:
    world.give(command)
    world.settle()


def test_an_operator_does_not_open_it() -> None:
    world = at_desk(person=MARA.person)
    assert not isinstance(world.view().face, DeskFace)
    assert world.view().bar.error == "O590"


def test_a_case_is_dismissed_with_a_reason_and_the_pin() -> None:
    world = at_desk(corrected())
    assert [each.kind for each in face_of(world).rows] == ["correction"]
    touch(world, do.TouchDesk(world.state.token, 0))
    touch(world, do.Choose(world.state.token, "dismiss"))
    touch(world, do.Choose(world.state.token, "case_explained"))
    assert isinstance(world.view().face, PinAgainFace)
    assert written(world, CaseAnswered) == []
    world.prove()
    world.settle()
    ((answer),) = written(world, CaseAnswered)
    assert (answer["step"], answer["reason"]) == ("dismissed", "case_explained")
    assert [each["act"] for each in written(world, PinConfirmed)] == ["case_answer"]
    assert [each.answer for each in face_of(world).rows] == ["dismissed"]


def test_back_leads_out_of_the_reason_then_out_of_the_case_then_to_the_work() -> None:
    world = at_desk(corrected())
    touch(world, do.TouchDesk(world.state.token, 0))
    touch(world, do.Choose(world.state.token, "dismiss"))
    touch(world, do.Back(world.state.token))
    ask = face_of(world).ask
    assert ask is not None
    assert ask.code == "case_steps"
    touch(world, do.Back(world.state.token))
    assert face_of(world).ask is None
    touch(world, do.ClosePage())
    assert not isinstance(world.view().face, DeskFace)


def test_a_kind_filters_the_list() -> None:
    world = at_desk(corrected())
    touch(world, do.FilterDesk(world.state.token))
    touch(world, do.Choose(world.state.token, "correction"))
    assert (face_of(world).kind, len(face_of(world).rows)) == ("correction", 1)


@pytest.mark.parametrize("show", ["alarms", "health", "told"])
def test_the_alarms_the_health_and_the_tellings_are_one_page(show: str) -> None:
    world = at_desk(show=show)
    face = face_of(world)
    assert (face.show, face.wait, face.health is not None) == (show, "", True)
