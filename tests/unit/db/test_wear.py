"""Cycles, motions, hours and stays are added up from the log alone, over all of it and since the last service."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records.machine import MotionEnded, MotionIntended, TrayTold
from db.records.record import Record
from db.records.service import ServiceDone
from db.rows.wear import TrayWear
from db.store import Store

from .conftest import StepClock
from .made import ended, intended

Counts = dict[int, tuple[int, int, int, int, int]]  # tray: cycles, motions, not done, unknown, run seconds


def told(tray: int | None, visit: int = 0) -> TrayTold:
    return TrayTold(machine="VLM1", opening="SH1-1", tray=tray, visit=visit, how="typed")


def serviced(what: str = "service", following: str = "") -> ServiceDone:
    return ServiceDone(machine="VLM1", person="p_3", what=what, note="report 17", next_inspection=following)


def late(record: MotionEnded) -> MotionEnded:
    return replace(record, how="late_answer")


FETCHED = [intended(1), ended(1, "done", visit=1)]
STORED = [intended(2, "store"), ended(2, "done", "store")]
# One second passes at every event.
CASES: list[tuple[list[Record], tuple[int, int, int, int, float, float]]] = [
    ([intended(1)], (0, 0, 0, 0, 0, 0)),  # still under way
    (FETCHED, (1, 1, 0, 0, 1, 0)),
    ([*FETCHED, *STORED], (1, 2, 0, 0, 2, 1)),
    ([intended(1), ended(1, "not_done")], (0, 0, 1, 0, 0, 0)),
    ([intended(1), ended(1, "unknown")], (0, 0, 0, 1, 0, 0)),
    ([intended(1), ended(1, "unknown"), late(ended(1, "done", visit=1))], (1, 1, 0, 0, 0, 0)),  # when it ended, nobody saw
    ([intended(1), ended(1, "unknown"), late(ended(1, "not_done"))], (0, 0, 1, 0, 0, 0)),
    ([intended(1), ended(1, "unknown"), ended(1, "unknown")], (0, 0, 0, 1, 0, 0)),
    ([intended(1), told(7, 1)], (0, 0, 0, 1, 0, 0)),  # the program ended meanwhile, and a person looked
    ([intended(1), ended(1, "unknown"), told(None), late(ended(1, "done", visit=1))], (1, 1, 0, 0, 0, 0)),  # it came after all
    ([*FETCHED, ended(1, "done", visit=1)], (1, 1, 0, 0, 1, 0)),  # said twice
    ([*FETCHED, intended(2, "point"), ended(2, "done", "point")], (1, 1, 0, 0, 1, 0)),
    ([*FETCHED, intended(2, "store"), ended(2, "not_done", "store"), intended(3, "store"), ended(3, "done", "store")],
     (1, 2, 1, 0, 2, 3)),
    ([*FETCHED, intended(2, "store"), ended(2, "unknown", "store"), told(7, 1), intended(3, "store"), ended(3, "done", "store")],
     (1, 2, 0, 1, 2, 1)),  # how long it was there is known from the moment that somebody said so
    ([*FETCHED, told(7, 1), *STORED], (1, 2, 0, 0, 2, 2)),  # it has been there since it came
]  # fmt: skip


def counts(wear: TrayWear) -> tuple[int, int, int, int, float, float]:
    return wear.cycles, wear.motions, wear.not_done, wear.unknown, wear.run_s, wear.bay_s


@pytest.mark.parametrize(("records", "expected"), CASES)
def test_a_motion_counts_by_how_it_ended(
    store: Store, records: list[Record], expected: tuple[int, int, int, int, float, float]
) -> None:
    store.append(records).result()
    found = store.wear("VLM1")
    assert [counts(each) for each in found.in_log] == ([expected] if any(expected) else [])
    assert found.since_service == found.in_log
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before


def test_a_tray_knows_when_it_was_moved_first_and_last(store: Store) -> None:
    rows = store.append([*FETCHED, *STORED, intended(3), ended(3, "not_done")]).result()
    (wear,) = store.wear("VLM1").in_log
    assert (wear.first_at, wear.last_at) == (rows[0].at, rows[3].at)
    assert store.wear("VLM2").in_log == ()


def test_after_a_service_the_counters_begin_again_and_the_log_goes_on(store: Store) -> None:
    assert store.worn_machines() == ()
    store.append([*FETCHED, intended(2, "store")]).result()
    (row,) = store.append([serviced()]).result()
    store.append([ended(2, "done", "store"), intended(3, tray=8), ended(3, "done", tray=8, visit=1)]).result()
    found = store.wear("VLM1")
    assert [(each.tray, each.cycles, each.motions) for each in found.in_log] == [(7, 1, 2), (8, 1, 1)]
    assert [(each.tray, each.cycles, each.motions) for each in found.since_service] == [(8, 1, 1)]
    assert found.service is not None
    assert (found.service.at, found.service.person, found.service.note) == (row.at, "p_3", "report 17")
    assert found.inspection is None
    assert store.worn_machines() == ("VLM1",)


def test_an_inspection_names_the_next_one_and_leaves_the_counters(store: Store) -> None:
    store.append([*FETCHED, serviced("inspection", "2027-11-26")]).result()
    found = store.wear("VLM1")
    assert [each.cycles for each in found.since_service] == [1]
    assert found.service is None
    assert found.inspection is not None
    assert found.inspection.next_inspection == date(2027, 11, 26)


def test_a_clock_that_was_set_back_takes_no_time_away(store: Store, clock: StepClock) -> None:
    store.append([intended(1)]).result()
    clock.now = clock.now.replace(hour=3)
    store.append([ended(1, "done", visit=1)]).result()
    (wear,) = store.wear("VLM1").in_log
    assert wear.run_s == 0


@dataclass
class Model:
    """A second opinion: every motion with its last end, added up when it is asked. One second passes at every event."""

    now_s: int = 0
    begun: dict[int, tuple[int, str, int]] = field(default_factory=dict)  # tray, verb, second
    ends: dict[int, tuple[str, int]] = field(default_factory=dict)  # outcome, run seconds

    def happened(self, record: Record) -> None:
        self.now_s += 1
        match record:
            case MotionIntended(command=command, tray=tray, verb=verb):
                self.begun[command] = (tray, verb, self.now_s)
            case MotionEnded(command=command, outcome=outcome, how=how):
                self.settle(command, outcome, how)
            case TrayTold():
                for command in self.begun:
                    self.ends.setdefault(command, ("unknown", 0))

    def settle(self, command: int, outcome: str, how: str) -> None:
        if self.ends.get(command, ("unknown", 0))[0] == "unknown":  # else it is over
            is_timed = outcome == "done" and how == "answer"
            self.ends[command] = (outcome, self.now_s - self.begun[command][2] if is_timed else 0)
        if outcome == "done" and command == max(self.begun) and self.begun[command][1] != "point":
            for other in self.begun:  # the opening is settled
                self.ends.setdefault(other, ("unknown", 0))

    def counts(self) -> Counts:
        found: Counts = {}
        for command, (outcome, run_s) in self.ends.items():
            tray, verb, _ = self.begun[command]
            if verb == "point":
                continue
            before = found.get(tray, (0,) * 5)
            is_done = outcome == "done"
            one = (is_done and verb == "fetch", is_done, outcome == "not_done", outcome == "unknown", run_s)
            found[tray] = tuple(a + b for a, b in zip(before, one, strict=True))  # type: ignore[assignment]
        return {tray: each for tray, each in found.items() if any(each)}


@st.composite
def days(draw: st.DrawFn) -> list[Record]:
    """Motions one after the other, each with any ends or none, and people who say what is here."""
    records: list[Record] = []
    for command in range(1, draw(st.integers(1, 8)) + 1):
        tray, verb = draw(st.sampled_from((7, 8))), draw(st.sampled_from(("fetch", "store", "point")))
        records.append(intended(command, verb, tray=tray))
        for outcome in draw(st.lists(st.sampled_from(("done", "not_done", "unknown", "told")), max_size=3)):
            if outcome == "told":
                records.append(told(tray, 1))
            else:
                how = draw(st.sampled_from(("answer", "late_answer")))
                records.append(replace(ended(command, outcome, verb, tray=tray, visit=1), how=how))
    return records


@settings(max_examples=60, deadline=None)
@given(days())
def test_any_day_adds_up_as_a_simple_model_says(records: list[Record]) -> None:
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder), station="S1", clock=StepClock(), ballast_bytes=0)
        try:
            model = Model()
            store.append(records).result()
            for record in records:
                model.happened(record)
            found = {each.tray: (*counts(each)[:4], round(each.run_s)) for each in store.wear("VLM1").in_log}
            assert {tray: each for tray, each in found.items() if any(each)} == model.counts()
        finally:
            store.close()
