"""What a place is fit for: storage classes (ESD, moisture, dangerous goods), height, width and depth. Pure."""

from __future__ import annotations

from station.values import Compartment, Item, Tray

UNFIT_CLASS, UNFIT_HEIGHT, UNFIT_SIZE = "unfit_class", "unfit_height", "unfit_size"
UNFIT_WEIGHT = "unfit_weight"  # the tray would pass its weight limit


def classes_of(tray: Tray, compartment: Compartment) -> frozenset[str]:
    """What the place is fit for beyond ordinary goods: the compartment's own classes, else the tray's."""
    return frozenset(compartment.storage_class or tray.storage_class)


def max_height_mm(tray: Tray, compartment: Compartment) -> int:
    """How high goods there may stand; 0: not known."""
    return min(filter(None, (compartment.max_height_mm, tray.max_height_mm)), default=0)


def why_not(item: Item, tray: Tray, compartment: Compartment) -> str:
    """Why the item may not be put there; "" when it may. A place of a class takes ordinary goods too."""
    if not set(item.storage_class) <= classes_of(tray, compartment):
        return UNFIT_CLASS
    highest_mm = max_height_mm(tray, compartment)
    if highest_mm and item.height_mm > highest_mm:
        return UNFIT_HEIGHT
    return "" if has_area(item, compartment) else UNFIT_SIZE


def has_area(item: Item, compartment: Compartment) -> bool:
    """Whether a piece lies in the compartment as it is, or turned by 90 degrees. A measure that nobody has said (0) fits."""
    width_mm, depth_mm = compartment.width_mm, compartment.depth_mm
    as_it_is = item.width_mm <= width_mm and item.depth_mm <= depth_mm
    return as_it_is or (item.depth_mm <= width_mm and item.width_mm <= depth_mm)
