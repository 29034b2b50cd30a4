"""The tray history page: any tray at any moment of its past. Nothing here moves anything."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenHistory:
    """Open the page, on the map of the machine."""


@dataclass(frozen=True, slots=True)
class HistoryTray:
    """Look at this tray's past."""

    token: int
    tray: int


@dataclass(frozen=True, slots=True)
class StepHistory:
    """To the next event (1) or the one before (-1) that the filter wants."""

    token: int
    step: int


@dataclass(frozen=True, slots=True)
class SlideHistory:
    """To the tray's event with this number; 0 is before the first one."""

    token: int
    index: int


@dataclass(frozen=True, slots=True)
class JumpHistory:
    """To the moment after the event in this place of the log."""

    token: int
    n: int


@dataclass(frozen=True, slots=True)
class ShowHistory:
    """Show events, contents, custody or trace beside the tray."""

    token: int
    what: str


@dataclass(frozen=True, slots=True)
class AskHistory:
    """Begin to say a filter, what to trace, what to find, the note of a review, or why what was traced is blocked;
    or go to the shown event's order, or to what its person did in that shift: filter | trace | find | review | block | order |
    shift."""

    token: int
    what: str


@dataclass(frozen=True, slots=True)
class ProveHistory:
    """Prove the record for what is shown."""

    token: int


@dataclass(frozen=True, slots=True)
class ExportHistory:
    """Write what is shown into signed files."""

    token: int


@dataclass(frozen=True, slots=True)
class StopHistory:
    """Stop the proof or the export that is under way."""

    token: int


HistoryCommand = (
    OpenHistory
    | HistoryTray
    | StepHistory
    | SlideHistory
    | JumpHistory
    | ShowHistory
    | AskHistory
    | ProveHistory
    | ExportHistory
    | StopHistory
)
