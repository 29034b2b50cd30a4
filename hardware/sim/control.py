"""The control connection of a simulated device: one JSON object a line in, one out. For people and tests, not for stations.

`{"do": "curtain", "on": true}` -> `{"ok": true}`; a request that cannot be is `{"ok": false, "error": "..."}`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

Request = dict[str, Any]
Handler = Callable[[Request], Awaitable[dict[str, Any]]]


class ControlServer:
    """Listens on 127.0.0.1 or a Unix socket and hands requests to a table of handlers."""

    def __init__(self, handlers: dict[str, Handler]) -> None:
        self._handlers = handlers
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._path: Path | None = None
        self.requests = 0  # heard since it opened

    async def open(self, kind: str, rest: str) -> str:
        """Begin to listen; the address as `tcp:PORT` or `unix:PATH`."""
        if kind == "unix":
            self._path = Path(rest)
            self._path.unlink(missing_ok=True)
            self._server = await asyncio.start_unix_server(self._serve, rest)
            return f"unix:{rest}"
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", int(rest))
        return f"tcp:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._writers):
            writer.close()
        if self._server is not None:
            await self._server.wait_closed()
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while line := await reader.readline():
                writer.write(json.dumps(await self._answer(line), ensure_ascii=False).encode() + b"\n")
                await writer.drain()
        except ConnectionError:
            pass  # who asked is gone
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        self.requests += 1
        try:
            request = json.loads(line)
            handler = self._handlers[request["do"]]
            return {"ok": True, **await handler(request)}
        except (ValueError, KeyError, TypeError) as error:
            return {"ok": False, "error": f"{type(error).__name__}: {error}", "known": sorted(self._handlers)}
