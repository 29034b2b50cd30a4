"""Writing what kits are made of, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from db import site
from db.kit_parts import KitError, parts_of
from db.queries import items
from db.rows.items import Component, Item


def put_kits(connection: Connection, kits: Sequence[Item]) -> tuple[str, ...]:
    """Replace what these kits are made of. Refused are those that are no item here any more, or would hold themselves: another
    file, or the site, may have come in between."""
    refused = []
    for kit in kits:
        known = items.item(connection, kit.code)
        if known is None or known.decimals:
            refused.append(kit.code)
            continue
        before = known.components
        site.put_components(connection, [kit])
        try:
            _prove(connection, kit.code)
        except KitError:
            site.put_components(connection, [known])
            refused.append(kit.code)
            continue
        if before != kit.components:
            site.changed(connection, "item", [kit.code])
    return tuple(refused)


def _prove(connection: Connection, kit: str) -> None:
    """The kit itself, and every kit that holds it. Raises KitError."""

    def components_of(code: str) -> Sequence[Component]:
        found = items.item(connection, code)
        return found.components if found is not None else ()

    seen: set[str] = set()
    above = [kit]
    while above:
        code = above.pop()
        if code in seen:
            continue
        seen.add(code)
        parts_of(code, components_of)
        above.extend(items.kits_with(connection, code))
