"""The faces beside the task: sign-on, locked, hand-over, work list, called tray, tray not known, tray page."""

from __future__ import annotations

import json

from station.core import service
from station.core.given import is_booking
from station.core.inputs import Now
from station.core.state import StationState, TrayPage
from station.core.steering import awaits_touch, may_light_again
from station.core.work import LEAVE_OPEN, REPORT_SHORT
from station.custody import NotKnown, Verb, why_not_known
from station.faces.asks import call_ask
from station.faces.devices_face import may_open
from station.faces.outages_face import offers_of_tray
from station.faces.tray_map import content_rows, tray_map
from station.faces.waits import machine_wait, retry_in_s
from station.flows.sign_on import HandOver, Locked, SignedOut
from station.flows.tray_call import Looking, TrayCall
from station.interlocks import may_store, may_work
from station.machine_word import HOW_TRAY
from station.values import EventRow, Item, Role
from station.view.action import Action, Offer
from station.view.ask import AskChoice, AskNumber, Choice
from station.view.sign_on import HandOverFace, LockedFace, SignOnFace
from station.view.tray import BayFace, TrayEventRow, TrayPageFace, UnknownTrayFace
from station.view.wait import Wait
from station.view.work import WorkFace


def sign_on_face(state: StationState, session: SignedOut, now: Now) -> SignOnFace:
    gate = session.gate
    return SignOnFace(
        step="pin" if gate.candidate else "badge",
        name=gate.candidate.name if gate.candidate else "",
        retry_in_s=retry_in_s(gate, now),
        is_checking=gate.is_checking,
        pin_length=state.rules.pin_length,
        sample_people=state.rules.sample_people,
    )


def locked_face(state: StationState, session: Locked, now: Now) -> LockedFace:
    gate = session.gate
    return LockedFace(
        step="pin" if gate.candidate else "badge",
        owner=session.owner.name,
        tray=state.custody.tray_here,
        name=gate.candidate.name if gate.candidate else "",
        wait=machine_wait(state) if state.custody.motion is not None else None,
        by_badge_alone=not session.is_closed and now.mono_s - session.since_s < state.rules.return_by_badge_s,
        is_closed=session.is_closed,
        is_checking=gate.is_checking,
        retry_in_s=retry_in_s(gate, now),
        pin_length=state.rules.pin_length,
        sample_people=state.rules.sample_people,
    )


def hand_over_face(state: StationState, session: HandOver) -> HandOverFace:
    task = state.round.task if state.round else None
    return HandOverFace(
        owner=session.owner.name,
        name=session.person.name,
        order=task.order if task else next(iter(state.resume), ""),
        line=task.line if task else "",
    )


def work_face(state: StationState) -> WorkFace:
    """The work list; a tray that stands at the bay can be sent back from here."""
    tray = state.custody.tray_here
    wait = (Wait("reading") if state.orders is None else state.starting) or machine_wait(state)
    if state.ask_short:
        offers = [Offer(Action.BACK), Offer(Action.LOCK)]
        return WorkFace(orders=state.orders or (), offers=tuple(offers), tray=tray, wait=wait, ask=_lacking_ask(state))
    offers = [Offer(Action.START, _start_refusal(state)), Offer(Action.CALL_TRAY)]
    if state.person is not None and state.person.role in state.rules.tray_page:
        offers.append(Offer(Action.TRAY_PAGE))
    if may_open(state):
        offers.append(Offer(Action.DEVICES))
    if service.may_declare(state):
        offers.append(Offer(Action.OUTAGES))
    if tray is not None:
        offers.append(Offer(Action.SEND_BACK, may_store(state.custody)))
    offers += [Offer(Action.LOCK), Offer(Action.SIGN_OFF)]
    return WorkFace(orders=state.orders or (), offers=tuple(offers), tray=tray, wait=wait, bay_out=state.bay_out)


def closing_face(state: StationState) -> WorkFace:
    """The end of the work is on its way to the disk: nothing else can be begun before. Refused, it waits and may be left."""
    leave = () if is_booking(state) else (Offer(Action.LEAVE_WORK),)
    tray = state.custody.tray_here
    return WorkFace(orders=state.orders or (), offers=(*leave, Offer(Action.LOCK)), tray=tray, wait=Wait("booking"))


def _lacking_ask(state: StationState) -> AskChoice:
    """Lines of which nothing is here: the person decides, before the host is told."""
    params: dict[str, str | int] = {"items": ", ".join(state.lacking), "orders": ", ".join(state.ask_short)}
    report = Choice(REPORT_SHORT, "report_short", params, is_primary=True)
    return AskChoice(code="report_lacking", choices=(report, Choice(LEAVE_OPEN, "leave_open", params)), params=params)


def _start_refusal(state: StationState) -> str:
    if state.store_code:
        return "store_read_only"
    if state.bay_out:
        return "bay_out_of_service"
    return "planning" if state.starting else ""


def bay_face(state: StationState, call: TrayCall, items: dict[str, Item]) -> BayFace:
    """A called tray: look, work directly by right, send back."""
    tray = call.tray or 0
    is_here = call.tray is not None and not may_work(state.custody, tray)
    shown = call.shows_quantities
    rows = content_rows(call.picture, call.contents, items, shows_quantities=shown) if call.picture else ()
    return BayFace(
        tray=tray,
        map=tray_map(call.picture, call.contents, target=call.selected) if call.picture else None,
        contents=rows,
        selected=call.selected,
        is_here=is_here,
        offers=_bay_offers(state, call, is_here),
        wait=None if is_here else machine_wait(state),
        ask=call_ask(call),
    )


def _bay_offers(state: StationState, call: TrayCall, is_here: bool) -> tuple[Offer, ...]:
    if not isinstance(call.step, Looking):
        return (Offer(Action.BACK), Offer(Action.LOCK))
    if awaits_touch(state):
        panel = (Offer(Action.DEVICES),) if may_open(state) else ()
        return (Offer(Action.FETCH_AGAIN), Offer(Action.SEND_BACK), *panel, Offer(Action.LOCK))
    role = state.person.role if state.person else Role.OPERATOR
    refused = "" if is_here else may_work(state.custody, call.tray or 0)
    refused = refused or ("store_read_only" if state.store_code else "")
    refused = refused or ("" if role in state.rules.direct_work else "no_right")
    work = (Offer(Action.DIRECT_PICK, refused), Offer(Action.DIRECT_PUT, refused), Offer(Action.COUNT, refused))
    show = () if call.shows_quantities else (Offer(Action.SHOW_QUANTITIES),)
    light = (Offer(Action.LIGHT_AGAIN),) if may_light_again(state) else ()
    panel = (Offer(Action.DEVICES),) if may_open(state) else ()
    return (Offer(Action.SEND_BACK), *work, *light, *show, *panel, Offer(Action.LOCK))


def unknown_face(state: StationState, where: NotKnown) -> UnknownTrayFace:
    """Nobody knows what is at the opening: a person must say."""
    return UnknownTrayFace(
        expected=where.tray,
        why=why_not_known(state.custody),
        verb=where.verb,
        offers=(*((Offer(Action.DEVICES),) if may_open(state) else ()), Offer(Action.LOCK)),
        ask=AskNumber(code="which_tray_is_here", result="tell_tray"),
    )


def page_face(state: StationState, page: TrayPage) -> TrayPageFace:
    """Any tray: map, contents, events. `selected` narrows the events to one compartment."""
    items = dict(page.items)
    contents = content_rows(page.picture, page.contents, items) if page.picture else ()
    rows = tuple(_event_row(each, items, page.names) for each in page.events)
    chosen = tuple(row for row in rows if not page.selected or row.compartment == page.selected)
    return TrayPageFace(
        tray=page.number,
        map=tray_map(page.picture, page.contents, target=page.selected) if page.picture else None,
        contents=contents,
        events=chosen,
        has_older=page.has_older,
        where=_where(state, page.number),
        offers=(Offer(Action.BACK), *offers_of_tray(state, page.number), Offer(Action.LOCK)),
        selected=page.selected,
        out_of_service=state.trays_out.get(page.number or 0, ""),
        ask=AskNumber(code="which_tray", result="show_tray") if page.number is None else None,
    )


def _where(state: StationState, tray: int | None) -> str:
    custody = state.custody
    if isinstance(custody.where, NotKnown):
        return "not_known"
    if custody.motion is not None and custody.motion.tray == tray and custody.motion.verb is not Verb.POINT:
        return "moving"
    return "at_bay" if custody.tray_here == tray else "in_machine"


def _event_row(event: EventRow, items: dict[str, Item], names: object) -> TrayEventRow:
    """One event as a row; the signed quantity is what it did to the stock."""
    data = json.loads(event.body)["data"]
    known = names if isinstance(names, dict) else {}
    return TrayEventRow(
        at=event.at,
        name=known.get(event.operator, ""),
        person=event.operator,
        kind="tray_told_machine" if event.kind == "tray_told" and data.get("how") == HOW_TRAY else event.kind,
        compartment=str(data.get("compartment", "")),
        item=items.get(data.get("item", "")),
        quantity=_signed(event.kind, data),
        order=str(data.get("order", "")),
        reason=str(data.get("reason", "")),
        seq=event.seq,
    )


def _signed(kind: str, data: dict[str, object]) -> int | None:
    """The movement's sign: a pick takes, a put adds, a correction has its own; a count and opening stock are figures."""
    value = data.get("quantity", data.get("delta", data.get("counted")))
    if not isinstance(value, int):
        return None
    return -value if kind == "picked" else value
