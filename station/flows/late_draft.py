"""A late booking that is being said at the screen: as far as it has come, and what is still to be said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar

from station.allocation import OPEN_STATES
from station.quantity import to_text
from station.tracking import piece
from station.values import Item, Order, OrderKind, OrderLine, OrderState, Person

BOOK, MORE = "book", "more"
LINE = "line"  # of an order; what was done follows from the order's kind
WHATS = (LINE, "pick", "put", "count")
DAYS = ("today", "yesterday", "other_day")
RESTS = ("open", "short")
A_PAGE = 5  # so many choices stand beside each other, and one for the next ones

T = TypeVar("T")


class Step(StrEnum):
    """What is asked, or awaited (READING, BOOKING)."""

    READING = "reading"
    WHAT = "what"
    ORDER = "order"
    LINE = "line"
    TRAY = "tray"
    COMPARTMENT = "compartment"
    ITEM = "item"
    LOT = "lot"
    SERIAL = "serial"
    QUANTITY = "quantity"
    REST = "rest"
    WHO = "who"
    DAY = "day"
    DATE = "date"
    TIME = "time"
    WHY = "why"
    SAY = "say"
    SURE = "sure"
    BOOKING = "booking"


@dataclass(frozen=True, slots=True)
class Known:
    """What can be chosen: released orders with their open lines, the items of them, and who works here."""

    orders: tuple[Order, ...] = ()
    people: tuple[Person, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class LateRead:
    """What a late booking can be of; `found` are the items that the text `asked` means."""

    known: Known
    asked: str = ""
    found: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class LateEntered:
    """It is on the disk; else `field` and `why` say what is wrong, or `code` why nothing is written."""

    field: str = ""
    why: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A booking as far as it has been said. `before` is the draft before the last answer; `warned`: the record says that the
    compartment was counted since."""

    step: Step = Step.READING
    known: Known = field(default_factory=Known)
    what: str = ""
    order: str = ""
    line: str = ""
    tray: int | None = None
    compartment: str = ""
    asked_item: str = ""
    item: Item | None = None
    lot: str = ""
    serial: str = ""
    quantity: int | None = None
    rest: str = ""
    person: Person | None = None
    day: date | None = None
    minute: int | None = None  # of that day, local time
    reason: str = ""
    warned: bool = False
    page: int = 0
    before: Draft | None = None


def open_lines(draft: Draft) -> tuple[OrderLine, ...]:
    """The open lines of the chosen order."""
    order = next((each for each in draft.known.orders if each.order == draft.order), None)
    return tuple(each for each in order.lines if each.state in OPEN_STATES) if order else ()


def line_of(draft: Draft) -> OrderLine | None:
    return next((each for each in open_lines(draft) if each.line == draft.line), None)


def kind_of(draft: Draft) -> str:
    """What was done: said, or of the order's kind."""
    order = next((each for each in draft.known.orders if each.order == draft.order), None)
    return str(order.kind) if draft.what == LINE and order else draft.what


def shown(draft: Draft, among: Sequence[T]) -> tuple[T, ...]:
    """The choices of this page."""
    begin = draft.page * A_PAGE
    return tuple(among[begin : begin + A_PAGE])


def released(draft: Draft) -> tuple[Order, ...]:
    return tuple(each for each in draft.known.orders if each.state is OrderState.RELEASED)


def day_of(number: int, today: date) -> date | None:
    """The last day that is written so, day and month as on the keypad: 2611 is the 26th of November."""
    for year in (today.year, today.year - 1):
        try:
            found = date(year, number % 100, number // 100)
        except ValueError:
            continue
        if found <= today:
            return found
    return None


def true_at(draft: Draft) -> datetime:
    """The moment that was said, in UTC."""
    day, minute = draft.day or date.min.replace(year=2000), draft.minute or 0
    return datetime.combine(day, time(minute // 60, minute % 60)).astimezone().astimezone(UTC)


def with_next(draft: Draft) -> Draft:
    if draft.quantity is None and draft.serial and draft.item is not None and kind_of(draft) != "count":
        draft = replace(draft, quantity=piece(draft.item))
    return replace(draft, step=next_step(draft))


def next_step(draft: Draft) -> Step:
    """The first thing that has not been said."""
    item = draft.item
    needs = (
        (Step.WHAT, not draft.what),
        (Step.ORDER, draft.what == LINE and not draft.order),
        (Step.LINE, draft.what == LINE and not draft.line),
        (Step.TRAY, draft.tray is None),
        (Step.COMPARTMENT, not draft.compartment),
        (Step.ITEM, item is None),
        (Step.LOT, item is not None and item.lot_tracked and not draft.lot),
        (Step.SERIAL, item is not None and item.serial_tracked and not draft.serial),
        (Step.QUANTITY, draft.quantity is None),
        (Step.REST, _has_rest(draft) and not draft.rest),
        (Step.WHO, draft.person is None),
        (Step.DAY, draft.day is None),
        (Step.TIME, draft.minute is None),
        (Step.WHY, not draft.reason),
    )
    return next((step for step, isnext_step in needs if isnext_step), Step.SURE)


def _has_rest(draft: Draft) -> bool:
    line = line_of(draft)
    if line is None or draft.quantity is None or kind_of(draft) == OrderKind.COUNT.value:
        return False
    return line.done_quantity + draft.quantity < line.quantity


def values(draft: Draft, machine: str) -> dict[str, str]:
    """The booking as a row of a late sheet has it (`station.late_file`)."""
    decimals = draft.item.decimals if draft.item else 0
    return {
        "what": kind_of(draft),
        "order": draft.order,
        "line": draft.line,
        "machine": machine,
        "tray": str(draft.tray or ""),
        "compartment": draft.compartment,
        "item": draft.item.code if draft.item else "",
        "lot": draft.lot,
        "serial": draft.serial,
        "quantity": to_text(draft.quantity or 0, decimals),
        "person": draft.person.person if draft.person else "",
        "at": true_at(draft).isoformat(),
        "reason": draft.reason,
        "rest": draft.rest,
        "sure": "yes" if draft.warned else "",
    }
