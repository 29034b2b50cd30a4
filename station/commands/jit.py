"""Just-in-time at the bay: buffers, exposure, verdicts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenJit:
    """Open the page over the work list."""


@dataclass(frozen=True, slots=True)
class ShowJit:
    """Another of its lists: buffers, exposure or verdicts."""

    token: int
    what: str


@dataclass(frozen=True, slots=True)
class ShowJitRow:
    """Go on with this row: a loop's proposal, or what if the supplier of this item were late."""

    token: int
    name: str


JitCommand = OpenJit | ShowJit | ShowJitRow
