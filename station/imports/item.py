"""Rows of an item file to items."""

from __future__ import annotations

from station.imports.fields import MAX_MM, Fields
from station.imports.report import ErrorList
from station.imports.table import Table
from station.quantity import MAX_DECIMALS
from station.values import Inspect, IssueRule, Item, Pack, ProofRule, RoundRule

REQUIRED = frozenset({"item", "name"})
COLUMNS = REQUIRED | {
    "unit",
    "decimals",
    "packs",
    "barcodes",
    "picture",
    "proof",
    "rounding",
    "lot_tracked",
    "serial_tracked",
    "weight_g",
    "note",
    "issue_rule",
    "mixing",
    "storage_class",
    "fragile",
    "height_mm",
    "shelf_life_days",
    "min_remaining_days",
    "access",
    "two_person",
    "inspect",
    "is_tool",
    "unit_value",
    "width_mm",
    "depth_mm",
}
MAX_WEIGHT_G = 2_000_000
MAX_DAYS = 36_500
MAX_VALUE = 10**12


def read_items(table: Table, errors: ErrorList) -> dict[int, Item]:
    """The items by their line; a second row of the same item is refused."""
    found: dict[int, Item] = {}
    seen: set[str] = set()
    for row in table.rows:
        if row.is_broken:
            continue
        fields = Fields(row, errors)
        item = _item(fields)
        _check_expiry(fields, item)
        if item.code in seen:
            fields.refuse("item", "duplicate")
        if fields.is_good:
            seen.add(item.code)
            found[row.line] = item
    return found


def _item(fields: Fields) -> Item:
    decimals = fields.whole("decimals", low=0, high=MAX_DECIMALS, default=0)
    return Item(
        code=fields.code("item"),
        name=fields.text("name", is_required=True),
        unit=fields.text("unit", longest=10) or "pcs",
        decimals=decimals,
        packs=_packs(fields, decimals),
        barcodes=_barcodes(fields),
        picture=fields.text("picture"),
        proof=fields.choice("proof", ProofRule, ProofRule.TOUCH),
        rounding=fields.choice("rounding", RoundRule, RoundRule.EXACT),
        lot_tracked=fields.flag("lot_tracked"),
        serial_tracked=fields.flag("serial_tracked"),
        weight_g=fields.whole("weight_g", low=0, high=MAX_WEIGHT_G, default=0),
        note=fields.text("note"),
        issue_rule=fields.choice("issue_rule", IssueRule, IssueRule.FIFO),
        mixing=fields.flag("mixing"),
        storage_class=fields.words("storage_class"),
        fragile=fields.flag("fragile"),
        height_mm=fields.whole("height_mm", low=0, high=MAX_MM, default=0),
        shelf_life_days=fields.whole("shelf_life_days", low=0, high=MAX_DAYS, default=0),
        min_remaining_days=fields.whole("min_remaining_days", low=0, high=MAX_DAYS, default=0),
        access=fields.word("access"),
        two_person=fields.flag("two_person"),
        inspect=fields.choice("inspect", Inspect, Inspect.NONE),
        is_tool=fields.flag("is_tool"),
        unit_value=fields.whole("unit_value", low=0, high=MAX_VALUE, default=0),
        width_mm=fields.whole("width_mm", low=0, high=MAX_MM, default=0),
        depth_mm=fields.whole("depth_mm", low=0, high=MAX_MM, default=0),
    )


def _check_expiry(fields: Fields, item: Item) -> None:
    """An expiry is a lot's: two receipts of one compartment could not be told apart without."""
    expires = item.issue_rule is IssueRule.FEFO or item.shelf_life_days or item.min_remaining_days
    if expires and not item.lot_tracked:
        fields.refuse("lot_tracked", "not_allowed", allowed="true, because an expiry belongs to a lot")


def _packs(fields: Fields, decimals: int) -> tuple[Pack, ...]:
    """`box=50|carton=500`: how much of the stock unit one pack holds."""
    packs: list[Pack] = []
    for part in _parts(fields, "packs"):
        name, _, amount = (each.strip() for each in part.partition("="))
        quantity = fields.quantity_of("packs", amount, decimals=decimals)
        if not name or quantity == 0 or name in {pack.name for pack in packs}:
            fields.refuse("packs", "not_allowed", allowed="box=50|carton=500", value=part)
        packs.append(Pack(name, quantity))
    return tuple(packs)


def _barcodes(fields: Fields) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(_parts(fields, "barcodes")))
    for code in codes:
        fields.check_code("barcodes", code)
    return codes


def _parts(fields: Fields, name: str) -> list[str]:
    return [part.strip() for part in fields.text(name, longest=2000).split("|") if part.strip()]
