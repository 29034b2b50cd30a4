"""Other work over the work list: what is said before a task without an order begins. The page itself moves nothing.

Goods in the hand stand on the person's account in the record. As long as they do, the screen leads on to put them down: when the
task that took them ends, at the next sign-on, after a restart.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.taken import CompartmentDue
from station import commands as do
from station import scan
from station.core import access, at_place, calling
from station.core.effects import Declare, Effect, Play, ReadOrders, Sound
from station.core.inputs import Now, Scanned
from station.core.leaving import left
from station.core.state import OtherPage, SearchPage, StationState
from station.core.writing import written
from station.flows import other_work
from station.flows.other_draft import COUNT_ONLY, OtherDraft, What
from station.flows.other_task import WRONG_ITEM, task_of
from station.flows.other_work import Circumstances, OtherAnswer, OtherTurn, PlaceNamed, Ready
from station.flows.turn import Say
from station.taken_seen import in_hand, in_hands
from station.values import Item, PlannedMove, Stock, Taken
from station.view.message import Level, Message
from station.zones import ZoneKind, of_kind

KINDS = tuple(each.value for each in (What.TRANSFER, What.RETURN, What.SCRAP, What.DAMAGED, What.WRONG, What.FOUND))
PLANNED = "planned_move"
TOOLS = (What.TOOL_OUT.value, What.TOOL_IN.value)
LENT = "lent"  # who has which tool

OtherPageTurn = tuple[StationState, tuple[Effect, ...]]


def may_open(state: StationState) -> bool:
    """Whether who works here may work without an order."""
    return state.person is not None and state.person.role in state.rules.direct_work


def opened(state: StationState) -> OtherPageTurn:
    """Open the page over the work."""
    if not may_open(state):
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    return replace(state, page=OtherPage()), (ReadOrders(),)


def around(state: StationState) -> Circumstances:
    """Where it is said, by whom, and whether he may book in what the book does not have."""
    finds = state.person is not None and state.person.role in state.rules.find_stock
    zones = state.rules.zones
    return Circumstances(
        state.custody.machine,
        state.person.person if state.person else "",
        finds=finds,
        zones=tuple(zones),
        quarantine=of_kind(zones, ZoneKind.QUARANTINE),
    )


def begun_from(state: StationState, what: str, item: Item, stock: Stock) -> OtherPageTurn:
    """The search has found an item and a place of it."""
    if state.store_code:
        return _not_booked(state)
    if not may_open(state) or stock.place.machine not in (state.custody.machine, *state.rules.zones):
        return state, ()
    behind = state.page if isinstance(state.page, SearchPage) else None
    page = OtherPage(search=behind)
    return _turned(replace(state, page=page), page, other_work.begin_with(What(what), item, stock))


def command(state: StationState, page: OtherPage, given: do.Command, now: Now) -> OtherPageTurn:
    """What a person does on the page."""
    if page.draft is not None:
        return _turned(state, page, other_work.advance(page.draft, given, around(state)), now)
    match given:
        case do.Back() | do.ClosePage() if page.shows_lent:
            return replace(state, page=replace(page, shows_lent=False)), ()
        case do.Back() | do.ClosePage() if page.is_tools:
            return replace(state, page=replace(page, is_tools=False)), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case do.ShowTools() if not page.shows_lent:
            return replace(state, page=replace(page, is_tools=True)), ()
        case do.Choose(key=key) if key == LENT and page.is_tools:
            return replace(state, page=replace(page, shows_lent=True)), (ReadOrders(),)
        case do.PutDownHand() if to_put_down(state):
            return _begun(state, page, What.DOWN, now)
        case do.Choose(key=key) if key == PLANNED and not page.is_tools and (moves := to_move(state)):
            return _moving(state, page, moves[0])
        case do.Choose(key=key) if not page.shows_lent and key in kinds(state, page):
            return _begun(state, page, What(key), now)
        case _:
            return state, ()


def kinds(state: StationState, page: OtherPage) -> tuple[str, ...]:
    """What this person may begin here: to book in what the book does not have is by right."""
    if page.is_tools:
        return TOOLS
    return tuple(each for each in KINDS if each != What.FOUND or around(state).finds)


def to_move(state: StationState) -> tuple[PlannedMove, ...]:
    """The planned moves that nobody has begun."""
    return tuple(each for each in state.moves if not each.is_taken)


def to_put_down(state: StationState) -> tuple[Taken, ...]:
    """What the person has in the hand; whoever may set stock right may put down also what others have left behind."""
    if state.person is None:
        return ()
    mine = in_hand(state.taken, state.person.person)
    if state.person.role not in state.rules.approve_stock:
        return mine
    return (*mine, *(each for each in in_hands(state.taken) if each not in mine))


def _moving(state: StationState, page: OtherPage, move: PlannedMove) -> OtherPageTurn:
    """A planned move begins as a transfer of which all is said."""
    if state.store_code:
        return _not_booked(state)
    return _turned(state, page, other_work.begin_move(move))


def _in_the_way(state: StationState, entry: Taken) -> PlannedMove | None:
    """The planned move that frees the compartment for which the goods in hand are planned: of an exchange the second one."""
    for each in state.moves:
        if each.is_taken and each.key == entry.key:
            return next((other for other in to_move(state) if other.from_place == each.to_place), None)
    return None


def _begun(state: StationState, page: OtherPage, what: What, now: Now) -> OtherPageTurn:
    if state.store_code:
        return _not_booked(state)
    taken = to_put_down(state) if what is What.DOWN else ()
    return _turned(state, page, other_work.begin(what, around(state), taken=taken), now)


def scanned(state: StationState, page: OtherPage, event: Scanned, now: Now) -> OtherPageTurn:
    """A scan answers the open question where that asks for what it says."""
    read = scan.classify(event.text)
    answers: tuple[do.Command | PlaceNamed, ...] = ()
    if page.draft is not None:
        answers = other_work.scan_answers(page.draft, read, state.custody.machine)
        answers = answers or other_work.zone_scan_answers(page.draft, read, tuple(state.rules.zones))
    if not answers:
        return state.said(Message("scan_not_used", Level.NOTE)), (Play(Sound.WRONG),)
    state, effects = replace(state, input_token=state.token), list[Effect]()
    for each in answers:
        if not isinstance(state.page, OtherPage):
            break
        state, more = _answered_by(state, state.page, each, now)
        effects += more
    return state, tuple(effects)


def _answered_by(state: StationState, page: OtherPage, said: do.Command | PlaceNamed, now: Now) -> OtherPageTurn:
    if isinstance(said, PlaceNamed) and page.draft is not None:
        return _turned(state, page, other_work.advance(page.draft, said, around(state)), now)
    return (state, ()) if isinstance(said, PlaceNamed) else command(state, page, said, now)


def answered(state: StationState, event: OtherAnswer, now: Now) -> OtherPageTurn:
    """What the store knows."""
    page = state.page
    if not isinstance(page, OtherPage) or page.draft is None:
        return state, ()
    return _turned(state, page, other_work.advance(page.draft, event, around(state)), now)


def _turned(state: StationState, page: OtherPage, turn: OtherTurn, now: Now | None = None) -> OtherPageTurn:
    draft, wishes = turn
    state = _with_draft(state, page, draft)
    effects: list[Effect] = []
    for each in wishes:
        match each:
            case Say(message):
                state = state.said(message)
                effects.append(Play(Sound.WRONG))
            case Ready(ready) if now is not None:
                state, more = _ready(state, page, ready, now)
                effects += more
            case Ready():
                pass
            case _:
                effects.append(each)
    return state, tuple(effects)


def _with_draft(state: StationState, page: OtherPage, draft: OtherDraft | None) -> StationState:
    """Back from the first question leads to where it was begun: the search, or the page."""
    if draft is None and page.search is not None:
        return replace(state, page=page.search)
    return replace(state, page=replace(page, draft=draft))


def _ready(state: StationState, page: OtherPage, draft: OtherDraft, now: Now) -> OtherPageTurn:
    """The task begins. Where its tray may not be called, the question before stays."""
    if draft.what is What.WRONG and draft.treatment == COUNT_ONLY:
        return _counted_next(state, draft)
    before = replace(state, page=replace(page, draft=draft.before)) if draft.before is not None else state
    task = task_of(draft, by=state.person, now=now.utc, limit=state.rules.scrap) if state.person is not None else None
    if state.store_code:
        return _not_booked(before)
    if task is None:
        return before, ()
    refused = at_place.why_not_called(state, task.place)
    if refused is not None:
        noted = () if at_place.is_zone(state, task.place) else access.noted(state, task.place.tray)
        return before.said(refused), (*noted, Play(Sound.WRONG))
    return calling.direct(left(state), task)


def _not_booked(state: StationState) -> OtherPageTurn:
    """Nothing that would have to be booked is begun."""
    return state.said(Message("store_read_only", Level.ACT, error=state.store_code)), (Play(Sound.WRONG),)


def _counted_next(state: StationState, draft: OtherDraft) -> OtherPageTurn:
    """Nothing is booked: what the book has there is to be counted when the tray comes next."""
    if draft.place is None:
        return state, ()
    place = draft.place
    due = CompartmentDue(
        machine=place.machine,
        tray=place.tray,
        compartment=place.compartment,
        why=WRONG_ITEM,
        item=draft.item.code if draft.item is not None else "",
        quantity=draft.quantity or 0,
    )
    note = written(state, due)
    state = replace(state, page=OtherPage()).said(Message("compartment_due", params={"compartment": place.compartment}))
    return state, (Declare(records=note.records, operator=note.operator, role=note.role),)


# --- what is in hand leads on


def led_on(state: StationState) -> OtherPageTurn:
    """The record has been read: what is in the person's hand is asked about once, wherever nothing else is open."""
    page, person = state.page, state.person
    awaits = isinstance(page, OtherPage) and page.awaits_hand
    mine = in_hand(state.taken, person.person) if person is not None else ()
    if person is None or not mine:
        state = replace(state, asked_hand=())
        return (left(state), ()) if awaits else (state, ())
    is_busy = state.round is not None or state.call is not None or state.starting is not None or state.is_resuming
    if is_busy or state.store_code or not (awaits or (page is None and state.asked_hand != mine)):
        return state, ()
    newest = mine[-1]
    state, fresh = replace(state, asked_hand=mine), OtherPage()
    if (second := _in_the_way(state, newest)) is not None:
        return _moving(replace(state, page=fresh), fresh, second)
    draft = OtherDraft(what=What.DOWN, taken=mine)
    return _turned(replace(state, page=fresh), fresh, other_work.put_down(draft, newest))
