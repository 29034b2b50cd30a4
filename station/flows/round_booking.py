"""What a booking of a task means for its line and its order: their ends go into the same transaction. Pure."""

from __future__ import annotations

from dataclasses import replace

from db.records.orders import OrderClosed
from db.records.receipts import LotHeld
from db.records.record import Record
from db.records.stock import Counted, CountHeld
from db.records.totes import ToteClosed
from db.rows.taken import HAND
from station.beside import Beside, with_beside
from station.flows.lines import LineId, has_all, is_complete, line_closed
from station.flows.round_state import Round
from station.flows.turn import Book, ShareBooked
from station.task import Mode


def without_counted(state: Round, effect: Book) -> Round:
    """What this booking counts need not be counted again on this tray: an empty check is a count too."""
    if not state.queue or not any(isinstance(each, Counted | CountHeld) for each in effect.records):
        return state
    task = state.queue[0]
    rest = (each for each in state.queue[1:] if not (each.is_count_due and (each.place, each.key) == (task.place, task.key)))
    return replace(state, queue=(task, *rest))


def with_lines(state: Round, effect: Book) -> tuple[Round, Book]:
    """Add to a task's booking what it means for its line, or for the lines that are worked in one go, and for their orders."""
    before = state.lines
    full = next((each for each in effect.records if isinstance(each, ToteClosed)), None)
    held = next((each for each in effect.records if isinstance(each, LotHeld)), None)
    records = list(with_beside(effect.records, _beside(state)))
    for booked in effect.shares or (ShareBooked(state.queue[0], effect.moved, effect.closes),):
        state, more = _with_line(state, booked, effect.reason)
        records += more
    return replace(state, lines_before=before, fills=full, holds=held), replace(effect, records=tuple(records))


def _beside(state: Round) -> Beside | None:
    """What the booking means beside its movement. What is taken is in the hand of who takes it, whoever said so before."""
    task = state.queue[0] if state.queue else None
    if task is None or task.beside is None:
        return None
    is_taken = task.beside.account == HAND and (task.mode is Mode.PICK or task.beside.goes_on)
    return replace(task.beside, holder=state.by) if is_taken and state.by else task.beside


def _with_line(state: Round, booked: ShareBooked, reason: str) -> tuple[Round, tuple[Record, ...]]:
    task = booked.task
    line = (task.order, task.line)
    progress = state.lines.get(line)
    if task.is_direct or progress is None:
        return state, ()
    progress = replace(progress, done=progress.done + booked.moved, reason=reason or progress.reason)
    records: tuple[Record, ...] = ()
    is_last = has_all(progress, task) or not (has_more(state, line) or task.rank or progress.is_elsewhere)
    if booked.closes and is_last and not progress.is_closed and not progress.is_held:
        progress = replace(progress, is_closed=True)
        records = (line_closed(line, progress, is_count=task.mode is Mode.COUNT),)
    state = replace(state, lines={**state.lines, line: progress})
    return state, (*records, *order_end(state, task.order)) if records else ()


def order_end(state: Round, order: str) -> tuple[Record, ...]:
    """What is written when the last line of an order is closed: its tote takes nothing more."""
    if not is_complete(state.lines, order):
        return ()
    tote = state.totes.get(order)
    closed = (ToteClosed(order=order, tote=tote.tote, position=tote.position, why="done"),) if tote is not None else ()
    return (*closed, OrderClosed(order=order))


def has_more(state: Round, line: LineId) -> bool:
    return any((task.order, task.line) == line for task in state.queue[1:])
