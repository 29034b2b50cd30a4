"""What a motion took, from the log: only what was done and answered, of this opening, in the order of the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.record import Record
from db.store import Store

from .made import ended, intended

FETCHED = [intended(1), ended(1, "done", visit=1)]
CASES: list[tuple[list[Record], list[tuple[str, int, float]]]] = [
    (FETCHED, [("fetch", 7, 1.0)]),
    ([*FETCHED, intended(2, "point"), ended(2, "done", "point")], [("fetch", 7, 1.0)]),
    ([*FETCHED, intended(2, "store"), ended(2, "done", "store")], [("fetch", 7, 1.0), ("store", 7, 1.0)]),
    ([intended(1), ended(1, "not_done")], []),
    ([intended(1), ended(1, "unknown"), replace(ended(1, "done", visit=1), how="late_answer")], []),
    ([intended(1), replace(ended(1, "done", visit=1), how="status")], []),
    ([intended(1), intended(2, "point"), ended(1, "done", visit=1)], [("fetch", 7, 2.0)]),
    ([ended(1, "done", visit=1)], []),  # its intent is not in this log
    ([replace(intended(1), opening="SH1-2"), replace(ended(1, "done", visit=1), opening="SH1-2")], []),
    (
        [*FETCHED, replace(intended(2), tray=9), replace(ended(2, "done", visit=1), tray=9)],
        [("fetch", 7, 1.0), ("fetch", 9, 1.0)],
    ),
]


@pytest.mark.parametrize(("records", "expected"), CASES)
def test_motions_that_were_done_say_what_they_took(
    store: Store, records: list[Record], expected: list[tuple[str, int, float]]
) -> None:
    store.append(records).result()
    found = store.travels("VLM1", "SH1-1")
    assert [(each.verb, each.tray, each.seconds) for each in found] == expected
