"""The process that works days again: it tells how far it is and what came of it, it can be stopped, and a bad end is said."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from station.planner.replay import Replay
from tests.helpers.guards import ExpectLog
from tests.helpers.motion_days import BEGAN
from tests.helpers.worked_site import WorkedSite
from ui.bootstrap.replays import ReplayProcess
from ui.bootstrap.store import settings_of


class Heard:
    """What was told, and that it is over."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []
        self.report: Replay | None = None
        self.why = ""
        self.first, self.over = threading.Event(), threading.Event()

    def tell(self, done: int, of: int) -> None:
        self.told.append((done, of))
        self.first.set()

    def end(self, report: Replay | None, why: str) -> None:
        self.report, self.why = report, why
        self.over.set()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> WorkedSite:
    made = WorkedSite(tmp_path_factory.mktemp("site") / "store")
    made.build(worked=6)
    return made


def begin(site: WorkedSite, heard: Heard, *, days: int = 1, command: tuple[str, ...] = ()) -> ReplayProcess:
    process = ReplayProcess(site.directory, settings_of(site.settings()))
    if command:
        process.command = command
    process.start(BEGAN - timedelta(days=days), BEGAN + timedelta(days=days), told=heard.tell, ended=heard.end)
    return process


def test_it_tells_each_way_and_the_report(site: WorkedSite) -> None:
    heard = Heard()
    begin(site, heard)
    assert heard.over.wait(60)
    assert heard.told == [(done, 28) for done in range(29)]
    assert heard.report is not None
    assert (heard.report.measured.orders, len(heard.report.played), heard.why) == (6, 28, "")


def test_days_without_a_pick_have_no_report(tmp_path: Path) -> None:
    made, heard = WorkedSite(tmp_path / "store"), Heard()
    made.build(worked=0)
    begin(made, heard)
    assert heard.over.wait(60)
    assert (heard.report, heard.why) == (None, "nothing")


@pytest.mark.parametrize("command", [(sys.executable, "-c", "raise SystemExit(1)"), ("/there/is/no/such/program",)])
def test_a_process_that_fails_is_said(site: WorkedSite, command: tuple[str, ...], allow_log: ExpectLog) -> None:
    allow_log("the days cannot be worked again")
    heard = Heard()
    begin(site, heard, command=command)
    assert heard.over.wait(60)
    assert (heard.report, heard.why) == (None, "failed")


def test_what_is_stopped_says_nothing_more(site: WorkedSite) -> None:
    """The process waits after its first word; once it is stopped its thread ends without a word."""
    script = "import sys,json; sys.stdin.readline(); print(json.dumps({'done': 0, 'of': 28}), flush=True); sys.stdin.read()"
    heard = Heard()
    process = begin(site, heard, command=(sys.executable, "-c", script))
    assert heard.first.wait(60)
    listening = [each for each in threading.enumerate() if each.name == "replay"]
    process.stop()
    for each in listening:
        each.join(60)
    assert not heard.over.is_set()
    assert heard.told == [(0, 28)]
