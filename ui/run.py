"""The running program: QApplication, the one event loop, the station and its window; started and ended in stages.

The control socket, the ports and the store are closed in this order whatever ends the program: the window, a signal, or a fault
that nobody foresaw, which is raised again after everything was made safe.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtWidgets import QApplication

from station.commands import Command
from station.control import ControlServer
from station.sample.people import SAMPLE_PEOPLE
from station.scan_form import ScanForm
from station.settings import ScreenSettings, Settings
from station.worker import Worker
from ui.app import be_accessible, dress_application, screen_size, show_on_panel, start_application
from ui.bootstrap.audit import begin_sealing
from ui.bootstrap.replication import make_replication
from ui.bootstrap.requests import make_requests, make_results
from ui.bootstrap.station import make_station, silent
from ui.bootstrap.store import open_store
from ui.heartbeat import Heartbeat
from ui.language import load_language, spoken
from ui.panel import USUAL_PX, Panel, Size, choose_panel, fixed_size
from ui.player import Player
from ui.practice_glass import PracticeGlass, practice_program
from ui.service_notice import STOPPING, ServiceNotice
from ui.steady_heap import steady_heap
from ui.texts import Texts
from ui.themes import THEMES
from ui.tongues import Tongues
from ui.wedge import TakeScan
from ui.window import MainWindow

if TYPE_CHECKING:
    from station.ports import SyncPort
    from station.runner.station import Station
    from ui.bootstrap.replication import Replication
    from ui.bootstrap.station import SampleRows
    from ui.bootstrap.store import Store

logger = logging.getLogger(__name__)

REQUEST_PATIENCE_S = 10.0  # for a command line's request under way at the end
SWITCH_INTERVAL_S = 0.0005  # the writer and the ports must not wait 5 ms for the loop's thread


@dataclass(slots=True)
class Running:
    """A running program, as the one who started it may use it. `closed` ends it."""

    store: Store
    station: Station
    window: MainWindow
    replication: Replication | None = None
    practice: PracticeGlass | None = None
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    fault: BaseException | None = None

    def fail(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What nobody foresaw ends the program: a station in an unknown state does not go on."""
        error = context.get("exception")
        logger.error("%s", context.get("message"), exc_info=error)
        self.fault = self.fault or error or RuntimeError(str(context.get("message")))
        self.closed.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What to run. `work` is carried out once the window is painted, and the program ends with it (the scripted operator)."""

    directory: Path
    settings: Settings
    sample_people: SampleRows = ()
    ballast_bytes: int | None = None
    work: Callable[[Running], Awaitable[None]] | None = None
    sync: SyncPort | None = None  # instead of that of the settings
    is_practice: bool = False  # a store that is thrown away: the window says so in every state
    offers_practice: bool = False  # it can be begun by touch at the sign-on screen
    practice_speed: float = 1.0  # of its simulated machine


def run_station(options: RunOptions) -> int:
    """Run until the window is closed, a signal comes or the work is done. Raises StoreError, and the fault that ended it."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    with steady_heap() as settle:
        store = open_store(options.directory, options.settings.station.name, ballast_bytes=options.ballast_bytes)
        try:
            begin_sealing(store)
            glass = _find_glass(options.settings.screen)
            loop = qasync.QEventLoop(glass.application)
            with loop:
                loop.run_until_complete(_run(options, store, glass, settle))
        finally:
            store.close()
    return 0


@dataclass(frozen=True, slots=True)
class _Glass:
    """Where the window will stand: the screen as Qt sees it (None: none that anybody sees), and the panel made of it."""

    application: QApplication
    screen_px: Size | None
    panel: Panel


def _find_glass(screen: ScreenSettings) -> _Glass:
    """Ask for the screen and dress the application in its sizes. Raises ScreenError."""
    be_accessible(screen.accessibility == "on")
    application = start_application(["baylight"], fixed_size(screen) or USUAL_PX)
    screen_px = screen_size(application)
    panel = choose_panel(screen_px, screen)
    dress_application(application, panel.metrics, THEMES[screen.theme])
    application.setQuitOnLastWindowClosed(False)  # the loop ends by `closed`, after everything was made safe
    if screen_px is not None and any(wish > have for wish, have in zip(panel.size_px, screen_px, strict=True)):
        logger.warning("the window of %d x %d px is larger than the screen of %d x %d px", *panel.size_px, *screen_px)
    return _Glass(application, screen_px, panel)


async def _run(options: RunOptions, store: Store, glass: _Glass, settle: Callable[[], None]) -> None:
    has_sounds = options.settings.screen.sounds == "on" and options.work is None
    replication = make_replication(store, options.settings, options.directory)
    results = make_results(store, options.settings.results, options.directory, options.settings.station.name)
    station = make_station(
        store,
        options.settings,
        options.directory,
        results=results,
        sample_people=options.sample_people,
        play=Player().play if has_sounds else silent,
        sync=options.sync or replication,
    )
    window = _make_window(options, glass.panel, station.give, station.scan, station.scan_form)
    practice = _make_glass(options, glass.panel, station, window)
    running = Running(store, station, window, replication, practice)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(running.fail)
    store.pages_proven.add_done_callback(partial(_end_on_damage, running, loop))
    glass.application.lastWindowClosed.connect(running.closed.set)
    window.practice_ended.connect(running.closed.set)
    notice = ServiceNotice.of_process()
    heartbeat = Heartbeat(notice, lambda: station.ticks)
    window.painted.connect(heartbeat.see_paint)
    requests = make_requests(
        store,
        options.directory,
        results,
        options.settings.machine,
        sign_on=options.settings.sign_on,
        replication=replication,
    )
    executor, beside = Worker("requests"), Worker("requests-beside")
    with _signals(running, loop):
        control = ControlServer(options.directory, requests.handlers(executor, beside=beside, changed=station.site_changed))
        unsubscribe = station.subscribe(window.show_view)
        if practice is not None:
            station.subscribe(practice.watch)
        unsubscribe_presses = station.subscribe_presses(window.press)
        show_on_panel(window, glass.panel, glass.screen_px)
        await station.start()
        await control.start()
        settle()
        heartbeat.begin()
        try:
            await _until_closed(running, options)
        finally:
            logger.info("stopping")
            if practice is not None:
                practice.stop()
            heartbeat.end()
            notice.say(STOPPING)
            await control.stop()
            results.stop()  # an export that a command line asked for may have a long log to go
            for each in (executor, beside):
                if not await each.stop(patience_s=REQUEST_PATIENCE_S):
                    logger.warning("a request did not end within %g s and is left behind", REQUEST_PATIENCE_S)
            await station.stop()
            unsubscribe()
            unsubscribe_presses()
            window.close()
            window.deleteLater()
    if running.fault is not None:
        raise running.fault


def _end_on_damage(running: Running, loop: asyncio.AbstractEventLoop, proven: Future[None]) -> None:
    """On the prover's thread. A damaged store takes no more bookings: the program ends, and its next start proves everything."""
    if proven.cancelled() or (error := proven.exception()) is None or loop.is_closed():
        return
    loop.call_soon_threadsafe(running.fail, loop, {"message": "the store is damaged", "exception": error})


async def _until_closed(running: Running, options: RunOptions) -> None:
    if options.work is None:
        await running.closed.wait()
        return
    work = asyncio.ensure_future(options.work(running))
    closed = asyncio.ensure_future(running.closed.wait())
    await asyncio.wait({work, closed}, return_when=asyncio.FIRST_COMPLETED)
    closed.cancel()
    if not work.done():
        work.cancel()
    await asyncio.gather(work, closed, return_exceptions=True)
    if not work.cancelled() and (error := work.exception()) is not None:
        raise error


def _make_window(
    options: RunOptions, panel: Panel, give: Callable[[Command], None], scan: TakeScan, form: Callable[[str], ScanForm]
) -> MainWindow:
    settings = options.settings
    window = MainWindow(
        give,
        scan,
        _tongues(settings),
        panel.metrics,
        lambda: datetime.now(UTC),
        is_practice=options.is_practice,
        lifts=len(settings.lift) + 1 if settings.lift else 0,
        pictures=partial(find_picture, options.directory),
        tap_lock_s=settings.screen.tap_lock_s,
        wedge_form=lambda: form("wedge"),
        theme=THEMES[settings.screen.theme],
        is_left_handed=settings.screen.hand == "left",
    )
    window.setWindowTitle("Baylight")
    return window


def _make_glass(options: RunOptions, panel: Panel, station: Station, window: MainWindow) -> PracticeGlass | None:
    """What lays practice over the window; None where it is not offered."""
    if not options.offers_practice:
        return None
    settings = replace(options.settings, lift=(), machine=replace(options.settings.machine, kind="lift"))

    def make(give: Callable[[Command], None], scan: TakeScan, directory: Path) -> MainWindow:
        own = replace(options, settings=settings, directory=directory, is_practice=True)
        return _make_window(own, panel, give, scan, station.scan_form)

    badges = [each.badge for each in SAMPLE_PEOPLE]
    return PracticeGlass(window, make, station.scan, badges=badges, program=practice_program(options.practice_speed))


def _tongues(settings: Settings) -> Tongues:
    """The station's language, and every other that there are sentences in."""
    choices, of_bins = spoken(), settings.machine.kind == "carousel"

    def texts(code: str) -> Texts:
        return Texts(load_language(code), of_bins=of_bins, choices=choices)

    own = settings.station.language
    return Tongues(texts(own), {code: partial(texts, code) for code in choices if code != own})


def find_picture(directory: Path, name: str) -> Path | None:
    """The file of an item's picture: DIR/pictures, and on the sample site its drawings."""
    for folder in (directory / "pictures", directory / "sample" / "pictures"):
        if (folder / name).is_file():
            return folder / name
    return None


class _signals:  # noqa: N801 - used as a with-block
    """SIGTERM and SIGINT end the program as a closed window does."""

    def __init__(self, running: Running, loop: asyncio.AbstractEventLoop) -> None:
        self._running, self._loop = running, loop
        self._before: dict[int, Any] = {}

    def __enter__(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            self._before[number] = signal.signal(number, self._on_signal)

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, frame: object) -> None:
        self._loop.call_soon_threadsafe(self._running.closed.set)
