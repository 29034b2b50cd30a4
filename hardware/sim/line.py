"""The line's far end: a TCP port on 127.0.0.1 or a pseudo terminal behind a symbolic link. Both can be unplugged."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

READ_MOST = 4096
LOOK_S = 0.03  # how often an unused pseudo terminal is looked at: nothing announces that somebody opened it


class Client(Protocol):
    """One opener of the line."""

    def write(self, data: bytes) -> None: ...


class Device(Protocol):
    """What sits at the far end. All three are called on the event loop."""

    def connected(self, client: Client) -> None: ...

    def received(self, client: Client, data: bytes) -> None: ...

    def disconnected(self, client: Client) -> None: ...


class Line(Protocol):
    """A line that can be pulled and plugged in again."""

    @property
    def url(self) -> str: ...

    @property
    def dies_with_power(self) -> bool:
        """Whether a controller without power drops the line; a serial line only falls silent."""

    async def plug(self, *, is_other: bool = False) -> None:
        """`is_other`: under another name than before, where the line has a name of its own."""

    async def unplug(self) -> None: ...


class _TcpClient(asyncio.Protocol):
    def __init__(self, device: Device, clients: set[_TcpClient]) -> None:
        self._device = device
        self._clients = clients
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
        self._clients.add(self)
        self._device.connected(self)

    def data_received(self, data: bytes) -> None:
        self._device.received(self, data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._clients.discard(self)
        self._device.disconnected(self)

    def write(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()


class TcpLine:
    """Several stations may be connected at once: a machine can have several openings."""

    def __init__(self, device: Device, port: int) -> None:
        self._device = device
        self._port = port
        self._server: asyncio.Server | None = None
        self._clients: set[_TcpClient] = set()
        self._changing = asyncio.Lock()
        self.dies_with_power = True

    @property
    def url(self) -> str:
        return f"socket://127.0.0.1:{self._port}"

    async def plug(self, *, is_other: bool = False) -> None:
        async with self._changing:
            if self._server is None:
                make = lambda: _TcpClient(self._device, self._clients)  # noqa: E731
                self._server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", self._port)
                self._port = self._server.sockets[0].getsockname()[1]

    async def unplug(self) -> None:
        async with self._changing:
            server, self._server = self._server, None
            if server is not None:
                server.close()
            for client in tuple(self._clients):
                client.abort()
            if server is not None:
                await server.wait_closed()
            await asyncio.sleep(0)  # aborted transports report their loss on the next turn


class _PtyClient:
    def __init__(self, master: int) -> None:
        self._master = master

    def write(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # nobody reads, or nobody is there: a serial line loses such bytes too
            os.write(self._master, data)


class PtyLine:
    """One opener at a time, as on a serial port. A link in a folder `by-id` names, as udev's do, a device beside that folder
    (`ttySIM0`, after a replug under another name `ttySIM1`); elsewhere it names the pseudo terminal itself."""

    def __init__(self, device: Device, link: Path) -> None:
        self._device = device
        self._link = link
        self._master: int | None = None
        self._client: _PtyClient | None = None
        self._look: asyncio.TimerHandle | None = None
        self._links: list[Path] = []
        self._number = 0
        self._last_name = ""
        self.dies_with_power = False
        # A pty has no parity bit. Asked for one, it says so only where nothing else changes: every opener must find it as new.
        self._renew: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        return str(self._link)

    async def plug(self, *, is_other: bool = False) -> None:
        if self._master is not None:
            return
        import termios  # not on Windows, where listening on a pty is refused before
        import tty

        self._number += is_other
        self._master, slave = _open_pty(self._last_name if is_other else "")
        tty.setraw(slave)  # no echo in the moment before the opener sets the line up
        self._last_name = os.ttyname(slave)
        self._make_links(Path(self._last_name))
        settings = termios.tcgetattr(slave)
        os.close(slave)
        os.set_blocking(self._master, False)
        self._renew = partial(termios.tcsetattr, self._master, termios.TCSANOW, settings)
        self._watch()

    def _make_links(self, terminal: Path) -> None:
        self._links = [self._link]
        if self._link.parent.name == "by-id":
            self._links = [self._link.parent.parent / f"ttySIM{self._number}", self._link]
        for link, target in zip(self._links, (terminal, self._links[0]), strict=False):
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(target)

    async def unplug(self) -> None:
        if self._look is not None:
            self._look.cancel()
        if self._master is None:
            return
        master, self._master = self._master, None
        asyncio.get_running_loop().remove_reader(master)
        for link in self._links:
            link.unlink(missing_ok=True)
        os.close(master)
        self._leave()

    def _watch(self) -> None:
        """Look whether somebody has opened the other side."""
        if self._master is None:
            return
        poll = select.poll()
        poll.register(self._master, select.POLLIN)
        is_hung_up = any(flags & select.POLLHUP for _, flags in poll.poll(0))
        loop = asyncio.get_running_loop()
        if is_hung_up:
            self._look = loop.call_later(LOOK_S, self._watch)
            return
        self._client = _PtyClient(self._master)
        loop.add_reader(self._master, self._readable)
        self._device.connected(self._client)

    def _readable(self) -> None:
        if self._master is None or self._client is None:
            return
        try:
            data = os.read(self._master, READ_MOST)
        except BlockingIOError:
            return
        except OSError:  # EIO: the opener went away
            asyncio.get_running_loop().remove_reader(self._master)
            self._renew()
            self._leave()
            self._watch()
            return
        self._device.received(self._client, data)

    def _leave(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            self._device.disconnected(client)


def _open_pty(other_than: str) -> tuple[int, int]:
    """A pseudo terminal's two ends, of another name than this one."""
    import pty

    master, slave = pty.openpty()
    if os.ttyname(slave) != other_than:
        return master, slave
    try:
        return pty.openpty()  # the name is taken as long as the first is open
    finally:
        os.close(slave)
        os.close(master)


def make_line(device: Device, kind: str, rest: str) -> Line:
    """The line of `--listen`. Raises OSError where a pseudo terminal cannot be made."""
    if kind == "pty":
        if sys.platform == "win32":
            raise OSError("there are no pseudo terminals on Windows: listen on tcp:PORT")
        return PtyLine(device, Path(rest))
    return TcpLine(device, int(rest))
