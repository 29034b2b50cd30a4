"""The page of work that no order asks for."""

from __future__ import annotations

from dataclasses import dataclass

from station.taken_seen import TakenSeen
from station.view.action import Offer
from station.view.ask import Ask
from station.view.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFace:
    """A question, or (`rows`, without one) who has which tool. `wait`: what is awaited; `said`: what is to be known before the
    answer."""

    rows: tuple[TakenSeen, ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
    wait: str = ""
    said: tuple[Message, ...] = ()
