"""The running station: feeds what happens to `station.core.advance` and has carried out what it asks.

It owns the state, the tasks and the devices' ports; the threads belong to `station.readers`, the store and the ports. All of it
runs on one event loop. Nothing is decided here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from db.errors import DISK_FULL
from hardware.ports import Scanner, Unsubscribe
from hardware.values import ScannerEvent, ScannerLink, ScanRead
from station.blocking import AskSupplied
from station.chores import Chores
from station.clock_watch import ClockWatch
from station.commands import Command
from station.core import advance as core
from station.core.bay_lights import bay_lights
from station.core.inputs import (
    Elapsed,
    Given,
    Input,
    Now,
    PrintersTold,
    Scanned,
    SiteChanged,
    StationStopping,
    StoreAlarmed,
    StoreChanged,
    TellingsShown,
    Ticked,
)
from station.core.lifts import custodies
from station.core.state import DevicesPage
from station.faces.present import present
from station.flows.sign_on import WentIdle
from station.flows.undo import held_from
from station.lights import Fitted, Lights
from station.mover import Mover
from station.notes import Notes
from station.panel import panel_of
from station.readers import Readers
from station.reading import Reading
from station.runner.bay_ports import BayPorts
from station.runner.beeps import Beeps
from station.runner.bookings import Bookings
from station.runner.executor import Executor
from station.runner.first_state import first_state
from station.runner.life_record import note_step, write_started, write_stopped
from station.runner.parts import Parts
from station.runner.sync_link import SyncLink
from station.runner.tasks import Tasks
from station.scan_form import ScanForm
from station.scan_repeat import ScanRepeats
from station.tray_forecast import TrayForecast
from station.view.view import View

logger = logging.getLogger(__name__)

TICK_S = 1.0
AHEAD_S = 1.5  # what the first label needs (0.1 s of processor) is loaded when the screen stands, not beside its start
MOVE_END_S = 2.0  # so long the end of a command in flight is waited for once its port is closed
LIST_EVERY_TICKS = 30  # the work list is read again so often while nobody changes it


class Station:
    """One bay's station. `start` it on a running loop; then `give` it commands and `scan` codes, and show its `view`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        reading = Reading(
            parts.library,
            parts.machine,
            parts.intervals,
            parts.opening,
            parts.is_site_away,
            parts.offers,
            who=lambda: self._state.person,
            utc=parts.utc,
            has_site=parts.sync is not None,
            station=parts.station,
            zones=parts.rules.zones,
            beside=tuple(each.opening for each in parts.beside),
        )
        self._tasks = Tasks()
        self._movers = _movers(parts)
        self._lights = Lights(Fitted(parts.pointer, parts.teachable, parts.totes, parts.display), self._feed, self._tasks.start)
        self._readers = Readers(
            reading, parts.gate_keeper, tray_here=self._tray_here, utc=parts.utc, disk=parts.disk, supplied=_supplied(parts)
        )
        self._notes = Notes(parts.ledger, self._note_refused)
        self._ports = BayPorts(parts, self._lights)
        self._chores = Chores(parts.chores, tell=parts.watch.tell_chore, changed=self.site_changed)
        self._sync = SyncLink(parts.sync, self._feed)
        self._forecast = TrayForecast(parts.forecaster, self._feed)
        self._clock = ClockWatch(parts.utc, parts.elapsed_s)
        self._repeats = ScanRepeats()
        self._beeps = Beeps(parts.mono_s)
        self._panel = panel_of(parts)
        self._executor = self._new_executor()
        self._listeners: list[Callable[[View], None]] = []
        self._pressers: list[Callable[[str], None]] = []
        self._idle: asyncio.TimerHandle | None = None
        self._ahead: asyncio.TimerHandle | None = None
        self._tick: asyncio.TimerHandle | None = None
        self._ticks = 0
        self._is_open = False
        self._is_deaf = False  # once the ports are closed: a later answer would only start work that nobody ends
        self._state = first_state(parts, reading.visits())

    def _tray_here(self) -> int | None:
        return self._state.custody.tray_here

    def _new_executor(self) -> Executor:
        return Executor(
            parts=self._parts,
            notes=self._notes,
            bookings=Bookings(self._parts.ledger, self._notes, readers=self._readers, feed=self._feed),
            movers=self._movers,
            readers=self._readers,
            lights=self._lights,
            panel=self._panel,
            beeps=self._beeps,
            tasks=self._tasks,
            sync=self._sync,
            forecast=self._forecast,
            feed=self._feed,
            press=self._press,
        )

    # --- for the window

    @property
    def view(self) -> View:
        """What the window shows now."""
        return present(self._state, self._readers.items, self._now())

    @property
    def alarms(self) -> tuple[str, ...]:
        """The codes of the alarms that hold now, each once, the worst first. Any thread."""
        return tuple(dict.fromkeys(each.message.error or each.message.code for each in self._state.messages.holds))

    @property
    def ticks(self) -> int:
        """How often the runner had its turn: one that stands does not count on."""
        return self._ticks

    def subscribe(self, listener: Callable[[View], None]) -> Unsubscribe:
        """Call the listener with every new view, and with the present one at once."""
        self._listeners.append(listener)
        listener(self.view)
        return lambda: self._listeners.remove(listener)

    def subscribe_presses(self, listener: Callable[[str], None]) -> Unsubscribe:
        """Call the listener with the word of each printed command that stands for a button of the window."""
        self._pressers.append(listener)
        return lambda: self._pressers.remove(listener)

    def give(self, command: Command) -> None:
        """A person gave a command. Ignored outside `start` and `stop`."""
        if not self._is_open:
            return
        self._beeps.forget()
        self._somebody_is_here()
        self._feed(Given(command))

    def scan(self, text: str, source: str, *, at_s: float | None = None) -> None:
        """A scanner read a code, at this time of its own clock (None: now). Ignored outside `start` and `stop`, and when it is
        the scan before once more."""
        self._beeps.forget()
        self._take_scan(Scanned(text, source, said=text), at_s)

    def scan_form(self, source: str) -> ScanForm:
        """How this scanner says its codes now. Codes given to `scan` have been read so."""
        return self._parts.forms.of(source)

    def site_changed(self) -> None:
        """Items, orders or stock were changed from outside."""
        self._feed(SiteChanged())

    def site_changed_elsewhere(self) -> None:
        """The same, said on another thread. Ignored outside `start` and `stop`."""
        if self._is_open:
            self._loop.call_soon_threadsafe(self._feed, SiteChanged())

    # --- life

    async def start(self) -> None:
        """Listen to the devices and open them. Returns at once; the screen says what is not there yet."""
        self._is_open = True
        self._loop = asyncio.get_running_loop()
        write_started(self._parts, self._notes)
        await self._ports.open(self._feed, self._on_scanner)
        if self._parts.ledger.is_read_only:
            self._feed(StoreChanged(DISK_FULL))
        self._somebody_is_here()
        self._tick = self._loop.call_later(TICK_S, self._on_tick)
        self._chores.start()
        self._sync.start()
        self._ahead = self._loop.call_later(AHEAD_S, self._readers.load_ahead)

    async def stop(self) -> None:
        """Stop taking input, let what was begun be written, darken the lights, close the ports. The tray stays where it is: from
        here on nothing new is asked of the machine, however long the ends of chores and lights are waited for."""
        if not self._is_open:
            return
        self._is_open = False
        last = max(each.last_command for each in custodies(self._state))
        for mover in self._movers.values():
            mover.stop(last_command=last)
        self._feed(StationStopping())
        if self._parts.auditor is not None:
            self._parts.auditor.stop()
        await self._chores.stop()
        for handle in (self._idle, self._tick, self._ahead):
            if handle is not None:
                handle.cancel()
        for made in (self._parts.desks, self._parts.papers, self._parts.storage):
            if made is not None:
                made.stop()
        if self._parts.replays is not None:
            self._parts.replays.stop()
        await self._ports.close()
        await self._tasks.finish("move", patience_s=MOVE_END_S)  # a closed lift has said of its command that nobody knows its end
        self._is_deaf = True
        await self._tasks.stop()
        await write_stopped(self._parts, self._notes)
        await self._forecast.stop()
        await self._sync.stop()
        self._readers.close()

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
        self._parts.gate.hold(held_from(self._state.undo))  # before the booking goes to the disk
        for effect in effects:
            self._executor.carry_out(effect)
        if self._state is not before:
            self._publish()

    def _publish(self) -> None:
        view = self.view
        for listener in tuple(self._listeners):
            listener(view)

    def _press(self, word: str) -> None:
        """After what is being fed: a press is an input of its own."""
        for listener in tuple(self._pressers):
            self._loop.call_soon(listener, word)

    def _now(self) -> Now:
        return Now(self._parts.mono_s(), self._parts.utc())

    def _on_scanner(self, scanner: Scanner, event: ScannerEvent) -> None:
        if isinstance(event, ScanRead):
            before = self._state
            self._beeps.was_read(scanner)
            text = self.scan_form(event.source).read(event.text)
            self._take_scan(Scanned(text, event.source, event.text, event.is_ended), event.at_s)
            if self._state is not before:
                self._beeps.accept()
        elif isinstance(event, ScannerLink):
            self._feed(event)

    def _take_scan(self, scanned: Scanned, at_s: float | None) -> None:
        if not self._is_open:
            return
        self._somebody_is_here()
        if self._repeats.is_repeat(scanned.text, scanned.source, at_s=self._parts.mono_s() if at_s is None else at_s):
            return
        self._feed(scanned)

    def _note_refused(self, code: str) -> None:
        self._feed(StoreChanged(code))

    # --- by the clock

    def _somebody_is_here(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        if self._is_open:
            self._idle = self._loop.call_later(self._parts.idle_lock_s, self._on_idle)

    def _on_idle(self) -> None:
        self._idle = None
        self._feed(WentIdle())

    def _look_at_printers(self) -> None:
        printers = tuple(each.seen for each in self._parts.printers)
        if printers != self._state.printers:
            self._feed(PrintersTold(printers))

    def _on_tick(self) -> None:
        """Once a second: is the disk still full, was the clock set, what was not read, does the list need reading."""
        self._tick = self._loop.call_later(TICK_S, self._on_tick)
        self._ticks += 1
        code = DISK_FULL if self._parts.ledger.is_read_only else self._readers.unread_code
        if code != self._state.store_code:
            self._feed(StoreChanged(code))
        if (alarms := self._parts.watch.alarms) != self._state.store_alarms:
            self._feed(StoreAlarmed(alarms))
        note_step(self._clock.look(), self._notes)
        if (topics := self._parts.told_topics()) != self._state.told_topics:
            self._feed(TellingsShown(topics))
        self._look_at_printers()
        if held_from(self._state.undo) is not None:
            self._feed(Elapsed())
        if not code:
            self._notes.write_owed()
        for question in self._readers.take_unread():
            self._tasks.start(self._readers.ask(question, self._feed), type(question).__name__)
        if isinstance(self._state.page, DevicesPage):
            self._feed(self._panel.read(self._state.page.device))
        if self._ticks % LIST_EVERY_TICKS == 0:
            self._feed(Ticked())
        else:
            self._publish()


def _supplied(parts: Parts) -> AskSupplied | None:
    """Who is asked what came from a supplier to all stations of the site."""
    return None if parts.sync is None else parts.sync.supplied


def _movers(parts: Parts) -> dict[str, Mover]:
    """One for each lift, by its opening; that of the station's own under no name too. A light of its own stands at that one."""
    own = Mover(parts.lift, parts.ledger, machine=parts.machine, opening=parts.opening, pointer=parts.pointer)
    beside = {each.opening: Mover(each.lift, parts.ledger, machine=parts.machine, opening=each.opening) for each in parts.beside}
    return {"": own, parts.opening: own, **beside}
