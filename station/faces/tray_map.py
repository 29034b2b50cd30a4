"""The picture of a tray: its compartments, what is in them, and the one that is meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from station.values import Item, Place, Stock, StockKey, Tray
from station.view.tray import ContentRow
from station.view.tray_map import CellState, MapCell, TrayMap


def tray_map(tray: Tray, contents: Sequence[Stock], *, target: str = "", also: frozenset[str] = frozenset()) -> TrayMap:
    """The tray with `target` as the compartment to act on and `also` as those that follow on this visit."""
    occupied = {each.place.compartment for each in contents if each.quantity > 0}

    def state_of(label: str) -> CellState:
        if label == target:
            return CellState.TARGET
        if label in also:
            return CellState.ALSO
        return CellState.OCCUPIED if label in occupied else CellState.EMPTY

    cells = tuple(
        MapCell(each.label, each.x_mm, each.y_mm, each.width_mm, each.depth_mm, state_of(each.label))
        for each in tray.compartments
    )
    return TrayMap(tray.number, tray.name, tray.width_mm, tray.depth_mm, cells)


def content_rows(
    tray: Tray,
    contents: Sequence[Stock],
    items: dict[str, Item],
    *,
    shows_quantities: bool = True,
    held: Collection[tuple[Place, StockKey]] = (),
) -> tuple[ContentRow, ...]:
    """What lies in each compartment, in the tray's own order; an empty compartment is one row without an item. The counts of
    `held` wait for a different person, also where the book has nothing."""
    rows: list[ContentRow] = []
    for compartment in tray.compartments:
        stock = [each for each in contents if each.place.compartment == compartment.label and each.quantity]
        rows += [
            ContentRow(
                compartment=compartment.label,
                item=items.get(each.key.item),
                key=each.key,
                quantity=each.quantity if shows_quantities else None,
                counted_at=each.counted_at,
                is_held=(each.place, each.key) in held,
            )
            for each in stock
        ] or [_empty(tray, compartment.label, held)]
    return tuple(rows)


def _empty(tray: Tray, label: str, held: Collection[tuple[Place, StockKey]]) -> ContentRow:
    is_held = any((place.machine, place.tray, place.compartment) == (tray.machine, tray.number, label) for place, _ in held)
    return ContentRow(compartment=label, item=None, key=None, quantity=0, is_held=is_held)
