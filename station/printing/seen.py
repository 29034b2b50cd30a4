"""How the printers do, as the screen gets it."""

from __future__ import annotations

from dataclasses import dataclass

from station.values import PrintJob, PrintState


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterSeen:
    """One printer: what is open, the oldest first; what is over, the newest first; and the `code` of why the first that waits
    does not come out, "" while nothing keeps it."""

    name: str
    kind: str
    open: tuple[PrintJob, ...] = ()
    past: tuple[PrintJob, ...] = ()
    code: str = ""

    @property
    def waiting(self) -> tuple[PrintJob, ...]:
        """What comes out as soon as the printer can."""
        return tuple(each for each in self.open if each.state in (PrintState.QUEUED, PrintState.SENDING))

    @property
    def unknown(self) -> tuple[PrintJob, ...]:
        """What nobody knows the end of."""
        return tuple(each for each in self.open if each.state is PrintState.UNKNOWN)

    @property
    def impossible(self) -> tuple[PrintJob, ...]:
        """What cannot be printed, until a person drops it."""
        return tuple(each for each in self.open if each.state is PrintState.IMPOSSIBLE)

    @property
    def is_well(self) -> bool:
        return not (self.code or self.unknown or self.impossible)

    def job(self, name: str) -> PrintJob | None:
        """A job that is open, or that is over."""
        return next((each for each in (*self.open, *self.past) if each.job == name), None)
