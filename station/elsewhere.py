"""Trays that another bay of the same machine had last: what may be called from here. Pure.

A tray is at one bay at a time. With the site database at hand everybody knows where it is; while it is away only the bay that
had a tray last calls it, because nobody else knows what was taken from it since (decision 0005).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from station.values import Elsewhere
from station.view.message import Level, Message

OTHER_BAY: Final = "out_other_bay"  # why lines that need such a tray wait


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBays:
    """The other bays of the machine. `trays` are those that another bay had last, `visits` the highest visit of each tray at
    whatever bay. `is_site_away`: there is a site database, and it is not reached."""

    trays: Mapping[int, Elsewhere] = field(default_factory=dict)
    visits: Mapping[int, int] = field(default_factory=dict)
    is_site_away: bool = False


def why_elsewhere(others: OtherBays, tray: int | None) -> Message | None:
    """Why this tray is not called from here now; None when it may be."""
    other = others.trays.get(tray) if tray is not None else None
    if other is None:
        return None
    params: dict[str, str | int] = {"tray": other.tray, "bay": other.opening}
    if others.is_site_away:
        return Message("tray_of_other_bay", Level.ACT, params, error="O350")
    return Message("tray_at_other_bay", Level.ACT, params, error="O351") if other.is_out else None
