"""Which command the machine gets next, from what is worked on and where the tray is. Pure; at most one command at a time.

The lift moves only for a person who is signed on at this bay, and after a motion whose end was not known only after a touch.
So does a point: at a tray that the machine itself has not named it proves the tray, and moves metal when it is not here.
While the station is being stopped nothing moves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hardware.values import BayTexts, PointAt, Purpose
from station import interlocks
from station.core import access
from station.core.effects import Effect, Move
from station.core.inputs import Now
from station.core.service import why_not_called
from station.core.state import (
    CalibrationPage,
    DeskPage,
    DevicesPage,
    HeldPage,
    HistoryPage,
    JitPage,
    LatePage,
    LoadsPage,
    LotsPage,
    OrdersPage,
    OtherPage,
    OutagesPage,
    PlacesPage,
    PrintersPage,
    PullPage,
    ReceiptsPage,
    ReplayPage,
    SearchPage,
    StationState,
    StoragePage,
    TeachPage,
    WearPage,
)
from station.custody import Custody, Empty, Here, Verb
from station.flows import task_flow
from station.flows.calibration import Coming
from station.flows.count import AskOffer
from station.flows.round_state import Round, next_tray
from station.flows.tray_call import AskTray, Leaving
from station.flows.undo import Open, Undo, Writing
from station.motions import begin
from station.quantity import to_text
from station.task import Mode, Task
from station.view.message import Message

NOTHING_WANTED = (
    TeachPage,
    OutagesPage,
    WearPage,
    LatePage,
    HeldPage,
    OrdersPage,
    LoadsPage,
    PlacesPage,
    PrintersPage,
    ReceiptsPage,
    LotsPage,
    PullPage,
    SearchPage,
    OtherPage,
    ReplayPage,
    JitPage,
    HistoryPage,
    DeskPage,
    StoragePage,
)


# Pages over which nothing moves.
@dataclass(frozen=True, slots=True)
class Want:
    """What should be at the bay: a tray with a light on it, or nothing (`tray` None: send back what is there). `quantity` is what
    the bay's texts say of the task."""

    tray: int | None
    task: Task | None = None
    compartment: str = ""
    quantity: int = 0

    @property
    def mark(self) -> str:
        """What the light is for; another task in the same compartment needs other texts."""
        if self.task is None:
            return self.compartment
        return f"{self.compartment}|{self.task.order}|{self.task.line}|{self.task.number}"


def wanted(state: StationState) -> Want | None:
    """What the work in hand wants at the bay; None when it does not matter."""
    if state.person is None:
        return None
    if isinstance(state.page, NOTHING_WANTED):
        return None
    if isinstance(state.page, CalibrationPage):
        step = state.page.flow.step
        return Want(step.tray) if isinstance(step, Coming) else None
    if isinstance(state.page, DevicesPage):
        return _wanted_by_hand(state.page)
    if state.undo is not None and state.undo.is_asking:
        return _wanted_back(state, state.undo)
    if state.round is not None:
        return _wanted_by(state, state.round)
    if state.call is not None and not isinstance(state.call.step, AskTray):
        leaves = isinstance(state.call.step, Leaving)
        return Want(None) if leaves else Want(state.call.tray, None, state.call.selected)
    return Want(None) if state.is_leaving and not _stays_for_load(state.undo) else None


def _stays_for_load(undo: Undo | None) -> bool:
    """A load is all that is done at its tray. While it can be taken back the tray stays, unless other work wants the machine."""
    return undo is not None and undo.made.task.load is not None and isinstance(undo.step, Writing | Open)


def _wanted_by_hand(page: DevicesPage) -> Want | None:
    """The machine panel suspends all other work; it wants one command at a time, after the opening was said to be clear."""
    if page.hand is None or not page.hand.is_sent:
        return None
    return Want(page.hand.tray if page.hand.verb is Verb.FETCH else None)


def _wanted_back(state: StationState, undo: Undo) -> Want | None:
    """While goods are laid back the light shows where, and nothing else moves."""
    place = undo.made.place
    if place.machine in state.rules.zones:
        return None
    return Want(place.tray, None, place.compartment) if state.custody.tray_here == place.tray else None


def _wanted_by(state: StationState, work: Round) -> Want | None:
    """The task in hand wants its tray as soon as its book, and with it the tray's picture, has been read. One at a place without
    a lift wants nothing: the lift and its tray stay as they are."""
    if work.current is None or work.is_searching:
        return None
    task = work.current.task
    if task.place.machine in state.rules.zones:
        return None
    if isinstance(work.current.step, AskOffer):  # nothing is lit, and nothing moves, for what is only offered
        return Want(task.place.tray)
    return Want(task.place.tray, task, task.place.compartment, task_flow.offered(work.current))


def steer(state: StationState, now: Now) -> tuple[StationState, tuple[Effect, ...]]:
    """Send the next command if one is wanted and may be sent."""
    return (state, ()) if state.is_stopping else send(state, wanted(state), now)


def send(state: StationState, want: Want | None, now: Now) -> tuple[StationState, tuple[Effect, ...]]:
    """The next command on the way to what is wanted, if it may be sent."""
    verb = _next_verb(state.custody, want) if want is not None else None
    if want is None or verb is None or (verb is Verb.FETCH and why_not_called(state, want.tray)):
        return state, ()
    tray = want.tray
    if verb is Verb.STORE and isinstance(state.custody.where, Here):
        tray = state.custody.where.tray
    if tray is None:
        return state, ()
    custody = begin(state.custody, verb, tray, want.mark, now.mono_s)
    move = _move(state, custody.last_command, verb, tray, want)
    ready = move.next_tray if verb is Verb.FETCH else state.made_ready
    return replace(state, custody=custody, made_ready=ready), (move,)


def _next_verb(custody: Custody, want: Want) -> Verb | None:
    if custody.needs_touch or interlocks.may_move(custody):
        return None
    match custody.where:
        case Empty() if want.tray is not None:
            return Verb.FETCH
        case Here(tray=tray) if tray != want.tray:
            return Verb.STORE
        case Here() if not custody.is_proven:
            return Verb.POINT
        case Here() if want.compartment and want.mark not in (custody.lit, custody.unlit):
            return Verb.POINT
        case _:
            return None


def out_of_service(state: StationState) -> Message | None:
    """Why the tray that the work wants is not called."""
    want = wanted(state)
    is_away = want is not None and want.tray is not None and state.custody.tray_here != want.tray
    return why_not_called(state, want.tray) if is_away and want is not None else None


def awaits_touch(state: StationState) -> bool:
    """Whether the work in hand wants something of the machine that only a touch may begin."""
    return _awaited(state) is not None and not _is_light_alone(state) and out_of_service(state) is None


def _awaited(state: StationState) -> Verb | None:
    """The command that a touch would let go."""
    want = wanted(state)
    if want is None or not state.custody.needs_touch:
        return None
    return _next_verb(replace(state.custody, needs_touch=False), want)


def _is_light_alone(state: StationState) -> bool:
    """Whether all that waits for a touch is the light at a tray which the machine's status has named: work needs no light. A stop
    that is unclear needs a command: only that ends it."""
    custody = state.custody
    return not custody.safety_code and custody.reports_tray and custody.is_proven and _awaited(state) is Verb.POINT


def is_unlit(state: StationState) -> bool:
    """Whether no pointer shows the compartment that is worked at: the person has to find it by the map."""
    want = wanted(state)
    is_refused = want is not None and bool(want.compartment) and want.mark == state.custody.unlit
    return is_refused or _is_light_alone(state)


def may_light_again(state: StationState) -> bool:
    """Whether the pointer was refused, or waits for a touch; a machine that has none is not asked again."""
    return (is_unlit(state) and bool(state.custody.refused_code)) or _is_light_alone(state)


def _move(state: StationState, command: int, verb: Verb, tray: int, want: Want) -> Move:
    person = state.person
    operator, role = (person.person, str(person.role)) if person else ("", "")
    if verb is Verb.STORE:
        return Move(command=command, operator=operator, role=role, verb=verb, tray=tray)
    return Move(
        command=command,
        operator=operator,
        role=role,
        verb=verb,
        tray=tray,
        next_tray=_next_tray(state) if verb is Verb.FETCH else None,
        compartment=want.compartment,
        point=place_of(state, tray, want.compartment),
        purpose=_purpose(want.task),
        texts=texts_of(want.task, want.quantity),
    )


def _next_tray(state: StationState) -> int | None:
    """The wish for the round's next tray, which goes with a fetch for the same round and with nothing else: it has no motion and
    no end of its own. Another plan later is another fetch; what was made ready in vain is the machine's to put away."""
    if not state.rules.may_prefetch or state.round is None or state.page is not None or state.beside:
        return None  # of lifts side by side the others are the second position
    tray = next_tray(state.round)
    return None if tray is None or tray in state.trays_out or access.lock_of(state, tray) else tray


def place_of(state: StationState, tray: int, compartment: str) -> PointAt | None:
    """The compartment's centre, when the store's picture of this tray is at hand."""
    pictures = [state.picture.tray] if state.picture else []
    pictures += [state.call.picture] if state.call and state.call.picture else []
    for picture in pictures:
        is_meant = (picture.machine, picture.number) == (state.custody.machine, tray)
        found = picture.compartment(compartment) if is_meant else None
        if found is not None:
            return PointAt(*found.centre_mm)
    return None


def _purpose(task: Task | None) -> Purpose:
    return Purpose(task.mode.value) if task else Purpose.PICK


def texts_of(task: Task | None, offered: int) -> BayTexts:
    """Data only, in no language: quantity with unit, order, item code and name. A blind count shows no quantity."""
    if task is None:
        return BayTexts()
    quantity = "" if task.mode is Mode.COUNT else f"{to_text(offered, task.item.decimals)} {task.item.unit}"
    return BayTexts(quantity=quantity, order="" if task.shares else task.order, part=task.item.code, description=task.item.name)
