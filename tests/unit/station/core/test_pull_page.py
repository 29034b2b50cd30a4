"""The pull board at the bay: a card asks, a touch starts the work and calls its tray, and what is back asks for the next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.records.pull import CardSeen, SignalMoved, SignalRaised
from station import commands as do
from station.core.effects import Sound
from station.core.inputs import StoreChanged
from station.values import PullLoop, PullSignal
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.pull import PullFace
from station.view.task import TaskFace
from tests.helpers.fake_store import NOON
from tests.helpers.guards import ExpectLog
from tests.helpers.sample import BOLT, NUT
from tests.helpers.world import World

CARD = "BLK-K12-1"


def bay(**loop: object) -> World:
    """Signed on, at the work list, with one loop of nuts."""
    world = World()
    told: dict[str, object] = {"loop": "K12", "item": NUT.code, "consumer": "Line 3", "container": 2, "cards": 2}
    world.store.pull_loops["K12"] = PullLoop(**{"lead_time_min": 60, "since": NOON, **told, **loop})  # type: ignore[arg-type]
    world.sign_on("p_mara")
    world.settle()
    return world


def face(world: World) -> PullFace:
    shown = world.view().face
    assert isinstance(shown, PullFace), shown
    return shown


def scan(world: World, code: str = CARD) -> str:
    world.scan(code)
    world.settle()
    return world.view().bar.code


def test_a_card_at_the_work_list_opens_the_board_and_asks_for_exactly_its_container() -> None:
    world = bay()
    assert scan(world) == "card_raised"
    signal = next(each for each in world.store.written if isinstance(each, SignalRaised))
    assert (signal.item, signal.quantity, signal.consumer) == (NUT.code, 2, "Line 3")
    assert face(world).chosen == "K12-1.1"
    assert Sound.OK in world.sounds
    assert scan(world) == "card_open"
    assert sum(isinstance(each, SignalRaised) for each in world.store.written) == 1


def test_a_touch_starts_the_work_and_its_tray_is_called() -> None:
    world = bay()
    scan(world)
    world.give(do.ShowSignal(world.state.token, "K12-1.1"))
    world.settle()
    shown = world.view().face
    assert isinstance(shown, TaskFace), shown
    assert (shown.item.code, shown.asked) == (NUT.code, 2)
    assert world.state.custody.tray_here == 4


def test_picked_goods_are_asked_about_and_a_card_that_is_back_asks_for_the_next() -> None:
    world = bay()
    picked(world)
    scan(world)
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    assert (ask.code, [each.key for each in ask.choices]) == ("signal_is_picked", ["deliver", "hand_over"])
    world.give(do.Choose(world.state.token, "deliver"))
    world.settle()
    assert world.view().bar.code == "card_returned"
    moved = [(each.signal, each.step) for each in world.store.written if isinstance(each, SignalMoved)]
    assert ("K12-1.0", "deliver") in moved
    assert [each.name for each in face(world).rows if each.card] == ["K12-1.2"]


def picked(world: World) -> None:
    steps = (("signalled", NOON), ("released", NOON), ("picking", NOON), ("picked", NOON))
    world.store.signals["K12-1.0"] = PullSignal(
        signal="K12-1.0", item=NUT.code, quantity=2, consumer="Line 3", origin="card", raised_at=NOON, loop="K12", card="K12-1",
        order="K12-1.0", state="picked", done=2, steps=steps,
    )  # fmt: skip


def test_they_leave_with_their_card_first_and_are_on_the_way_then() -> None:
    world = bay()
    picked(world)
    scan(world)
    world.give(do.Choose(world.state.token, "hand_over"))
    world.settle()
    assert world.view().bar.code == "card_handed_over"
    assert scan(world) == "card_open"  # at once: it has hardly left
    assert world.store.signals["K12-1.0"].state == "handed_over"


@pytest.mark.parametrize(
    ("code", "changes", "said", "error"),
    [
        ("BLK-K12-7", {}, "card_surplus", "O468"),
        ("BLK-K12-1", {"is_active": False}, "card_idle", "O467"),
        ("BLK-K99-1", {}, "card_unknown", "O466"),
    ],
)
def test_a_card_that_may_not_ask_is_refused_with_its_reason(code: str, changes: dict[str, object], said: str, error: str) -> None:
    world = bay(**changes)
    assert scan(world, code) == said
    assert world.view().bar.error == error
    assert Sound.WRONG in world.sounds
    assert not any(isinstance(each, SignalRaised) for each in world.store.written)


def test_of_an_unknown_card_nothing_is_told_or_written() -> None:
    world = bay()
    scan(world, "BLK-K99-1")
    assert world.view().bar.params == {}
    assert not any(isinstance(each, CardSeen) for each in world.store.written)


def test_in_the_middle_of_a_pick_a_card_asks_for_nothing() -> None:
    world = bay()
    world.start("O4")
    world.settle()
    scan(world)
    assert world.view().bar.code == "wrong_card"
    assert not world.store.signals


def test_a_store_that_takes_no_bookings_is_said_and_the_card_is_not_lost(expect_log: ExpectLog) -> None:
    expect_log("a pull signal was not written")
    world = bay()
    world.store.refuses = "D401"
    assert scan(world) == "store_read_only"
    assert scan(world) == "store_read_only"  # the next is not even asked
    assert not world.store.signals
    world.store.refuses = ""
    world.feed(StoreChanged(""))
    assert scan(world) == "card_raised"


def test_what_waits_for_its_turn_says_so_and_starts_nothing() -> None:
    world = bay(wip_limit=1)
    scan(world)
    assert scan(world, "BLK-K12-2") == "card_raised_waits"
    world.give(do.ShowSignal(world.state.token, "K12-2.1"))
    world.settle()
    assert world.view().bar.code == "signal_waits"
    assert isinstance(world.view().face, PullFace)


def test_orders_are_on_the_board_and_what_is_needed_first_stands_first() -> None:
    world = bay()
    signal = PullSignal(
        signal="C1", item=BOLT.code, quantity=3, consumer="Cell 4", origin="call", raised_at=NOON, order="C1", state="released",
        need_by=NOON + timedelta(minutes=9),
    )  # fmt: skip
    world.store.signals["C1"] = signal
    world.give(do.OpenPull())
    world.settle()
    rows = face(world).rows
    assert rows[0].name == "C1"
    assert {"O1", "O4", "O5"} <= {each.name for each in rows}
    assert not {"O2", "O3"} & {each.name for each in rows}  # puts and counts ask for no material


def test_a_supplier_signal_goes_on_by_a_touch_and_ends_at_the_receipt() -> None:
    world = bay()
    world.store.signals["S1.1"] = PullSignal(
        signal="S1.1", item=NUT.code, quantity=50, consumer="VLM1", origin="trigger", raised_at=NOON, supplier="Brandt",
        need_by=NOON,
    )  # fmt: skip
    world.give(do.OpenPull())
    world.settle()
    for step, state in (("send", "sent"), ("ship", "shipped")):
        world.give(do.ShowSignal(world.state.token, "S1.1"))
        world.give(do.Choose(world.state.token, step))
        world.settle()
        assert world.store.signals["S1.1"].state == state
    world.give(do.ShowSignal(world.state.token, "S1.1"))
    assert world.view().bar.code == "signal_at_supplier"


def test_back_leaves_the_question_and_then_the_board() -> None:
    world = bay()
    picked(world)
    scan(world)
    world.give(do.Back(world.state.token))
    assert face(world).ask is None
    assert {each.action for each in face(world).offers} == {Action.START, Action.BACK, Action.LOCK}
    world.give(do.ClosePage())
    assert not isinstance(world.view().face, PullFace)
