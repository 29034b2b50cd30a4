"""The work list, and the end of the work on its way to the disk."""

from __future__ import annotations

from dataclasses import replace

from db.errors import DISK_NEARLY_FULL
from station.core import (
    desk_figures,
    desk_page,
    go_live,
    held_page,
    history_page,
    jit_page,
    lots_page,
    order_page,
    other_page,
    people_page,
    pull_page,
    replay_page,
    service,
    storage_page,
)
from station.core.given import is_booking
from station.core.late_rights import may_enter_late
from station.core.state import StationState
from station.core.work import LEAVE_OPEN, REPORT_SHORT, begun
from station.faces.devices_face import may_open
from station.faces.waits import machine_wait
from station.flows.round_state import GapAsked
from station.flows.sequence_gap import GO_THERE, RELEASE
from station.interlocks import may_store
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Level
from station.view.wait import Wait
from station.view.work import OrderTag, WorkFace
from station.zones import place_text


def work_face(state: StationState) -> WorkFace:
    """The work list; a tray that stands at the bay can be sent back from here."""
    tray = state.custody.tray_here
    wait = (Wait("reading") if state.orders is None else state.starting) or machine_wait(state)
    if state.ask_short:
        offers = [Offer(Action.BACK), Offer(Action.LOCK)]
        return WorkFace(orders=state.orders or (), offers=tuple(offers), tray=tray, wait=wait, ask=_lacking_ask(state))
    offers = [Offer(Action.START, _start_refusal(state)), Offer(Action.CALL_TRAY), Offer(Action.SEARCH)]
    if state.rules.zones:
        offers.append(Offer(Action.PLACES))
    if other_page.may_open(state):
        offers.append(Offer(Action.OTHER))
    if state.person is not None and state.person.role in state.rules.tray_page:
        offers.append(Offer(Action.TRAY_PAGE))
    if may_open(state):
        offers.append(Offer(Action.DEVICES))
    if history_page.may_open(state):
        offers.append(Offer(Action.HISTORY))
    if desk_page.may_open(state):
        offers += [Offer(Action.EXCEPTIONS), Offer(Action.ALARMS), Offer(Action.FIGURES), Offer(Action.COUNTS)]
    if desk_figures.may_see_own(state):
        offers.append(Offer(Action.OWN_FIGURES))
    if order_page.may_open(state) and state.orders:
        offers.append(Offer(Action.ORDERS))
    if state.printers:
        offers.append(Offer(Action.PRINTERS))
    if service.may_declare(state):
        offers.append(Offer(Action.OUTAGES))
    if unreleased := len(go_live.waiting(state)):
        offers.insert(1, Offer(Action.GO_LIVE))
    if state.person is not None and state.person.role in state.rules.direct_work:
        offers += [Offer(Action.RECEIPTS), Offer(Action.LOADS)]
    if pull_page.may_open(state):
        offers.append(Offer(Action.PULL))
    if may_enter_late(state):
        offers.append(Offer(Action.LATE))
    if lots_page.may_release(state):
        offers.append(Offer(Action.LOTS))
    if state.counts_held and held_page.may_open(state):
        offers.append(Offer(Action.HELD))
    if state.approvals and people_page.may_approve(state):
        offers.append(Offer(Action.APPROVALS))
    if people_page.may_open(state):
        offers.append(Offer(Action.PEOPLE))
    if storage_page.may_open(state):
        offers.append(Offer(Action.STORAGE))
    if jit_page.may_open(state):
        offers.append(Offer(Action.JIT))
    if replay_page.may_open(state):
        offers.append(Offer(Action.REPLAY))
    if tray is not None:
        offers.append(Offer(Action.SEND_BACK, may_store(state.custody)))
    offers += [Offer(Action.LOCK), Offer(Action.SIGN_OFF)]
    return WorkFace(
        orders=_for_all(state, state.orders or ()),
        offers=tuple(offers),
        tray=tray,
        wait=wait,
        bay_out=state.bay_out,
        to_count=go_live.moved(state),
        held=len(state.counts_held),
        on_foot=len(state.zone_tasks),
        unreleased=unreleased,
    )


def _for_all(state: StationState, orders: tuple[OrderTag, ...]) -> tuple[OrderTag, ...]:
    """Many thousand may wait: where no count of theirs does, they are as they were read."""
    return tuple(_for_person(state, each) for each in orders) if any(each.only_waits for each in state.counts_held) else orders


def _for_person(state: StationState, tag: OrderTag) -> OrderTag:
    """An order of which nothing is left but what he has counted already cannot start for him."""
    held = [each for each in state.counts_held if each.held.order == tag.order and each.only_waits]
    who = state.person.person if state.person else ""
    lines = {each.held.line for each in held} - {each.held.line for each in held if who not in each.held.counters}
    if not lines or len(lines) < tag.open_lines:
        return tag
    return replace(tag, blocked=tuple(replace(each, level=Level.ACT) for each in tag.blocked))


def closing_face(state: StationState) -> WorkFace:
    """The end of the work is on its way to the disk: nothing else can be begun before. Refused, it waits and may be left."""
    leave = () if is_booking(state) else (Offer(Action.LEAVE_WORK),)
    tray = state.custody.tray_here
    return WorkFace(orders=state.orders or (), offers=(*leave, Offer(Action.LOCK)), tray=tray, wait=Wait("booking"))


def gap_face(state: StationState, gap: GapAsked) -> WorkFace:
    """A rank is missing: its position stays empty, and only a release lets the rest leave."""
    params: dict[str, str | int] = {
        "rank": gap.rank,
        "ranks": gap.ranks,
        "item": gap.item,
        "order": gap.order,
        "sequence": gap.sequence,
        "reason": gap.reason,
    }
    code = "gap_order" if gap.is_of_other else "gap"
    choices: tuple[Choice, ...] = (Choice(RELEASE, "gap_release", params),)
    if gap.where is not None:
        side = "places" if gap.is_on_foot else "lift"
        code, params = f"gap_{side}", {**params, "place": where_text(gap), "tray": gap.where.tray}
        choices = (Choice(GO_THERE, f"gap_go_{side}", params, is_primary=True), *choices)
    ask = AskChoice(code=code, choices=choices, params=params)
    wait = Wait("booking") if gap.is_booking else None
    offers = (Offer(Action.LOCK),) if gap.is_booking else (Offer(Action.LEAVE_WORK), Offer(Action.LOCK))
    return WorkFace(orders=state.orders or (), offers=offers, tray=state.custody.tray_here, wait=wait, ask=ask)


def where_text(gap: GapAsked) -> str:
    """Where the part of a position lies, in no language; "" where that is not known."""
    if gap.where is None:
        return ""
    return place_text(gap.where) if gap.is_on_foot else gap.where.compartment


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
    if DISK_NEARLY_FULL in state.store_alarms and not begun(state):
        return "disk_nearly_full"
    return "planning" if state.starting else ""
