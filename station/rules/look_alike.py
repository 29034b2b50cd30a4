"""What is easily taken for the item in hand: then a touch does not prove it, and the scan is asked. Pure.

Two items look alike when their codes differ in one character or in characters that are read for each other, when their names
differ in one character, or when they share a picture. They matter where they lie in compartments that touch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from station.values import Compartment, Item, Stock, Tray

CODE, NAME, PICTURE, MISTAKEN = "code", "name", "picture", "mistaken"
LEAST_CODE = 4  # of shorter codes one character in common says nothing
_CONFUSABLE = str.maketrans({"0": "O", "1": "I", "L": "I", "|": "I", "5": "S", "8": "B", "2": "Z", "6": "G", "V": "U"})


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Another item that may be taken for the one in hand, why, and in which compartment it lies ("": somewhere else)."""

    item: str
    why: str
    compartment: str = ""


def why_alike(one: Item, other: Item) -> str:
    """Why one may be taken for the other: code, name or picture; "" when they are easily told apart."""
    if one.code == other.code:
        return ""
    if _codes_alike(one.code, other.code):
        return CODE
    if one.name and _one_apart(_plain(one.name), _plain(other.name)):
        return NAME
    return PICTURE if one.picture and one.picture == other.picture else ""


def find(item: Item, tray: Tray, label: str, *, contents: Iterable[Stock], items: Mapping[str, Item]) -> LookAlike | None:
    """The first item in a compartment beside this one that looks like it, in the order of the tray."""
    here = tray.compartment(label)
    beside = [each.label for each in tray.compartments if here is not None and each.label != label and touch(here, each)]
    lying: dict[str, list[str]] = {}
    for stock in contents:
        if stock.quantity > 0:
            lying.setdefault(stock.place.compartment, []).append(stock.key.item)
    for each in beside:
        for code in lying.get(each, ()):
            why = why_alike(item, items[code]) if code in items else ""
            if why:
                return LookAlike(code, why, each)
    return None


def mistaken(item: str, mis_scans: Collection[tuple[str, str]]) -> LookAlike | None:
    """The item that this person has taken for this one, or this one for it; `mis_scans` are (expected, scanned)."""
    others = {scanned for expected, scanned in mis_scans if expected == item}
    others |= {expected for expected, scanned in mis_scans if scanned == item}
    return LookAlike(min(others), MISTAKEN) if others - {item} else None


def touch(one: Compartment, other: Compartment) -> bool:
    """Whether two compartments share an edge or a corner."""
    return (
        one.x_mm <= other.x_mm + other.width_mm
        and other.x_mm <= one.x_mm + one.width_mm
        and one.y_mm <= other.y_mm + other.depth_mm
        and other.y_mm <= one.y_mm + one.depth_mm
    )


def _codes_alike(one: str, other: str) -> bool:
    left, right = _plain(one), _plain(other)
    if min(len(left), len(right)) < LEAST_CODE:
        return False
    return left.translate(_CONFUSABLE) == right.translate(_CONFUSABLE) or _one_apart(left, right)


def _plain(text: str) -> str:
    return "".join(each for each in text.upper() if each.isalnum())


def _one_apart(one: str, other: str) -> bool:
    """Whether one character is another, is missing, or has changed places with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), None)
    if start is None:
        return True
    rest, left = one[start:], other[start:]
    swapped = len(one) == len(other) and rest[:2] == left[1::-1] and rest[2:] == left[2:]
    return rest[1:] == left[1:] or rest[1:] == left or rest == left[1:] or swapped
