"""The page of the site database. It only shows; nothing of the work depends on it, so nothing here needs a token."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LookAtSite:
    """The page was opened: read what it shows."""


@dataclass(frozen=True, slots=True)
class TryNow:
    """Try to reach the site database now, whatever pause is under way."""


SyncCommand = LookAtSite | TryNow
