"""The faces of a tray without an order: called to the bay, not known, or looked at on its page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from station.core import go_live
from station.core.page import may_order_count, only_item
from station.core.state import StationState, TrayPage
from station.core.steering import awaits_touch, may_light_again
from station.custody import NotKnown, Verb, why_not_known
from station.faces import late_face
from station.faces.asks import call_ask
from station.faces.devices_face import may_open
from station.faces.outages_face import offers_of_tray
from station.faces.tray_map import content_rows, tray_map
from station.faces.waits import machine_wait
from station.flows import divide
from station.flows.divide import AskFree, Dividing, Placing
from station.flows.tray_call import Looking, TrayCall
from station.interlocks import may_work
from station.machine_word import HOW_TRAY
from station.values import EventRow, Item, Place, Role, StockKey
from station.view.action import Action, Offer
from station.view.ask import AskNumber
from station.view.tray import BayFace, TrayEventRow, TrayPageFace, UnknownTrayFace


def bay_face(state: StationState, call: TrayCall, items: dict[str, Item]) -> BayFace:
    """A called tray: look, work directly by right, send back."""
    tray, placing = call.tray or 0, placing_of(call)
    picture = divide.preview(call.picture, placing) if call.picture and placing else call.picture
    new = divide.new_label(call.picture, placing.label) if call.picture and placing else ""
    is_here = call.tray is not None and not may_work(state.custody, tray)
    shown = call.shows_quantities
    rows = content_rows(picture, call.contents, items, shows_quantities=shown, held=_held(state)) if picture else ()
    return BayFace(
        tray=tray,
        map=tray_map(picture, call.contents, target=new or call.selected) if picture else None,
        contents=rows,
        selected=new or call.selected,
        is_here=is_here,
        offers=_bay_offers(state, call, is_here),
        wait=None if is_here else machine_wait(state),
        ask=call_ask(call),
        load=call.load,
    )


def _bay_offers(state: StationState, call: TrayCall, is_here: bool) -> tuple[Offer, ...]:
    if isinstance(call.step, Placing):
        return _placing_offers(state, call.step, call.tray or 0)
    if isinstance(call.step, Dividing):
        return (Offer(Action.LOCK),)
    if not isinstance(call.step, Looking):
        return (Offer(Action.BACK), Offer(Action.LOCK))
    show = () if call.shows_quantities else (Offer(Action.SHOW_QUANTITIES),)
    panel = (Offer(Action.DEVICES),) if may_open(state) else ()
    if awaits_touch(state):  # what cannot be done yet stands all the same, so that nothing else changes its place
        refused = may_work(state.custody, call.tray or 0) or "tray_not_proven"
        later = (Offer(Action.DIRECT_PUT, refused), Offer(Action.COUNT, refused))
        return (Offer(Action.FETCH_AGAIN), Offer(Action.SEND_BACK), *later, *show, *panel, Offer(Action.LOCK))
    role = state.person.role if state.person else Role.OPERATOR
    refused = "" if is_here else may_work(state.custody, call.tray or 0)
    refused = refused or ("store_read_only" if state.store_code else "")
    refused = refused or ("" if role in state.rules.direct_work else "no_right")
    work = (Offer(Action.DIRECT_PICK, refused), Offer(Action.DIRECT_PUT, refused), Offer(Action.COUNT, refused))
    split = (Offer(Action.DIVIDE, refused),) if call.picture is not None and call.picture.pitch_mm else ()
    light = (Offer(Action.LIGHT_AGAIN),) if may_light_again(state) else ()
    release = (Offer(Action.RELEASE_TRAY, refused),) if go_live.is_offered(state, call) else ()
    return (Offer(Action.SEND_BACK), *release, *work, *split, *light, *show, *panel, Offer(Action.LOCK))


def placing_of(call: TrayCall) -> Placing | None:
    """The divider that is being placed, None for none."""
    match call.step:
        case Placing() as placing:
            return placing
        case AskFree(placing) | Dividing(placing):
            return placing
        case _:
            return None


def _placing_offers(state: StationState, placing: Placing, tray: int) -> tuple[Offer, ...]:
    refused = may_work(state.custody, tray) or ("store_read_only" if state.store_code else "")
    left = Offer(Action.DIVIDER_LEFT, "" if placing.at > 0 else "at_the_edge")
    right = Offer(Action.DIVIDER_RIGHT, "" if placing.at < len(placing.places) - 1 else "at_the_edge")
    return (Offer(Action.BACK), left, right, Offer(Action.OTHER_PART), Offer(Action.DIVIDE_HERE, refused), Offer(Action.LOCK))


def unknown_face(state: StationState, where: NotKnown) -> UnknownTrayFace:
    """Nobody knows what is at the opening: a person must say. Work on foot does not wait for it."""
    is_free = state.round is None and state.call is None
    on_foot = (Offer(Action.PLACES),) if state.rules.zones and is_free else ()
    return UnknownTrayFace(
        expected=where.tray,
        why=why_not_known(state.custody),
        verb=where.verb,
        offers=(*on_foot, *((Offer(Action.DEVICES),) if may_open(state) else ()), Offer(Action.LOCK)),
        ask=AskNumber(code="which_tray_is_here", result="tell_tray"),
    )


def page_face(state: StationState, page: TrayPage) -> TrayPageFace:
    """Any tray: map, contents, events. `selected` narrows the events to one compartment."""
    items = dict(page.items)
    contents = content_rows(page.picture, page.contents, items, held=_held(state)) if page.picture else ()
    rows = tuple(_event_row(each, items, page.names) for each in page.events)
    chosen = tuple(row for row in rows if not page.selected or row.compartment == page.selected)
    return TrayPageFace(
        tray=page.number,
        map=tray_map(page.picture, page.contents, target=page.selected) if page.picture else None,
        contents=contents,
        events=chosen,
        has_older=page.has_older,
        where=_where(state, page.number),
        offers=(
            Offer(Action.BACK),
            *offers_of_tray(state, page.number),
            *late_face.offers_of_tray(state, page.number),
            *_count_offers(state, page),
            Offer(Action.LOCK),
        ),
        selected=page.selected,
        out_of_service=state.trays_out.get(page.number or 0, ""),
        ask=AskNumber(code="which_tray", result="show_tray") if page.number is None else None,
    )


def _held(state: StationState) -> frozenset[tuple[Place, StockKey]]:
    return frozenset((each.held.place, each.held.key) for each in state.counts_held)


def _count_offers(state: StationState, page: TrayPage) -> tuple[Offer, ...]:
    """Have the tray counted, or the one item of the compartment that is looked at."""
    if page.number is None or not may_order_count(state):
        return ()
    refused = "store_read_only" if state.store_code else ""
    item = (Offer(Action.COUNT_ITEM, refused),) if only_item(page) else ()
    return (Offer(Action.COUNT_TRAY, refused), *item)


def _where(state: StationState, tray: int | None) -> str:
    custody = state.custody
    if isinstance(custody.where, NotKnown):
        return "not_known"
    if custody.motion is not None and custody.motion.tray == tray and custody.motion.verb is not Verb.POINT:
        return "moving"
    return "at_bay" if custody.tray_here == tray else "in_machine"


def _event_row(event: EventRow, items: dict[str, Item], names: object) -> TrayEventRow:
    """One event as a row; the signed quantity is what it did to the stock."""
    data = json.loads(event.body)["data"]
    known = names if isinstance(names, dict) else {}
    return TrayEventRow(
        at=event.at,
        name=known.get(event.operator, ""),
        person=event.operator,
        kind="tray_told_machine" if event.kind == "tray_told" and data.get("how") == HOW_TRAY else event.kind,
        compartment=str(data.get("compartment", "")),
        item=items.get(data.get("item", "")),
        quantity=signed_of(event.kind, data),
        order=str(data.get("order", "")),
        reason=str(data.get("reason") or data.get("why", "")),
        seq=event.seq,
        late_at=datetime.fromisoformat(data["true_at"]) if data.get("true_at") else None,
        late_reason=str(data.get("late_reason", "")),
        done_by=known.get(data.get("done_by", ""), ""),
    )


def signed_of(kind: str, data: Mapping[str, object]) -> int | None:
    """The movement's sign: a pick takes, a put adds, a correction has its own; a count and opening stock are figures."""
    if kind == "count_held":  # nobody who may still count it learns it here
        return None
    value = data.get("quantity", data.get("delta", data.get("counted")))
    if not isinstance(value, int):
        return None
    return -value if kind == "picked" else value
