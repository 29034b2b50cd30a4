"""The whole of the rules against a world that answers late, in any order, or not at all.

`tests.helpers.world.World` holds every step to the laws; here hypothesis looks for the steps that break one. The small form draws
some hundred days, BAYLIGHT_SOAK ten times as many.
"""

import os
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from db.records.service import BayInService, BayOutOfService, TrayInService, TrayOutOfService
from db.records.stock import Picked
from db.records.totes import ToteBound
from db.records.undo import PutBack
from hardware.values import (
    DisplayLink,
    Instruction,
    LinkDown,
    LinkUp,
    MotionAccepted,
    OperatorAsked,
    Outcome,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
    ScannerLink,
    ToteKey,
)
from station import commands as do
from station.core.inputs import SiteChanged, StoreChanged, Ticked
from station.custody import Verb
from station.flows.pick import SHORT_REASONS
from station.flows.put import PUT_REASONS
from station.flows.sign_on import WentIdle
from station.flows.undo import LIE_BACK
from station.scan import place_label
from station.values import Order, OrderKind, OrderLine
from tests.helpers.sample import BOLT, ELIF, JONAS, MACHINE, MARA, METER, NUT, RESIN, every_command, place
from tests.helpers.world import OPENING, SHAFT, World

PEOPLE = (MARA.person, JONAS.person, ELIF.person, "nobody")
REFUSALS = ("L204", "L205", "L206", "L207", "")
ANY = st.integers(0, 10_000)
TRAYS = st.sampled_from((4, 5, 6))
RANKS = ((1, NUT), (2, BOLT), (3, METER), (4, BOLT))
CODES = st.sampled_from((BOLT.code, RESIN.code, METER.code))


class Bay(RuleBasedStateMachine):
    """One bay's day. Every rule is one thing that may happen next."""

    reports_tray = False

    def __init__(self) -> None:
        super().__init__()
        self.world = World(reports_tray=self.reports_tray, counts_wait=self.reports_tray)

    # --- people

    @rule(who=st.sampled_from(PEOPLE))
    def somebody_signs_on(self, who):
        self.world.sign_on(who)

    @rule(pick=ANY)
    def the_person_does_something_sensible(self, pick):
        commands = self.world.sensible()
        self.world.give(commands[pick % len(commands)])

    @rule(pick=ANY, age=st.integers(1, 5))
    def a_tap_comes_too_late(self, pick, age):
        commands = every_command(self.world.state.token - age)
        self.world.give(commands[pick % len(commands)])

    @rule(pick=ANY)
    def something_is_scanned(self, pick):
        codes = self.world.scans()
        self.world.scan(codes[pick % len(codes)])

    @rule(pick=ANY)
    def a_good_while(self, pick):
        """Nothing goes wrong for some time: the work is begun, or gone on with, by scan and touch."""
        world = self.world
        world.recover(is_leaving=False)
        if world.state.round is None:
            world.start(f"O{pick % 6 + 1}")
            world.settle()
        for _ in range(pick % 4):
            self.the_work_is_gone_on_with()

    @rule(pick=ANY, is_line=st.booleans())
    def nobody_watches_for_a_while(self, pick, is_line):
        """The line, or the machine, is down while somebody sends the tray away by hand; then the work is gone on with."""
        self.a_good_while(pick)
        self.world.feed(LinkDown("L101") if is_line else SafetyStopped("A-213"))
        self.world.use_the_panel()
        self.world.feed(LinkUp() if is_line else SafetyCleared())
        self.the_work_is_gone_on_with()

    @rule(pick=ANY)
    def the_machine_gives_up_what_it_began(self, pick):
        """The tray is on its way back when the machine cancels; then the same orders are started again."""
        self.a_good_while(pick)
        self.world.give(do.LeaveWork(self.world.state.token))
        self.the_disk_catches_up()
        if self.world.is_moving:
            self.world.start_motion()
            self.world.end_motion(Outcome.NOT_DONE, code="L204")
        self.world.read_all()
        self.world.start(f"O{pick % 6 + 1}")
        self.the_work_is_gone_on_with()

    def the_work_is_gone_on_with(self):
        world = self.world
        if world.state.round is not None and world.state.round.task is not None:
            world.scan(world.state.round.task.item.code)
            world.give(do.Confirm(world.state.token))

    @rule(taken=st.integers(0, 3), remaining=st.integers(0, 3), reason=st.sampled_from((*SHORT_REASONS, *PUT_REASONS)))
    def less_is_there(self, taken, remaining, reason):
        self.a_good_while(0)
        self.they_are_said(
            do.NotEnough,
            lambda token: do.EnterNumber(token, taken),
            lambda token: do.Choose(token, reason),
            lambda token: do.EnterNumber(token, remaining),
        )

    @rule(lot=st.sampled_from(("L1", "L2")), serials=st.lists(st.sampled_from(("S1", "S2", "S3", "S4", "S5")), max_size=5))
    def tracked_goods_are_put(self, lot, serials):
        self.world.recover()
        self.world.give(do.StartOrders(("O6",)))
        self.world.settle()
        for _ in range(2):
            self.they_are_said(do.Confirm, *(partial(do.EnterText, text=each) for each in (*serials, lot)))
            self.world.settle()

    @rule(tray=TRAYS, quantity=st.integers(1, 9), kind=st.sampled_from((do.DirectPick, do.DirectPut)), code=CODES)
    def somebody_works_directly(self, tray, quantity, kind, code):
        self.world.recover()
        self.world.give(do.CallTray(tray))
        self.world.settle()
        self.they_are_said(
            kind,
            lambda token: do.EnterText(token, code),
            lambda token: do.EnterNumber(token, quantity),
            lambda token: do.Choose(token, "return"),
            do.Confirm,
        )

    @rule(tray=TRAYS, to=TRAYS, quantity=st.sampled_from((1, 4, 6)), is_far=st.booleans())
    def goods_are_moved(self, tray, to, quantity, is_far):
        """Taken into the hand and put down; or the day goes on with them in the hand. None of them are lost on the way."""
        self.world.recover()
        stock = self.world.store.stock_of_item(BOLT.code)
        number = next((n for n, each in enumerate(stock) if each.place.tray == tray and each.quantity > 0), 0)
        self.they_are_said(
            lambda token: do.OpenOther(),
            lambda token: do.Choose(token, "transfer"),
            lambda token: do.EnterText(token, BOLT.code),
            lambda token: do.Choose(token, f"stock_{number}"),
            lambda token: do.EnterNumber(token, quantity),
        )
        self.world.settle()
        self.they_are_said(do.Confirm)
        self.world.settle()
        if is_far:
            self.world.scan(place_label(place(to, "D1")))
            self.world.settle()
            self.they_are_said(do.Confirm)

    @precondition(lambda self: self.world.state.undo is not None)
    @rule()
    def the_last_booking_is_undone(self):
        self.the_last_booking_is_taken_back()

    def the_last_booking_is_taken_back(self):
        self.they_are_said(do.Undo, lambda token: do.Choose(token, LIE_BACK))
        self.the_disk_catches_up()

    @rule(code=st.sampled_from(("LD-1", "LD-2")), is_undone=st.booleans())
    def a_load_comes_or_goes(self, code, is_undone):
        """One scan in, one scan out; and perhaps it was the wrong one."""
        self.world.recover()
        self.world.give(do.OpenLoads())
        self.world.settle()
        self.world.scan(code)
        self.world.settle()
        self.they_are_said(
            do.LeaveOut, lambda token: do.Choose(token, "nobody"), lambda token: do.Choose(token, "load_not_planned")
        )
        self.world.settle()
        self.they_are_said(do.Confirm)
        self.the_disk_catches_up()
        if is_undone:
            self.the_last_booking_is_taken_back()

    @rule(quantity=st.sampled_from((1, 40)), is_rejected=st.booleans(), is_undone=st.booleans())
    def goods_come_in(self, quantity, is_rejected, is_undone):
        self.world.recover()
        self.world.give(do.OpenReceipts())
        self.world.settle()
        self.world.scan(BOLT.code)
        self.world.settle()
        rejected = (lambda token: do.Choose(token, "reject"), lambda token: do.Choose(token, "goods_damaged"), do.LeaveOut)
        self.they_are_said(
            *((do.JudgeGoods,) if is_rejected else ()),
            lambda token: do.EnterNumber(token, quantity),
            *(rejected if is_rejected else ()),
        )
        self.world.settle()
        self.they_are_said(lambda token: do.Choose(token, "hand_over_goods"))
        if is_undone:
            self.the_last_booking_is_taken_back()

    @rule(text=st.sampled_from(("M8", "BOLT", "X")), number=st.integers(0, 2))
    def something_is_looked_for(self, text, number):
        self.they_are_said(
            lambda token: do.OpenSearch(),
            *(partial(do.SearchKey, key=key) for key in text),
            do.ShowFound,
            partial(do.ChoosePlace, number=number),
            do.CallPlace,
        )

    def they_are_said(self, *commands):
        """One after another, each for the screen that the one before has left."""
        for command in commands:
            self.world.give(command(self.world.state.token))
            self.world.read_all()

    @rule()
    def nobody_is_there(self):
        self.world.feed(WentIdle())

    # --- the store

    @precondition(lambda self: self.world.writes)
    @rule()
    def the_disk_has_it(self):
        self.world.write()

    @rule()
    def the_disk_catches_up(self):
        while self.world.writes:
            self.world.write()

    @precondition(lambda self: self.world.writes)
    @rule()
    def the_disk_is_full(self):
        self.world.write(is_refused=True)

    @rule()
    def there_is_room_again(self):
        self.world.feed(StoreChanged(""))

    @rule(which=ANY)
    def the_host_cancels(self, which):
        self.world.cancel(f"O{which % 5 + 1}")

    @rule(which=ANY, later=st.integers(0, 2))
    def the_host_cancels_what_is_just_started(self, which, later):
        """Before its tasks are found, before its start is written, or after."""
        world, order = self.world, f"O{which % 5 + 1}"
        world.recover()
        world.give(do.StartOrders((order,)))
        if later:
            world.read_all()
        if later == 2:
            self.the_disk_catches_up()
        world.cancel(order)

    @precondition(lambda self: self.world.reads)
    @rule(which=ANY)
    def a_reader_reads(self, which):
        self.world.read(which)

    @precondition(lambda self: self.world.answers)
    @rule(which=ANY)
    def an_answer_arrives(self, which):
        self.world.answer(which)

    @precondition(lambda self: self.world.gate)
    @rule(is_right=st.booleans())
    def the_gate_answers(self, is_right):
        self.world.pass_gate(is_right=is_right)

    # --- the machine

    @precondition(lambda self: self.world.is_moving)
    @rule()
    def the_machine_is_done(self):
        self.world.end_motion(Outcome.DONE)

    @precondition(lambda self: self.world.is_moving)
    @rule()
    def the_machine_begins(self):
        self.world.start_motion()

    @precondition(lambda self: self.world.is_moving)
    @rule(instruction=st.sampled_from(Instruction))
    def the_machine_waits_for_a_person(self, instruction):
        self.world.is_started = True
        self.world.feed(OperatorAsked(self.world.move.command, instruction))

    @precondition(lambda self: not self.world.state.custody.is_linked or self.world.state.custody.safety_code)
    @rule()
    def somebody_uses_the_panel(self):
        self.world.use_the_panel()

    @precondition(lambda self: self.world.is_moving)
    @rule(code=st.sampled_from(REFUSALS))
    def the_machine_refuses(self, code):
        self.world.end_motion(Outcome.NOT_DONE, code=code)

    @precondition(lambda self: self.world.is_moving)
    @rule()
    def nobody_knows_how_it_ended(self):
        self.world.end_motion(Outcome.UNKNOWN)

    @precondition(lambda self: self.world.is_moving and self.world.move.verb is Verb.FETCH)
    @rule()
    def another_tray_comes(self):
        self.world.end_motion(Outcome.DONE, arrived=self.world.move.tray + 1)

    @precondition(lambda self: self.world.lost)
    @rule(outcome=st.sampled_from(Outcome))
    def an_answer_comes_late(self, outcome):
        self.world.answer_late(outcome)

    @rule(is_up=st.booleans())
    def the_cable(self, is_up):
        self.world.feed(LinkUp() if is_up else LinkDown("L101"))

    @rule(is_cut=st.booleans())
    def the_curtain(self, is_cut):
        self.world.feed(SafetyStopped("A-213") if is_cut else SafetyCleared())

    @precondition(lambda self: self.world.state.custody.safety_code and self.world.move is None)
    @rule()
    def the_statuses_alone_say_that_it_works(self):
        self.world.feed(SafetyUnclear(self.world.state.custody.safety_code))

    @rule(what=st.sampled_from((Ticked(), SiteChanged(), ScannerLink("s", False), DisplayLink(True), MotionAccepted(1))))
    def something_else(self, what):
        self.world.feed(what)

    @rule(tray=TRAYS, is_out=st.booleans())
    def maintenance_looks_at_a_tray(self, tray, is_out):
        """From a command line, between two transactions of the bay."""
        record = (
            TrayOutOfService(machine=MACHINE, tray=tray, reason="bent") if is_out else TrayInService(machine=MACHINE, tray=tray)
        )
        self.world.store.write((record,))
        self.world.feed(SiteChanged())

    @rule(is_out=st.booleans())
    def maintenance_looks_at_the_bay(self, is_out):
        out = BayOutOfService(machine=MACHINE, opening=OPENING, reason="door")
        self.world.store.write((out if is_out else BayInService(machine=MACHINE, opening=OPENING),))
        self.world.feed(SiteChanged())

    @rule()
    def everything_comes_to_rest(self):
        self.world.settle()

    @precondition(lambda self: self.world.move is not None)
    @rule(outcome=st.sampled_from((Outcome.UNKNOWN, Outcome.NOT_DONE)), code=st.sampled_from(REFUSALS))
    def the_motion_fails(self, outcome, code):
        self.the_disk_catches_up()
        if self.world.is_moving:
            self.world.end_motion(outcome, code=code)

    @rule()
    def the_station_is_killed(self):
        self.world.restart()

    def teardown(self):
        """Whatever happened: with a person, a working machine and room on the disk, the day can go on. There is no dead end."""
        self.world.recover()


class AskableBay(Bay):
    """The same at a machine that can be asked which tray is at its opening."""

    reports_tray = True

    @precondition(lambda self: self.world.questions)
    @rule(is_ready=st.booleans(), is_read=st.sampled_from((True, True, True, False)))
    def the_machine_is_asked(self, is_ready, is_read):
        self.world.say_status(is_ready=is_ready, is_read=is_read)

    @precondition(lambda self: self.world.metal == SHAFT)
    @rule(tray=st.sampled_from((None, 4, 5, 6)))
    def what_was_in_the_shaft_comes_to_rest(self, tray):
        self.world.come_to_rest(tray)

    @rule(tray=st.sampled_from((None, 4, 5, 6)), is_line=st.booleans())
    def somebody_calls_a_tray_at_the_panel(self, tray, is_line):
        """While nobody watches another tray is brought; then the machine is asked."""
        world = self.world
        world.feed(LinkDown("L101") if is_line else SafetyStopped("A-213"))
        if world.move is None:
            world.metal = tray
        world.feed(LinkUp() if is_line else SafetyCleared())
        if world.questions:
            world.say_status()
        self.the_work_is_gone_on_with()


class ToteBay(Bay):
    """The same where several orders go into totes, one leaves in sequence, and another is released as express meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(put_places=("T1", "T2", "T3"))
        line = OrderLine(order="O7", line="1", item=BOLT.code, quantity=3)
        ranked = (OrderLine(order="O8", line=str(rank), item=item.code, quantity=1, rank=rank) for rank, item in RANKS)
        self.world.store.orders["O7"] = Order(order="O7", kind=OrderKind.PICK, lines=(line,))
        self.world.store.orders["O8"] = Order(order="O8", kind=OrderKind.PICK, sequence="L7", lines=tuple(ranked))
        self.totes = 0

    @rule(pick=ANY)
    def several_orders_are_started(self, pick):
        world = self.world
        world.recover(is_leaving=False)
        if world.state.round is None:
            world.start(*(("O1", "O7"), ("O4", "O7", "O1"), ("O8",), ("O7", "O8"))[pick % 4])
            world.settle()
        self.totes_are_brought(pick)
        for _ in range(pick % 5):
            self.the_work_is_gone_on_with()
            self.a_tote_is_named(pick)

    @rule(pick=ANY)
    def totes_are_brought(self, pick):
        """One for each place, where nothing else is asked first."""
        for _ in self.world.put_places[: 1 if pick % 3 == 0 else None]:
            if self.world.state.round is None or self.world.state.round.binding is None or self.world.state.store_code:
                return
            self.totes += 1
            self.world.scan(f"BLO-B{self.totes}")
            self.world.settle()

    @rule(pick=ANY)
    def a_tote_is_named(self, pick):
        place = f"T{pick % 4 + 1}"
        if pick % 2:
            self.world.feed(ToteKey(place))
        else:
            self.world.scan(f"BLO-B{pick % 7}")

    @rule()
    def an_express_order_is_released(self):
        line = OrderLine(order="O9", line="1", item=NUT.code, quantity=1)
        self.world.store.orders.setdefault("O9", Order(order="O9", kind=OrderKind.PICK, is_express=True, lines=(line,)))
        self.world.feed(SiteChanged())

    def teardown(self):
        """And of every piece that left, the tote's order is the line's."""
        super().teardown()
        bound = {(each.order, each.tote) for each in self.world.store.written if isinstance(each, ToteBound)}
        picked = [each for each in self.world.store.written if isinstance(each, Picked) and each.tote]
        assert {(each.order, each.tote) for each in picked} <= bound
        done = sum(
            line.done_quantity
            for order in self.world.store.orders.values()
            for line in order.lines
            if line.item == BOLT.code and order.kind is OrderKind.PICK
        )
        assert sum(each.quantity for each in self.picks_that_hold() if each.item == BOLT.code) == done

    def picks_that_hold(self):
        """What left for an order and did not come back by an undo, which belongs to no line and names the pick's event."""
        store = self.world.store
        came_back = {id for each in store.written if isinstance(each, PutBack) for id in each.undoes}
        told = zip(store.log, store.written, strict=True)
        return [each for row, each in told if isinstance(each, Picked) and each.order and row.id not in came_back]


pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400 if os.environ.get("BAYLIGHT_SOAK") else 240)]  # two cores, shared
MANY = 10 if os.environ.get("BAYLIGHT_SOAK") else 1
DAYS = settings(
    max_examples=120 * MANY,
    stateful_step_count=60,
    deadline=None,
    database=None,
    derandomize=MANY == 1,  # the soak walks other days each time
    suppress_health_check=list(HealthCheck),
)


class TestBay(Bay.TestCase):
    settings = DAYS


class TestToteBay(ToteBay.TestCase):
    settings = settings(DAYS, max_examples=60 * MANY)


class TestAskableBay(AskableBay.TestCase):
    settings = settings(DAYS, max_examples=80 * MANY)
