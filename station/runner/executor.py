"""Carries out what the station asks: each effect only starts something, and its answer is an input of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from station.audit.auditor import Auditor
from station.audit.history import ExportShown, LongTold, ProveShown, StopLong
from station.core.effects import (
    Append,
    ApplyBuffer,
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
    PlanAhead,
    Play,
    PressButton,
    ReadDesk,
    ReadDevices,
    ReadStatus,
    Receive,
    ScanCard,
    SettleHeld,
    ShineLamps,
    Sound,
    StartReplay,
    StopReplay,
    WakeSync,
)
from station.core.inputs import Input, LampsTried, ReplayEnded, ReplayTold, SiteChanged
from station.desk.values import ExportSheet
from station.flows.receipt_state import FindPhoto, KeepPhoto
from station.flows.sign_on import CheckPin, ChoosePin, EndLockOut, FindBadge
from station.lights import Lights
from station.mover import Mover
from station.notes import Notes
from station.order_acts import OrderAct
from station.panel import Panel
from station.readers import Readers
from station.runner.bay_ports import from_lift
from station.runner.beeps import Beeps
from station.runner.bookings import Bookings
from station.runner.desking import apply_buffer, make_desk, write_sheet
from station.runner.keeping import change_order, enter_late, keep_calibration, keep_form, make_count_order, settle_held
from station.runner.layouts import carry_out_layout, make_storage, moves_away
from station.runner.parts import Parts
from station.runner.pulling import move_signal, scan_card
from station.runner.receiving import divide, photo, receive
from station.runner.sync_link import SyncLink
from station.runner.tasks import Tasks
from station.staff.changing import change_person
from station.staff.page import ChangePerson
from station.storage.page import ChangeLayout, MakeStorage, MovesTold, PlanAway, PlanMoves
from station.tray_forecast import TrayForecast


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """Decides nothing: it knows who does what. `feed` takes the answers. Used on the event loop."""

    parts: Parts
    notes: Notes
    bookings: Bookings
    movers: Mapping[str, Mover]  # by opening; "" is that of the station's own
    readers: Readers
    lights: Lights
    panel: Panel
    beeps: Beeps
    tasks: Tasks
    sync: SyncLink
    forecast: TrayForecast
    feed: Callable[[Input], None]
    press: Callable[[str], None]

    def carry_out(self, effect: Effect) -> None:
        """Start what this effect asks."""
        match effect:
            case Append():
                self.bookings.append(effect)
            case Declare() | LearnWeight() | Move():
                self._write_and_do(effect)
            case ReadStatus():
                mover, feed = self._mover(effect.opening)
                self.tasks.start(mover.read_status(effect, feed), "status")
            case Play(sound):
                self._play(sound)
            case PressButton(word):
                self.press(word)
            case WakeSync():
                self.sync.wake()
            case PlanAhead():
                self.forecast.ask(effect)
            case ReadDevices() | ExportFrames() | AskStatus() | ShineLamps():
                self._at_the_panel(effect)
            case StartReplay() | StopReplay():
                self._replay(effect)
            case KeepScanForm(source, form):
                self.tasks.start(self.readers.call(partial(keep_form, self.parts.forms, source, form), self.feed), "keep")
            case KeepCalibration(calibration):
                keep = partial(keep_calibration, self.parts.taught, calibration)
                self.tasks.start(self.readers.call(keep, self.feed), "keep")
            case SettleHeld(decision):
                self.notes.write_owed()
                self.tasks.start(self.readers.call(partial(settle_held, self.parts.counts, decision), self.feed), "settle")
            case MakeCountOrder():
                self.tasks.start(self._order_count(effect), "order count")
            case ChangeOrder(act):
                self.notes.write_owed()
                self.tasks.start(self._change(act), "order")
            case EnterLate():
                self.notes.write_owed()
                enter = partial(enter_late, self.parts.late, effect, self.parts.utc)
                self.tasks.start(self.readers.call(enter, self.feed), "late")
            case Receive():
                self.notes.write_owed()
                self.tasks.start(self._receive(effect), "receive")
            case MakeStorage():
                self.tasks.start(self._storage(effect), "storage")
            case PlanMoves() | PlanAway() | ChangeLayout():
                self.notes.write_owed()
                self.tasks.start(self._layout(effect), "layout")
            case ReadDesk():
                self.tasks.start(self._desk(effect), "desk")
            case ExportSheet():
                self.tasks.start(self._sheet(effect), "figures")
            case ApplyBuffer():
                self.notes.write_owed()
                self.tasks.start(self._apply(effect), "buffer")
            case ScanCard() | MoveSignal():
                self.notes.write_owed()
                self.tasks.start(self._pull(effect), "pull")
            case Divide():
                self.notes.write_owed()
                self.tasks.start(self._divide(effect), "divide")
            case FindPhoto() | KeepPhoto():
                self.tasks.start(self.readers.call(partial(photo, self.parts.photos, effect), self.feed), "photo")
            case ProveShown() | ExportShown() if self.parts.auditor is not None:
                self.notes.write_owed()
                self.parts.auditor.stop()  # one at a time: that of a page that was left
                self.tasks.start(self._audit(self.parts.auditor, effect), "audit")
            case ProveShown() | ExportShown() | StopLong():
                if self.parts.auditor is not None:
                    self.parts.auditor.stop()
            case ChangePerson():
                self.notes.write_owed()
                self.tasks.start(self._change_person(effect), "people")
            case FindBadge() | CheckPin() | EndLockOut() | ChoosePin():
                self.tasks.start(self.readers.ask_gate(effect, self.feed), "gate")
            case _:
                self.tasks.start(self.readers.ask(effect, self.feed), type(effect).__name__)

    def _write_and_do(self, effect: Declare | LearnWeight | Move) -> None:
        """What is owed to the record is written before it."""
        self.notes.write_owed()
        match effect:
            case Declare():
                self.tasks.start(self.bookings.declare(effect), "declare")
            case LearnWeight():
                self.tasks.start(self.bookings.learn(effect), "learn")
            case Move():
                mover, feed = self._mover(effect.opening)
                self.tasks.start(mover.move(effect, feed), "move")

    def _mover(self, opening: str) -> tuple[Mover, Callable[[Input], None]]:
        """Who carries out what is asked of this lift, and who hears how it ended."""
        return self.movers[opening], partial(from_lift, opening, self.feed) if opening else self.feed

    def _at_the_panel(self, effect: ReadDevices | ExportFrames | AskStatus | ShineLamps) -> None:
        match effect:
            case ReadDevices(device):
                self.feed(self.panel.read(device))
            case ExportFrames(device):
                self.tasks.start(self.readers.call(partial(self.panel.export, device), self.feed), "export")
            case AskStatus(is_by_hand, opening):
                self.tasks.start(self._feed_answer(self.panel.status(opening, is_by_hand=is_by_hand)), "status")
            case ShineLamps():
                self.tasks.start(self._try_lamps(), "lamps")

    def _play(self, sound: Sound) -> None:
        self.parts.play(sound)
        if sound is Sound.WRONG:
            self.beeps.refuse()

    def _replay(self, effect: StartReplay | StopReplay) -> None:
        """Its answers come from another thread."""
        replays = self.parts.replays
        if replays is None or isinstance(effect, StopReplay):
            if replays is not None:
                replays.stop()
            return
        loop, until, number = asyncio.get_running_loop(), self.parts.utc(), effect.number

        def feed(happened: Input) -> None:
            loop.call_soon_threadsafe(self.feed, happened)

        replays.start(
            until - timedelta(days=effect.days),
            until,
            told=lambda done, of: feed(ReplayTold(number, done, of)),
            ended=lambda report, why: feed(ReplayEnded(number, report, why)),
        )

    async def _order_count(self, asked: MakeCountOrder) -> None:
        """What stands in the work list then is another one."""
        await self.readers.call(partial(make_count_order, self.parts.counts, asked, self.parts.utc), self.feed)
        self.feed(SiteChanged())

    async def _change(self, act: OrderAct) -> None:
        """Orders and the stock that serves them are others then."""
        ask_site = self.parts.sync.take_over if self.parts.sync is not None else None
        await self.readers.call(partial(change_order, self.parts.counts, act, ask_site), self.feed)
        self.feed(SiteChanged())

    async def _change_person(self, asked: ChangePerson) -> None:
        """Whoever works here may have no right to any more."""
        await self.readers.call(partial(change_person, self.parts.people, asked), self.feed)
        self.feed(SiteChanged())

    async def _divide(self, asked: Divide) -> None:
        """Where goods can go is another question then."""
        await self.readers.call(partial(divide, self.parts.layouts, asked, self.parts.printers), self.feed)
        self.feed(SiteChanged())

    async def _pull(self, asked: ScanCard | MoveSignal) -> None:
        """What stands in the work list then is another one."""
        store, utc = self.parts.pull, self.parts.utc
        match asked:
            case ScanCard():
                await self.readers.call(partial(scan_card, store, asked, utc), self.feed)
            case MoveSignal():
                await self.readers.call(partial(move_signal, store, asked, utc), self.feed)
        self.feed(SiteChanged())

    async def _desk(self, asked: ReadDesk) -> None:
        """It takes seconds, so it has a thread of its own: the readers stay free."""
        self.feed(await asyncio.to_thread(make_desk, self.parts.desks, asked))

    async def _sheet(self, asked: ExportSheet) -> None:
        self.feed(await asyncio.to_thread(write_sheet, self.parts.papers, asked))

    async def _storage(self, asked: MakeStorage) -> None:
        """It takes seconds, too."""
        self.feed(await asyncio.to_thread(make_storage, self.parts.storage, asked))

    async def _layout(self, asked: PlanMoves | PlanAway | ChangeLayout) -> None:
        """Where goods lie, and what the bay offers, is another question then."""
        parts, work = self.parts, asked
        if isinstance(work, PlanAway):
            made = await asyncio.to_thread(moves_away, parts.storage, work)
            if isinstance(made, MovesTold):
                self.feed(made)
                return
            work = made
        await self.readers.call(partial(carry_out_layout, parts.layouts, work, parts.printers), self.feed)
        self.feed(SiteChanged())

    async def _apply(self, asked: ApplyBuffer) -> None:
        await self.readers.call(partial(apply_buffer, self.parts.pull, asked), self.feed)
        self.feed(SiteChanged())

    async def _receive(self, asked: Receive) -> None:
        """The work list is another one then: an order may have what it waited for."""
        parts = self.parts
        work = partial(receive, parts.receipts, asked, station=parts.station, quarantine=parts.rules.quarantine)
        await self.readers.call(work, self.feed)
        self.feed(SiteChanged())

    async def _audit(self, auditor: Auditor, asked: ProveShown | ExportShown) -> None:
        """It takes seconds, so it has a thread of its own: the readers stay free."""
        loop = asyncio.get_running_loop()

        def told(step: LongTold) -> None:
            loop.call_soon_threadsafe(self.feed, step)

        self.feed(await asyncio.to_thread(auditor.run, asked, told))

    async def _try_lamps(self) -> None:
        await self.lights.try_totes()
        self.feed(LampsTried())

    async def _feed_answer(self, answer: Awaitable[Input]) -> None:
        self.feed(await answer)
