"""What is kept of the message bar, what is no news, and since when alarms hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from db.records.machine import LinkEvent, SafetyEvent
from db.records.orders import ScanRefused
from station.message_reading import NEWEST, heard_before
from station.messages import MOST, SETTLING, SHIFT, Heard, MessageLog, followed
from station.view.message import Level, Message
from tests.helpers.fake_store import FakeStore

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
TAKE = Message("pick_instruct", Level.NOTE, {"item": "BOLT"})
WRONG = Message("wrong_item", Level.ACT, {"item": "BOLT"}, error="O301")
STOPPED = Message("machine_stopped", Level.STOP, {"code": "A-2"}, error="A-2")
DOWN = Message("scanner_down", Level.ACT)


def after(
    log: MessageLog,
    bar: Message = TAKE,
    *,
    alarms: tuple[Message, ...] = (),
    is_said: bool = False,
    flash: int = 0,
    flashed: Message | None = None,
    later_s: float = 0,
) -> MessageLog:
    at = NOON + timedelta(seconds=later_s)
    return followed(log, bar, is_said=is_said, flash=flash, flashed=flashed, alarms=alarms, at=at)


def codes(log: MessageLog) -> list[str]:
    return [each.message.code for each in log.said]


def test_what_stands_there_without_a_colour_is_no_news_and_what_asks_for_something_is() -> None:
    log = after(after(MessageLog()), WRONG, later_s=1)
    assert codes(log) == ["wrong_item"]
    assert log.said[0].at == NOON + timedelta(seconds=1)


def test_an_answer_is_kept_whatever_its_colour() -> None:
    assert codes(after(MessageLog(), Message("express_first"), is_said=True)) == ["express_first"]


def test_what_names_a_person_is_not_kept() -> None:
    assert codes(after(MessageLog(), Message("unlocked", Level.ACT, {"name": "M. Keller"}), is_said=True)) == []


def test_the_same_sentence_is_kept_once_while_it_stands_and_again_when_it_comes_back() -> None:
    log = after(after(MessageLog(), WRONG), WRONG, later_s=5)
    assert codes(log) == ["wrong_item"]
    log = after(after(log, TAKE, later_s=6), WRONG, later_s=7)
    assert codes(log) == ["wrong_item", "wrong_item"]


def test_a_second_less_is_no_other_sentence() -> None:
    waits = [Message("wrong_pin_wait", Level.ACT, {"seconds": left}) for left in (5, 4, 3)]
    log = MessageLog()
    for each in waits:
        log = after(log, each, is_said=True)
    assert codes(log) == ["wrong_pin_wait"]


def test_nothing_new_is_the_same_log() -> None:
    log = after(MessageLog(), WRONG, alarms=(STOPPED,))
    assert after(log, WRONG, alarms=(STOPPED,), later_s=9) is log


def test_a_booking_that_was_flashed_is_kept() -> None:
    booked = Message("booked_pick", Level.NOTE, {"item": "BOLT"})
    log = after(MessageLog(), flash=1, flashed=booked)
    assert codes(after(log, flash=1, flashed=booked, later_s=1)) == ["booked_pick"]


def test_an_alarm_stands_on_top_since_it_holds_and_in_the_list_once_it_is_over() -> None:
    log = after(MessageLog(), STOPPED, alarms=(STOPPED, DOWN), later_s=30)
    assert [each.message for each in log.holds] == [STOPPED, DOWN]
    assert log.said == ()
    log = after(log, TAKE, alarms=(DOWN,), later_s=50)
    assert [(each.message, each.at) for each in log.holds] == [(DOWN, NOON + timedelta(seconds=30))]
    assert log.said == (Heard(at=NOON + timedelta(seconds=30), message=STOPPED, until=NOON + timedelta(seconds=50)),)


@pytest.mark.parametrize(("answers_after", "expected"), [(SETTLING, []), (SETTLING + timedelta(seconds=1), ["scanner_down"])])
def test_a_device_that_answers_soon_after_the_start_has_not_failed(answers_after: timedelta, expected: list[str]) -> None:
    log = after(MessageLog(), alarms=(DOWN,))
    assert codes(after(log, later_s=answers_after.total_seconds())) == expected


def test_a_shift_is_kept_and_no_more_than_a_page_can_be_turned_through() -> None:
    log = MessageLog()
    for number in range(MOST + 10):
        log = after(log, replace(WRONG, params={"item": str(number)}), later_s=number)
    assert len(log.said) == MOST
    assert log.said[0].message.params == {"item": str(MOST + 9)}
    log = after(log, WRONG, later_s=SHIFT.total_seconds() + 100)
    assert [each.message.params["item"] for each in log.said][-1] == "100"


# --- what the log has


def before(store: FakeStore, *, later: timedelta = timedelta(0)) -> tuple[Heard, ...]:
    return heard_before(store, machine="VLM1", stop_causes={"A-9": "light_curtain"}, now=store.log[0].at + later)


def test_stops_lost_lines_and_wrong_scans_of_before_are_read_from_the_log() -> None:
    store = FakeStore()
    store.write((SafetyEvent(machine="VLM1", code="A-9", is_stopped=True),))
    store.write((SafetyEvent(machine="VLM1", code="A-9", is_stopped=False),))
    store.write((SafetyEvent(machine="VLM2", code="A-1", is_stopped=True),))
    store.write((LinkEvent(device="machine", is_up=False, code="L102"),))
    store.write((ScanRefused(order="O1", line="1", scanned="NUT", expected="BOLT", what="item"),))
    store.write((ScanRefused(order="O1", line="1", scanned="", expected="BOLT", what="unknown", length=9, ending="4711"),))
    store.write((ScanRefused(order="O1", line="1", scanned="", expected="BOLT", what="badge"),))
    heard = before(store)
    said = {(each.message.code, each.message.error): each for each in heard}
    assert set(said) == {
        ("light_curtain", "A-9"),
        ("link_down", "L102"),
        ("heard_wrong_scan", "O301"),
        ("heard_unknown_ending", "O301"),
        ("heard_unknown_scan", "O301"),
    }
    assert said["light_curtain", "A-9"].until is not None
    assert said["link_down", "L102"].until is None
    assert said["heard_wrong_scan", "O301"].message.params == {"order": "O1", "item": "BOLT", "scanned": "NUT"}
    assert said["heard_unknown_ending", "O301"].message.params["scanned"] == "4711"


def test_what_is_older_than_a_shift_is_not_read() -> None:
    store = FakeStore()
    store.write((LinkEvent(device="machine", is_up=False, code="L102"),))
    assert before(store, later=SHIFT)
    assert not before(store, later=SHIFT + timedelta(seconds=1))


def test_only_the_newest_of_each_kind_are_read() -> None:
    store = FakeStore()
    for _ in range(NEWEST + 5):
        store.write((ScanRefused(order="O1", line="1", scanned="NUT", expected="BOLT", what="item"),))
    assert len(before(store)) == NEWEST
