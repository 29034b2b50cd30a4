"""A stretch of a site's own log as work that can be done again: orders as they came, where items lay, and what was measured.
Pure.

The log has no moment of release for an order: it counts as released with the file of orders that was taken over last before it
was begun, or when it was begun where there was none. Time in which nobody worked is cut out, so that no policy works at night.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from station.planner import visit_log
from station.planner.visit_log import Visit
from station.values import EventFact, HeldAt, Order, OrderKind

KINDS: Final = frozenset({*visit_log.KINDS, "order_started", "imported", "stock_loaded"})
WORK: Final = frozenset({*visit_log.KINDS, "order_started"})
BREAK_S: Final = 900.0  # longer than that without anything booked or moved nobody worked
FREE: Final = "free"


@dataclass(frozen=True, slots=True)
class PastLine:
    """A line that was picked in the stretch. `trays` are those it was taken from, `homes` all those where it might have been."""

    item: str
    trays: tuple[int, ...]
    homes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrder:
    """`released` and `ended` are moments of the log; `ended` is when its last line of the stretch was closed."""

    order: str
    released: datetime
    ended: datetime
    need_by: datetime | None
    lines: tuple[PastLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the log says of the stretch itself. `wait_share` is of the time in which somebody waited for a tray or worked at
    one, and so are the lines an hour."""

    orders: int
    lines: int
    lines_per_hour: float
    wait_share: float
    trays_per_line: float
    late: int
    with_need_by: int
    hours: float


@dataclass(frozen=True, slots=True)
class WorkClock:
    """Seconds of work since the stretch began: breaks and nights are cut out."""

    begins: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    before_s: tuple[float, ...]

    def at(self, moment: datetime) -> float:
        """Where in the worked time a moment lies; within a break it is where that began, before the first work below 0, and after
        the last one it goes on."""
        if not self.begins:
            return 0.0
        number = bisect_right(self.begins, moment) - 1
        if number < 0:
            return (moment - self.begins[0]).total_seconds()
        is_last = number == len(self.begins) - 1
        inside = moment if is_last else min(moment, self.ends[number])
        return self.before_s[number] + (inside - self.begins[number]).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """`left_out` counts pick lines that were not done at this machine. `clock` is the worked time."""

    orders: tuple[PastOrder, ...]
    visits: tuple[Visit, ...]
    measured: Measured
    clock: WorkClock
    left_out: int


def past(
    facts: Sequence[EventFact],
    *,
    held: Iterable[HeldAt],
    orders: Mapping[str, Order],
    machine: str,
    opening: str,
    first: datetime,
) -> Past:
    """The stretch of these facts. `held` is what lay in the machine when it began, `orders` those that are named in it."""
    told = [(each.at, each.kind, each.data) for each in facts]
    visits = visits_in(told, machine, opening)
    worked = _Worked(machine, first, {name: each for name, each in orders.items() if each.kind is OrderKind.PICK}, held)
    for at, kind, data in told:
        worked.happened(at, kind, data)
    done = worked.orders_done()
    clock = clock_of([each.at for each in facts if each.kind in WORK])
    return Past(orders=done, visits=visits, measured=_measured(done, visits), clock=clock, left_out=worked.left_out)


def visits_in(told: Iterable[tuple[datetime, str, Mapping[str, Any]]], machine: str, opening: str) -> tuple[Visit, ...]:
    kinds = frozenset(visit_log.KINDS)
    return visit_log.visits_of([each for each in told if each[1] in kinds], machine=machine, opening=opening)


def clock_of(moments: Sequence[datetime]) -> WorkClock:
    """The worked time of these moments, oldest first."""
    begins, ends, before_s = list[datetime](), list[datetime](), list[float]()
    for at in moments:
        if ends and (at - ends[-1]).total_seconds() <= BREAK_S:
            ends[-1] = max(at, ends[-1])
            continue
        before_s.append(before_s[-1] + (ends[-1] - begins[-1]).total_seconds() if ends else 0.0)
        begins.append(at)
        ends.append(at)
    return WorkClock(tuple(begins), tuple(ends), tuple(before_s))


def _measured(orders: Sequence[PastOrder], visits: Sequence[Visit]) -> Measured:
    lines = sum(len(each.lines) for each in orders)
    worked_s, waited_s = sum(each.worked_s for each in visits), sum(each.waited_s for each in visits)
    busy_s = worked_s + waited_s
    return Measured(
        orders=len(orders),
        lines=lines,
        lines_per_hour=3600 * lines / busy_s if busy_s else 0.0,
        wait_share=waited_s / busy_s if busy_s else 0.0,
        trays_per_line=len(visits) / lines if lines else 0.0,
        late=sum(each.need_by is not None and each.ended > each.need_by for each in orders),
        with_need_by=sum(each.need_by is not None for each in orders),
        hours=busy_s / 3600,
    )


@dataclass(slots=True)
class _Seen:
    released: datetime
    homes: Mapping[str, Mapping[tuple[str, str], tuple[int, ...]]]  # of each item: trays by lot and owner
    ended: datetime | None = None
    lines: list[PastLine] = field(default_factory=list)


class _Worked:
    """Goes through the stretch: where stock lies, what is begun, what is taken for which line."""

    def __init__(self, machine: str, first: datetime, orders: Mapping[str, Order], held: Iterable[HeldAt]) -> None:
        self._machine, self._first, self._orders = machine, first, orders
        self._stock: dict[str, Counter[tuple[int, str, str, str]]] = {}
        for each in held:
            if each.status == FREE:
                self._of(each.item)[each.tray, each.compartment, each.lot, each.owner] += each.quantity
        self._released: datetime | None = None
        self._seen: dict[str, _Seen] = {}
        self._taken: dict[tuple[str, str], Counter[int]] = {}
        self._keys: dict[tuple[str, str], tuple[str, str]] = {}
        self.left_out = 0

    def happened(self, at: datetime, kind: str, data: Mapping[str, Any]) -> None:
        if kind == "imported":
            self._released = at if data["what"] == "order" else self._released
        elif kind == "order_started":
            self._begin(data["order"], at)
        elif kind == "line_closed":
            self._close(at, data)
        elif "item" in data and data.get("machine") == self._machine:
            self._begin(data.get("order", ""), at)
            self._moved(kind, data)

    def orders_done(self) -> tuple[PastOrder, ...]:
        return tuple(
            PastOrder(
                order=name,
                released=each.released,
                ended=each.ended,
                need_by=self._orders[name].need_by,
                lines=tuple(each.lines),
            )
            for name, each in self._seen.items()
            if each.ended is not None and each.lines
        )

    def _of(self, item: str) -> Counter[tuple[int, str, str, str]]:
        return self._stock.setdefault(item, Counter())

    def _begin(self, name: str, at: datetime) -> None:
        """Where its items lie is looked at once, when it is begun; one begun before the stretch has waited since then."""
        order = self._orders.get(name)
        if order is None or name in self._seen:
            return
        homes: dict[str, dict[tuple[str, str], tuple[int, ...]]] = {}
        for item in dict.fromkeys(line.item for line in order.lines):
            found: dict[tuple[str, str], dict[int, None]] = {}
            for (tray, _, lot, owner), quantity in self._of(item).items():
                if quantity > 0:
                    found.setdefault((lot, owner), {})[tray] = None
            homes[item] = {key: tuple(trays) for key, trays in found.items()}
        self._seen[name] = _Seen(self._released or (at if at > self._first else self._first), homes)

    def _moved(self, kind: str, data: Mapping[str, Any]) -> None:
        key = (data["tray"], data["compartment"], data.get("lot", ""), data.get("owner", "own"))
        stock, is_free = self._of(data["item"]), data.get("status", FREE) == FREE
        if kind in ("counted", "stock_loaded") and is_free:
            stock[key] = data["counted"]
        elif is_free:
            by = {"picked": -data.get("quantity", 0), "put": data.get("quantity", 0), "corrected": data.get("delta", 0)}
            stock[key] += by.get(kind, 0)
        if kind == "picked" and data.get("order") in self._orders:
            line = (data["order"], data["line"])
            self._taken.setdefault(line, Counter())[data["tray"]] += data["quantity"]
            self._keys.setdefault(line, key[2:])

    def _close(self, at: datetime, data: Mapping[str, Any]) -> None:
        name = data["order"]
        order, taken = self._orders.get(name), self._taken.pop((name, data["line"]), None)
        if order is None or data["outcome"] not in ("confirmed", "short"):
            return
        line = next((each for each in order.lines if each.line == data["line"]), None)
        if line is None or not taken:
            self.left_out += 1
            return
        self._begin(name, at)
        seen, trays = self._seen[name], tuple(taken)
        same = seen.homes.get(line.item, {}).get(self._keys[name, data["line"]], ())
        homes = tuple(dict.fromkeys((*trays, *same))) if len(trays) == 1 else trays
        seen.lines.append(PastLine(line.item, trays, homes))
        seen.ended = at
