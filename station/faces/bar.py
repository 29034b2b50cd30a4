"""The one sentence in the message bar: what stops the work first, then what was said, then what to do next."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from station.core import at_place, go_live
from station.core.inputs import Now
from station.core.machine import REFUSALS
from station.core.privileged_acts import GAP_RELEASE, LOT_RELEASE
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
    WearPage,
)
from station.core.steering import awaits_touch, is_unlit, out_of_service
from station.custody import NotKnown, Verb, asks_for_tray, why_not_known
from station.faces.calibration_face import calibration_bar
from station.faces.desk_face import desk_bar
from station.faces.held_face import held_bar
from station.faces.history_face import history_bar
from station.faces.jit_face import jit_bar
from station.faces.late_face import late_bar
from station.faces.loads_face import loads_bar
from station.faces.lots_face import lots_bar
from station.faces.orders_face import orders_bar
from station.faces.other_face import other_bar
from station.faces.outages_face import outages_bar
from station.faces.people_face import emergency_message, people_bar
from station.faces.places_face import places_bar
from station.faces.printers_face import printer_message, printers_bar
from station.faces.pull_face import pull_bar
from station.faces.receipts_face import receipts_bar
from station.faces.replay_face import replay_bar
from station.faces.search_face import search_bar
from station.faces.stop_bar import (
    button,
    stop,
    store_stop,
    to_do,
    unheard,
)
from station.faces.storage_face import storage_bar
from station.faces.store_alarm import alarm_message
from station.faces.teach_face import teach_bar
from station.faces.undo_face import undo_message
from station.faces.waits import given_up_in_s, machine_wait, retry_in_s
from station.faces.wear_face import drift_message, due_message, wear_bar
from station.faces.work_face import where_text
from station.flows import count, identity, proof, put, task_flow, zero_check
from station.flows.blocked import PutBlockedBack
from station.flows.calibration import Coming
from station.flows.defect import Holding
from station.flows.divide import Dividing, Placing
from station.flows.open_pack import PutRestBack
from station.flows.pin_again import TWO_PERSON, Asking
from station.flows.round import Round
from station.flows.sign_on import Active, Gate, HandOver, Locked, SignedOut
from station.flows.tote_share import Distributing, PutBack
from station.flows.tray_call import AskQuantity, Looking
from station.flows.turn import Booking, TaskState, Working
from station.flows.unlock import CHOOSE
from station.flows.walk import Typing
from station.interlocks import may_work
from station.order_acts import Act
from station.outages import OPENING_CHECK
from station.piece_weight import LEAST_SAMPLE
from station.quantity import to_text
from station.rules.look_alike import LookAlike
from station.taken_seen import in_hand
from station.task import Mode, Task
from station.tracking import lacks
from station.values import ProofRule
from station.view.message import Level, Message
from station.zones import place_text

WAITING: Final = ("wrong_pin_wait", "too_early")  # they speak of a time, and go with it


def bar(state: StationState) -> Message:
    """What to show now. Stops come first; they stay until the machine itself ends them."""
    if state.going is not None:
        return Message("going_dark")
    on_foot = at_place.place_in_hand(state) is not None and state.page is None
    return (
        (store_stop(state) if on_foot else stop(state) or to_do(state) or unheard(state))
        or undo_message(state)
        or _said(state)
        or _not_known(state)
        or _standing(state)
    )


def _said(state: StationState) -> Message | None:
    """What was said last. A greeting gives way to whatever else is to be read: what is due, what a person is to do, what the
    machine does; and to a question by hand that was open when the screen was locked."""
    said = state.bar
    if said is not None and said.code in REFUSALS:
        return _refused(state, said)
    return None if said is not None and said.code == "signed_on" and _is_urgent(state) else said


def _is_urgent(state: StationState) -> bool:
    is_asked = isinstance(state.page, DevicesPage) and state.page.hand is not None
    standing = _not_known(state) or _standing(state)
    is_to_do = standing.level is not Level.NOTE or machine_wait(state) is not None
    return is_asked or is_to_do or _due(state) is not None


def _refused(state: StationState, said: Message) -> Message | None:
    """That the machine refused: it stands until a touch is taken or a motion begins, and names the button that tries again."""
    if state.custody.refused_code != said.error:
        return None
    return replace(said, code=f"motion_refused{button(state)}") if said.code == "motion_refused" else said


def counted(message: Message, state: StationState, now: Now) -> Message:
    """The same with the time that is left, where it runs out by itself."""
    left_s = given_up_in_s(state, now) if message.code == "line_back" else 0
    return replace(message, code="line_back_for", params={**message.params, "seconds": left_s}) if left_s else message


def in_time(state: StationState, now: Now) -> StationState:
    """The same with what was said as it is now: a wait for the next PIN counts down, and is not said beyond its end."""
    said = state.bar
    if said is None or said.code not in WAITING:
        return state
    if isinstance(state.session, SignedOut | Locked):
        left_s = retry_in_s(state.session.gate, now)
    elif state.held_back is not None:
        left_s = retry_in_s(state.held_back.asking, now)
    else:
        return state
    return replace(state, bar=replace(said, params={**said.params, "seconds": left_s}) if left_s else None)


def _not_known(state: StationState) -> Message | None:
    """Which tray is here? What was said of an answer to that goes before it."""
    custody = state.custody
    if not isinstance(state.session, Active) or not isinstance(custody.where, NotKnown) or state.page is not None:
        return None
    if custody.is_checking or at_place.place_in_hand(state) is not None:
        return None
    why = why_not_known(custody)
    return Message(f"tray_{why}", Level.ACT, {"tray": custody.where.tray or 0}, error=custody.refused_code or "L202")


def _at_gate(gate: Gate) -> Message:
    if gate.locked is not None and gate.candidate is None and gate.helper is None:
        return Message("locked", Level.ACT, error="S502")
    if gate.helper is not None:
        return Message("choose_unlock" if gate.step == CHOOSE else "enter_new_pin")
    if gate.candidate is not None and gate.step:
        return Message("choose_own_pin")
    return Message("enter_pin" if gate.candidate else "scan_badge")


def _pin_again(asking: Asking) -> Message:
    """Whose badge or PIN is awaited."""
    if asking.person is not None:
        return Message("enter_pin_again")
    if asking.act in (*map(str, Act), GAP_RELEASE, LOT_RELEASE):
        return Message("scan_supervisor")
    return Message("scan_second" if asking.act == TWO_PERSON else "scan_approver")


def _standing(state: StationState) -> Message:
    match state.session:
        case SignedOut(gate=gate) | Locked(gate=gate):
            return _at_gate(gate)
        case HandOver():
            return Message("hand_over_ask", Level.ACT)
        case _ if state.held_back is not None:
            return _pin_again(state.held_back.asking)
        case _:
            pass
    if isinstance(state.page, DevicesPage):
        return _devices(state, state.page)
    if isinstance(state.page, OutagesPage):
        return outages_bar(state, state.page)
    if isinstance(state.page, LatePage):
        return late_bar(state, state.page)
    if isinstance(state.page, HeldPage):
        return held_bar(state, state.page)
    if isinstance(state.page, OrdersPage):
        return orders_bar(state, state.page)
    if isinstance(state.page, LoadsPage):
        return loads_bar(state.page)
    if isinstance(state.page, PullPage):
        return pull_bar(state.page)
    if isinstance(state.page, StoragePage):
        return storage_bar(state.page)
    if isinstance(state.page, DeskPage):
        return desk_bar(state.page)
    if isinstance(state.page, HistoryPage):
        return history_bar(state.page)
    if isinstance(state.page, PeoplePage):
        return people_bar(state, state.page)
    if isinstance(state.page, SearchPage):
        return search_bar(state, state.page)
    if isinstance(state.page, OtherPage):
        return other_bar(state, state.page)
    if isinstance(state.page, PrintersPage):
        return printers_bar(state, state.page)
    if isinstance(state.page, PlacesPage):
        return places_bar(state, state.page)
    if isinstance(state.page, LotsPage):
        return lots_bar(state.page)
    if isinstance(state.page, ReceiptsPage):
        return receipts_bar(state.page, state.rules.quarantine)
    if isinstance(state.page, TeachPage):
        return teach_bar(state.page)
    if isinstance(state.page, JitPage):
        return jit_bar(state.page)
    if isinstance(state.page, ReplayPage):
        return replay_bar(state.page)
    if isinstance(state.page, WearPage):
        return wear_bar(state, state.page)
    if isinstance(state.page, CalibrationPage):
        return _calibration(state, state.page)
    if state.page is not None:
        return _tray_page(state, state.page.number)
    if state.round is not None and state.round.gap is not None:
        gap = state.round.gap
        about: dict[str, str | int] = {"rank": gap.rank, "ranks": gap.ranks, "item": gap.item, "order": gap.order}
        code, error = ("gap_order", "O472") if gap.is_of_other else ("gap", "O354")
        if gap.where is not None:
            code, error = "gap_places" if gap.is_on_foot else "gap_lift", "O509"
            about |= {"place": where_text(gap), "tray": gap.where.tray}
        return Message(code, Level.ACT, about, error=error)
    if state.round is not None and state.round.task is not None:
        return _task(state, state.round, state.round.task)
    if state.call is not None:
        return _call(state)
    return _list(state)


def _tray_page(state: StationState, tray: int | None) -> Message:
    if tray is None:
        return Message("which_tray")
    if tray in state.trays_out:
        return Message("tray_page_out", Level.ACT, {"tray": tray, "why": state.trays_out[tray]}, error="O317")
    if (due := state.counts_due.get(tray)) is not None:
        return Message("tray_page_count", Level.ACT, {"tray": tray, "reason": due.why}, error="O337")
    return Message("tray_page")


def _devices(state: StationState, page: DevicesPage) -> Message:
    """What the panel is for, what is asked, or what moves; before anything can be, which tray is here must be said elsewhere."""
    if page.hand is None and asks_for_tray(state.custody):
        return Message("panel_tray_not_known", Level.ACT, error=state.custody.refused_code or "L202")
    if page.hand is None:
        return _due(state) or Message("devices_page")
    if page.hand_is_sent:
        return Message("tray_coming" if page.hand.verb is Verb.FETCH else "tray_leaving", params={"tray": page.hand.tray or 0})
    return Message("which_tray" if page.hand.tray is None else "answer_clear", Level.NOTE)


def _calibration(state: StationState, page: CalibrationPage) -> Message:
    """What the machine does comes first while the tray is on its way."""
    step = page.flow.step
    if not isinstance(step, Coming):
        return calibration_bar(page)
    if awaits_touch(state):
        return _touch(state, step.tray)
    wait = machine_wait(state)
    return Message(wait.code if wait else "tray_waits", Level.NOTE, {"tray": (wait and wait.tray) or step.tray})


def _task(state: StationState, work: Round, task: Task) -> Message:
    current = work.current
    params: dict[str, str | int] = {
        "quantity": to_text(task_flow.offered(current) if current else task.quantity, task.item.decimals),
        "unit": task.item.unit,
        "compartment": task.place.compartment,
        "tray": task.place.tray,
        "item": task.item.code,
    }
    if work.binding is not None and not work.is_putting_back:
        return Message("bind_tote", Level.NOTE, {"order": work.binding.order, "position": work.binding.position})
    if at_place.is_zone(state, task.place):
        return _on_foot(state, work, task, params)
    wait = machine_wait(state)
    if wait is None and (refused := out_of_service(state)) is not None:
        return refused
    if awaits_touch(state):
        return _touch(state, task.place.tray)
    if may_work(state.custody, task.place.tray):
        return Message(
            wait.code if wait else "tray_waits", Level.NOTE, {**params, "tray": (wait and wait.tray) or task.place.tray}
        )
    if (locked := at_place.refused(state, task.place)) is not None:
        return locked
    if (waits := _waits(work)) is not None or current is None:
        return waits or Message("reading")
    return _at_place(state, current, task, params)


def _waits(work: Round) -> Message | None:
    """What is awaited of the store."""
    current = work.current
    if work.is_searching:
        return Message("searching")
    if current is None or isinstance(current.step, Booking):
        return Message("booking" if current or work.closing else "reading")
    return None


def _on_foot(state: StationState, work: Round, task: Task, params: dict[str, str | int]) -> Message:
    """No machine has a say: go there, scan its label, then the work as at a tray."""
    if (locked := at_place.refused(state, task.place)) is not None:
        return locked
    if (waits := _waits(work)) is not None or work.current is None:
        return waits or Message("reading")
    if at_place.may_work(state, task.place):
        code = "type_place" if isinstance(state.walk.step, Typing) else "go_to_place"
        return Message(code, Level.NOTE, {**params, "place": place_text(task.place)})
    return _at_place(state, work.current, task, params)


def _at_place(state: StationState, current: TaskState, task: Task, params: dict[str, str | int]) -> Message:
    """The tray is here and the book is read: what the person is to do."""
    if state.scale is not None and state.scale.is_learning:
        return _learning(task.item.code)
    if isinstance(current.step, Holding):
        return Message("reading")
    if isinstance(current.step, PutRestBack):
        return Message("put_rest_back", Level.NOTE, params)
    if isinstance(current.step, PutBlockedBack):
        said = {**params, "lot": task.key.lot, "item": task.item.code}
        return Message("lot_blocked" if task.key.lot else "item_blocked", Level.ACT, said, error="O540")
    if isinstance(current.step, PutBack):
        quantity = to_text(current.step.quantity, task.item.decimals)
        return Message("put_hand_back", Level.ACT, {**params, "quantity": quantity})
    if isinstance(current.step, Distributing):
        return Message("into_totes", Level.NOTE, params)
    if isinstance(current.step, count.AskOffer):
        return Message("count_offered", Level.NOTE, params)
    if not isinstance(current.step, Working | count.AskAgain):
        is_booked = isinstance(current.step, zero_check.AskEmpty | zero_check.AskLeft)
        looks = "count_look" if task.is_plain_count else "look_into"
        return Message(looks if is_booked else "answer_question", Level.NOTE, params)
    if current.is_locked:
        return Message("wrong_scan", Level.ACT, params, error="O301")
    if is_unlit(state) and not at_place.is_zone(state, task.place):
        return Message("find_by_map", Level.ACT, params, error=state.custody.refused_code)
    if task.mode is Mode.PUT and (why := put.why_not_here(current)):
        return identity.refused_here(current, why)
    if current.look_alike is not None and proof.refusal(current, task_flow.offered(current)) == "scan_first":
        return _look_alike(current.look_alike, params)
    if task.mode is Mode.PICK and not task.stays and (lacking := lacks(task.item, task.key)):
        return Message("pick_without_lot" if lacking == "lot" else "pick_without_serial", Level.ACT, params)
    return Message(_instruction(task), Level.NOTE, {**params, "position": task.position} if task.position else params)


def _look_alike(found: LookAlike, params: dict[str, str | int]) -> Message:
    """Why this task asks for a scan although its item does not."""
    params = {**params, "other": found.item, "beside": found.compartment}
    return Message(f"look_alike_{found.why}", Level.ACT, params, error="O364")


def _learning(item: str) -> Message:
    return Message("weigh_sample", Level.NOTE, {"item": item, "needed": LEAST_SAMPLE})


def _touch(state: StationState, tray: int) -> Message:
    """The touch that a motion waits for: of a tray that is to come, of one that is believed to be here, or of both."""
    here = state.custody.tray_here
    if here is not None and here != tray:
        return Message("touch_to_swap", Level.ACT, {"tray": tray, "here": here})
    return Message("touch_to_fetch" if here is None else "touch_to_prove", Level.ACT, {"tray": tray})


def _instruction(task: Task) -> str:
    """What to do, by mode and by the proof the item needs."""
    if task.load is not None:
        return f"{task.word}_instruct"
    if task.mode is Mode.COUNT:
        is_opening = task.reason == OPENING_CHECK
        return "opening_check_instruct" if is_opening else "count_due_instruct" if task.is_count_due else "count_instruct"
    proof = {ProofRule.TOUCH: "", ProofRule.SCAN: "_scan", ProofRule.SCAN_EACH: "_scan_each"}[task.item.proof]
    into = "_tote" if task.position and not task.shares else ""
    return f"{task.word}_instruct{proof}{into}"


def _call(state: StationState) -> Message:
    call = state.call
    if call is None or call.tray is None:
        return Message("which_tray")
    if state.scale is not None and state.scale.is_learning and isinstance(call.step, AskQuantity):
        return _learning(call.step.item.code)
    if isinstance(call.step, Dividing):
        return Message("booking")
    if isinstance(call.step, Placing):
        wall_mm = call.step.places[call.step.at]
        return Message("place_divider", params={"compartment": call.step.label, "wall_mm": wall_mm})
    if not isinstance(call.step, Looking):
        return Message("answer_question")
    wait = machine_wait(state)
    if awaits_touch(state):
        return _touch(state, call.tray)
    if may_work(state.custody, call.tray):
        return Message(wait.code if wait else "tray_waits", Level.NOTE, {"tray": (wait and wait.tray) or call.tray})
    if is_unlit(state):
        return Message("find_by_map", Level.ACT, {"compartment": call.selected}, error=state.custody.refused_code)
    return go_live.bay_bar(state, call)


def _in_hand(state: StationState) -> Message | None:
    """What the person has in the hand must not be forgotten."""
    mine = in_hand(state.taken, state.person.person) if state.person is not None else ()
    return Message("in_hand", Level.ACT, {"item": mine[-1].key.item}) if mine else None


def _list(state: StationState) -> Message:
    if state.round is not None:
        return Message("booking")
    custody = state.custody
    if state.bay_out and not custody.tray_here:
        return Message("bay_out_of_service", Level.ACT, {"why": state.bay_out}, error="O318")
    if state.is_leaving and custody.needs_touch and custody.tray_here and not custody.is_checking:
        return Message("touch_to_store", Level.ACT, {"tray": custody.tray_here})
    wait = machine_wait(state)
    if wait is not None and (wait.tray or custody.is_checking):
        return Message(wait.code, Level.NOTE, {"tray": wait.tray or 0})
    if (held := emergency_message(state) or _in_hand(state)) is not None:
        return held
    if state.orders is None:
        return Message("reading")
    if (alarm := alarm_message(state) or printer_message(state) or _due(state)) is not None:
        return alarm
    return Message("choose_orders" if state.orders else "no_orders")


def _due(state: StationState) -> Message | None:
    """That the machine is due, for those who see to it. It keeps nobody from work, and an operator is not told."""
    if state.person is None or state.person.role not in state.rules.devices_page:
        return None
    return due_message(state.custody.machine, state.due) or drift_message(state)
