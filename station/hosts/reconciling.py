"""A host's stock file compared with the store, and the comparison written into the log: the next one knows where both agreed.

Nothing is corrected: what differs is counted at the bay, or mended by the host. Blocking.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from db.records.files import StockCompared
from db.records.record import Record
from station.hosts.power_pick import KINDS, exported
from station.hosts.reconcile import Agreement, Compared, Cutoff, compare, knower, movements_since
from station.hosts.snapshot import Key, SnapshotStore, snapshot
from station.imports.fields import MAX_CODE, Fields
from station.imports.report import ErrorList, RowError
from station.imports.table import Row, form_of, read_table
from station.quantity import to_text
from station.undone import undone_by
from station.values import EventRow, Item

STORE_TIMEOUT_S = 60.0
REQUIRED = frozenset({"item", "quantity"})
RECENT = 400  # comparisons looked back for a last agreement: more than a year of nights


class ReconcileError(Exception):
    """The file cannot be compared; `errors` say why, row by row."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        first = errors[0]
        super().__init__(f"{first.file}, {first.line}, {first.field}: {first.reason}")
        self.errors = tuple(errors)


class ReconcileStore(SnapshotStore, Protocol):
    """What is needed of the store."""

    def events(
        self, *, kinds: Collection[str] | None = None, limit: int | None = None, newest_first: bool = False
    ) -> tuple[EventRow, ...]: ...

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What came of one file. `seq` of `epoch` is the last event of ours that is in it."""

    file: str
    at: datetime
    station: str
    epoch: str
    seq: int
    rows: tuple[Compared, ...]

    def count(self, state: Agreement) -> int:
        return sum(each.state is state for each in self.rows)


def reconcile(path: Path, store: ReconcileStore, station: str, now: datetime) -> Reconciliation:
    """Compare and write down that it was. Raises ReconcileError (nothing was written), OSError, StoreError."""
    content = path.read_bytes()
    items = {each.code: each for each in store.items()}
    theirs, cutoff = _read(path, content, items)
    found = snapshot(store, station, now)
    told = store.events(kinds=("result_exported", "result_acknowledged", "line_closed"), limit=None)
    undone = undone_by(store.events(kinds=("booking_undone",), limit=None))
    began = [each.epoch for each in store.events(kinds=("epoch_opened",), limit=None)]
    moved = store.events(kinds=KINDS, limit=None)
    epochs = list(dict.fromkeys([*began, *(each.epoch for each in moved), found.epoch]))
    since = movements_since(
        (each for each in moved if each.epoch != found.epoch or each.seq <= found.seq),
        is_known=knower(cutoff, exported(told), undone, epochs),
        agreed=_Agreements(store).of,
    )
    done = Reconciliation(
        file=path.name,
        at=now,
        station=station,
        epoch=found.epoch,
        seq=found.seq,
        rows=compare(found.rows, theirs, items, since),
    )
    store.append([_record(done, content)]).result(STORE_TIMEOUT_S)
    return done


def _record(done: Reconciliation, content: bytes) -> StockCompared:
    return StockCompared(
        file=done.file,
        sha256=hashlib.sha256(content).hexdigest(),
        epoch=done.epoch,
        through_seq=done.seq,
        equal=done.count(Agreement.EQUAL),
        in_transit=done.count(Agreement.IN_TRANSIT),
        different=tuple(json.dumps(each.key) for each in done.rows if each.state is Agreement.DIFFERENT),
    )


class _Agreements:
    """Where in the log each key was last found in agreement."""

    def __init__(self, store: ReconcileStore) -> None:
        newest = store.events(kinds=("stock_compared",), limit=RECENT, newest_first=True)
        self._compared = [(each["epoch"], each["through_seq"], set(each["different"])) for each in map(_data, newest)]

    def of(self, key: Key) -> tuple[str, int]:
        """("", 0) for one that never was."""
        name = json.dumps(key)
        return next(((epoch, seq) for epoch, seq, different in self._compared if name not in different), ("", 0))


def _read(path: Path, content: bytes, items: Mapping[str, Item]) -> tuple[dict[Key, int], Cutoff]:
    errors = ErrorList(path.name)
    table = read_table(content, form=form_of(path), errors=errors)
    if table is not None and not set(table.columns) >= REQUIRED:
        errors.add(1, "", "unknown_columns", value=", ".join(table.columns), allowed="item, quantity, lot, owner, at, epoch, seq")
    theirs: dict[Key, int] = {}
    cutoffs: set[Cutoff] = set()
    for row in table.rows if table is not None and not errors.errors else ():
        _take(row, errors, items, theirs, cutoffs)
    if len(cutoffs) > 1:
        errors.add(0, "at", "differs_from_first_row", allowed="one cut-off for the whole file")
    if errors.errors or table is None:
        raise ReconcileError(errors.errors)
    return theirs, next(iter(cutoffs), Cutoff())


def _take(row: Row, errors: ErrorList, items: Mapping[str, Item], theirs: dict[Key, int], cutoffs: set[Cutoff]) -> None:
    fields = Fields(row, errors)
    code = fields.text("item", is_required=True)
    item = items.get(code)
    if code and item is None:
        fields.refuse("item", "unknown_item")
    quantity = fields.quantity("quantity", item.decimals if item else 3)
    key = code, fields.text("lot", longest=MAX_CODE), fields.text("owner", longest=MAX_CODE) or "own"
    cutoff = Cutoff(
        epoch=fields.text("epoch"), seq=fields.whole("seq", low=0, high=999_999_999, default=0), at=fields.moment("at")
    )
    if key in theirs:
        fields.refuse("item", "duplicate")
    if fields.is_good:
        theirs[key] = quantity
        cutoffs.add(cutoff)


def told(done: Reconciliation) -> dict[str, object]:
    """As JSON has it."""
    return {
        "file": done.file,
        "at": done.at.isoformat(),
        "station": done.station,
        "epoch": done.epoch,
        "seq": done.seq,
        **{str(state): done.count(state) for state in Agreement},
        "rows": [told_row(each) for each in done.rows],
    }


def told_row(each: Compared) -> dict[str, object]:
    """One row, quantities as decimal strings."""

    def text(quantity: int) -> str:
        return to_text(quantity, each.item.decimals)

    return {
        "item": each.item.code,
        "lot": each.lot,
        "owner": each.owner,
        "state": str(each.state),
        "ours": text(each.ours),
        "host": text(each.host),
        "in_transit": text(each.in_transit),
        "difference": text(each.difference),
        "all_events": each.all_events,
        "events": [movement.as_row(each.item) for movement in each.events],
    }


def _data(event: EventRow) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(event.body)["data"]
    return data
