"""The page of people at the station: who sees it, who changes what, what is reviewed, and what another person answers for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.approvals import EMERGENCY, PENDING, ApprovalGiven, ApprovalRefused, EmergencyReleased
from db.records.people import PinConfirmed, RightsReviewed, SignedOn
from db.records.stock import Picked
from db.records.taken import CompartmentDue
from station import commands as do
from station.flows.session import Active, BadgeFound, ChoosePin, PinChosen
from station.rules.absent import AbsentRule
from station.staff.page import Change, PersonChanged
from station.values import OrderKind, Person, Role
from station.view.people import PeopleFace
from station.view.sign_on import PinAgainFace, SignOnFace
from tests.helpers.sample import ELIF, JONAS, MARA, NUT
from tests.helpers.world import World
from tests.unit.station.core.test_rules_at_the_bay import at_work, written

PAUL = Person(person="p_paul", name="Paul", role=Role.ADMINISTRATOR)
WORTH = 250  # of a nut, minor units


def on_page(who: Person, command: do.Command | None = None) -> World:
    world = World()
    world.store.persons[PAUL.person] = PAUL
    world.sign_on(who.person)
    world.settle()
    world.give(command or do.OpenPeople())
    world.settle()
    return world


def face(world: World) -> PeopleFace:
    shown = world.view().face
    assert isinstance(shown, PeopleFace), shown
    return shown


def ask(world: World, what: str) -> None:
    world.give(do.AskPeople(world.state.token, what))


def choose(world: World, key: str) -> None:
    world.give(do.Choose(world.state.token, key))


def changed(world: World) -> tuple[Change, str] | None:
    """The one change that was made, and whether its PIN was asked."""
    if not world.changes:
        return None
    (only,) = world.changes
    assert only.is_confirmed
    assert only.operator == PAUL.person
    return only.what, only.person


@pytest.mark.parametrize("who", [MARA, ELIF])
def test_nobody_but_supervisors_and_administrators_sees_the_people(who: Person) -> None:
    world = on_page(who)
    assert world.state.page is None
    assert world.view().bar.error == "O583"


def test_the_list_is_searched_by_a_part_of_the_name() -> None:
    world = on_page(JONAS)
    ask(world, "find")
    world.give(do.EnterText(world.state.token, "ARA"))
    assert [each.person.name for each in face(world).members] == ["Mara"]
    world.give(do.ClosePage())
    assert len(face(world).members) == 4


def test_a_supervisor_looks_and_changes_nothing() -> None:
    world = on_page(JONAS)
    world.give(do.ShowPerson(world.state.token, MARA.person))
    ask(world, "role")
    assert (face(world).ask, world.view().bar.error, world.changes) == (None, "O583", [])


@pytest.mark.parametrize(
    ("what", "key", "change"),
    [
        ("role", "supervisor", Change.ROLE),
        ("language", "it", Change.LANGUAGE),
        ("pin", "yes", Change.PIN),
        ("offline", "7", Change.OFFLINE),
        ("right:gold", "yes", Change.RIGHTS),
        ("disable", "yes", Change.DISABLE),
    ],
)
def test_an_administrator_changes_a_person_with_his_pin(what: str, key: str, change: Change) -> None:
    world = on_page(PAUL)
    world.give(do.ShowPerson(world.state.token, MARA.person))
    ask(world, what)
    choose(world, key)
    assert isinstance(world.view().face, PinAgainFace)
    assert world.changes == []
    world.prove()
    world.settle()
    assert changed(world) == (change, MARA.person)
    assert world.view().bar.code == f"people_done_{change}"


def test_a_scan_teaches_the_badge_and_no_screen_shows_it() -> None:
    world = on_page(PAUL)
    world.give(do.ShowPerson(world.state.token, MARA.person))
    ask(world, "badge")
    world.scan("0009912345")
    choose(world, "yes")
    world.prove()
    world.settle()
    assert changed(world) == (Change.BADGE, MARA.person)
    assert world.changes[0].badge == "0009912345"
    assert "0009912345" not in repr(world.changes) + repr(world.state.page) + repr(world.view())


def test_somebody_new_has_a_name_a_role_a_language_and_a_badge_and_no_pin() -> None:
    world = on_page(PAUL)
    ask(world, "name")
    world.give(do.EnterText(world.state.token, "INES"))
    choose(world, "operator")
    choose(world, "es")
    world.scan("BLB-9")
    choose(world, "yes")
    world.prove()
    world.settle()
    (only,) = world.changes
    assert (only.what, only.name, only.role, only.language, only.badge) == (Change.ADD, "INES", Role.OPERATOR, "es", "BLB-9")


@pytest.mark.parametrize("what", ["role", "right:gold", "offline", "badge", "pin", "disable"])
def test_nobody_changes_his_own_rights(what: str) -> None:
    world = on_page(PAUL)
    world.give(do.ShowPerson(world.state.token, PAUL.person))
    ask(world, what)
    assert (face(world).ask, world.view().bar.error) == (None, "O581")


def test_why_a_change_was_refused_is_said() -> None:
    world = on_page(PAUL)
    world.feed(PersonChanged(Change.ROLE, MARA.person, why="last_administrator"))
    assert (world.view().bar.code, world.view().bar.error) == ("people_last_administrator", "O582")
    world.feed(PersonChanged(Change.ROLE, MARA.person, code="D401"))
    assert world.view().bar.error == "O588"


def test_a_review_of_who_may_what_is_signed_with_the_pin() -> None:
    world = on_page(JONAS)
    world.give(do.ShowPeople(world.state.token, "rights"))
    world.settle()
    ask(world, "review")
    world.give(do.EnterText(world.state.token, "AS AGREED"))
    choose(world, "sign")
    assert written(world, RightsReviewed) == []
    world.prove()
    world.settle()
    (review,) = written(world, RightsReviewed)
    assert (review.people, review.note, len(review.digest)) == (4, "AS AGREED", 64)
    assert PinConfirmed(person=JONAS.person, act="rights_review") in world.store.written


# --- nobody there


def alone(rule: AbsentRule) -> World:
    """Mara before nuts that two persons move, of which she has touched Confirm."""
    world = World()
    world.state = replace(world.state, rules=replace(world.state.rules, absent=rule))
    world.store.items[NUT.code] = replace(NUT, two_person=True, unit_value=WORTH)
    at_work(world, OrderKind.PICK, NUT.code, 2)
    world.give(do.Confirm(world.state.token))
    assert isinstance(world.view().face, PinAgainFace)
    return world


@pytest.mark.parametrize("limit", [0, 2 * WORTH - 1])
def test_by_the_rule_or_above_its_limit_it_is_blocked(limit: int) -> None:
    world = alone(AbsentRule(pending_value=limit))
    world.give(do.NobodyHere(world.state.token))
    assert (world.view().bar.code, world.view().bar.error) == ("absent_blocked", "O587")
    choose(world, "pending")
    world.settle()
    assert written(world, Picked) == []


def taken_alone() -> World:
    world = alone(AbsentRule(pending_value=2 * WORTH))
    world.give(do.NobodyHere(world.state.token))
    choose(world, "pending")
    world.settle()
    assert [each.second for each in written(world, Picked)] == [PENDING]
    return world


def test_the_second_person_sees_what_he_confirms() -> None:
    shown = alone(AbsentRule()).view().face
    assert isinstance(shown, PinAgainFace)
    assert shown.task is not None
    assert (shown.task.item.code, shown.task.quantity, shown.by, shown.may_be_absent) == (NUT.code, 2, MARA.name, False)


def supervisor_at(world: World, who: Person = JONAS) -> World:
    world.give(do.LockScreen())
    world.settle()
    world.sign_on(who.person)
    world.settle()
    if type(world.state.session).__name__ == "HandOver":
        world.give(do.AnswerHandOver(False))
        world.settle()
    world.give(do.OpenApprovals())
    world.settle()
    return world


@pytest.mark.parametrize(("key", "kind"), [("approve", ApprovalGiven), ("refuse", ApprovalRefused)])
def test_what_was_taken_alone_waits_for_a_supervisor_and_a_no_has_it_counted(key: str, kind: type) -> None:
    world = supervisor_at(taken_alone())
    (row,) = face(world).approvals
    assert (row.person, row.item, row.quantity, row.why) == (MARA.person, NUT.code, 2, "pending")
    world.give(do.ShowApproval(world.state.token, 0))
    choose(world, key)
    assert written(world, kind) == []
    world.prove()
    world.settle()
    assert [(each.seq, each.person) for each in written(world, kind)] == [(row.seq, MARA.person)]
    assert PinConfirmed(person=JONAS.person, act="approval") in world.store.written
    assert [each.why for each in written(world, CompartmentDue)] == (["approval_refused"] if key == "refuse" else [])
    assert face(world).approvals == ()


def test_nobody_approves_his_own_act() -> None:
    world = supervisor_at(taken_alone())
    world.state = replace(world.state, approvals=tuple(replace(each, person=JONAS.person) for each in world.state.approvals))
    world.give(do.ShowApproval(world.state.token, 0))
    assert (face(world).ask, world.view().bar.error) == (None, "O586")


def test_an_emergency_release_has_a_reason_and_supervisors_read_it_until_one_answers() -> None:
    world = alone(AbsentRule(is_emergency=True))
    world.give(do.NobodyHere(world.state.token))
    choose(world, "emergency")
    choose(world, "no_such_reason")
    assert written(world, EmergencyReleased) == []
    choose(world, "emergency_line_stands")
    world.settle()
    (released,) = written(world, EmergencyReleased)
    assert (released.person, released.reason, released.item) == (MARA.person, "emergency_line_stands", NUT.code)
    assert [each.second for each in written(world, Picked)] == [EMERGENCY]
    kinds = [type(each) for each in world.store.written]
    assert kinds.index(EmergencyReleased) < kinds.index(Picked)
    supervisor_at(world)
    world.give(do.ClosePage())
    assert (world.view().bar.code, world.view().bar.error) == ("emergency_waits", "O585")
    world.give(do.OpenApprovals())
    world.settle()
    world.give(do.ShowApproval(world.state.token, 0))
    choose(world, "approve")
    world.prove()
    world.settle()
    world.give(do.ClosePage())
    assert world.view().bar.code != "emergency_waits"


def test_back_leads_to_the_badge_again_and_a_badge_ends_the_question() -> None:
    world = alone(AbsentRule(is_emergency=True))
    world.give(do.NobodyHere(world.state.token))
    world.give(do.Back(world.state.token))
    assert getattr(world.view().face, "ask", 1) is None
    world.give(do.NobodyHere(world.state.token))
    world.scan(JONAS.person)
    world.pass_gate()
    world.prove()
    world.settle()
    assert [each.second for each in written(world, Picked)] == [JONAS.person]


# --- a PIN of one's own


def at_first_sign_on() -> World:
    world = World()
    world.settle()
    world.scan(MARA.person)
    world.gate.pop(0)
    world.feed(BadgeFound(MARA, chooses_pin=True))
    return world


def test_whoever_has_no_pin_chooses_one_twice_and_works() -> None:
    world = at_first_sign_on()
    assert world.view().bar.code == "choose_own_pin"
    world.give(do.EnterPin("482915"))
    world.give(do.EnterPin("482916"))
    assert world.view().bar.code == "pins_differ"
    world.give(do.EnterPin("482915"))
    world.give(do.EnterPin("482915"))
    asked = world.gate.pop(0)
    assert isinstance(asked, ChoosePin)
    assert asked.pin == "482915"
    assert "482915" not in repr(asked) + repr(world.state)
    world.feed(PinChosen("ok"))
    world.settle()
    assert isinstance(world.state.session, Active)
    assert [each.person for each in written(world, SignedOn)] == [MARA.person]


@pytest.mark.parametrize(("verdict", "step"), [("pin_weak", "new_pin"), ("pin_open_over", "badge"), ("store_read_only", "badge")])
def test_a_pin_that_may_not_be_chosen_lets_nobody_in(verdict: str, step: str) -> None:
    world = at_first_sign_on()
    for _ in range(2):
        world.give(do.EnterPin("482915"))
    world.gate.pop(0)
    world.feed(PinChosen(verdict))
    shown = world.view().face
    assert isinstance(shown, SignOnFace)
    assert (shown.step, world.view().bar.code) == (step, verdict)
