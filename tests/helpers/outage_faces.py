"""Hand-made Views of what is out of service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.outage_work import OutageWork
from station.outages import TRAY_REASONS
from station.values import Role
from station.view.action import Action, Offer
from station.view.ask import AskChoice, AskNumber, Choice
from station.view.message import Message
from station.view.outages import OutageRow, OutagesFace
from station.view.status import OperatorTag
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.faces import BAY, BAY_OFFERS, NOW, WORK_OFFERS, offers, orders, view

SUPERVISOR = OperatorTag("p_1", "J. Weber", Role.SUPERVISOR)
ASKING = (Offer(Action.BACK), Offer(Action.LOCK))
HOUR = timedelta(hours=1)


def row(tray: int | None, reason: str, *, hours: float, name: str, waits: int = 0, opening: str = "") -> OutageRow:
    return OutageRow(
        tray=tray,
        opening=opening,
        reason=reason,
        since=NOW - hours * HOUR,
        person=name and f"p_{name}",
        name=name,
        waits=waits,
        may_return=opening in ("", "SH1-1"),
    )


ROWS = (
    row(12, "out_damaged", hours=1.5, name="J. Weber", waits=3),
    row(31, "motor noise at the front rail", hours=70, name=""),
    row(None, "out_inspection", hours=26, name="E. Demir", opening="SH1-1"),
    row(None, "door does not close", hours=90, name="E. Demir", opening="SH1-2"),
)


def outage_views() -> Iterator[tuple[str, View]]:
    """The list, the questions on the way out, and the one on the way back."""
    buttons = offers(Action.BACK, Action.TAKE_OUT, Action.TAKE_BAY_OUT, Action.LOCK)
    who: dict[str, object] = {"operator": SUPERVISOR}
    listed = OutagesFace(rows=ROWS, offers=buttons)
    yield "outages", view(listed, Message("outages_page"), **who)
    yield "outages_none", view(replace(listed, rows=()), Message("outages_none"), **who)
    asking = replace(listed, offers=ASKING)
    answer = Message("answer_outage")
    which = AskNumber(code="which_tray", result="take_out")
    yield "outage_which", view(replace(asking, ask=which), Message("which_tray"), **who)
    tray: dict[str, str | int] = {"tray": 47}
    why = AskChoice(code="why_tray_out", choices=tuple(Choice(each, f"reason_{each}") for each in TRAY_REASONS), params=tray)
    yield "outage_why", view(replace(asking, ask=why), answer, **who)
    out = Choice("take_out", "take_tray_out", tray, is_primary=True)
    leave = Choice("leave_in", "leave_in_service")
    ask = AskChoice(code="take_tray_out", choices=(out, leave), params={**tray, "why": "out_spill"})
    yield "outage_confirm", view(replace(asking, ask=ask, work=OutageWork(waits=3, elsewhere=1)), answer, **who)
    yield "outage_counting", view(replace(asking, ask=replace(ask, choices=(leave,))), answer, **who)
    bay = AskChoice(code="take_bay_out", choices=(replace(out, code="take_bay_out"), leave), params={"why": "out_inspection"})
    yield "outage_bay", view(replace(asking, ask=bay, work=OutageWork(waits=41)), answer, **who)
    back = Choice("take_back", "take_tray_back", {"tray": 12}, is_primary=True)
    returns = AskChoice(code="take_tray_back", choices=(back, Choice("stay_out", "stay_out")), params={"tray": 12})
    yield "outage_back", view(replace(asking, ask=returns, about=ROWS[0]), answer, **who)
    yield from _go_live_views()


def _go_live_views() -> Iterator[tuple[str, View]]:
    """Trays that wait for their release: on the work list, and at the bay."""
    first, *rest = WORK_OFFERS
    listed = WorkFace(orders=orders()[:3], offers=(first, Offer(Action.GO_LIVE), *rest), unreleased=12)
    yield "work_unreleased", view(listed, Message("choose_orders"), operator=SUPERVISOR)
    sent, *others = BAY_OFFERS
    bay = replace(BAY, offers=(sent, Offer(Action.RELEASE_TRAY), *others))
    yield "bay_first_fill", view(bay, Message("first_fill_here", params={"tray": 47}), operator=SUPERVISOR)
    yield "bay_opening_check", view(bay, Message("opening_check_here", params={"tray": 47}), operator=SUPERVISOR)
