"""Hand-made Views with the mark of the site database, in every state; the page behind it is opened by a touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.values import HeldLease, SyncException, SyncState
from station.view.sync import SyncView
from station.view.view import View
from tests.helpers.faces import NOW, PICK, TAKE, view

EPOCH = "7f3c9a52-0d1e-4c7b-9f10-5b2f6a8e1d34"
LEASES = tuple(HeldLease(f"SO-{48213 + number}", NOW + timedelta(minutes=12 + 9 * number)) for number in range(7))
ONLINE = SyncView(
    state=SyncState.ONLINE,
    last_receipt_at=NOW - timedelta(seconds=40),
    last_pull_at=NOW - timedelta(seconds=5),
    data_as_of=NOW - timedelta(seconds=5),
    server_epoch=EPOCH,
    acked=4711,
    head=4711,
    leases=LEASES,
)
CATCHING_UP = replace(
    ONLINE, state=SyncState.CATCHING_UP, waiting=12_480, oldest_at=NOW - timedelta(minutes=195), acked=4711, head=17_191
)
ISLAND = replace(
    CATCHING_UP, state=SyncState.ISLAND, waiting=38, since=NOW - timedelta(minutes=58), head=4749, code="U201", is_trying=True
)
OLD_ISLAND = replace(
    ISLAND,
    state=SyncState.ATTENTION,
    problem="queue_long",
    waiting=15_120,
    since=NOW - timedelta(days=3),
    oldest_at=NOW - timedelta(days=3),
    is_trying=False,
)
REFUSED = tuple(
    SyncException(kind=kind, key=key, why=why, at=NOW - timedelta(hours=number + 1))
    for number, (kind, key, why) in enumerate(
        (
            ("tray", "VLM1/12", "has_stock"),
            ("item", "LIYCY-4X025", "measure_fixed"),
            ("order", "SO-48217", "begun"),
            ("person", "p_0123456789abcdef", "badge_taken"),
            ("event", "4702", "unreadable"),
            ("picture", "bolt.svg", "too_large"),
        )
    )
)
ATTENTION = replace(ONLINE, state=SyncState.ATTENTION, problem="exceptions", exceptions=REFUSED)
NEW = SyncView(state=SyncState.ATTENTION, problem="not_enrolled", code="U301", waiting=3, head=3)
OF_PROBLEM = tuple(
    replace(ONLINE, state=SyncState.ATTENTION, problem=problem)
    for problem in (
        "not_enrolled",
        "schema",
        "hold",
        "fork",
        "behind",
        "must_refetch",
        "checksum",
        "unread",
        "pepper_missing",
        "exceptions",
        "fault",
        "queue_long",
    )
)


def site_states() -> Iterator[tuple[str, View]]:
    """A pick with the mark in each state."""
    for name, sync in (
        ("online", ONLINE),
        ("catching_up", CATCHING_UP),
        ("island", ISLAND),
        ("attention", ATTENTION),
        ("old_island", OLD_ISLAND),
        ("new", NEW),
        *((f"problem_{each.problem}", each) for each in OF_PROBLEM),
    ):
        yield f"site_{name}", view(PICK, TAKE, sync=sync)
