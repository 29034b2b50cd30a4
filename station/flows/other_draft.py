"""Work without an order that is being said at the screen: as far as it has come, and what is still to be said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from station.rules.put_away import Proposal
from station.tracking import piece
from station.values import Item, NetPick, Person, Place, Stock, StockKey, StockStatus, Taken

MORE, OTHER_PLACE, NO_ORDER = "more", "other_place", "no_order"
A_PAGE = 5  # so many choices stand beside each other, and one for the next ones
SCRAP_REASONS = ("scrap_damaged", "scrap_expired", "scrap_obsolete", "scrap_other")
FOUND_REASONS = ("found_not_booked", "found_loose", "found_after_count")
HOLD, SCRAP, QUARANTINE = "hold", "scrap", "quarantine"  # what becomes of something damaged
MOVE, STAY, COUNT_ONLY = "move", "stay", "count_only"  # and of something that lay in a wrong place
HOLDERS = ("me", "person", "job")
DUES_H = {"due_8": 8, "due_24": 24, "due_72": 72, "due_168": 168, "due_never": 0}  # so many hours from now; 0: no time
CONDITIONS = ("good", "worn", "damaged")

T = TypeVar("T")


class What(StrEnum):
    """What is to be done."""

    TRANSFER = "transfer"
    RETURN = "return"
    SCRAP = "scrap"
    DAMAGED = "damaged"
    WRONG = "wrong"
    FOUND = "found"
    TOOL_OUT = "tool_out"
    TOOL_IN = "tool_in"
    DOWN = "down"  # put down what is in hand


class Step(StrEnum):
    """What is asked, or awaited (READING, FINDING, CHECKING)."""

    ITEM = "item"
    READING = "reading"
    STOCK = "stock"
    OF = "of"
    WHICH = "which"
    QUANTITY = "quantity"
    WHY = "why"
    TREATMENT = "treatment"
    HOLDER = "holder"
    PERSON = "person"
    JOB = "job"
    DUE = "due"
    CONDITION = "condition"
    TRAY = "tray"
    COMPARTMENT = "compartment"
    CHECKING = "checking"
    FINDING = "finding"
    PLACE = "place"
    READY = "ready"


WAITS = (Step.READING, Step.FINDING, Step.CHECKING)
FROM_STOCK = (What.TRANSFER, What.SCRAP, What.DAMAGED, What.TOOL_OUT)
FOUND_WHERE = (What.WRONG, What.FOUND)  # it lies there already: nothing is proposed
PLACED = (What.RETURN, What.TOOL_IN, What.DOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDraft:
    """`stock` is where the item lies in this machine, `picks` for which lines it was taken and is still out, `taken` what of it
    is on an account, `people` who works here. `key` is the stock that is meant, `place` where it is taken, or goes. `before` is
    the draft before the last answer."""

    what: What
    step: Step = Step.ITEM
    asked: str = field(default="", repr=False)  # it may be a badge
    item: Item | None = None
    stock: tuple[Stock, ...] = ()
    expired: frozenset[StockKey] = frozenset()
    picks: tuple[NetPick, ...] = ()
    taken: tuple[Taken, ...] = ()
    people: tuple[Person, ...] = ()
    wish: tuple[Place, StockKey] | None = None  # of the search: what was chosen there, once the item is read
    key: StockKey | None = None
    place: Place | None = None
    tray: int | None = None
    of: NetPick | None = None
    is_of_none: bool = False
    entry: Taken | None = None
    quantity: int | None = None
    why: str = ""
    treatment: str = ""
    by: str = ""  # how it was said who gets the tool: me | person | job
    holder: str = ""
    job: str = ""
    due: str = ""
    condition: str = ""
    proposals: tuple[Proposal, ...] | None = None
    page: int = 0
    is_planned: bool = False  # somebody has decided on this move before
    before: OtherDraft | None = None


def choices_of_stock(draft: OtherDraft) -> tuple[Stock, ...]:
    """Where it may be taken from. Only free stock that is good is lent or set aside as damaged; what is not free, or expired, may
    be moved, or be scrapped."""
    if draft.what in (What.TOOL_OUT, What.DAMAGED):
        free = (each for each in draft.stock if each.key.status is StockStatus.FREE)
        return tuple(each for each in free if draft.what is What.DAMAGED or each.key not in draft.expired)
    return draft.stock


def in_book(draft: OtherDraft) -> int | None:
    """What the book has of the stock that is taken from, None where nothing is: other work begins from the book, so that no more
    leaves than it has there. Only a pick for an order is never refused for its sake."""
    if draft.what not in FROM_STOCK or draft.key is None:
        return None
    return sum(each.quantity for each in draft.stock if (each.place, each.key) == (draft.place, draft.key))


def most(draft: OtherDraft) -> int | None:
    """The most that may come back of what is out; None: any number."""
    if draft.of is not None:
        return draft.of.quantity
    return draft.entry.quantity if draft.entry is not None else None


def shown(draft: OtherDraft, among: Sequence[T]) -> tuple[T, ...]:
    """The choices of this page."""
    return tuple(among[draft.page * A_PAGE : (draft.page + 1) * A_PAGE])


def with_next(draft: OtherDraft) -> OtherDraft:
    """The same at its next question. Of one serial there is one piece, and what is in hand goes down as it is."""
    if draft.quantity is None and draft.item is not None and draft.key is not None and draft.key.serial:
        draft = replace(draft, quantity=piece(draft.item))
    if draft.quantity is None and draft.entry is not None and _goes_whole(draft, draft.entry):
        draft = replace(draft, quantity=draft.entry.quantity)
    return replace(draft, step=next_step(draft), page=0)


def _goes_whole(draft: OtherDraft, entry: Taken) -> bool:
    """Whether there is nothing to ask about how many come back: what is in hand is put down, and one piece is one piece."""
    is_one = draft.item is not None and entry.quantity == piece(draft.item)
    return draft.what is What.DOWN or (draft.what is What.TOOL_IN and is_one)


def next_step(draft: OtherDraft) -> Step:
    """The first thing that has not been said."""
    return next((step for step, is_missing in _needs(draft) if is_missing), Step.READY)


def _needs(draft: OtherDraft) -> tuple[tuple[Step, bool], ...]:
    what, no_item = draft.what, draft.item is None
    found_where = ((Step.TRAY, draft.place is None),)
    of_item = (
        (Step.ITEM, no_item and what is not What.DOWN),
        (Step.STOCK, what in FROM_STOCK and draft.key is None),
        (Step.OF, what is What.RETURN and draft.of is None and not draft.is_of_none),
        (Step.WHICH, what in (What.TOOL_IN, What.DOWN) and draft.entry is None),
        *(found_where if what is What.FOUND else ()),
        (Step.QUANTITY, draft.quantity is None),
    )
    of_end = (
        (Step.WHY, what in (What.SCRAP, What.FOUND) and not draft.why),
        (Step.TREATMENT, what in (What.DAMAGED, What.WRONG) and not draft.treatment),
        (Step.WHY, draft.treatment == SCRAP and not draft.why),
        (Step.HOLDER, what is What.TOOL_OUT and not draft.by),
        (Step.PERSON, draft.by == "person" and not draft.holder),
        (Step.JOB, draft.by == "job" and not draft.job),
        (Step.DUE, what is What.TOOL_OUT and not draft.due),
        (Step.CONDITION, what is What.TOOL_IN and not draft.condition),
        (Step.FINDING, what in PLACED and draft.place is None and draft.proposals is None),
        (Step.PLACE, what in PLACED and draft.place is None),
    )
    return (*(found_where if what is What.WRONG else ()), *of_item, *of_end)
