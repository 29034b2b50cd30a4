"""The first start as a program: its window, the flow behind it, and what carries out the flow's wishes, on one loop.

It comes before any station: settings, machine and people are what it asks for. A service manager is told that it lives, and its
socket is left to the station that follows in the same process.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import qasync

from station.first_start import progress
from station.first_start.draft import LINE, Step
from station.first_start.pages import LEAST_TENTHS, MOST_TENTHS, Page
from station.first_start.values import Effect, Event, Finish, Tried
from station.flows.first_start import advance, begin
from station.settings import ScreenSettings, Settings
from ui.app import be_accessible, dress_application, screen_size, show_on_panel, start_application
from ui.bootstrap.first_start import FirstStartDesk, first_state
from ui.demo.machine import MachineError
from ui.demo.trial import OwnMachine
from ui.first_start_window import FirstStartWindow
from ui.heartbeat import Heartbeat
from ui.language import load_language, spoken
from ui.metrics import Metrics
from ui.panel import USUAL_PX, Panel, ScreenError, Size, choose_panel, fixed_size
from ui.service_notice import STOPPING, ServiceNotice
from ui.texts import Texts
from ui.themes import THEMES

logger = logging.getLogger(__name__)

TICK_S = 0.2


@dataclass(slots=True)
class FirstStarting:
    """A first start that runs, as the one who started it may use it. `closed` ends it before its end."""

    window: FirstStartWindow
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    is_finished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStartOptions:
    """`directory` is the data directory, `config` the settings file to write. `work` plays the person, in tests."""

    directory: Path
    config: Path
    settings: Settings
    work: Callable[[FirstStarting], Awaitable[None]] | None = None


def run_first_start(options: FirstStartOptions) -> bool:
    """Run until all is asked (True), or the window is closed or a signal comes. Raises ScreenError, and what nobody foresaw."""
    screen = options.settings.screen
    be_accessible(screen.accessibility == "on")
    application = start_application(["baylight"], fixed_size(screen) or USUAL_PX)
    screen_px = screen_size(application)
    panel = choose_panel(screen_px, _readable(screen_px, screen))
    dress_application(application, panel.metrics, THEMES[screen.theme])
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    with loop, ThreadPoolExecutor(1, "first-start") as executor:
        return bool(loop.run_until_complete(_Run(options, panel, screen_px, executor).run()))


def least_tenths(screen_px: Size | None, screen: ScreenSettings) -> int:
    """The smallest diagonal, in tenths of an inch, at which the station's faces have room on this screen."""
    return next((each for each in range(LEAST_TENTHS, MOST_TENTHS) if _fits(screen_px, screen, each)), LEAST_TENTHS)


def _readable(screen_px: Size | None, screen: ScreenSettings) -> ScreenSettings:
    """The settings, with a diagonal that has room: the real one is asked."""
    tenths = max(round(screen.diagonal_in * 10), least_tenths(screen_px, screen))
    return replace(screen, diagonal_in=tenths / 10)


def _fits(screen_px: Size | None, screen: ScreenSettings, tenths: int) -> bool:
    try:
        choose_panel(screen_px, replace(screen, diagonal_in=tenths / 10))
    except ScreenError:
        return False
    return True


class _Run:
    """One first start from its beginning to its end. Events come on the loop; effects are carried out one after the other."""

    def __init__(self, options: FirstStartOptions, panel: Panel, screen_px: Size | None, executor: ThreadPoolExecutor) -> None:
        self._options, self._panel, self._screen_px = options, panel, screen_px
        self._effects: asyncio.Queue[Effect | None] = asyncio.Queue()
        directory, settings = options.directory, options.settings
        self._machine = OwnMachine(directory)
        self._desk = FirstStartDesk(
            directory, options.config, self._give, executor=executor, own_machine=partial(_url_of, self._machine)
        )
        self._window = FirstStartWindow(
            self._give,
            self._metrics_of,
            partial(_texts, spoken()),
            lambda: datetime.now(UTC),
            form=self._desk.form,
            theme=THEMES[settings.screen.theme],
            is_left_handed=settings.screen.hand == "left",
            tap_lock_s=settings.screen.tap_lock_s,
        )
        self._window.setWindowTitle("Baylight")
        self._running = FirstStarting(self._window)
        self._ticks = 0
        least = least_tenths(screen_px, settings.screen)
        state = first_state(directory, settings, languages=spoken(), least_tenths=least)
        state = replace(state, draft=replace(state.draft, diagonal_tenths=max(least, state.draft.diagonal_tenths)))
        done = progress.done_of(directory)
        self._state, effects = begin(state, None if done is Step.ADMINISTRATOR else done)
        self._put(effects)

    async def run(self) -> bool:
        loop, window = asyncio.get_running_loop(), self._window
        notice = ServiceNotice(os.environ)  # its socket is left to the station that follows
        heartbeat = Heartbeat(notice, lambda: self._ticks)
        window.painted.connect(heartbeat.see_paint)
        window.closed.connect(self._running.closed.set)
        with _signals(lambda: loop.call_soon_threadsafe(self._running.closed.set)):
            window.show_state(self._state)
            show_on_panel(window, self._panel, self._screen_px)
            heartbeat.begin()
            try:
                await self._until_over()
            except ExceptionGroup as faults:
                raise faults.exceptions[0] from faults
            finally:
                heartbeat.end()
                if not self._running.is_finished:
                    notice.say(STOPPING)
                await self._desk.close()
                self._machine.end()
                window.hide()
                window.deleteLater()
        return self._running.is_finished

    async def _until_over(self) -> None:
        """Effects, beside whoever plays the person; a fault of either ends it."""
        async with asyncio.TaskGroup() as tasks:
            jobs = [tasks.create_task(self._work()), tasks.create_task(self._tick())]
            if self._options.work is not None:
                jobs.append(tasks.create_task(self._played(self._options.work)))
            await self._running.closed.wait()
            for job in jobs:
                job.cancel()

    async def _played(self, work: Callable[[FirstStarting], Awaitable[None]]) -> None:
        await work(self._running)
        self._running.closed.set()

    async def _work(self) -> None:
        while True:
            effect = await self._effects.get()
            if isinstance(effect, Finish):
                self._running.is_finished = True
                self._running.closed.set()
            elif effect is not None:
                await self._desk.carry_out(effect)
            await self._desk.listen(self._wanted_line())

    async def _tick(self) -> None:
        """That the loop lives, for the service manager."""
        while True:
            await asyncio.sleep(TICK_S)
            self._ticks += 1

    def _give(self, event: Event) -> None:
        before = self._state
        self._state, effects = advance(self._state, event)
        self._window.show_state(self._state)
        self._put(effects)
        if before.page is not self._state.page:
            self._effects.put_nowait(None)  # another page may want the scanner

    def _put(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            self._effects.put_nowait(effect)

    def _wanted_line(self) -> str:
        """The line of a scanner that is to be heard now."""
        draft = self._state.draft
        is_heard = self._state.page in (Page.SCANNER_TEACH, Page.ADMIN_BADGE) and draft.scanner == LINE
        return draft.scanner_url if is_heard else ""

    def _metrics_of(self, inches: float) -> Metrics:
        """The sizes at this diagonal; the application's own letters and frames with them."""
        settings = self._options.settings.screen
        panel = choose_panel(self._screen_px, _readable(self._screen_px, replace(settings, diagonal_in=inches)))
        application = start_application(["baylight"])
        dress_application(application, panel.metrics, THEMES[settings.theme])
        application.setQuitOnLastWindowClosed(False)
        return panel.metrics


def _texts(choices: tuple[str, ...], code: str) -> Texts:
    return Texts(load_language(code), choices=choices)


def _url_of(machine: OwnMachine, protocol: str) -> str | Tried:
    try:
        return machine.url(protocol)
    except MachineError as error:
        return Tried(False, error.code, error.message)


@contextmanager
def _signals(end: Callable[[], object]) -> Iterator[None]:
    """SIGTERM and SIGINT end it as a closed window does."""
    before = {number: signal.signal(number, lambda *_: end()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
