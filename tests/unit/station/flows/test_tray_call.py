"""A tray called without an order: every step against every event, and direct work with its reason."""

from dataclasses import replace

import pytest

from station import commands as do
from station.faces.asks import call_ask
from station.flows import tray_call
from station.flows.tray_call import (
    AskItem,
    AskKey,
    AskMore,
    AskQuantity,
    AskTray,
    AskWhy,
    FindItem,
    ItemsFound,
    Leaving,
    Looking,
    ReadTray,
    StartDirect,
    TrayCall,
    TrayRead,
    begin,
)
from station.flows.turn import Say
from station.task import Mode
from station.values import Stock, StockKey, StockStatus
from tests.helpers.sample import BOLT, MACHINE, METER, NUT, every_command, place, tray

PICTURE = tray(4, "C7", "C8", "D1")
BOLTS = Stock(place=place(4, "C7"), key=StockKey(item=BOLT.code), quantity=6)
LOTS = tuple(Stock(place=place(4, "C8"), key=StockKey(item=NUT.code, lot=lot), quantity=2) for lot in ("L1", "L2"))
HELD = Stock(place=place(4, "D1"), key=StockKey(item=NUT.code, status=StockStatus.QUALITY_HOLD), quantity=1)
CALL = TrayCall(machine=MACHINE, tray=4, picture=PICTURE, contents=(BOLTS, *LOTS), selected="C7", step=Looking())
KEY = StockKey(item=BOLT.code)

CHANGED = TrayRead(4, PICTURE, ())
FOUND = ItemsFound(BOLT.code, (BOLT,))
# the call -> the kinds of event that it answers to; with the right number, key and text
TABLE = [
    (TrayCall(machine=MACHINE), {"EnterNumber"}),
    (TrayCall(machine=MACHINE, step=AskTray(4)), {"EnterNumber", "TrayRead"}),
    (
        CALL,
        {"SelectCompartment", "SendBack", "LeaveWork", "DirectPick", "DirectPut", "CountHere", "ShowQuantities", "TrayRead"}
        | {"Divide"},
    ),
    (replace(CALL, step=AskKey(Mode.PICK), selected="C8"), {"Choose", "Back", "TrayRead"}),
    (replace(CALL, step=AskKey(Mode.PICK, KEY)), {"Back", "ItemsFound", "TrayRead"}),
    (replace(CALL, step=AskQuantity(Mode.PICK, BOLT, KEY)), {"EnterNumber", "Back", "TrayRead"}),
    (replace(CALL, step=AskMore(BOLT, KEY, 9, 6)), {"Choose", "Back", "TrayRead"}),
    (replace(CALL, step=AskWhy(Mode.PICK, BOLT, KEY, 2)), {"Choose", "Back", "TrayRead"}),
    (replace(CALL, step=AskItem()), {"EnterText", "Back", "TrayRead"}),
    (replace(CALL, step=AskItem(BOLT.code)), {"EnterText", "Back", "TrayRead", "ItemsFound"}),
    (replace(CALL, step=Leaving()), {"TrayRead"}),
]


def events_for(call):
    key = {AskWhy: "urgent_need", AskMore: "yes"}.get(type(call.step), "0")
    commands = [each for each in every_command(key=key) if not isinstance(each, do.SelectCompartment)]
    return [*commands, do.SelectCompartment(1, "C8"), CHANGED, FOUND]


@pytest.mark.parametrize(("call", "named"), TABLE, ids=[type(call.step).__name__ for call, _ in TABLE])
def test_a_step_answers_to_what_it_names_and_to_nothing_else(call, named):
    events = events_for(call)
    answered = [event for event in events if tray_call.advance(call, event) != (call, ())]
    assert answered == [event for event in events if type(event).__name__ in named]


def run(call, *events):
    effects = ()
    for event in events:
        call, more = tray_call.advance(call, event)
        effects += more
    return call, effects


def said(effects):
    return [effect.message.code for effect in effects if isinstance(effect, Say)]


def started(effects):
    return [effect.task for effect in effects if isinstance(effect, StartDirect)]


# --- the tray


def test_a_number_is_looked_up_before_a_tray_is_called():
    call, effects = begin(MACHINE, None)
    assert (call.step, effects) == (AskTray(), ())
    call, effects = run(call, do.EnterNumber(1, 4))
    assert (call.tray, effects) == (None, (ReadTray(4),))
    call, _ = run(call, TrayRead(4, PICTURE, (BOLTS,)))
    assert (call.tray, call.step, call.selected, call.contents) == (4, Looking(), "C7", (BOLTS,))


def test_a_number_that_no_tray_has_is_said_and_asked_again():
    call, _ = begin(MACHINE, 99)
    call, effects = run(call, TrayRead(99, None, ()))
    assert said(effects) == ["no_such_tray"]
    assert isinstance(call.step, AskTray)
    assert call.tray is None


def test_only_the_last_number_that_was_asked_calls_a_tray():
    call, _ = run(begin(MACHINE, None)[0], do.EnterNumber(1, 5), do.EnterNumber(1, 4))
    assert run(call, TrayRead(5, tray(5, "A1"), ()))[0] == call
    assert run(call, TrayRead(4, PICTURE, ()))[0].tray == 4


def test_new_contents_of_the_called_tray_are_shown_and_another_trays_are_not():
    assert run(CALL, TrayRead(4, PICTURE, (BOLTS,)))[0].contents == (BOLTS,)
    assert run(CALL, TrayRead(5, tray(5, "A1"), ()))[0] == CALL


def test_a_compartment_that_is_not_on_the_tray_cannot_be_chosen():
    assert run(CALL, do.SelectCompartment(1, "Z9"))[0] == CALL


@pytest.mark.parametrize("command", [do.SendBack(1), do.LeaveWork(1)])
def test_the_tray_is_sent_back(command):
    assert run(CALL, command)[0].step == Leaving()


# --- direct work


def test_a_direct_pick_has_item_quantity_and_reason():
    call, effects = run(CALL, do.DirectPick(1))
    assert effects == (FindItem(BOLT.code),)
    call, effects = run(call, FOUND, do.EnterNumber(1, 3))
    assert started(effects) == []
    call, effects = run(call, do.Choose(1, "scrap"))
    (task,) = started(effects)
    assert (task.mode, task.order, task.quantity, task.reason) == (Mode.PICK, "", 3, "scrap")
    assert (task.place, task.key) == (place(4, "C7"), KEY)
    assert call.step == Looking()


def test_a_direct_pick_without_a_quantity_or_with_a_made_up_reason_does_not_start():
    asked = replace(CALL, step=AskQuantity(Mode.PICK, BOLT, KEY))
    assert run(asked, do.EnterNumber(1, 0)) == (asked, ())
    why = replace(CALL, step=AskWhy(Mode.PICK, BOLT, KEY, 3))
    assert run(why, do.Choose(1, "because")) == (why, ())


def test_of_several_lots_the_person_says_which():
    call, effects = run(replace(CALL, selected="C8"), do.DirectPick(1))
    assert (call.step, effects) == (AskKey(Mode.PICK), ())
    call, effects = run(call, do.Choose(1, "1"), ItemsFound(NUT.code, (NUT,)))
    assert call.step == AskQuantity(Mode.PICK, NUT, LOTS[1].key)


@pytest.mark.parametrize("key", ["2", "-1", "", "x", "²"])
def test_a_lot_that_was_not_offered_is_no_answer(key):
    asked = replace(CALL, selected="C8", step=AskKey(Mode.PICK))
    assert run(asked, do.Choose(1, key)) == (asked, ())


def test_nothing_is_picked_from_an_empty_compartment():
    call, effects = run(replace(CALL, selected="D1"), do.DirectPick(1))
    assert said(effects) == ["compartment_empty"]
    assert call.step == Looking()


@pytest.mark.parametrize("expired", [False, True])
def test_what_no_order_gets_leaves_to_be_scrapped_returned_or_inspected_only(expired):
    spoilt = replace(HELD, key=replace(HELD.key, status=StockStatus.FREE)) if expired else HELD
    call = replace(CALL, contents=(spoilt,), selected="D1", expired=frozenset({spoilt.key} if expired else ()))
    call, _ = run(call, do.DirectPick(1), ItemsFound(NUT.code, (NUT,)), do.EnterNumber(1, 1))
    assert isinstance(call.step, AskWhy)
    assert tray_call.reasons_of(call, call.step) == ("scrap", "return", "inspection")
    assert run(call, do.Choose(1, "urgent_need")) == (call, ())
    (task,) = started(run(call, do.Choose(1, "scrap"))[1])
    assert (task.key, task.reason) == (spoilt.key, "scrap")


def test_stock_that_is_held_may_be_counted():
    held = replace(CALL, contents=(HELD,), selected="D1")
    found = ItemsFound(NUT.code, (NUT,))
    (task,) = started(run(held, do.CountHere(1), found)[1])
    assert (task.mode, task.key, task.reason) == (Mode.COUNT, HELD.key, "on_the_spot")


def test_a_direct_put_asks_what_how_many_and_why():
    call, effects = run(replace(CALL, selected="D1"), do.DirectPut(1), do.EnterText(1, NUT.code))
    assert effects == (FindItem(NUT.code),)
    call, effects = run(call, ItemsFound(NUT.code, (NUT,)), do.EnterNumber(1, 2), do.Choose(1, "return"))
    (task,) = started(effects)
    assert (task.mode, task.item, task.quantity, task.reason) == (Mode.PUT, NUT, 2, "return")


def test_a_direct_put_names_the_item_that_lies_there_and_leads_back_to_the_tray():
    call, effects = run(replace(CALL, step=AskItem(NUT.code)), ItemsFound(NUT.code, (NUT,)))
    (said,) = effects
    assert (said.message.error, said.message.params["other"], said.message.params["compartment"]) == ("O501", BOLT.code, "C7")
    assert call.step == Looking()
    shared = replace(CALL, step=AskItem(NUT.code), mixable=frozenset({BOLT.code}))
    assert isinstance(run(shared, ItemsFound(NUT.code, (replace(NUT, mixing=True),)))[0].step, AskQuantity)
    assert run(shared, ItemsFound(NUT.code, (NUT,)))[0].step == Looking()


@pytest.mark.parametrize(("items", "code"), [((), "no_such_item"), ((BOLT, NUT), "ambiguous_item")])
def test_what_is_not_exactly_one_item_is_said_and_asked_again(items, code):
    asked = replace(CALL, step=AskItem("X"))
    call, effects = run(asked, ItemsFound("X", items))
    assert said(effects) == [code]
    assert isinstance(call.step, AskItem)


def test_an_answer_about_what_was_typed_before_means_nothing():
    asked = replace(CALL, step=AskItem(NUT.code))
    assert run(asked, FOUND) == (asked, ())


def test_a_tray_whose_stock_names_an_item_that_is_gone_leads_back_and_not_into_a_dead_end():
    call, effects = run(CALL, do.DirectPick(1), ItemsFound(BOLT.code, ()))
    assert said(effects) == ["no_such_item"]
    assert run(call, do.Back(1))[0].step == Looking()


# --- a count is blind where the figure was not seen ----------------------------------------------------------------------


def started_task(call, *events):
    (task,) = [effect.task for effect in run(call, *events)[1] if isinstance(effect, StartDirect)]
    return task


def test_a_direct_count_is_blind_unless_the_quantities_were_shown():
    assert not started_task(CALL, do.CountHere(1), FOUND).was_seen
    assert started_task(CALL, do.ShowQuantities(1), do.CountHere(1), FOUND).was_seen


def test_after_a_direct_pick_the_figure_of_its_compartment_has_been_seen_and_no_other():
    pick = (do.DirectPick(1), FOUND, do.EnterNumber(1, 2), do.Choose(1, "sample"))
    assert started_task(run(CALL, *pick)[0], do.CountHere(1), FOUND).was_seen
    elsewhere = replace(CALL, contents=(BOLTS, replace(BOLTS, place=place(4, "D1"))))
    assert not started_task(run(elsewhere, *pick)[0], do.SelectCompartment(1, "D1"), do.CountHere(1), FOUND).was_seen


def test_a_serial_is_one_piece_and_its_quantity_is_not_asked():
    key = StockKey(item=METER.code, serial="S1")
    asked = replace(CALL, step=AskKey(Mode.PICK, key))
    call, _ = tray_call.advance(asked, ItemsFound(METER.code, (METER,)))
    assert call.step == AskWhy(Mode.PICK, METER, key, 1)


def test_an_item_with_serials_is_put_in_whole_pieces():
    reel = replace(METER, decimals=1)
    asked = replace(CALL, step=AskQuantity(Mode.PUT, reel, StockKey(item=reel.code)))
    call, effects = tray_call.advance(asked, do.EnterNumber(1, 15))
    assert (call, effects[0].message.code) == (asked, "whole_pieces")
    assert tray_call.advance(asked, do.EnterNumber(1, 20))[0].step.quantity == 20


def test_more_than_the_book_has_is_asked_about_once_and_never_refused():
    asked = replace(CALL, step=AskQuantity(Mode.PICK, BOLT, KEY))
    call, _ = run(asked, do.EnterNumber(1, 9))
    assert call.step == AskMore(BOLT, KEY, 9, 6)
    ask = call_ask(call)
    assert (ask.params["book"], ask.params["quantity"], [each.key for each in ask.choices]) == (6, 9, ["yes", "again"])
    assert run(call, do.Choose(1, "yes"))[0].step == AskWhy(Mode.PICK, BOLT, KEY, 9)
    assert run(call, do.Choose(1, "again"))[0].step == AskQuantity(Mode.PICK, BOLT, KEY)
    assert run(call, do.Choose(1, "again"), do.EnterNumber(1, 6))[0].step == AskWhy(Mode.PICK, BOLT, KEY, 6)


def test_the_question_has_shown_the_book():
    call, _ = run(replace(CALL, step=AskQuantity(Mode.PICK, BOLT, KEY)), do.EnterNumber(1, 9), do.Back(1))
    assert (call.step, call.seen) == (Looking(), frozenset({"C7"}))


def test_a_put_of_any_size_is_not_asked_about():
    call, _ = run(replace(CALL, step=AskQuantity(Mode.PUT, BOLT, KEY)), do.EnterNumber(1, 900))
    assert call.step == AskWhy(Mode.PUT, BOLT, KEY, 900)
