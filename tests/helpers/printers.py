"""Printers that are no printers: one on a TCP port that does what a test wants, and one in the place of a port."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from hardware.printing.port import PrintResult
from hardware.values import Outcome

GOOD = b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
NO_PAPER = GOOD.replace(b"\x02030,0,0", b"\x02030,1,0")
PAUSED = GOOD.replace(b"\x02030,0,0", b"\x02030,0,1")
OPEN = GOOD.replace(b"\x02000,0,0,0", b"\x02000,0,1,0")
END = b"^XZ"


class ZplDouble:
    """Takes connections one after the other. `behave` has the line for one connection; what it raises ends that connection."""

    def __init__(self, behave: Callable[[ZplDouble, socket.socket], None]) -> None:
        self._behave = behave
        self._server = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, name="zpl-double", daemon=True)
        self.labels: list[bytes] = []
        self.heard = b""
        self.may_go = threading.Event()  # for one that stalls

    @property
    def url(self) -> str:
        return f"socket://127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> ZplDouble:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.may_go.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(5.0)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line:
                line.settimeout(5.0)
                try:
                    self._behave(self, line)
                except OSError:
                    continue

    def hear_until(self, line: socket.socket, end: bytes) -> bytes:
        """What comes until this, or the end of the line."""
        heard = b""
        while not heard.endswith(end):
            more = line.recv(65536)
            if not more:
                break
            heard += more
            self.heard += more
        return heard

    def take_label(self, line: socket.socket) -> None:
        self.labels.append(self.hear_until(line, END + b"\n"))


def accepts(status: bytes = GOOD) -> Callable[[ZplDouble, socket.socket], None]:
    """Answers its status before and behind a label."""

    def behave(double: ZplDouble, line: socket.socket) -> None:
        double.hear_until(line, b"~HS")
        line.sendall(status)
        double.take_label(line)
        double.hear_until(line, b"~HS")
        line.sendall(status)

    return behave


@dataclass
class PrinterDouble:
    """Ends each document as the next of `ends` says; the last one stays. `on_begin` runs once the first byte would leave."""

    ends: list[PrintResult] = field(default_factory=lambda: [PrintResult(Outcome.DONE, proof="answered")])
    documents: list[bytes] = field(default_factory=list)
    tries: int = 0
    raises: BaseException | None = None

    def print_out(self, document: bytes, begin: Callable[[], None]) -> PrintResult:
        self.tries += 1
        end = self.ends.pop(0) if len(self.ends) > 1 else self.ends[0]
        if end.outcome is Outcome.NOT_DONE:
            return end
        begin()
        if self.raises is not None:
            raise self.raises
        self.documents.append(document)
        return end

    def stop(self) -> None:
        """Nothing is under way."""
