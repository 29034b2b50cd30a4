"""Hand-made Views of work at places without a lift."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from station.task import Mode, Task
from station.values import Item, Place, StockKey
from station.view.action import Action, Offer
from station.view.ask import AskChoice, AskText, Choice
from station.view.message import Level, Message
from station.view.places import PlacesFace
from station.view.task import TaskFace, ZoneTag
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.faces import BOLT, PICK, VALVE, offers, orders, tray_map, view

MOTOR = Item(code="MOT-5K5-4P", name="Three-phase motor 5.5 kW, 4 poles, foot mounted", weight_g=38_000, height_mm=480)
TITLES = (("SHELF1", "Heavy goods by the gate"), ("LINE-SIDE-3", ""), ("QUAR1", "Quarantine"))
PLACE = "SHELF1 3-B2"


def _task(at: Place, item: Item, quantity: int, *, order: str, mode: Mode = Mode.PICK, destination: str = "Line 3") -> Task:
    return Task(
        mode=mode,
        order=order,
        line="1",
        number=1,
        line_no=1,
        line_count=1,
        item=item,
        key=StockKey(item=item.code),
        place=at,
        quantity=quantity,
        line_asked=quantity,
        destination=destination,
    )


ROWS = (
    _task(Place("SHELF1", 1, "C1"), MOTOR, 1, order="SO-48213"),
    _task(Place("SHELF1", 3, "C2"), MOTOR, 2, order="SO-48301", destination="Assembly cell for control cabinets"),
    _task(Place("SHELF1", 12, "C10"), VALVE, 24, order="PO-7781", mode=Mode.PUT, destination=""),
    _task(Place("LINE-SIDE-3", 1, "A1"), BOLT, 0, order="COUNT-260303-133200", mode=Mode.COUNT, destination=""),
)


def on_foot(**more: object) -> TaskFace:
    face = replace(
        PICK,
        item=MOTOR,
        key=StockKey(item=MOTOR.code),
        asked=2,
        confirm_quantity=2,
        book=6,
        left_after=4,
        tray=3,
        compartment="B2",
        map=tray_map("B2", columns=4, rows=3),
        zone=ZoneTag("SHELF1", "Heavy goods by the gate", PLACE),
        next_label="B4",
        load=None,
    )
    return replace(face, **more)  # type: ignore[arg-type]


def place_views() -> Iterator[tuple[str, View]]:
    """The way in, the list, the way to a place, and what is asked there."""
    buttons = offers(Action.START, Action.PLACES, Action.CALL_TRAY, Action.SEARCH, Action.LOCK, Action.SIGN_OFF)
    yield "work_places", view(WorkFace(orders=orders(), offers=buttons, on_foot=14), Message("choose_orders"))
    listed = PlacesFace(rows=ROWS, titles=TITLES, offers=offers(Action.WALK, Action.BACK, Action.COUNT_ZONE, Action.LOCK))
    yield "places", view(listed, Message("places_page"))
    none = (Offer(Action.WALK, "nothing_waits"), Offer(Action.BACK), Offer(Action.LOCK))
    yield "places_none", view(replace(listed, rows=(), offers=none), Message("places_page_empty"))
    zones = tuple(Choice(name, "zone", {"zone": name, "title": title or name}) for name, title in TITLES)
    which = replace(listed, offers=offers(Action.BACK, Action.LOCK), ask=AskChoice(code="which_zone", choices=zones))
    yield "places_count", view(which, Message("answer_question"))
    locked = tuple(Offer(each, "place_not_scanned") for each in (Action.CONFIRM, Action.NOT_ENOUGH))
    rest = offers(Action.UNREADABLE, Action.SKIP, Action.LEAVE_WORK, Action.LOCK)
    going = on_foot(is_here=False, offers=(*locked, *rest))
    yield "place", view(going, Message("go_to_place", params={"place": PLACE}))
    other = Message("other_place", Level.ACT, {"place": PLACE, "scanned": "SHELF1 3-B4"}, error="O440")
    yield "place_other", view(going, other)
    typing = replace(going, offers=offers(Action.BACK, Action.LOCK), ask=AskText(code="place_label", params={"place": PLACE}))
    yield "place_typed", view(typing, Message("type_place", params={"place": PLACE}))
    there = Message("pick_instruct", params={"quantity": "2", "unit": "pcs", "compartment": "B2", "item": MOTOR.code, "tray": 3})
    yield "place_there", view(on_foot(), there)
    params: dict[str, str | int] = {"scanned": "LINE-SIDE-3 12-C10", "place": PLACE, "item": MOTOR.code}
    yield "place_wrong", view(on_foot(is_locked=True), Message("wrong_location", Level.ACT, params, error="O301"))
