"""The control socket: how a command line hands a writing command to the station that runs on the same data directory.

One JSON object a line each way. Request `{"verb": ..., "args": {...}}`; answer `{"ok": true, "result": ...}` or
`{"ok": false, "code": ..., "message": ...}`. On POSIX it is `DIR/control.sock` with mode 0600. Where there are no such sockets
(Windows) it is a port on the loopback address and `DIR/control.json` (0600) with the port and a token that every request carries.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path

logger = logging.getLogger(__name__)

SOCKET_NAME = "control.sock"
TOKEN_NAME = "control.json"
MAX_LINE_BYTES = 1 << 20
SUN_PATH_BYTES = 100  # sun_path holds 108 bytes with its end; longer paths go through /proc/self/fd
UNKNOWN_VERB = "C501"
BAD_REQUEST = "C502"
NO_STATION = "C503"
NO_ANSWER = "C504"
FAILED = "C505"
BAD_FILE = "F601"

Args = Mapping[str, object]
Handler = Callable[[Args], Awaitable[object]]


class ControlError(Exception):
    """A request was not carried out. `code` is the station's own (D401, P301, ...) or one of C5xx of this module."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


class NoStationError(ControlError):
    """Nobody listens: no station runs on this data directory."""

    def __init__(self, directory: Path) -> None:
        super().__init__(NO_STATION, f"no station runs on {directory}")


class ControlServer:
    """Listens for requests and carries each out by the handler of its verb, one after the other on each connection."""

    def __init__(self, directory: Path, handlers: Mapping[str, Handler], *, loopback: bool | None = None) -> None:
        self._directory = directory
        self._handlers = dict(handlers)
        self._loopback = not hasattr(socket, "AF_UNIX") if loopback is None else loopback
        self._token = ""
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Begin to listen. Only the holder of the station's lock may call this: it replaces what a dead station left."""
        if self._loopback:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MAX_LINE_BYTES)
            self._token = secrets.token_hex(16)
            _write_private(self._directory / TOKEN_NAME, {"port": self._port(), "token": self._token})
        else:
            listener = _bind_private(self._directory / SOCKET_NAME)
            self._server = await asyncio.start_unix_server(self._serve, sock=listener, limit=MAX_LINE_BYTES)

    async def stop(self) -> None:
        """Stop listening, let nobody wait, and take the address away."""
        if self._server is None:
            return
        self._server.close()
        for client in tuple(self._clients):
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None
        (self._directory / (TOKEN_NAME if self._loopback else SOCKET_NAME)).unlink(missing_ok=True)

    def _port(self) -> int:
        if self._server is None:
            raise RuntimeError("the server is not started")
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
        try:
            async for line in _lines(reader):
                writer.write(json.dumps(await self._answer(line)).encode() + b"\n")
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            logger.debug("a client of the control socket left early")
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, object]:
        try:
            verb, args = self._understand(line)
            return {"ok": True, "result": await self._handlers[verb](args)}
        except ControlError as refusal:
            return {"ok": False, "code": refusal.code, "message": refusal.message}
        except OSError as error:  # a file of the one who asked; nothing of the station's
            return {"ok": False, "code": BAD_FILE, "message": str(error)}
        except Exception as error:
            # A bug in a request must not take the bay down: said to the one who asked, and in the log with its trace.
            logger.exception("a request failed")
            return {"ok": False, "code": FAILED, "message": f"{type(error).__name__}: {error}"}

    def _understand(self, line: bytes) -> tuple[str, Args]:
        try:
            request = json.loads(line)
            verb, args = request["verb"], request.get("args", {})
            token = str(request.get("token", ""))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ControlError(BAD_REQUEST, "a request is one JSON object a line with verb and args") from error
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise ControlError(BAD_REQUEST, f"the token of {TOKEN_NAME} is missing or wrong")
        if not isinstance(verb, str) or not isinstance(args, dict):
            raise ControlError(BAD_REQUEST, "verb is a text and args is an object")
        if verb not in self._handlers:
            raise ControlError(UNKNOWN_VERB, f"unknown verb {verb!r}; known: {', '.join(sorted(self._handlers))}")
        return verb, args


async def _lines(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The lines of a client, until it leaves or sends one that is too long."""
    while True:
        try:
            line = await reader.readuntil(b"\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        yield line


def ask(directory: Path, verb: str, /, *, timeout_s: float = 30.0, **args: object) -> object:
    """Hand one request to the station on this directory and return its result; blocks, so never call it on an event loop.

    Raises NoStationError when nobody listens and ControlError with the station's code when it was refused. After NO_ANSWER
    (C504) the request may have been carried out.
    """
    with _connected(directory, timeout_s) as (line, token):
        line.sendall(json.dumps({"verb": verb, "args": args, "token": token}).encode() + b"\n")
        try:
            with line.makefile("rb") as answers:
                text = answers.readline()
        except (TimeoutError, ConnectionError) as error:
            raise ControlError(NO_ANSWER, f"the station did not answer within {timeout_s:g} s") from error
    if not text.endswith(b"\n"):
        raise ControlError(NO_ANSWER, "the station ended before it answered")
    answer = json.loads(text)
    if not answer["ok"]:
        raise ControlError(answer["code"], answer["message"])
    result: object = answer["result"]
    return result


@contextlib.contextmanager
def _connected(directory: Path, timeout_s: float) -> Iterator[tuple[socket.socket, str]]:
    token = ""
    try:
        if (directory / TOKEN_NAME).exists():
            address = json.loads((directory / TOKEN_NAME).read_text(encoding="utf-8"))
            token = str(address["token"])
            line = socket.create_connection(("127.0.0.1", int(address["port"])), timeout=timeout_s)
        else:
            line = _connect_private(directory / SOCKET_NAME, timeout_s)
    except OSError as error:
        raise NoStationError(directory) from error
    with line:
        yield line, token


@contextlib.contextmanager
def _short_path(path: Path) -> Iterator[str]:
    """The path in a form that fits a socket address: long ones go through an open descriptor of their directory (Linux)."""
    if len(os.fsencode(path)) <= SUN_PATH_BYTES:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _bind_private(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _short_path(path) as address:
        listener.bind(address)
    path.chmod(0o600)  # nobody can connect before listen(), so there is no moment in which others could
    listener.setblocking(False)
    return listener


def _connect_private(path: Path, timeout_s: float) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(timeout_s)
    try:
        with _short_path(path) as address:
            line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _write_private(path: Path, content: Mapping[str, object]) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file)
