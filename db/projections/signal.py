"""now_loop, now_signal, now_signal_step and now_card: who asks for what, how far it is, and which cards were seen.

A signal that became work moves with its order's own events, so that undo, shorts and cancellations hold for it without a word
more; one that a supplier serves moves with what is received against it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from db.projections.event import Handler, Happened
from db.rows.trays import RECEIVING

STATES: Final = {
    "release": "released",
    "hand_over": "handed_over",
    "deliver": "delivered",
    "send": "sent",
    "ship": "shipped",
    "cancel": "cancelled",
}
MORE_COMES: Final = "rest_follows"  # why less came of a delivery whose rest is still to come
ENDED: Final = ("delivered", "closed", "cancelled")
_LOOP_NAMES = (
    *("loop", "item", "consumer", "supplier", "goes_back", "container", "cards", "lead_time_min", "trigger_at", "up_to"),
    *("wip_limit", "use_per_day", "safety_percent", "is_active"),
)
_WIP_NAMES = ("bottleneck_per_1000h", "raw_time_min", "wanted_per_1000h")  # an older record does not say them
_LOOP = f"INSERT OR REPLACE INTO now_loop ({', '.join((*_LOOP_NAMES, *_WIP_NAMES))}, since) VALUES ({', '.join('?' * 18)})"
_RAISED = f"""
INSERT OR REPLACE INTO now_signal (signal, item, quantity, consumer, origin, need_by, loop, card, supplier, rest_of, raised_at,
    "order", state, reason, done, rest, gone, is_open) VALUES ({", ".join("?" * 11)}, '', 'signalled', '', 0, 0, 0, 1)
"""
_RAISED_NAMES = ("signal", "item", "quantity", "consumer", "origin", "need_by", "loop", "card", "supplier", "rest_of")
_MOVED = "UPDATE now_signal SET state = ?, is_open = ? WHERE signal = ?"
_STEP = """
INSERT INTO now_signal_step (signal, position, state, at)
SELECT ?1, (SELECT count(*) FROM now_signal_step WHERE signal = ?1), ?2, ?3
"""
_SAY = "UPDATE now_signal SET reason = ? WHERE signal = ?"
_BECAME = 'UPDATE now_signal SET "order" = ? WHERE signal = ?'
_OF_ORDER = """SELECT signal, state FROM now_signal WHERE "order" = ? AND "order" <> ''"""
_DONE = "UPDATE now_signal SET done = ? WHERE signal = ?"
_PICKED = """
UPDATE now_signal SET done = ?1, reason = ?2, rest = CASE ?3 WHEN 'short' THEN max(0, quantity - ?1) ELSE 0 END WHERE signal = ?4
"""
_ASKED_ANEW = "UPDATE now_signal SET rest = 0 WHERE signal = ?"
_SPLIT = 'UPDATE now_signal SET "order" = ? WHERE "order" = ?'
_AGAINST = """
SELECT signal, state, quantity, done FROM now_signal
WHERE is_open = 1 AND item = ?1 AND supplier <> '' AND state IN ('signalled', 'sent', 'shipped')
    AND ?2 IN (signal, card, 'BLK-' || card) AND ?2 <> ''
ORDER BY raised_at, signal LIMIT 1
"""
_AT_BAY = """
SELECT signal, done, gone FROM now_signal
WHERE is_open = 1 AND item = ? AND supplier <> '' AND done > gone ORDER BY raised_at, signal
"""
_GONE = "UPDATE now_signal SET gone = ? WHERE signal = ?"
_STATE = "SELECT state FROM now_signal WHERE signal = ?"
_SEEN = """
INSERT INTO now_card (card, loop, seen_at, scans) VALUES (?, ?, ?, 1)
ON CONFLICT DO UPDATE SET loop = excluded.loop, seen_at = excluded.seen_at, scans = scans + 1
"""


def _comes_to(connection: Connection, signal: str, state: str, at: str) -> None:
    connection.exec_driver_sql(_MOVED, (state, int(state not in ENDED), signal))
    connection.exec_driver_sql(_STEP, (signal, state, at))


def _set(connection: Connection, event: Happened) -> None:
    wip = (event.data.get(name, 0) for name in _WIP_NAMES)
    connection.exec_driver_sql(_LOOP, (*(event.data[name] for name in _LOOP_NAMES), *wip, _since(connection, event)))


def _since(connection: Connection, event: Happened) -> str:
    """Since when it runs: a new file about a loop that runs already is no new beginning."""
    found = connection.exec_driver_sql("SELECT since FROM now_loop WHERE loop = ?", (event.data["loop"],)).scalar()
    return str(found) if found else event.at


def _raised(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_RAISED, (*(event.data[name] for name in _RAISED_NAMES), event.at))
    connection.exec_driver_sql("DELETE FROM now_signal_step WHERE signal = ?", (event.data["signal"],))
    connection.exec_driver_sql(_STEP, (event.data["signal"], "signalled", event.at))
    connection.exec_driver_sql(_ASKED_ANEW, (event.data["rest_of"],))


def _moved(connection: Connection, event: Happened) -> None:
    signal, step = event.data["signal"], event.data["step"]
    if connection.exec_driver_sql(_STATE, (signal,)).first() is None:
        return
    if event.data["order"]:
        connection.exec_driver_sql(_BECAME, (event.data["order"], signal))
    if event.data["reason"]:
        connection.exec_driver_sql(_SAY, (event.data["reason"], signal))
    _comes_to(connection, signal, STATES[step], event.at)


def _seen(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SEEN, (event.data["card"], event.data["loop"], event.at))


def _order_becomes(state: str, *, of: tuple[str, ...]) -> Handler:
    """The signal that became this order is so far, where it was in one of these states."""

    def handle(connection: Connection, event: Happened) -> None:
        for signal, before in connection.exec_driver_sql(_OF_ORDER, (event.data["order"],)).all():
            if before in of:
                _comes_to(connection, signal, state, event.at)
                if event.data.get("reason"):
                    connection.exec_driver_sql(_SAY, (event.data["reason"], signal))

    return handle


def _line_closed(connection: Connection, event: Happened) -> None:
    """Picked, short (what was not there is asked for anew), or open again because its booking was undone."""
    data = event.data
    if not data["order"] or data["outcome"] == "moved":
        return
    for signal, before in connection.exec_driver_sql(_OF_ORDER, (data["order"],)).all():
        state = "picking" if data["outcome"] == "open" else "picked" if data["done_quantity"] else "cancelled"
        connection.exec_driver_sql(_PICKED, (data["done_quantity"], data["reason"], data["outcome"], signal))
        if before != state:
            _comes_to(connection, signal, state, event.at)


def _split(connection: Connection, event: Happened) -> None:
    """The line of a signal is the only one of its order: it goes on in the other one whole."""
    connection.exec_driver_sql(_SPLIT, (event.data["into"], event.data["order"]))


def _received(connection: Connection, event: Happened) -> None:
    data = event.data
    if data["verdict"] == "reject":
        return
    found = connection.exec_driver_sql(_AGAINST, (data["item"], data["reference"])).first()
    if found is None:
        return
    signal, before, asked, done = found
    connection.exec_driver_sql(_DONE, (done + data["quantity"], signal))
    is_final = data["difference"] not in ("", MORE_COMES)
    state = "received" if is_final or done + data["quantity"] >= asked else "shipped"
    if before != state:
        _comes_to(connection, signal, state, event.at)


def left_bay(connection: Connection, event: Happened) -> None:
    """Goods leave the receiving place: for an order that waited for them, or for a compartment."""
    data = event.data
    if not data["machine"].startswith(RECEIVING) or "undoes" in data:
        return
    left = data["quantity"]
    way = "crossed" if data["order"] else "stored"
    for signal, done, gone in connection.exec_driver_sql(_AT_BAY, (data["item"],)).all():
        part = min(left, done - gone)
        if part <= 0:
            return
        left -= part
        connection.exec_driver_sql(_GONE, (gone + part, signal))
        state = connection.exec_driver_sql(_STATE, (signal,)).scalar_one()
        if state == "received" and gone + part >= done:
            _comes_to(connection, signal, way, event.at)
            _comes_to(connection, signal, "closed", event.at)


HANDLERS: dict[str, Handler] = {
    "loop_set": _set,
    "signal_raised": _raised,
    "signal_moved": _moved,
    "card_seen": _seen,
}
BESIDE: dict[str, Handler] = {
    "order_started": _order_becomes("picking", of=("released",)),
    "order_left": _order_becomes("released", of=("picking",)),
    "order_cancelled": _order_becomes("cancelled", of=("released", "picking")),
    "line_closed": _line_closed,
    "order_split": _split,
    "received": _received,
    "picked": left_bay,
}
