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
from db.records.orders import LineClosed
from db.records.stock import Picked
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

IMPORTER = """
import sys
from pathlib import Path
from db.records.files import Imported
from db.records.orders import LineSkipped
from db.rows.stock import Stock, StockKey
from db.rows.trays import Place
from db.store import Store
store = Store.open(Path(sys.argv[1]), station="S1", ballast_bytes=0)
rows = [Stock(place=Place("VLM1", 7, f"C{n}"), key=StockKey(item="A"), quantity=1) for n in range(int(sys.argv[2]))]
done = store.import_stock(rows, Imported(what="stock", file="s.csv", sha256="0", rows=len(rows), rejected=0))
while not done.done():
    (row,) = store.append([LineSkipped(order="O", line="1")]).result()
    print(row.seq, flush=True)
store.close()
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


def _run_importer(directory: Path, rows: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", IMPORTER, str(directory), str(rows)], stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_an_import_ended_by_kill_9_is_not_told_as_imported_and_goes_in_again(tmp_path: Path) -> None:
    child = _run_importer(tmp_path, 20_000)
    assert child.stdout is not None
    with child.stdout as lines:
        next(line for line in lines if int(line) > 300)  # its pieces go in
        child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    told = [row.kind for row in store.events(kinds=("import_begun", "imported"))]
    is_whole, matches, loaded = store.verify().is_ok, store.stock_matches_log(), len(store.stock())
    store.close()
    assert (told, is_whole, matches) == (["import_begun"], True, True)
    assert 0 < loaded < 20_000
    again = _run_importer(tmp_path, loaded + 100)
    again.communicate()
    assert again.returncode == 0
    reader = Store.open_reader(tmp_path)
    told = [row.kind for row in reader.events(kinds=("import_begun", "imported"))]
    assert (told, len(reader.stock())) == (["import_begun", "import_begun", "imported"], loaded + 100)
    reader.close()
