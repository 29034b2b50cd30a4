"""The planner at work: at each change of trays it says which tray of the round comes next, and which after it. Pure.

It looks where the round turns to another tray, and again where the tray in hand cannot be called any more. What moves, or is
worked at, stays. Each choice is an event, which no booking waits for; without the planner the round goes as its tasks stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from db.records.planning import PlaceGiven, TrayChosen
from station.core import at_place, lifts
from station.core.effects import Append, Effect, PlanAhead
from station.core.inputs import Now, TraysPlanned
from station.core.round_turned import told
from station.core.service import why_not_called
from station.core.state import StationState
from station.core.writing import written
from station.custody import Verb
from station.flows import round_rolling, tote_round, tote_share
from station.flows.lines import was_skipped
from station.flows.round import Round
from station.flows.round_event import ReadBook
from station.flows.turn import Working
from station.interlocks import may_move
from station.planner.problem import PolicyName
from station.task import Task
from station.tray_plan import LINE, SEQUENCE, Choice, Plan, Standing, admit, ahead_of, choose, choose_beside
from station.view.message import Level, Message

ChoiceTurn = tuple[StationState, tuple[Effect, ...]]


def follow(before: StationState, state: StationState, effects: tuple[Effect, ...], now: Now) -> ChoiceTurn:
    """The state with the round as the planner has it, and the effects with the book of the task that is then in hand."""
    work, policy = state.round, state.rules.planner
    if policy is None or work is None or not work.orders or work.task is None:
        return (replace(state, choice=None) if state.choice is not None and work is None else state), effects
    read = next((each for each in effects if isinstance(each, ReadBook)), None)
    if read is not None:
        return _turned(before, state, work, read, effects, policy, now)
    if _is_stuck(state, work) and (again := _around(state, work, policy, now)) is not None:
        return again[0], (*effects, *again[1])
    return state, effects


def _turned(
    before: StationState,
    state: StationState,
    work: Round,
    read: ReadBook,
    effects: tuple[Effect, ...],
    policy: PolicyName,
    now: Now,
) -> ChoiceTurn:
    """The round turns to a task: who waits for a put place may get one, and where the task is on another tray than the one chosen
    last, the tray is chosen now."""
    others = tuple(each for each in effects if not isinstance(each, ReadBook))
    work, given = _with_places(state, work, policy, now)
    is_same = state.choice is not None and state.choice.tray == read.task.place.tray
    if at_place.is_zone(state, read.task.place) or (is_same and not given):
        return state, effects
    choice = state.choice if is_same else _choice(before, state, work, policy, now)
    work = _in_order(state, work, choice, policy, now) if choice is not None else tote_round.gathered(work)
    if work.task is None:
        return state, effects
    chosen: tuple[Effect, ...] = (_record(state, choice, policy),) if choice is not None and not is_same else ()
    state = replace(state, round=work, choice=choice)
    if choice is not None and chosen and policy is PolicyName.PLANNER and not state.beside:
        state, asked = _looking_ahead(state, work, choice, now)
        chosen = (*chosen, asked)
    return state, (*others, ReadBook(work.task), *given, *chosen)


def planned(state: StationState, event: TraysPlanned) -> StationState:
    """What the beam says, unless it was asked something else meanwhile."""
    return replace(state, plan=replace(state.plan, trays=event.trays)) if event.number == state.plan.number else state


def _looking_ahead(state: StationState, work: Round, choice: Choice, now: Now) -> tuple[StationState, PlanAhead]:
    """What is left of the plan holds until a new one comes."""
    waiting = tuple(each for each in work.waiting if each.order)
    situation, trays = ahead_of(_standing(state, work, now), choice.tray, waiting, round_rolling.free(work))
    left = state.plan.trays[1:] if state.plan.trays[:1] == (choice.tray,) else ()
    plan = Plan(state.plan.number + 1, work.orders, left)
    return replace(state, plan=plan), PlanAhead(plan.number, situation, trays)


def _with_places(state: StationState, work: Round, policy: PolicyName, now: Now) -> tuple[Round, tuple[Append, ...]]:
    """The round with the orders that get a put place now."""
    if not work.rolls or (work.binding is not None and work.binding.is_booking):
        return work, ()
    asked = round_rolling.taken_back(work)
    waiting = round_rolling.orders_waiting(asked)
    tasks = tuple(each for each in asked.waiting if each.order)
    admitted = admit(_standing(state, asked, now), tasks, round_rolling.free(asked), policy) if waiting else ()
    if not admitted:
        return replace(work, stand_in=""), ()
    records = (
        PlaceGiven(order=each.order, policy=str(policy), why=each.why, score_milli=round(each.score * 1000), out_of=len(waiting))
        for each in admitted
    )
    return round_rolling.admitted(asked, [each.order for each in admitted]), (written(state, *records),)


def _choice(before: StationState, state: StationState, work: Round, policy: PolicyName, now: Now) -> Choice | None:
    """A sequence goes rank by rank, and the rest of the line in hand comes at once; else as the planner says."""
    task = work.task
    if task is None:
        return None
    if task.rank and task.order not in work.broke_in:
        return _fixed(work, task, SEQUENCE)
    last = before.round.current.task if before.round is not None and before.round.current is not None else None
    if last is not None and (last.order, last.line) == (task.order, task.line) and not was_skipped(work.lines, task):
        return _fixed(work, task, LINE) if task.order else None
    return _chosen(state, _standing(state, work, now), policy)


def _chosen(state: StationState, standing: Standing, policy: PolicyName) -> Choice | None:
    """By the rule; before several lifts a tray that another one has brought already, or brings, goes before the rule's."""
    if not state.beside:
        return choose(standing, policy)
    others = [each.custody for each in state.beside if not may_move(each.custody) or each.custody.motion is not None]
    ready = {each.tray_here for each in others if each.tray_here is not None and each.is_proven}
    coming = {each.motion.tray for each in others if each.motion is not None and each.motion.verb is Verb.FETCH}
    return choose_beside(standing, policy, ready=ready, coming=coming)


def _first_of_others(state: StationState, work: Round, choice: Choice, policy: PolicyName, now: Now) -> tuple[int, ...]:
    """Of each lift that the chosen tray is not of: the tray that it is to bring meanwhile."""
    if not state.beside:
        return () if choice.ahead is None else (choice.ahead,)
    standing, found = _standing(state, work, now), []
    for lift in state.rules.lifts:
        mine = lifts.own(state, standing.tasks, lift.opening)
        if lift.opening != lifts.opening_of(state, choice.tray) and mine:
            best = choose(replace(standing, tasks=mine, here=None), policy)
            found += [best.tray] if best is not None else []
    return tuple(found)


def _fixed(work: Round, task: Task, why: str) -> Choice:
    tasks = tote_share.scattered(work.queue)
    mine = [each for each in tasks if each.place == task.place or each.place.tray == task.place.tray]
    trays = {each.place.tray for each in tasks}
    orders = len({each.order for each in mine})
    return Choice(tray=task.place.tray, why=why, lines=len(mine), orders=orders, order=task.order, out_of=len(trays))


def _standing(state: StationState, work: Round, now: Now) -> Standing:
    """What the station knows. What was set aside, what belongs to no order, and what cannot be called now has no say."""
    tasks = tuple(each for each in tote_share.scattered(work.queue) if _has_say(state, work, each))
    return Standing(
        tasks=tasks,
        orders={each.order: each for each in work.planned},
        first=work.broke_in,
        here=state.custody.tray_here,
        ready=state.made_ready,
        positions=2 if state.rules.may_prefetch else 1,
        times=state.travel_times,
        line_s=state.spent.line_s,
        utc=now.utc,
        plan=state.plan.trays if state.plan.orders == work.orders else (),
    )


def _has_say(state: StationState, work: Round, task: Task) -> bool:
    if at_place.is_zone(state, task.place) or not task.order or task.rank or was_skipped(work.lines, task):
        return False
    if lifts.stands(state, task.place.tray):
        return False
    is_here = lifts.seen_from(state, task.place.tray).custody.tray_here == task.place.tray
    return is_here or why_not_called(state, task.place.tray) is None


def _in_order(state: StationState, work: Round, choice: Choice, policy: PolicyName, now: Now) -> Round:
    """The chosen tray's tasks first, with what rides along there; then those of the tray that is to follow, or of the trays that
    the other lifts bring meanwhile."""
    tasks = tote_share.scattered(work.queue)
    first = _on(state, tasks, choice.tray, work)
    others = _first_of_others(state, work, choice, policy, now)
    second = tuple(task for tray in others for task in _on(state, tasks, tray, work))
    moved = {id(each) for each in (*first, *second)}
    rest = tuple(each for each in tasks if id(each) not in moved)
    return tote_round.gathered(replace(work, queue=(*first, *second, *rest)))


def _on(state: StationState, tasks: Iterable[Task], tray: int | None, work: Round) -> tuple[Task, ...]:
    mine = (each for each in tasks if each.place.tray == tray and not at_place.is_zone(state, each.place))
    return tuple(each for each in mine if not was_skipped(work.lines, each))


def _is_stuck(state: StationState, work: Round) -> bool:
    """Whether the task in hand waits for a tray that cannot be called, with nothing in the hand and nothing that moves."""
    current = work.current
    if current is None or not isinstance(current.step, Working) or work.is_searching or work.binding is not None:
        return False
    place = current.task.place
    if current.scanned or at_place.is_zone(state, place) or current.task.rank or state.page is not None:
        return False
    if lifts.stands(state, place.tray):
        return state.person is not None
    custody = lifts.seen_from(state, place.tray).custody
    is_away = custody.tray_here != place.tray and custody.motion is None
    return is_away and state.person is not None and why_not_called(state, place.tray) is not None


def _around(state: StationState, work: Round, policy: PolicyName, now: Now) -> ChoiceTurn | None:
    """Other work goes on meanwhile; None where there is none that could."""
    choice = _chosen(state, _standing(state, work, now), policy)
    if choice is None or work.task is None or choice.tray == work.task.place.tray:
        return None
    said = _later(state, work.task.place.tray, choice.tray)
    work = _in_order(state, replace(work, current=None), choice, policy, now)
    if work.task is None:
        return None
    state = replace(told(state, said), round=work, choice=choice)
    return state, (ReadBook(work.task), _record(state, choice, policy))


def _later(state: StationState, tray: int, following: int) -> Message:
    """Why the work goes on elsewhere, and where."""
    if why := lifts.stands(state, tray):
        lift, other = lifts.place_of(state, tray), lifts.place_of(state, following)
        about: dict[str, str | int] = {
            "lift": lift.number if lift else 0,
            "other": other.number if other else 0,
            "next": following,
        }
        return Message(f"lift_later_{why}", Level.ACT, about, error="O459")
    return Message("tray_later", Level.ACT, {"tray": tray, "next": following}, error="O455")


def _record(state: StationState, choice: Choice, policy: PolicyName) -> Append:
    custody = state.custody
    record = TrayChosen(
        machine=custody.machine,
        opening=lifts.opening_of(state, choice.tray),
        tray=choice.tray,
        policy=str(policy),
        why=choice.why,
        score_milli=round(choice.score * 1000),
        lines=choice.lines,
        orders=choice.orders,
        for_order=choice.order,
        out_of=choice.out_of,
        slack_s=choice.slack_s,
        ahead=choice.ahead,
    )
    return written(state, record)
