"""Looking at the simulated machine. A person sees which tray stands at the bay; the scripted operator asks its control line."""

from __future__ import annotations

import asyncio
import json


async def tray_at_bay(control: str, opening: str) -> int | None:
    """The tray at this opening, None when it is empty. `control` is the machine's address as `tcp:PORT`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(control.removeprefix("tcp:")))
    try:
        writer.write(b'{"do": "state"}\n')
        await writer.drain()
        state = json.loads(await reader.readline())["state"]
    finally:
        writer.close()
        await writer.wait_closed()
    tray = state["openings"][opening]["tray"]
    return None if tray is None else int(tray)
