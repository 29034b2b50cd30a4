"""A printer that takes what is written to its TCP port 9100 (ZPL II).

Before a label it is asked how it is (~HS), so that a label is not sent to one without paper; behind the label it is asked once
more, and the answer proves that it has read all of it. One that answers no status is told in the settings: its proof is that it
took everything and the line was closed in order. What is cut off on the way is UNKNOWN.
"""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import struct
import sys
import time
from collections.abc import Callable

from hardware.errors import PRINT_CUT, PRINTER_NO_ANSWER, PRINTER_UNREACHABLE
from hardware.printing import zpl_status
from hardware.printing.port import PrintResult
from hardware.values import Outcome

logger = logging.getLogger(__name__)

CONNECT_S = 3.0
ANSWER_S = 5.0
SEND_S = 15.0  # without a byte taken meanwhile
PORT = 9100
_URL = re.compile(r"socket://(?P<host>[^:/\s]+|\[[0-9A-Fa-f:]+\])(:(?P<port>\d{1,5}))?/?")
_UNSENT = 0x5411  # SIOCOUTQ of Linux: bytes that the other end has not taken


class _CutError(Exception):
    """The line ended, or nothing came in time."""


def address_of(url: str) -> tuple[str, int]:
    """`socket://host` or `socket://host:port`. Raises ValueError."""
    found = _URL.fullmatch(url)
    port = int(found["port"] or PORT) if found else 0
    if found is None or not 0 < port < 65536:
        raise ValueError(f"no address of a printer: {url}")
    return found["host"].strip("[]"), port


class RawPrinter:
    """One connection for each document. `answers`: it knows ~HS. Times in s, for tests too."""

    def __init__(self, url: str, *, answers: bool = True, answer_s: float = ANSWER_S, send_s: float = SEND_S) -> None:
        self._address = address_of(url)
        self._answers = answers
        self._answer_s = answer_s
        self._send_s = send_s
        self._line: socket.socket | None = None
        self._is_stopped = False

    def print_out(self, document: bytes, begin: Callable[[], None]) -> PrintResult:
        """As `hardware.printing.port.Printer` says."""
        try:
            line = socket.create_connection(self._address, CONNECT_S)
        except OSError as error:
            logger.debug("printer %s: %s", self._address, error)
            return PrintResult(Outcome.NOT_DONE, PRINTER_UNREACHABLE)
        with line:
            self._line = line
            try:
                return self._on_line(line, document, begin)
            finally:
                self._line = None

    def stop(self) -> None:
        """End what is under way."""
        self._is_stopped = True
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError):  # it may be closed by now
                line.shutdown(socket.SHUT_RDWR)

    def _on_line(self, line: socket.socket, document: bytes, begin: Callable[[], None]) -> PrintResult:
        if self._answers:
            code = self._ask(line)
            if code:
                return PrintResult(Outcome.NOT_DONE, code)
        if self._is_stopped:
            return PrintResult(Outcome.NOT_DONE, PRINTER_UNREACHABLE)
        begin()
        try:
            line.settimeout(self._send_s)
            line.sendall(document)
            proof = self._answered(line) if self._answers else self._taken(line)
        except (OSError, _CutError) as error:
            logger.info("printer %s: cut off while a label was sent: %s", self._address, error)
            return PrintResult(Outcome.UNKNOWN, PRINT_CUT)
        return PrintResult(Outcome.DONE, proof=proof)

    def _ask(self, line: socket.socket) -> str:
        """The code of what keeps it from printing, "" when nothing does."""
        try:
            line.sendall(zpl_status.ASK)
            code = zpl_status.trouble(self._hear_status(line))
        except (OSError, _CutError):
            return PRINTER_NO_ANSWER
        return PRINTER_NO_ANSWER if code is None else code

    def _answered(self, line: socket.socket) -> str:
        """The status behind the label proves that the label was read; what it says is for the next one."""
        line.sendall(zpl_status.ASK)
        self._hear_status(line)
        return "answered"

    def _hear_status(self, line: socket.socket) -> bytes:
        heard, end_s = b"", time.monotonic() + self._answer_s
        while not zpl_status.is_whole(heard):
            line.settimeout(max(0.001, end_s - time.monotonic()))
            more = line.recv(1024)
            heard += more
            if not more or len(heard) > zpl_status.LONGEST or time.monotonic() > end_s:
                raise _CutError("no status")
        return heard

    def _taken(self, line: socket.socket) -> str:
        """It closes in order behind the last byte, or the system says that the other end has taken them all."""
        line.shutdown(socket.SHUT_WR)
        line.settimeout(self._answer_s)
        try:
            while line.recv(1024):
                pass  # what it says unasked
        except TimeoutError:
            if _unsent(line) != 0:
                raise _CutError("not all of it was taken") from None
        return "taken"


def _unsent(line: socket.socket) -> int:
    """How many bytes the other end has not taken yet; -1 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return -1
    from fcntl import ioctl

    return int(struct.unpack("i", ioctl(line.fileno(), _UNSENT, struct.pack("i", 0)))[0])
