"""A supervisor blocks goods by lot, item or supplier, or lifts a block, for all stations of the site. Values in, records out.

A supplier stands for what was received from him: the lots, and whole items where they have no lot. This station knows its own
receipts; those of the other stations of the site it asks the site database for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from db.records.blocks import StockBlocked
from db.records.people import PinConfirmed
from db.records.receipts import Received
from db.records.record import Record
from db.rows.trace import Trace
from station.held_lots import lifted
from station.values import EventRow, Item, LotHold, Person

STORE_TIMEOUT_S = 30.0
BLOCK, LIFT = "stock_block", "block_lift"
LOT, ITEM, SUPPLIER = WHAT = ("lot", "item", "supplier")
Scope = tuple[str, str]  # item, lot
AskSupplied = Callable[
    [str], tuple[Scope, ...] | None
]  # what the site's stations received from a supplier; None: not to be asked now


class BlockError(Exception):
    """Nothing was written. `code`: nothing_known (of that name), several_items (have a lot of that number: name the item),
    blocked (all of it already), not_blocked, no_reason."""

    def __init__(self, code: str, key: str) -> None:
        super().__init__(f"{code} {key}".strip())
        self.code = code


@dataclass(frozen=True, slots=True)
class Supplied:
    """What came from a supplier. `is_whole`: the receipts of all stations of the site are known, not only of this one."""

    scopes: tuple[Scope, ...]
    is_whole: bool


class BlockReader(Protocol):
    """What this module reads of the store."""

    def events(self, *, kinds: Collection[str] | None = None, limit: int | None = None) -> tuple[EventRow, ...]: ...

    def traced(self, what: str, key: str) -> Trace: ...

    def items_named(self, codes: Collection[str]) -> Sequence[Item]: ...

    def lot_holds(self, *, with_lifted: bool = False) -> tuple[LotHold, ...]: ...


class BlockStore(BlockReader, Protocol):
    """What this module needs of the store."""

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


def block(
    store: BlockStore, what: str, key: str, *, item: str = "", reason: str, by: Person, known: Supplied | None = None
) -> tuple[LotHold, ...]:
    """Nothing of it leaves for an order from now on, here and at all stations that the word reaches. `known` is what came from a
    supplier. Returns the blocks. Raises BlockError, StoreError. Blocks."""
    if not reason.strip():
        raise BlockError("no_reason", key)
    new = not_blocked(store, scopes_of(store, what, key, item, known))
    if not new:
        raise BlockError("blocked", key)
    supplier = key if what == SUPPLIER else ""
    records = [StockBlocked(item=of, lot=lot, supplier=supplier, reason=reason.strip()) for of, lot in new]
    before = {each.block for each in store.lot_holds()}
    _write(store, records, BLOCK, by)
    return tuple(each for each in store.lot_holds() if each.block not in before)


def supplied(store: BlockReader, supplier: str, ask: AskSupplied | None) -> Supplied:
    """What was received from him, here and, where there is a site that can be asked, at its other stations. Blocks."""
    own, told = _received_from(store, supplier), ask(supplier) if ask is not None else ()
    return Supplied(own, is_whole=False) if told is None else Supplied(tuple(sorted({*own, *told})), is_whole=True)


def not_blocked(store: BlockReader, wanted: Sequence[Scope]) -> tuple[Scope, ...]:
    """Those of which some may still leave."""
    held = {(each.item, each.lot) for each in store.lot_holds() if not each.owner}
    return tuple(each for each in wanted if each not in held and (each[0], "") not in held)


def lift(store: BlockStore, name: str, *, reason: str, by: Person) -> LotHold:
    """The block of this name is over. Raises BlockError, StoreError. Blocks."""
    if not reason.strip():
        raise BlockError("no_reason", name)
    found = next((each for each in store.lot_holds() if each.block == name), None)
    if found is None:
        raise BlockError("not_blocked", name)
    _write(store, [lifted(found, why=reason.strip())], LIFT, by)
    return found


def _write(store: BlockStore, records: Sequence[Record], act: str, by: Person) -> None:
    confirmed = PinConfirmed(person=by.person, act=act)
    store.append([*records, confirmed], operator=by.person, role=str(by.role)).result(STORE_TIMEOUT_S)


def scopes_of(store: BlockReader, what: str, key: str, item: str = "", known: Supplied | None = None) -> tuple[Scope, ...]:
    """What is meant. Raises BlockError, StoreError."""
    if what == SUPPLIER:
        found = known.scopes if known is not None else _received_from(store, key)
    elif what == ITEM:
        found = ((key, ""),) if store.items_named([key]) else ()
    else:
        found = _of_lot(store, key, item)
    if not found:
        raise BlockError("nothing_known", key)
    return found


def _of_lot(store: BlockReader, lot: str, item: str) -> tuple[Scope, ...]:
    """Of a named item also a lot that has not come yet."""
    if item:
        return ((item, lot),) if store.items_named([item]) else ()
    items = sorted({each.item for each in store.traced(LOT, lot).followed})
    if len(items) > 1:
        raise BlockError("several_items", lot)
    return tuple((each, lot) for each in items)


def _received_from(store: BlockReader, supplier: str) -> tuple[Scope, ...]:
    facts = (json.loads(each.body)["data"] for each in store.events(kinds=(Received.kind,), limit=None))
    return tuple(
        sorted(
            {(str(each["item"]), str(each["lot"])) for each in facts if str(each["supplier"]).casefold() == supplier.casefold()}
        )
    )


def fields(found: LotHold) -> dict[str, object]:
    """A block as plain words; `not_reached` is as the site told it last."""
    return {
        "block": found.block,
        "item": found.item,
        "lot": found.lot,
        "owner": found.owner,
        "supplier": found.supplier,
        "reason": found.reason,
        "since": found.since.isoformat(timespec="seconds"),
        "station": found.station,
        "is_lifted": found.is_lifted,
        "not_reached": list(found.missing),
    }
