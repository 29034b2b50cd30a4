"""A defect at the running program: the lot is held, the light curtain breaks while other stock comes, a supervisor releases it.
And a compartment that is divided at the bay."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from db.store import Store
from station import commands as do
from station.imports.run import import_file
from station.sample_site import SAMPLE_PEOPLE
from station.values import Place, Role, StockStatus
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.lots import LotsFace
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.work import WorkFace
from tests.helpers.live import STATION, Person, allows, is_at_work, live, make_site, simulated_lift

SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)
ITEM = "DEF-100"
ITEMS = f"item,name,lot_tracked\n{ITEM},Seal of two lots,yes\n"
ORDERS = f"order,kind,express,line,item,quantity\nDEF-1,pick,yes,1,{ITEM},4\n"
PITCH_MM = 35


def prepare(directory: Path) -> tuple[Place, Place]:
    """The sample site with one lot in two compartments of a tray, and a newer lot on another tray. Where the first and the newer
    one lie."""
    make_site(directory)
    with closing(Store.open(directory, station=STATION)) as store:
        empty = empty_places(store)
        first = next(each for each in empty if sum(each.tray == other.tray for other in empty) > 1)
        beside = next(each for each in empty if each.tray == first.tray and each != first)
        other = next(each for each in empty if each.tray != first.tray)
        for name, text in (("items.csv", ITEMS), ("trays.csv", with_pitch(store, first)), ("orders.csv", ORDERS)):
            take(directory / name, text, store)
        take(directory / "stock.csv", stock_file((first, 5, "L1", 1), (beside, 7, "L1", 1), (other, 20, "L2", 9)), store)
    return first, other


def take(file: Path, text: str, store: Store) -> None:
    file.write_text(text)
    report = import_file(file, store)
    assert (report.rejected, report.errors) == (0, ())


def empty_places(store: Store) -> list[Place]:
    full = {each.place for each in store.stock()} | {each.place for each in store.loads()}
    places = [Place(tray.machine, tray.number, each.label) for tray in store.trays("VLM1") for each in tray.compartments]
    return [each for each in places if each not in full]


def with_pitch(store: Store, place: Place) -> str:
    """The tray as it is, with the pitch of its dividers."""
    tray = store.tray(place.machine, place.tray)
    cell = tray.compartment(place.compartment) if tray else None
    assert tray is not None
    assert cell is not None
    head = "machine,tray,name,width_mm,depth_mm,max_weight_g,max_height_mm,pitch_mm,compartment,x_mm,y_mm"
    of_tray = (
        f"VLM1,{tray.number},{tray.name},{tray.width_mm},{tray.depth_mm},{tray.max_weight_g},{tray.max_height_mm},{PITCH_MM}"
    )
    of_cell = f"{cell.label},{cell.x_mm},{cell.y_mm},{cell.width_mm},{cell.depth_mm}"
    return f"{head},compartment_width_mm,compartment_depth_mm\n{of_tray},{of_cell}\n"


def stock_file(*rows: tuple[Place, int, str, int]) -> str:
    lines = [
        f"{each.machine},{each.tray},{each.compartment},{ITEM},{quantity},{lot},2026-01-0{day}T08:00:00Z"
        for each, quantity, lot, day in rows
    ]
    return "\n".join(("machine,tray,compartment,item,quantity,lot,received_at", *lines, ""))


def held(person: Person) -> dict[str, int]:
    """By lot what is on quality hold."""
    stock = [each for each in person.running.store.stock_of_item(ITEM) if each.key.status is StockStatus.QUALITY_HOLD]
    return {lot: sum(each.quantity for each in stock if each.key.lot == lot) for lot in {each.key.lot for each in stock}}


async def touch(person: Person, choice: str, code: str) -> None:
    await person.until(
        lambda view: isinstance(ask := getattr(view.face, "ask", None), AskChoice) and ask.code == code, f"the question {code}"
    )
    await person.hands.tap(f"choice_{choice}")


def test_a_defect_holds_the_lot_and_the_rest_comes_from_another_although_the_curtain_broke(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=20.0) as lift:
        first, other = prepare(tmp_path)

        async def play(person: Person) -> None:
            await person.start_first_order()
            face = await person.until_at_work()
            assert (face.order, face.tray) == ("DEF-1", first.tray)
            await person.hands.tap("action_not_enough")
            await person.type_number("1")
            await touch(person, "defective", "why_not_enough")
            await person.until(lambda view: isinstance(view.face, TaskFace) and view.face.tray == other.tray, "the other lot")
            assert held(person) == {"L1": 11}
            await person.until_lift(lambda state: bool(state["busy"]))
            await person.ask_lift("curtain", on=True)
            await person.until_bar("light_curtain")
            assert not person.hands.can_touch("action_confirm")
            await person.ask_lift("curtain", on=False)
            await person.ask_lift("reset")
            await person.until(lambda view: is_at_work(view) or allows(view, Action.FETCH_AGAIN), "the touch after the reset")
            if allows(person.view, Action.FETCH_AGAIN):  # the tray before was still on its way back
                await person.hands.tap("action_fetch_again")
            face = await person.until_at_work()
            assert (face.tray, face.asked) == (other.tray, 3)
            await person.confirm()
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            rows = [json.loads(row.body)["data"] for row in person.running.store.events(kinds=("line_closed",), limit=None)]
            assert [(each["outcome"], each["done_quantity"]) for each in rows] == [("confirmed", 4)]
            assert person.kinds().count("lot_held") == 1
            person.running.station.give(do.LockScreen())
            await release(person)
            assert held(person) == {}
            assert {"lot_released", "pin_confirmed"} <= set(person.kinds())
            assert person.running.store.stock_matches_log()
            assert sum(each.quantity for each in person.running.store.stock_of_item(ITEM)) == 28

        live(tmp_path, lift, play)


async def release(person: Person) -> None:
    """The supervisor takes the screen over and releases what is on hold of the item."""
    await person.until(lambda view: type(view.face).__name__ == "LockedFace", "the locked screen")
    person.hands.scan(SUPERVISOR.badge)
    await person.until(lambda view: getattr(view.face, "step", "") == "pin", "the PIN keypad")
    for digit in SUPERVISOR.pin:
        await person.hands.tap(f"pin_{digit}")
    await person.hands.tap("pin_enter")
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
    person.running.station.give(do.OpenLots())
    view = await person.until(lambda view: isinstance(view.face, LotsFace) and bool(view.face.rows), "the held lots")
    assert isinstance(view.face, LotsFace)
    number = next(number for number, each in enumerate(view.face.rows) if each.item.code == ITEM)
    person.running.station.give(do.ShowLot(view.token, number))
    await touch(person, "tested_good", "why_lot_released")
    await person.type_pin_again(SUPERVISOR)
    await person.until(lambda view: isinstance(view.face, LotsFace) and not _has_item(view.face), "the list without it")


def _has_item(face: LotsFace) -> bool:
    return bool(face.wait) or any(each.item.code == ITEM for each in face.rows)


def test_a_compartment_is_divided_at_the_bay_and_what_lay_there_keeps_its_place(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        first, _ = prepare(tmp_path)

        async def play(person: Person) -> None:
            store = person.running.store
            before = store.tray("VLM1", first.tray)
            assert before is not None
            was = before.compartment(first.compartment)
            assert was is not None
            stock = store.stock_on_tray("VLM1", first.tray)
            await person.sign_on()
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            await person.hands.tap("action_call_tray")
            await person.type_number(str(first.tray))
            await person.until(lambda view: isinstance(view.face, BayFace) and view.face.is_here, "the called tray")
            person.running.station.give(do.SelectCompartment(person.view.token, first.compartment))
            await person.until(lambda view: getattr(view.face, "selected", "") == first.compartment, "the compartment")
            await person.hands.tap("action_divide")
            await person.until(lambda view: view.bar.code == "place_divider", "the divider")
            await person.hands.tap("action_divider_right")
            await person.hands.tap("action_divide_here")
            await touch(person, "part_is_free", "is_part_free")
            await person.until_bar("divided")
            tray = store.tray("VLM1", first.tray)
            assert tray is not None
            kept, made = tray.compartment(first.compartment), tray.compartment(first.compartment + "A")
            assert kept is not None
            assert made is not None
            assert (kept.x_mm, made.x_mm - kept.x_mm, kept.width_mm + made.width_mm) == (was.x_mm, kept.width_mm, was.width_mm)
            assert made.x_mm % PITCH_MM == 0
            assert store.stock_on_tray("VLM1", first.tray) == stock
            assert person.kinds().count("compartment_divided") == 1

        live(tmp_path, lift, play)
