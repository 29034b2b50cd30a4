"""Rows of an order file about what is known already: the same again, a change or cancellation after the release, a key reused.

The same order and line sent twice is one. What is asked (item, lot, owner) never changes under a key; how much of it does, and
once somebody has started the order only where the row says `change`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from station.host_changes import HOST, HostChange
from station.host_line import host_line
from station.imports.fields import MAX_CODE, Fields
from station.values import LineState, Order, OrderLine, OrderState

OPEN = (LineState.OPEN, LineState.SKIPPED)
_OF_LINE = ("item", "quantity", "lot", "owner", "place", "host_key", "note", "min_remaining_days", "rank", "inspect")


class Action(StrEnum):
    """What a row asks of an order that may be known."""

    ADD = "add"
    CHANGE = "change"
    CANCEL = "cancel"


def cancellation(fields: Fields, order: Order | None) -> HostChange | None:
    """What a row with `cancel` asks; None where it is so already, or the row is refused."""
    line = fields.text("line", longest=MAX_CODE)
    change = HostChange(order=order.order if order else "", line=line, reason=fields.text("note") or HOST)
    if order is None:
        fields.refuse("order", "unknown_order")
        return None
    if not line:
        if order.state is OrderState.CLOSED:
            fields.refuse("order", "order_ended", allowed="an order that is not finished")
        return None if order.state in (OrderState.CLOSED, OrderState.CANCELLED) else change
    mine = lines_of(order.lines, line)
    if not mine:
        fields.refuse("line", "unknown_line")
    elif all(each.state is LineState.CANCELLED for each in mine):
        return None
    elif not any(each.state in OPEN for each in mine):
        fields.refuse("line", "line_ended", allowed="a line that is not finished")
    return change if fields.is_good else None


def lines_of(lines: Sequence[OrderLine], name: str) -> list[OrderLine]:
    """The lines that the host's line of this name became: several where it asked for a kit."""
    return [each for each in lines if host_line(each) == name]


def is_same(before: Sequence[OrderLine], parts: Sequence[OrderLine]) -> bool:
    """Whether the row says what is known already."""
    if not before or not parts:
        return False
    one, other = before[0], parts[0]
    if one.kit is not None and other.kit is not None:
        same_kit = (one.kit.kit, one.kit.asked) == (other.kit.kit, other.kit.asked)
        return same_kit and (one.owner, one.host_key, one.note) == (other.owner, other.host_key, other.note)
    return len(before) == len(parts) == 1 and all(getattr(one, name) == getattr(other, name) for name in _OF_LINE)


def refuse_reuse(fields: Fields, before: Sequence[OrderLine], line: OrderLine) -> None:
    """A line's key that stands for something else already."""
    if not before:
        return
    one = before[0]
    is_other = (one.kit.kit if one.kit else one.item, one.lot, one.owner) != (line.item, line.lot, line.owner)
    if is_other or (one.host_key and line.host_key and one.host_key != line.host_key):
        fields.refuse("line", "key_reused", allowed="the same item, lot, owner and host_key as before, or another line")
