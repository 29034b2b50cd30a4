"""Hand-made Views of the order page, and of a line that is a part of a kit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.order_seen import LineSeen, OrderSeen, Taken
from station.task import KitTag
from station.values import Item, LineState, Order, OrderKind, OrderLine, OrderState, Place, StockKey
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.orders import LineRow, OrdersFace
from station.view.sign_on import PinAgainFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.faces import BOLT, CABLE, GLUE, NOW, PICK, VALVE, WORK_OFFERS, offers, orders, view
from tests.helpers.outage_faces import ASKING, SUPERVISOR

NAME = "SO-48213"


def _seen(line: str, item: Item, asked: int, done: int = 0, *, state: LineState = LineState.OPEN, reason: str = "") -> LineSeen:
    of = OrderLine(order=NAME, line=line, item=item.code, quantity=asked, done_quantity=done, state=state, reason=reason)
    return LineSeen(line=of, item=item)


LINES = (
    replace(_seen("10.1", BOLT, 24, 24, state=LineState.CONFIRMED), workers=("M. Keller",), kit=KitTag("DOOR-KIT-900", 2, 1, 3)),
    replace(_seen("10.2", CABLE, 1250, 500), workers=("M. Keller", "I. Navarro-Fernández"), kit=KitTag("DOOR-KIT-900", 2, 2, 3)),
    replace(_seen("10.3", VALVE, 4), kit=KitTag("DOOR-KIT-900", 2, 3, 3)),
    replace(_seen("20", GLUE, 4, 1, state=LineState.SHORT, reason="not_there"), workers=("M. Keller",)),
    _seen("30", BOLT, 12, state=LineState.SKIPPED),
    _seen("40", VALVE, 1),
    _seen("50", GLUE, 2, state=LineState.MOVED, reason="split"),
)
ORDER = Order(order=NAME, kind=OrderKind.PICK, destination="Line 3", lines=tuple(each.line for each in LINES))
TAKEN = (
    Taken("10.1", Place("VLM1", 47, "C7"), StockKey(item=BOLT.code), 24),
    Taken("10.2", Place("VLM1", 12, "A3"), StockKey(item=CABLE.code), 500),
    Taken("20", Place("VLM1", 31, "B2"), StockKey(item=GLUE.code, lot="2409-17"), 1),
)
SEEN = OrderSeen(
    order=ORDER,
    lines=LINES,
    owner="p_2",
    owner_name="M. Keller",
    station="BAY1",
    since=NOW - timedelta(hours=1.4),
    taken=TAKEN,
)


def rows(*chosen: str, movable: tuple[str, ...] = ()) -> tuple[LineRow, ...]:
    return tuple(
        LineRow(seen=each, may_move=each.line.line in movable, is_chosen=each.line.line in chosen) for each in SEEN.lines
    )


def order_views() -> Iterator[tuple[str, View]]:
    """The list, an order that somebody began, its questions, what is refused; and a line for a kit."""
    who: dict[str, object] = {"operator": SUPERVISOR}
    listed = OrdersFace(offers=ASKING, orders=orders())
    yield "orders", view(listed, Message("orders_page"), **who)
    acts = offers(Action.BACK, Action.HOLD_ORDER, Action.TAKE_OVER, Action.SPLIT_ORDER, Action.CANCEL_ORDER, Action.LOCK)
    page = OrdersFace(offers=acts, order=NAME, seen=SEEN, lines=rows(), primary=Action.TAKE_OVER)
    yield "order_page", view(page, Message("order_page", params={"order": NAME}), **who)
    held = replace(SEEN, order=replace(ORDER, state=OrderState.HELD, split_of="SO-48000"))
    of_held = offers(Action.BACK, Action.RESUME_ORDER, Action.SPLIT_ORDER, Action.CANCEL_ORDER, Action.LOCK)
    resume = replace(page, offers=of_held, seen=held, primary=Action.RESUME_ORDER)
    yield "order_held", view(resume, Message("order_page", params={"order": NAME}), **who)
    choosing = replace(
        page,
        offers=offers(Action.BACK, Action.SPLIT_ORDER, Action.LOCK),
        lines=rows("30", movable=("30", "40")),
        primary=Action.SPLIT_ORDER,
        chooses=True,
    )
    yield "order_lines", view(choosing, Message("order_choose_lines"), **who)
    none = replace(choosing, offers=(Offer(Action.BACK), Offer(Action.SPLIT_ORDER, "choose_lines"), Offer(Action.LOCK)))
    yield "order_no_lines", view(replace(none, lines=rows(movable=("30", "40"))), Message("order_choose_lines"), **who)
    reasons = tuple(
        Choice(each, f"reason_{each}") for each in ("order_customer", "order_wrong", "order_not_needed", "order_other")
    )
    why = AskChoice(code="why_order_cancel", choices=reasons, params={"order": NAME})
    yield "order_why", view(replace(page, offers=ASKING, ask=why), Message("order_say_why"), **who)
    choices = (Choice("goes_on", "taken_goes_on"), Choice("put_back", "taken_put_back", {"order": f"{NAME}/back"}))
    taken = AskChoice(code="what_of_taken", choices=choices, params={"order": NAME})
    yield "order_taken", view(replace(page, offers=ASKING, ask=taken), Message("order_say_taken"), **who)
    acting = replace(page, offers=offers(Action.LOCK), is_acting=True)
    yield "order_acting", view(acting, Message("booking"), **who)
    away = replace(page, offers=ASKING, seen=replace(SEEN, is_elsewhere=True), primary=Action.HOLD_ORDER)
    yield "order_elsewhere", view(away, Message("cannot_elsewhere", Level.ACT, {"order": NAME}, error="O408"), **who)
    yield "order_approve", view(PinAgainFace(name="", act="order_split", step="badge"), Message("scan_badge"))
    kit = replace(PICK, kit=KitTag("DOOR-KIT-900", 2, 3, 7))
    yield "pick_kit", view(kit, Message("pick_instruct", params={"quantity": "12 pcs", "compartment": "C7"}))
    tags = tuple(replace(each, kits=(("DOOR-KIT-900", 2),)) for each in orders()[:2]) + orders()[2:4]
    yield "work_kits", view(WorkFace(orders=tags, offers=(*WORK_OFFERS, Offer(Action.ORDERS))), Message("choose_orders"))
