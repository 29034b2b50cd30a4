"""A serial is one piece, so it lies in one place: rows that would put it into a second one are refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from station.imports.report import ErrorList
from station.values import Place, Stock, StockKey

StockOf = Callable[[str], Sequence[Stock]]
Home = tuple[Place, StockKey]


def refuse_second_homes(found: Mapping[int, Stock], errors: ErrorList, *, stock_of: StockOf) -> dict[int, Stock]:
    """The rows without those whose serial lies elsewhere, in the file or in the store. A row of quantity 0 says that it is gone
    from there, so that a file may move it."""
    gone = {(each.place, each.key) for each in found.values() if not each.quantity}
    homes = _Homes(stock_of, gone)
    lines: dict[tuple[str, str], int] = {}
    good: dict[int, Stock] = {}
    for line, row in found.items():
        name = (row.key.item, row.key.serial)
        is_piece = bool(row.key.serial and row.quantity)
        only = homes.elsewhere(row) or _first(lines.get(name)) if is_piece else ""
        if only:
            errors.add(line, "serial", "lies_elsewhere", value=row.key.serial, allowed=only)
            continue
        good[line] = row
        if is_piece:
            lines[name] = line
    return good


def _first(line: int | None) -> str:
    return f"only in line {line}" if line else ""


class _Homes:
    """Where the store has serials, without those that the file says are gone. Each item is asked for once."""

    def __init__(self, stock_of: StockOf, gone: set[Home]) -> None:
        self._stock_of = stock_of
        self._gone = gone
        self._known: dict[str, dict[str, list[Stock]]] = {}

    def elsewhere(self, row: Stock) -> str:
        """What would be right, when the row's serial lies under another key or in another compartment; "" when it does not."""
        for each in self._of_item(row.key.item).get(row.key.serial, ()):
            if (each.place, each.key) not in self._gone and (each.place, each.key) != (row.place, row.key):
                return f"only at {each.place.machine}/{each.place.tray}/{each.place.compartment}, where it is"
        return ""

    def _of_item(self, item: str) -> dict[str, list[Stock]]:
        if item not in self._known:
            found: dict[str, list[Stock]] = {}
            for each in self._stock_of(item):
                if each.quantity > 0:
                    found.setdefault(each.key.serial, []).append(each)
            self._known[item] = found
        return self._known[item]
