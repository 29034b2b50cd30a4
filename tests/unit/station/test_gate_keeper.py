"""The failure counter is stored before a PIN is checked, and a store that cannot count lets nobody in."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from db.errors import Kind, StoreError
from station import gate_keeper
from station.flows.sign_on import BadgeFound, CheckPin, ChoosePin, EndLockOut
from station.gate_keeper import GateKeeper
from station.secret import Pepper, PinCost, badge_digest, check_pin, hash_pin
from station.values import Credential, StationTries
from tests.helpers.fake_store import DISK_FULL, NOON, FakeStore
from tests.helpers.sample import JONAS, MARA

PEPPER = Pepper("p1", b"k" * 32)
CHEAP = PinCost(memory_kib=64, passes=1)
RIGHT, WRONG = "482915", "482916"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """The time of the answer is tested in test_lockout.py."""
    monkeypatch.setattr(gate_keeper, "reply_after_s", lambda took_s: took_s)


@pytest.fixture
def store():
    verifier = hash_pin(PEPPER, RIGHT, cost=CHEAP)
    known = {"failures": 0, "not_before": None, "is_locked": False, "is_active": True}
    credential = Credential(person=MARA.person, role=MARA.role, verifier=verifier, pepper_id="p1", **known)
    badges = {badge_digest(PEPPER, "BLB-7"): MARA.person}
    return FakeStore(persons={MARA.person: MARA}, badges=badges, credentials={MARA.person: credential})


def check(store, pin):
    keeper = GateKeeper(store, store, PEPPER, CHEAP)
    with ThreadPoolExecutor(1) as readers:
        return asyncio.run(keeper.check_pin(CheckPin(MARA, pin), readers, lambda: NOON))


def test_a_badge_is_found_by_its_digest_and_another_is_nobodys(store):
    keeper = GateKeeper(store, store, PEPPER, CHEAP)
    assert keeper.find_badge("BLB-7") == BadgeFound(MARA)
    assert keeper.find_badge("BLB-8") == BadgeFound(None)


@pytest.mark.parametrize("read", ["]C0BLB-7", "BLB-7 ", " ]C0BLB-7\r"])
def test_a_badge_is_the_same_with_the_scanners_aim_id_and_blanks_around_it(store, read):
    assert GateKeeper(store, store, PEPPER, CHEAP).find_badge(read) == BadgeFound(MARA)


def test_any_code_that_is_somebodys_badge_is_known_as_one(store):
    store.badges = {badge_digest(PEPPER, "0004711"): MARA.person}
    keeper = GateKeeper(store, store, PEPPER, CHEAP)
    assert keeper.is_badge("]C00004711 ")
    assert not keeper.is_badge("0004712")


def test_a_store_that_cannot_be_read_says_of_no_code_that_it_is_no_badge(store):
    with pytest.raises(StoreError):
        GateKeeper(store, _unreadable(store), PEPPER, CHEAP).is_badge("0004711")


def test_the_right_pin_is_ok_and_clears_the_counter(store):
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], failures=2)
    assert check(store, RIGHT).verdict == "ok"
    assert store.credentials[MARA.person].failures == 0


def test_a_wrong_pin_is_counted(store):
    assert check(store, WRONG).verdict == "wrong_pin"
    assert store.credentials[MARA.person].failures == 1


def test_the_counter_is_durable_before_the_pin_is_looked_at(store, monkeypatch):
    seen = []
    monkeypatch.setattr(gate_keeper, "check_pin", lambda *_: seen.append(store.credentials[MARA.person].failures) or True)
    check(store, RIGHT)
    assert seen == [1]


def test_the_tenth_failure_locks_and_then_even_the_right_pin_is_refused(store):
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], failures=9)
    assert check(store, WRONG).verdict == "locked"
    assert check(store, RIGHT).verdict == "locked"


def test_a_pin_before_its_time_is_not_checked_and_not_counted(store):
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], not_before=NOON + timedelta(seconds=8))
    verdict = check(store, RIGHT)
    assert (verdict.verdict, verdict.retry_in_s) == ("too_early", 8.0)
    assert store.credentials[MARA.person].failures == 0


def test_a_full_disk_lets_nobody_in(store, expect_log):
    expect_log("the failure counter was not written")
    store.refuses = DISK_FULL
    assert check(store, RIGHT).verdict == "store_read_only"


def test_a_person_without_a_credential_is_disabled(store):
    store.credentials.clear()
    assert check(store, RIGHT).verdict == "disabled"


def test_the_key_of_another_site_is_named_and_no_failure_is_counted(store):
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], pepper_id="p2")
    assert check(store, RIGHT).verdict == "pepper_mismatch"
    assert store.credentials[MARA.person].failures == 0


def test_a_damaged_verifier_lets_nobody_in_and_ends_nothing(store, expect_log):
    expect_log("was not checked: verifier_damaged")
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], verifier="no verifier")
    assert check(store, RIGHT).verdict == "store_error"


def _unreadable(store, kind=Kind.KNOWN):
    def read(asked):
        raise StoreError("D409", "refused by the test", kind=kind)

    store.person_by_badge = store.credential = read
    return store


def test_a_store_that_cannot_be_read_is_not_an_unknown_badge(store, expect_log):
    expect_log("sign-on could not read the store")
    assert GateKeeper(_unreadable(store), store, PEPPER, CHEAP).find_badge("BLB-7") == BadgeFound(None, "store_error")


def test_a_store_that_cannot_be_read_lets_nobody_in(store, expect_log):
    expect_log("sign-on could not read the store")
    assert check(_unreadable(store), RIGHT).verdict == "store_error"


def test_a_bug_in_a_read_is_not_hidden(store):
    with pytest.raises(StoreError):
        check(_unreadable(store, Kind.BUG), RIGHT)


def test_the_stations_counter_is_durable_before_the_pin_is_looked_at_and_a_right_pin_takes_it_back(store, monkeypatch):
    store.tries = StationTries(7)
    seen = []
    monkeypatch.setattr(gate_keeper, "check_pin", lambda *_: seen.append(store.tries.failures) or True)
    check(store, RIGHT)
    assert (seen, store.tries) == ([8], StationTries(6))


def test_after_too_many_wrong_pins_at_the_station_nobodys_is_checked(store):
    store.tries = StationTries(30, NOON + timedelta(seconds=40))
    verdict = check(store, RIGHT)
    assert (verdict.verdict, verdict.retry_in_s) == ("too_early", 40)
    assert store.credentials[MARA.person].failures == 0


def test_a_person_of_whom_nothing_was_heard_for_too_long_is_refused_with_a_reason_of_its_own(store):
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], heard_at=NOON - timedelta(days=31))
    assert check(store, RIGHT).verdict == "expired"
    assert store.credentials[MARA.person].failures == 0


def end_lock_out(store, pin=""):
    keeper = GateKeeper(store, store, PEPPER, CHEAP, forbidden_pins=frozenset({"704182"}))
    with ThreadPoolExecutor(1) as readers:
        return asyncio.run(keeper.end_lock_out(EndLockOut(MARA, JONAS, pin), readers)).verdict


def test_a_lock_out_is_lifted_in_the_supervisors_name(store):
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], failures=10, is_locked=True)
    assert end_lock_out(store) == "ok"
    assert store.unlocked == [(MARA.person, JONAS.person, "supervisor")]
    assert check(store, RIGHT).verdict == "ok"


def test_a_new_pin_is_the_pin_from_then_on(store):
    assert end_lock_out(store, "395172") == "ok"
    assert check_pin(PEPPER, store.credentials[MARA.person].verifier, "395172")


@pytest.mark.parametrize(
    ("pin", "verdict"),
    [("123456", "pin_weak"), ("39517", "pin_wrong_length"), ("39517x", "pin_not_digits"), ("704182", "pin_is_sample")],
)
def test_a_new_pin_follows_the_rules(store, pin, verdict):
    assert end_lock_out(store, pin) == verdict
    assert store.unlocked == []


def test_a_full_disk_lifts_no_lock_out(store, expect_log):
    expect_log("was not lifted")
    store.refuses = DISK_FULL
    assert end_lock_out(store) == "store_read_only"


# --- a PIN that the person chooses


def opened(store, *, hours):
    """Mara has no PIN, and may choose one for so many hours from now."""
    until = (NOON + timedelta(hours=hours)).isoformat()
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], verifier=f"open:{until}")
    return GateKeeper(store, store, PEPPER, CHEAP, utc=lambda: NOON)


def choose(keeper, pin):
    with ThreadPoolExecutor(1) as readers:
        return asyncio.run(keeper.choose_pin(ChoosePin(MARA, pin), readers)).verdict


def test_whoever_has_no_pin_chooses_it_in_time_and_proves_it_then(store):
    keeper = opened(store, hours=1)
    assert keeper.find_badge("BLB-7") == BadgeFound(MARA, chooses_pin=True)
    assert check(store, RIGHT).verdict == "no_pin_yet"
    assert choose(keeper, "123456") == "pin_weak"
    assert choose(keeper, RIGHT) == "ok"
    assert keeper.find_badge("BLB-7") == BadgeFound(MARA)
    assert check(store, RIGHT).verdict == "ok"
    assert choose(keeper, "593817") == "pin_open_over"


def test_after_its_time_nobody_chooses_a_pin(store):
    keeper = opened(store, hours=-1)
    assert keeper.find_badge("BLB-7") == BadgeFound(None, "pin_open_over")
    assert choose(keeper, RIGHT) == "pin_open_over"


def test_days_of_a_person_end_before_those_of_the_site(store):
    heard = NOON - timedelta(days=8)
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], heard_at=heard, offline_days=7)
    assert check(store, RIGHT).verdict == "expired"
    store.credentials[MARA.person] = replace(store.credentials[MARA.person], offline_days=0)
    assert check(store, RIGHT).verdict == "ok"
