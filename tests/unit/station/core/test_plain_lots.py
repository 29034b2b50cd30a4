"""A lot or a serial may be any text: one that looks like a code of another kind is still one, scanned or typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.view.ask import AskChoice
from station.view.task import TaskFace
from tests.helpers import receipts as at
from tests.helpers.receipts import ask, at_receipts, choose, count, say, scan
from tests.helpers.sample import BOLT, METER, NUT, RESIN, task
from tests.helpers.world import World
from tests.unit.station.core.test_labels import face_of, put_resin, puts, scanned

WRONG_DIGIT = ["20261127", "123456789013", "4006381333932", "15400141288764"]
LOOKS_LIKE = ["0123456789012345", "(A)123", "(", "https://maker.example/s/4711", "^12", *WRONG_DIGIT]
RIGHT_DIGIT = ["96385074", "123456789012", "9520123456788"]


def asked_for_the_lot() -> World:
    world = World()
    world.store.orders = {}
    at_receipts(world)
    scan(world, RESIN.code)
    assert ask(world) == "goods_lot"
    return world


@pytest.mark.parametrize("how", [scan, say])
@pytest.mark.parametrize("lot", [*LOOKS_LIKE, *RIGHT_DIGIT])
def test_a_receipt_takes_any_text_as_a_lot(how, lot: str) -> None:
    world = asked_for_the_lot()
    how(world, lot)
    assert ask(world) == "goods_count"
    count(world, 3)
    assert at.received(world)[0].lot == lot


@pytest.mark.parametrize("how", [scan, say])
def test_a_receipt_takes_any_text_as_a_serial(how) -> None:
    world = World()
    world.store.orders = {}
    at_receipts(world)
    scan(world, METER.code)
    how(world, "https://maker.example/s/4711")
    assert at.received(world)[0].serial == "https://maker.example/s/4711"


@pytest.mark.parametrize("how", [scan, say])
@pytest.mark.parametrize("lot", LOOKS_LIKE)
def test_a_put_takes_any_text_as_a_lot(how, lot: str) -> None:
    world = put_resin()
    how(world, lot)
    assert puts(world) == [("", lot, 3)]


def test_what_is_typed_is_never_a_label() -> None:
    world = put_resin()
    say(world, "(01)09520123456788(10)L4")
    assert isinstance(face_of(world).ask, AskChoice)  # the code of an item that nobody here knows: which is it?
    choose(world, "code")
    assert puts(world) == [("", "(01)09520123456788(10)L4", 3)]
    world = asked_for_the_lot()
    say(world, "(10)L4")
    count(world, 3)
    assert at.received(world)[0].lot == "(10)L4"


@pytest.mark.parametrize("how", [scan, say])
@pytest.mark.parametrize(("code", "item"), [(NUT.code, NUT), (BOLT.barcodes[0], BOLT)])
def test_at_a_receipt_the_code_of_another_item_is_asked_about_and_never_guessed(how, code: str, item) -> None:
    world = asked_for_the_lot()
    how(world, code)
    asked = world.view().face.ask
    assert isinstance(asked, AskChoice)
    assert (asked.code, asked.params) == ("two_meanings", {"text": code, "other": item.code})
    choose(world, "item")
    assert ask(world) == "goods_lot"
    for _again in range(2):
        scan(world, code)
        assert ask(world) == "two_meanings"
    choose(world, "code")
    count(world, 3)
    assert at.received(world)[0].lot == code


def test_back_from_the_question_leads_to_the_lot() -> None:
    world = asked_for_the_lot()
    scan(world, NUT.code)
    world.give(do.Back(world.state.token))
    world.settle()
    assert ask(world) == "goods_lot"


@pytest.mark.parametrize("label", ["]C10109520123456788", "]C1109\x1d17261331", "(01)09520123456789", "[)>\x1e06\x1d1T\x1e\x04"])
def test_a_code_that_says_itself_that_it_is_a_label_is_still_refused_where_it_is_wrong(label: str) -> None:
    world = asked_for_the_lot()
    scan(world, label)
    assert ask(world) == "goods_lot"
    assert world.view().bar.error in ("O370", "O422")
    world = put_resin()
    scan(world, label)
    assert puts(world) == []
    assert isinstance(world.view().face, TaskFace)


@pytest.mark.parametrize("text", ["0123456789012345", "(A)123", "https://maker.example/s/4711", "^12"])
def test_a_text_that_only_looks_like_a_label_is_a_wrong_scan_where_an_item_is_to_be_proven(text: str) -> None:
    state, booked = scanned(task(quantity=2), text)
    assert (booked, state.round.current.is_locked, state.bar.code) == ([], True, "not_this_item")


@pytest.mark.parametrize("serial", ["010952012345678821S9", "(21)S9", "0123456789012345", "20261127"])
def test_a_piece_is_proven_by_its_serial_whatever_that_looks_like(serial: str) -> None:
    of = task(quantity=1, item=METER)
    state, _booked = scanned(of, serial, key=replace(of.key, serial=serial))
    assert not state.round.current.is_locked
    assert state.round.current.scanned == 1
