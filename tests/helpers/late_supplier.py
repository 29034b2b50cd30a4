"""A store whose supplier is late: the days before today, written by a clock of their own."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.records.pull import LoopSet, SignalMoved, SignalRaised
from db.store import Store
from tests.unit.db.made import imported, item, picked, put

ITEM, LOOP, LATE, NEXT = "LATE-1", "S1", "S1.1", "S1.2"


class PastClock:
    """So many days ago, until it is told another day."""

    def __init__(self, days: int) -> None:
        self._now = datetime.now(UTC)
        self.go(days)

    def go(self, days_ago: int) -> None:
        self._at = self._now - timedelta(days=days_ago)

    def __call__(self) -> datetime:
        self._at += timedelta(milliseconds=1)
        return self._at


def late_supplier(folder: Path, clock: PastClock, *, station: str) -> None:
    """Sixty pieces ten days ago; two days later 45 of them went and 50 were asked for, to be there four days ago. None came."""
    with closing(Store.open(folder, station=station, clock=clock, ballast_bytes=0)) as store:
        store.import_items([item(ITEM, unit_value=250)], imported("item")).result()
        loop = LoopSet(
            loop=LOOP, item=ITEM, consumer="VLM1", supplier="Brandt", container=10, cards=0, lead_time_min=4 * 1440,
            trigger_at=20, up_to=60,
        )  # fmt: skip
        store.append([loop, put(60, machine="SHELF", item=ITEM)]).result()
        clock.go(8)
        need_by = (clock() + timedelta(days=4)).isoformat(timespec="microseconds")
        asked = SignalRaised(
            signal=LATE, item=ITEM, quantity=50, consumer="VLM1", origin="trigger", need_by=need_by, loop=LOOP, supplier="Brandt"
        )
        gone = picked(45, machine="SHELF", item=ITEM)
        store.append([gone, asked, SignalMoved(signal=LATE, step="send")]).result()
