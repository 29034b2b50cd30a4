"""The running station: feeds what happens to `station.core.advance` and carries out what it asks.

It owns the state, the tasks and the devices' ports; the threads belong to `station.readers`, the store and the ports. All of it
runs on one event loop. Nothing is decided here.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from db.errors import DISK_FULL, StoreError, classify
from db.records.program import StationStarted, StationStopped
from db.records.record import Record
from db.records.stock import ZeroCheckAsked
from db.rows.events import EventRow
from hardware.aiming.calibration import Calibration
from hardware.ports import AimedPointer, Lift, Pointer, Scale, Scanner, TextDisplay, ToteLights, Unsubscribe
from hardware.values import Beep, LiftEvent, ScannerEvent, ScannerLink, ScanRead
from station.calibration_file import TaughtPointer
from station.chores import Chore, Chores
from station.commands import Command
from station.core import advance as core
from station.core.bay_lights import bay_lights
from station.core.effects import (
    Append,
    AskStatus,
    Declare,
    Effect,
    ExportFrames,
    KeepCalibration,
    KeepScanForm,
    LearnWeight,
    Move,
    Play,
    ReadDevices,
    ReadStatus,
    ShineLamps,
    Sound,
)
from station.core.inputs import (
    CalibrationKept,
    FormKept,
    Given,
    Input,
    LampsTried,
    Now,
    Scanned,
    SiteChanged,
    StationStopping,
    StoreChanged,
    Ticked,
)
from station.core.state import DevicesPage, LightState, Rules, ScaleState, StationState
from station.custody import remembered
from station.faces.present import present
from station.flows.sign_on import CheckPin, FindBadge, WentIdle
from station.flows.turn import Booked, BookingFailed
from station.gate_keeper import GateKeeper
from station.lights import Fitted, Lights
from station.mover import Mover
from station.notes import Notes
from station.panel import panel_of
from station.ports import Ledger, Library
from station.readers import Readers
from station.reading import Reading
from station.scan_form import ScanForm
from station.scan_forms import ScanForms
from station.scan_repeat import ScanRepeats
from station.view.status import Light
from station.view.view import View
from station.wear import Intervals

logger = logging.getLogger(__name__)

TICK_S = 1.0
NOT_KEPT = "F603"
BEEP_WITHIN_S = 3.0  # a refusal that comes later than this is not about the code that was read last
LIST_EVERY_TICKS = 30  # the work list is read again so often while nobody changes it


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a station is made of. `idle_lock_s` locks the screen; `play` makes a sound or nothing."""

    station: str
    opening: str
    machine: str
    simulated: str
    ledger: Ledger
    library: Library
    lift: Lift
    gate_keeper: GateKeeper
    sqlite: str = ""
    scanners: tuple[Scanner, ...] = ()
    display: TextDisplay | None = None
    pointer: Pointer | None = None  # a light of its own; None: the machine's own pointer, or none
    teachable: AimedPointer | None = None  # the same light, where a person can turn it by hand
    taught: TaughtPointer | None = None  # and what it was taught
    totes: ToteLights | None = None
    scale: Scale | None = None
    rules: Rules = field(default_factory=Rules)
    intervals: Intervals = field(default_factory=Intervals)
    forms: ScanForms = field(default_factory=ScanForms)
    idle_lock_s: float = 120.0
    chores: tuple[Chore, ...] = ()
    recordings: Path | None = None  # where the flight recorders are exported to
    play: Callable[[Sound], None] = lambda sound: None
    utc: Callable[[], datetime] = utc_now
    mono_s: Callable[[], float] = time.monotonic


class Station:
    """One bay's station. `start` it on a running loop; then `give` it commands and `scan` codes, and show its `view`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        reading = Reading(parts.library, parts.machine, parts.intervals)
        self._mover = Mover(
            parts.lift, parts.display, parts.ledger, machine=parts.machine, opening=parts.opening, pointer=parts.pointer
        )
        self._lights = Lights(Fitted(parts.pointer, parts.teachable, parts.totes, parts.display), self._feed, self._start)
        self._reading = reading
        self._readers = Readers(reading, parts.gate_keeper, tray_here=lambda: self._state.custody.tray_here, utc=parts.utc)
        self._tasks: set[asyncio.Task[None]] = set()
        self._listeners: list[Callable[[View], None]] = []
        self._unsubscribe: list[Unsubscribe] = []
        self._idle: asyncio.TimerHandle | None = None
        self._tick: asyncio.TimerHandle | None = None
        self._ticks = 0
        self._is_open = False
        self._notes = Notes(parts.ledger, self._note_refused)
        self._is_deaf = False  # once the ports are closed: a later answer would only start work that nobody ends
        self._chores = Chores(parts.chores)
        self._repeats = ScanRepeats()
        self._panel = panel_of(parts)
        self._read_by: tuple[Scanner, float] | None = None  # what read the last code, and when, while it may still be refused
        memory, visits = parts.library.bay(parts.machine, parts.opening), reading.visits()
        self._state = StationState(
            station=parts.station,
            simulated=parts.simulated,
            rules=replace(parts.rules, may_prefetch=parts.rules.may_prefetch and parts.lift.takes_next_tray),
            custody=remembered(memory, visits, reports_tray=parts.lift.reports_tray),
            trays=frozenset(visits),
            taught=parts.taught.calibration if parts.taught is not None else None,
            display=Light.OFF if parts.display is None else Light.BAD,
            lights={
                name: LightState() for name, each in (("pointer", parts.pointer), ("totes", parts.totes)) if each is not None
            },
            scale=None if parts.scale is None else ScaleState(),
        )

    # --- for the window

    @property
    def view(self) -> View:
        """What the window shows now."""
        return present(self._state, self._readers.items, self._now())

    def subscribe(self, listener: Callable[[View], None]) -> Unsubscribe:
        """Call the listener with every new view, and with the present one at once."""
        self._listeners.append(listener)
        listener(self.view)
        return lambda: self._listeners.remove(listener)

    def give(self, command: Command) -> None:
        """A person gave a command. Ignored outside `start` and `stop`."""
        if not self._is_open:
            return
        self._read_by = None
        self._somebody_is_here()
        self._feed(Given(command))

    def scan(self, text: str, source: str, *, at_s: float | None = None) -> None:
        """A scanner read a code, at this time of its own clock (None: now). Ignored outside `start` and `stop`, and when it is
        the scan before once more."""
        self._read_by = None
        self._take_scan(Scanned(text, source, said=text), at_s)

    def scan_form(self, source: str) -> ScanForm:
        """How this scanner says its codes now. Codes given to `scan` have been read so."""
        return self._parts.forms.of(source)

    def _take_scan(self, scanned: Scanned, at_s: float | None) -> None:
        if not self._is_open:
            return
        self._somebody_is_here()
        if self._repeats.is_repeat(scanned.text, scanned.source, at_s=self._parts.mono_s() if at_s is None else at_s):
            return
        self._feed(scanned)

    def site_changed(self) -> None:
        """Items, orders or stock were changed from outside."""
        self._feed(SiteChanged())

    # --- life

    async def start(self) -> None:
        """Listen to the devices and open them. Returns at once; the screen says what is not there yet."""
        self._is_open = True
        self._loop = asyncio.get_running_loop()
        self._say_started()
        self._unsubscribe.append(self._parts.lift.subscribe(self._on_lift))
        await self._parts.lift.open()
        for scanner in self._parts.scanners:
            self._unsubscribe.append(scanner.subscribe(partial(self._on_scanner, scanner)))
            await scanner.open()
        if self._parts.display is not None:
            self._unsubscribe.append(self._parts.display.subscribe(self._feed))
            await self._parts.display.open()
        if self._parts.scale is not None:
            self._unsubscribe.append(self._parts.scale.subscribe(self._feed))
            await self._parts.scale.open()
        await self._lights.open()
        if self._parts.ledger.is_read_only:
            self._feed(StoreChanged(DISK_FULL))
        self._somebody_is_here()
        self._tick = self._loop.call_later(TICK_S, self._on_tick)
        self._chores.start()

    async def stop(self) -> None:
        """Stop taking input, let what was begun be written, darken the lights, close the ports. The tray stays where it is: from
        here on nothing new is asked of the machine, however long the ends of chores and lights are waited for."""
        if not self._is_open:
            return
        self._is_open = False
        self._mover.stop(last_command=self._state.custody.last_command)
        self._feed(StationStopping())
        await self._chores.stop()
        for handle in (self._idle, self._tick):
            if handle is not None:
                handle.cancel()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        await self._lights.close()
        if self._parts.display is not None:
            await self._parts.display.clear()
            await self._parts.display.close()
        for scanner in self._parts.scanners:
            await scanner.close()
        if self._parts.scale is not None:
            await self._parts.scale.close()
        await self._parts.lift.close()
        self._is_deaf = True
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._say_stopped()
        self._readers.close()

    def _say_started(self) -> None:
        """The record says whether the last run ended in order. A first run has no run before it."""
        last = self._parts.library.events(kinds=("station_started", "station_stopped"), limit=1, newest_first=True)
        was_clean = not last or last[0].kind == "station_stopped"
        if not was_clean:
            logger.info("the last run did not end in order; the open work is shown again")
        self._notes.write(Append(records=(StationStarted(sqlite=self._parts.sqlite, was_clean=was_clean),)))

    async def _say_stopped(self) -> None:
        self._notes.write_owed()
        try:
            await asyncio.wrap_future(self._parts.ledger.append((StationStopped(why="asked"),)))
        except StoreError as error:
            logger.warning("the stop could not be written, nor %d notes before it: %s", self._notes.owed, error)

    # --- what happens

    def _feed(self, happened: Input) -> None:
        """One input, to its end. Effects only start things; their answers are inputs of their own."""
        if self._is_deaf:
            return
        before = self._state
        self._state, effects = core.advance(before, happened, self._now())
        if self._state is not before:
            logger.debug("%s token=%d->%d", type(happened).__name__, before.token, self._state.token)
            self._lights.follow(bay_lights(self._state))
        for effect in effects:
            self._carry_out(effect)
        if self._state is not before:
            self._publish()

    def _publish(self) -> None:
        view = self.view
        for listener in tuple(self._listeners):
            listener(view)

    def _now(self) -> Now:
        return Now(self._parts.mono_s(), self._parts.utc())

    def _on_lift(self, event: LiftEvent) -> None:
        self._feed(event)

    def _on_scanner(self, scanner: Scanner, event: ScannerEvent) -> None:
        if isinstance(event, ScanRead):
            before, self._read_by = self._state, (scanner, self._parts.mono_s())
            text = self.scan_form(event.source).read(event.text)
            self._take_scan(Scanned(text, event.source, event.text, event.is_ended), event.at_s)
            if self._state is not before and self._read_by is not None:
                scanner.beep(Beep.ACCEPTED)
        elif isinstance(event, ScannerLink):
            self._feed(event)

    def _somebody_is_here(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        if self._is_open:
            self._idle = self._loop.call_later(self._parts.idle_lock_s, self._on_idle)

    def _on_idle(self) -> None:
        self._idle = None
        self._feed(WentIdle())

    def _on_tick(self) -> None:
        """Once a second: is the disk still full, what was not read, does the list need reading, has a countdown moved."""
        self._tick = self._loop.call_later(TICK_S, self._on_tick)
        self._ticks += 1
        code = DISK_FULL if self._parts.ledger.is_read_only else self._readers.unread_code
        if code != self._state.store_code:
            self._feed(StoreChanged(code))
        if not code:
            self._notes.write_owed()
        for question in self._readers.take_unread():
            self._start(self._readers.ask(question, self._feed), type(question).__name__)
        if isinstance(self._state.page, DevicesPage):
            self._feed(self._panel.read(self._state.page.device))
        if self._ticks % LIST_EVERY_TICKS == 0:
            self._feed(Ticked())
        else:
            self._publish()

    async def _feed_answer(self, answer: Awaitable[Input]) -> None:
        self._feed(await answer)

    # --- what is asked

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Append():
                self._append(effect)
            case Declare():
                self._notes.write_owed()
                self._start(self._declare(effect), "declare")
            case LearnWeight():
                self._notes.write_owed()
                self._start(self._learn(effect), "learn")
            case Move():
                self._notes.write_owed()
                self._start(self._mover.move(effect, self._feed), "move")
            case ReadStatus():
                self._start(self._mover.read_status(effect, self._feed), "status")
            case Play(sound):
                self._parts.play(sound)
                if sound is Sound.WRONG:
                    self._beep_wrong()
            case ReadDevices(device):
                self._feed(self._panel.read(device))
            case ExportFrames(device):
                self._start(self._readers.call(partial(self._panel.export, device), self._feed), "export")
            case KeepScanForm(source, form):
                self._start(self._readers.call(partial(self._keep_form, source, form), self._feed), "keep")
            case KeepCalibration(calibration):
                self._start(self._readers.call(partial(self._keep_calibration, calibration), self._feed), "keep")
            case AskStatus():
                self._start(self._feed_answer(self._panel.status()), "status")
            case ShineLamps():
                self._start(self._try_lamps(), "lamps")
            case FindBadge() | CheckPin():
                self._start(self._readers.ask_gate(effect, self._feed), "gate")
            case _:
                self._start(self._readers.ask(effect, self._feed), type(effect).__name__)

    async def _try_lamps(self) -> None:
        await self._lights.try_totes()
        self._feed(LampsTried())

    def _keep_form(self, source: str, form: ScanForm) -> FormKept:
        """Called on a reader thread."""
        try:
            self._parts.forms.keep(source, form)
        except OSError as error:
            logger.warning("the form of %s was not written: %s", source, error)
            return FormKept(str(error.strerror or error))
        return FormKept()

    def _keep_calibration(self, calibration: Calibration) -> CalibrationKept:
        """Called on a reader thread."""
        if self._parts.taught is None:
            return CalibrationKept(calibration, NOT_KEPT)
        try:
            self._parts.taught.save(calibration)
        except OSError as error:
            logger.warning("what the pointer was taught was not written: %s", error)
            return CalibrationKept(calibration, NOT_KEPT)
        return CalibrationKept(calibration)

    def _beep_wrong(self) -> None:
        """The scanner whose code was refused says so itself, once: who scans does not look up."""
        read_by, self._read_by = self._read_by, None
        if read_by is not None and self._parts.mono_s() - read_by[1] <= BEEP_WITHIN_S:
            read_by[0].beep(Beep.WRONG)

    def _append(self, effect: Append) -> None:
        """Straight to the writer: on the hot path no task stands between the touch and the disk."""
        if not effect.is_awaited:
            self._notes.write(effect)
            return
        self._notes.write_owed()
        done = self._parts.ledger.append(effect.records, operator=effect.operator, role=effect.role, planned=effect.planned)
        done.add_done_callback(partial(self._booked, effect.records))

    async def _declare(self, effect: Declare) -> None:
        """Written, the site is another one: whoever reads it next must find it."""
        try:
            await asyncio.wrap_future(self._parts.ledger.append(effect.records, operator=effect.operator, role=effect.role))
        except StoreError as error:
            logger.warning("what is out of service was not written: %s", error)
            self._feed(StoreChanged(error.code))
            return
        self._feed(SiteChanged())

    async def _learn(self, effect: LearnWeight) -> None:
        """What is shown afterwards is what the store then has."""
        item, lot = effect.record.item, effect.record.lot
        try:
            await asyncio.wrap_future(self._parts.ledger.append((effect.record,), operator=effect.operator, role=effect.role))
        except StoreError as error:
            logger.warning("what a piece weighs was not written: %s", error)
            self._feed(StoreChanged(error.code))
            return
        await self._readers.call(partial(self._reading.piece_weight, item, lot, is_new=True), self._feed)

    def _booked(self, asked: Sequence[Record], done: Future[tuple[EventRow, ...]]) -> None:
        """Called on the writer's thread."""
        error = done.exception()
        if error is None:
            rows = done.result()  # none where nothing of it was news to the store
            kinds = {row.kind for row in rows}
            needless = any(isinstance(record, ZeroCheckAsked) for record in asked) and ZeroCheckAsked.kind not in kinds
            self._loop.call_soon_threadsafe(self._feed, Booked(rows[0].id if rows else "", is_check_needless=needless))
        else:
            refused = classify(error)
            logger.warning("a booking was not written: %s", error)
            self._loop.call_soon_threadsafe(self._feed, BookingFailed(refused.code, refused.about))

    def _note_refused(self, code: str) -> None:
        self._feed(StoreChanged(code))

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = self._loop.create_task(work, name=f"station:{name}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A task of ours never ends in silence: what nobody foresaw goes to the loop's handler, which reports and stops."""
        self._tasks.discard(task)
        if task.cancelled() or task.exception() is None:
            return
        self._loop.call_exception_handler({"message": f"{task.get_name()} failed", "exception": task.exception()})
