"""A sheet of late bookings as a file: each good row is booked by itself, bad ones land in a reject file beside it, with why.

Columns: what (pick, put, count), order, line, machine, tray, compartment, item, lot, serial, owner, quantity, person, at, reason,
rest (open, short), sure (yes: the compartment was counted since, and it is entered all the same). `person` is a name or a random
id; `at` is local time of the station unless it says otherwise. A row that was booked before is refused, so that a file may be
given again.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Protocol

from station.imports.fields import Fields
from station.imports.reject import reject_path, write_rejects
from station.imports.report import ErrorList, ImportReport
from station.imports.table import REJECT_REASON, Row, Table, form_of, read_table
from station.late import NOBODY, EnteredBy, LateEntry, LateError, LateStore, Rest, What, book
from station.outages import clean_reason
from station.values import Item, Order, OrderLine, Person, Place, StockKey

_STOCK = ("machine", "tray", "compartment", "item", "lot", "serial", "owner", "quantity")
COLUMNS = frozenset(("what", "order", "line", *_STOCK, "person", "at", "reason", "rest", "sure"))
WHAT = "late"


class LateFileStore(LateStore, Protocol):
    """What a file of late bookings needs of the store."""

    def item(self, code: str) -> Item | None: ...

    def order(self, order: str) -> Order | None: ...

    def machines(self) -> tuple[str, ...]: ...

    def people(self) -> tuple[Person, ...]: ...


def enter_file(path: Path, store: LateFileStore, *, now: datetime) -> ImportReport:
    """Book the rows of the file. Raises OSError for a file that cannot be read, StoreError. Blocks."""
    content = path.read_bytes()
    errors = ErrorList(str(path))
    table = read_table(content, form=form_of(path), errors=errors)
    mark = hashlib.sha256(content).hexdigest()
    if table is None:
        return ImportReport(file=str(path), what="", sha256=mark, rows=0, rejected=0, errors=tuple(errors.errors))
    bad = [row for row in table.rows if not enter_row(row, store, errors, now=now)]
    return _report(path, table, bad, errors, mark)


def enter_values(values: dict[str, str], store: LateFileStore, *, now: datetime, by: EnteredBy = NOBODY) -> ImportReport:
    """The same for one booking, as a command line names it."""
    errors = ErrorList(WHAT)
    is_in = enter_row(Row(line=1, values=values), store, errors, now=now, by=by)
    return ImportReport(file=WHAT, what=WHAT, sha256="", rows=int(is_in), rejected=int(not is_in), errors=tuple(errors.errors))


def _report(path: Path, table: Table, bad: list[Row], errors: ErrorList, mark: str) -> ImportReport:
    rejects = reject_path(path)
    if bad:
        write_rejects(rejects, table, bad, errors=errors)
    else:
        rejects.unlink(missing_ok=True)
    return ImportReport(
        file=str(path),
        what=WHAT,
        sha256=mark,
        rows=len(table.rows) - len(bad),
        rejected=len(bad),
        errors=tuple(errors.errors),
        reject_file=str(rejects) if bad else "",
        ignored_columns=tuple(each for each in table.columns if each not in COLUMNS | {REJECT_REASON}),
    )


def enter_row(row: Row, store: LateFileStore, errors: ErrorList, *, now: datetime, by: EnteredBy = NOBODY) -> bool:
    """Whether the row was booked; what is wrong is among the errors."""
    if row.is_broken:
        return False
    fields = Fields(row, errors)
    entry = _entry(row, fields, store, now)
    if entry is None or not fields.is_good:
        return False
    try:
        book(store, entry, now=now, by=by)
    except LateError as error:
        fields.refuse(error.field, error.code)
        return False
    return True


def _entry(row: Row, fields: Fields, store: LateFileStore, now: datetime) -> LateEntry | None:
    """The entry that the row says. An order's line names the item, its lot and owner, where the row does not."""
    line = _line(row, fields, store)
    code = fields.code("item", is_required=line is None) or (line.item if line else "")
    item = store.item(code) if code else None
    if item is None:
        if code:
            fields.refuse("item", "unknown_item")
        return None
    at, place, what = _moment(fields, now), _place(row, fields, store), fields.choice("what", What)
    person = _person(fields, store)
    if at is None or person is None:
        return None
    return LateEntry(
        what=what,
        item=item,
        key=StockKey(
            item=code,
            lot=fields.code("lot", is_required=False) or (line.lot if line else ""),
            serial=fields.code("serial", is_required=False),
            owner=fields.text("owner") or (line.owner if line else "own"),
        ),
        place=place,
        quantity=fields.quantity("quantity", item.decimals),
        true_at=at,
        done_by=person.person,
        reason=clean_reason(fields.text("reason", is_required=True)),
        order=line.order if line else "",
        line=line.line if line else "",
        rest=fields.choice("rest", Rest, Rest.OPEN),
        is_sure=fields.flag("sure"),
    )


def _line(row: Row, fields: Fields, store: LateFileStore) -> OrderLine | None:
    """The line of the order that the row names; one without an order has none."""
    name = row.values.get("order", "")
    if not name:
        return None
    order = store.order(name)
    if order is None:
        fields.refuse("order", "unknown_order")
        return None
    said = row.values.get("line", "")
    lines = [each for each in order.lines if each.line == said or (not said and len(order.lines) == 1)]
    if not lines:
        fields.refuse("line", "unknown_line")
        return None
    return lines[0]


def _place(row: Row, fields: Fields, store: LateFileStore) -> Place:
    """Where one machine has trays it need not be named."""
    machines = store.machines()
    if not row.values.get("machine") and len(machines) == 1:
        return Place(machines[0], fields.whole("tray", low=1, high=999_999), fields.label())
    return fields.place()


def _moment(fields: Fields, now: datetime) -> datetime | None:
    """A moment without an offset is the station's own time: the sheet was written beside its clock."""
    said = fields.text("at", is_required=True)
    if not said:
        return None
    try:
        return datetime.fromisoformat(said).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        fields.refuse("at", "not_a_time", allowed="2026-05-04 14:30")
        return None


def _person(fields: Fields, store: LateFileStore) -> Person | None:
    said = fields.text("person", is_required=True)
    found = [each for each in store.people() if said and said.casefold() in (each.person, each.name.casefold())]
    if said and len(found) != 1:
        fields.refuse("person", "ambiguous" if found else "unknown_person")
        return None
    return found[0] if found else None
