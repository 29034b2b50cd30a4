"""A counting scale at the bay of the running program: taught by a sample, it fills the field; pulled out, it stops nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from station.commands.tray import SelectCompartment
from station.values import Stock, StockStatus
from station.view.ask import AskChoice
from station.view.status import DeviceLight, Light
from station.view.tray import BayFace
from station.view.view import View
from station.view.weighing import Weighing
from tests.helpers.live import Person, ask, live, make_site, simulated_lift, simulated_scale

PIECE_MG, SAMPLE, TAKEN = 4_100, 10, 12


def counted(person: Person) -> Stock:
    """Plain pieces that lie alone in their compartment, more than are taken."""
    stock = person.running.store.stock()
    places = [each.place for each in stock]
    items = {each.code: each for each in person.running.store.items()}
    plain = [each for each in stock if places.count(each.place) == 1 and each.key.status is StockStatus.FREE]
    pieces = [each for each in plain if not items[each.key.item].decimals and not each.key.serial and each.quantity > TAKEN]
    return min(pieces, key=lambda each: (each.place.tray, each.place.compartment))


def weighs(is_so: Callable[[Weighing], bool]) -> Callable[[View], bool]:
    def holds(view: View) -> bool:
        weighing = getattr(view.face, "weighing", None)
        return isinstance(weighing, Weighing) and is_so(weighing)

    return holds


async def ask_for_pieces(person: Person, stock: Stock) -> None:
    """Call the tray and begin a pick without an order, to the question how many."""
    await person.sign_on()
    await person.hands.tap("action_call_tray")
    await person.type_number(str(stock.place.tray))
    await person.until(lambda view: isinstance(view.face, BayFace) and view.face.is_here, "the called tray")
    person.running.station.give(SelectCompartment(person.view.token, stock.place.compartment))
    await person.until(lambda view: getattr(view.face, "selected", "") == stock.place.compartment, "the compartment")
    await person.hands.tap("action_direct_pick")
    await person.until(weighs(lambda each: each.why == "scale_empty"), "the empty scale beside the question")


def test_a_sample_teaches_the_figure_fills_the_field_and_a_pulled_cable_stops_nothing(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=50.0) as lift, simulated_scale(tmp_path) as scale:
        make_site(tmp_path)

        async def play(person: Person) -> None:
            stock = counted(person)
            await ask_for_pieces(person, stock)
            await ask(scale, "put_on_scale", pieces=SAMPLE, piece_mg=PIECE_MG)
            await person.until(weighs(lambda each: each.why == "scale_not_learnt"), "a still weight of unknown pieces")
            await person.hands.tap("scale_teach")
            await person.until(weighs(lambda each: each.is_learning), "the question how many are on the scale")
            await person.type_number(str(SAMPLE))
            await person.until(
                weighs(lambda each: each.is_sure and each.pieces == SAMPLE), "the sample counted by its own weight"
            )

            await ask(scale, "put_on_scale", pieces=TAKEN, piece_mg=PIECE_MG)
            await person.until(weighs(lambda each: each.is_sure and each.pieces == TAKEN), "the pieces counted")
            assert "picked" not in person.kinds(), "the scale confirmed by itself"
            await person.hands.tap("scale_fill")
            await ask(scale, "unplug")
            await person.until_bar("scale_down")
            assert any(each == DeviceLight("scale", Light.BAD, "L101") for each in person.view.lights)
            await person.hands.tap("key_enter")
            await person.until(lambda view: isinstance(getattr(view.face, "ask", None), AskChoice), "the reason")
            await person.hands.tap("choice_urgent_need")
            await person.until_at_work()
            await person.confirm()
            await person.until(lambda view: view.flash > 0, "the booking")
            await ask(scale, "replug")
            await person.until(lambda view: DeviceLight("scale", Light.GOOD) in view.lights, "the scale again")
            rows = person.running.store.events(kinds=("picked", "piece_weight_learnt"), limit=None)
            learnt, picked = (json.loads(row.body)["data"] for row in rows)
            assert (learnt["item"], learnt["piece_ug"], learnt["sample"]) == (stock.key.item, PIECE_MG * 1000, SAMPLE)
            assert (picked["item"], picked["quantity"]) == (stock.key.item, TAKEN)

        live(tmp_path, lift, play, scale=scale)
