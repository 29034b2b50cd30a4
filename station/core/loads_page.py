"""What waits in the machine for somebody else: loads, in and out by one scan each. The page itself moves nothing."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core import calling, service
from station.core.effects import Effect, PlaceLoad, Play, ReadLoad, ReadLoads, Sound
from station.core.inputs import LoadPlaced, LoadRead, LoadsRead, Now, Scanned
from station.core.leaving import left
from station.core.state import LoadsPage, StationState
from station.flows import load_draft
from station.flows.load_draft import TYPED, Full, Limits, LoadDraft, LoadStep, Planned, TakeOut
from station.load import load_task, plan_of, waiting_for
from station.load_codes import why_no_load
from station.load_plan import LoadPlan
from station.scan import clean
from station.task import Mode
from station.view.message import Level, Message

LoadsTurn = tuple[StationState, tuple[Effect, ...]]


def opened(state: StationState) -> LoadsTurn:
    """Open the list over the work."""
    if state.person is None or state.person.role not in state.rules.direct_work:
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    return replace(state, page=LoadsPage()), (ReadLoads(),)


def command(state: StationState, page: LoadsPage, given: do.Command, now: Now) -> LoadsTurn:
    """What a person does on the page."""
    match given:
        case do.MoveLoad(load=load) if page.draft is None:
            return _asked(state, page, load)
        case do.EnterText(text=text) if page.draft is not None and page.draft.step in TYPED:
            return _asked(state, page, text.strip())
        case do.PutLoad() if page.draft is None and not state.store_code:
            return replace(state, page=replace(page, draft=LoadDraft(LoadStep.CODE, LoadPlan(load="")))), ()
        case do.Choose() if page.draft is not None and page.loads is None and page.draft.step is not LoadStep.WHICH:
            return state.said(Message("loads_unread", Level.ACT, error="O474")), (Play(Sound.WRONG),)
        case _ if page.draft is not None:
            return _drafted(state, page, load_draft.advance(page.draft, given, limits=limits(state, page), now=now.utc))
        case do.Back() | do.ClosePage():
            return left(state), ()
        case _:
            return state, ()


def scanned(state: StationState, page: LoadsPage, event: Scanned) -> LoadsTurn:
    """A load's label, or what is asked about it."""
    if page.draft is not None and page.draft.step is LoadStep.WHICH:
        page = replace(page, draft=None)
    if page.draft is not None and page.draft.step not in TYPED:
        return state.said(Message("scan_not_used", Level.NOTE)), (Play(Sound.WRONG),)
    return _asked(replace(state, input_token=state.token), page, event.text)


def limits(state: StationState, page: LoadsPage) -> Limits:
    """Who takes loads, and how many may wait for each."""
    ceilings = state.rules.load_ceilings
    named = [*ceilings, *(each.consumer for each in page.loads or () if each.consumer)]
    may_go_over = state.person is not None and state.person.role in state.rules.over_ceiling
    return Limits(tuple(dict.fromkeys(named)), ceilings, page.loads or (), may_go_over)


def loads_read(state: StationState, event: LoadsRead) -> LoadsTurn:
    """What waits in the machine now."""
    page = state.page
    return (replace(state, page=replace(page, loads=event.loads)), ()) if isinstance(page, LoadsPage) else (state, ())


def load_read(state: StationState, event: LoadRead) -> LoadsTurn:
    """Whether this load lies in the machine; what is anybody's badge is no load."""
    page = state.page
    if not isinstance(page, LoadsPage) or page.asked != event.text:
        return state, ()
    page = replace(page, asked="")
    state = replace(state, page=page)
    if event.is_badge:
        return state.said(Message("badge_not_needed_here", Level.ACT, error="O391")), (Play(Sound.WRONG),)
    if page.draft is not None and page.draft.step is not LoadStep.CODE:
        return replace(state, page=replace(page, draft=load_draft.said(page.draft, clean(event.text)))), ()
    if event.load is None and (no_load := why_no_load(event.text, event.item)) is not None:
        return state.said(no_load), (Play(Sound.WRONG),)
    if event.load is None and event.of_order:
        return replace(state, page=replace(page, draft=load_draft.of_order(event.text, event.of_order))), (Play(Sound.OK),)
    if event.load is None:
        return replace(state, page=replace(page, draft=load_draft.new(clean(event.text)))), (Play(Sound.OK),)
    if event.load.place.machine != state.custody.machine:
        where: dict[str, str | int] = {
            "load": event.load.load,
            "machine": event.load.place.machine,
            "tray": event.load.place.tray,
        }
        return state.said(Message("load_elsewhere", Level.ACT, where, error="O392")), (Play(Sound.WRONG),)
    refused = service.why_not_called(state, event.load.place.tray)
    if refused is not None:
        return state.said(refused), (Play(Sound.WRONG),)
    return calling.direct(left(state), load_task(plan_of(event.load), event.load.place, Mode.PICK))


def placed(state: StationState, event: LoadPlaced) -> LoadsTurn:
    """Where the load goes."""
    page = state.page
    if not isinstance(page, LoadsPage) or page.placing != event.plan:
        return state, ()
    state = replace(state, page=replace(page, placing=None))
    if event.place is None:
        said = Message("no_place_for_load", Level.ACT, {"load": event.plan.load}, error="O390")
        return state.said(said), (Play(Sound.WRONG),)
    return calling.direct(left(state), load_task(event.plan, event.place, Mode.PUT))


def _asked(state: StationState, page: LoadsPage, text: str) -> LoadsTurn:
    if not text or page.asked or state.store_code:
        return state, ()
    return replace(state, page=replace(page, asked=text)), (ReadLoad(text),)


def _drafted(state: StationState, page: LoadsPage, after: load_draft.DraftTurn) -> LoadsTurn:
    match after:
        case Planned(plan):
            return replace(state, page=replace(page, draft=None, placing=plan)), (PlaceLoad(plan),)
        case TakeOut(load):
            return _asked(state, replace(page, draft=None), load)
        case Full(consumer):
            there = waiting_for(consumer, page.loads or ())
            said = Message("ceiling_reached", Level.ACT, {"consumer": consumer, "count": there}, error="O393")
            return replace(state, page=replace(page, draft=None)).said(said), (Play(Sound.WRONG),)
        case _:
            return replace(state, page=replace(page, draft=after)), ()
