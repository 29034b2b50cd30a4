"""`baylight bench hardware`: what a busy window does to the lines, and what an idle station costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ui.demo.figures import Figure

SETTLE_S = 12.0  # the start, the sample site and its first painting are not idle
IDLE_S = 6.0


def measure_hardware(*, questions: int = 600, settle_s: float = SETTLE_S, idle_s: float = IDLE_S) -> Sequence[Figure]:
    """Round trips, bare and beside a window that is busy 8 of 16 ms; a cable pulled; a window that stalls; an idle station."""
    command = [sys.executable, "-m", "ui.demo.line_bench", str(questions)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout)
    return (
        Figure("round_trip_bare_p99_ms", found["bare_p99_ms"], "ms", 10.0),
        Figure("round_trip_busy_p99_ms", found["busy_p99_ms"], "ms", 10.0),
        Figure("round_trip_in_line_thread_p99_ms", round(found["line_p99_ms"], 2), "ms", 10.0),
        Figure("lost_frames", found["lost"], "", 0.0),
        Figure("time_outs_by_60_ms_stalls", found["stall_time_outs"], "", 0.0),
        Figure("unplug_seen_s", round(found["unplug_seen_s"], 3), "s", 1.0),
        Figure("idle_cpu_share", round(idle_share(settle_s, idle_s), 4), "", 0.03),
    )


def idle_share(settle_s: float, idle_s: float) -> float:
    """The part of one core that a station takes while nobody is at its bay: the window on the sample site, its devices connected.
    Linux only, where the system counts it for others to read; 0 elsewhere."""
    if not sys.platform.startswith("linux"):
        return 0.0
    with tempfile.TemporaryDirectory(prefix="baylight-idle-") as made:
        command = [sys.executable, "-m", "ui", "run", "--demo", "--data", made]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                _let_run(process, settle_s)
                before_s = _cpu_s(process.pid)
                _let_run(process, idle_s)
                return (_cpu_s(process.pid) - before_s) / idle_s
            finally:
                process.terminate()


def _let_run(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Raises CalledProcessError when it ends meanwhile."""
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    raise subprocess.CalledProcessError(status, process.args)


def _cpu_s(pid: int) -> float:
    """Time in user and system mode of all its threads so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
