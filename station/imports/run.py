"""One file from its bytes to the store: recognise, read, set bad rows aside, take the good ones over.

The store takes them piece by piece, with bookings between; the event that tells of the file goes in with the last piece.
Blocking; runs on a reader thread. What is wrong with a file is in its report, never an exception; only the store's own errors
(StoreError, through its futures) are raised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from db.records.files import Imported
from station.host_changes import ChangeStore, HostChange, change_order
from station.imports import item, kit, loop, order, signal, stock, tray
from station.imports.item_rules import fixed_measure, refuse_new_measures, refuse_taken_codes
from station.imports.known import Known
from station.imports.reject import reject_path, write_rejects
from station.imports.report import ErrorList, ImportReport, RowError
from station.imports.table import REJECT_REASON, Table, form_of, read_table
from station.pull.facts import Facts
from station.values import Item, Order, Pulled, PullSignal, Stock, Tray

STORE_TIMEOUT_S = 600.0

Refused = Future[tuple[str, ...]]
Read = Callable[[bytes, ErrorList], Table | None]


class ImportStore(ChangeStore, Protocol):
    """What imports need of the store. The futures of the writes name what the store refused: an item's code, a tray as
    "machine/number", an order."""

    def item(self, code: str) -> Item | None: ...

    def items_with_codes(self, codes: Iterable[str]) -> dict[str, tuple[str, ...]]: ...

    def tray(self, machine: str, number: int) -> Tray | None: ...

    def stock_on_tray(self, machine: str, tray: int) -> tuple[Stock, ...]: ...

    def stock_of_item(self, item: str) -> tuple[Stock, ...]: ...

    def order(self, order: str) -> Order | None: ...

    def import_items(self, items: Sequence[Item], imported: Imported, *, operator: str = "") -> Refused: ...

    def import_kits(self, kits: Sequence[Item], imported: Imported, *, operator: str = "") -> Refused: ...

    def import_trays(
        self, trays: Sequence[Tray], imported: Imported, *, operator: str = "", since: Mapping[tuple[str, int], datetime] = ...
    ) -> Refused: ...

    def import_stock(self, stock: Sequence[Stock], imported: Imported, *, operator: str = "") -> Refused: ...

    def import_orders(self, orders: Sequence[Order], imported: Imported, *, operator: str = "") -> Refused: ...

    def signal(self, name: str) -> PullSignal | None: ...

    def look_pull(self, decide: Callable[[Facts], Pulled]) -> Pulled: ...

    def import_pull(self, asked: Sequence[Callable[[Facts], Pulled]], imported: Imported, *, operator: str = "") -> Refused: ...


@dataclass(frozen=True, slots=True)
class Readout:
    """The good rows of a file. `lines_of` names the lines behind each thing that the store may still refuse, `refusal` the field
    and the reason of such a thing."""

    lines: frozenset[int]
    write: Callable[[Imported], Refused]
    lines_of: dict[str, tuple[int, ...]]
    refusal: Callable[[str], tuple[str, str]] = lambda name: ("", "")


def import_file(path: Path, store: ImportStore, *, operator: str = "", read: Read | None = None) -> ImportReport:
    """Import one file. What it holds is told from its columns, its form from its name, unless a dialect is to `read` it."""
    errors = ErrorList(path.name)
    try:
        content = path.read_bytes()
    except OSError as error:
        errors.add(0, "", "unreadable", value=error.strerror or "")
        return _not_understood(path, b"", errors)
    table = read(content, errors) if read else read_table(content, form=form_of(path), errors=errors)
    what = kind_of(table.columns) if table else ""
    if table is None or not what:
        if table is not None:
            errors.add(1, "", "unknown_columns", value=", ".join(table.columns))
        return _not_understood(path, content, errors)
    return _take_over(path, content, table, what=what, store=store, errors=errors, operator=operator)


def kind_of(columns: Iterable[str]) -> str:
    """What a file with these columns holds: item, kit, tray, stock, order, loop, signal or step; "" when it is none of them."""
    present = frozenset(columns)
    for what, required in (
        ("kit", kit.REQUIRED),
        ("loop", loop.REQUIRED),
        ("step", signal.STEP_REQUIRED[0]),
        ("step", signal.STEP_REQUIRED[1]),
        ("signal", signal.REQUIRED),
        ("order", order.REQUIRED),
        ("stock", stock.REQUIRED),
        ("tray", tray.REQUIRED),
        ("item", item.REQUIRED),
    ):
        if required <= present:
            return what
    return ""


def _take_over(
    path: Path, content: bytes, table: Table, *, what: str, store: ImportStore, errors: ErrorList, operator: str
) -> ImportReport:
    good = _READERS[what](table, errors, store, operator)
    reject_file = _set_aside(path, table, errors)
    if reject_file is None:
        return _not_understood(path, content, errors)
    sha256 = hashlib.sha256(content).hexdigest()
    rejected = len(table.rows) - len(good.lines)
    record = Imported(what=what, file=path.name, sha256=sha256, rows=len(good.lines), rejected=rejected)
    refused = good.write(record).result(STORE_TIMEOUT_S)
    late = [(line, *good.refusal(name)) for name in refused for line in good.lines_of.get(name, ())]
    for each in late:
        errors.add(*each)
    if late:
        reject_file = _set_aside(path, table, errors) or ""
    return ImportReport(
        file=path.name,
        what=what,
        sha256=sha256,
        rows=len(good.lines) - len(late),
        rejected=rejected + len(late),
        errors=tuple(_in_words_of(table, each) for each in sorted(errors.errors, key=lambda each: each.line)),
        reject_file=reject_file,
        ignored_columns=tuple(name for name in table.columns if name not in _COLUMNS[what] | {REJECT_REASON}),
    )


def _in_words_of(table: Table, error: RowError) -> RowError:
    return replace(error, field=table.names.get(error.field, error.field))


def _set_aside(path: Path, table: Table, errors: ErrorList) -> str | None:
    """Write the reject file before anything goes in: without it the bad rows would be lost. None when it cannot be written."""
    bad = errors.lines()
    rows = [row for row in table.rows if row.line in bad]
    target = reject_path(path)
    try:
        if rows:
            write_rejects(target, table, rows, errors=errors)
        else:
            target.unlink(missing_ok=True)  # an earlier import's; this file is clean now
    except OSError as error:
        errors.add(0, "", "reject_file_not_written", value=error.strerror or "")
        return None
    return str(target) if rows else ""


def _not_understood(path: Path, content: bytes, errors: ErrorList) -> ImportReport:
    """Nothing went in. The file as a whole counts as one that was rejected."""
    sha256 = hashlib.sha256(content).hexdigest()
    return ImportReport(file=path.name, what="", sha256=sha256, rows=0, rejected=1, errors=tuple(errors.errors))


def _items(table: Table, errors: ErrorList, store: ImportStore, operator: str) -> Readout:
    found = item.read_items(table, errors)
    found, measures = refuse_new_measures(found, errors, site=store)
    found = refuse_taken_codes(found, errors, site=store, unsure=measures)
    return Readout(
        frozenset(found),
        lambda record: store.import_items(tuple(found.values()), record, operator=operator),
        {each.code: (line,) for line, each in found.items()},
        lambda code: fixed_measure(measures.get(code, "")),
    )


def _kits(table: Table, errors: ErrorList, store: ImportStore, operator: str) -> Readout:
    drafts = kit.read_kits(table, errors, known=Known(store))
    found = tuple(draft.finished() for draft in drafts.values())
    return Readout(
        frozenset(line for draft in drafts.values() for line in draft.parts),
        lambda record: store.import_kits(found, record, operator=operator),
        {name: tuple(draft.parts) for name, draft in drafts.items()},
        lambda name: ("component", "kit_cycle"),
    )


def _trays(table: Table, errors: ErrorList, store: ImportStore, operator: str) -> Readout:
    drafts = tray.read_trays(table, errors, names=store, now=datetime.now(UTC))
    trays = tuple(draft.finished() for draft in drafts.values())
    since = {carrier: draft.since for carrier, draft in drafts.items() if draft.since is not None}
    told = {f"{machine}/{number}" for machine, number in since}
    return Readout(
        frozenset(line for draft in drafts.values() for line in draft.lines),
        lambda record: store.import_trays(trays, record, operator=operator, since=since),
        {f"{machine}/{number}": tuple(draft.lines) for (machine, number), draft in drafts.items()},
        lambda name: ("since", "before_last_change") if name in told else ("compartment", "displaces_stock"),
    )


def _stock(table: Table, errors: ErrorList, store: ImportStore, operator: str) -> Readout:
    found = stock.read_stock(table, errors, known=Known(store), stock_of=store.stock_of_item)
    rows = tuple(found.values())
    return Readout(frozenset(found), lambda record: store.import_stock(rows, record, operator=operator), {})


def _orders(table: Table, errors: ErrorList, store: ImportStore, operator: str) -> Readout:
    drafts = order.read_orders(table, errors, known=Known(store), names=store)
    orders = tuple(draft.finished() for draft in drafts.values() if draft.lines)
    changes = {name: draft.changes for name, draft in drafts.items() if draft.changes}
    why: dict[str, str] = {}

    def write(record: Imported) -> Refused:
        for name, of_line in changes.items():
            refused = change_order(store, name, tuple(of_line.values()))
            why.update((_key(each), code) for each, code in refused.items())
        return _with(store.import_orders(orders, record, operator=operator), why)

    of_changes = {_key(each): (line,) for of_line in changes.values() for line, each in of_line.items()}
    return Readout(
        frozenset(line for draft in drafts.values() for line in draft.rows),
        write,
        {name: tuple(draft.lines) for name, draft in drafts.items()} | of_changes,
        lambda name: ("order", why.get(name, "order_started")),
    )


def _key(change: HostChange) -> str:
    """No order has such a name."""
    return f"\n{change.order}\n{change.line}"


def _with(written: Refused, more: Iterable[str]) -> Refused:
    """The same future, with more names in its result."""
    both: Refused = Future()

    def pass_on(done: Refused) -> None:
        if (error := done.exception()) is not None:
            both.set_exception(error)
        else:
            both.set_result((*done.result(), *more))

    written.add_done_callback(pass_on)
    return both


def _loops(table: Table, errors: ErrorList, store: ImportStore, operator: str) -> Readout:
    found = loop.read_loops(table, errors, known=Known(store))
    decided = tuple(_as_it_is(Pulled((each,))) for each in found.values())
    return Readout(frozenset(found), lambda record: store.import_pull(decided, record, operator=operator), {})


def _as_it_is(pulled: Pulled) -> Callable[[Facts], Pulled]:
    return lambda facts: pulled


def _signals(table: Table, errors: ErrorList, store: ImportStore, operator: str) -> Readout:
    return _pulled(signal.read_signals(table, errors, known=Known(store), names=store), store, operator)


def _steps(table: Table, errors: ErrorList, store: ImportStore, operator: str) -> Readout:
    return _pulled(signal.read_steps(table, errors, names=store, at=datetime.now(UTC)), store, operator)


def _pulled(found: Mapping[int, signal.Asked], store: ImportStore, operator: str) -> Readout:
    decided = tuple(each.decide for each in found.values())
    return Readout(frozenset(found), lambda record: store.import_pull(decided, record, operator=operator), {})


_READERS = {
    "item": _items,
    "kit": _kits,
    "tray": _trays,
    "stock": _stock,
    "order": _orders,
    "loop": _loops,
    "signal": _signals,
    "step": _steps,
}
_COLUMNS = {
    "item": item.COLUMNS,
    "kit": kit.COLUMNS,
    "tray": tray.COLUMNS,
    "stock": stock.COLUMNS,
    "order": order.COLUMNS,
    "loop": loop.COLUMNS,
    "signal": signal.COLUMNS,
    "step": signal.STEP_COLUMNS,
}
