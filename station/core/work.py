"""The work in hand: starting orders, the round of their tasks, the work list. Translates the flows' wishes into effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.errors import CEILING_REACHED, DISK_NEARLY_FULL, ORDER_ENDED, SERIAL_TAKEN
from db.records.orders import OrderStarted
from db.records.stock import CountHeld
from station.commands.answers import EnterText
from station.core import at_place, express, lifts, machine, service, walking
from station.core.effects import Allocate, Effect, Play, ReadOrders, ReadPicture, Sound
from station.core.flash import named
from station.core.inputs import Now, OrdersRead, PictureRead, WorkAllocated
from station.core.leaving import left
from station.core.round_turned import WorkTurn, round_turned, told
from station.core.state import Picture, StationState
from station.core.writing import written
from station.custody import Here, visits_known
from station.flows import identity, tote_pick
from station.flows import round as rounds
from station.flows.lines import LineId
from station.flows.round_event import RoundEffect, RoundEvent, StoreBack
from station.flows.sign_on import HandOver
from station.flows.turn import (
    Booked,
    Booking,
    BookingFailed,
    CodeChecked,
    Say,
    ScannedWrong,
    ToteNamed,
)
from station.interlocks import may_work
from station.values import Place, StockKey
from station.view.message import Level, Message
from station.view.wait import Wait

REPORT_SHORT, LEAVE_OPEN = "report_short", "leave"


def start(
    state: StationState, orders: tuple[str, ...], now: Now, *, is_walk: bool = False, single: tuple[LineId, Place] | None = None
) -> WorkTurn:
    """A person starts orders from the work list, or (`is_walk`) what of them waits at places without a lift, all or a `single`
    part of it."""
    known = {tag.order for tag in state.orders or ()}
    chosen = tuple(order for order in orders if order in known)
    if not chosen or state.round is not None or state.starting is not None or state.is_resuming or state.store_code:
        return state, ()
    if DISK_NEARLY_FULL in state.store_alarms and not set(chosen) <= begun(state):
        return state.said(Message("disk_nearly_full", Level.ACT, error=DISK_NEARLY_FULL)), ()
    if is_walk:
        state = replace(walking.begun(_unasked(state)), starting=Wait("planning", None, now.mono_s), starting_orders=chosen)
        return state, (Allocate(orders=chosen, is_walk=True, single=single),)
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
        return express.joined(state, event)
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
    if event.is_single and not event.tasks:
        return state.said(Message("place_task_gone", Level.ACT, error="O508")), (ReadOrders(),)
    if not event.tasks and not event.is_resumed and any(each.is_elsewhere for each in event.lines.values()):
        said = Message("all_at_bay" if event.is_walk else "all_in_places", Level.ACT, error="O443")
        return state.said(said), (ReadOrders(),)
    if not event.tasks and not event.is_resumed and any(each.waits for each in event.lines.values()) and not reports_lacking:
        return state.said(Message("waits_for_service", Level.ACT, error="O317")), (ReadOrders(),)
    if not orders and not event.tasks:  # closed or cancelled since the list was read
        said = Message("order_ended", Level.ACT, {"orders": ", ".join(event.orders)}, error=ORDER_ENDED)
        return state.said(said) if event.orders and not event.is_resumed else state, (ReadOrders(),)
    is_parted = bool(state.rules.put_places) and not event.is_walk
    without_place = express.without_place(state, event) if is_parted and express.may_roll(state, event) else frozenset()
    refused = express.too_few_places(state, event) if is_parted and not without_place else None
    if refused is not None and not event.is_resumed:
        return state.said(refused), (ReadOrders(),)
    begun, effects = rounds.start(
        orders=orders,
        tasks=event.tasks,
        lines=event.lines,
        planned=event.planned,
        is_resumed=event.is_resumed,
        reports_lacking=reports_lacking,
        put_places=() if event.is_walk else state.rules.put_places,
        totes=event.totes,
        released=event.released_gaps,
        ahead=event.ahead,
        loose=event.loose,
        without_place=without_place,
        elsewhere=event.elsewhere,
        zones=tuple(state.rules.zones),
    )
    state = replace(left(state), is_leaving=state.is_leaving and event.is_walk, call=None)
    return round_turned(state, begun, effects)


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
        visit = at_place.visit_of(state, work.current.task.place)
        work = replace(work, current=replace(work.current, visit=visit))
    if isinstance(event, BookingFailed) and event.code == ORDER_ENDED and work.joined is None:
        return _start_refused(state, work)
    is_start = bool(work.closing) and all(isinstance(record, OrderStarted) for record in work.closing)
    after, effects = rounds.advance(work, event)
    if (broke_in := express.breaks_in(state, work, after, effects)) is not None:
        return broke_in
    durable, sound = state.flashing, Sound.DONE if state.is_finishing else Sound.OK
    # the end of one booking may ask for the next, which has its own name
    state, done = round_turned(state, after, effects, is_retry=isinstance(event, StoreBack))
    if isinstance(event, ScannedWrong) or _is_refused_code(work, event, effects) or _is_refused_tote(work, event, effects):
        done = (*done, Play(Sound.WRONG))
    if isinstance(event, Booked) and _was_held(work):
        done = (*done, ReadOrders())
    if isinstance(event, Booked) and not is_start:
        return _booked(replace(state, flashed=durable and named(durable, event)), done, sound)
    if isinstance(event, BookingFailed) and event.code in (SERIAL_TAKEN, CEILING_REACHED):
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


def _booked(state: StationState, effects: tuple[Effect, ...], sound: Sound) -> WorkTurn:
    """A durable booking is also a sign that a person stands at a tray that is known to be here; not of one that the machine, or
    its line, has left unwatched meanwhile, and not behind a locked screen."""
    state = replace(state, flash=state.flash + 1)
    where = state.custody.where
    if (place := at_place.place_in_hand(state)) is not None or state.walk.there is not None:
        section = (ReadPicture(place.tray, place.machine),) if place is not None else ()
        return state, (*effects, *section, Play(sound))  # who stands at a shelf says nothing of the machine
    if isinstance(where, Here):
        is_sign = state.person is not None and not may_work(state.custody, where.tray)
        state = machine.touched(state) if is_sign else state
        effects = (*effects, ReadPicture(where.tray))
    return state, (*effects, Play(sound))


def leave(state: StationState) -> WorkTurn:
    """The person stops working the started orders; the tray goes back."""
    if state.round is None:
        return state, ()
    records = (*_broken_off(state, state.round), *tote_pick.unreturned(state.round.current), *rounds.leave(state.round, "left"))
    effects: tuple[Effect, ...] = (written(state, *records),) if records else ()
    if at_place.place_in_hand(state) is not None:  # the lift is as it was, and nobody stands before it
        return replace(state, round=None, orders=None), (*effects, ReadOrders())
    state = replace(machine.touched(state), round=None, is_leaving=state.call is None, orders=None)
    return state, (*effects, ReadOrders())


def go_there(state: StationState, where: Place, now: Now) -> WorkTurn:
    """The next rank lies on the other side: the work here is left, and the same orders go on where it lies."""
    if state.round is None:
        return state, ()
    orders, known = state.round.orders, state.orders
    state, effects = leave(state)
    state, more = start(replace(state, orders=known), orders, now, is_walk=at_place.is_zone(state, where))
    return state, (*effects, *more)


def _by_person(state: StationState, work: rounds.Round) -> rounds.Round:
    """The round in the hands of the person who works now, under the rules of this site."""
    rules = state.rules
    by = written(state).operator
    return replace(work, by=by, tolerance=rules.tolerance, offers_counts=rules.offers_counts, zones=tuple(rules.zones))


def _broken_off(state: StationState, work: rounds.Round) -> tuple[CountHeld, ...]:
    """What is kept of a count that is left after its first figure; where its tray is gone, the figure goes with it."""
    current = work.current
    if current is None or at_place.may_work(state, current.task.place):
        return ()
    return rounds.broken_off(replace(current, visit=at_place.visit_of(state, current.task.place)))


def orders_read(state: StationState, event: OrdersRead) -> WorkTurn:
    """The work list. After a start, orders that were open are taken up again, by another person only after an explicit yes."""
    owner, person = event.started_by, state.person
    outages = [each.outage for each in event.outages]
    bay = next((each for each in outages if each.opening == state.custody.opening), None)
    trays_out = {each.tray: each.reason for each in outages if each.tray is not None}
    state = replace(state, orders=event.orders, trays=event.trays, outages=event.outages, due=event.due, locks=event.locks)
    state = replace(state, drift=event.drift)
    state = replace(state, counts_due={each.tray: each for each in event.counts_due})
    state = replace(state, counts_held=event.counts_held, seen_figures=_still_held(state, event))
    state = replace(state, approvals=event.approvals)
    state = replace(state, dead_lamps=event.dead_lamps, taken=event.taken, moves=event.moves)
    state = replace(state, zone_tasks=event.zone_tasks, zone_locks=event.zone_locks)
    state = replace(state, trays_out=trays_out, bay_out=bay.reason if bay else "")
    state = replace(state, other_bays=event.other_bays, custody=visits_known(state.custody, event.other_bays.visits))
    state = lifts.orders_read(state, event)
    state = express.seen(state, event)
    work = replace(state.round, ahead=event.ahead) if state.round is not None else None
    if work is not None and (held := event.held & frozenset(work.orders) - work.dropped):
        code = "host_changes_order" if held <= event.host_changes else "order_held"
        state = told(state, Message(code, Level.ACT, {"orders": ", ".join(sorted(held))}))
        return round_turned(state, *rounds.drop(work, held))
    if work is not None and work.blocks != event.blocks:
        is_coming = at_place.is_coming(state, work.task)
        return round_turned(state, *rounds.blocks_read(work, event.blocks, is_coming=is_coming))
    if state.round is not None and state.round.gap is not None and state.round.gap.of in event.released_gaps:
        return round_turned(state, *rounds.gaps_released(replace(state.round, ahead=event.ahead), event.released_gaps))
    if state.round is not None and state.round.ahead != event.ahead:
        return round_turned(state, *rounds.ranks_seen(state.round, event.ahead))
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
    here = state.custody.machine, state.custody.tray_here
    in_hand = (task.place.machine, task.place.tray) if task else here
    if event.picture is None or (event.machine or here[0], event.number) != in_hand:
        return state, ()
    return replace(state, picture=Picture(tray=event.picture, contents=event.contents, load=event.load)), ()
