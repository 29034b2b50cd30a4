"""The work list: what waits, what is late, what blocks an order, and what Start would start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from station.view.action import Action
from station.view.message import Level
from station.view.work import OrderTag, WorkFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange, primary
from ui.view_models.rows import ListModel, RowModel, Rows, Tone, paged


@dataclass(frozen=True, slots=True)
class WorkModel:
    orders: ListModel
    summary: str


def present(face: WorkFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> WorkModel:
    """The list's page and the line above it."""
    models = Rows(face.orders, lambda order: _row(order, local, texts, now))
    page = paged("", models, texts, page=local.page, size=rows, empty=texts.message_of("no_orders"))
    return WorkModel(page, _summary(face, texts))


def present_row(face: WorkFace, local: Local, texts: Texts) -> ActionRowModel:
    """Start is the primary button where it is offered; without a choice it starts the first order that can start."""
    start = next((offer for offer in face.offers if offer.action is Action.START), None)
    if start is None:  # the end of the work before is still being booked
        return arrange(face.offers, texts)
    orders = orders_to_start(face, local)
    if len(local.chosen) > 1 and len(orders) > 1:
        text = texts.label("start_count", count=len(orders))
    else:
        text = texts.label("start_next", order=orders[0]) if orders else texts.action(Action.START)
    reason = texts.refusal(start.refused or ("" if orders else "no_orders"))
    button = primary("action_start", text, reason=reason)
    is_beside = any(offer.action is Action.PLACES for offer in face.offers)
    words = {Action.PLACES: texts.label("places_waiting", number=face.on_foot)} if is_beside and face.on_foot else {}
    words |= {Action.GO_LIVE: texts.label("go_live_waiting", count=face.unreleased)} if face.unreleased else {}
    first = (*((Action.GO_LIVE,) if face.unreleased else ()), *((Action.PLACES,) if is_beside else ()))
    return arrange(face.offers, texts, primary_button=button, without=(Action.START,), first=first, words=words)


def orders_to_start(face: WorkFace, local: Local) -> tuple[str, ...]:
    """The chosen orders that are still there and can start; without a choice the first that can."""
    wanted = set(local.chosen)
    able = {order.order for order in face.orders if order.order in wanted and not is_blocked(order)} if wanted else set()
    chosen = tuple(order for order in local.chosen if order in able)
    first = next((order.order for order in face.orders if not is_blocked(order)), None) if not chosen else None
    return chosen or (() if first is None else (first,))


def is_blocked(order: OrderTag) -> bool:
    """Whether nothing of the order can be worked; what is only partly missing is said and does not block."""
    return bool(order.blocked) and any(each.level is not Level.NOTE for each in order.blocked)


def _row(order: OrderTag, local: Local, texts: Texts, now: datetime) -> RowModel:
    cannot = is_blocked(order)
    due = texts.moment(order.need_by, now) if order.need_by else texts.label("no_time")
    return RowModel(
        name=f"order_{order.order}",
        lead=order.order,
        main=" · ".join(each for each in (texts.kind(order.kind), order.destination) if each),
        sub=texts.label("blocked_by", why=_why(order, texts)) if order.blocked else _extent(order, texts),
        right=due,
        right_sub=_urgency(order, texts),
        tone=Tone.BLOCKED if cannot else Tone.LATE if order.is_late else Tone.PLAIN,
        is_chosen=order.order in local.chosen and not cannot,
        has_box=True,
    )


def why_not(face: WorkFace, local: Local, texts: Texts) -> str:
    """Why the order that was touched last cannot start, "" when it can or is gone."""
    asked = local.asked
    order = next((each for each in face.orders if each.order == asked and is_blocked(each)), None) if asked else None
    return texts.label("cannot_start", order=order.order, why=_why(order, texts)) if order else ""


def _why(order: OrderTag, texts: Texts) -> str:
    return "   ".join(texts.block(each) for each in order.blocked)


def _extent(order: OrderTag, texts: Texts) -> str:
    if order.open_lines < order.lines:
        lines = texts.label("lines_open", open=order.open_lines, count=order.lines)
    else:
        lines = texts.label("lines", count=order.lines)
    started = (texts.label("started"),) if order.is_started else ()
    trays = (texts.label("trays", count=order.trays),) if order.trays else ()  # a put may wait for its compartment
    on_foot = (texts.label("on_foot", count=order.on_foot),) if order.on_foot else ()
    kits = (texts.kits(order.kits),) if order.kits else ()
    return " · ".join((*started, lines, *trays, *on_foot, *kits))


def _urgency(order: OrderTag, texts: Texts) -> str:
    if order.is_express:
        return texts.label("express")
    if order.is_late:
        return texts.label("late")
    return texts.label("priority", count=order.priority)


class _Same:
    """Orders that are equal only to themselves: to compare many thousand takes longer than to count them."""

    def __init__(self, orders: tuple[OrderTag, ...]) -> None:
        self.orders = orders

    def __hash__(self) -> int:
        return id(self.orders)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.orders is other.orders


@lru_cache(maxsize=1)
def _late_and_blocked(same: _Same) -> tuple[int, int]:
    """How many; the list is the same in most views."""
    return sum(order.is_late for order in same.orders), sum(is_blocked(order) for order in same.orders)


def _summary(face: WorkFace, texts: Texts) -> str:
    orders = face.orders
    late, blocked = _late_and_blocked(_Same(orders))
    parts = [texts.label("orders_wait", count=len(orders))]
    if late:
        parts.append(texts.label("orders_late", count=late))
    if blocked:
        parts.append(texts.label("orders_blocked", count=blocked))
    if face.to_count:
        parts.append(texts.label("trays_to_count", count=face.to_count))
    if face.held:
        parts.append(texts.label("held_counts", count=face.held))
    return "  ·  ".join(parts)
