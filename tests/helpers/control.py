"""Asking a simulated device over its control connection: what only the people at a machine see and do."""

from __future__ import annotations

import asyncio
import json
from typing import Any


async def ask_control(control: str, do: str, **values: object) -> dict[str, Any]:
    """One request on a connection of its own; the answer. `control` is the address as `tcp:PORT`. Fails for a request that the
    device does not take."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(control.removeprefix("tcp:")))
    try:
        writer.write(json.dumps({"do": do, **values}).encode() + b"\n")
        answer: dict[str, Any] = json.loads(await reader.readline())
    finally:
        writer.close()
        await writer.wait_closed()
    assert answer["ok"], answer
    return answer
