"""A serial device server that speaks RFC 2217, of pyserial's own making: an end of the protocol that is not ours."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import serial
from serial import rfc2217


class _Connection:
    """What `PortManager` answers through."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._lock = threading.Lock()

    def write(self, data: bytes) -> None:
        with self._lock, contextlib.suppress(OSError):
            self._link.sendall(data)


@contextlib.contextmanager
def rfc2217_server(url: str) -> Iterator[str]:
    """Serve the port behind this pyserial URL to one client; yields the client's URL."""
    with socket.create_server(("127.0.0.1", 0)) as server, serial.serial_for_url(url, timeout=0.05) as port:
        stop = threading.Event()
        thread = threading.Thread(target=_serve, args=(server, port, stop), name="rfc2217-server")
        thread.start()
        try:
            yield f"rfc2217://127.0.0.1:{server.getsockname()[1]}"
        finally:
            stop.set()
            thread.join(5)


def _serve(server: socket.socket, port: serial.SerialBase, stop: threading.Event) -> None:
    server.settimeout(5)
    link, _ = server.accept()
    with link:
        link.settimeout(0.05)
        connection = _Connection(link)
        manager = rfc2217.PortManager(port, connection)
        reader = threading.Thread(target=_pass_back, args=(port, manager, connection, stop), name="rfc2217-reader")
        reader.start()
        while not stop.is_set():
            try:
                data = link.recv(1024)
            except TimeoutError:
                continue
            if not data:
                break
            port.write(b"".join(manager.filter(data)))
        stop.set()
        reader.join(5)


def _pass_back(port: serial.SerialBase, manager: rfc2217.PortManager, to: _Connection, stop: threading.Event) -> None:
    while not stop.is_set():
        data = port.read(port.in_waiting or 1)
        if data:
            to.write(b"".join(manager.escape(data)))
