"""Rows of an order file to orders: one row for each line, the order's own fields in every one.

Lines that the store has already and the file does not name stay; an order that somebody works on is changed only as
`order_again` and `station.host_changes` say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from station.host_changes import HostChange
from station.imports import kit_lines, order_again
from station.imports.fields import MAX_CODE, Fields
from station.imports.known import Known
from station.imports.order_again import Action
from station.imports.report import ErrorList
from station.imports.table import Table
from station.tracking import is_whole
from station.values import Inspect, Item, LineState, Order, OrderKind, OrderLine, OrderState, Place, Stock

REQUIRED = frozenset({"order", "kind", "line", "item"})
COLUMNS = REQUIRED | {
    "quantity",
    "need_by",
    "priority",
    "destination",
    "lot",
    "owner",
    "host_key",
    "machine",
    "tray",
    "compartment",
    "note",
    "min_remaining_days",
    "express",
    "sequence",
    "rank",
    "kit_stock",
    "supplier",
    "reference",
    "supplier_inspect",
    "inspect",
    "action",
}
PLACE_COLUMNS = ("machine", "tray", "compartment")
LEAST_URGENT = 9
MAX_DAYS = 36_500
MOST_RANKS = 99_999
OF_RECEIPT = ("supplier", "reference", "supplier_inspect", "inspect")
OF_ORDER = ("kind", "destination", "need_by", "priority", "express", "sequence", "supplier", "reference", "supplier_inspect")


class OrderNames(Protocol):
    """The part of the store that is asked."""

    def order(self, order: str) -> Order | None: ...

    def stock_of_item(self, item: str) -> tuple[Stock, ...]: ...


@dataclass(slots=True)
class OrderDraft:
    """An order while its rows are read. `before` are its lines in the store, `lines` its good rows by their line in the file;
    `kind_before` is None for an order that the store does not know."""

    head: Order
    before: tuple[OrderLine, ...]
    is_started: bool
    kind_before: OrderKind | None = None
    known: Order | None = None
    lines: dict[int, tuple[OrderLine, ...]] = field(default_factory=dict)  # several where the row asked for a kit
    same: set[int] = field(default_factory=set)  # rows that say what is known already
    changes: dict[int, HostChange] = field(default_factory=dict)  # of what was released

    @property
    def rows(self) -> frozenset[int]:
        """All good rows."""
        return frozenset({*self.lines, *self.same, *self.changes})

    def finished(self) -> Order:
        """The lines that the store has keep their place; new ones follow."""
        merged: dict[str, tuple[OrderLine, ...]] = {}
        for each in self.before:
            name = kit_lines.host_line(each)
            merged[name] = (*merged.get(name, ()), each)
        merged |= {kit_lines.host_line(row[0]): row for row in self.lines.values()}
        return replace(self.head, lines=tuple(line for row in merged.values() for line in row))

    @property
    def names(self) -> set[str]:
        """Of the lines that the file has named so far."""
        found = [each for row in self.lines.values() for each in row]
        return {each.line for each in found} | {kit_lines.host_line(each) for each in found}


def read_orders(table: Table, errors: ErrorList, *, known: Known, names: OrderNames) -> dict[str, OrderDraft]:
    """The orders with their good rows."""
    drafts: dict[str, OrderDraft] = {}
    for row in table.rows:
        if row.is_broken:
            continue
        fields = Fields(row, errors)
        action = fields.choice("action", Action, Action.ADD)
        if action is Action.CANCEL:
            _cancel(fields, drafts, names)
            continue
        head = _head(fields)
        line = _line(fields, head, known)
        if not fields.is_good or line is None:
            continue
        draft = drafts.get(head.order) or _draft(head, names)
        parts = kit_lines.taken_apart(fields, head, line, known=known, stock_of=names.stock_of_item)
        _take(fields, draft, head, line, parts, is_change=action is Action.CHANGE)
        if fields.is_good:
            drafts[head.order] = draft
    return drafts


def _cancel(fields: Fields, drafts: dict[str, OrderDraft], names: OrderNames) -> None:
    order = fields.code("order")
    if not fields.is_good:
        return
    draft = drafts.get(order) or _draft(Order(order=order, kind=OrderKind.PICK), names)
    if draft.lines:
        fields.refuse("order", "differs_from_first_row", allowed="no other lines of an order that is cancelled in the same file")
    change = order_again.cancellation(fields, draft.known)
    if not fields.is_good:
        return
    drafts[order] = draft
    if change is None:
        draft.same.add(fields.line)
    else:
        draft.changes[fields.line] = change


def _take(
    fields: Fields, draft: OrderDraft, head: Order, line: OrderLine, parts: tuple[OrderLine, ...], *, is_change: bool
) -> None:
    """A row of a line: new, the same again, or another quantity."""
    before = order_again.lines_of(draft.before, line.line)
    is_head_same = draft.known is not None and not [*_differing(draft.known, head)]
    if is_head_same and order_again.is_same(before, parts) and line.line not in draft.names:
        draft.same.add(fields.line)
        return
    order_again.refuse_reuse(fields, before, line)
    if draft.is_started and is_change and before:
        _change(fields, draft, before, line)
        return
    _check(fields, draft, head, line=line)
    _check_names(fields, draft, parts)
    if fields.is_good:
        draft.lines[fields.line] = parts


def _change(fields: Fields, draft: OrderDraft, before: Sequence[OrderLine], line: OrderLine) -> None:
    """After somebody began: how much of a line that is not finished."""
    if draft.known is not None and draft.known.kind is not draft.head.kind:
        fields.refuse("kind", "kind_differs", allowed=f"{draft.known.kind}, as the order is already known")
    for name in _differing(draft.known or draft.head, draft.head):
        if name != "kind":
            fields.refuse(name, "not_changed", allowed="as it was: of an order that was started only quantities change")
    if not any(each.state in order_again.OPEN for each in before):
        fields.refuse("line", "line_ended", allowed="a line that is not finished")
    if before[0].kit is not None:
        fields.refuse("quantity", "kit_not_changed", allowed="the same number of kits, or cancel")
    if fields.is_good:
        draft.changes[fields.line] = HostChange(order=line.order, line=line.line, quantity=line.quantity)


def _head(fields: Fields) -> Order:
    return Order(
        order=fields.code("order"),
        kind=fields.choice("kind", OrderKind),
        destination=fields.text("destination", longest=MAX_CODE),
        need_by=fields.moment("need_by"),
        priority=fields.whole("priority", low=1, high=LEAST_URGENT, default=5),
        is_express=fields.has("express") and fields.flag("express"),
        sequence=fields.text("sequence", longest=MAX_CODE),
        supplier=fields.text("supplier", longest=MAX_CODE),
        reference=fields.text("reference", longest=MAX_CODE),
        inspect=fields.choice("supplier_inspect", Inspect, Inspect.NONE),
    )


def _line(fields: Fields, head: Order, known: Known) -> OrderLine | None:
    line = fields.text("line", is_required=True, longest=MAX_CODE)
    place = _place(fields, known)
    _check_receipt(fields, head)
    item = known.item(fields)
    if item is None:
        return None
    return OrderLine(
        order=head.order,
        line=line,
        item=item.code,
        quantity=_quantity(fields, head.kind, item),
        host_key=fields.text("host_key"),
        lot=fields.text("lot", longest=MAX_CODE),
        owner=fields.text("owner", longest=MAX_CODE) or "own",
        place=place,
        note=fields.text("note"),
        min_remaining_days=fields.whole("min_remaining_days", low=0, high=MAX_DAYS, default=0),
        rank=_rank(fields, head),
        inspect=fields.choice("inspect", Inspect, Inspect.NONE),
    )


def _check_receipt(fields: Fields, head: Order) -> None:
    """Supplier, reference and inspection are a receipt's; a receipt names no compartment and leaves in no sequence."""
    if head.kind is OrderKind.RECEIPT:
        for name in (*PLACE_COLUMNS, "sequence", "express", "min_remaining_days"):
            if fields.has(name):
                fields.refuse(name, "not_allowed", allowed="empty for a receipt")
        return
    for name in OF_RECEIPT:
        if fields.has(name) and not (name == "reference" and head.kind is OrderKind.PICK):  # of a pick: the signal it is for
            fields.refuse(name, "not_allowed", allowed="only for a receipt")


def _rank(fields: Fields, head: Order) -> int:
    """A line of a sequence has its rank; without a sequence there is none."""
    rank = fields.whole("rank", low=1, high=MOST_RANKS, default=0)
    if head.sequence and not rank:
        fields.refuse("rank", "missing")
    if rank and not head.sequence:
        fields.refuse("sequence", "missing")
    return rank


def _place(fields: Fields, known: Known) -> Place | None:
    """Where a put or count line names its compartment; all three columns or none."""
    return known.place(fields) if any(fields.has(name) for name in PLACE_COLUMNS) else None


def _quantity(fields: Fields, kind: OrderKind, item: Item) -> int:
    quantity = fields.quantity("quantity", item.decimals, is_required=kind is not OrderKind.COUNT)
    if quantity and kind is OrderKind.COUNT:
        fields.refuse("quantity", "not_allowed", allowed="0 or empty: a count asks for no quantity")
    if not quantity and kind is not OrderKind.COUNT and fields.has("quantity") and fields.is_good:
        fields.refuse("quantity", "out_of_range", allowed="more than 0")
    if not is_whole(item, quantity):
        fields.refuse("quantity", "not_allowed", allowed="whole pieces, because the item is tracked by serial")
    return quantity


def _draft(head: Order, names: OrderNames) -> OrderDraft:
    before = names.order(head.order)
    if before is None:
        return OrderDraft(head=head, before=(), is_started=False)
    is_started = before.state is not OrderState.RELEASED or any(_is_touched(each) for each in before.lines)
    return OrderDraft(head=head, before=before.lines, is_started=is_started, kind_before=before.kind, known=before)


def _is_touched(line: OrderLine) -> bool:
    return line.state is not LineState.OPEN or line.done_quantity != 0


def _check(fields: Fields, draft: OrderDraft, head: Order, *, line: OrderLine) -> None:
    if draft.is_started:
        fields.refuse("order", "order_started", allowed="action change or cancel: somebody has started it")
    if draft.kind_before not in (None, head.kind):
        fields.refuse("kind", "kind_differs", allowed=f"{draft.kind_before}, as the order is already known")
    for name in _differing(draft.head, head):
        fields.refuse(name, "differs_from_first_row", allowed="the same in all rows of an order")
    others = (*(each for row in draft.lines.values() for each in row), *draft.before)
    if line.rank and line.rank in {each.rank for each in others if each.line != line.line}:
        fields.refuse("rank", "duplicate")


def _check_names(fields: Fields, draft: OrderDraft, parts: Sequence[OrderLine]) -> None:
    """No two lines of an order have one name: nor has a kit's part that of a line of the host's."""
    if not parts:
        return
    own = kit_lines.host_line(parts[0])
    new = {own, *(each.line for each in parts)}
    before = {each.line for each in draft.before if kit_lines.host_line(each) != own}
    if new & (draft.names | before):
        fields.refuse("line", "duplicate")


def _differing(one: Order, other: Order) -> Iterable[str]:
    named = {"express": "is_express", "supplier_inspect": "inspect"}
    return [name for name in OF_ORDER if getattr(one, named.get(name, name)) != getattr(other, named.get(name, name))]
