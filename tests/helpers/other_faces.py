"""Hand-made Views of work that no order asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.core.other_page import KINDS, TOOLS
from station.core.other_page import LENT as WHO_HAS
from station.faces.other_ask import draft_ask, draft_said
from station.flows.other_draft import OtherDraft, Step, What
from station.flows.other_work import Circumstances
from station.rules.put_away import Proposal
from station.taken_seen import TakenSeen
from station.values import Item, NetPick, Person, Place, Role, Stock, StockKey, StockStatus, Taken
from station.view.action import Action
from station.view.ask import AskChoice, Choice
from station.view.message import Message
from station.view.other import OtherFace
from station.view.view import View
from tests.helpers.faces import BOLT, NOW, PICK, offers, view

WRENCH = Item(code="TW-40-200", name="Torque wrench 40 to 200 Nm", is_tool=True, serial_tracked=True)
AROUND = Circumstances("VLM1", "p_1", finds=True)
PEOPLE = tuple(
    Person(person=f"p_{n}", name=name, role=Role.OPERATOR) for n, name in enumerate(("M. Keller", "J. Okafor", "E. Yilmaz"))
)


def _stock(number: int, lot: str = "", status: StockStatus = StockStatus.FREE) -> Stock:
    return Stock(
        place=Place("VLM1", 10 + number, f"C{number}"), key=StockKey(item=BOLT.code, lot=lot, status=status), quantity=50
    )


def _taken(number: int, hours: float | None, job: str = "") -> TakenSeen:
    due = None if hours is None else NOW + timedelta(hours=hours)
    key = StockKey(item=WRENCH.code, serial=f"SN-{4100 + number}")
    since = NOW - timedelta(days=number)
    taken = Taken(
        account="tool", holder="" if job else "p_1", job=job, key=key, machine="VLM1", quantity=1, since=since, due_at=due
    )
    return TakenSeen(taken, WRENCH, "" if job else "M. Keller")


LENT = (_taken(2, -20), _taken(1, 5, job="FA-70412"), _taken(3, None))
STOCK = (
    tuple(_stock(n) for n in range(1, 4))
    + tuple(_stock(n, f"L-2026-0{n}") for n in range(4, 7))
    + (_stock(7, "L-9", StockStatus.BLOCKED),)
)


def other_views() -> Iterator[tuple[str, View]]:
    """The kinds, every question, and who has which tool."""
    kinds = AskChoice(code="other_what", choices=tuple(Choice(each, f"other_{each}") for each in KINDS))
    shown = (Action.BACK, Action.PUT_DOWN, Action.TOOLS, Action.LOCK)
    yield "other", view(OtherFace(rows=(), offers=offers(*shown), ask=kinds), Message("other_page"))
    tools = AskChoice(code="other_tools", choices=tuple(Choice(each, f"other_{each}") for each in (*TOOLS, WHO_HAS)))
    asked = OtherFace(rows=(), offers=offers(Action.BACK, Action.LOCK), ask=tools)
    yield "other_tools", view(asked, Message("answer_question"))
    base = OtherDraft(what=What.TRANSFER, item=BOLT, stock=STOCK, people=PEOPLE)
    picks = tuple(NetPick(order=f"SO-4821{n}", line="1", key=StockKey(item=BOLT.code), quantity=n, at=NOW) for n in (24, 6))
    places = tuple(Proposal(Place("VLM1", n, f"A{n}")) for n in (12, 37, 41))
    hand = tuple(replace(each.taken, account="hand", due_at=None) for each in LENT[:2])
    drafts = {
        "other_item": OtherDraft(what=What.TRANSFER),
        "other_stock": replace(base, step=Step.STOCK),
        "other_stock_more": replace(base, step=Step.STOCK, page=1),
        "other_of": replace(base, what=What.RETURN, step=Step.OF, picks=picks),
        "other_quantity": replace(base, step=Step.QUANTITY),
        "other_tray": replace(base, what=What.FOUND, step=Step.TRAY),
        "other_compartment": replace(base, what=What.FOUND, step=Step.COMPARTMENT, tray=12),
        "other_place": replace(base, what=What.DOWN, step=Step.PLACE, proposals=places, quantity=12),
        "other_no_place": replace(base, what=What.RETURN, step=Step.PLACE, proposals=(), quantity=12),
        "other_why_scrap": replace(base, what=What.SCRAP, step=Step.WHY),
        "other_why_found": replace(base, what=What.FOUND, step=Step.WHY),
        "other_damaged": replace(base, what=What.DAMAGED, step=Step.TREATMENT),
        "other_wrong": replace(base, what=What.WRONG, step=Step.TREATMENT),
        "other_holder": replace(base, what=What.TOOL_OUT, step=Step.HOLDER, item=WRENCH),
        "other_person": replace(base, what=What.TOOL_OUT, step=Step.PERSON, item=WRENCH),
        "other_job": replace(base, what=What.TOOL_OUT, step=Step.JOB, item=WRENCH),
        "other_due": replace(base, what=What.TOOL_OUT, step=Step.DUE, item=WRENCH),
        "other_back": replace(base, what=What.TOOL_IN, step=Step.WHICH, item=WRENCH, taken=tuple(each.taken for each in LENT)),
        "other_condition": replace(base, what=What.TOOL_IN, step=Step.CONDITION, item=WRENCH),
        "other_down": OtherDraft(what=What.DOWN, step=Step.WHICH, taken=hand),
    }
    for name, draft in drafts.items():
        face = OtherFace(rows=(), offers=offers(Action.BACK, Action.LOCK), ask=draft_ask(draft, AROUND), said=draft_said(draft))
        yield name, view(face, Message("answer_or_scan" if draft.step in (Step.ITEM, Step.PLACE) else "answer_question"))
    listed = OtherFace(rows=LENT, offers=offers(Action.BACK, Action.LOCK))
    yield "other_lent", view(listed, Message("other_lent"))
    yield "other_none_lent", view(replace(listed, rows=()), Message("other_lent"))
    hold = replace(PICK, mode="hold", order="", destination="", reason="set_on_hold", next_label="", left_after=106)
    acts = (Action.CONFIRM, Action.UNREADABLE, Action.COUNT, Action.SKIP, Action.LOCK)
    told = {"quantity": "24", "unit": "pcs", "compartment": "C7", "item": BOLT.code, "tray": 47}
    yield "hold", view(replace(hold, offers=offers(*acts)), Message("hold_instruct", params=told))
    yield "other_reading", view(replace(listed, rows=(), wait="reading"), Message("reading"))
