"""The page of just-in-time, as the window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from station.view.action import Offer
from station.view.ask import Ask

if TYPE_CHECKING:
    from station.jit.desk import Desk
    from station.jit.loop_buffers import LoopBuffer


@dataclass(frozen=True, slots=True, kw_only=True)
class JitFace:
    """One of the lists of `desk` (`at`: buffers, exposure or verdicts), or a question about one of its rows: `about` is the loop
    whose proposal it is. `wait` says why there is no desk."""

    offers: tuple[Offer, ...]
    at: str = "buffers"
    desk: Desk | None = None
    ask: Ask | None = None
    about: LoopBuffer | None = None
    wait: str = ""
