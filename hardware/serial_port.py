"""One open port: the only importer of pyserial. Blocking; used by the line's own thread, woken by anybody.

Where the system gives a descriptor (serial ports on Linux and macOS, sockets everywhere) the thread waits in `select` for bytes,
for its own wake pipe and for the time its layer asked for, to well under a millisecond. Where it does not (serial ports on
Windows, rfc2217) it looks every POLL_S.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import socket
from collections.abc import Callable
from typing import Protocol

import serial
from serial.tools import list_ports
from serial.urlhandler import protocol_socket

from hardware.config import PortConfig, SerialSettings
from hardware.port_names import FoundPort, choose_port
from hardware.wake_pipe import WakePipe

PORT_ERRORS: tuple[type[Exception], ...] = (serial.SerialException, OSError)
try:  # in_waiting and flush raise termios.error on a lost port, which is neither of the two (reference 4.3)
    import termios

    PORT_ERRORS += (termios.error,)
except ImportError:  # Windows
    pass
OPEN_ERRORS: tuple[type[Exception], ...] = (*PORT_ERRORS, ValueError)  # ValueError: a URL pyserial does not know

READ_MOST = 4096
POLL_S = 0.02


class Port(Protocol):
    """An open port. Everything but `interrupt` is called by its own thread and raises one of PORT_ERRORS when it is lost."""

    name: str

    def read(self, until_s: float | None) -> bytes:
        """What has come; waits until this monotonic second, an `interrupt` or the first byte. Empty when nothing came."""

    def write(self, data: bytes) -> None: ...

    def interrupt(self) -> None:
        """Let a waiting `read` return. From any thread."""

    def close(self) -> None: ...


def open_port(config: PortConfig, *, list_found: Callable[[], tuple[FoundPort, ...]] | None = None) -> Port:
    """Find and open it. Raises one of OPEN_ERRORS: not there, taken, or no such URL."""
    url = choose_port(config.url, list_found or found_ports)
    if url is None:
        raise FileNotFoundError(errno.ENOENT, "no such port is plugged in", config.url)
    if url.lower().startswith("socket://"):
        port: serial.Serial | _SocketPort = _SocketPort(None, write_timeout=config.write_timeout_s)
        port.port = url
    else:
        port = _make(url, config.serial, write_timeout_s=config.write_timeout_s)
    port.timeout = 0
    if not _has_descriptor(port):
        port.timeout = POLL_S
    port.open()
    return _DescriptorPort(port, url) if _has_descriptor(port) else _PolledPort(port, url)


def found_ports() -> tuple[FoundPort, ...]:
    """The serial ports of this computer, with what their USB plugs say of themselves."""
    return tuple(
        FoundPort(
            device=each.device,
            vid=each.vid,
            pid=each.pid,
            serial_number=each.serial_number or "",
            location=each.location or "",
            description=each.description if each.description != "n/a" else "",
        )
        for each in sorted(list_ports.comports(), key=lambda each: str(each.device))
    )


def is_taken(error: BaseException) -> bool:
    """Whether another program holds the port: flock says EAGAIN, Windows "access is denied"."""
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY):
        return True
    return os.name == "nt" and "PermissionError(13" in str(error)


def _make(url: str, settings: SerialSettings, *, write_timeout_s: float) -> serial.Serial:
    """All settings at once: changing them on an open pseudo terminal fails (reference 4.3). pyserial's RFC 2217 port refuses to
    open with a write time-out; its writes end with the connection."""
    is_network = url.lower().startswith("rfc2217://")
    return serial.serial_for_url(
        url,
        do_not_open=True,
        baudrate=settings.baud,
        bytesize=settings.bits,
        parity=settings.parity,
        stopbits=settings.stop,
        write_timeout=None if is_network else write_timeout_s,
        exclusive=True,  # without it a second opener steals bytes silently (reference 4.3)
    )


class _SocketPort(protocol_socket.Serial):
    """pyserial's socket port without three habits that hurt here.

    WORKAROUND for pyserial 3.5: open() throws away what the other side said first (a machine tells late answers then), close()
    sleeps 0.3 s and leaves the socket open when the other side went first, read() takes one byte at a time from us.
    """

    _socket: socket.socket | None

    def reset_input_buffer(self) -> None:
        """Keep what the other side said first."""

    def read(self, size: int = 1) -> bytes:
        link = self._socket
        if link is None:
            raise serial.PortNotOpenError
        ready, _, _ = select.select([link], [], [], 0)
        if not ready:
            return b""
        data: bytes = link.recv(READ_MOST)
        if not data:
            raise serial.SerialException("the other side closed the connection")
        return data

    def close(self) -> None:
        link, self._socket = self._socket, None
        self.is_open = False
        if link is not None:
            link.close()


_Port = serial.Serial | _SocketPort


def _has_descriptor(port: _Port) -> bool:
    return isinstance(port, _SocketPort) or (os.name == "posix" and type(port) is serial.Serial)


class _DescriptorPort:
    """Waits for its bytes and its wake pipe together."""

    def __init__(self, port: _Port, name: str) -> None:
        self.name = name
        self._port = port
        self._wake = WakePipe()

    def read(self, until_s: float | None) -> bytes:
        return bytes(self._port.read(READ_MOST)) if self._wake.wait_for(self._port.fileno(), until_s) else b""

    def write(self, data: bytes) -> None:
        self._port.write(data)

    def interrupt(self) -> None:
        self._wake.interrupt()

    def close(self) -> None:
        with contextlib.suppress(*PORT_ERRORS):
            self._port.close()
        self._wake.close()


class _PolledPort:
    """Looks every POLL_S: its `read` cannot be waited for together with anything else."""

    def __init__(self, port: _Port, name: str) -> None:
        self.name = name
        self._port = port

    def read(self, until_s: float | None) -> bytes:
        data = bytes(self._port.read(1))
        waiting = min(self._port.in_waiting, READ_MOST) if data else 0
        return data + bytes(self._port.read(waiting)) if waiting else data

    def write(self, data: bytes) -> None:
        self._port.write(data)

    def interrupt(self) -> None:
        """It looks often enough by itself."""

    def close(self) -> None:
        with contextlib.suppress(*PORT_ERRORS):
            self._port.close()
