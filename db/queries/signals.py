"""Pull signals, loops, cards and net positions; what receipts became, and how long that took."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from db.envelope import moment, moment_text
from db.rows.items import Item
from db.rows.signals import PULL_AT_WORK, PullCard, PullLoop, PullOrder, PullPosition, PullSignal, Receipt
from db.rows.trays import RECEIVING

_LOOPS: Final = """
SELECT loop, item, consumer, supplier, goes_back, container, cards, lead_time_min, trigger_at, up_to, wip_limit, use_per_day,
    safety_percent, is_active, since, bottleneck_per_1000h, raw_time_min, wanted_per_1000h FROM now_loop
"""
_SIGNALS: Final = """
SELECT signal, item, quantity, consumer, origin, raised_at, need_by, loop, card, supplier, "order", state, reason, rest_of, done,
    is_open, rest FROM now_signal
"""
_STEPS: Final = """
SELECT t.signal, t.state, t.at FROM json_each(?) AS s CROSS JOIN now_signal_step AS t ON t.signal = s.value
ORDER BY t.signal, t.position
"""
_BY_CARD: Final = " WHERE card = ? ORDER BY is_open DESC, raised_at DESC LIMIT 1"
_WAITING: Final = """
 WHERE is_open = 1 AND state = 'signalled' AND supplier = '' ORDER BY need_by = '', need_by, raised_at, signal
"""
_AT_WORK: Final = """
SELECT count(*) FROM now_signal WHERE is_open = 1 AND consumer = ? AND state IN (SELECT value FROM json_each(?))
"""
_RAISED_BY: Final = """
SELECT count(*) FROM now_signal WHERE (card = ?1 AND card <> '') OR (loop = ?1 AND card = '' AND loop <> '')
"""
_CALLED: Final = """
SELECT o."order" FROM site_order AS o LEFT JOIN now_order AS w ON w."order" = o."order"
WHERE o.reference = ?1 AND o.reference <> '' AND o.kind = 'pick' AND coalesce(w.state, 'released') NOT IN ('closed', 'cancelled')
    AND NOT EXISTS (SELECT 1 FROM now_signal AS s WHERE s."order" = o."order")
ORDER BY o."order" LIMIT 1
"""
_KNOWN: Final = "SELECT EXISTS (SELECT 1 FROM now_signal WHERE signal = ?)"
_ON_HAND: Final = """
SELECT s.item, sum(s.quantity) FROM json_each(?) AS i CROSS JOIN now_stock AS s ON s.item = i.value
WHERE s.status = 'free' AND s.owner = 'own' GROUP BY s.item
"""
_ASKED: Final = """
SELECT n.item, n.supplier <> '', n.state = 'shipped', n."order" <> '', sum(max(0, n.quantity - n.done))
FROM json_each(?) AS i CROSS JOIN now_signal AS n ON n.item = i.value AND n.is_open = 1
WHERE n.state IN ('signalled', 'sent', 'shipped') GROUP BY 1, 2, 3, 4
"""
# What waits at the receiving place is stock already; a receipt that a signal of ours asked for is counted there.
_LINES: Final = """
SELECT l.item, o.kind, sum(max(0, l.quantity - coalesce(n.done_quantity, 0)))
FROM site_order AS o CROSS JOIN site_order_line AS l ON l."order" = o."order"
LEFT JOIN now_order AS w ON w."order" = o."order"
LEFT JOIN now_line AS n ON n."order" = l."order" AND n.line = l.line
WHERE o."order" IN (SELECT "order" FROM site_order EXCEPT SELECT "order" FROM now_order WHERE state IN ('closed', 'cancelled'))
    AND l.item IN (SELECT value FROM json_each(?)) AND o.kind IN ('pick', 'receipt')
    AND coalesce(n.state, 'open') IN ('open', 'skipped')
    AND NOT (o.kind = 'receipt' AND EXISTS (SELECT 1 FROM now_signal AS s WHERE s.is_open = 1 AND s.item = l.item
        AND s.supplier <> '' AND o.reference <> '' AND o.reference IN (s.signal, s.card, 'BLK-' || s.card)))
GROUP BY 1, 2
"""
_ORDERS: Final = """
SELECT o."order", o.destination, o.need_by, coalesce(w.state, 'released'), o.sequence, o.reference, count(*), min(l.item),
    sum(max(0, l.quantity - coalesce(n.done_quantity, 0)))
FROM site_order AS o LEFT JOIN now_order AS w ON w."order" = o."order"
CROSS JOIN site_order_line AS l ON l."order" = o."order"
LEFT JOIN now_line AS n ON n."order" = l."order" AND n.line = l.line
WHERE o.kind = 'pick' AND coalesce(w.state, 'released') IN ('released', 'started', 'held')
    AND coalesce(n.state, 'open') IN ('open', 'skipped')
    AND NOT EXISTS (SELECT 1 FROM now_signal AS s WHERE s."order" = o."order" AND s."order" <> '')
GROUP BY o."order"
"""
_MEASURES: Final = "SELECT code, name, unit, decimals FROM site_item WHERE code IN (SELECT value FROM json_each(?))"
_CARDS: Final = "SELECT card, loop, seen_at, scans FROM now_card ORDER BY loop, card"
_RECEIVED: Final = """
SELECT kind, at, machine, body FROM event WHERE kind IN ('received', 'picked') AND at >= ? ORDER BY n
"""


def loops(connection: Connection) -> tuple[PullLoop, ...]:
    """All loops, by name; those that are out of use, too."""
    return tuple(_loop(row) for row in connection.exec_driver_sql(_LOOPS + " ORDER BY loop"))


def loop(connection: Connection, name: str) -> PullLoop | None:
    """One loop."""
    row = connection.exec_driver_sql(_LOOPS + " WHERE loop = ?", (name,)).first()
    return None if row is None else _loop(row)


def signal(connection: Connection, name: str) -> PullSignal | None:
    """One signal with its steps."""
    found = _signals(connection, " WHERE signal = ?", (name,))
    return found[0] if found else None


def open_signals(connection: Connection, *, with_steps: bool = True) -> tuple[PullSignal, ...]:
    """What is asked for and has not come, in the order in which it was raised."""
    return _signals(connection, " WHERE is_open = 1 ORDER BY raised_at, signal", (), with_steps=with_steps)


def signals_since(connection: Connection, since: datetime) -> tuple[PullSignal, ...]:
    """All that was raised since then, or is open still."""
    return _signals(connection, " WHERE is_open = 1 OR raised_at >= ? ORDER BY raised_at, signal", (moment_text(since),))


def signal_of_card(connection: Connection, card: str) -> PullSignal | None:
    """The newest signal of a card: the open one where there is one."""
    found = _signals(connection, _BY_CARD, (card,))
    return found[0] if found else None


def order_of_card(connection: Connection, card: str) -> str:
    """The open order by which the site database was asked for this card, "" for none."""
    return str(connection.exec_driver_sql(_CALLED, (card,)).scalar() or "")


def raised_by(connection: Connection, name: str) -> int:
    """How many signals this card has raised, or this loop without a card."""
    return int(connection.exec_driver_sql(_RAISED_BY, (name,)).scalar_one())


def is_signal(connection: Connection, name: str) -> bool:
    """Whether there is a signal of this name."""
    return bool(connection.exec_driver_sql(_KNOWN, (name,)).scalar_one())


def waiting(connection: Connection) -> tuple[PullSignal, ...]:
    """What the machine is to serve and is no work yet, what is needed first before the others."""
    return _signals(connection, _WAITING, (), with_steps=False)


def at_work(connection: Connection, consumer: str) -> int:
    """How many signals the consumer has under way."""
    return int(connection.exec_driver_sql(_AT_WORK, (consumer, json.dumps(PULL_AT_WORK))).scalar_one())


def with_rest(connection: Connection) -> tuple[PullSignal, ...]:
    """Signals of which less was there than was asked, and whose rest nobody has asked for yet."""
    return _signals(connection, " WHERE rest > 0 ORDER BY raised_at, signal", (), with_steps=False)


def positions(connection: Connection, items: Collection[str]) -> dict[str, PullPosition]:
    """What there is of these items, and what is coming and going."""
    asked = json.dumps(sorted(set(items)))
    found: dict[str, PullPosition] = defaultdict(PullPosition)
    for item, quantity in connection.exec_driver_sql(_ON_HAND, (asked,)):
        found[item] = replace(found[item], on_hand=quantity)
    for item, is_outside, is_shipped, is_work, quantity in connection.exec_driver_sql(_ASKED, (asked,)):
        before = found[item]
        if not is_outside:
            if not is_work:  # it waits for its turn: its order will ask for it
                found[item] = replace(before, committed=before.committed + quantity)
        elif is_shipped:
            found[item] = replace(before, on_the_way=before.on_the_way + quantity)
        else:
            found[item] = replace(before, on_order=before.on_order + quantity)
    for item, kind, quantity in connection.exec_driver_sql(_LINES, (asked,)):
        before = found[item]
        if kind == "pick":
            found[item] = replace(before, committed=before.committed + quantity)
        else:
            found[item] = replace(before, on_the_way=before.on_the_way + quantity)
    return dict(found)


def orders(connection: Connection) -> tuple[PullOrder, ...]:
    """The open pick orders that no signal of ours became."""
    return tuple(
        PullOrder(
            order=row[0],
            consumer=row[1],
            need_by=moment(row[2]) if row[2] else None,
            state=row[3],
            sequence=row[4],
            reference=row[5],
            lines=row[6],
            item=row[7] if row[6] == 1 else "",
            quantity=row[8] if row[6] == 1 else 0,
        )
        for row in connection.exec_driver_sql(_ORDERS)
    )


def measures(connection: Connection, codes: Collection[str]) -> tuple[Item, ...]:
    """These items as far as a quantity of them is said: name, unit and decimals. A fifth of the time that whole ones take."""
    rows = connection.exec_driver_sql(_MEASURES, (json.dumps(list(codes)),))
    return tuple(Item(code=row[0], name=row[1], unit=row[2], decimals=row[3]) for row in rows)


def cards(connection: Connection) -> tuple[PullCard, ...]:
    """Every card that was ever seen."""
    return tuple(PullCard(row[0], row[1], moment(row[2]), row[3]) for row in connection.exec_driver_sql(_CARDS))


def last_event(connection: Connection) -> int:
    """The log's newest number: nothing has happened while it is the same."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(n), 0) FROM event").scalar_one())


def receipts_since(connection: Connection, since: datetime) -> tuple[Receipt, ...]:
    """What was received since then, and how long it was at the receiving place: what came first leaves first."""
    waiting: dict[tuple[str, ...], deque[list[Any]]] = defaultdict(deque)
    receipts: list[Receipt] = []
    for kind, at, machine, body in connection.exec_driver_sql(_RECEIVED, (moment_text(since),)):
        data = json.loads(body)["data"]
        key = (data["item"], data["lot"], data["serial"], data["owner"])
        if kind == "received" and data["place"]:
            receipts.append(_receipt(data, moment(at)))
            waiting[key].append([len(receipts) - 1, data["quantity"]])
        elif kind == "picked" and (machine or "").startswith(RECEIVING) and "undoes" not in data:
            _left(receipts, waiting[key], data, moment(at))
    return tuple(receipts)


def _receipt(data: dict[str, Any], at: datetime) -> Receipt:
    return Receipt(
        order=data["order"],
        item=data["item"],
        supplier=data["supplier"],
        reference=data["reference"],
        quantity=data["quantity"],
        at=at,
        way="waits",
        dwell_s=None,
    )


def _left(receipts: list[Receipt], waiting: deque[list[Any]], data: dict[str, Any], at: datetime) -> None:
    left = data["quantity"]
    way = "crossed" if data["order"] else "stored"
    while left > 0 and waiting:
        number, rest = waiting[0]
        part = min(left, rest)
        left -= part
        waiting[0][1] -= part
        before = receipts[number]
        mixed = way if before.way in ("waits", way) else "mixed"
        dwell = int((at - before.at).total_seconds()) if part == rest else None  # its last piece decides
        receipts[number] = replace(before, way=mixed, dwell_s=dwell)
        if part == rest:
            waiting.popleft()


def _signals(connection: Connection, where: str, values: tuple[str, ...], *, with_steps: bool = True) -> tuple[PullSignal, ...]:
    rows = connection.exec_driver_sql(_SIGNALS + where, values).all()
    steps = _steps(connection, (row[0] for row in rows)) if with_steps else {}
    return tuple(_signal(row, steps.get(row[0], ())) for row in rows)


def _steps(connection: Connection, names: Iterable[str]) -> dict[str, tuple[tuple[str, datetime], ...]]:
    found: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for name, state, at in connection.exec_driver_sql(_STEPS, (json.dumps(list(names)),)):
        found[name].append((state, moment(at)))
    return {name: tuple(steps) for name, steps in found.items()}


def _signal(row: Any, steps: tuple[tuple[str, datetime], ...]) -> PullSignal:
    return PullSignal(
        signal=row[0],
        item=row[1],
        quantity=row[2],
        consumer=row[3],
        origin=row[4],
        raised_at=moment(row[5]),
        need_by=moment(row[6]) if row[6] else None,
        loop=row[7],
        card=row[8],
        supplier=row[9],
        order=row[10],
        state=row[11],
        reason=row[12],
        rest_of=row[13],
        done=row[14],
        is_open=bool(row[15]),
        rest=row[16],
        steps=steps,
    )


def _loop(row: Any) -> PullLoop:
    return PullLoop(
        loop=row[0],
        item=row[1],
        consumer=row[2],
        supplier=row[3],
        goes_back=row[4],
        container=row[5],
        cards=row[6],
        lead_time_min=row[7],
        trigger_at=row[8] if row[8] >= 0 else None,
        up_to=row[9],
        wip_limit=row[10],
        use_per_day=row[11],
        safety_percent=row[12],
        is_active=bool(row[13]),
        since=moment(row[14]),
        bottleneck_per_1000h=row[15],
        raw_time_min=row[16],
        wanted_per_1000h=row[17],
    )
