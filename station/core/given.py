"""What a command means here and now: who may give it, on which screen, and which flow gets it."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station import interlocks
from station.core import (
    access,
    at_place,
    calibration_page,
    calling,
    desk_page,
    devices_page,
    go_live,
    held_page,
    history_page,
    jit_page,
    late_page,
    loads_page,
    lots_page,
    machine,
    order_page,
    other_page,
    outages_page,
    page,
    people,
    people_page,
    places_page,
    printers_page,
    pull_page,
    receipts_page,
    replay_page,
    search_page,
    service,
    storage_page,
    sync_page,
    teach_page,
    undo,
    walking,
    wear_page,
    weighing,
    work,
)
from station.core.effects import Effect
from station.core.given_booking import is_booking as is_booking
from station.core.inputs import Now
from station.core.late_rights import may_enter_late
from station.core.leaving import left
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
    Page,
    PeoplePage,
    PlacesPage,
    PrintersPage,
    PullPage,
    ReceiptsPage,
    ReplayPage,
    SearchPage,
    StationState,
    StoragePage,
    TeachPage,
    TrayPage,
    WearPage,
)
from station.custody import NotKnown
from station.flows import tote_pick
from station.flows.count import AskOffer
from station.flows.round_state import GapAsked
from station.flows.sequence_gap import GO_THERE
from station.flows.sign_on import Active
from station.flows.turn import TaskState, Working
from station.flows.zero_check import AskEmpty
from station.staff.page import At
from station.values import Role

GivenTurn = tuple[StationState, tuple[Effect, ...]]

SIGN_ON_COMMANDS = (do.EnterPin, do.CancelSignOn, do.AnswerHandOver)
NO_FETCH = (
    DevicesPage,
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
    PeoplePage,
    DeskPage,
    StoragePage,
)
MACHINE_FREE = (do.Back, do.LeaveWork)  # what may be done in a task without the tray


def is_stale(state: StationState, command: do.Command) -> bool:
    """Whether the command belongs to a screen that is no longer there."""
    token = getattr(command, "token", None)
    return token is not None and token != state.token


def given(state: StationState, command: do.Command, now: Now) -> GivenTurn:
    """Act on a command, or ignore it when it means nothing here."""
    if is_stale(state, command):
        return state, ()
    if isinstance(command, do.SyncCommand):  # it is about nothing that the screen behind the page shows
        return sync_page.command(state, command)
    state = replace(state, input_token=state.token)
    if isinstance(command, do.AnswerHandOver) and is_booking(state):
        return state, ()
    if isinstance(command, SIGN_ON_COMMANDS) or not isinstance(state.session, Active):
        return people.happened(state, command, now)
    if isinstance(command, do.LockScreen):
        return people.happened(state, command, now)
    if isinstance(command, do.SignOff):
        return _sign_off(state, command, now)
    if _tells_tray(state, command):
        return machine.tray_told(state, _tray_of(command), "typed")
    if isinstance(command, do.FetchAgain) and not isinstance(state.page, NO_FETCH):
        return machine.touched(state), ()
    if isinstance(command, do.ServiceCommand):
        return service.declared(state, command)
    if isinstance(state.page, ReceiptsPage | None) and (undone := undo.command(state, command, now)) is not None:
        return undone
    if state.page is not None:
        return _on_page(state, state.page, command, now)
    weighed = weighing.command(state, command)
    return _at_work(state, command, now) if weighed is None else weighed


def _on_page(state: StationState, shown: Page, command: do.Command, now: Now) -> GivenTurn:
    match shown:
        case TrayPage() if isinstance(command, do.AskTakeOut | do.AskReturn):
            return outages_page.asked_of_tray(state, shown, command)
        case TrayPage() if isinstance(command, do.AskMarkTray):
            return late_page.asked_of_tray(state, shown)
        case TrayPage() if isinstance(command, do.OrderTrayCount | do.OrderItemCount):
            return page.ordered_count(state, shown, command)
        case TrayPage():
            return page.command(state, shown, command)
        case DevicesPage():
            return _on_panel(state, shown, command)
        case OutagesPage():
            return outages_page.command(state, shown, command)
        case LatePage():
            return late_page.command(state, shown, command, now)
        case HeldPage():
            return held_page.command(state, shown, command, now)
        case OrdersPage():
            return order_page.command(state, shown, command)
        case LoadsPage():
            return loads_page.command(state, shown, command, now)
        case PlacesPage():
            return places_page.command(state, shown, command, now)
        case LotsPage():
            return lots_page.command(state, shown, command)
        case ReceiptsPage():
            return receipts_page.command(state, shown, command, now)
        case PullPage():
            return pull_page.command(state, shown, command, now)
        case SearchPage():
            return search_page.command(state, shown, command)
        case JitPage():
            return jit_page.command(state, shown, command)
        case ReplayPage():
            return replay_page.command(state, shown, command)
        case OtherPage():
            return other_page.command(state, shown, command, now)
        case DeskPage():
            return desk_page.command(state, shown, command)
        case StoragePage():
            return storage_page.command(state, shown, command)
        case HistoryPage():
            return history_page.command(state, shown, command)
        case PeoplePage():
            return people_page.command(state, shown, command)
        case TeachPage():
            return teach_page.command(state, shown, command)
        case PrintersPage():
            return printers_page.command(state, shown, command, now)
        case WearPage():
            return wear_page.command(state, shown, command, now)
        case CalibrationPage():
            return calibration_page.command(state, shown, command)


def _on_panel(state: StationState, shown: DevicesPage, command: do.Command) -> GivenTurn:
    """The pages of maintenance are opened from the machine panel."""
    match command:
        case do.OpenOutages() if shown.hand is None:
            return outages_page.opened(state, shown)
        case do.OpenPrinters() if shown.hand is None:
            return printers_page.opened(state, shown)
        case do.OpenTeach():
            return teach_page.opened(state, shown)
        case do.OpenWear():
            return wear_page.opened(state, shown)
        case do.OpenCalibration():
            return calibration_page.opened(state, shown)
        case _:
            return devices_page.command(state, shown, command)


def _tells_tray(state: StationState, command: do.Command) -> bool:
    """A number answers "which tray is here?" only where that question is shown: never behind a page or a lost line."""
    custody = state.custody
    if not isinstance(custody.where, NotKnown) or custody.is_checking or state.page is not None:
        return False
    if at_place.place_in_hand(state) is not None:
        return False
    return isinstance(command, do.TellTray) or (isinstance(command, do.EnterNumber) and state.custody.is_linked)


def _tray_of(command: do.Command) -> int | None:
    told = command.tray if isinstance(command, do.TellTray) else None
    return command.number if isinstance(command, do.EnterNumber) else told


def _sign_off(state: StationState, command: do.Command, now: Now) -> GivenTurn:
    """Signing off is for the work list: open work is left first, so that nobody loses it."""
    if state.round is not None or state.call is not None or state.starting is not None or state.is_resuming:
        return state, ()
    return people.happened(left(state), command, now)


def _at_work(state: StationState, command: do.Command, now: Now) -> GivenTurn:
    match command:
        case do.OpenTrayPage(tray=tray):
            return page.opened(state, tray)
        case do.OpenDevices():
            return devices_page.opened(state)
        case do.OpenOutages():
            return outages_page.opened(state, None)
        case do.FetchUnreleased() if state.round is None and state.call is None:
            return go_live.fetch(state)
        case do.OpenPrinters():
            return printers_page.opened(state, None)
        case do.OpenLate():
            return late_page.opened(state)
        case do.OpenHeld():
            return held_page.opened(state)
        case do.OpenOrder(order=order):
            return order_page.opened(state, order)
        case do.OpenLoads() if state.round is None and state.call is None:
            return loads_page.opened(state)
        case do.OpenPlaces() if state.round is None and state.call is None:
            return places_page.opened(state)
        case do.OpenLots() if state.round is None and state.call is None:
            return lots_page.opened(state)
        case do.OpenReceipts() if state.round is None and state.call is None:
            return receipts_page.opened(state)
        case do.OpenPull() if state.round is None and state.call is None:
            return pull_page.opened(state)
        case do.OpenSearch() if state.round is None and state.call is None:
            return search_page.opened(state)
        case do.OpenDesk(show=show) if state.round is None and state.call is None:
            return desk_page.opened(state, show)
        case do.OpenHistory() if state.round is None and state.call is None:
            return history_page.opened(state)
        case do.OpenPeople() if state.round is None and state.call is None:
            return people_page.opened(state)
        case do.OpenApprovals() if state.round is None and state.call is None:
            return people_page.opened(state, At.APPROVALS)
        case do.OpenOther() if state.round is None and state.call is None:
            return other_page.opened(state)
        case do.OpenJit() if state.round is None and state.call is None:
            return jit_page.opened(state)
        case do.OpenStorage() if state.round is None and state.call is None:
            return storage_page.opened(state)
        case do.OpenReplay() if state.round is None and state.call is None:
            return replay_page.opened(state)
        case do.LeaveWork() if state.round is not None:
            return _leave(state, command)
        case _ if state.round is not None:
            return _on_task(state, command, now)
        case _ if state.call is not None:
            return _on_call(state, command)
        case do.StartOrders(orders=orders):
            return work.start(state, orders, now)
        case do.Choose(key=key) if state.ask_short:
            return work.report_short(state, key, now)
        case do.Back() if state.ask_short:
            return work.report_short(state, "", now)
        case do.CallTrayPage():
            return calling.call(state, None)
        case do.CallTray(tray=tray):
            return calling.call(state, tray)
        case do.SendBack():
            return replace(machine.touched(state), is_leaving=True), ()
        case _:
            return state, ()


def _leave(state: StationState, command: do.LeaveWork) -> GivenTurn:
    """Not while a booking is on its way: its end decides what the record says. What is in the hand goes back first, where its
    tray is here for it."""
    if state.round is None or is_booking(state):
        return state, ()
    current = state.round.current
    if current is not None and tote_pick.in_hand(current) and not _keeps_hand(state, current):
        return work.round_event(state, command)
    return work.leave(state)


def _keeps_hand(state: StationState, current: TaskState) -> str:
    """Why what is in the hand cannot be put back now. Nothing is booked by it: it takes no store."""
    task = current.task
    away = interlocks.may_work(state.custody, task.place.tray)
    return away or ("no_access" if access.lock_of(state, task.place.tray) is not None else "")


def _on_task(state: StationState, command: do.Command, now: Now) -> GivenTurn:
    """A task is worked only with its tray at the bay, a machine that answers, and a store that takes bookings."""
    current = state.round.current if state.round else None
    if state.round is not None and current is not None and state.round.is_putting_back:
        return _on_put_back(state, current, command)
    if state.round is not None and state.round.binding is not None:
        return (state, ()) if state.store_code else work.round_event(state, command)
    if state.round is not None and state.round.gap is not None:
        return (state, ()) if state.store_code else _on_gap(state, state.round.gap, command, now)
    if current is None:
        return state, ()
    if (walked := walking.command(state, current, command)) is not None:
        return walked
    if refusal(state, current, command):
        return state, ()
    return work.round_event(state, command)


def _on_gap(state: StationState, gap: GapAsked, command: do.Command, now: Now) -> GivenTurn:
    """An empty position: it is released, or its part is fetched where it lies."""
    is_go = isinstance(command, do.Choose) and command.key == GO_THERE and not gap.is_booking
    if is_go and gap.where is not None:
        return work.go_there(state, gap.where, now)
    return work.round_event(state, command)


def _on_put_back(state: StationState, current: TaskState, command: do.Command) -> GivenTurn:
    """Once the goods lie in their compartment again the work is left."""
    if not isinstance(command, do.Back) and _keeps_hand(state, current):
        return state, ()
    state, effects = work.round_event(state, command)
    current_now = state.round.current if state.round else None
    if current_now is None or not tote_pick.lies_back(current_now):
        return state, effects
    state, more = work.leave(state)
    return state, (*effects, *more)


def refusal(state: StationState, current: TaskState, command: do.Command) -> str:
    """The code of why this command may not be given to the task now, "" when it may."""
    if isinstance(command, MACHINE_FREE):
        return ""
    if isinstance(command, do.Skip) and current.task.is_count_due and not may_enter_late(state):
        return "supervisor_puts_off"
    if isinstance(command, do.Skip) and isinstance(current.step, Working | AskOffer):
        return ""
    if isinstance(command, do.OtherLot) and not access.may_depart(state):
        return "no_right"
    place = current.task.place
    away = at_place.may_work(state, place)
    if isinstance(command, do.Skip) and isinstance(current.step, AskEmpty) and current.task.is_plain_count:
        return ""
    if at_place.lock_of(state, place) is not None:
        return away or "no_access"
    if isinstance(command, do.Skip) and isinstance(current.step, AskEmpty):
        return "" if away else "answer_question"  # while the tray is here it is looked into, not passed over
    return "store_read_only" if state.store_code else away


def _on_call(state: StationState, command: do.Command) -> GivenTurn:
    call = state.call
    if call is None:
        return state, ()
    if isinstance(command, do.Back | do.ClosePage) and call.tray is None:
        return calling.close_call(state)
    if isinstance(command, do.ReleaseTray):
        return go_live.release(state, command.token)
    if isinstance(command, do.DirectPick | do.DirectPut | do.CountHere | do.Divide | do.DivideHere):
        role = state.person.role if state.person else Role.OPERATOR
        is_refused = role not in state.rules.direct_work or state.store_code or access.lock_of(state, call.tray)
        if is_refused or interlocks.may_work(state.custody, call.tray or 0):
            return state, ()
    if isinstance(command, do.SendBack) and (state.store_code or interlocks.may_work(state.custody, call.tray or 0)):
        command = do.LeaveWork(command.token)  # what is due there cannot be counted now
    return calling.call_event(state, command)
