"""The work in hand: starting orders, the round of tasks, a tray called directly. Translates the flows' wishes into effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.errors import DISK_NEARLY_FULL, ORDER_ENDED, SERIAL_TAKEN
from db.records.orders import OrderStarted
from db.records.stock import CountHeld
from station.commands.answers import EnterNumber, EnterText
from station.core import access, machine, service
from station.core.effects import Allocate, Effect, Play, ReadOrders, ReadPicture, Sound
from station.core.flash import flash_of, named
from station.core.inputs import Now, OrdersRead, PictureRead, WorkAllocated
from station.core.leaving import left
from station.core.state import Picture, StationState
from station.core.writing import written
from station.custody import Here, visits_known
from station.flows import identity, tray_call
from station.flows import round as rounds
from station.flows.round_event import FindHomes, FindOffer, ReadBook, RoundEffect, RoundEvent, StoreBack
from station.flows.sign_on import HandOver
from station.flows.tray_call import AskTray, CallEvent, FindItem, Leaving, ReadTray, StartDirect
from station.flows.turn import (
    Book,
    Booked,
    Booking,
    BookingFailed,
    CheckCode,
    CodeChecked,
    FindLots,
    NameScan,
    Note,
    Say,
    ScannedWrong,
    ToteNamed,
)
from station.interlocks import may_work
from station.task import Mode, Task
from station.values import Place, StockKey
from station.view.message import Level, Message
from station.view.wait import Wait
from station.view.work import OrderTag

REPORT_SHORT, LEAVE_OPEN = "report_short", "leave"

WorkTurn = tuple[StationState, tuple[Effect, ...]]


def start(state: StationState, orders: tuple[str, ...], now: Now) -> WorkTurn:
    """A person starts orders from the work list."""
    known = {tag.order for tag in state.orders or ()}
    chosen = tuple(order for order in orders if order in known)
    if not chosen or state.round is not None or state.starting is not None or state.is_resuming or state.store_code:
        return state, ()
    if DISK_NEARLY_FULL in state.store_alarms and not set(chosen) <= begun(state):
        return state.said(Message("disk_nearly_full", Level.ACT, error=DISK_NEARLY_FULL)), ()
    if state.bay_out:
        refused = service.why_not_called(replace(state, round=None), None)
        return state.said(refused) if refused else state, ()
    starting = Wait("planning", None, now.mono_s)
    state = replace(machine.touched(state), is_leaving=False)  # the tray at the bay may be one that is needed
    return replace(_unasked(state), starting=starting, starting_orders=chosen), (Allocate(orders=chosen),)


def begun(state: StationState) -> frozenset[str]:
    """The orders of the list that were begun before: what of them is open may be finished even where nothing new is begun."""
    return frozenset(tag.order for tag in state.orders or () if tag.is_started or tag.open_lines < tag.lines)


def _unasked(state: StationState) -> StationState:
    """No question about lines that lack everything is open."""
    return replace(state, ask_short=(), lacking=(), short_answer="")


def allocated(state: StationState, event: WorkAllocated) -> WorkTurn:
    """The tasks are there. Lines for which nothing can be done are asked about before anything of them is reported."""
    if event.joins:
        return _joined(state, event)
    is_awaited = state.is_resuming if event.is_resumed else state.starting is not None
    awaited = state.resume if event.is_resumed else state.starting_orders
    if not is_awaited or event.orders != awaited or state.round is not None or state.person is None:
        return state, ()
    state = replace(state, starting=None, starting_orders=())
    orders = tuple(order for order in event.orders if any(of == order for of, _ in event.lines))
    is_asked = bool(state.short_answer) and set(event.lacking) <= set(state.lacking)
    if orders and event.lacking and not event.is_resumed and not is_asked:
        return replace(_unasked(state), ask_short=orders, lacking=event.lacking), ()
    reports_lacking = state.short_answer == REPORT_SHORT
    state = replace(_unasked(state), resume=(), resumes_checks=False, was_resumed=True)
    if orders and event.lacking and not event.tasks and not event.is_resumed and not reports_lacking:
        return state, (ReadOrders(),)
    if not event.tasks and not event.is_resumed and any(each.waits for each in event.lines.values()) and not reports_lacking:
        return state.said(Message("waits_for_service", Level.ACT, error="O317")), (ReadOrders(),)
    if not orders and not event.tasks:  # closed or cancelled since the list was read
        said = Message("order_ended", Level.ACT, {"orders": ", ".join(event.orders)}, error=ORDER_ENDED)
        return state.said(said) if event.orders and not event.is_resumed else state, (ReadOrders(),)
    if (refused := _too_few_places(state, event)) is not None and not event.is_resumed:
        return state.said(refused), (ReadOrders(),)
    begun, effects = rounds.start(
        orders=orders,
        tasks=event.tasks,
        lines=event.lines,
        planned=event.planned,
        is_resumed=event.is_resumed,
        reports_lacking=reports_lacking,
        put_places=state.rules.put_places,
        totes=event.totes,
        released=event.released_gaps,
    )
    state = replace(left(state), is_leaving=False, call=None)
    return _round_turned(state, begun, effects)


def _breaks_in(state: StationState, before: rounds.Round, after: rounds.Round, effects: Sequence[RoundEffect]) -> WorkTurn | None:
    """Express orders wait and the round turns to another tray: they come first. Nothing of the next task was asked yet."""
    turns = next((each.task for each in effects if isinstance(each, ReadBook)), None)
    if not state.express or state.is_joining or turns is None or turns.place.tray == rounds.tray_in_hand(before):
        return None
    others = tuple(each for each in effects if not isinstance(each, ReadBook))
    state, done = _round_turned(state, after, others)
    return replace(state, is_joining=True), (*done, Allocate(orders=state.express, joins=True))


def _joined(state: StationState, event: WorkAllocated) -> WorkTurn:
    """The tasks of the express orders are there, or there are none by now."""
    work = state.round
    if not state.is_joining or work is None:
        return replace(state, is_joining=False), ()
    orders = tuple(order for order in event.orders if any(task.order == order for task in event.tasks))
    state = replace(state, is_joining=False, express=())
    tasks = tuple(task for task in event.tasks if task.order in orders)
    if not orders or _too_few_places(state, event) is not None:
        return _round_turned(state, *rounds.go_on(work))
    lines = {line: progress for line, progress in event.lines.items() if line[0] in orders}
    planned = tuple(each for each in event.planned if each.order in orders)
    joined, effects = rounds.join(work, orders=orders, tasks=tasks, lines=lines, planned=planned)
    state = _told(state, Message("express_first", Level.ACT, {"orders": ", ".join(orders)}))
    return _round_turned(state, joined, effects)


def _told(state: StationState, message: Message) -> StationState:
    """Said, and flashed: the screen changes with what it tells, and takes the message bar with it."""
    return replace(state.said(message), flash=state.flash + 1, flashed=message)


def _express(state: StationState, tags: Sequence[OrderTag]) -> StationState:
    """Express orders that were released while something else is worked are announced once, and break in at the next tray."""
    work = state.round
    if work is None or not work.orders:
        return replace(state, express=())
    able = (
        tag for tag in tags if tag.is_express and tag.kind == "pick" and all(each.level is Level.NOTE for each in tag.blocked)
    )
    waiting = tuple(tag.order for tag in able if tag.order not in work.orders)
    new = set(waiting) - set(state.express)
    state = replace(state, express=waiting)
    return state.said(Message("express_waits", Level.ACT, {"orders": ", ".join(waiting)})) if new else state


def _too_few_places(state: StationState, event: WorkAllocated) -> Message | None:
    """Each of several pick orders needs a put place of its own."""
    picks = {task.order for task in event.tasks if task.mode is Mode.PICK}
    standing = {each.order for each in event.totes}
    free = len(state.rules.put_places) - len({each.position for each in event.totes})
    needed = len(picks - standing) if len(picks) > 1 or picks & standing else 0
    if not state.rules.put_places or needed <= free:
        return None
    return Message("too_few_places", Level.ACT, {"free": free, "needed": needed}, error="O353")


def report_short(state: StationState, answer: str, now: Now) -> WorkTurn:
    """The answer to "nothing is there for these lines": report them short, start without them, or ("") do not start."""
    orders = state.ask_short
    if state.starting is not None:
        return state, ()
    if answer not in (REPORT_SHORT, LEAVE_OPEN) or not orders:
        return _unasked(state), ()
    starting = Wait("planning", None, now.mono_s)
    return replace(state, starting=starting, starting_orders=orders, short_answer=answer), (Allocate(orders=orders),)


def round_event(state: StationState, event: RoundEvent) -> WorkTurn:
    """Hand an event to the round. The visit is the one of the tray at the bay at this moment."""
    if state.round is None:
        return state, ()
    work = _by_person(state, state.round)
    if work.current is not None:
        work = replace(work, current=replace(work.current, visit=state.custody.visit))
    if isinstance(event, BookingFailed) and event.code == ORDER_ENDED and work.joined is None:
        return _start_refused(state, work)
    is_start = bool(work.closing) and all(isinstance(record, OrderStarted) for record in work.closing)
    after, effects = rounds.advance(work, event)
    if (breaks_in := _breaks_in(state, work, after, effects)) is not None:
        return breaks_in
    durable = state.flashing  # the end of one booking may ask for the next, which has its own name
    state, done = _round_turned(state, after, effects, is_retry=isinstance(event, StoreBack))
    if isinstance(event, ScannedWrong) or _is_refused_code(work, event, effects) or _is_refused_tote(work, event, effects):
        done = (*done, Play(Sound.WRONG))
    if isinstance(event, Booked) and _was_held(work):
        done = (*done, ReadOrders())
    if isinstance(event, Booked) and not is_start:
        return _booked(replace(state, flashed=durable and named(durable, event)), done)
    if isinstance(event, BookingFailed) and event.code == SERIAL_TAKEN:
        return state, (*done, Play(Sound.WRONG))
    if isinstance(event, BookingFailed) and event.code != ORDER_ENDED:
        state = replace(state, store_code=event.code)
    return state, done


def _was_held(work: rounds.Round) -> bool:
    """Whether what was booked is a count that waits: the list of those is another one."""
    step = work.current.step if work.current is not None else None
    return isinstance(step, Booking) and step.is_held


def _is_refused_code(work: rounds.Round, event: RoundEvent, effects: Sequence[RoundEffect]) -> bool:
    """Whether what was said to be a lot or a serial is none: who scans does not look up."""
    is_asked = work.current is not None and isinstance(work.current.step, identity.AskLot | identity.AskSerial)
    is_said = isinstance(event, EnterText | CodeChecked)
    return is_asked and is_said and any(isinstance(effect, Say) and effect.message.error for effect in effects)


def _is_refused_tote(work: rounds.Round, event: RoundEvent, effects: Sequence[RoundEffect]) -> bool:
    """Whether a tote was named that gets nothing, or cannot be bound."""
    is_named = isinstance(event, ToteNamed) or work.binding is not None
    return is_named and any(isinstance(effect, Say) and effect.message.error for effect in effects)


def _start_refused(state: StationState, work: rounds.Round) -> WorkTurn:
    """An order was cancelled, or changed, since its tasks were found: none of those that were to start together is started."""
    said = Message("order_ended", Level.ACT, {"orders": ", ".join(work.orders)}, error=ORDER_ENDED)
    state = replace(state.said(said), round=None, is_leaving=True, orders=None)
    return state, (ReadOrders(), Play(Sound.WRONG))


def _booked(state: StationState, effects: tuple[Effect, ...]) -> WorkTurn:
    """A durable booking is also a sign that a person stands at a tray that is known to be here; not of one that the machine, or
    its line, has left unwatched meanwhile, and not behind a locked screen."""
    state = replace(state, flash=state.flash + 1)
    where = state.custody.where
    if isinstance(where, Here):
        is_sign = state.person is not None and not may_work(state.custody, where.tray)
        state = machine.touched(state) if is_sign else state
        effects = (*effects, ReadPicture(where.tray))
    return state, (*effects, Play(Sound.OK))


def _round_turned(state: StationState, after: rounds.Round, asked: Sequence[RoundEffect], *, is_retry: bool = False) -> WorkTurn:
    """What the round asks for. A booking that is tried again keeps the name it had: another task may be in hand."""
    worked = state.round.task if state.round else None
    state = replace(state, round=after)
    effects: list[Effect] = []
    for effect in asked:
        match effect:
            case Say(message):
                state = state.said(message)
            case Note(records):
                effects.append(written(state, *records))
            case Book(records=records, planned=planned):
                state = state if is_retry else replace(state, flashing=flash_of(worked, records))
                effects.append(replace(written(state, *records, is_awaited=True), planned=planned))
            case NameScan():
                by = written(state)
                effects.append(replace(effect, operator=by.operator, role=by.role))
            case CheckCode():
                effects.append(replace(effect, operator=written(state).operator))
            case ReadBook() | FindHomes() | FindOffer() | FindLots():
                effects.append(effect)
    if after.is_over:
        return _round_over(state, effects)
    return state, tuple(effects)


def _round_over(state: StationState, effects: list[Effect]) -> WorkTurn:
    """All is done: a direct round goes back to its tray, orders send the tray away and show the list."""
    was_direct = state.call is not None
    state = replace(state, round=None)
    if was_direct and state.call is not None and state.call.tray is not None:
        return state, (*effects, ReadTray(state.call.tray))
    state = replace(state, is_leaving=True, orders=None)
    return state, (*effects, ReadOrders())


def leave(state: StationState) -> WorkTurn:
    """The person stops working the started orders; the tray goes back."""
    if state.round is None:
        return state, ()
    records = (*_broken_off(state, state.round), *rounds.leave(state.round, "left"))
    effects: tuple[Effect, ...] = (written(state, *records),) if records else ()
    state = replace(machine.touched(state), round=None, is_leaving=state.call is None, orders=None)
    return state, (*effects, ReadOrders())


def _by_person(state: StationState, work: rounds.Round) -> rounds.Round:
    """The round in the hands of the person who works now, under the rules of this site."""
    rules = state.rules
    return replace(work, by=written(state).operator, tolerance=rules.tolerance, offers_counts=rules.offers_counts)


def _broken_off(state: StationState, work: rounds.Round) -> tuple[CountHeld, ...]:
    """What is kept of a count that is left after its first figure; where its tray is gone, the figure goes with it."""
    current = work.current
    if current is None or may_work(state.custody, current.task.place.tray):
        return ()
    return rounds.broken_off(replace(current, visit=state.custody.visit))


def count_alone(state: StationState, task: Task) -> WorkTurn:
    """Count one compartment for no order: its tray comes for it."""
    begun, effects = rounds.start(orders=(), tasks=(task,), lines={})
    return _round_turned(replace(machine.touched(state), is_leaving=False), begun, effects)


def direct(state: StationState, task: Task) -> WorkTurn:
    """Work a task of no order, from the work list."""
    if state.round is not None or state.call is not None or state.starting is not None or state.is_resuming:
        return state, ()
    begun, effects = rounds.direct(task)
    return _round_turned(replace(machine.touched(state), is_leaving=False), begun, effects)


def call(state: StationState, tray: int | None) -> WorkTurn:
    """Call a tray without an order, or ask which."""
    if state.round is not None or state.person is None or state.starting is not None or state.is_resuming:
        return state, ()
    refused = service.why_not_called(state, tray)
    if refused is not None:
        return state.said(refused), access.noted(state, tray)
    called, effects = tray_call.begin(state.custody.machine, tray)
    return _call_turned(replace(machine.touched(state), is_leaving=False), called, effects)


def call_event(state: StationState, event: CallEvent) -> WorkTurn:
    """Hand an event to the tray call."""
    if state.call is None:
        return state, ()
    asks_tray = isinstance(state.call.step, AskTray) and isinstance(event, EnterNumber)
    refused = service.why_not_called(state, event.number) if asks_tray and isinstance(event, EnterNumber) else None
    if refused is not None and isinstance(event, EnterNumber):
        return state.said(refused), access.noted(state, event.number)
    after, effects = tray_call.advance(state.call, event)
    if isinstance(after.step, Leaving) and not isinstance(state.call.step, Leaving):
        state = machine.touched(state)
    return _call_turned(state, after, effects)


def _call_turned(state: StationState, after: tray_call.TrayCall, asked: Sequence[tray_call.CallEffect]) -> WorkTurn:
    state = replace(state, call=after)
    effects: list[Effect] = []
    for effect in asked:
        match effect:
            case Say(message):
                state = state.said(message)
            case StartDirect(task, more_tasks):
                begun, more = rounds.direct(task, *more_tasks)
                state, done = _round_turned(state, begun, more)
                effects += done
            case ReadTray() | FindItem():
                effects.append(effect)
    if isinstance(after.step, Leaving):
        state = replace(state, call=None, is_leaving=True, orders=None)
        effects.append(ReadOrders())
    return state, tuple(effects)


def close_call(state: StationState) -> WorkTurn:
    """Back to the work list from the question which tray to call."""
    if state.call is None or not isinstance(state.call.step, AskTray):
        return state, ()
    return replace(state, call=None), (ReadOrders(),)


def orders_read(state: StationState, event: OrdersRead) -> WorkTurn:
    """The work list. After a start, orders that were open are taken up again, by another person only after an explicit yes."""
    owner, person = event.started_by, state.person
    outages = [each.outage for each in event.outages]
    bay = next((each for each in outages if each.opening == state.custody.opening), None)
    trays_out = {each.tray: each.reason for each in outages if each.tray is not None}
    state = replace(state, orders=event.orders, trays=event.trays, outages=event.outages, due=event.due, locks=event.locks)
    state = replace(state, counts_due={each.tray: each for each in event.counts_due})
    state = replace(state, counts_held=event.counts_held, seen_figures=_still_held(state, event))
    state = replace(state, dead_lamps=event.dead_lamps)
    state = replace(state, trays_out=trays_out, bay_out=bay.reason if bay else "")
    state = replace(state, other_bays=event.other_bays, custody=visits_known(state.custody, event.other_bays.visits))
    state = _express(state, event.orders)
    work = state.round
    if work is not None and (held := event.held & frozenset(work.orders) - work.dropped):
        state = _told(state, Message("order_held", Level.ACT, {"orders": ", ".join(sorted(held))}))
        return _round_turned(state, *rounds.drop(work, held))
    if state.round is not None and state.round.gap is not None and state.round.gap.of in event.released_gaps:
        return _round_turned(state, *rounds.gaps_released(state.round, event.released_gaps))
    if state.was_resumed or not event.with_started or person is None:
        return state, ()  # a plain reading of the list that overtook the question says nothing of what was open
    if not event.started and not event.has_checks:
        return replace(state, was_resumed=True), ()
    state = replace(state, resume=event.started, resumes_checks=event.has_checks, was_resumed=True)
    if owner is not None and owner.person != person.person:
        return replace(state, session=HandOver(owner=owner, person=person)), ()
    return state, (Allocate(orders=event.started, is_resumed=True),)


def _still_held(state: StationState, event: OrdersRead) -> frozenset[tuple[str, Place, StockKey]]:
    """Who has seen the figures, of the counts that still wait."""
    waiting = {(each.held.place, each.held.key) for each in event.counts_held}
    return frozenset(each for each in state.seen_figures if each[1:] in waiting)


def picture_read(state: StationState, event: PictureRead) -> WorkTurn:
    """The tray of the work in hand as the store knows it now. A late picture of the tray before would put the light out."""
    task = state.round.task if state.round else None
    in_hand = task.place.tray if task else state.custody.tray_here
    if event.picture is None or event.number != in_hand:
        return state, ()
    return replace(state, picture=Picture(tray=event.picture, contents=event.contents, load=event.load)), ()
