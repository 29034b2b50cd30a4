"""What may happen where a second person has to confirm and nobody is there. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from station.values import Item

REASONS = ("emergency_danger", "emergency_line_stands", "emergency_goods_spoil", "emergency_other")


@dataclass(frozen=True, slots=True)
class AbsentRule:
    """`pending_value`: so much money (minor units) one person may move alone, to be approved later; 0: nothing. `is_emergency`:
    he may release it himself, for a reason."""

    pending_value: int = 0
    is_emergency: bool = False

    def may_pend(self, item: Item, quantity: int) -> bool:
        """What nobody has said the worth of is above every limit."""
        worth = quantity * item.unit_value
        return bool(self.pending_value) and 0 < worth <= self.pending_value * 10**item.decimals
