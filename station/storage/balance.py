"""How heavy a tray is loaded, and to which side: what lies there by the book, each compartment's weight in its middle. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from station.rules.handling import weight_g
from station.values import Item, Stock, Tray

UNEVEN_PERCENT = 60  # more than so much of the weight in one half is said


@dataclass(frozen=True, slots=True)
class Balance:
    """`left_percent` and `front_percent` of the weight lie in that half, as far as compartments reach over the middle by their
    share; 50 where nothing lies. `unknown`: stocks of items whose weight nobody has said."""

    weight_g: int
    max_g: int
    left_percent: int = 50
    front_percent: int = 50
    unknown: int = 0

    @property
    def is_uneven(self) -> bool:
        return max(self.left_percent, 100 - self.left_percent, self.front_percent, 100 - self.front_percent) > UNEVEN_PERCENT

    @property
    def load_percent(self) -> int | None:
        """Of what it bears; None where nobody has said."""
        return round(100 * self.weight_g / self.max_g) if self.max_g else None


def balance_of(tray: Tray, stock: Iterable[Stock], items: Mapping[str, Item]) -> Balance:
    """What lies on a tray in compartments of this layout."""
    total, left, front, unknown = 0, 0.0, 0.0, 0
    for each in stock:
        item, cell = items.get(each.key.item), tray.compartment(each.place.compartment)
        if item is None or cell is None or each.quantity <= 0:
            continue
        unknown += not item.weight_g
        grams = weight_g(item, each.quantity)
        total += grams
        left += grams * _share(cell.x_mm, cell.width_mm, tray.width_mm)
        front += grams * _share(cell.y_mm, cell.depth_mm, tray.depth_mm)
    if not total:
        return Balance(0, tray.max_weight_g, unknown=unknown)
    return Balance(total, tray.max_weight_g, round(100 * left / total), round(100 * front / total), unknown)


def _share(start_mm: int, length_mm: int, whole_mm: int) -> float:
    """What of a compartment lies in the first half of the tray."""
    return min(1.0, max(0.0, (whole_mm / 2 - start_mm) / length_mm))
