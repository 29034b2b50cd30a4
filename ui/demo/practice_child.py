"""The station of practice, a process without a window: its views go to who started it, touches and scans come from there.

It has a store of its own in a directory that it removes at its end, and a simulated machine. It ends when its input does: so also
when the program that started it is gone.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from station.commands import Command
from ui.bootstrap.requests import make_results
from ui.bootstrap.station import make_station
from ui.bootstrap.store import open_store
from ui.demo.practice import PRACTICE_ORDERS, PRACTICE_STATION
from ui.demo.practice_words import Frames, Pressed, Scanned, Word, frame_of
from ui.demo.site import SMALL_BALLAST_BYTES, sample_people
from ui.demo.window import WindowOptions, sample_ready

if TYPE_CHECKING:
    from station.runner.station import Station
    from station.settings import Settings
    from ui.bootstrap.store import Store

PIECE_BYTES = 1 << 16


def main() -> int:
    """Serve until the input ends."""
    parser = ArgumentParser()
    parser.add_argument("directory", type=Path)
    parser.add_argument("--speed", type=float, default=1.0)
    args = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl+C for the station ends this one by its input
    try:
        options = WindowOptions(station=PRACTICE_STATION, orders=PRACTICE_ORDERS, speed=args.speed, is_practice=True)
        with sample_ready(options, args.directory) as settings:
            store = open_store(args.directory, PRACTICE_STATION, ballast_bytes=SMALL_BALLAST_BYTES)
            try:
                asyncio.run(_serve(store, settings, args.directory))
            finally:
                store.close()
    finally:
        shutil.rmtree(args.directory, ignore_errors=True)
    return 0


async def _serve(store: Store, settings: Settings, directory: Path) -> None:
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    results = make_results(store, settings.results, directory, PRACTICE_STATION)
    station = make_station(store, settings, directory, results=results, sample_people=sample_people())
    loop.set_exception_handler(lambda _, context: _fail(over, context))
    station.subscribe(_say)
    station.subscribe_presses(lambda word: _say(Pressed(word)))

    def take(word: Word | None) -> None:
        if word is None:
            over.set()
        elif not over.is_set():
            _give(station, word)

    listener = Thread(target=_listen, args=(lambda word: loop.call_soon_threadsafe(take, word),), daemon=True)
    await station.start()
    listener.start()
    try:
        await over.wait()
    finally:
        results.stop()
        await station.stop()


def _fail(over: asyncio.Event, context: dict[str, object]) -> None:
    logging.getLogger(__name__).error("%s", context.get("message"), exc_info=context.get("exception"))  # type: ignore[arg-type]
    over.set()


def _give(station: Station, word: Word) -> None:
    if isinstance(word, Scanned):
        station.scan(word.text, word.source, at_s=word.at_s)
    elif isinstance(word, Command):
        station.give(word)


def _say(word: Word) -> None:
    with suppress(BrokenPipeError):  # nobody looks any more; the input ends, too
        sys.stdout.buffer.write(frame_of(word))
        sys.stdout.buffer.flush()


def _listen(take: Callable[[Word | None], object]) -> None:
    """On a thread of its own."""
    frames = Frames()
    while piece := os.read(0, PIECE_BYTES):
        for word in frames.take(piece):
            take(word)
    take(None)


if __name__ == "__main__":
    sys.exit(main())
