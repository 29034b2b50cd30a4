"""The service page."""

from __future__ import annotations

from dataclasses import dataclass

from station.view.action import Offer
from station.view.ask import Ask
from station.wear import WearReport


@dataclass(frozen=True, slots=True, kw_only=True)
class WearFace:
    """How worn the machine is, what is left until its service and inspection, and its trays. `report` None until it was read."""

    report: WearReport | None
    offers: tuple[Offer, ...]
    ask: Ask | None = None
