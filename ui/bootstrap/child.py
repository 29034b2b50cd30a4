"""A process of this program that answers one question beside the running station, so that no booking waits for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from ui.bootstrap.emergency import NICENESS


class Child:
    """Starts a process for each question. `stop` ends the one under way, and lets none begin."""

    def __init__(self, command: Sequence[str], *, most_s: float) -> None:
        self._command, self._most_s = tuple(command), most_s
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False

    @property
    def is_at_work(self) -> bool:
        """Whether a process is under way."""
        return self._process is not None and self._process.poll() is None

    def answer(self, question: bytes) -> bytes:
        """What the other process says to it. Raises OSError when it does not make it in time, or fails."""
        if self._is_over:
            raise OSError("the station ends")
        pipe = subprocess.PIPE
        process = self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        if hasattr(os, "setpriority"):
            with suppress(OSError):  # it has ended, or may not: then it computes as fast as it goes
                os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        try:
            said, _ = process.communicate(question, timeout=self._most_s)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise OSError("it took too long") from error
        if process.returncode:
            raise OSError(f"it ended with {process.returncode}")
        return said

    def stop(self) -> None:
        self._is_over = True
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()
