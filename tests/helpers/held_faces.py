"""Hand-made Views of counts that wait for a second person, that are offered and that are ordered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.values import Place, StockKey
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.held import HeldFace, HeldRow
from station.view.message import Level, Message
from station.view.sign_on import PinAgainFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.faces import BOLT, CABLE, GLUE, NOW, PICK, VALVE, WORK_OFFERS, offers, orders, view
from tests.helpers.outage_faces import ASKING, SUPERVISOR

HOUR = timedelta(hours=1)
NAMES = ("M. Keller", "I. Navarro-Fernández")


def row(tray: int, compartment: str, *, hours: float, names: tuple[str, ...] = NAMES[:1], is_mine: bool = False) -> HeldRow:
    key = StockKey(item=BOLT.code, lot="2409-17")
    place = Place("VLM1", tray, compartment)
    return HeldRow(place=place, key=key, item=BOLT, order="", names=names, since=NOW - hours * HOUR, is_mine=is_mine)


ROWS = (
    row(47, "C7", hours=0.4),
    replace(row(12, "K9", hours=5, names=NAMES), item=CABLE, key=StockKey(item=CABLE.code), order="COUNT-260303-081500"),
    replace(row(3, "A10", hours=50, is_mine=True), item=VALVE, key=StockKey(item=VALVE.code, serial="S-4711-0815")),
    replace(row(31, "B2", hours=72, names=()), item=GLUE, key=StockKey(item=GLUE.code, owner="consignment")),
)


def held_views() -> Iterator[tuple[str, View]]:
    """The list, the two questions, the approval; a count that is offered, and the lists that say what waits."""
    who: dict[str, object] = {"operator": SUPERVISOR}
    listed = HeldFace(rows=ROWS, offers=offers(Action.BACK, Action.LOCK))
    yield "held", view(listed, Message("held_page"), **who)
    yield "held_none", view(replace(listed, rows=()), Message("held_none"), **who)
    yield "held_settling", view(replace(listed, offers=offers(Action.LOCK), is_settling=True), Message("booking"), **who)
    params: dict[str, str | int] = {"compartment": "C7", "tray": 47}
    count, look = Choice("count_it", "held_count_it", params, is_primary=True), Choice("look", "held_look", params)
    what = AskChoice(code="held_what", choices=(count, look), params=params)
    asking = replace(listed, offers=ASKING, about=ROWS[0], ask=what)
    yield "held_ask", view(asking, Message("held_ask"), **who)
    yield "held_mine", view(listed, Message("held_counted_by_you", Level.ACT, error="O380"))
    measure: dict[str, str | int] = {"decimals": 0, "unit": "pcs"}
    said = enumerate(("31", "28"))
    figures = tuple(Choice(f"figure_{no}", "held_figure", {"quantity": figure, **measure}) for no, figure in said)
    afresh = Choice("recount", "held_recount", params)
    decide = AskChoice(code="held_decide", choices=(*figures, afresh), params=params)
    yield (
        "held_decide",
        view(replace(asking, about=replace(ROWS[0], names=NAMES), ask=decide, book=24), Message("held_decide"), **who),
    )
    again = PinAgainFace(name="", act="count_recount", step="badge", item=BOLT, book=24)
    yield "approve_recount", view(again, Message("scan_approver"), **who)
    take, go_on = Choice("take", "count_now", {"compartment": "C7"}, is_primary=True), Choice("pass", "count_not_now")
    offer = AskChoice(code="count_offer", choices=(take, go_on), params={"compartment": "C7", "item": BOLT.code})
    offered = replace(
        PICK,
        mode="count",
        order="",
        line_no=1,
        line_count=1,
        destination="",
        asked=0,
        book=None,
        left_after=None,
        confirm_quantity=0,
        reason="offered",
        next_label="",
        ask=offer,
        offers=(Offer(Action.LEAVE_WORK), Offer(Action.LOCK)),
    )
    yield "count_offer", view(offered, Message("count_offered", params={"compartment": "C7"}))
    waits = Message("missing_count_held", params=params)
    list_of = tuple(replace(each, kind="count", blocked=(waits,)) for each in orders()[:1]) + orders()[1:3]
    work = WorkFace(orders=list_of, offers=(*WORK_OFFERS, Offer(Action.HELD)), held=4)
    yield "work_held", view(work, Message("choose_orders"))
