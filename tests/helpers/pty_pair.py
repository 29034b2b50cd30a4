"""A null-modem cable: two pseudo terminals, what goes into one comes out of the other. Nothing on Windows."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def pty_pair() -> AsyncIterator[tuple[str, str]]:
    """The names of both ends, while the loop runs."""
    import pty  # not on Windows
    import tty

    loop = asyncio.get_running_loop()
    (left, left_end), (right, right_end) = pty.openpty(), pty.openpty()
    for end in (left_end, right_end):
        tty.setraw(end)  # both ends stay open here: the cable is there before and after its users
    for near, far in ((left, right), (right, left)):
        loop.add_reader(near, lambda near=near, far=far: os.write(far, os.read(near, 4096)))
    try:
        yield os.ttyname(left_end), os.ttyname(right_end)
    finally:
        for descriptor in (left, right):
            loop.remove_reader(descriptor)
        for descriptor in (left, right, left_end, right_end):
            os.close(descriptor)
