"""The machine panel as the window shows it."""

from __future__ import annotations

from station import machine_word
from station.core import calibration_page, devices_page, service, teach_page
from station.core.state import ByHand, DevicesPage, HandResult, StationState
from station.custody import Verb
from station.devices import DeviceState
from station.faces.waits import machine_wait
from station.view.action import Action, Offer
from station.view.ask import AskChoice, AskNumber, Choice
from station.view.devices import ByHandRow, DeviceRow, DevicesFace, FrameRow
from station.view.message import Level, Message
from station.view.status import Light

MACHINE = "machine"


def devices_face(state: StationState, page: DevicesPage) -> DevicesFace:
    """The list of devices, or one of them; what may be done by hand stands in the row."""
    devices = page.devices
    return DevicesFace(
        devices=None if devices is None else tuple(_row(state, page, each) for each in devices),
        offers=_offers(state, page),
        device=page.device,
        frames=tuple(FrameRow(at=each.at, is_sent=each.is_sent, data=each.data) for each in page.frames),
        result=_result(page.result),
        wait=machine_wait(state) if page.hand_is_sent else None,
        ask=_lamps_ask(state) if page.is_marking_lamp else None if page.hand is None or page.hand_is_sent else _ask(page.hand),
        warnings=_warnings(state, page.hand) if page.hand is not None and not page.hand.is_sent else (),
    )


def _row(state: StationState, page: DevicesPage, device: DeviceState) -> DeviceRow:
    """An open port proves nothing: that somebody answers is for the device's own light to say."""
    if not device.health.is_up:
        return DeviceRow(name=device.name, kind=device.kind, health=device.health, line="line_down")
    if not _answers(state, device):
        code = state.custody.link_code if device.kind == MACHINE else ""
        return DeviceRow(name=device.name, kind=device.kind, health=device.health, line="line_silent", code=code)
    word, code = _machine_word(state, page) if device.kind == MACHINE else ("", "")
    return DeviceRow(name=device.name, kind=device.kind, health=device.health, word=word, code=code)


def _answers(state: StationState, device: DeviceState) -> bool:
    match device.kind:
        case "machine":
            return state.custody.is_linked
        case "scanner":
            return state.scanners.get(device.name, True)
        case "display":
            return state.display is not Light.BAD
        case "scale":
            return state.scale is None or state.scale.is_up
        case kind:
            return kind not in state.lights or state.lights[kind].is_up


def _machine_word(state: StationState, page: DevicesPage) -> tuple[str, str]:
    """What the machine said last, and the code that goes with it."""
    custody, said = state.custody, page.word
    if custody.is_stop_unclear and custody.safety_code:
        return "stop_ready" if machine_word.says_ready(custody) else "stop_unclear", custody.safety_code
    if custody.safety_code:
        return state.rules.stop_causes.get(custody.safety_code, "machine_stopped"), custody.safety_code
    if custody.motion is not None:
        return ("", "") if custody.motion.is_unheard else ("moves", "")
    if said is None:
        return "", ""
    return ("ready", "") if said.is_ready else ("not_ready", said.code)


def may_open(state: StationState) -> bool:
    """Whether the panel is offered to whoever is signed on."""
    return state.person is not None and state.person.role in state.rules.devices_page


def _offers(state: StationState, page: DevicesPage) -> tuple[Offer, ...]:
    is_busy = page.hand_is_sent
    if page.is_marking_lamp or (page.hand is not None and not is_busy):
        return (Offer(Action.BACK), Offer(Action.LOCK))
    wear = () if is_busy else (Offer(Action.WEAR),)
    export = (Offer(Action.EXPORT_FRAMES),) if page.device else ()
    tries = (Offer(Action.TRY_LAMPS, devices_page.lamps_refusal(state, page)),) if devices_page.has_lamps(state, page) else ()
    marks = (Offer(Action.MARK_LAMP),) if devices_page.has_places(state, page) and not is_busy else ()
    lamps = (*tries, *marks)
    back = Offer(Action.BACK, "motion_in_flight" if is_busy else "")
    has_outages, has_printers = service.may_declare(state) and not is_busy, bool(state.printers) and not is_busy
    listed = ((Action.OUTAGES, has_outages), (Action.PRINTERS, has_printers))
    lists = tuple(Offer(action) for action, is_shown in listed if is_shown)
    calibrate = _calibrate(state, page)
    if not devices_page.may_by_hand(state):
        return (back, *lamps, *calibrate, *wear, *export, *lists, Offer(Action.LOCK))
    moving = "motion_in_flight" if is_busy else ""
    store = (Offer(Action.STORE_BY_HAND, moving or devices_page.refusal(state, Verb.STORE)),)
    hand = (
        Offer(Action.STATUS_BY_HAND, devices_page.status_refusal(state, page)),
        Offer(Action.FETCH_BY_HAND, moving or devices_page.refusal(state, Verb.FETCH)),
        *(() if state.rules.keeps_bin else store),
    )
    teach = (Offer(Action.TEACH),) if teach_page.may_teach(state) and not is_busy else ()
    own, others = ((*calibrate, *lamps), ()) if page.device else (lamps, calibrate)
    return (back, *own, *hand, *export, *wear, *lists, *teach, *others, Offer(Action.LOCK))


def _lamps_ask(state: StationState) -> AskChoice:
    """What is said of a lamp is the opposite of what is known of it."""
    choices = (
        Choice(each, "lamp_works" if each in state.dead_lamps else "lamp_dead", {"position": each})
        for each in state.rules.put_places
    )
    return AskChoice(code="which_lamp", choices=tuple(choices))


def _calibrate(state: StationState, page: DevicesPage) -> tuple[Offer, ...]:
    """To teach the pointer stands on the list and at the pointer, not at other devices."""
    is_shown = page.device in ("", calibration_page.POINTER) and calibration_page.may_calibrate(state)
    refused = "motion_in_flight" if page.hand_is_sent else calibration_page.refusal(state)
    return (Offer(Action.CALIBRATE, refused),) if is_shown else ()


def _ask(hand: ByHand) -> AskNumber | AskChoice:
    """Which tray, then whether the opening is clear: the screen names the tray that will move."""
    if hand.tray is None:
        return AskNumber(code="fetch_which_tray", result="go_on")
    params: dict[str, str | int] = {"tray": hand.tray}
    clear = Choice(devices_page.CLEAR, f"clear_{hand.verb}", params, is_primary=True)
    return AskChoice(code=f"is_it_clear_{hand.verb}", choices=(clear, Choice("not_clear", "not_clear", params)), params=params)


def _warnings(state: StationState, hand: ByHand) -> tuple[Message, ...]:
    """What of the bay, or of the tray that would move, is out of service. Maintenance may try it all the same."""
    if hand.tray is None:
        return ()
    why = state.trays_out.get(hand.tray, "")
    tray = (Message("tray_page_out", Level.ACT, {"tray": hand.tray, "why": why}),) if why else ()
    return (*tray, Message("bay_is_out", Level.ACT, {"why": state.bay_out})) if state.bay_out else tray


def _result(result: HandResult | None) -> ByHandRow | None:
    if result is None:
        return None
    return ByHandRow(
        verb=result.verb,
        outcome=result.outcome,
        tray=result.tray,
        code=result.code,
        names_tray=result.names_tray,
        at=result.at,
    )
