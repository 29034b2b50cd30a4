"""Works days of the record again in a process of its own, so that no booking and no paint waits for the planner."""

from __future__ import annotations

import base64
import json
import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.emergency import NICENESS

if TYPE_CHECKING:
    from station.planner.replay import Replay
    from station.replays import Ended, Told
    from station.settings import Settings

logger = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "ui.bootstrap.replays")
NOTHING, FAILED = "nothing", "failed"


@dataclass
class ReplayProcess:
    """Starts the process and a thread that listens to it."""

    directory: Path
    settings: Settings
    command: Sequence[str] = COMMAND
    _process: subprocess.Popen[str] | None = field(default=None, init=False)

    def start(self, first: datetime, until: datetime, *, told: Told, ended: Ended) -> None:
        self.stop()
        asked = base64.b64encode(pickle.dumps((self.directory, self.settings, first, until))).decode("ascii")
        try:
            process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
        except OSError:
            logger.warning("the days cannot be worked again: there is no %s", self.command[0])
            ended(None, FAILED)
            return
        self._process = process
        if hasattr(os, "setpriority"):
            with suppress(OSError):  # it has ended, or may not
                os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        threading.Thread(target=self._listen, args=(process, asked, told, ended), name="replay", daemon=True).start()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()  # its thread waits for it

    def _listen(self, process: subprocess.Popen[str], asked: str, told: Told, ended: Ended) -> None:
        """On its own thread: what the process says, line by line, as long as it is the one that is waited for."""
        report, why = None, FAILED
        with process, suppress(OSError, ValueError):
            if process.stdin is None or process.stdout is None:
                raise ValueError("no pipes")
            process.stdin.write(asked + "\n")
            process.stdin.flush()
            for line in process.stdout:
                said = json.loads(line)
                if "of" in said and self._process is process:
                    told(said["done"], said["of"])
                report = pickle.loads(base64.b64decode(said["report"])) if "report" in said else report
                why = said.get("why", "" if report is not None else why)
        if self._process is process:
            self._process = None
            ended(report, why)


def main() -> int:
    """The other process: one line in, a line for each way that was worked, and what came of it. Both are of this program."""
    from ui.bootstrap.planning import NothingToReplayError, replay_job

    directory, settings, first, until = pickle.loads(base64.b64decode(sys.stdin.readline()))
    try:
        job = replay_job(directory, settings, first=first, until=until)
    except NothingToReplayError:
        _say({"why": NOTHING})
        return 0
    played = []
    _say({"done": 0, "of": len(job.wanted)})
    for each in job.played():
        played.append(each)
        _say({"done": len(played), "of": len(job.wanted)})
    report: Replay = job.report(played)
    _say({"report": base64.b64encode(pickle.dumps(report)).decode("ascii")})
    return 0


def _say(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
