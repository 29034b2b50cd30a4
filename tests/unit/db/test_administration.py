"""What the page of people reads: who may sign on, who was not let in, what has changed since a review, what waits for a word."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sqlalchemy import Connection

from db.queries import administration
from db.records.approvals import EMERGENCY, PENDING, ApprovalGiven, EmergencyReleased
from db.records.people import PinRefused, RightsReviewed, SignOnRefused
from db.records.undo import BookingUndone
from db.rows.people import Person, Role
from db.site_salvage import _keep_out
from db.store import Store
from tests.helpers.pace import allowance

from .made import closed, imported, item, picked, tray

UNTIL = datetime(2027, 1, 1, tzinfo=UTC)
OPEN_MS = 200.0  # promised for every page of the people
PEOPLE = 200


def add(store: Store, person: str, role: Role = Role.OPERATOR, **more: object) -> None:
    who = Person(person=person, name=f"Name of {person}", role=role)
    store.add_person(who, badge_digest=f"b-{person}", verifier=str(more.get("verifier", "v")), pepper_id="pp").result()


def test_an_administrator_sees_what_sign_on_needs_and_nothing_that_opens_it(store: Store) -> None:
    add(store, "p_1", verifier="argon-secret")
    add(store, "p_2", Role.SUPERVISOR)
    store.open_pin("p_2", UNTIL, "pp", operator="p_1").result()
    store.set_offline_days("p_2", 7, operator="p_1", is_confirmed=True).result()
    one, two = store.members()
    assert (one.pin, one.pin_until, one.has_badge, one.offline_days) == ("set", None, True, 0)
    assert (two.pin, two.pin_until, two.offline_days) == ("open", UNTIL, 7)
    assert "argon-secret" not in repr(store.members())
    assert "b-p_1" not in repr(store.members())


def test_every_change_is_an_event_with_who_did_it_and_no_secret(store: Store) -> None:
    add(store, "p_1")
    store.set_role("p_1", Role.SUPERVISOR, was=Role.OPERATOR, operator="p_9", is_confirmed=True).result()
    store.set_language("p_1", "it", operator="p_9").result()
    store.set_badge("p_1", "other-digest", operator="p_9").result()
    store.open_pin("p_1", UNTIL, "pp", operator="p_9").result()
    store.choose_pin("p_1", "new-verifier", "pp").result()
    store.set_offline_days("p_1", 1, operator="p_9").result()
    kinds = ("role_changed", "language_changed", "badge_changed", "pin_opened", "pin_chosen", "offline_changed")
    rows = [row for row in store.events(limit=None) if row.kind in kinds]
    assert [row.kind for row in rows] == list(kinds)
    assert [row.operator for row in rows] == ["p_9", "p_9", "p_9", "p_9", "p_1", "p_9"]
    told = "".join(row.body for row in store.events(limit=None))
    assert "other-digest" not in told
    assert "new-verifier" not in told
    assert store.person_by_badge("b-p_1") is None
    assert store.person_by_badge("other-digest") is not None
    credential = store.credential("p_1")
    assert credential is not None
    assert (credential.verifier, credential.offline_days) == ("new-verifier", 1)


def test_refusals_are_listed_newest_first_without_a_word_of_the_badge(store: Store) -> None:
    add(store, "p_1")
    store.append((SignOnRefused(person="", reason="unknown_badge"),)).result()
    store.append((PinRefused(person="p_1", act="approval", reason="wrong_pin"),), operator="p_1").result()
    store.unlock_person("p_1", operator="p_2").result()
    found = store.refusals(10)
    assert [(each.kind, each.person, each.reason, each.by) for each in found] == [
        ("person_unlocked", "p_1", "", "p_2"),
        ("pin_refused", "p_1", "wrong_pin", ""),
        ("sign_on_refused", "", "unknown_badge", ""),
    ]
    assert len(store.refusals(1)) == 1


def test_a_review_tells_what_has_changed_since(store: Store) -> None:
    add(store, "p_1")
    assert (store.rights_review().at, store.rights_review().count) == (None, 1)
    store.append((RightsReviewed(people=1, changes=1, digest="d", note="ALL AS AGREED"),), operator="p_2").result()
    assert (store.rights_review().by, store.rights_review().note, store.rights_review().count) == ("p_2", "ALL AS AGREED", 0)
    store.set_rights("p_1", ["gold"], operator="p_9").result()
    (change,) = store.rights_review().changes
    assert (change.kind, change.person, change.by, change.detail) == ("rights_changed", "p_1", "p_9", "gold")


def test_what_asks_for_a_right_is_counted(store: Store) -> None:
    store.import_items([item("A", access="gold"), item("B", access="gold"), item("C")], imported("item")).result()
    (gold,) = store.guarded()
    assert (gold.right, gold.items, gold.trays) == ("gold", 2, 0)


def released() -> EmergencyReleased:
    place = {"machine": "VLM1", "tray": 7, "compartment": "C1", "item": "A", "lot": "", "serial": "", "quantity": 2}
    return EmergencyReleased(person="p_1", reason="emergency_danger", order="O1", line="1", **place)


def test_what_was_taken_alone_waits_and_survives_a_rebuild_until_it_is_answered(store: Store) -> None:
    store.append((picked(2, second=PENDING), closed("1", 2)), operator="p_1").result()
    store.append((released(), picked(1, second=EMERGENCY)), operator="p_1").result()
    first, second = store.approvals()
    assert [(each.why, each.person, each.quantity) for each in (first, second)] == [
        ("emergency", "p_1", 2),
        ("pending", "p_1", 2),
    ]
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    given = ApprovalGiven(epoch=first.epoch, seq=first.seq, person="p_1", item="A", quantity=2)
    store.append((given,), operator="p_2").result()
    assert store.approvals() == (second,)


def test_a_booking_that_was_undone_needs_nobodys_word(store: Store) -> None:
    (row,) = store.append((picked(2, second=PENDING),), operator="p_1").result()
    place = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"}
    store.append((BookingUndone(booking=row.id, undoes=(row.id,), **place),)).result()
    assert store.approvals() == ()


def test_every_look_at_the_log_uses_an_index(store: Store) -> None:
    asked = {
        administration._REFUSED: "ix_event_refused",
        administration._CHANGED: "ix_event_people",
        administration._COUNT: "ix_event_people",
        administration._APPROVALS: "(station=? AND epoch=? AND seq=?)",
    }
    with store._readers.connect() as connection:
        for query, index in asked.items():
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query.replace('?', '9')}")
            assert any(index in row[3] for row in rows), query


def test_every_page_opens_at_once_with_two_hundred_people_and_a_long_record(store: Store) -> None:
    store.import_trays([tray()], imported("tray")).result()
    for number in range(PEOPLE):
        add(store, f"p_{number:03}")
    refusal = SignOnRefused(person="p_001", reason="wrong_pin")
    for _ in range(4):
        store.append((*(picked(1) for _ in range(50)), *(refusal,) * 450), operator="p_001").result()
    looks = (store.members, store.guarded, store.rights_review, store.approvals, lambda: store.refusals(200))
    took_ms = []
    for look in looks:
        began_s = time.perf_counter()
        look()
        took_ms.append(1000 * (time.perf_counter() - began_s))
    assert len(store.members()) == PEOPLE
    assert sum(took_ms) <= OPEN_MS * allowance(), took_ms


def test_what_an_older_copy_knows_of_roles_pins_and_badges_counts_no_more(store: Store) -> None:
    for person in ("p_1", "p_2", "p_3"):
        add(store, person, Role.ADMINISTRATOR)
    store.set_role("p_1", Role.OPERATOR, was=Role.ADMINISTRATOR, operator="p_3").result()
    store.set_badge("p_2", "new", operator="p_3").result()

    def as_the_copy_had_it(connection: Connection) -> None:
        connection.exec_driver_sql("UPDATE site_person SET role = 'administrator'")
        _keep_out(connection, "2000-01-01T00:00:00.000000+00:00")

    store._writer.submit(as_the_copy_had_it).result()
    one, two, three = store.members()
    assert (one.person.role, two.is_locked, three.is_locked) == (Role.OPERATOR, True, False)
