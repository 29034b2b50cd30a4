"""A label of a compartment that is none any more: where its goods belong now. Blocks for a read."""

from __future__ import annotations

from typing import Protocol

from station.values import Compartment, LayoutChange, Place, Tray


class LabelStore(Protocol):
    """What is needed of the store."""

    def tray(self, machine: str, number: int) -> Tray | None: ...

    def layout_changes(self, machine: str, number: int) -> tuple[LayoutChange, ...]: ...


def places_now(store: LabelStore, place: Place) -> tuple[str, ...]:
    """The labels of the compartments that lie where this one lay, the one that has most of it first; () where its label is still
    that of a compartment, or never was."""
    tray = store.tray(place.machine, place.tray)
    if tray is None or tray.compartment(place.compartment) is not None:
        return ()
    for change in store.layout_changes(place.machine, place.tray):
        old = change.before.compartment(place.compartment) if change.before is not None else None
        if old is not None:
            return lying_on(tray, old)
    return ()


def lying_on(tray: Tray, old: Compartment) -> tuple[str, ...]:
    """The compartments of a tray that share ground with this one, the most first."""
    shared = {each.label: shared_mm2(each, old) for each in tray.compartments}
    return tuple(sorted((label for label, area in shared.items() if area), key=lambda label: (-shared[label], label)))


def shared_mm2(one: Compartment, other: Compartment) -> int:
    """The ground that both cover."""
    wide = min(one.x_mm + one.width_mm, other.x_mm + other.width_mm) - max(one.x_mm, other.x_mm)
    deep = min(one.y_mm + one.depth_mm, other.y_mm + other.depth_mm) - max(one.y_mm, other.y_mm)
    return max(0, wide) * max(0, deep)
