"""The page on which days of the record are worked again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenReplay:
    """Open the page; from the work list."""


@dataclass(frozen=True, slots=True)
class StopReplay:
    """What is being worked is not waited for any more."""

    token: int


@dataclass(frozen=True, slots=True)
class ShowPolicies:
    """Each policy at each bay, instead of the bars."""

    token: int


ReplayCommand = OpenReplay | StopReplay | ShowPolicies
