"""What the running station does when its store cannot be read or written for a while, and with what comes after its end."""

from __future__ import annotations

import asyncio

import pytest

from db.errors import Kind, StoreError
from db.records.people import Unattended
from db.records.service import ServiceDone
from station import commands as do
from station.core.effects import Append, Declare, ReadOrders
from station.core.inputs import Declared, SiteChanged, StoreChanged
from station.view.work import WorkFace
from tests.helpers.fake_store import DISK_FULL
from tests.helpers.sample import MACHINE, MARA
from tests.helpers.world import filled_store
from tests.unit.station.test_runner import Pan, can_confirm, kinds, run, weighing_of


def refuse_reads(store, kind=Kind.KNOWN):
    """Until `del store.open_orders`."""

    def read():
        raise StoreError("D409", "refused by the test", kind=kind)

    store.open_orders = read


def has_list(view):
    return isinstance(view.face, WorkFace) and bool(view.face.orders)


def test_a_list_that_could_not_be_read_is_said_and_read_again_when_the_store_is_back(expect_log):
    expect_log("the store was not read")
    store = filled_store()

    async def day(running):
        refuse_reads(store)
        await running.sign_on()
        view = await running.until(lambda view: view.is_read_only)
        assert (view.bar.code, view.bar.error) == ("store_read_only", "D409")
        del store.open_orders
        running.station._on_tick()
        await running.until(has_list)
        running.station._on_tick()
        assert not running.station.view.is_read_only

    run(day, store)


def test_a_bug_in_a_read_still_ends_the_program():
    store, found = filled_store(), []

    async def day(running):
        running.station._loop.set_exception_handler(lambda loop, context: found.append(context["exception"].kind))
        refuse_reads(store, Kind.BUG)
        running.station._executor.carry_out(ReadOrders())
        (task,) = running.station._tasks._running
        with pytest.raises(StoreError):
            await task

    run(day, store)
    assert found == [Kind.BUG]


def test_a_weight_that_was_learnt_while_the_store_cannot_be_read_is_shown_when_it_can(expect_log):
    expect_log("the store was not read")
    store, scale = filled_store(), Pan()

    async def day(running):
        await running.at_first_task()
        running.station.give(do.NotEnough(running.station.view.token))
        await running.until(lambda view: weighing_of(view) and weighing_of(view).why == "scale_busy")
        scale.read(41_000)
        await running.until(lambda view: weighing_of(view).why == "scale_not_learnt")
        running.station.give(do.TeachWeight(running.station.view.token))
        refuse_weights(store)
        running.station.give(do.EnterNumber(running.station.view.token, 10))
        await running.until(lambda view: view.is_read_only)
        del store.piece_weight
        running.station._on_tick()
        await running.until(lambda view: weighing_of(view).is_sure)
        running.station._on_tick()
        view = running.station.view
        assert (weighing_of(view).pieces, view.bar.code) == (10, "weight_learnt")

    assert kinds(run(day, store, scale=scale).store).count("piece_weight_learnt") == 1


@pytest.mark.parametrize("refused", ["", DISK_FULL])
def test_what_is_declared_has_an_answer_of_its_own(refused, expect_log):
    if refused:
        expect_log("what was declared was not written")
    store, fed = filled_store(), []
    record = ServiceDone(machine=MACHINE, person=MARA.person, what="service", note="X", next_inspection="")

    async def day(running):
        await running.sign_on()
        executor = running.station._executor
        executor.bookings._feed = fed.append
        store.refuses = refused
        executor.carry_out(Declare(records=(record,)))
        await asyncio.gather(*(each for each in running.station._tasks._running if each.get_name() == "station:declare"))
        store.refuses = ""

    run(day, store)
    assert fed[0] == Declared((record,), refused)
    assert fed[1:] == ([] if refused else [SiteChanged()])


def refuse_weights(store):
    """Until `del store.piece_weight`."""

    def read(item, lot):
        raise StoreError("D402", "refused by the test")

    store.piece_weight = read


def test_a_touch_or_scan_after_the_stop_was_asked_books_nothing():
    async def day(running):
        view = await running.at_first_task()
        running.lift.close = lambda: late(running, view)

    async def late(running, view):
        running.station.give(do.Confirm(view.token))
        running.station.scan(view.face.item.barcodes[0], "wedge")

    assert "picked" not in kinds(run(day).store)


def test_notes_that_the_full_disk_refused_are_written_in_their_order_before_the_next_booking(expect_log):
    expect_log("a note was not written")
    store = filled_store()

    async def day(running):
        view = await running.at_first_task()
        store.refuses = DISK_FULL
        note(running, "first")
        note(running, "second")
        await running.until(lambda view: view.is_read_only)
        note(running, "third")
        await asyncio.sleep(0)
        store.refuses = ""
        running.station._feed(StoreChanged(""))
        view = await running.until(can_confirm)
        running.station.give(do.Confirm(view.token))
        await running.until(lambda after: after.flash > view.flash)

    run(day, store)
    said = [getattr(each, "why", each.kind) for each in store.written if each.kind in ("unattended", "picked")]
    assert said[:4] == ["first", "second", "third", "picked"]
    assert said.count("first") == 1


def test_notes_are_written_when_the_disk_has_room_though_nothing_else_happens(expect_log):
    expect_log("a note was not written")
    store = filled_store()

    async def day(running):
        store.refuses = DISK_FULL
        note(running, "first")
        await running.until(lambda view: view.is_read_only)
        assert "unattended" not in kinds(store)
        store.refuses = ""
        running.station._on_tick()
        assert "unattended" in kinds(store)

    run(day, store)


def note(running, why):
    running.station._executor.carry_out(Append(records=(Unattended(person="p_1", tray=None, why=why),)))
