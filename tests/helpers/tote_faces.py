"""Hand-made Views of work into totes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from station.view.action import Action
from station.view.ask import AskChoice, AskText, Choice
from station.view.message import Level, Message
from station.view.task import ToteTag
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.faces import PICK, QUESTION, TAKE, offers, orders, view

INTO = Message("pick_instruct_tote", params={**TAKE.params, "position": "T2"})
SHARES = (("T1", "B-0417", "SO-48213", "12"), ("T2", "B-0418", "SO-48214", "8"), ("T4", "B-0533", "SO-48219", "4"))


def _shares(code: str = "into_tote", dark: str = "") -> tuple[Choice, ...]:
    names = ("position", "tote", "order", "quantity")
    values = [{**dict(zip(names, each, strict=True)), "unit": "pcs"} for each in SHARES]
    return tuple(Choice(each["position"], "into_dark_tote" if each["position"] == dark else code, each) for each in values)


def tote_views() -> Iterator[tuple[str, View]]:
    """Bound, taken, parted, and what may go wrong."""
    one = replace(PICK, tote=ToteTag("T2", "B-0418"), destination="")
    yield "tote_one", view(one, INTO)
    yield "tote_dark", view(replace(one, tote=ToteTag("T2", "B-0418", is_dead=True)), INTO)
    several = replace(PICK, orders=("SO-48213", "SO-48214", "SO-48219"), destination="")
    yield "tote_several", view(several, TAKE)
    parting = replace(several, offers=offers(Action.BACK, Action.TOTE_FULL, Action.LEAVE_WORK, Action.LOCK))
    into = AskChoice(code="into_totes", choices=_shares(dark="T4"))
    yield "tote_parting", view(replace(parting, ask=into), Message("into_totes"))
    wrong = Message("wrong_tote", Level.ACT, {"named": "T3", "totes": "T1: 12, T2: 8, T4: 4"}, error="O351")
    yield "tote_wrong", view(replace(parting, ask=into), wrong)
    urgent = Choice("by_urgency", "by_urgency", {"totes": "T1: 12, T2: 3, T4: 0"}, is_primary=True)
    short = AskChoice(code="part_short", choices=(urgent, Choice("by_hand", "by_hand")))
    yield "tote_short", view(replace(several, ask=short, offers=offers(Action.BACK, Action.LOCK)), QUESTION)
    yield "rank", view(replace(PICK, rank=3, ranks=12, tote=ToteTag("T2", "B-0418")), TAKE)
    gap = {"rank": 3, "ranks": 12, "item": "4017-0840", "order": "J-1", "sequence": "L7", "reason": "no_stock"}
    ask = AskChoice(code="gap", choices=(Choice("release", "gap_release", gap),), params=gap)
    asked = WorkFace(orders=orders(), offers=offers(Action.LEAVE_WORK, Action.LOCK), ask=ask)
    yield "gap", view(asked, Message("gap", Level.ACT, gap, error="O354"))
    where: dict[str, str | int] = {**gap, "place": "SHELF1 3-B2", "tray": 12}
    for side in ("places", "lift"):
        there = Choice("go_there", f"gap_go_{side}", where, is_primary=True)
        lies = AskChoice(code=f"gap_{side}", choices=(there, Choice("release", "gap_release", gap)), params=where)
        yield f"gap_{side}", view(replace(asked, ask=lies), Message(f"gap_{side}", Level.ACT, where, error="O509"))
    of_other = replace(asked, ask=replace(ask, code="gap_order"))
    yield "gap_order", view(of_other, Message("gap_order", Level.ACT, gap, error="O472"))
    rest = {"compartment": "C7", "item": "4017-0840", "quantity": "43", "unit": "pcs", "pack": "box"}
    back = AskChoice(code="put_rest_back", choices=(Choice("rest_back", "rest_back", rest, is_primary=True),), params=rest)
    booked = replace(PICK, asked=0, confirm_quantity=0, book=143, left_after=None, ask=back)
    leave = offers(Action.LEAVE_WORK, Action.LOCK)
    yield "rest_back", view(replace(booked, offers=leave), Message("put_rest_back", params=rest))
    out = {"compartment": "C7", "item": "4017-0840", "lot": "2409-17"}
    all_back = AskChoice(code="put_lot_back", choices=(Choice("nothing_out", "nothing_out", out, is_primary=True),), params=out)
    stopped = view(
        replace(PICK, asked=0, confirm_quantity=0, left_after=None, offers=leave, ask=all_back),
        Message("lot_blocked", Level.ACT, out, error="O540"),
    )
    yield "pick_blocked", stopped
    hand = {"compartment": "C7", "item": "4017-0840", "quantity": "7", "unit": "pcs"}
    lies = AskChoice(code="put_hand_back", choices=(Choice("back_in", "rest_back", hand, is_primary=True),), params=hand)
    held = replace(several, asked=7, confirm_quantity=7, book=None, left_after=None, ask=lies)
    said = Message("put_hand_back", Level.ACT, hand)
    yield "hand_back", view(replace(held, offers=offers(Action.BACK, Action.LOCK)), said)
    bind = AskText(code="which_tote", params={"order": "SO-48214", "position": "T2"})
    waits = replace(PICK, ask=bind, is_here=False, offers=offers(Action.LEAVE_WORK, Action.LOCK))
    yield "tote_bind", view(waits, Message("bind_tote", params={"order": "SO-48214", "position": "T2"}))
