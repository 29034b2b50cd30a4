"""The task at the bay that work without an order comes to. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.rows.taken import HAND, TOOL
from station.beside import Beside
from station.flows.other_draft import DUES_H, HOLD, MOVE, QUARANTINE, OtherDraft, What
from station.task import Mode, Task
from station.values import Item, Person, StockKey, StockStatus

MOVED, LENT, BACK_IN, RETURNED, WRONG_ITEM = "transfer", "tool_out", "tool_in", "return", "wrong_item"
DAMAGED_HELD = "set_on_hold"


@dataclass(frozen=True, slots=True)
class ScrapLimit:
    """Above so many stock units, or so much money (minor units), a second person confirms what is scrapped; 0: no limit."""

    pieces: int = 0
    value: int = 0

    def is_beyond(self, item: Item, quantity: int) -> bool:
        is_many = bool(self.pieces) and quantity > self.pieces * 10**item.decimals
        worth = quantity * item.unit_value
        return is_many or (bool(self.value) and worth > self.value * 10**item.decimals)


def task_of(draft: OtherDraft, *, by: Person, now: datetime, limit: ScrapLimit) -> Task | None:
    """The task of all that was said; None while something is missing."""
    item, place = draft.item, draft.place
    if item is None or place is None or draft.quantity is None:
        return None
    key = draft.key or StockKey(item=item.code)
    mode, reason, beside = _kind(draft, item, by=by, now=now, limit=limit)
    if mode is Mode.PUT and draft.condition == "damaged":
        key = replace(key, status=StockStatus.QUALITY_HOLD)
    return Task(
        mode=mode,
        order="",
        line="",
        number=1,
        line_no=1,
        line_count=1,
        item=item,
        key=key,
        place=place,
        quantity=draft.quantity,
        line_asked=draft.quantity,
        reason=reason,
        beside=beside,
    )


def _kind(draft: OtherDraft, item: Item, *, by: Person, now: datetime, limit: ScrapLimit) -> tuple[Mode, str, Beside]:
    match draft.what:
        case What.TRANSFER:
            return Mode.PICK, MOVED, Beside(account=HAND, holder=by.person)
        case What.DOWN if draft.entry is not None:
            return Mode.PUT, MOVED, Beside(account=HAND, holder=draft.entry.holder, was=draft.entry.key)
        case What.TOOL_OUT:
            return Mode.PICK, LENT, Beside(account=TOOL, holder=draft.holder, job=draft.job, due_at=_due_at(draft.due, now))
        case What.TOOL_IN if draft.entry is not None:
            entry = draft.entry
            due_at = _told(entry.due_at) if entry.due_at else ""  # of use where this is undone
            known = Beside(account=TOOL, holder=entry.holder, job=entry.job, due_at=due_at, was=entry.key)
            return Mode.PUT, BACK_IN, replace(known, condition=draft.condition)
        case What.RETURN:
            of = (draft.of.order, draft.of.line) if draft.of else ("", "")
            return Mode.PUT, RETURNED, Beside(of_order=of[0], of_line=of[1])
        case What.FOUND:
            return Mode.PUT, draft.why, Beside()
        case What.WRONG if draft.treatment == MOVE:
            return Mode.PUT, WRONG_ITEM, Beside(account=HAND, holder=by.person, goes_on=True, count_why=WRONG_ITEM)
        case What.WRONG:
            return Mode.PUT, WRONG_ITEM, Beside(count_why=WRONG_ITEM)
        case What.DAMAGED if draft.treatment == QUARANTINE:
            return Mode.PICK, DAMAGED_HELD, Beside(account=HAND, holder=by.person, becomes=StockStatus.QUALITY_HOLD)
        case What.DAMAGED if draft.treatment == HOLD:
            return Mode.PICK, DAMAGED_HELD, Beside(becomes=StockStatus.QUALITY_HOLD)
        case _:
            return Mode.PICK, draft.why, Beside(needs_second=limit.is_beyond(item, draft.quantity or 0))


def _due_at(due: str, now: datetime) -> str:
    hours = DUES_H.get(due, 0)
    return _told(now + timedelta(hours=hours)) if hours else ""


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
