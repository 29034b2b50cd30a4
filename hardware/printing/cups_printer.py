"""A queue of the system's print spooler, given PDF through `lp`. What the spooler has taken, it prints: that is DONE here."""

from __future__ import annotations

import logging
import shutil
import subprocess
from collections.abc import Callable

from hardware.errors import PRINT_CUT, SPOOLER_MISSING, SPOOLER_REFUSED
from hardware.printing.port import PrintResult
from hardware.values import Outcome

logger = logging.getLogger(__name__)

LP_S = 20.0
COMMAND = "lp"


class CupsPrinter:
    """`queue` as `lpstat -p` names it. `command` is another program in tests."""

    def __init__(self, queue: str, *, title: str = "Baylight", command: str = COMMAND, timeout_s: float = LP_S) -> None:
        self._queue = queue
        self._title = title
        self._command = command
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[bytes] | None = None

    def print_out(self, document: bytes, begin: Callable[[], None]) -> PrintResult:
        """As `hardware.printing.port.Printer` says. `lp` that ends with an error has taken nothing; one that is ended by us, or
        by anybody, may have."""
        program = shutil.which(self._command)
        if program is None:
            return PrintResult(Outcome.NOT_DONE, SPOOLER_MISSING)
        begin()
        words = [program, "-d", self._queue, "-t", self._title, "-"]
        try:
            process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        except OSError as error:
            logger.info("%s did not start: %s", program, error)
            return PrintResult(Outcome.NOT_DONE, SPOOLER_MISSING)
        self._process = process
        try:
            _, said = process.communicate(document, timeout=self._timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return PrintResult(Outcome.UNKNOWN, PRINT_CUT)
        finally:
            self._process = None
        if process.returncode < 0:
            return PrintResult(Outcome.UNKNOWN, PRINT_CUT)
        if process.returncode:
            logger.info("%s refused: %s", program, said.decode("utf-8", "replace").strip())
            return PrintResult(Outcome.NOT_DONE, SPOOLER_REFUSED)
        return PrintResult(Outcome.DONE, proof="spooled")

    def stop(self) -> None:
        """End `lp`."""
        process = self._process
        if process is not None:
            process.kill()
