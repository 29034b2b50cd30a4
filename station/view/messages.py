"""What the bar said lately, for the page that lies over every face."""

from __future__ import annotations

from dataclasses import dataclass

from station.messages import Heard


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesView:
    """The alarms that still hold, the worst first, and what was said, newest first."""

    holds: tuple[Heard, ...] = ()
    said: tuple[Heard, ...] = ()
