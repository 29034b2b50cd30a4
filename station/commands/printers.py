"""What is asked of the printers' page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenPrinters:
    """Open the page of the printers."""


@dataclass(frozen=True, slots=True)
class AskPrint:
    """What is to become of this job: printed again, or dropped."""

    token: int
    job: str


PrintersCommand = OpenPrinters | AskPrint
