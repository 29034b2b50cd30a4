"""The words of put-away: a place that is proposed, and why. The proposals themselves: `station.put_proposal`."""

from __future__ import annotations

from dataclasses import dataclass

from station.values import Place

SAME_ITEM, EMPTY = "same_item", "empty"
CONSOLIDATION, AT_BAY, USED_OFTEN, RIGHTS, WEIGHT, FITS = "consolidation", "at_bay", "used_often", "rights", "weight", "fits"
PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place for the goods. `reasons`, what weighs most first: same_item (it lies there) or empty; consolidation (it lies on
    this tray, or this very stock does in the compartment); at_bay; used_often (so is the tray); rights (the tray asks for the
    item's own); weight (the tray bears it); fits (class and height); planned (somebody has decided on it)."""

    place: Place
    reasons: tuple[str, ...] = ()
