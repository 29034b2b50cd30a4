"""The machine panel: the devices, their lines and frames, and commands by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hardware.values import LineHealth as LineHealth
from station.view.action import Offer
from station.view.ask import Ask
from station.view.message import Message
from station.view.wait import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A device of the machine panel and how its line does. `line`: line_up, line_down, or line_silent where the port is open and
    nobody answers. `word` is the last word of the machine (light_curtain, e_stop, machine_stopped, not_ready, moves, ready), ""
    for none; `code` goes with either."""

    name: str
    kind: str  # machine | scanner | display | ...
    health: LineHealth
    line: str = "line_up"
    word: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """One frame on a line."""

    at: datetime
    is_sent: bool
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHandRow:
    """How the last command by hand ended, and when. `names_tray`: the machine itself says which tray is at the opening (None:
    none)."""

    verb: str  # status | fetch | store
    outcome: str  # done | not_done | unknown; of a status that tells no more than that the line is answered: answers
    tray: int | None = None
    code: str = ""
    names_tray: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesFace:
    """The machine panel. `device` is the one looked at with its `frames`, newest first; "" shows the list. `warnings`
    are what is to be known before the question is answered."""

    devices: tuple[DeviceRow, ...] | None  # None until they have been read
    offers: tuple[Offer, ...]
    device: str = ""
    frames: tuple[FrameRow, ...] = ()
    result: ByHandRow | None = None
    wait: Wait | None = None
    ask: Ask | None = None
    warnings: tuple[Message, ...] = ()
