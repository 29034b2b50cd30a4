"""now_print_job: every label that was asked for, in the order of the log, and how far it is. What came out or was dropped is kept
for a while, so that it can be printed again; the queue itself is never cut."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

KEPT = 60  # that are over, of each printer
PREFIX = "of_"

_QUEUE = """
INSERT INTO now_print_job
    (job, place, epoch, printer, label, cause, about, copy_of, copy, state, code, queued_at, changed_at)
SELECT ?, coalesce(max(place), 0) + 1, ?, ?, ?, ?, ?, ?, ?, 'queued', '', ?, ? FROM now_print_job WHERE true
ON CONFLICT DO NOTHING
"""
_FORGET = """
DELETE FROM now_print_job WHERE printer = ?1 AND state IN ('printed', 'dropped') AND place <= (
    SELECT place FROM now_print_job WHERE printer = ?1 AND state IN ('printed', 'dropped') ORDER BY place DESC LIMIT 1 OFFSET ?2
)
"""
_AFTER_FAILURE = {"not_done": "queued", "unknown": "unknown", "impossible": "impossible"}
_SET = "UPDATE now_print_job SET state = ?, code = ?, changed_at = ? WHERE job = ?"


def _queued(connection: Connection, event: Happened) -> None:
    data = event.data
    about = {name.removeprefix(PREFIX): value for name, value in data.items() if name.startswith(PREFIX)}
    text = json.dumps(about, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    named = (data["printer"], data["label"], data["cause"], text, data["copy_of"], data["copy"])
    connection.exec_driver_sql(_QUEUE, (data["job"], event.epoch, *named, event.at, event.at))
    connection.exec_driver_sql(_FORGET, (data["printer"], KEPT))


def _sending(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SET, ("sending", "", event.at, event.data["job"]))


def _printed(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SET, ("printed", "", event.at, event.data["job"]))


def _failed(connection: Connection, event: Happened) -> None:
    state = _AFTER_FAILURE[event.data["outcome"]]
    connection.exec_driver_sql(_SET, (state, event.data["code"], event.at, event.data["job"]))


def _dropped(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SET, ("dropped", "", event.at, event.data["job"]))


HANDLERS: dict[str, Handler] = {
    "label_queued": _queued,
    "label_sending": _sending,
    "label_printed": _printed,
    "label_failed": _failed,
    "label_dropped": _dropped,
}
