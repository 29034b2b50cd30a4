"""What a kit is made of, down to what is really taken. Pure: kits come in, and orders ask for them, by the same rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.rows.items import Component

MAX_DEPTH = 5  # kits in kits: a kit that is made of no kit has depth 1

ComponentsOf = Callable[[str], Sequence[Component]]


class KitError(Exception):
    """A kit cannot be taken apart. `code`: kit_cycle (it holds itself), kit_too_deep; `path` are the kits on the way there."""

    def __init__(self, code: str, path: tuple[str, ...]) -> None:
        super().__init__(f"{code}: {' > '.join(path)}")
        self.code = code
        self.path = path


def parts_of(kit: str, components_of: ComponentsOf) -> tuple[Component, ...]:
    """What one kit holds of each item that is no kit itself, in the order of its lists; an item that comes in twice stands there
    once, with the sum. Empty for what is no kit. Raises KitError."""
    total: dict[str, int] = {}
    _add(kit, 1, components_of, total, path=(kit,))
    return tuple(Component(item, quantity) for item, quantity in total.items())


def _add(kit: str, times: int, components_of: ComponentsOf, total: dict[str, int], *, path: tuple[str, ...]) -> None:
    """`times` is a number of whole kits: a kit is counted in pieces."""
    for each in components_of(kit):
        way = (*path, each.item)
        if each.item in path:
            raise KitError("kit_cycle", way)
        if not components_of(each.item):
            total[each.item] = total.get(each.item, 0) + times * each.quantity
        elif len(path) >= MAX_DEPTH:
            raise KitError("kit_too_deep", way)
        else:
            _add(each.item, times * each.quantity, components_of, total, path=way)
