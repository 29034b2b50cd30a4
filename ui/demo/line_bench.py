"""Line figures under a busy window, as a program of its own (Qt's loop is one a process): prints one JSON object.

Qt's thread paints 8 of every 16 ms, in Python, as a hard-worked window would; then it stalls 60 ms at a time.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.bootstrap.line_probe import SimulatedPlace

QUESTIONS = 600
BUSY_MS, EVERY_MS = 8, 16
STALL_MS, STALL_EVERY_MS = 60, 200


def main(questions: int = QUESTIONS) -> int:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync
    from PySide6.QtWidgets import QApplication

    from ui.bootstrap.line_probe import simulated_place
    from ui.run import SWITCH_INTERVAL_S

    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = QApplication([])
    with (
        tempfile.TemporaryDirectory(prefix="baylight-lines-") as made,
        simulated_place(Path(made)) as place,
        qasync.QEventLoop(application) as loop,
    ):
        figures = loop.run_until_complete(_measure(place, questions))
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


async def _measure(place: SimulatedPlace, questions: int) -> dict[str, float]:
    from ui.bootstrap.line_probe import line_probe

    async with line_probe(place) as probe:
        bare = await probe.ask(questions)
        with _busy(BUSY_MS, EVERY_MS):
            busy = await probe.ask(questions)
        with _busy(STALL_MS, STALL_EVERY_MS):
            stalled = await probe.ask(questions // 10)
        unplugs = [await probe.unplug_seen_s() for _ in range(3)]
    return {
        "bare_p99_ms": _p99(bare.loop_ms),
        "busy_p99_ms": _p99(busy.loop_ms),
        "line_p99_ms": busy.line_p99_ms,
        "lost": busy.lost + stalled.lost,
        "stall_time_outs": stalled.errors + max(0, stalled.reconnects),
        "unplug_seen_s": max(unplugs),
    }


@contextmanager
def _busy(busy_ms: int, every_ms: int) -> Iterator[None]:
    """Keep Qt's thread busy for so many of so many milliseconds."""
    from PySide6.QtCore import Qt, QTimer

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def work() -> None:
        until_s = time.perf_counter() + busy_ms / 1000
        while time.perf_counter() < until_s:
            sum(range(50))

    timer.timeout.connect(work)
    timer.start(every_ms)
    try:
        yield
    finally:
        timer.stop()


def _p99(taken_ms: tuple[float, ...]) -> float:
    ordered = sorted(taken_ms)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 2)


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:2])))
