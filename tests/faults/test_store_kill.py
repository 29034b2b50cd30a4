"""kill -9 in the middle of appends: what was acknowledged is there, once, in a chain that verifies."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db.store import Store

WRITER = """
import sys
from pathlib import Path
from db.records import LineClosed, Picked
from db.store import Store
store = Store.open(Path(sys.argv[1]), station="S1", ballast_bytes=0)
n = 0
while True:
    group = []
    for _ in range(8):
        n += 1
        place = {"machine": "VLM1", "tray": n % 40, "compartment": f"C{n % 7}", "visit": 1, "item": f"I{n % 11}"}
        picked = Picked(quantity=1, order=f"O{n % 5}", line=str(n), **place)
        closed = LineClosed(order=f"O{n % 5}", line=str(n), outcome="confirmed", asked=1, done_quantity=1)
        group.append(store.append([picked, closed]))
    for future in group:
        print(*(row.id for row in future.result()), flush=True)
"""


def _write_until_killed(directory: Path, *, after_lines: int) -> list[str]:
    """The ids of acknowledged events. The writer dies while its next group is under way."""
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(directory)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout as lines:
        acknowledged = [lines.readline() for _ in range(after_lines)]
        child.send_signal(signal.SIGKILL)
        acknowledged += [line for line in lines if line.endswith("\n")]
    assert child.wait() == -signal.SIGKILL
    return [id for line in acknowledged for id in line.split() if len(id) == 36]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_nothing_acknowledged_is_lost_or_doubled_by_kill_9(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for after_lines in (3, 50, 401):
        acknowledged += _write_until_killed(tmp_path, after_lines=after_lines)
        store = Store.open(tmp_path, station="S1", ballast_bytes=0)
        ids = [row.id for row in store.events(limit=None)]
        report, before = store.verify(), store.projection_digest()
        store.rebuild().result()
        after, matches = store.projection_digest(), store.stock_matches_log()
        store.close()
        assert len(ids) == len(set(ids))
        assert set(acknowledged) <= set(ids)
        assert len(ids) % 2 == 1  # epoch_opened, then whole bookings of two
        assert report.is_ok
        assert before == after
        assert matches
    assert len(acknowledged) >= 2 * 454
