"""The whole station as one pure function: `advance(state, input, now) -> (state, effects)`.

Every input goes to the part that knows about it; then the machine is steered; then the token tells whether the screen now means
something else. No I/O, no clock: `station.runner` brings both.
"""

from __future__ import annotations

from dataclasses import replace

from hardware.values import (
    DisplayLink,
    LightLink,
    ScaleLink,
    ScaleRead,
    ScannerLink,
    ToteKey,
    ToteLampsFailed,
)
from station import commands as do
from station.audit.history import Exported, GoodsFound, LongTold, PastRead, Proven, TraceRead, TraysFound
from station.core import (
    calibration_page,
    calling,
    darkness,
    desk_page,
    devices_page,
    held_page,
    history_page,
    jit_page,
    late_page,
    lifts,
    line_clock,
    loads_page,
    lots_page,
    machine,
    order_page,
    orders_told,
    other_page,
    outages_page,
    page,
    people,
    people_page,
    privileged,
    pull_page,
    receipts_page,
    replay_page,
    scans,
    search_page,
    storage_page,
    sync_page,
    teach_page,
    tray_choice,
    undo,
    walking,
    wear_page,
    weighing,
    work,
)
from station.core.effects import Effect, ReadOrders
from station.core.inputs import (
    BufferTold,
    CalibrationKept,
    CardTold,
    CountOrdered,
    Declared,
    DeskRead,
    DeviceInput,
    DevicesRead,
    Elapsed,
    FormKept,
    FramesExported,
    FromLift,
    Given,
    GoodsRead,
    HeldLotsRead,
    HeldSettled,
    Input,
    LampsTried,
    LightRefused,
    LoadPlaced,
    LoadRead,
    LoadsRead,
    MachineInput,
    MotionNotWritten,
    MotionOver,
    Now,
    OrderChanged,
    OrderRead,
    OrdersRead,
    OutageWorkRead,
    PageInput,
    PageRead,
    PeopleInput,
    PictureRead,
    PieceWeightRead,
    PrintersTold,
    PullRead,
    PutAwayPlaced,
    ReceiptsRead,
    ReplayEnded,
    ReplayTold,
    Scanned,
    SignalTold,
    SiteChanged,
    StationInput,
    StationStopping,
    StatusAnswered,
    StatusTold,
    StoreAlarmed,
    StoreChanged,
    SyncInput,
    TellingsShown,
    Ticked,
    TraysPlanned,
    WearRead,
    WeightNotKept,
    WorkAllocated,
    WorkInput,
)
from station.core.signature import signature
from station.core.state import LightState, StationState
from station.core.steer_beside import steer_beside
from station.core.steering import steer
from station.custody import NotKnown
from station.desk.values import CasesRead, CountsRead, HealthRead, SheetExported, SheetRead, StepsRead
from station.faces.messages_face import heard
from station.flows.divide import Divided
from station.flows.late_draft import LateEntered, LateRead
from station.flows.other_work import JobChecked, LookedInto, PlaceChecked, PlacesFound
from station.flows.receipt_state import OffersFound, PhotoFound, PhotoKept, ReceiptBooked
from station.flows.round_event import BookRead, HomesFound, OfferFound, StoreBack
from station.flows.search import FoundFor, LookedAt, LookedThrough, LookedUp
from station.flows.session import BadgeFound, PinChecked
from station.flows.tray_call import ItemsFound, TrayRead
from station.flows.turn import Booked, BookingFailed, CodeChecked, LotsFound, LotStockFound, ScanNamed
from station.flows.undo import Undoing
from station.staff.page import PeopleRead, PersonChanged, PersonFound
from station.storage.page import BuilderRead, FitFound, LayoutTold, LikeRead, MovesTold, StorageRead, UsesRead
from station.view.message import Level, Message
from station.view.status import Light

CoreTurn = tuple[StationState, tuple[Effect, ...]]


def advance(state: StationState, happened: Input, now: Now) -> CoreTurn:
    """The next state and what the world is asked to do."""
    if isinstance(happened, FromLift):
        return _from_lift(state, happened, now)
    if darkness.is_deaf(state, happened):
        return state, ()
    after, effects = _dispatch(state, happened, now)
    return _followed(state, after, lifts.stamped(state, effects), happened, now)


def _from_lift(state: StationState, told: FromLift, now: Now) -> CoreTurn:
    """What the lift says that is worked at is what a machine says; another one's word goes to its own custody, and to the work it
    is nothing but time."""
    here = state.custody.opening
    if told.opening == here or not state.beside:
        return advance(state, told.happened, now)
    there = lifts.turned_to(state, told.opening)
    after, effects = _beside(there, told.happened, now)
    return _followed(state, lifts.back_at(state, after, here), lifts.stamped(after, effects), Elapsed(), now)


def _beside(state: StationState, happened: MachineInput, now: Now) -> CoreTurn:
    """No command by hand goes to a lift that is not worked at: the machine panel waits for the end of none."""
    match happened:
        case MotionOver():
            return machine.over(state, happened, now)
        case MotionNotWritten():
            return machine.not_written(state, happened)
        case StatusTold():
            return machine.status_told(state, happened)
        case _:
            return machine.told(state, happened, now)


def _followed(state: StationState, after: StationState, effects: tuple[Effect, ...], happened: Input, now: Now) -> CoreTurn:
    """What follows from a step, whatever it was."""
    is_ignored = isinstance(happened, Given | Scanned) and after is state  # an older screen's touch does nothing, not even that
    after = after if is_ignored else undo.look(undo.follow(state, after, happened, effects, now), now)
    if darkness.holds(state, after):
        after, effects = replace(state, going=happened), ()
    after = walking.follow(after, happened)
    if not is_ignored:
        after, effects = tray_choice.follow(state, after, effects, now)
    after, taught = calibration_page.watched(after)
    after = lifts.follow(state, after)
    after, asks = machine.ask(after)
    after, moves = darkness.go_dark(after, now) if darkness.is_due(after, happened) else steer(after, now)
    asks, moves = lifts.stamped(after, asks), lifts.stamped(after, moves)
    after, beside = steer_beside(after, now)
    after, left = _gone(after, now)
    after = after if is_ignored else undo.look(after, now)  # once more: its tray may just have been sent away
    after, weighs = weighing.follow(after)
    after = devices_page.settled(lifts.turned_to(state, after.custody.opening), after)
    if not is_ignored:
        after, effects = line_clock.follow(state, after, effects, now)
    after = after if after is state else heard(_with_token(state, after), now)
    return after, (*effects, *taught, *asks, *moves, *beside, *left, *weighs)


def _gone(state: StationState, now: Now) -> CoreTurn:
    """The light is out: what waited for it happens now."""
    if state.going is None or not darkness.is_over(state):
        return state, ()
    return _dispatch(replace(state, going=None), state.going, now)


def _dispatch(state: StationState, happened: Input, now: Now) -> CoreTurn:
    if isinstance(happened, FromLift):
        return _machine(state, happened.happened, now)
    if isinstance(happened, Given | Scanned):
        return _person(state, happened, now)
    if isinstance(happened, MachineInput):
        return _machine(state, happened, now)
    if isinstance(happened, ToteKey):
        return scans.tote_key(state, happened.position)
    if isinstance(happened, DeviceInput):
        return _device(state, happened), ()
    if isinstance(happened, PinChecked | BadgeFound) and state.held_back is not None and privileged.awaits(state, happened):
        return privileged.checked(state, state.held_back, happened, now)
    if isinstance(happened, PeopleInput):
        return people.happened(state, happened, now)
    if isinstance(happened, WorkInput):
        return _work(state, happened, now)
    if isinstance(happened, SyncInput):
        return sync_page.happened(state, happened)
    if isinstance(happened, PageInput):
        return _page(state, happened, now)
    return _station(state, happened)


def _person(state: StationState, happened: Given | Scanned, now: Now) -> CoreTurn:
    match happened:
        case Given(command=do.ScanUnclear()):
            return scans.unclear(state)
        case Given(command):
            return privileged.given(state, command, now)
        case Scanned(text=text):
            printed = scans.printed_command(state, text)
            if state.held_back is not None and state.person is not None:
                return privileged.badge_shown(state, state.held_back, text, now)
            return privileged.given(state, printed, now) if printed else scans.scanned(state, happened, now)


def _machine(state: StationState, happened: MachineInput, now: Now) -> CoreTurn:
    match happened:
        case MotionOver():
            after, effects = machine.over(state, happened, now)
            motion = state.custody.motion
            return devices_page.ended(after, happened, motion.verb if motion is not None else None, now), effects
        case MotionNotWritten(code=code):
            after, effects = machine.not_written(state, happened)
            return devices_page.not_written(after, code, now), effects
        case StatusTold():
            return machine.status_told(state, happened)
        case _:
            return machine.told(state, happened, now)


def _work(state: StationState, happened: WorkInput, now: Now) -> CoreTurn:
    match happened:
        case Booked() | BookingFailed() if state.undo is not None and isinstance(state.undo.step, Undoing):
            return undo.answered(state, state.undo, happened, now)
        case Booked() | BookingFailed() | BookRead() | HomesFound() | OfferFound() | LotsFound() | LotStockFound():
            return work.round_event(state, happened)
        case ScanNamed():
            return scans.named(state, happened)
        case CodeChecked():
            return scans.checked(state, happened)
        case TrayRead() | ItemsFound():
            return calling.call_event(state, happened)
        case OrdersRead():
            return orders_told.orders_read(state, happened)
        case WorkAllocated():
            return work.allocated(state, happened)
        case PictureRead():
            return calibration_page.picture_read(*work.picture_read(state, happened), happened)
        case PieceWeightRead():
            return weighing.weight_read(state, happened), ()
        case TraysPlanned():
            return tray_choice.planned(state, happened), ()
        case WeightNotKept():
            return weighing.not_kept(state, happened), ()


def _page(state: StationState, happened: PageInput, now: Now) -> CoreTurn:
    match happened:
        case PageRead():
            return page.read(state, happened)
        case DevicesRead():
            return devices_page.read(state, happened)
        case StatusAnswered():
            return devices_page.status_answered(state, happened, now)
        case FramesExported():
            return devices_page.exported(state, happened)
        case LampsTried():
            return devices_page.lamps_tried(state), ()
        case OutageWorkRead():
            return outages_page.work_read(state, happened)
        case ReplayTold():
            return replay_page.told(state, happened)
        case ReplayEnded():
            return replay_page.ended(state, happened)
        case WearRead():
            return wear_page.read(state, happened), ()
        case FormKept():
            return teach_page.kept(state, happened)
        case CalibrationKept():
            return calibration_page.kept(state, happened)
        case LateRead():
            return late_page.read(state, happened)
        case LateEntered():
            return late_page.entered(state, happened)
        case HeldSettled():
            return held_page.settled(state, happened)
        case CountOrdered():
            return desk_page.count_ordered(state, happened)
        case OrderRead():
            return order_page.read(state, happened)
        case OrderChanged():
            return order_page.changed(state, happened, now)
        case DeskRead():
            return jit_page.read(state, happened), ()
        case BufferTold():
            return jit_page.told(state, happened)
        case UsesRead() | BuilderRead() | LikeRead() | FitFound() | StorageRead() | MovesTold() | LayoutTold():
            return storage_page.answered(state, happened)
        case PullRead():
            return pull_page.read(state, happened), ()
        case CardTold():
            return pull_page.card_told(state, happened)
        case SignalTold():
            return pull_page.signal_told(state, happened)
        case LoadsRead():
            return loads_page.loads_read(state, happened)
        case LoadRead():
            return loads_page.load_read(state, happened)
        case LoadPlaced():
            return loads_page.placed(state, happened)
        case ReceiptsRead():
            return receipts_page.receipts_read(state, happened)
        case GoodsRead():
            return receipts_page.goods_read(state, happened, now)
        case Divided():
            return calling.divided(state, happened)
        case HeldLotsRead():
            return lots_page.lots_read(state, happened), ()
        case PutAwayPlaced():
            return receipts_page.placed(state, happened)
        case OffersFound() | PhotoFound() | PhotoKept() | ReceiptBooked():
            return receipts_page.happened(state, happened, now)
        case FoundFor() | LookedUp() | LookedAt() | LookedThrough():
            return search_page.answered(state, happened)
        case LookedInto() | PlacesFound() | PlaceChecked() | JobChecked():
            return other_page.answered(state, happened, now)
        case PastRead() | TraceRead() | TraysFound() | GoodsFound() | LongTold() | Proven() | Exported():
            return history_page.answered(state, happened)
        case PeopleRead() | PersonFound() | PersonChanged():
            return people_page.answered(state, happened)
        case CasesRead() | StepsRead() | HealthRead() | SheetRead() | SheetExported() | CountsRead():
            return desk_page.answered(state, happened)
        case Declared():
            state, effects = wear_page.declared(state, happened)
            state, more = history_page.declared(state, happened)
            state, others = people_page.declared(state, happened)
            state, last = desk_page.declared(state, happened)
            return state, (*effects, *more, *others, *last)


def _station(state: StationState, happened: StationInput) -> CoreTurn:
    match happened:
        case Elapsed():
            return state, ()
        case StationStopping():
            return replace(state, is_stopping=True), ()
        case StoreChanged(code):
            state = replace(state, store_code=code)
            return (state, ()) if code else work.round_event(state, StoreBack())
        case StoreAlarmed(codes):
            return replace(state, store_alarms=codes), ()
        case TellingsShown(topics):
            return replace(state, told_topics=topics), ()
        case PrintersTold(printers):
            return replace(state, printers=printers), ()
        case SiteChanged() | Ticked():
            is_free = (state.round is None and state.call is None) or isinstance(state.custody.where, NotKnown)
            shows_list = state.person is not None and is_free  # which trays there are is asked of it too
            if isinstance(happened, SiteChanged):
                asked: tuple[Effect, ...] = people.read_person(state.session)
                stale = (wear_page.stale, order_page.stale, lots_page.stale, pull_page.stale, search_page.stale)
                pages = tuple(effect for ask in (*stale, people_page.stale) for effect in ask(state))
                return state, (*asked, *pages, ReadOrders()) if state.person is not None else asked
            return state, (ReadOrders(),) if shows_list else ()


def _device(state: StationState, happened: DeviceInput) -> StationState:
    match happened:
        case ScannerLink(source=source, is_up=is_up):
            scanners = {**state.scanners, source: is_up}
            was_up, is_up = any(state.scanners.values()), any(scanners.values())
            return _linked("scanner_down", replace(state, scanners=scanners), was_up=was_up, is_up=is_up)
        case DisplayLink(is_up=is_up):
            light, was_up = Light.GOOD if is_up else Light.BAD, state.display is Light.GOOD
            return _linked("display_down", replace(state, display=light), was_up=was_up, is_up=is_up)
        case LightLink() | LightRefused():
            return _light(state, happened)
        case ScaleRead() | ScaleLink():
            return _scale(state, happened)
        case ToteLampsFailed(positions):
            return replace(state, failed_lamps=positions)
        case ToteKey():
            return state


def _light(state: StationState, happened: LightLink | LightRefused) -> StationState:
    """A light of its own failed or works again; the work goes on by the map. What it refused before its line was lost is not
    known of the new one."""
    before = state.lights.get(happened.light, LightState())
    match happened:
        case LightLink(is_up=is_up, code=code):
            after, why = LightState(is_up, code), f"{happened.light}_down"
        case LightRefused(code=code):
            is_up, after, why = not code, replace(before, refused=code), f"{happened.light}_unlit"
    told = replace(state, lights={**state.lights, happened.light: after})
    was_up = before.is_up if isinstance(happened, LightLink) else not before.refused
    return _linked(why, told, was_up=was_up, is_up=is_up)


def _scale(state: StationState, happened: ScaleRead | ScaleLink) -> StationState:
    was_up = state.scale is not None and state.scale.is_up
    told = weighing.told(state, happened)
    return _linked("scale_down", told, was_up=was_up, is_up=told.scale is not None and told.scale.is_up)


def _linked(code: str, state: StationState, *, was_up: bool, is_up: bool) -> StationState:
    """A device that fails while somebody works is said once; its light stays. Back again, it is said no more."""
    if was_up and not is_up and state.person is not None:
        return state.said(Message(code, Level.ACT))
    is_over = is_up and state.bar is not None and state.bar.code == code
    return replace(state, bar=None) if is_over else state


def _with_token(before: StationState, after: StationState) -> StationState:
    """A new token when the screen means something else; what was said belongs to the screen it was said on."""
    if signature(before) == signature(after):
        return after
    bar = after.bar if after.bar is not before.bar else None
    return replace(after, token=before.token + 1, bar=bar)
