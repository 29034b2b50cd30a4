"""Hand-made Views with a list of messages behind the bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.messages import Heard
from station.view.message import Level, Message
from station.view.messages import MessagesView
from station.view.view import View
from tests.helpers import faces

WRONG = {"item": faces.BOLT.code, "compartment": "C7"}


def heard(minutes: float, message: Message, *, until: float | None = None) -> Heard:
    at = faces.NOW - timedelta(minutes=minutes)
    return Heard(at=at, message=message, until=None if until is None else faces.NOW - timedelta(minutes=until))


HOLDS = (
    heard(3, Message("e_stop", Level.STOP, {"code": "A-213"}, error="A-213")),
    heard(75, Message("backup_failed", Level.ACT, error="D421")),
)
SAID = (
    heard(1, Message("wrong_item", Level.ACT, {**WRONG, "scanned": "4017-0820"}, error="O301")),
    heard(2, Message("booked_pick", Level.NOTE, {**WRONG})),
    heard(9, Message("link_down", Level.ACT, error="L102"), until=8),
    heard(12, Message("wrong_unknown_ending", Level.ACT, {**WRONG, "ending": "4711", "length": 13}, error="O301")),
    heard(41, Message("booked_short", Level.ACT, {"item": faces.BOLT.code, "missing": 6, "decimals": 0, "unit": "pcs"})),
    heard(55, Message("light_curtain", Level.STOP, {"code": "A-9"}, error="A-9"), until=54),
    heard(60, Message("tray_is_here_count", Level.ACT, {"tray": 47}, error="O337")),
    heard(1500, Message("heard_wrong_scan", Level.ACT, {"order": "SO-48213", "item": "4017-0840", "scanned": "4017-0820"})),
)


def message_views() -> Iterator[tuple[str, View]]:
    """What the list looks like: full, with nothing that holds, and empty."""
    pick = faces.all_views()["pick"]
    yield "messages", replace(pick, messages=MessagesView(holds=HOLDS, said=SAID))
    yield "messages_calm", replace(pick, messages=MessagesView(said=SAID[:3]))
    yield "messages_none", replace(pick, messages=MessagesView())
