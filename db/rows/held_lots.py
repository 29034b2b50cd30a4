"""Goods that are blocked: lots that a defect holds, and what a person has blocked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LotHold:
    """Nothing of this leaves for an order, and what comes of it is held, since then (UTC). `lot` "": all of the item; `owner` "":
    whoever owns it. `block` names it at every station, `station` is where it began ("": here, and the site has not said so yet);
    `stations` says which stations the word has reached, as far as the site has told."""

    item: str
    lot: str
    owner: str
    reason: str
    since: datetime
    block: str = ""
    supplier: str = ""
    station: str = ""
    is_lifted: bool = False
    stations: Mapping[str, bool] = field(default_factory=dict, hash=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """The stations that it has not reached yet."""
        return tuple(sorted(name for name, has_it in self.stations.items() if not has_it))

    def holds(self, item: str, lot: str, owner: str) -> bool:
        """Whether goods of this item, lot and owner are blocked by it."""
        return self.item == item and self.lot in ("", lot) and self.owner in ("", owner)
