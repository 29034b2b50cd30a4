"""The screen of the working day: one line at one compartment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from station import commands as do
from station.core import access
from station.core.at_place import is_zone, may_work
from station.core.given import is_booking, refusal
from station.core.state import Picture, StationState
from station.core.steering import awaits_touch, may_light_again
from station.faces.asks import binding_ask, task_ask
from station.faces.devices_face import may_open
from station.faces.tray_map import tray_map
from station.faces.waits import machine_wait
from station.flows import count, proof, put, task_flow, tote_share, zero_check
from station.flows.blocked import PutBlockedBack
from station.flows.open_pack import PutRestBack
from station.flows.round import Round
from station.flows.tote_share import Distributing, PutBack
from station.flows.turn import Booking, Finished, TaskState, Working
from station.flows.walk import Going, Typing
from station.rules.handling import HEAVY_G, weight_g
from station.rules.put_away import Proposal
from station.task import Mode, Task
from station.values import Place
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskText
from station.view.message import Message
from station.view.task import Handling, LoadAfter, TaskFace, ToteTag, ZoneTag
from station.view.tray_map import TrayMap
from station.view.wait import Wait
from station.zones import place_text

IN_TASK: dict[Action, Callable[[int], do.Command]] = {
    Action.NOT_ENOUGH: do.NotEnough,
    Action.UNREADABLE: do.LabelUnreadable,
    Action.TOOK_MORE: do.TookMore,
    Action.COUNT: do.CountHere,
    Action.ELSEWHERE: do.ElsewherePut,
    Action.OTHER_LOT: do.OtherLot,
    Action.TOTE_FULL: do.ToteFull,
}
ACTIONS = {
    Mode.PICK: (Action.NOT_ENOUGH, Action.UNREADABLE, Action.TOOK_MORE, Action.OTHER_LOT, Action.COUNT),
    Mode.PUT: (Action.NOT_ENOUGH, Action.UNREADABLE, Action.ELSEWHERE, Action.COUNT),
    Mode.COUNT: (),
}


def task_face(state: StationState, work: Round, task: Task) -> TaskFace:
    """The task in hand as the screen shows it."""
    current = work.current
    is_here = not may_work(state, task.place)
    asked, quantity = task.quantity, task_flow.offered(current) if current else task.quantity
    scanned = current.scanned if current else 0
    book = _here_now(state, current) if current else None
    if current and isinstance(current.step, zero_check.AskEmpty | zero_check.AskLeft):  # nothing is moved any more
        asked, quantity, scanned, book = 0, 0, 0, current.step.left
    if current and isinstance(current.step, PutBack):
        asked, quantity, book = current.step.quantity, current.step.quantity, None
    if current and isinstance(current.step, PutBlockedBack):  # nothing is to be taken any more
        asked, quantity, scanned = 0, 0, 0
    if current and isinstance(current.step, PutRestBack):
        asked, quantity, scanned, book = 0, 0, 0, current.step.left
    return TaskFace(
        mode=task.word,
        order=task.order,
        line_no=task.line_no,
        line_count=task.line_count,
        destination=_destinations(task),
        item=task.item,
        key=task.key,
        asked=asked,
        scanned=scanned,
        book=book,
        left_after=_left_after(task, book, quantity) if book is not None and asked else None,
        confirm_quantity=quantity,
        tray=task.place.tray,
        compartment=task.place.compartment,
        map=_map(state, work, task),
        is_here=is_here,
        is_locked=bool(current and current.is_locked),
        offers=_without_leave(_offers(state, current, task)) if task.is_direct and state.call else _offers(state, current, task),
        wait=_wait(state, work, task),
        ask=_ask(state, work, is_here=is_here),
        tote=_tote(state, task),
        rank=task.rank,
        ranks=task.ranks,
        kit=task.kit,
        orders=tuple(dict.fromkeys(each.order for each in task.shares)),
        reason=task.reason,
        note=task.note,
        next_label=_next_label(work, task),
        handling=_handling(task, quantity),
        load=_load_after(state, work, task, quantity) if current and isinstance(current.step, Working) else None,
        reasons=task.reasons,
        runners_up=_runners_up(state, current),
        departure=task.departure,
        zone=zone_tag(state, task.place),
        waiting=len(work.queue),
        tray_why=None if is_here else _tray_why(state, task),
    )


def _tray_why(state: StationState, task: Task) -> Message | None:
    """Why the planner has this tray come next."""
    choice = state.choice
    if choice is None or choice.tray != task.place.tray or is_zone(state, task.place):
        return None
    return Message(f"tray_why_{choice.why}", params={"tray": choice.tray, "order": choice.order})


def zone_tag(state: StationState, place: Place) -> ZoneTag | None:
    """Where it is, when no lift brings it."""
    zone = state.rules.zones.get(place.machine)
    return None if zone is None else ZoneTag(name=zone.name, title=zone.title, place=place_text(place))


def _destinations(task: Task) -> str:
    """Where all that is taken goes; what is put in goes into its compartment."""
    if task.mode is Mode.PUT and task.load is None:
        return ""
    return ", ".join(dict.fromkeys(each.destination for each in tote_share.tasks_of(task) if each.destination))


def _handling(task: Task, quantity: int) -> Handling:
    moved_g = weight_g(task.item, quantity) if task.mode is not Mode.COUNT and not task.stays else 0
    return Handling(is_fragile=task.item.fragile, heavy_g=moved_g if moved_g >= HEAVY_G else 0)


def _load_after(state: StationState, work: Round, task: Task, quantity: int) -> LoadAfter | None:
    """The tray as it leaves, once nothing else is to be done on it; of a count nobody knows what it will say."""
    picture = state.picture
    is_read = picture is not None and _is_of(picture, task)
    if (
        is_zone(state, task.place)
        or picture is None
        or not is_read
        or picture.load is None
        or _next_label(work, task)
        or task.mode is Mode.COUNT
    ):
        return None
    is_put = task.mode is Mode.PUT
    moved_g = 0 if _weighs_as_before(task) else weight_g(task.item, quantity) * (1 if is_put else -1)
    height_mm = max(picture.load.height_mm, task.item.height_mm) if is_put else picture.load.height_mm
    return LoadAfter(weight_g=max(0, picture.load.weight_g + moved_g), height_mm=height_mm, max_g=picture.load.max_g)


def _weighs_as_before(task: Task) -> bool:
    """Whether nothing comes onto the tray that the book does not know there, or what does leaves it at once."""
    return task.stays or (task.beside is not None and task.beside.goes_on)


def _runners_up(state: StationState, current: TaskState | None) -> tuple[Proposal, ...]:
    """The places that one touch takes instead: only while that touch would be obeyed."""
    if current is None or not isinstance(current.step, Working) or current.is_locked:
        return ()
    return () if refusal(state, current, do.TakeRunnerUp(state.token, 0)) else current.task.runners_up


def _ask(state: StationState, work: Round, *, is_here: bool) -> Ask | None:
    """Which tote an order gets may be said while the tray is still on its way."""
    if work.binding is not None and not work.is_putting_back:
        return binding_ask(work.binding)
    if work.current and not is_here and isinstance(state.walk.step, Typing):
        return AskText(code="place_label", params={"place": place_text(work.current.task.place)})
    ask = task_ask(work.current, state.dead_lamps | state.failed_lamps) if work.current and is_here else None
    return _named_on_foot(ask) if work.current and is_zone(state, work.current.task.place) else ask


def _named_on_foot(ask: Ask | None) -> Ask | None:
    """Other lots lie at places that are named as they stand on their labels."""
    if not isinstance(ask, AskChoice):
        return ask
    named = {"other_lot": "other_lot_zone", "other_place": "other_place_zone"}
    return replace(ask, choices=tuple(replace(each, code=named.get(each.code, each.code)) for each in ask.choices))


def _tote(state: StationState, task: Task) -> ToteTag | None:
    """The one tote that it goes into; several are asked for one by one."""
    totes = {(each.position, each.tote) for each in tote_share.tasks_of(task)}
    if len(totes) > 1 or not task.position:
        return None
    ((position, tote),) = totes
    return ToteTag(position, tote, is_dead=position in state.dead_lamps | state.failed_lamps)


def _here_now(state: StationState, current: TaskState) -> int | None:
    """What the book has here: nothing to be seen before a count; for a put all of its item, under whatever key it lies."""
    task = current.task
    if task.mode is Mode.COUNT or task.load is not None:
        return None
    if task.mode is Mode.PICK or state.picture is None or not _is_of(state.picture, task):
        return current.book
    return sum(each.quantity for each in state.picture.contents if (each.place, each.key.item) == (task.place, task.item.code))


def _left_after(task: Task, book: int, quantity: int) -> int | None:
    """What the book has here then: of what is set on hold, what is still free; of what was only found here, as before."""
    if task.beside is not None and task.beside.goes_on:
        return None
    return book + quantity if task.mode is Mode.PUT else book - quantity


def _map(state: StationState, work: Round, task: Task) -> TrayMap | None:
    picture = state.picture
    if picture is None or not _is_of(picture, task):
        return None
    here = (task.place.machine, task.place.tray)
    also = frozenset(each.place.compartment for each in work.queue[1:] if (each.place.machine, each.place.tray) == here)
    return tray_map(picture.tray, picture.contents, target=task.place.compartment, also=also - {task.place.compartment})


def _is_of(picture: Picture, task: Task) -> bool:
    """Whether this is the tray, or the section, of the task."""
    return (picture.tray.machine, picture.tray.number) == (task.place.machine, task.place.tray)


def _next_label(work: Round, task: Task) -> str:
    follows = work.queue[1].place if len(work.queue) > 1 else None
    is_here = follows is not None and (follows.machine, follows.tray) == (task.place.machine, task.place.tray)
    return follows.compartment if follows is not None and is_here else ""


def _without_leave(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Direct work at a called tray is one task: to skip it is to leave the work. Where it cannot be skipped, it can be left."""
    can_skip = Offer(Action.SKIP) in offers
    can_go_back = Offer(Action.BACK) in offers
    return tuple(each for each in offers if each.action is not Action.LEAVE_WORK or not (can_skip or can_go_back))


def _offers(state: StationState, current: TaskState | None, task: Task) -> tuple[Offer, ...]:
    """The actions of this step. With a question open there are only the way back and the lock: nobody must stay for an answer."""
    if state.round is not None and state.round.binding is not None and not state.round.is_putting_back:
        return (Offer(Action.LEAVE_WORK), Offer(Action.LOCK)) if not is_booking(state) else (Offer(Action.LOCK),)
    if current is None or isinstance(current.step, Booking | Finished):
        leave = () if is_booking(state) else (Offer(Action.LEAVE_WORK),)
        return (Offer(Action.CONFIRM, "reading" if current is None else "booking"), *leave, Offer(Action.LOCK))
    skip = Offer(Action.SKIP, refusal(state, current, do.Skip(state.token)))
    if is_zone(state, task.place) and may_work(state, task.place):
        return _on_the_way(state, task, skip)
    again = (Offer(Action.FETCH_AGAIN),) if awaits_touch(state) else ()
    is_asked = not isinstance(current.step, Working | count.AskAgain)
    if again and (not is_asked or may_work(state, task.place)):  # away from the tray no question is shown
        return (*again, skip, Offer(Action.LEAVE_WORK), *_panel(state), Offer(Action.LOCK))
    if is_asked:
        return (*again, *_offers_of_question(state, current, task, skip), Offer(Action.LOCK))
    offers = [] if task.mode is Mode.COUNT else [Offer(Action.CONFIRM, _confirm_refusal(state, current))]
    for action in _actions(state, task):
        offers.append(Offer(action, refusal(state, current, IN_TASK[action](state.token)) or _in_task_refusal(current, action)))
    light = (Offer(Action.LIGHT_AGAIN),) if may_light_again(state) and not is_zone(state, task.place) else ()
    return (*offers, *light, skip, Offer(Action.LEAVE_WORK), *_panel(state), Offer(Action.LOCK))


def _offers_of_question(state: StationState, current: TaskState, task: Task, skip: Offer) -> tuple[Offer, ...]:
    """The ways past an open question, beside its answer."""
    leave = Offer(Action.LEAVE_WORK)
    match current.step:
        case zero_check.AskEmpty() if task.is_plain_count:
            return skip, leave
        case zero_check.AskEmpty():
            may_leave = skip.is_allowed or state.store_code or awaits_touch(state)
            return (*((skip,) if skip.is_allowed else ()), *((leave,) if may_leave else ()))
        case PutRestBack() | PutBlockedBack():
            return (leave,)
        case Distributing():
            back = () if current.step.reason else (Offer(Action.BACK),)
            return (*back, Offer(Action.TOTE_FULL), leave)
        case PutBack():
            return (Offer(Action.BACK), *((leave,) if may_work(state, task.place) else ()))
        case count.AskOffer():
            return (*((skip,) if may_work(state, task.place) else ()), leave)
        case _:
            return (Offer(Action.BACK),)


def _on_the_way(state: StationState, task: Task, skip: Offer) -> tuple[Offer, ...]:
    """Before the place was scanned: Confirm, and what stands beside it, is where it will be and says why it cannot be used."""
    if isinstance(state.walk.step, Typing):
        return (Offer(Action.BACK), Offer(Action.LOCK))
    first = () if task.mode is Mode.COUNT else (Action.CONFIRM, Action.NOT_ENOUGH)
    locked = tuple(Offer(each, "place_not_scanned") for each in first)
    unreadable = Offer(Action.UNREADABLE, "" if isinstance(state.walk.step, Going) else "reading")
    return (*locked, unreadable, skip, Offer(Action.LEAVE_WORK), Offer(Action.LOCK))


def _panel(state: StationState) -> tuple[Offer, ...]:
    """The machine panel, which suspends the line."""
    return (Offer(Action.DEVICES),) if may_open(state) else ()


def _actions(state: StationState, task: Task) -> tuple[Action, ...]:
    """More than one piece of one serial is not there to be taken, and what is too much for several orders goes back; without an
    order nothing says which lot is meant, and of several each has its own."""
    if task.load is not None:
        return (Action.NOT_ENOUGH,) if task.mode is Mode.PICK else (Action.ELSEWHERE,)
    hidden = {Action.TOOK_MORE} if task.key.serial or task.shares or task.beside is not None else set()
    if task.stays or (task.beside is not None and task.beside.goes_on):  # it lies there: said exactly, and not to be fitted in
        hidden |= {Action.NOT_ENOUGH, Action.ELSEWHERE}
    may_depart = access.may_depart(state) and not task.is_direct and not task.shares
    hidden |= set() if may_depart else {Action.OTHER_LOT}
    actions = (each for each in ACTIONS[task.mode] if each not in hidden)
    return (*actions, *((Action.TOTE_FULL,) if task.position else ()))


def _confirm_refusal(state: StationState, current: TaskState) -> str:
    refused = refusal(state, current, do.Confirm(state.token))
    if current.task.mode is Mode.PUT and put.why_not_here(current):
        refused = refused or "not_here"
    return refused or proof.refusal(current, task_flow.offered(current))


def _in_task_refusal(current: TaskState, action: Action) -> str:
    """What the flow itself would not accept now."""
    if action in (Action.NOT_ENOUGH, Action.COUNT, Action.ELSEWHERE, Action.OTHER_LOT) and current.is_locked:
        return "wrong_scan"
    if action is Action.COUNT and put.is_unnamed(current.task):
        return "count_by_tray"
    if action in (Action.TOOK_MORE, Action.TOTE_FULL):
        return proof.refusal(current, task_flow.offered(current))
    return ""


def _wait(state: StationState, work: Round, task: Task) -> Wait | None:
    if work.current is None:
        return Wait("reading")
    if isinstance(work.current.step, Booking):
        return Wait("booking")
    if work.is_searching:
        return Wait("searching")
    if is_zone(state, task.place):
        return None
    return machine_wait(state) if may_work(state, task.place) else None
