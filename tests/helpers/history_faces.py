"""Hand-made Views of the tray history page: the map, a tray at a moment with each list, the questions, and a proof."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from station.audit.history import BLOCK_REASONS, FIRST_FILTERS, GOODS, MORE, Beside, Long, Proof
from station.audit.stays import Custody, Refusal, Stay
from station.values import EventRow, Followed, OrderSeen, PastEvent, PastStock, Place, Stock, StockKey, Trace
from station.view.action import Action
from station.view.ask import AskChoice, AskText, Choice
from station.view.history import HistoryFace, TrayMark
from station.view.message import Level, Message
from station.view.view import View
from tests.helpers.faces import BOLT, GLUE, NOW, OPERATOR, QUESTION, offers, tray_map, view

NAMES = {OPERATOR.person: "M. Keller", "p_2": "J. Weber"}
KEPT = offers(Action.BACK, Action.HISTORY_EARLIER, Action.HISTORY_LATER, Action.HISTORY_FILTER, Action.HISTORY_FIND)
KEPT += offers(Action.HISTORY_TRACE, Action.HISTORY_PROVE, Action.HISTORY_EXPORT, Action.HISTORY_REVIEW, Action.LOCK)


def event(n: int, kind: str, minutes: int, person: str = OPERATOR.person, **data: Any) -> PastEvent:
    body = json.dumps({"data": data})
    at = NOW - timedelta(minutes=minutes)
    row = EventRow(id="", station="S1", epoch="e", seq=n, kind=kind, at=at, operator=person, body=body, prev="", hash="")
    return PastEvent(n, row)


def _moved(compartment: str, quantity: int, order: str = "", **more: Any) -> dict[str, Any]:
    about = {"machine": "VLM1", "tray": 47, "compartment": compartment, "item": BOLT.code, "lot": "2409-17"}
    return about | {"quantity": quantity, "order": order} | more


EVENTS = (
    event(4181, "picked", 3, **_moved("C7", 24, "SO-48213")),
    event(4102, "counted", 64, "p_2", compartment="C7", item=BOLT.code, lot="2409-17", counted=130),
    event(3977, "put", 410, **_moved("B3", 200, "PO-70412")),
    event(3970, "motion_ended", 411, opening="SH1-1", verb="fetch", outcome="done"),
    event(3544, "corrected", 1520, "p_2", compartment="A2", item=GLUE.code, delta=-2, reason="damaged"),
)


def _lies(compartment: str, item: str, quantity: int, minutes: int, order: str = "") -> PastStock:
    at = NOW - timedelta(minutes=minutes)
    key = StockKey(item=item, lot="2409-17")
    return PastStock(
        compartment=compartment, key=key, quantity=quantity, n=1, at=at, kind="put", person="p_2", order=order, seq=9
    )


STOCK = (
    _lies("A2", GLUE.code, 7, 1520),
    _lies("B3", BOLT.code, 200, 410, "PO-70412"),
    _lies("C7", BOLT.code, 106, 3, "SO-48213"),
)
CUSTODY = Custody(
    stays=(
        Stay(
            opening="SH1-1",
            seq=3969,
            called_by=OPERATOR.person,
            called_at=NOW - timedelta(minutes=412),
            arrived_at=NOW - timedelta(minutes=411, seconds=40),
            sent_by="p_2",
            sent_at=NOW - timedelta(minutes=408),
            left_at=NOW - timedelta(minutes=407, seconds=50),
            stops=1,
        ),
        Stay(opening="SH1-1", seq=4170, called_by="p_2", called_at=NOW - timedelta(minutes=9), outcome="not_done"),
        Stay(
            opening="SH1-1",
            seq=4175,
            called_by=OPERATOR.person,
            called_at=NOW - timedelta(minutes=5),
            arrived_at=NOW - timedelta(minutes=4),
        ),
    ),
    refusals=(Refusal(seq=4160, at=NOW - timedelta(minutes=20), person="p_2", right="esd", what="item"),),
)
FACE = HistoryFace(
    tray=47,
    map=tray_map("C7", also=("B3", "A2")),
    at=NOW - timedelta(minutes=3),
    index=318,
    total=402,
    n=4181,
    stock=STOCK,
    events=EVENTS,
    has_older=True,
    custody=CUSTODY,
    items={BOLT.code: BOLT, GLUE.code: GLUE},
    names=NAMES,
    changed=("A2", "B3"),
    offers=KEPT,
)
PAGE = Message("history_page")


def history_views() -> Iterator[tuple[str, View]]:
    """Each look of the page."""
    marks = tuple(TrayMark(number=n, is_found=n in (7, 23), is_out=n == 12) for n in range(1, 61))
    choosing = offers(Action.BACK, Action.HISTORY_FIND, Action.HISTORY_TRACE, Action.HISTORY_BLOCK_GOODS, Action.LOCK)
    yield "history_map", view(HistoryFace(tray=None, trays=marks, offers=choosing), Message("history_choose"))
    yield "history", view(FACE, PAGE)
    yield "history_contents", view(replace(FACE, beside=Beside.CONTENTS, selected="C7"), PAGE)
    yield "history_custody", view(replace(FACE, beside=Beside.CUSTODY), PAGE)
    reading = HistoryFace(tray=47, offers=KEPT, wait="history_past")
    yield "history_reading", view(reading, Message("history_past", params={"tray": 47}))
    filtered = replace(FACE, filters=(("person", "Keller"), ("lot", "2409-17"), ("since", "2026-11-01")), events=EVENTS[:1])
    yield "history_filtered", view(filtered, PAGE)
    proof = Proof(shown=9, events=1_000_412, checkpoints=3905, sealed_seq=1_000_400, receipts=118, seq=1_000_412, head="ab" * 32)
    yield "history_proven", view(replace(FACE, proof=proof), Message("history_proven", params={"count": 1_000_412}))
    wrong = replace(proof, flaws=("chain 812 hash is not that of the body",))
    yield "history_flawed", view(replace(FACE, proof=wrong), Message("history_flawed", Level.ACT, error="O534"))
    under_way = offers(Action.BACK, Action.HISTORY_STOP, Action.HISTORY_EARLIER, Action.HISTORY_LATER, Action.LOCK)
    proving = replace(FACE, long=Long("proving", 400_000, 1_000_000), offers=under_way)
    yield "history_proving", view(proving, Message("history_proving", params={"percent": 40}))
    yield "history_trace", view(replace(FACE, beside=Beside.TRACE, trace=_trace()), Message("history_traced"))
    to_block = offers(Action.BACK, Action.HISTORY_FIND, Action.HISTORY_TRACE, Action.HISTORY_BLOCK, Action.LOCK)
    alone = HistoryFace(tray=None, trace=_trace(), items={BOLT.code: BOLT}, names=NAMES, offers=to_block, beside=Beside.TRACE)
    yield "history_trace_alone", view(alone, Message("history_traced"))
    asked = replace(FACE, offers=offers(Action.BACK, Action.LOCK))
    choices = tuple(Choice(each, f"history_filter_{each}") for each in (*FIRST_FILTERS, MORE, "clear"))
    yield "history_filter", view(replace(asked, ask=AskChoice(code="history_filter", choices=choices)), QUESTION)
    yield "history_find", view(replace(asked, ask=AskText(code="history_find")), QUESTION)
    sign = Choice("sign", "history_sign", {"tray": 47}, is_primary=True)
    leave = Choice("leave", "history_not_signed")
    ask = AskChoice(code="history_sign_off", choices=(sign, leave), params={"tray": 47})
    yield "history_sign_off", view(replace(asked, ask=ask), QUESTION)
    reasons = tuple(Choice(each, f"reason_{each}") for each in BLOCK_REASONS)
    block = AskChoice(code="history_block", choices=reasons, params={"goods": f"{BOLT.code} 2409-17"})
    yield "history_block", view(replace(asked, ask=block), QUESTION)
    which = tuple(Choice(each, f"history_goods_{each}") for each in GOODS)
    yield "history_goods", view(replace(asked, ask=AskChoice(code="history_goods", choices=which)), QUESTION)
    yield "history_goods_item", view(replace(asked, ask=AskText(code="history_goods_item")), QUESTION)
    yield "history_goods_supplier", view(replace(asked, ask=AskText(code="history_goods_supplier")), QUESTION)
    all_of = AskChoice(code="history_block_item", choices=reasons, params={"goods": BOLT.code})
    yield "history_block_item", view(replace(asked, ask=all_of), QUESTION)
    lots: dict[str, str | int] = {
        "count": 12,
        "supplier": "NORDSCHRAUBEN",
        "goods": f"{BOLT.code} 2409-17, {BOLT.code} 2409-18 …",
    }
    of_supplier = AskChoice(code="history_block_supplier", choices=reasons, params=lots)
    own = Message("history_goods_own", Level.ACT, error="O543")
    yield "history_block_supplier", view(replace(asked, ask=of_supplier), own)


def _trace() -> Trace:
    lies = Stock(place=Place("VLM1", 47, "B3"), key=StockKey(item=BOLT.code, lot="2409-17"), quantity=200)
    return Trace(
        what="lot",
        key="2409-17",
        orders=(OrderSeen(order="SO-48213", kind="pick", destination="Line 3"),),
        followed=(Followed(BOLT.code, "2409-17", ""),),
        came=(EVENTS[2],),
        went=(EVENTS[0],),
        other=(EVENTS[1],),
        lies=(lies,),
    )
