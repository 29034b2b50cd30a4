"""Hand-made Views of the page of people: the list, a person, who may what, failed sign-ons, approvals, the questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.rules.absent import REASONS
from station.staff.page import At
from station.task import Mode, Task
from station.values import (
    Approval,
    Guarded,
    Member,
    PeopleChange,
    Person,
    Place,
    Refusal,
    RightsReview,
    Role,
    StockKey,
)
from station.view.action import Action
from station.view.ask import AskChoice, AskText, Choice
from station.view.message import Level, Message
from station.view.people import PeopleFace
from station.view.sign_on import PinAgainFace, SignOnFace
from station.view.view import View
from tests.helpers.faces import BOLT, GLUE, NOW, OPERATOR, offers, view, work_views

QUESTION = offers(Action.BACK, Action.LOCK)
ON_LIST = offers(Action.BACK, Action.PEOPLE_FIND, Action.PEOPLE_ADD, Action.PEOPLE_RIGHTS, Action.PEOPLE_SIGN_ONS, Action.LOCK)


def member(person: str, name: str, role: Role, *rights: str, pin: str = "set", **more: object) -> Member:
    who = Person(person=person, name=name, role=role, rights=rights, language=str(more.pop("language", "")))
    plain = Member(
        person=who,
        has_badge=True,
        pin=pin,
        pin_until=NOW + timedelta(hours=20) if pin == "open" else None,
        is_locked=False,
        failures=0,
        heard_at=NOW - timedelta(minutes=3),
        offline_days=0,
    )
    return replace(plain, **more)


MEMBERS = (
    member(OPERATOR.person, "Mara Keller", Role.OPERATOR, "gold", language="de"),
    member("p_2", "Jonas Weber", Role.SUPERVISOR, "depart_from_rule", "gold"),
    member("p_3", "Elif Demir", Role.MAINTENANCE, pin="open"),
    member("p_4", "Paul Lorenz", Role.ADMINISTRATOR),
    member("p_5", "Ines Navarro-Fernández", Role.OPERATOR, is_locked=True, failures=10, language="es"),
)
NAMES = {each.person.person: each.person.name for each in MEMBERS}
RIGHTS = (Guarded(right="gold", items=12, trays=1), Guarded(right="poison", items=3, compartments=4))
CHANGES = (
    PeopleChange(at=NOW - timedelta(minutes=40), kind="rights_changed", person="p_2", by="p_4", detail="depart_from_rule gold"),
    PeopleChange(at=NOW - timedelta(days=2), kind="role_changed", person="p_2", by="p_4", detail="supervisor"),
)
REVIEW = RightsReview(at=NOW - timedelta(days=31), by="p_2", note="ALL AS AGREED", count=2, changes=CHANGES)
REFUSALS = (
    Refusal(seq=91, at=NOW - timedelta(minutes=2), kind="person_unlocked", person="p_5", reason="", act="", by="p_2"),
    Refusal(seq=90, at=NOW - timedelta(minutes=4), kind="sign_on_refused", person="p_5", reason="locked", act="", by=""),
    Refusal(seq=88, at=NOW - timedelta(minutes=5), kind="pin_refused", person="p_2", reason="wrong_pin", act="approval", by=""),
    Refusal(seq=80, at=NOW - timedelta(hours=30), kind="sign_on_refused", person="", reason="unknown_badge", act="", by=""),
)
PENDING = Approval(
    epoch="e",
    seq=71,
    why="pending",
    kind="picked",
    person=OPERATOR.person,
    machine="VLM1",
    tray=47,
    compartment="C7",
    item=BOLT.code,
    lot="",
    serial="",
    quantity=24,
    order="SO-48213",
    line="3",
    reason="",
    since=NOW - timedelta(minutes=50),
)
RELEASED = replace(
    PENDING, seq=70, why="emergency", kind="emergency_released", compartment="A2", item=GLUE.code, quantity=2, reason=REASONS[1]
)
TASK = Task(
    mode=Mode.PICK,
    order="SO-48213",
    line="3",
    number=1,
    line_no=1,
    line_count=1,
    item=BOLT,
    key=StockKey(item=BOLT.code),
    place=Place("VLM1", 47, "C7"),
    quantity=24,
    line_asked=24,
)


def _face(at: At, **more: object) -> PeopleFace:
    plain = PeopleFace(at=at, total=len(MEMBERS), names=NAMES, may_change=True, offers=ON_LIST)
    return replace(plain, **more)  # type: ignore[arg-type]  # by the names of its fields


def staff_views() -> Iterator[tuple[str, View]]:
    """The page of people by name of the View."""
    yield "people", view(_face(At.LIST, members=MEMBERS), Message("people_list"))
    found = _face(At.LIST, members=MEMBERS[1:2], search="WEB")
    yield "people_found", view(found, Message("people_list"))
    may = ("approve_stock", "unlock", "tray_page", "history", "late")
    of_person = _face(At.PERSON, person=MEMBERS[1], may=may, rights=RIGHTS, offers=QUESTION)
    yield "people_person", view(of_person, Message("people_person"))
    at_rights = offers(Action.BACK, Action.PEOPLE_REVIEW, Action.PEOPLE_SIGN_ONS, Action.LOCK)
    table = _face(At.RIGHTS, members=MEMBERS, review=REVIEW, offers=at_rights)
    yield "people_rights", view(table, Message("people_rights"))
    refused = _face(At.SIGN_ONS, refusals=REFUSALS, offers=QUESTION)
    yield "people_sign_ons", view(refused, Message("people_sign_ons"))
    waiting = _face(At.APPROVALS, approvals=(RELEASED, PENDING), items={BOLT.code: BOLT, GLUE.code: GLUE}, offers=QUESTION)
    yield "approvals", view(waiting, Message("approvals_page"))
    yes = (Choice("approve", "approval_approve", is_primary=True), Choice("refuse", "approval_refuse"))
    asked = replace(waiting, approval=RELEASED, ask=AskChoice(code="people_approval", choices=yes))
    yield "approval", view(asked, Message("answer_question"))
    name: dict[str, str | int] = {"name": "Jonas Weber"}
    badge = replace(of_person, ask=AskChoice(code="people_badge", choices=(), params=name))
    yield "people_badge", view(badge, Message("people_scan_badge"))
    pin = (Choice("yes", "people_yes_pin", name, is_primary=True), Choice("no", "people_no", name))
    opens = replace(of_person, ask=AskChoice(code="people_pin", choices=pin, params=name))
    yield "people_pin", view(opens, Message("answer_question"))
    yield "people_name", view(replace(found, ask=AskText(code="people_name")), Message("answer_question"))
    yield from _alone()
    alert = Message("emergency_waits", Level.ACT, {"item": GLUE.code, "compartment": "A2", "count": 1}, error="O585")
    yield "emergency", replace(dict(work_views())["work"], bar=alert)


def _alone() -> Iterator[tuple[str, View]]:
    """A second person has to confirm, sees what, and may be away; and whoever has no PIN chooses one."""
    second = PinAgainFace(name="", act="two_person", step="badge", task=TASK, by="Mara Keller", may_be_absent=True)
    yield "second_absent", view(second, Message("scan_second"))
    ways = tuple(Choice(each, f"absent_{each}") for each in ("pending", "emergency"))
    yield "absent", view(replace(second, ask=AskChoice(code="absent", choices=ways), offers=QUESTION), Message("scan_second"))
    why = AskChoice(code="why_emergency", choices=tuple(Choice(each, f"reason_{each}") for each in REASONS))
    yield "why_emergency", view(replace(second, ask=why, offers=QUESTION), Message("scan_second"))
    own = SignOnFace(step="new_pin", name="Elif Demir")
    yield "choose_pin", view(own, Message("choose_own_pin"), operator=None)
