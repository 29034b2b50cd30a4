"""A machine's drift: told once, told again when it is much more, looked for when nobody works."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from db.records.record import Record
from db.records.service import DriftFound, DriftSeen, ServiceDone
from station.drift import DriftTold, DriftWatch, news_of, told_of
from station.planner.learning import Drift, LearntMachine
from tests.helpers.fake_store import FakeStore

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
USUAL = LearntMachine(
    speed_m_s=1.0, acceleration_m_s2=0.5, transfer_s=4.0, rms_s=0.3, n=900, left_out=0, mean_s=20.0, tells_acceleration=True
)
SERVICED = ServiceDone(machine="VLM1", person="p_3", what="service", note="R 17")


def drift(shift_s: float) -> Drift:
    since = NOW - timedelta(days=7)
    return Drift(
        earlier=USUAL,
        later=None,
        earlier_from=NOW - timedelta(days=60),
        later_from=since,
        later_n=400,
        shift_s=shift_s,
        error_s=0.05,
    )


def found(percent: int = 10, machine: str = "VLM1") -> DriftFound:
    return DriftFound(machine=machine, shift_ms=percent * 200, percent=percent, since="2026-11-21")


def store_with(*records: Record) -> FakeStore:
    store = FakeStore()
    for each in records:
        store.append((each,))
    return store


def test_the_newest_word_about_this_machine_counts() -> None:
    seen = DriftSeen(machine="VLM1", person="p_3")
    assert told_of(store_with(), "VLM1") is None
    assert told_of(store_with(found(), found(30, "VLM2")), "VLM1") == DriftTold(10, "2026-11-21")
    assert told_of(store_with(found(), seen), "VLM1") == DriftTold(10, "2026-11-21", is_seen=True)
    assert told_of(store_with(found(), seen, found(18)), "VLM1") == DriftTold(18, "2026-11-21")
    assert told_of(store_with(found(), SERVICED), "VLM1") is None


def test_the_same_drift_is_told_once_and_much_more_of_it_again() -> None:
    assert news_of(None, None, "VLM1") is None
    assert news_of(drift(0.2), None, "VLM1") is None
    assert news_of(drift(2.0), None, "VLM1") == found(10)
    assert news_of(drift(2.4), DriftTold(10, "2026-11-14", is_seen=True), "VLM1") is None
    assert news_of(drift(3.2), DriftTold(10, "2026-11-14", is_seen=True), "VLM1") == found(16)


def test_it_is_looked_once_a_day_and_not_while_somebody_works() -> None:
    at = [NOW]
    looks: list[datetime] = []

    def learnt() -> Drift:
        looks.append(at[0])
        return drift(2.0)

    store = store_with(SERVICED)
    watch = DriftWatch(ledger=store, library=store, learnt=learnt, machine="VLM1", utc=lambda: at[0])
    newest = store.log[-1].at
    at[0] = newest + timedelta(minutes=5)
    watch._looked = at[0] - timedelta(hours=30)
    assert not watch.turn()
    at[0] = newest + timedelta(minutes=20)
    assert watch.turn()
    assert told_of(store, "VLM1") == DriftTold(10, "2026-11-21")
    assert not watch.turn()
    assert len(looks) == 1
