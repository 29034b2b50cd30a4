"""The headless tour: the simulated machine as a process of its own, the whole program offscreen, and the scripted operator."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from station.sample_site import SAMPLE_MACHINE, SAMPLE_OPENING, SAMPLE_PEOPLE
from station.settings import PrinterSettings, UpstreamSettings
from station.values import Place, Role
from station.view.task import TaskFace
from station.view.view import View
from ui.demo.bay_camera import tray_at_bay
from ui.demo.habits import EvenHabits, Habits
from ui.demo.lifts import bay_of, first_trays, start_lifts
from ui.demo.log_watch import LogWatch
from ui.demo.machine import Device, end_device, start_device
from ui.demo.names import source_of
from ui.demo.site import SMALL_BALLAST_BYTES, prepare_site, sample_people, sample_settings
from ui.demo.summary import Summary, count_events, count_lines, spent_s
from ui.probe import Probe, Spread, memory_mb, seconds_since_process_start

if TYPE_CHECKING:
    from ui.bootstrap.store import Store
    from ui.run import Running


DRAIN_S = 10.0  # for what still waits for the site database at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class TourOptions:
    """What `baylight demo --headless` was told. `seen` gets a JSON line for each booking that was painted.

    `tap_lock_s` (None: the default) is the screen's setting: real time that `speed` does not divide and a big tour feels.
    """

    orders: int
    speed: float
    seed: int
    screens: Path | None = None
    data: Path | None = None
    station: str = "DEMO1"
    machine_url: str | None = None
    opening: str = SAMPLE_OPENING
    protocol: str = "jmif"
    prefetch: bool = False  # a machine with a second place, and a round that names the tray it wants next
    seen: Path | None = None
    site: Path | None = None  # import files instead of the sample site's
    together: int | None = None  # orders in one start; None: one to three, drawn
    tap_lock_s: float | None = None
    looks_around: bool = False  # opens every page of the work list before the work
    put_places: int = 0  # orders of one start go into totes there
    planner: str | None = None  # as planner.policy; None: its default
    most: int | None = None  # the operator goes after so many orders; None: when all are worked
    is_even: bool = False  # the operator makes no mistakes and takes the same time for each line
    machines: int = 1  # lifts side by side
    upstream: UpstreamSettings = field(default_factory=UpstreamSettings)
    printers: tuple[PrinterSettings, ...] = ()


def run_tour(options: TourOptions) -> Summary:
    """Work until every line has an end. Raises what ended the tour early."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with _directory(options.data) as directory, _devices(directory, options) as devices, LogWatch() as watch:
        return _Tour(options, directory, devices, watch).run()


@contextmanager
def _directory(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="baylight-") as directory:
        yield Path(directory)


@dataclass(frozen=True, slots=True)
class _Devices:
    lift: Device
    display: Device | None
    beside: tuple[Device, ...] = ()


@contextmanager
def _devices(directory: Path, options: TourOptions) -> Iterator[_Devices]:
    """The simulated lift and text display; without a data directory they end with the tour."""
    if options.machine_url is not None:
        yield _Devices(Device(pid=0, url=options.machine_url, control=""), None)
        return
    speed, seed = options.speed, options.seed
    starting = [
        start_device(directory, options.protocol, speed=speed, seed=seed, has_second_place=options.prefetch),
        start_device(directory, "cd5220", speed=speed, seed=seed),
        *start_lifts(directory, options.protocol, options.machines, speed=speed, seed=seed),
    ]
    ready = [each.ready() for each in starting]
    try:
        yield _Devices(ready[0], ready[1], tuple(ready[2:]))
    finally:
        if options.data is None:
            for begun, device in zip(starting, ready, strict=True):
                end_device(begun, device)


class _Tour:
    """One tour from the first line of the store to the last figure."""

    def __init__(self, options: TourOptions, directory: Path, devices: _Devices, watch: LogWatch) -> None:
        self._options, self._directory, self._devices, self._watch = options, directory, devices, watch
        self._probe: Probe | None = None
        self._painted_s = 0.0
        self._seed_s = 0.0
        self._tap_lock_s = 0.0
        self._machine = SAMPLE_MACHINE
        self._summary: Summary | None = None
        self._last: View | None = None

    def run(self) -> Summary:
        from ui.run import RunOptions, run_station

        options = self._options
        began_s = time.monotonic()
        source = source_of(options.station, self._directory, options.upstream, joins=options.machine_url is not None)
        mark = prepare_site(
            self._directory,
            options.station,
            seed=options.seed,
            orders=options.orders,
            waiting=False,
            has_new_machine=options.machine_url is None,
            site=options.site,
            source=source,
            machines=options.machines,
        )
        self._seed_s = time.monotonic() - began_s
        display = self._devices.display
        settings = sample_settings(
            options.station,
            url=self._devices.lift.url,
            display_url=display.url if display else "",
            opening=options.opening,
            protocol=options.protocol,
            prefetch=options.prefetch,
            tap_lock_s=options.tap_lock_s,
            machine_name=mark.machine,
            upstream=options.upstream,
            put_places=options.put_places,
            planner=options.planner,
            printers=options.printers,
            beside=self._devices.beside,
        )
        self._tap_lock_s = settings.screen.tap_lock_s
        self._machine = mark.machine
        run_station(
            RunOptions(
                directory=self._directory,
                settings=settings,
                sample_people=sample_people(),
                ballast_bytes=SMALL_BALLAST_BYTES,
                work=self._work,
            )
        )
        if self._summary is None:
            raise RuntimeError("the program ended before the operator did")
        return self._summary

    async def _work(self, running: Running) -> None:
        from ui.demo.eyes import Eyes
        from ui.demo.hands import Hands
        from ui.demo.operator import Badge, Operator
        from ui.demo.pictures import Pictures

        loop = asyncio.get_running_loop()
        probe = self._probe = Probe(later=loop.call_later)
        eyes = Eyes(running.window, probe)
        hands = Hands(running.window, eyes=eyes, probe=probe, tap_lock_s=self._tap_lock_s)
        pictures = Pictures(running.window, self._options.screens)
        person = next(each for each in SAMPLE_PEOPLE if each.role is Role.OPERATOR)
        before = running.store.open_orders()
        first_seq, began_s = running.store.head()[1], time.monotonic()
        await eyes.until(lambda view: True, "the first painted view")
        self._painted_s = seconds_since_process_start() - self._seed_s

        async def look(view: View) -> None:
            self._note_booking(view)
            await pictures.look(view)

        operator = Operator(
            hands=hands,
            eyes=eyes,
            habits=(EvenHabits if self._options.is_even else Habits)(self._options.seed),
            badge=Badge(code=person.badge, pin=person.pin, role=person.role),
            speed=self._options.speed,
            together=self._options.together,
            most=self._options.most,
            looks_around=self._options.looks_around,
            pieces=partial(_pieces, running.store, self._machine),
            tray_at_bay=self._tray_at_bay,
            seen=look,
        )
        await operator.work()
        probe.close()
        eyes.close()
        wall_s = time.monotonic() - began_s
        orders = [each.order for each in before]
        self._summary = self._sum_up(running.store, orders, left=operator.left, first_seq=first_seq, wall_s=wall_s)
        if running.replication is not None:
            status = await loop.run_in_executor(None, running.replication.drain, DRAIN_S)
            self._summary = replace(self._summary, acked=status.acked.seq, depth=status.depth)

    async def _tray_at_bay(self) -> int | None:
        """Looked at through the machine's own eyes. At one that runs elsewhere nobody can look: this bay is taken to be empty,
        and the machine contradicts where it is not."""
        if not self._devices.lift.control:
            return None
        bay, devices = self._last.bay if self._last is not None else "", self._devices
        number = next((at for at in range(2, len(devices.beside) + 2) if bay == bay_of(at)), 1)
        lift = (devices.lift, *devices.beside)[number - 1]
        own = await tray_at_bay(lift.control, self._options.opening)
        return None if own is None else own - 1 + first_trays(len(devices.beside) + 1)[number - 1]

    def _note_booking(self, view: View) -> None:
        """A booking that the screen has shown is acknowledged: write it down where a killed station cannot take it back."""
        last, self._last = self._last, view
        if self._options.seen is None or last is None or view.flash == last.flash or view.flashed is None:
            return
        line = {"flash": view.flash, "code": view.flashed.code, **view.flashed.params}
        with self._options.seen.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def _sum_up(self, store: Store, orders: list[str], *, left: frozenset[str], first_seq: int, wall_s: float) -> Summary:
        probe = self._probe
        if probe is None:
            raise RuntimeError("nothing was measured")
        rss_mb = memory_mb()  # of the work: the proofs below read the whole record
        still_open = {order.order: order for order in store.open_orders()}  # one reading: many thousand may wait
        worked = [order for name in orders if (order := still_open.get(name) or store.order(name)) is not None]
        stall = Spread.of(probe.stall_ms)
        events = store.events(after_seq=first_seq, limit=None)
        return Summary(
            **count_lines(worked, left),
            **count_events(events),
            spent_s=spent_s(events),
            chain_ok=store.verify().is_ok,
            stock_ok=store.stock_matches_log(),
            scan_to_paint_ms=Spread.of(probe.scan_ms),
            confirm_to_paint_ms=Spread.of(probe.confirm_ms),
            screen_change_ms=Spread.of(probe.screen_ms),
            loop_stall_ms={"p99": stall.p99, "max": stall.max},
            stalled_actions_share=round(probe.stalled_share, 4),
            start_to_painted_s=round(self._painted_s, 3),
            rss_mb=rss_mb,
            wall_s=round(wall_s, 1),
            unexpected_log_lines=self._watch.lines,
        )


def _pieces(store: Store, machine: str, face: TaskFace) -> int:
    """What lies in the compartment for this task: on the sample site the pieces are where the record says."""
    found = store.stock_at(Place(machine, face.tray, face.compartment))
    return sum(each.quantity for each in found if each.key == face.key)
