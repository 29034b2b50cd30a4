"""Named rights: an item, a tray or a compartment may ask for one, and a locked item locks its tray. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from station.values import Lock

DEPART = "depart_from_rule"  # may take another lot than the item's issue rule says
NO_ACCESS = "no_access"


def may(right: str, rights: Collection[str]) -> bool:
    """Whether a person with these rights may; what asks for none is everybody's."""
    return not right or right in rights


def closed_trays(locks: Iterable[Lock], rights: Collection[str]) -> dict[int, Lock]:
    """The trays that this person may not call, each with the first thing on it that he lacks the right for."""
    found: dict[int, Lock] = {}
    for lock in locks:
        if not may(lock.right, rights):
            found.setdefault(lock.tray, lock)
    return found


def by_tray(locks: Iterable[Lock]) -> Mapping[int, tuple[Lock, ...]]:
    """What locks each tray."""
    found: dict[int, tuple[Lock, ...]] = {}
    for lock in locks:
        found[lock.tray] = (*found.get(lock.tray, ()), lock)
    return found
