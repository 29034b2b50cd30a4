"""The teller on a real store: what holds, who hears of it, and what the record keeps of that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.records.machine import LinkEvent
from db.records.people import SignedOn, Unattended
from db.records.record import Record
from db.records.review import TellingAnswered
from db.store import Store
from station.telling.plan import Due, Rule
from station.telling.senders import MAIL_FAILED, TellingError, Words
from station.telling.teller import Teller
from tests.helpers.guards import ExpectLog

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ALL = ("short", "tray", "buffer", "bay", "outbox")


class Station:
    """A store whose clock a test turns, and an address that may be dead."""

    def __init__(self, directory: Path, *rules: Rule) -> None:
        self.now = NOON
        self.is_dead = False
        self.sent: list[str] = []
        self.store = Store.open(directory, station="S1", ballast_bytes=0, clock=lambda: self.now)
        self.teller = Teller(
            self.store,
            rules or (Rule(topics=ALL, way="screen", to=""), Rule(topics=ALL, way="mail", to="weber@x.example")),
            {"mail": self.send},
            say=lambda happening: Words(subject=happening.topic, text=happening.what),
            sync=lambda: None,
            outbox_s=3600,
            utc=lambda: self.now,
        )

    def send(self, each: Due, words: Words, now: datetime) -> None:
        if self.is_dead:
            raise TellingError(MAIL_FAILED, "ConnectionRefusedError")
        self.sent.append(f"{words.subject} {words.text}")

    def book(self, record: Record, by: str = "") -> None:
        self.now += timedelta(seconds=1)
        self.store.append([record], operator=by).result()

    def turn(self, minutes: int = 0) -> None:
        self.now += timedelta(minutes=minutes)
        self.teller.turn()

    def told(self) -> list[tuple[str, str, str, int]]:
        rows = [json.loads(each.body)["data"] for each in self.store.events(kinds=("told",))]
        return [(each["topic"], each["way"], each["outcome"], each["attempt"]) for each in rows]


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path)
    with closing(made.store):
        yield made


def test_a_tray_left_alone_is_told_and_shown_until_somebody_is_there(station: Station) -> None:
    station.book(Unattended(person="p_1", tray=7, why="idle"))
    station.turn()
    station.turn(1)
    assert station.told() == [("tray", "screen", "sent", 1), ("tray", "mail", "sent", 1)]
    assert (station.sent, station.teller.shown) == (["tray 7"], ("tray",))
    station.book(SignedOn(person="p_2", role="operator", method="badge"), by="p_2")
    station.turn()
    assert station.teller.shown == ()


def test_a_dead_server_is_tried_again_and_each_try_is_in_the_record(station: Station, expect_log: ExpectLog) -> None:
    expect_log("nobody was told of bay by mail")
    station.is_dead = True
    station.book(LinkEvent(device="machine", is_up=False, code="L101"))
    station.turn()
    station.turn()
    station.is_dead = False
    station.turn(1)
    station.turn(60)
    mails = [each for each in station.told() if each[1] == "mail"]
    assert mails == [("bay", "mail", "failed", 1), ("bay", "mail", "sent", 2)]


def test_what_somebody_has_answered_is_shown_no_more(station: Station) -> None:
    station.book(LinkEvent(device="machine", is_up=False, code="L101"))
    station.turn()
    (about,) = {json.loads(each.body)["data"]["about"] for each in station.store.events(kinds=("told",))}
    station.book(TellingAnswered(topic="bay", about=about), by="p_2")
    station.turn()
    assert station.teller.shown == ()


def test_a_line_that_is_up_again_is_told_to_nobody(station: Station) -> None:
    station.book(LinkEvent(device="machine", is_up=False, code="L101"))
    station.book(LinkEvent(device="machine", is_up=True))
    station.book(LinkEvent(device="scanner-1", is_up=False, code="L101"))
    station.turn()
    assert station.told() == []
