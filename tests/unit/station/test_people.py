from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from station.people import People, PeopleError, new_person_id
from station.secret import Pepper, PinCost, badge_digest, check_pin
from station.values import Person, Role

PEPPER = Pepper("pp_test", b"k" * 32)


class PeopleInMemory:
    def __init__(self):
        self.rows, self.badges, self.verifiers = {}, {}, {}

    def people(self):
        return tuple(self.rows.values())

    def person_by_badge(self, badge_digest):
        return self.rows.get(self.badges.get(badge_digest))

    def add_person(self, person, *, badge_digest, verifier, pepper_id, operator="", is_confirmed=False):
        self.rows[person.person] = person
        self.badges[badge_digest] = person.person
        self.verifiers[person.person] = (verifier, pepper_id)
        return _done()

    def disable_person(self, person, *, operator="", is_confirmed=False):
        old = self.rows[person]
        self.rows[person] = Person(person=person, name=old.name, role=old.role, is_active=False)
        return _done()

    def set_rights(self, person, rights, *, operator="", is_confirmed=False):
        self.rows[person] = replace(self.rows[person], rights=tuple(rights))
        return _done()

    def reset_pin(self, person, verifier, pepper_id, *, operator="", is_confirmed=False):
        self.verifiers[person] = (verifier, pepper_id)
        return _done()

    def set_role(self, person, role, *, was, operator="", is_confirmed=False):
        self.rows[person] = replace(self.rows[person], role=role)
        return _done()

    def set_badge(self, person, badge_digest, *, operator="", is_confirmed=False):
        self.badges = {digest: who for digest, who in self.badges.items() if who != person} | {badge_digest: person}
        return _done()

    def open_pin(self, person, until, pepper_id, *, operator="", is_confirmed=False):
        self.verifiers[person] = (f"open:{until.isoformat()}", pepper_id)
        return _done()

    def set_offline_days(self, person, days, *, operator="", is_confirmed=False):
        self.rows[person] = replace(self.rows[person])
        return _done()

    def erase_name(self, person, *, operator="", is_confirmed=False):
        self.rows[person] = Person(person=person, name="", role=self.rows[person].role, is_active=False)
        return _done()


def _done():
    future = Future()
    future.set_result(None)
    return future


@pytest.fixture
def store():
    return PeopleInMemory()


@pytest.fixture
def people(store):
    return People(store=store, pepper=PEPPER, forbidden_pins=frozenset({"730164"}), pin_cost=PinCost(memory_kib=8, passes=1))


@pytest.fixture
def anna(people):
    return people.add(" Anna Rossi ", Role.ADMINISTRATOR, badge="]C1BLB-1\n", pin="483920")


def test_an_added_person_is_found_by_badge_and_proven_by_pin(people, store, anna):
    assert store.person_by_badge(badge_digest(PEPPER, "BLB-1")) == anna
    assert (anna.name, anna.role) == ("Anna Rossi", Role.ADMINISTRATOR)
    verifier, pepper_id = store.verifiers[anna.person]
    assert pepper_id == "pp_test"
    assert check_pin(PEPPER, verifier, "483920")


def test_person_ids_are_random_and_say_nothing():
    ids = {new_person_id() for _ in range(50)}
    assert len(ids) == 50
    assert all(len(each) == 18 and each.startswith("p_") and int(each[2:], 16) >= 0 for each in ids)


@pytest.mark.parametrize(
    ("name", "badge", "pin", "code"),
    [
        (" ", "BLB-2", "483920", "name_empty"),
        ("x" * 81, "BLB-2", "483920", "name_too_long"),
        ("An\x00na", "BLB-2", "483920", "name_garbage"),
        ("Bo", "  ", "483920", "badge_empty"),
        ("Bo", "BLX-CONFIRM", "483920", "badge_reserved"),
        ("Bo", "BLB-1", "483920", "badge_taken"),
        ("Bo", "BLB-2", "12345x", "pin_not_digits"),
        ("Bo", "BLB-2", "4839", "pin_wrong_length"),
        ("Bo", "BLB-2", "123456", "pin_weak"),
        ("Bo", "BLB-2", "730164", "pin_is_sample"),
    ],
)
def test_a_refused_person_is_not_stored(people, store, anna, name, badge, pin, code):
    with pytest.raises(PeopleError) as caught:
        people.add(name, Role.OPERATOR, badge=badge, pin=pin)
    assert caught.value.code == code
    assert store.people() == (anna,)


def test_a_sample_pin_is_refused_at_reset_too(people, anna):
    with pytest.raises(PeopleError, match="pin_is_sample"):
        people.reset_pin(anna.person, "730164")


def test_the_demo_itself_may_use_its_pins(store):
    demo = People(store=store, pepper=PEPPER, pin_cost=PinCost(memory_kib=8, passes=1))
    assert demo.add("Bo", Role.OPERATOR, badge="BLB-2", pin="730164").is_active


def test_a_reset_pin_replaces_the_old_one(people, store, anna):
    people.reset_pin(anna.person, "930471")
    verifier, _ = store.verifiers[anna.person]
    assert check_pin(PEPPER, verifier, "930471")
    assert not check_pin(PEPPER, verifier, "483920")


def test_the_last_administrator_stays(people, anna):
    with pytest.raises(PeopleError, match="last_administrator"):
        people.disable(anna.person)
    people.add("Bo", Role.ADMINISTRATOR, badge="BLB-2", pin="483920")
    people.disable(anna.person)
    with pytest.raises(PeopleError, match="already_disabled"):
        people.disable(anna.person)


def test_an_erased_name_leaves_the_person(people, store, anna):
    with pytest.raises(PeopleError, match="last_administrator"):
        people.erase_name(anna.person)
    bo = people.add("Bo", Role.ADMINISTRATOR, badge="BLB-2", pin="483920")
    people.erase_name(anna.person)
    assert [(each.person, each.name) for each in people.everybody()] == [(bo.person, "Bo"), (anna.person, "")]


def test_unknown_people_are_refused(people):
    for change in (people.disable, people.erase_name, lambda person: people.reset_pin(person, "483920")):
        with pytest.raises(PeopleError, match="unknown_person"):
            change("p_none")


def test_people_are_listed_active_first_then_by_name(people, anna):
    bo = people.add("bo", Role.OPERATOR, badge="BLB-2", pin="483920")
    zoe = people.add("Zoe", Role.OPERATOR, badge="BLB-3", pin="483920")
    people.disable(bo.person)
    assert [each.person for each in people.everybody()] == [anna.person, zoe.person, bo.person]


def test_rights_are_names_and_the_last_word_counts(people, store, anna):
    assert people.set_rights(anna.person, ["Tools", "drugs", "tools"]) == ("drugs", "tools")
    assert people.set_rights(anna.person, ["drugs"]) == store.rows[anna.person].rights == ("drugs",)
    with pytest.raises(PeopleError, match="right_garbage"):
        people.set_rights(anna.person, ["all of it"])
    with pytest.raises(PeopleError, match="unknown_person"):
        people.set_rights("p_nobody", ["drugs"])
    assert store.rows[anna.person].rights == ("drugs",)


def test_somebody_added_without_a_pin_chooses_one_within_a_day(store):
    now = datetime(2026, 3, 3, 12, tzinfo=UTC)
    people = People(store=store, pepper=PEPPER, utc=lambda: now)
    bo = people.add("Bo", Role.OPERATOR, badge="BLB-2")
    assert store.verifiers[bo.person] == (f"open:{(now + timedelta(hours=24)).isoformat()}", "pp_test")
    assert people.open_pin(bo.person) == now + timedelta(hours=24)


@pytest.mark.parametrize(
    "change",
    [
        lambda people, me: people.set_role(me, Role.SUPERVISOR),
        lambda people, me: people.set_rights(me, ["gold"]),
        lambda people, me: people.set_offline_days(me, 30),
        lambda people, me: people.set_badge(me, "BLB-9"),
        lambda people, me: people.open_pin(me),
        lambda people, me: people.disable(me),
    ],
)
def test_nobody_changes_his_own_rights(people, store, anna, change):
    before = (dict(store.rows), dict(store.badges), dict(store.verifiers))
    with pytest.raises(PeopleError, match="own_rights"):
        change(replace(people, operator=anna.person), anna.person)
    assert before == (store.rows, store.badges, store.verifiers)


def test_the_last_administrator_keeps_the_role(people, store, anna):
    with pytest.raises(PeopleError, match="last_administrator"):
        people.set_role(anna.person, Role.OPERATOR)
    bo = people.add("Bo", Role.ADMINISTRATOR, badge="BLB-2", pin="483920")
    replace(people, operator=bo.person).set_role(anna.person, Role.OPERATOR)
    assert store.rows[anna.person].role is Role.OPERATOR


def test_a_badge_that_is_somebodys_is_not_given_to_another(people, store, anna):
    bo = people.add("Bo", Role.OPERATOR, badge="BLB-2", pin="483920")
    with pytest.raises(PeopleError, match="badge_taken"):
        people.set_badge(bo.person, "BLB-1")
    people.set_badge(bo.person, "BLB-3")
    assert store.person_by_badge(badge_digest(PEPPER, "BLB-2")) is None


@pytest.mark.parametrize("days", [-1, 366])
def test_days_without_the_site_have_bounds(people, anna, days):
    with pytest.raises(PeopleError, match="days_out_of_range"):
        people.set_offline_days(anna.person, days)
