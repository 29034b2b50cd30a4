"""The page of the printers."""

from __future__ import annotations

from dataclasses import dataclass

from station.printing.seen import PrinterSeen
from station.values import PrintJob
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintersFace:
    """Each printer with its queue, or a question `about` one label."""

    printers: tuple[PrinterSeen, ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
    about: PrintJob | None = None
