"""A station of pure rules in a world that answers late, in any order, or not at all. Every step is held to the laws of the house.

The store is a `FakeStore` whose writer is first in, first out; reads are answered at any later time; the lift ends a command as
the test likes. `World.feed` is the only way in: it fails where a law is broken, so that any driver of it is a proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from db.records.approvals import ApprovalGiven, ApprovalRefused
from db.records.blocks import StockBlocked
from db.records.count_due import CountDue
from db.records.loads import LoadMoved
from db.records.machine import MotionEnded, MotionIntended, TrayTold
from db.records.orders import LineClosed, OrderClosed
from db.records.people import RightsReviewed
from db.records.places import PlaceReached
from db.records.record import Record
from db.records.review import CaseAnswered, FiguresLooked, TellingAnswered
from db.records.service import BayInService, BayOutOfService, ServiceDone, TrayInService, TrayOutOfService
from db.records.stock import Moved, Picked, PieceWeightLearnt, Put, ZeroCheckAsked
from db.records.taken import CompartmentDue
from db.records.totes import LampMarked
from db.records.undo import BookingUndone, LineReopened
from hardware.errors import MOTION_CANCELLED
from hardware.values import LateAnswer, LiftStatus, LinkUp, MotionResult, MotionStarted, Outcome, SafetyCleared, SafetyUnclear
from station import commands as do
from station.audit.history import (
    Exported,
    ExportShown,
    FindGoods,
    FindTrays,
    LongTold,
    Proof,
    Proven,
    ProveShown,
    ReadPast,
    ReadTrace,
    StopLong,
)
from station.audit.history_reading import HistoryReading
from station.blocking import AskSupplied
from station.cancel import CancelError, cancel_order
from station.core.advance import advance
from station.core.bay_lights import bay_lights
from station.core.darkness import may_go_dark
from station.core.effects import (
    Allocate,
    Append,
    ApplyBuffer,
    AskGoods,
    AskStatus,
    ChangeOrder,
    Declare,
    Divide,
    Effect,
    EnterLate,
    ExportFrames,
    KeepCalibration,
    KeepScanForm,
    LearnWeight,
    MakeCountOrder,
    Move,
    MoveSignal,
    PlaceLoad,
    PlanAhead,
    Play,
    PressButton,
    ReadDesk,
    ReadDevices,
    ReadHeldLots,
    ReadLate,
    ReadLeases,
    ReadLoad,
    ReadLoads,
    ReadOrder,
    ReadOrders,
    ReadOutageWork,
    ReadPage,
    ReadPerson,
    ReadPicture,
    ReadPieceWeight,
    ReadPull,
    ReadReceipts,
    ReadStatus,
    ReadWear,
    Receive,
    ScanCard,
    SettleHeld,
    ShineLamps,
    Sound,
    StartReplay,
    StopReplay,
    WakeSync,
)
from station.core.inputs import (
    CalibrationKept,
    Declared,
    DeskRead,
    DevicesRead,
    FormKept,
    FramesExported,
    Given,
    Input,
    LampsTried,
    LeasesRead,
    LoadsRead,
    MotionNotWritten,
    MotionOver,
    Now,
    OrderRead,
    ReplayEnded,
    ReplayTold,
    Scanned,
    SiteChanged,
    StatusAnswered,
    StatusTold,
    StoreChanged,
    TraysPlanned,
    WearRead,
    WeightNotKept,
)
from station.core.state import DevicesPage, Rules, StationState
from station.count_offer import OfferBudget
from station.count_tolerance import CountTolerance
from station.custody import Custody, Here, NotKnown, Verb, remembered
from station.desk.reading import desk_answer
from station.desk.values import ReadCases, ReadCounts, ReadHealth, ReadSheet, ReadSteps
from station.faces.present import present
from station.flows import undo
from station.flows.other_work import CheckJob, CheckPlace, FindPlaces, JobChecked, LookInto
from station.flows.receipt_state import FindPhoto, FindWanted, KeepPhoto, PutAway
from station.flows.round_event import FindHomes, FindOffer, ReadBook
from station.flows.search import LookAt, LookFor, LookThrough, LookUp
from station.flows.sign_on import (
    BadgeFound,
    CheckPin,
    ChoosePin,
    EndLockOut,
    FindBadge,
    Locked,
    LockOutEnded,
    PinChecked,
    PinChosen,
    SignedOut,
)
from station.flows.tray_call import FindItem, ReadTray
from station.flows.turn import Booked, BookingFailed, CheckCode, FindLots, FindLotStock, NameScan
from station.jit.desk import Desk
from station.load_reading import load_read
from station.log_reading import late_choices
from station.order_reading import order_seen
from station.planner.problem import PolicyName
from station.planner.replay import Replay
from station.planner.situation import foresee
from station.pull.reading import read_board
from station.reading import Reading
from station.receipt_photos import Photos
from station.receiving import is_only_booked
from station.runner.desking import apply_buffer
from station.runner.keeping import change_order, enter_late, make_count_order, settle_held
from station.runner.layouts import carry_out_layout
from station.runner.pulling import move_signal, scan_card
from station.runner.receiving import LabelQueue, divide, photo, receive
from station.scan import place_label
from station.scan_name import check_code, name_scan
from station.search_reading import answer as search_answer
from station.staff.page import ChangePerson, FindPerson, PersonChanged, PersonFound, ReadPeople
from station.staff.reading import read_people
from station.storage.away import away_from
from station.storage.desk import StorageDesk
from station.storage.page import (
    ChangeLayout,
    FindFit,
    MakeStorage,
    PlanAway,
    PlanMoves,
    ReadBuilder,
    ReadLike,
    ReadUses,
    StorageRead,
)
from station.storage.page_reading import storage_answer
from station.tracking import lacks, piece
from station.values import EventRow, Item, LineState, Order, OrderKind, OrderLine, OrderState, StockKey
from station.view.ask import AskChoice, AskNumber, AskText
from station.view.receipts import ReceiptsFace
from station.view.sign_on import HandOverFace, LockedFace, SignOnFace
from station.view.task import TaskFace
from station.view.tray import BayFace, TrayPageFace, UnknownTrayFace
from station.view.view import View
from station.view.work import WorkFace
from station.zones import Zone, named
from tests.helpers.bay_memory import memory_of
from tests.helpers.fake_store import DISK_FULL, NOON, FakeStore
from tests.helpers.sample import BOLT, ELIF, FUSE, JONAS, MACHINE, MARA, METER, NUT, RESIN, SENSOR, every_command, place, tray

OPEN = (LineState.OPEN, LineState.SKIPPED)
OPENING = "SH1-1"
DECLARED = (
    CompartmentDue,
    CountDue,
    LampMarked,
    ServiceDone,
    TrayOutOfService,
    TrayInService,
    BayOutOfService,
    BayInService,
)
SIGNED = (StockBlocked, RightsReviewed, ApprovalGiven, ApprovalRefused)  # with the PIN, by one who answers for what others did
BADGE = "0009912345"  # registered as a person's, with no prefix that would tell
SHAFT = -1  # where a tray is while nobody can say
READS = (ReadOrders, Allocate, ReadBook, ReadPicture, FindHomes, ReadTray, FindItem, NameScan, CheckCode, ReadPage, ReadPerson)
READS += (ReadDevices, ExportFrames, AskStatus, KeepScanForm, KeepCalibration, ShineLamps)
READS += (FindLots, ReadLate, EnterLate, ReadWear, StartReplay, ReadOutageWork, ReadPieceWeight, ReadLeases)
READS += (FindOffer, SettleHeld, MakeCountOrder, ReadOrder, ChangeOrder)
READS += (PlanAhead, ReadLoads, ReadLoad, PlaceLoad)
READS += (ReadReceipts, AskGoods, Receive, FindWanted, FindPhoto, KeepPhoto, PutAway, FindLotStock, ReadHeldLots, Divide)
READS += (ReadPull, ScanCard, MoveSignal, ReadDesk, ApplyBuffer)
READS += (ReadCases, ReadSteps, ReadHealth, ReadSheet, ReadCounts)
READS += (ReadUses, ReadBuilder, ReadLike, FindFit, MakeStorage, PlanMoves, PlanAway, ChangeLayout)
READS += (ReadPast, ReadTrace, FindTrays, FindGoods, ProveShown, ExportShown, StopLong)
READS += (ReadPeople, FindPerson, ChangePerson)
READS += (LookFor, LookUp, LookAt, LookThrough, LookInto, FindPlaces, CheckPlace, CheckJob)


def filled_store() -> FakeStore:
    """Three trays, six items, and orders of every kind; one line's stock is in two places, one item has none; two are tracked."""
    store = FakeStore()
    store.items = {each.code: each for each in (BOLT, NUT, SENSOR, FUSE, RESIN, METER)}
    store.trays_by_number = {number: tray(number, "C7", "C8", "D1") for number in (4, 5, 6)}
    store.held = {
        (place(4, "C7"), StockKey(item=BOLT.code)): 6,
        (place(5, "C7"), StockKey(item=BOLT.code)): 4,
        (place(4, "C8"), StockKey(item=NUT.code)): 3,
        (place(6, "D1"), StockKey(item=FUSE.code)): 2,
        (place(5, "C8"), StockKey(item=RESIN.code, lot="L1")): 4,
        (place(6, "C7"), StockKey(item=METER.code, serial="S1")): 1,
    }
    picks = (_line("O1", "1", BOLT, 8), _line("O1", "2", NUT, 3), _line("O1", "3", SENSOR, 1))
    orders = (
        Order(order="O1", kind=OrderKind.PICK, lines=picks),
        Order(order="O2", kind=OrderKind.PUT, lines=(_line("O2", "1", NUT, 2), _line("O2", "2", BOLT, 3))),
        Order(order="O3", kind=OrderKind.COUNT, lines=(replace(_line("O3", "1", NUT, 0), place=place(4, "C8")),)),
        Order(order="O4", kind=OrderKind.PICK, lines=(_line("O4", "1", FUSE, 2), _line("O4", "2", BOLT, 2))),
        Order(order="O5", kind=OrderKind.PICK, lines=(_line("O5", "1", SENSOR, 1),)),
        Order(order="O6", kind=OrderKind.PUT, lines=(_line("O6", "1", METER, 2), _line("O6", "2", RESIN, 3))),
    )
    store.orders = {each.order: each for each in orders}
    store.persons = {each.person: each for each in (MARA, JONAS, ELIF)}
    return store


def _intent(move: Move) -> MotionIntended:
    return MotionIntended(
        command=move.command,
        verb=str(move.verb),
        machine=MACHINE,
        opening=OPENING,
        tray=move.tray,
        compartment=move.compartment,
        next_tray=move.next_tray,
    )


def _effect(move: Move) -> int | None:
    """What stands at the opening when the command is done: to this machine a point is a fetch of the tray that is there."""
    return None if move.verb is Verb.STORE else move.tray


def _visits(records: list[Record]) -> dict[int, int]:
    told = [each for each in records if isinstance(each, MotionEnded | TrayTold | Moved) and each.machine == MACHINE]
    told = [record for record in told if record.tray is not None]
    return {tray: max(each.visit for each in told if each.tray == tray) for tray in {each.tray for each in told}}


def _is_declared(append: Append) -> bool:
    """Whether these records came by a `Declare`."""
    is_answer = any(
        isinstance(each, CaseAnswered | FiguresLooked | TellingAnswered) for each in append.records
    )  # beside who confirmed it
    return isinstance(append.records[0], SIGNED) or is_answer or all(isinstance(each, DECLARED) for each in append.records)


def _line(order: str, line: str, item: Item, quantity: int) -> OrderLine:
    return OrderLine(order=order, line=line, item=item.code, quantity=quantity)


def _was_away(custody: Custody) -> bool:
    """Whether the machine had stopped, or nobody heard it: else a word that it is well changes nothing, and what is due by the
    clock at that very second is not the word's doing."""
    return not custody.is_linked or bool(custody.safety_code) or custody.is_stop_unclear or custody.needs_touch


class World:
    """`reads` wait for their answers, `writes` for the disk, `move` for the machine; `views` gets every view.

    `metal` is the tray that really stands at the opening, None for none, SHAFT while it is on its way: the laws do not take the
    station's word for it. With `reports_tray` the machine can be asked, and `questions` wait for its answers. With
    `counts_wait` what is off the book by more than a piece waits for a different person, and counts are offered.
    """

    def __init__(
        self,
        see: Callable[[View], None] = lambda view: None,
        *,
        reports_tray: bool = False,
        counts_wait: bool = False,
        put_places: tuple[str, ...] = (),
        quarantine: str = "",
        photos: Photos | None = None,
        zones: tuple[Zone, ...] = (),
        planner: PolicyName | None = None,
    ) -> None:
        self.planner = planner  # and with it what a line's time went into
        self.zones = named(zones)
        self.reached: PlaceReached | None = None  # the place without a lift whose label was scanned last, by who is still here
        self.put_places = put_places
        self.quarantine = quarantine
        self.photos = photos
        self.printers: tuple[LabelQueue, ...] = ()
        self.reports_tray = reports_tray
        self.counts_wait = counts_wait
        self.questions: list[ReadStatus] = []
        self.store = filled_store()
        offers = OfferBudget(per_hour_s=36_000 if counts_wait else 0)
        self.ask_site = None  # for an order of another bay; a test may put one here
        self.supplied: AskSupplied | None = None
        self.reading = Reading(self.store, MACHINE, offers=offers, who=lambda: self.state.person, utc=lambda: NOON, station="S1")
        self.reading = replace(self.reading, zones=self.zones)
        self.see = see
        self.reads: list[Effect] = []
        self.answers: list[Input] = []
        self.writes: list[Append] = []
        self.gate: list[FindBadge | CheckPin | EndLockOut | ChoosePin] = []
        self.changes: list[ChangePerson] = []  # of people, as they were asked
        self.move: Move | None = None
        self.is_started = False
        self.law_of_tracking = True  # a test may begin with stock of an older store, which was booked without its lot
        self.lay_before: dict[str, dict[object, object]] = {}  # each booking by its first event
        self.metal: int | None = None
        self.stood: Custody | None = None  # what was known of the bay before the input that is carried out now
        self.lost: list[Move] = []
        self.wakes = 0
        self.storage: StorageDesk | None = None  # what comes of the figures of storage
        self.desk: Desk | None = None  # what comes of the figures of just-in-time
        self.replays_stopped = 0
        self.replayed: Replay | None = None  # what comes of days that are worked again
        self.pressed: list[str] = []
        self.sounds: list[Sound] = []
        self.clock_s = 0.0
        self.state = self._started()
        self.feed(LinkUp())

    def _started(self) -> StationState:
        custody = remembered(self.store.bay(MACHINE, OPENING), self.reading.visits(), reports_tray=self.reports_tray)
        tolerance = CountTolerance(1) if self.counts_wait else None
        return StationState(
            station="S1",
            simulated="",
            custody=custody,
            rules=Rules(
                zones=self.zones,
                put_places=self.put_places,
                quarantine=self.quarantine,
                has_photos=self.photos is not None,
                may_prefetch=True,
                planner=self.planner,
                times_lines=self.planner is not None,
                motion_limits_s={"fetch": 60.0, "store": 60.0, "point": 10.0},
                tolerance=tolerance,
                offers_counts=self.counts_wait,
            ),
        )

    # --- the one way in

    def feed(self, happened: Input) -> None:
        self.clock_s += 1.0
        now = Now(self.clock_s, NOON)
        before = self.state
        after, effects = advance(before, happened, now)
        self._hold_to_tokens(before, after, effects, happened)
        is_back = isinstance(happened, LinkUp | SafetyCleared | SafetyUnclear) and _was_away(before.custody)
        assert not (is_back and any(isinstance(each, Move) for each in effects)), "the lift moves by itself at a reset"
        self._hold_to_pace(happened, effects)
        self._hold_to_darkness(after, effects)
        self.state, self.stood = after, before.custody
        if after.person is None or after.person != before.person:
            self.reached = None
        for effect in effects:
            self._carry_out(effect)
        self.see(present(after, self.store.items, now))
        assert BADGE not in repr(self.view().bar), f"a badge in the message bar: {self.view().bar.code}"
        self._hold_to_progress()
        self._hold_to_no_light_left()

    def view(self) -> View:
        return present(self.state, self.store.items, Now(self.clock_s, NOON))

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Move():
                self._hold_to_motion(effect)
                self.move = effect
                self.writes.append(Append(records=(_intent(effect),)))
            case ReadStatus():
                assert self.reports_tray, "a machine is asked which cannot tell"
                assert self.move is None, "the machine is asked while it has a command"
                self.questions = [effect]  # an answer to an older one means nothing any more
            case Append():
                self._see_reached(effect)
                self._hold_to_custody(effect)
                self.writes.append(effect)
            case LearnWeight(record, operator, role):
                self.writes.append(Append(records=(record,), operator=operator, role=role))
            case Declare():
                self.writes.append(Append(records=effect.records, operator=effect.operator, role=effect.role))
            case FindBadge() | CheckPin() | EndLockOut() | ChoosePin():
                self.gate.append(effect)
            case Play(sound):
                self.sounds.append(sound)
            case StopReplay():
                self.replays_stopped += 1
            case WakeSync():
                self.wakes += 1
            case PressButton(word):
                self.pressed.append(word)
            case _:
                assert isinstance(effect, READS)
                self.reads.append(effect)

    # --- the laws

    def _hold_to_tokens(self, before: StationState, after: StationState, effects: tuple[Effect, ...], happened: Input) -> None:
        token = getattr(happened.command, "token", None) if isinstance(happened, Given) else None
        if token is not None and token != before.token:
            assert (after, effects) == (before, ()), f"a stale {happened} did something"
        assert after.token in (before.token, before.token + 1)

    def _hold_to_pace(self, happened: Input, effects: tuple[Effect, ...]) -> None:
        """A machine that cannot say yet is asked again each second; one that could not be read is left alone until a touch."""
        asked = [each for each in effects if isinstance(each, ReadStatus)]
        assert len(asked) <= 1
        if not isinstance(happened, StatusTold):
            return
        is_good = happened.status is not None and happened.status.ready and not happened.status.is_moving
        assert not (asked and (happened.status is None or is_good)), "asked again after an answer"
        assert all(each.wait_s >= 1.0 for each in asked), "a storm of questions"

    def _hold_to_darkness(self, after: StationState, effects: tuple[Effect, ...]) -> None:
        lights, custody = bay_lights(after), after.custody
        if lights.place is None and not lights.totes and lights.aim is None and lights.text is None:
            return
        assert after.person is not None, "a light and nobody signed on"
        assert custody.is_linked
        assert not custody.safety_code, "a light while the machine stands"
        assert custody.motion is None, "a light while a tray moves"
        assert not any(isinstance(each, Move) for each in effects)
        assert lights.place is None or custody.tray_here == lights.place.tray

    def _hold_to_motion(self, move: Move) -> None:
        task = self.state.round.task if self.state.round else None
        is_dark = move.verb is Verb.POINT and not move.compartment
        assert task is None or task.place.machine not in self.zones or is_dark, "the lift moves for work on foot"
        custody = self.state.custody
        assert self.move is None, "two commands to the machine at once"
        if self.state.person is None:
            is_dark = (move.verb, move.compartment, move.point) == (Verb.POINT, "", None)
            assert is_dark, "the lift moves without a person"
            assert self.metal == move.tray, "to put a light out moves a tray, and nobody is there"
        assert not isinstance(custody.where, NotKnown), "the lift moves and nobody knows where the tray is"
        assert custody.is_linked
        assert not custody.safety_code or custody.is_stop_unclear
        assert not custody.is_checking, "the lift moves before the machine has said which tray is here"
        assert not custody.needs_touch, "metal may move without a touch after an end that was not known"
        if move.verb is Verb.FETCH and (self.state.bay_out or move.tray in self.state.trays_out):
            is_by_hand = self.state.round is None or isinstance(self.state.page, DevicesPage)
            assert is_by_hand, "work calls what is out of service"
            assert self.state.person is not None
            assert self.state.person.role in self.state.rules.service
        if move.next_tray is not None:
            assert move.verb is Verb.FETCH, "a wish with what is no fetch"
            assert self.state.person is not None, "a wish of nobody"
            assert self.state.round is not None, "a wish for no round"
            assert move.next_tray != move.tray
            assert not self.state.bay_out, "a wish for a bay out of service"
            assert move.next_tray not in self.state.trays_out, "a wish for what is out of service"
        if self.reports_tray and custody.is_proven:
            stands = custody.where.tray if isinstance(custody.where, Here) else None
            assert self.metal == stands, f"{move} while {self.metal} is at the opening"
        if move.verb is not Verb.STORE and self.state.round is not None:
            states = {self.store.orders[order].state for order in self.state.round.orders}
            assert states <= {OrderState.STARTED, OrderState.CLOSED}, "the lift moves for an order that is not started"

    def _hold_to_custody(self, append: Append) -> None:
        if append.is_awaited:
            assert not any(each.is_awaited for each in self.writes), "a second booking while one is on its way"
        for record in append.records:
            if not isinstance(record, Moved | LoadMoved):
                continue
            if isinstance(record, Moved) and is_only_booked(record.machine, record.reason):
                continue
            if record.machine in self.zones:
                self._hold_to_reached(record, append)
                continue
            custody = self.state.custody
            if not append.is_awaited and self.stood is not None and custody.motion is not self.stood.motion:
                custody = self.stood  # noted before the motion that begins in the same step
            assert custody.tray_here == record.tray, f"{record} without its tray"
            assert self.metal == record.tray, f"{record} while {self.metal} is at the opening"
            assert custody.is_proven, f"{record} at a tray that the machine itself has not named"
            assert (custody.visit, custody.is_linked, custody.safety_code) == (record.visit, True, "")
            assert self.state.person is not None
            assert append.operator == self.state.person.person, "booked in another person's name"

    def _see_reached(self, append: Append) -> None:
        for record in append.records:
            if isinstance(record, PlaceReached):
                self.reached = record

    def _hold_to_reached(self, record: Moved | LoadMoved, append: Append) -> None:
        """Never a booking before the label of that very place was scanned, by who books it and since he came."""
        reached, person = self.reached, self.state.person
        assert reached is not None, f"{record} and nobody was there"
        assert (reached.machine, reached.tray, reached.compartment) == (record.machine, record.tray, record.compartment)
        assert record.visit == reached.visit
        assert person is not None
        assert append.operator == person.person, "booked in another person's name"

    def _hold_to_no_light_left(self) -> None:
        """With nobody signed on there is no light, where it can be put out without moving anything."""
        if isinstance(self.state.session, SignedOut | Locked):
            assert not may_go_dark(self.state.custody), "a light and nobody there"

    def _hold_to_progress(self) -> None:
        work = self.state.round
        if work is None or self.writes or work.closing:
            return
        for (order, line), progress in work.lines.items():
            stored = next(each for each in self.store.orders[order].lines if each.line == line)
            if self.store.orders[order].kind is not OrderKind.COUNT:
                assert stored.done_quantity == progress.done, f"{order}/{line} is told wrong"
            assert progress.is_closed == (stored.state not in OPEN)

    def _hold_to_line(self, record: Record) -> None:
        if isinstance(record, Picked | Put | LineClosed) and record.order:
            stored = next(each for each in self.store.orders[record.order].lines if each.line == record.line)
            assert stored.state in OPEN or isinstance(record, LineReopened), f"{record} for a line that is closed"
        if isinstance(record, LineClosed) and record.outcome == "short":
            assert record.reason, "short without a reason"
        if isinstance(record, OrderClosed):
            assert self.store.orders[record.order].state is not OrderState.CLOSED, "an order closed twice"

    def _lying(self) -> dict[object, object]:
        """All goods of the book: in compartments and on accounts; and all loads, since when they lie where."""
        held: dict[object, object] = {key: quantity for key, quantity in self.store.held.items() if quantity}
        loads: dict[object, object] = {("load", code): each for code, each in self.store.loads_by_code.items()}
        return {**held, **{who: each.quantity for who, each in self.store.accounts.items()}, **loads}

    def _hold_to_undo(self, append: Append) -> None:
        """After a booking is undone everything lies where it lay before it, and nowhere else."""
        for record in append.records:
            if isinstance(record, BookingUndone):
                assert self._lying() == self.lay_before[record.booking], f"{record} left something behind, or made something"

    def _hold_to_tracking(self) -> None:
        """Stock of a tracked item has its lot or serial, and a serial is one piece in one place."""
        held = [(where, key) for (where, key), quantity in self.store.held.items() if quantity > 0]
        for where, key in held:
            item = self.store.items[key.item]
            assert not lacks(item, key), f"{key} at {where} is told apart by nothing"
            assert not key.serial or self.store.held[where, key] == piece(item), f"{key} is more than a piece"
        serials = [(key.item, key.serial) for _, key in held if key.serial]
        assert len(serials) == len(set(serials)), "a serial lies in two places"

    # --- what the world does

    def write(self, *, is_refused: bool = False) -> None:
        """The writer's next transaction, durable or refused as a whole."""
        append = self.writes.pop(0)
        assert BADGE not in repr(append), "a badge in the record"
        refused = DISK_FULL if is_refused else self.store.refusal(append.records, append.planned)
        if refused:
            self._refuse(append, refused)
            return
        rows: list[EventRow] = []
        lay = self._lying()
        for record in append.records:
            self._hold_to_line(record)
            rows += self.store.write((record,), operator=append.operator)
        if rows and append.is_awaited:
            self.lay_before[rows[0].id] = lay
            self._hold_to_undo(append)
        if self.law_of_tracking:
            self._hold_to_tracking()
        if append.is_awaited:
            asks = any(isinstance(record, ZeroCheckAsked) for record in append.records)
            needless = asks and ZeroCheckAsked.kind not in {row.kind for row in rows}
            self.feed(Booked(rows[0].id if rows else "", needless, tuple(rows)))
        if _is_declared(append):
            self.feed(Declared(append.records))
        for record in append.records:
            if isinstance(record, PieceWeightLearnt):
                self.feed(self.reading.piece_weight(record.item, record.lot, is_new=True))

    def _refuse(self, append: Append, code: str) -> None:
        """Nothing of this is written. A motion whose intent is not written is never sent."""
        first = append.records[0]
        if append.is_awaited:
            self.feed(BookingFailed(code, self.store.serial_in_stock(append.records)))
            return
        assert code == DISK_FULL, f"nobody waits to hear that {append.records} was refused"
        if isinstance(first, MotionIntended):
            self.move = None
            self.feed(MotionNotWritten(first.command, DISK_FULL))
        elif isinstance(first, PieceWeightLearnt):
            self.feed(WeightNotKept(DISK_FULL))
        elif _is_declared(append):
            self.feed(Declared(append.records, DISK_FULL))
        else:
            self.feed(StoreChanged(DISK_FULL))

    def cancel(self, order: str) -> bool:
        """Somebody at the host cancels the order, between two transactions of the bay; False when that is refused."""
        was_started = self.store.orders[order].state is OrderState.STARTED
        try:
            cancel_order(self.store, order, "host")
        except CancelError:
            return False
        assert not was_started, f"{order} was cancelled under the person's hands"
        return True

    @property
    def is_moving(self) -> bool:
        """Whether the machine has the command: its intent is durable."""
        return self.move is not None and not any(isinstance(each.records[0], MotionIntended) for each in self.writes)

    def read(self, index: int) -> None:
        """A reader comes round to a question; its answer is on its way. Readers see what is durable, nothing else."""
        effect = self.reads.pop(index % len(self.reads))
        self.answers += self._answers(effect)

    def read_all(self) -> None:
        """Readers are quick; the disk and the machine are not."""
        while self.reads or self.answers:
            if self.reads:
                self.read(0)
            else:
                self.answer(0)

    def answer(self, index: int) -> None:
        self.feed(self.answers.pop(index % len(self.answers)))

    def _answers(self, effect: Effect) -> tuple[Input, ...]:
        match effect:
            case ReadOrders():
                return (self.reading.orders(effect, NOON),)
            case Allocate():
                return (self.reading.allocate(effect, self.state.custody.tray_here),)
            case ReadBook(of):
                return self.reading.book(of)
            case ReadPicture(number):
                return (self.reading.picture(number),)
            case FindOffer():
                return (self.reading.offer(effect, NOON),)
            case SettleHeld(decision):
                return (settle_held(self.store, decision),)
            case ReadOrder(order):
                return (OrderRead(order, order_seen(self.store, order, is_island=self.reading.is_island())),)
            case ChangeOrder(act):
                return (change_order(self.store, act, self.ask_site), SiteChanged())
            case MakeCountOrder():
                return (make_count_order(self.store, effect, lambda: NOON), SiteChanged())
            case FindHomes():
                return (self.reading.homes(effect),)
            case FindLots():
                return (self.reading.lots(effect),)
            case ReadTray(number):
                return (self.reading.tray(number)[0],)
            case FindItem(text):
                return (self.reading.find_item(text),)
            case NameScan():
                return (name_scan(effect, self.store, is_badge=self._is_badge),)
            case CheckCode():
                return (check_code(effect, self.store, is_badge=self._is_badge),)
            case ReadPage():
                return (self.reading.page(effect),)
            case ReadOutageWork():
                return (self.reading.outage_work(effect),)
            case ReadPerson(person):
                return (self.reading.person(person),)
            case ReadLate():
                return (late_choices(self.store, effect.item),)
            case EnterLate():
                return (enter_late(self.store, effect, lambda: NOON),)
            case LookFor() | LookUp() | LookAt() | LookThrough():
                return (search_answer(self.store, effect),)
            case CheckJob(text):
                return (JobChecked(text, self._is_badge(text)),)
            case LookInto() | FindPlaces() | CheckPlace():
                return (self.reading.other(effect, self.state.custody.tray_here),)
            case ReadLoads():
                return (LoadsRead(self.store.loads(MACHINE)),)
            case ReadLoad(text):
                return (load_read(text, self.reading, is_badge=self._is_badge),)
            case PlaceLoad(plan):
                return (self.reading.load_place(plan, tray_at_bay=self.state.custody.tray_here),)
            case Divide():
                return (divide(self.store, effect, self.printers), SiteChanged())
            case FindLotStock(task):
                return (self.reading.receipts.lot_stock(task),)
            case ReadCases() | ReadSteps() | ReadHealth() | ReadSheet() | ReadCounts():
                return (desk_answer(self.store, effect, NOON, None),)
            case ReadPast() | ReadTrace() | FindTrays() | FindGoods():
                return (HistoryReading(self.reading.library, MACHINE, self._is_badge, self.supplied).answer(effect),)
            case ProveShown(number, shown):
                proof = Proof(shown=len(shown), events=9, checkpoints=1, sealed_seq=8, receipts=0, seq=9, head="ab" * 32)
                return (LongTold(number, 5, 9), Proven(number, proof))
            case ExportShown(number):
                return (LongTold(number, 5, 9), Exported(number, "exports/tray-7"))
            case StopLong():
                return ()
            case ReadPeople(at):
                return (read_people(self.store, at),)
            case FindPerson(text):
                return (PersonFound(text if text in self.store.persons else ""),)
            case ChangePerson():
                self.changes.append(effect)
                return (PersonChanged(effect.what, effect.person), SiteChanged())
            case ReadHeldLots():
                return (self.reading.receipts.held_lots(),)
            case ReadPull():
                return (read_board(self.store),)
            case ReadUses() | ReadBuilder() | ReadLike() | FindFit():
                return (storage_answer(self.store, effect, MACHINE, is_badge=lambda text: False),)
            case MakeStorage(number):
                return (StorageRead(number, self.storage),)
            case PlanAway():
                records, without = away_from(self.store, effect.machine, effect.tray, effect.labels)
                moves = PlanMoves(records=records, operator=effect.operator, without=without)
                return (carry_out_layout(self.store, moves, ()), SiteChanged())
            case PlanMoves() | ChangeLayout():
                return (carry_out_layout(self.store, effect, ()), SiteChanged())
            case ReadDesk(number):
                return (DeskRead(number, self.desk),)
            case ApplyBuffer():
                return (apply_buffer(self.store, effect), SiteChanged())
            case ScanCard():
                return (scan_card(self.store, effect, lambda: NOON), SiteChanged())
            case MoveSignal():
                return (move_signal(self.store, effect, lambda: NOON), SiteChanged())
            case ReadReceipts():
                return (self.reading.receipts.receipts(),)
            case AskGoods(text):
                return (self.reading.receipts.goods(text, is_badge=self._is_badge),)
            case FindWanted():
                return (self.reading.receipts.wanted(effect),)
            case PutAway():
                return (self.reading.receipts.put_away(effect, tray_at_bay=self.state.custody.tray_here),)
            case FindPhoto() | KeepPhoto():
                return (photo(self.photos, effect),)
            case Receive():
                return (self._receive(effect), SiteChanged())
            case StartReplay(number):
                return (ReplayTold(number, 1, 28), ReplayEnded(number, self.replayed, "" if self.replayed else "nothing"))
            case ReadWear():
                return (WearRead(self.reading.wear(NOON)),)
            case PlanAhead(number, situation, trays):
                return (TraysPlanned(number, tuple(trays[each] for each in foresee(situation))),)
            case ReadLeases():
                return (LeasesRead(self.store.leases()),)
            case ReadPieceWeight(item, lot):
                return (self.reading.piece_weight(item, lot),)
            case ReadDevices(device):
                return (DevicesRead(devices=(), device=device),)
            case ExportFrames(device):
                return (FramesExported(f"/recordings/{device}.jsonl"),)
            case KeepCalibration(calibration):
                return (CalibrationKept(calibration),)
            case KeepScanForm():
                return (FormKept(),)
            case ShineLamps():
                return (LampsTried(),)
            case AskStatus(is_by_hand):
                return (StatusAnswered(is_ready=True, is_by_hand=is_by_hand),)
            case _:
                raise TypeError(effect)

    def _receive(self, effect: Receive) -> Input:
        """The same transaction as the station's own; held to the laws of lines and tracking."""
        assert BADGE not in repr(effect), "a badge in the record"
        lay = self._lying()
        booked = receive(self.store, effect, station="S1", quarantine=self.state.rules.quarantine)
        if booked.rows:
            self.lay_before[booked.rows[0].id] = lay
        if self.law_of_tracking:
            self._hold_to_tracking()
        return booked

    def _is_badge(self, text: str) -> bool:
        return text == BADGE or text in self.store.persons

    def start_motion(self) -> None:
        """The machine says that it works on the command."""
        assert self.move is not None
        self.is_started = True
        self.feed(MotionStarted(self.move.command))

    def end_motion(self, outcome: Outcome, *, arrived: int | None = None, code: str = "") -> None:
        move, self.move = self.move, None
        assert move is not None
        if outcome is Outcome.UNKNOWN:
            self.lost.append(move)
        if outcome is Outcome.DONE:
            self.metal = _effect(move) if arrived is None else arrived
        elif outcome is Outcome.UNKNOWN or self.is_started or code == MOTION_CANCELLED:
            self._leave_in_shaft(move)
        self.is_started = False
        self.feed(MotionOver(MotionResult(command_id=move.command, outcome=outcome, tray=arrived, code=code, is_lit=True)))

    def _leave_in_shaft(self, move: Move) -> None:
        """A tray that was on its way may be anywhere; a point moves none that stands there already."""
        if move.verb is not Verb.POINT or self.metal != move.tray:
            self.metal = SHAFT

    def answer_late(self, outcome: Outcome) -> None:
        move = self.lost.pop()
        if outcome is Outcome.DONE and move.command == self.state.custody.last_command:
            self.metal = _effect(move)
        self.feed(LateAnswer(MotionResult(command_id=move.command, outcome=outcome, is_lit=True)))

    def come_to_rest(self, tray: int | None) -> None:
        """What was in the shaft is put away, or brought: the machine ends a move by itself."""
        if self.metal == SHAFT and self.move is None:
            self.metal = tray

    def say_status(self, *, is_ready: bool = True, is_read: bool = True) -> None:
        """The machine answers the last question, with the truth."""
        asked = self.questions.pop()
        moves = self.metal == SHAFT
        status = LiftStatus(ready=is_ready and not moves, is_moving=moves, tray=None if moves else self.metal)
        self.feed(StatusTold(asked.number, status if is_read else None))

    def use_the_panel(self) -> None:
        """Somebody sends the tray away at the machine's own panel, which tells no host."""
        if self.move is None:
            self.metal = None

    def pass_gate(self, *, is_right: bool = True) -> None:
        asked = self.gate.pop(0)
        if isinstance(asked, FindBadge):
            self.feed(BadgeFound(self.store.persons.get(asked.text)))
        elif isinstance(asked, EndLockOut):
            self.feed(LockOutEnded("ok"))
        elif isinstance(asked, ChoosePin):
            self.feed(PinChosen("ok"))
        else:
            self.feed(PinChecked("ok" if is_right else "wrong_pin"))

    # --- what people do

    def give(self, command: do.Command) -> None:
        self.feed(Given(command))

    def scan(self, text: str) -> None:
        self.feed(Scanned(text, "wedge"))

    def sign_on(self, person: str) -> None:
        """Badge, PIN and the verdicts, after those of whoever came before."""
        while self.gate:
            self.pass_gate()
        self.scan(person)
        if self.gate:
            self.pass_gate()
        self.give(do.EnterPin("123456"))
        if self.gate:
            self.pass_gate()

    def prove(self, *, verdict: str = "ok") -> None:
        """Type the PIN that is asked once more, and hear the verdict."""
        self.give(do.EnterPin("123456"))
        assert isinstance(self.gate.pop(0), CheckPin)
        self.feed(PinChecked(verdict))

    def start(self, *orders: str, answer: str = "report_short") -> None:
        """Start orders, and say what becomes of lines that lack everything; readers are quick."""
        self.give(do.StartOrders(orders))
        self.read_all()
        if self.state.ask_short:
            self.give(do.Choose(self.state.token, answer))
            self.read_all()

    def say_not_enough(self, taken: int, reason: str, remaining: int) -> None:
        """Fewer are there than asked: the whole conversation, one answer a screen."""
        self.give(do.NotEnough(self.state.token))
        self.give(do.EnterNumber(self.state.token, taken))
        self.give(do.Choose(self.state.token, reason))
        self.give(do.EnterNumber(self.state.token, remaining))

    def write_all(self) -> None:
        """The disk catches up; readers and the machine do not."""
        while self.writes:
            self.write()

    def sensible(self) -> list[do.Command]:
        """Commands that the screen may mean now, and all the others."""
        view = self.view()
        token = view.token
        found: list[do.Command] = [do.StartOrders((name,)) for name in self.store.orders]
        found += [do.TellTray(None), do.TellTray(5), do.AnswerHandOver(False), do.CallTray(6), do.CallTray(99)]
        found += every_command(token)
        match getattr(view.face, "ask", None):
            case AskNumber():
                found += [do.EnterNumber(token, number) for number in (0, 1, 2, 3, 4, 5, 8)] * 3
            case AskChoice(choices=choices):
                found += [do.Choose(token, each.key) for each in choices] * 8
            case AskText():
                found += [do.EnterText(token, text) for text in ("B7", "T2")]
                found += [do.EnterText(token, text) for text in ("LTM8", BOLT.code, NUT.code, "E10A")] * 3
                found += [do.EnterText(token, text) for text in (METER.code, RESIN.code, "L1", "S1", "S2", "S3", "S4", BADGE)] * 2
        return found + [do.Confirm(token), do.FetchAgain(token), do.NotEnough(token)] * 4

    def scans(self) -> list[str]:
        codes = [BOLT.code, NUT.code, FUSE.code, SENSOR.code, "BLT-M1-4", "BLT-M1-5", "BLX-CONFIRM", "BLX-SKIP", "BLB-7", BADGE]
        current = self.state.round.task if self.state.round else None
        if current is None:
            return codes
        labels = [
            f"[)>\x1e06\x1dP{current.item.code}\x1d{said}\x1e\x04" for said in ("1TL4\x1dSS4", f"1T{BADGE}", "Q2", "1TL5\x1dQ1")
        ]
        return [*codes, *labels, *([current.item.code, place_label(current.place)] * 4)]

    def settle(self) -> None:
        """Everything that is under way comes to a good end."""
        for _ in range(400):
            if self.writes:
                self.write()
            elif self.answers:
                self.answer(0)
            elif self.reads:
                self.read(0)
            elif self.gate:
                self.pass_gate()
            elif self.is_moving:
                self.end_motion(Outcome.DONE)
            elif self.questions:
                self.come_to_rest(None)
                self.say_status()
            else:
                return
        raise AssertionError("the station never comes to rest")

    def restart(self) -> None:
        """kill -9: what was not written is gone, and so is every answer. The machine may answer later."""
        if self.is_moving and self.move is not None:
            self.lost.append(self.move)
            self._leave_in_shaft(self.move)
        self.store.memory = memory_of(self.store.written, machine=MACHINE, opening=OPENING)
        self.store.visits = _visits(self.store.written)
        self.reached = None
        for pending in (self.reads, self.answers, self.writes, self.gate, self.questions):
            pending.clear()
        self.move, self.is_started = None, False
        self.state = self._started()
        self.feed(LinkUp())
        assert isinstance(self.state.session, SignedOut)
        assert self.move is None, "the lift moves by itself after a start"
        assert self.state.custody.needs_touch

    def calm(self) -> None:
        """Line, machine and disk are well, and what was under way has ended."""
        self.feed(LinkUp())
        self.feed(SafetyCleared())
        self.feed(StoreChanged(""))
        self.settle()

    def recover(self, *, is_leaving: bool = True) -> None:
        """All is well again and somebody signs on. The station must come to its work list with an empty bay (`is_leaving`), or to
        where the work can go on."""
        self.calm()
        for _ in range(60):
            command = self.way_out()
            if command is None or (not is_leaving and isinstance(command, do.LeaveWork | do.SendBack)):
                return
            if isinstance(command, str):
                self.sign_on(command)
            else:
                self.give(command)
            self.settle()
        raise AssertionError(f"no way out of {self.view().face}")

    def way_out(self) -> do.Command | str | None:
        """What a person does who wants to be done: answer what is asked, leave the work, send the tray back."""
        face, token = self.view().face, self.state.token
        match face:
            case SignOnFace() | LockedFace():
                return MARA.person
            case HandOverFace():
                return do.AnswerHandOver(True)
            case TrayPageFace():
                return do.ClosePage()
            case UnknownTrayFace():
                return do.TellTray(None)
            case TaskFace() if self.state.undo is not None and isinstance(self.state.undo.step, undo.Asking):
                return do.Back(token)
            case TaskFace(ask=AskChoice(code="put_hand_back")):
                return do.Choose(token, "back_in")
            case TaskFace():
                return do.LeaveWork(token)
            case ReceiptsFace(ask=AskChoice(code="pass_goods")):
                return do.Choose(token, "goods_not_now")
            case BayFace(ask=None):
                return do.SendBack(token)
            case BayFace():
                return do.Back(token)
            case WorkFace() if self.state.round is not None:
                return do.LeaveWork(token)
            case WorkFace(ask=None) if isinstance(self.state.custody.where, Here):
                return do.SendBack(token)
            case WorkFace(ask=None):
                return None
            case _:
                return do.Back(token)
