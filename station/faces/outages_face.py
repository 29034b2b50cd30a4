"""What is out of service as the window shows it."""

from __future__ import annotations

from collections.abc import Mapping

from station.core import outages_page, service
from station.core.state import OutageAsk, OutagesPage, OutageStep, StationState
from station.outages import OutageSeen
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskNumber, Choice
from station.view.message import Message
from station.view.outages import OutageRow, OutagesFace


def outages_face(state: StationState, page: OutagesPage) -> OutagesFace:
    """The list with its buttons, or the question that is open."""
    rows = tuple(_row(state, each) for each in state.outages)
    if page.ask is None:
        return OutagesFace(rows=rows, offers=_offers(state))
    about = next((each for each in rows if each.may_return and each.tray == page.ask.tray), None)
    is_out = page.ask.step in (OutageStep.TAKE_BACK, OutageStep.WHY)  # of the others nothing is said yet
    return OutagesFace(
        rows=rows,
        offers=(Offer(Action.BACK), Offer(Action.LOCK)),
        ask=_ask(page.ask, state.trays_out),
        about=about if is_out else None,
        work=page.ask.work,
    )


def offers_of_tray(state: StationState, tray: int | None) -> tuple[Offer, ...]:
    """What the tray page offers: out of service, or back."""
    if tray is None or not service.may_declare(state):
        return ()
    action = Action.TAKE_BACK if tray in state.trays_out else Action.TAKE_OUT
    return (Offer(action, "store_read_only" if state.store_code else ""),)


def outages_bar(state: StationState, page: OutagesPage) -> Message:
    """What to do here."""
    if page.ask is None:
        return Message("outages_page" if state.outages else "outages_none")
    return Message("which_tray" if page.ask.step is OutageStep.WHICH else "answer_outage")


def _offers(state: StationState) -> tuple[Offer, ...]:
    refused = "store_read_only" if state.store_code else ""
    bay = () if state.bay_out else (Offer(Action.TAKE_BAY_OUT, refused),)
    return (Offer(Action.BACK), Offer(Action.TAKE_OUT, refused), *bay, Offer(Action.LOCK))


def _row(state: StationState, seen: OutageSeen) -> OutageRow:
    outage = seen.outage
    is_mine = outage.tray is not None or outage.opening == state.custody.opening
    return OutageRow(
        tray=outage.tray,
        opening=outage.opening,
        reason=outage.reason,
        since=outage.since,
        person=seen.person,
        name=seen.name,
        waits=_waits(state, outage.tray),
        may_return=is_mine and not state.store_code,
    )


def _waits(state: StationState, tray: int | None) -> int:
    """Open lines that need the tray, as the work list names them; of a bay none is counted."""
    blocked = [each for order in state.orders or () for each in order.blocked]
    return sum(each.code == "missing_out_of_service" and each.params["tray"] == tray for each in blocked)


def _ask(ask: OutageAsk, trays_out: Mapping[int, str]) -> Ask:
    params: dict[str, str | int] = {} if ask.tray is None else {"tray": ask.tray}
    what = "bay" if ask.tray is None else "tray"
    match ask.step:
        case OutageStep.WHICH:
            return AskNumber(code="which_tray", result="take_out")
        case OutageStep.WHY:
            choices = tuple(Choice(each, f"reason_{each}") for each in outages_page.reasons(ask.tray))
            if ask.tray is not None and ask.tray in trays_out:  # another reason replaces the first: say which
                return AskChoice(code="why_tray_out_again", choices=choices, params={**params, "why": trays_out[ask.tray]})
            return AskChoice(code=f"why_{what}_out", choices=choices, params=params)
        case OutageStep.TAKE_OUT:
            leave = Choice("leave_in", "leave_in_service")
            out = Choice(outages_page.TAKE_OUT, f"take_{what}_out", params, is_primary=True)
            choices = (leave,) if ask.work is None else (out, leave)
            return AskChoice(code=f"take_{what}_out", choices=choices, params={**params, "why": ask.reason})
        case OutageStep.TAKE_BACK:
            back = Choice(outages_page.TAKE_BACK, f"take_{what}_back", params, is_primary=True)
            return AskChoice(code=f"take_{what}_back", choices=(back, Choice("stay_out", "stay_out")), params=params)
