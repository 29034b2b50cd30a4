"""Entering one late booking at the screen: one question after the other, in this order, until nothing is missing. Pure.

what -> (order -> line) -> tray -> compartment -> item -> lot, serial -> how many -> what of the rest -> who -> day -> time -> why
-> is all that right? Back leads one question back. What the record then refuses is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from station import commands as do
from station import scan
from station.count_due import LATE_REASONS, OTHER
from station.flows.late_draft import (
    BOOK,
    DAYS,
    MORE,
    RESTS,
    WHATS,
    Draft,
    Known,
    Step,
    day_of,
    open_lines,
    released,
    true_at,
    with_next,
)
from station.flows.turn import Say
from station.outages import clean_reason
from station.scan_label import matches_item
from station.tracking import is_whole
from station.values import Item
from station.view.message import Level, Message

# What the record may say against a booking, each with a sentence of its own (`late_...`).
_OF_STOCK = ("moved_since", "unknown_compartment", "not_whole", "no_quantity", "lacks_lot", "lacks_serial")
_OF_ORDERS = ("unknown_order", "unknown_line", "line_done", "order_started", "order_ended", "other_kind", "other_item")
REFUSALS = frozenset(("in_future", "entered_already", "unknown_person", "no_reason", *_OF_STOCK, *_OF_ORDERS))


@dataclass(frozen=True, slots=True)
class LookUp:
    """Find the item that this text means."""

    item: str


@dataclass(frozen=True, slots=True)
class Enter:
    """Write this booking."""

    draft: Draft


DraftTurn = tuple[Draft | None, tuple[Say | LookUp | Enter, ...]]


def known_now(draft: Draft, known: Known) -> Draft:
    """What can be chosen has been read: the first question follows."""
    return with_next(replace(draft, known=known)) if draft.step is Step.READING else draft


def item_found(draft: Draft, text: str, items: Sequence[Item]) -> DraftTurn:
    """The item of what was typed; none, or more than one, is said."""
    if draft.step is not Step.ITEM or draft.asked_item != text:
        return draft, ()
    if len(items) == 1:
        return _answered(draft, item=items[0]), ()
    code, error = ("no_such_item", "O306") if not items else ("ambiguous_item", "O307")
    params = {"count": len(items)} if items else {}
    return replace(draft, asked_item=""), (Say(Message(code, Level.ACT, params, error=error)),)


def refused(draft: Draft, name: str, code: str) -> DraftTurn:
    """The record does not take it: what is wrong is asked again, or asked whether it is sure."""
    if code == "counted_since":
        return replace(draft, step=Step.SURE, warned=True), ()
    asked = {
        "at": {"day": None, "minute": None},
        "compartment": {"tray": None, "compartment": ""},
        "tray": {"tray": None, "compartment": ""},
        "person": {"person": None},
        "quantity": {"quantity": None},
        "lot": {"lot": ""},
        "serial": {"serial": ""},
        "order": {"order": "", "line": "", "item": None},
        "line": {"order": "", "line": "", "item": None},
    }.get(name, {})
    said = Say(Message(f"late_{code}" if code in REFUSALS else "late_not_taken", Level.ACT, error="O338"))
    return with_next(replace(draft, page=0, **asked)), (said,)  # type: ignore[arg-type]


def advance(draft: Draft, event: do.Command, *, trays: frozenset[int], now: datetime) -> DraftTurn:
    """The next question, None when the person leaves them. An event that means nothing here changes nothing."""
    if draft.step in (Step.READING, Step.BOOKING):
        return (None, ()) if isinstance(event, do.Back | do.ClosePage) and draft.step is Step.READING else (draft, ())
    match event:
        case do.Back() | do.ClosePage():
            return draft.before, ()
        case do.Choose(key=key):
            return _chosen(draft, key, now)
        case do.EnterNumber(number=number):
            return _number(draft, number, trays, now)
        case do.EnterText(text=text) if text.strip():
            return _text(draft, text.strip())
        case _:
            return draft, ()


def scan_answers(draft: Draft, read: scan.Scan, machine: str) -> tuple[do.Command, ...]:
    """What a scan says to the open question, as if it were typed (of no view: its token means nothing); nothing where it is no
    answer to it. The label of a compartment says its tray, too. An item's code where a lot or serial is asked is the item once
    more."""
    match draft.step, read:
        case Step.TRAY, scan.TrayScan(machine=its, tray=tray) if its == machine:
            return (do.EnterNumber(0, tray),)
        case Step.TRAY, scan.PlaceScan(place=place) if place.machine == machine:
            return do.EnterNumber(0, place.tray), do.EnterText(0, place.compartment)
        case Step.COMPARTMENT, scan.PlaceScan(place=place) if (place.machine, place.tray) == (machine, draft.tray):
            return (do.EnterText(0, place.compartment),)
        case Step.ITEM, scan.ItemScan(text=text) if text:
            return (do.EnterText(0, text),)
        case Step.LOT | Step.SERIAL, scan.ItemScan(text=text) if text and draft.item and not matches_item(draft.item, text):
            return (do.EnterText(0, text),)
        case _:
            return ()


def _chosen(draft: Draft, key: str, now: datetime) -> DraftTurn:
    if key == MORE:
        return replace(draft, page=draft.page + 1), ()
    today = now.astimezone().date()
    match draft.step:
        case Step.WHAT if key in WHATS:
            return _answered(draft, what=key), ()
        case Step.ORDER if any(each.order == key for each in released(draft)):
            return _answered(draft, order=key), ()
        case Step.LINE if any(each.line == key for each in open_lines(draft)):
            return _line_chosen(draft, key), ()
        case Step.REST if key in RESTS:
            return _answered(draft, rest=key), ()
        case Step.WHO:
            person = next((each for each in draft.known.people if each.person == key), None)
            return (_answered(draft, person=person) if person else draft), ()
        case Step.DAY if key in DAYS[:2]:
            return _answered(draft, day=today - timedelta(days=DAYS.index(key))), ()
        case Step.DAY if key == DAYS[2]:
            return replace(draft, step=Step.DATE, before=draft), ()
        case Step.WHY if key == OTHER:
            return replace(draft, step=Step.SAY, before=draft), ()
        case Step.WHY if key in LATE_REASONS:
            return _answered(draft, reason=key), ()
        case Step.SURE:
            return (replace(draft, step=Step.BOOKING), (Enter(draft),)) if key == BOOK else (None, ())
        case _:
            return draft, ()


def _line_chosen(draft: Draft, key: str) -> Draft:
    line = next(each for each in open_lines(draft) if each.line == key)
    item = next((each for each in draft.known.items if each.code == line.item), None)
    place = {} if line.place is None else {"tray": line.place.tray, "compartment": line.place.compartment}
    return _answered(draft, line=key, item=item, lot=line.lot, **place)


def _number(draft: Draft, number: int, trays: frozenset[int], now: datetime) -> DraftTurn:
    match draft.step:
        case Step.TRAY if number not in trays:
            return draft, (Say(Message("no_such_tray", Level.ACT, {"tray": number}, error="O304")),)
        case Step.TRAY:
            return _answered(draft, tray=number), ()
        case Step.QUANTITY if draft.item is not None and is_whole(draft.item, number):
            return _answered(draft, quantity=number), ()
        case Step.DATE:
            found = day_of(number, now.astimezone().date())
            return (_answered(draft, day=found), ()) if found else (draft, (_wrong("late_no_day"),))
        case Step.TIME if number % 100 > 59 or number // 100 > 23:
            return draft, (_wrong("late_no_time"),)
        case Step.TIME:
            timed = _answered(draft, minute=number // 100 * 60 + number % 100)
            return (timed, ()) if true_at(timed) <= now else (draft, (_wrong("late_in_future"),))
        case _:
            return draft, ()


def _text(draft: Draft, text: str) -> DraftTurn:
    match draft.step:
        case Step.COMPARTMENT:
            return _answered(draft, compartment=text), ()
        case Step.ITEM:
            return replace(draft, asked_item=text), (LookUp(text),)
        case Step.LOT:
            return _answered(draft, lot=text), ()
        case Step.SERIAL:
            return _answered(draft, serial=text), ()
        case Step.SAY if clean_reason(text):
            return _answered(draft, reason=clean_reason(text)), ()
        case _:
            return draft, ()


def _wrong(code: str) -> Say:
    return Say(Message(code, Level.ACT, error="O338"))


def _answered(draft: Draft, **said: object) -> Draft:
    """The next question after this answer, with the way back."""
    return with_next(replace(draft, page=0, before=draft, **said))  # type: ignore[arg-type]
