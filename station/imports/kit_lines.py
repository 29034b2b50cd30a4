"""An order line that asks for a kit, taken apart into lines of what is really taken. It happens once, when the order comes in:
what the kit is made of later changes no order.

The rule for a kit that lies in stock ready-made: where the row says `kit_stock`, as many whole kits as the book has free are
asked as themselves, and the rest in parts. Without it all is taken in parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from db.kit_parts import KitError, parts_of
from station.host_line import host_line as host_line
from station.imports.fields import MAX_UNITS, Fields
from station.imports.known import Known
from station.tracking import is_whole
from station.values import Component, Item, KitPart, Order, OrderKind, OrderLine, Stock, StockStatus

NOT_OF_KITS = ("lot", "machine", "rank")  # a kit has no lot, place or rank of its own: its parts lie in many


def taken_apart(
    fields: Fields, order: Order, line: OrderLine, *, known: Known, stock_of: Callable[[str], Sequence[Stock]]
) -> tuple[OrderLine, ...]:
    """The lines that this one becomes: itself, where it picks no kit. Empty, with the row refused, where the kit cannot be taken
    apart."""
    if fields.has("kit_stock"):
        fields.flag("kit_stock")
    item = known.item_named(line.item)
    if item is None or not item.components or order.kind is not OrderKind.PICK:
        return (line,)
    for name in NOT_OF_KITS:
        if fields.has(name):
            fields.refuse(name, "not_allowed", allowed="nothing: the line asks for a kit")
    try:
        parts = parts_of(item.code, lambda code: _components(known, code))
    except KitError as error:
        fields.refuse("item", error.code, value=" > ".join(error.path))
        return ()
    whole = _ready_made(line, stock_of(item.code)) if fields.has("kit_stock") and fields.flag("kit_stock") else 0
    return (*_as_itself(line, item, whole), *_in_parts(fields, line, item, parts, kits=line.quantity - whole, known=known))


def _components(known: Known, code: str) -> Sequence[Component]:
    item = known.item_named(code)
    return item.components if item is not None else ()


def _ready_made(line: OrderLine, stock: Sequence[Stock]) -> int:
    """How many whole kits the book has free, of those that are asked."""
    free = sum(each.quantity for each in stock if each.key.status is StockStatus.FREE and each.key.owner == line.owner)
    return max(0, min(line.quantity, free))


def _as_itself(line: OrderLine, item: Item, whole: int) -> tuple[OrderLine, ...]:
    if not whole:
        return ()
    return (replace(line, line=f"{line.line}.0", quantity=whole, kit=KitPart(item.code, line.line, line.quantity, 0)),)


def _in_parts(
    fields: Fields, line: OrderLine, item: Item, parts: Sequence[Component], *, kits: int, known: Known
) -> tuple[OrderLine, ...]:
    if not kits:
        return ()
    found: list[OrderLine] = []
    for number, part in enumerate(parts, start=1):
        component, quantity = known.item_named(part.item), kits * part.quantity
        if component is None:
            fields.refuse("item", "unknown_component", value=part.item)
            continue
        if quantity > MAX_UNITS * 10**component.decimals or not is_whole(component, quantity):
            fields.refuse("quantity", "too_large", value=part.item, allowed=f"at most {MAX_UNITS}, and whole serials")
        of_kit = KitPart(item.code, line.line, line.quantity, part.quantity)
        found.append(replace(line, line=f"{line.line}.{number}", item=part.item, quantity=quantity, kit=of_kit))
    return tuple(found)
