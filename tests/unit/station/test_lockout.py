from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from station.lockout import Allowed, Refused, may_try, next_counter, reply_after_s
from station.values import Credential, Role

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


@pytest.mark.parametrize(("took_s", "shown_s"), [(0.0, 0.3), (0.15, 0.3), (0.31, 0.6)])
def test_the_answer_comes_at_a_full_step_whatever_the_check_took(took_s, shown_s):
    assert reply_after_s(took_s) == pytest.approx(shown_s)
