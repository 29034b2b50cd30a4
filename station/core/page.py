"""The tray page: any tray's map, contents and events, for those who may see it. It moves nothing."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core.effects import Effect, MakeCountOrder, Play, ReadPage, Sound
from station.core.inputs import CountOrdered, PageRead
from station.core.leaving import left
from station.core.state import StationState, TrayPage
from station.count_orders import WhatToCount
from station.view.message import Level, Message

PageTurn = tuple[StationState, tuple[Effect, ...]]


def opened(state: StationState, tray: int | None) -> PageTurn:
    """Open the page on a tray, or ask for its number."""
    if state.person is None or state.person.role not in state.rules.tray_page:
        return state.said(Message("no_right", Level.ACT, error="S503")), ()
    effects = () if tray is None else (ReadPage(tray=tray),)
    return replace(state, page=TrayPage()), effects


def command(state: StationState, page: TrayPage, given: do.Command) -> PageTurn:
    """What a person does on the page."""
    match given:
        case do.ClosePage():
            return left(state), ()
        case do.Back():
            return left(state) if page.number is None else replace(state, page=TrayPage()), ()
        case do.EnterNumber(number=tray) if page.number is None:
            return state, (ReadPage(tray=tray),)
        case do.SelectCompartment(compartment=label) if page.picture is not None and page.picture.compartment(label):
            return replace(state, page=replace(page, selected="" if page.selected == label else label)), ()
        case do.OlderEvents() if page.number is not None and page.has_older and page.events:
            return state, (ReadPage(tray=page.number, before_seq=page.events[-1].seq),)
        case _:
            return state, ()


def may_order_count(state: StationState) -> bool:
    """Whether who works here may have things counted."""
    return state.person is not None and state.person.role in state.rules.approve_stock


def only_item(page: TrayPage) -> str:
    """The one item in the selected compartment, "" where there is none or more than one."""
    items = {each.key.item for each in page.contents if each.place.compartment == page.selected}
    return next(iter(items)) if len(items) == 1 else ""


def ordered_count(state: StationState, page: TrayPage, given: do.OrderTrayCount | do.OrderItemCount) -> PageTurn:
    """Have this tray counted, or the item that is looked at, wherever it lies. The order waits in the work list then."""
    if not may_order_count(state) or state.person is None:
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    what = WhatToCount(machine=state.custody.machine)
    if isinstance(given, do.OrderTrayCount) and page.number is not None:
        what = replace(what, first_tray=page.number)
    elif isinstance(given, do.OrderItemCount) and (item := only_item(page)):
        what = replace(what, item=item)
    else:
        return state, ()
    return (state, ()) if state.store_code else (state, (MakeCountOrder(what, state.person.person),))


def count_ordered(state: StationState, event: CountOrdered) -> PageTurn:
    """The order is in the work list, or why it is not."""
    if event.code:
        return replace(state, store_code=event.code), ()
    if event.why:
        return state.said(Message(f"count_order_{event.why}", Level.ACT, error="O382")), ()
    return state.said(Message("count_ordered", params={"order": event.order, "count": event.lines})), (Play(Sound.OK),)


def _follows(page: TrayPage, event: PageRead) -> bool:
    """Whether further events belong behind those shown: of the same tray, and not the answer to a second tap."""
    if page.number != event.number or not event.events or not page.events:
        return page.number == event.number
    return event.events[0].seq < page.events[-1].seq


def read(state: StationState, event: PageRead) -> PageTurn:
    """The store's answer; further events are added to those already shown."""
    page = state.page
    if not isinstance(page, TrayPage):
        return state, ()
    if event.picture is None:
        return state.said(Message("no_such_tray", Level.ACT, {"tray": event.number}, error="O304")), ()
    if event.is_continued and not _follows(page, event):
        return state, ()
    older = page.events if event.is_continued else ()
    page = TrayPage(
        number=event.number,
        picture=event.picture,
        contents=event.contents,
        events=older + event.events,
        has_older=event.has_older,
        items={**page.items, **event.items},
        names={**page.names, **event.names},
        selected=page.selected if page.number == event.number else "",
    )
    return replace(state, page=page), ()
