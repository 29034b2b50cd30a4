"""The station's state as the one View that the window shows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station.core.at_place import place_in_hand
from station.core.inputs import Now
from station.core.lifts import custodies
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
from station.custody import Custody, NotKnown, asks_for_tray
from station.faces import weighing_face
from station.faces.bar import bar, counted, in_time
from station.faces.calibration_face import calibration_face
from station.faces.desk_face import desk_face
from station.faces.devices_face import devices_face
from station.faces.held_face import held_face
from station.faces.history_face import history_face
from station.faces.jit_face import jit_face
from station.faces.late_face import late_face
from station.faces.lifts_face import lift_tags
from station.faces.loads_face import loads_face
from station.faces.lots_face import lots_face
from station.faces.messages_face import messages_view
from station.faces.orders_face import orders_face
from station.faces.other_face import other_face
from station.faces.outages_face import outages_face
from station.faces.people_face import people_face
from station.faces.places_face import places_face
from station.faces.printers_face import printer_light, printers_face
from station.faces.pull_face import pull_face
from station.faces.receipts_face import receipts_face
from station.faces.replay_face import replay_face
from station.faces.search_face import search_face
from station.faces.sign_on_face import hand_over_face, locked_face, pin_again_face, sign_on_face, unlock_face
from station.faces.storage_face import storage_face
from station.faces.store_alarm import store_light
from station.faces.sync_face import sync_view
from station.faces.task_face import task_face
from station.faces.teach_face import teach_face
from station.faces.tray_face import bay_face, page_face, unknown_face
from station.faces.undo_face import asked_of_receipts, asked_over, undo_tag
from station.faces.waits import bar_wait
from station.faces.wear_face import wear_face
from station.faces.work_face import closing_face, gap_face, work_face
from station.flows.sign_on import HandOver, Locked, SignedOut
from station.values import Item, Person
from station.view.status import DeviceLight, Light, OperatorTag
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.view import Face, View
from station.view.work import WorkFace

WORST: Final = (Light.OFF, Light.GOOD, Light.WAIT, Light.BAD)


def present(state: StationState, items: Mapping[str, Item], now: Now) -> View:
    """What the window shows. `items` are those on the tray in hand, for its contents list."""
    said = counted(bar(in_time(state, now)), state, now)
    return View(
        token=state.token,
        station=state.station,
        machine=state.custody.machine,
        bay=state.custody.opening,
        simulated=state.simulated,
        operator=_operator(state),
        lights=lights(state),
        face=_face(state, dict(items), now),
        bar=said,
        bar_wait=bar_wait(state, said),
        flash=state.flash,
        flashed=state.flashed,
        is_read_only=bool(state.store_code),
        messages=messages_view(state),
        sync=sync_view(state, now.utc),
        lifts=lift_tags(state),
        undo=undo_tag(state, now),
    )


def _face(state: StationState, items: dict[str, Item], now: Now) -> Face:
    match state.session:
        case SignedOut():
            return unlock_face(state.session.gate) or sign_on_face(state, state.session, now)
        case Locked():
            return unlock_face(state.session.gate) or locked_face(state, state.session, now)
        case HandOver():
            return hand_over_face(state, state.session)
        case _ if state.held_back is not None:
            return pin_again_face(state, state.held_back, now)
        case _:
            return _page(state, state.page, now) if state.page is not None else _bay(state, items)


def _page(state: StationState, page: Page, now: Now) -> Face:
    match page:
        case TrayPage():
            return page_face(state, page)
        case DevicesPage():
            return devices_face(state, page)
        case OutagesPage():
            return outages_face(state, page)
        case LatePage():
            return late_face(state, page)
        case HeldPage():
            return held_face(state, page)
        case OrdersPage():
            return orders_face(state, page)
        case LoadsPage():
            return loads_face(state, page)
        case PrintersPage():
            return printers_face(state, page)
        case PlacesPage():
            return places_face(state, page)
        case LotsPage():
            return lots_face(page, frozenset(state.rules.zones))
        case ReceiptsPage():
            return asked_of_receipts(state, receipts_face(state, page, now))
        case PullPage():
            return pull_face(state, page)
        case SearchPage():
            return search_face(state, page)
        case OtherPage():
            return other_face(state, page, now.utc)
        case StoragePage():
            return storage_face(page, state.store_code)
        case DeskPage():
            return desk_face(page, state.rules.by_person)
        case HistoryPage():
            return history_face(state, page)
        case PeoplePage():
            return people_face(state, page)
        case TeachPage():
            return teach_face(page)
        case JitPage():
            return jit_face(page)
        case ReplayPage():
            return replay_face(page)
        case WearPage():
            return wear_face(state, page, now.utc)
        case CalibrationPage():
            return calibration_face(state, page)


def _bay(state: StationState, items: dict[str, Item]) -> Face:
    """No page is open: what is asked or worked at the bay, else the work list."""
    on_foot = place_in_hand(state) is not None
    if isinstance(state.custody.where, NotKnown) and asks_for_tray(state.custody) and not on_foot:
        return unknown_face(state, state.custody.where)
    return asked_over(state, _work(state, items))


def _work(state: StationState, items: dict[str, Item]) -> TaskFace | BayFace | WorkFace:
    if state.round is not None and state.round.gap is not None:
        return gap_face(state, state.round.gap)
    if state.round is not None and state.round.task is not None:
        return weighing_face.beside(state, task_face(state, state.round, state.round.task))
    if state.round is not None:
        return closing_face(state)
    if state.call is not None:
        return weighing_face.beside(state, bay_face(state, state.call, items))
    return work_face(state)


def _operator(state: StationState) -> OperatorTag | None:
    match state.session:
        case Locked(owner=person):
            return _tag(person)
        case SignedOut():
            return None
        case _:
            return _tag(state.session.person)


def _tag(person: Person) -> OperatorTag:
    return OperatorTag(person.person, person.name, person.role, person.language)


def lights(state: StationState) -> tuple[DeviceLight, ...]:
    """The devices' lights, the machine first."""
    seen = [(_machine(each), each.safety_code or each.link_code) for each in custodies(state)]
    worst = max(seen, key=lambda each: WORST.index(each[0]))  # of several lifts; the one that is worked at goes before its equals
    found = [DeviceLight("machine", *worst)]
    if state.scanners:
        is_up = any(state.scanners.values())
        found.append(DeviceLight("scanner", Light.GOOD if is_up else Light.BAD))
    if state.display is not Light.OFF:
        found.append(DeviceLight("display", state.display))
    if (pointer := state.lights.get("pointer")) is not None:
        found.append(DeviceLight("pointer", pointer.light, pointer.code or pointer.refused))
    if (totes := state.lights.get("totes")) is not None:
        found.append(DeviceLight("totes", totes.light, totes.code or totes.refused))
    if state.scale is not None:
        found.append(DeviceLight("scale", Light.GOOD if state.scale.is_up else Light.BAD, state.scale.code))
    if (printers := printer_light(state)) is not None:
        found.append(printers)
    found.append(store_light(state))
    return tuple(found)


def _machine(custody: Custody) -> Light:
    if custody.safety_code:
        return Light.BAD
    if not custody.is_linked:
        return Light.BAD
    is_unheard = custody.motion is not None and custody.motion.is_unheard
    return Light.WAIT if is_unheard or isinstance(custody.where, NotKnown) or custody.is_checking else Light.GOOD
