"""What waits at the printers, and what came out last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PrintState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNKNOWN = "unknown"  # cut off on the way: printed or not
    IMPOSSIBLE = "impossible"  # nothing was sent: what it is about is not known any more
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAbout:
    """What a label is about, as far as its kind needs it (`db.records.printing.LabelQueued`)."""

    machine: str = ""
    tray: int | None = None
    compartment: str = ""
    visit: int = 0
    order: str = ""
    item: str = ""
    lot: str = ""
    serial: str = ""
    quantity: int | None = None
    tote: str = ""
    card: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """One label at one printer. `code` is why it does not go on, "" for nothing; `epoch` the one in which it was asked for."""

    job: str
    printer: str
    label: str
    cause: str
    about: LabelAbout
    state: PrintState
    queued_at: datetime
    changed_at: datetime
    code: str = ""
    copy_of: str = ""
    copy: int = 0
    epoch: str = ""

    @property
    def original(self) -> str:
        """The job that a copy of this one is a copy of."""
        return self.copy_of or self.job
