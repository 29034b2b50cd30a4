"""Rows of a kit file to kits: one row for each component. What a kit is made of is replaced whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from db.kit_parts import MAX_DEPTH, KitError, parts_of
from station.imports.fields import Fields
from station.imports.known import Known
from station.imports.report import ErrorList
from station.imports.table import Table
from station.tracking import is_whole
from station.values import Component, Item

REQUIRED = frozenset({"kit", "component", "quantity"})
COLUMNS = REQUIRED
NOT_WHOLE = "kit_not_whole"
_RULES = {"kit_cycle": "no kit that holds itself", "kit_too_deep": f"kits in kits at most {MAX_DEPTH} deep"}


@dataclass(slots=True)
class KitDraft:
    """A kit while its rows are read: its item, and its good rows by their line in the file."""

    item: Item
    parts: dict[int, Component] = field(default_factory=dict)

    def finished(self) -> Item:
        """The item as it is made of these parts."""
        return replace(self.item, components=tuple(self.parts.values()))


def read_kits(table: Table, errors: ErrorList, *, known: Known) -> dict[str, KitDraft]:
    """The kits of which every row is good: one with a part missing would be handed out so."""
    drafts: dict[str, KitDraft] = {}
    spoilt: set[str] = set()
    for row in table.rows:
        code = row.values.get("kit", "")
        if row.is_broken:
            spoilt.add(code)
            continue
        fields = Fields(row, errors)
        _take(fields, drafts, known)
        if not fields.is_good:
            spoilt.add(code)
    spoilt |= _circular(drafts, errors, known)
    for code in spoilt & drafts.keys():
        for line in sorted(set(drafts.pop(code).parts) - errors.lines()):
            errors.add(line, "kit", NOT_WHOLE, value=code, allowed="all rows of a kit good")
    return drafts


def _take(fields: Fields, drafts: dict[str, KitDraft], known: Known) -> None:
    kit, item = known.item(fields, "kit"), known.item(fields, "component")
    if kit is None or item is None:
        return
    if kit.decimals:
        fields.refuse("kit", "not_allowed", allowed="an item without decimals: kits are counted in pieces")
    quantity = fields.quantity("quantity", item.decimals)
    if fields.is_good and not quantity:
        fields.refuse("quantity", "out_of_range", allowed="more than 0")
    if not is_whole(item, quantity):
        fields.refuse("quantity", "not_allowed", allowed="whole pieces, because the item is tracked by serial")
    draft = drafts.setdefault(kit.code, KitDraft(kit))
    if item.code in {each.item for each in draft.parts.values()}:
        fields.refuse("component", "duplicate")
    if fields.is_good:
        draft.parts[fields.line] = Component(item.code, quantity)


def _circular(drafts: dict[str, KitDraft], errors: ErrorList, known: Known) -> set[str]:
    """The kits of the file that hold themselves, or kits too deep; every row of one says the way there."""

    def components_of(code: str) -> Sequence[Component]:
        if code in drafts:
            return tuple(drafts[code].parts.values())
        item = known.item_named(code)
        return item.components if item is not None else ()

    found: set[str] = set()
    for code, draft in drafts.items():
        try:
            parts_of(code, components_of)
        except KitError as error:
            found.add(code)
            for line in draft.parts:
                errors.add(line, "component", error.code, value=" > ".join(error.path), allowed=_RULES[error.code])
    return found
