from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from station.lockout import Allowed, Refused, may_try, next_counter, next_tries, reply_after_s, tries_after_right
from station.values import Credential, Role, StationTries

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
FRESH = Credential(
    person="p_1", role=Role.OPERATOR, verifier="v", pepper_id="pp", failures=0, not_before=None, is_locked=False, is_active=True
)


@pytest.mark.parametrize(("failures", "delay_s"), [(0, 0), (3, 0), (4, 30), (5, 60), (6, 120), (7, 240), (8, 480)])
def test_each_failure_after_the_fourth_doubles_the_delay(failures, delay_s):
    stored, not_before, is_locked = next_counter(replace(FRESH, failures=failures), NOW)
    assert stored == failures + 1
    assert not_before == (NOW + timedelta(seconds=delay_s) if delay_s else None)
    assert not is_locked


def test_the_tenth_failure_locks():
    assert next_counter(replace(FRESH, failures=9), NOW)[0::2] == (10, True)


def test_a_person_without_failures_may_try():
    assert may_try(FRESH, NOW) == Allowed()


def test_too_early_says_how_long_to_wait_and_ends_on_time():
    waiting = replace(FRESH, failures=5, not_before=NOW + timedelta(seconds=29, milliseconds=1))
    assert may_try(waiting, NOW) == Refused("too_early", 30)
    assert may_try(waiting, NOW + timedelta(seconds=30)) == Allowed()


def test_locked_and_disabled_people_gain_nothing_by_waiting():
    assert may_try(replace(FRESH, is_locked=True), NOW) == Refused("locked")
    assert may_try(replace(FRESH, is_active=False, is_locked=True), NOW) == Refused("disabled")


def test_sixty_tries_in_a_row_reach_ten_checks_only():
    credential, checks, now = FRESH, 0, NOW
    for _ in range(60):
        if may_try(credential, now) == Allowed():
            failures, not_before, is_locked = next_counter(credential, now)
            credential = replace(credential, failures=failures, not_before=not_before, is_locked=is_locked)
            checks += 1
        now += timedelta(seconds=60)
    assert checks == 10


def test_who_tries_one_pin_on_many_badges_is_slowed_down_by_the_station():
    tries, checks, now = StationTries(), 0, NOW
    for _ in range(600):  # a fresh person each second
        if may_try(FRESH, now, tries=tries) == Allowed():
            tries = next_tries(tries, now)
            checks += 1
        now += timedelta(seconds=1)
    assert checks == 20 + 4  # then after 30, 60, 120 and 240 s
    assert next_tries(StationTries(200), NOW).not_before == NOW + timedelta(seconds=480)


def test_a_right_pin_pays_for_one_wrong_one_only():
    assert tries_after_right(StationTries(25, NOW)) == StationTries(24)
    assert tries_after_right(StationTries()) == StationTries()


def test_a_person_of_the_site_database_is_refused_after_so_many_days_without_a_word_from_it():
    heard = replace(FRESH, heard_at=NOW - timedelta(days=30))
    assert may_try(heard, NOW) == Allowed()
    assert may_try(heard, NOW + timedelta(seconds=1)) == Refused("expired")
    assert may_try(heard, NOW + timedelta(seconds=1), offline_days=31) == Allowed()
    assert may_try(FRESH, NOW + timedelta(days=9999)) == Allowed()  # a station without a site database


@pytest.mark.parametrize(("took_s", "shown_s"), [(0.0, 0.3), (0.15, 0.3), (0.31, 0.6)])
def test_the_answer_comes_at_a_full_step_whatever_the_check_took(took_s, shown_s):
    assert reply_after_s(took_s) == pytest.approx(shown_s)
