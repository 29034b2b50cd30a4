"""One sentence as a code with its values, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How a message looks: note has no colour, act is amber (do something different), stop is red (the machine)."""

    NOTE = "note"
    ACT = "act"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence as a code and its values; `error` is the code shown at the right for service, where there is one."""

    code: str
    level: Level = Level.NOTE
    params: Mapping[str, str | int] = field(default_factory=dict)
    error: str = ""
