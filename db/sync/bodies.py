"""A document's body: rows of the site as one JSON value, and back. The words are those of the site_* tables.

Pure. What comes from the site may be anything: the ways back raise one of `UNREADABLE` for what is no such document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from db.envelope import moment, moment_text
from db.rows.items import Component, Inspect, IssueRule, Item, Pack, ProofRule, RoundRule
from db.rows.orders import KitPart, Order, OrderKind, OrderLine
from db.rows.people import Person, Role
from db.rows.trays import Compartment, Place, Tray

Body = Mapping[str, Any]
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDocument:
    """A person as the site has one: with the badge's digest ("" when erased) and what proves the PIN."""

    person: Person
    badge_digest: str
    verifier: str
    pepper_id: str
    offline_days: int = 0


def item_body(item: Item) -> dict[str, object]:
    """An item with its packs and barcodes."""
    return {
        "code": item.code,
        "name": item.name,
        "unit": item.unit,
        "decimals": item.decimals,
        "picture": item.picture,
        "proof": item.proof.value,
        "rounding": item.rounding.value,
        "lot_tracked": item.lot_tracked,
        "serial_tracked": item.serial_tracked,
        "weight_g": item.weight_g,
        "note": item.note,
        "issue_rule": item.issue_rule.value,
        "mixing": item.mixing,
        "storage_class": list(item.storage_class),
        "fragile": item.fragile,
        "height_mm": item.height_mm,
        "shelf_life_days": item.shelf_life_days,
        "min_remaining_days": item.min_remaining_days,
        "access": item.access,
        "two_person": item.two_person,
        **({"inspect": item.inspect.value} if item.inspect is not Inspect.NONE else {}),
        "is_tool": item.is_tool,
        "unit_value": item.unit_value,
        **({"width_mm": item.width_mm, "depth_mm": item.depth_mm} if item.width_mm or item.depth_mm else {}),
        "packs": [{"name": pack.name, "quantity": pack.quantity} for pack in item.packs],
        "barcodes": sorted(set(item.barcodes)),
        **({"components": [asdict(each) for each in item.components]} if item.components else {}),
    }


def item_of(body: Body) -> Item:
    """What `item_body` wrote."""
    plain = {name: _text(body, name) for name in ("code", "name", "unit", "picture", "note")}
    return Item(
        **plain,
        decimals=_whole(body, "decimals"),
        proof=ProofRule(body["proof"]),
        rounding=RoundRule(body["rounding"]),
        lot_tracked=bool(body["lot_tracked"]),
        serial_tracked=bool(body["serial_tracked"]),
        weight_g=_whole(body, "weight_g"),
        issue_rule=IssueRule(body.get("issue_rule", IssueRule.FIFO)),
        mixing=bool(body.get("mixing", False)),
        storage_class=_words(body, "storage_class"),
        fragile=bool(body.get("fragile", False)),
        height_mm=_whole(body, "height_mm", default=0),
        shelf_life_days=_whole(body, "shelf_life_days", default=0),
        min_remaining_days=_whole(body, "min_remaining_days", default=0),
        access=_text(body, "access", default=""),
        two_person=bool(body.get("two_person", False)),
        inspect=Inspect(body.get("inspect", Inspect.NONE)),
        is_tool=bool(body.get("is_tool", False)),
        unit_value=_whole(body, "unit_value", default=0),
        width_mm=_whole(body, "width_mm", default=0),
        depth_mm=_whole(body, "depth_mm", default=0),
        packs=tuple(Pack(_text(each, "name"), _whole(each, "quantity")) for each in body["packs"]),
        barcodes=tuple(sorted(map(str, body["barcodes"]))),
        components=tuple(Component(_text(each, "item"), _whole(each, "quantity")) for each in body.get("components", ())),
    )


def tray_body(tray: Tray) -> dict[str, object]:
    """A tray with its compartments, in their order."""
    return {
        "machine": tray.machine,
        "number": tray.number,
        "name": tray.name,
        "width_mm": tray.width_mm,
        "depth_mm": tray.depth_mm,
        "max_weight_g": tray.max_weight_g,
        **_limits_body(tray),
        **({"pitch_mm": tray.pitch_mm} if tray.pitch_mm else {}),
        "compartments": [asdict(each) | _limits_body(each) for each in tray.compartments],
    }


def _limits_body(place: Tray | Compartment) -> dict[str, object]:
    words = list(place.storage_class)
    return {"storage_class": words, "access": place.access, "max_height_mm": place.max_height_mm}


def _sizes_of(body: Body) -> dict[str, Any]:
    return {name: _whole(body, name) for name in ("x_mm", "y_mm", "width_mm", "depth_mm")}


def _limits_of(body: Body) -> dict[str, Any]:
    """Those of an older station's body are none."""
    limits = {"access": _text(body, "access", default=""), "max_height_mm": _whole(body, "max_height_mm", default=0)}
    return {**limits, "storage_class": _words(body, "storage_class")}


def tray_of(body: Body) -> Tray:
    """What `tray_body` wrote."""
    return Tray(
        machine=_text(body, "machine"),
        number=_whole(body, "number"),
        name=_text(body, "name"),
        width_mm=_whole(body, "width_mm"),
        depth_mm=_whole(body, "depth_mm"),
        max_weight_g=_whole(body, "max_weight_g"),
        **_limits_of(body),
        pitch_mm=_whole(body, "pitch_mm", default=0),
        compartments=tuple(
            Compartment(label=_text(each, "label"), **_sizes_of(each), **_limits_of(each)) for each in body["compartments"]
        ),
    )


def order_body(order: Order) -> dict[str, object]:
    """An order with its lines as it was released; how far it is stands in the events."""
    return {
        "order": order.order,
        "kind": order.kind.value,
        "host_key": order.host_key,
        "destination": order.destination,
        "need_by": None if order.need_by is None else moment_text(order.need_by),
        "priority": order.priority,
        **({"is_express": True} if order.is_express else {}),
        **({"sequence": order.sequence} if order.sequence else {}),
        **({"split_of": order.split_of} if order.split_of else {}),
        **({"supplier": order.supplier} if order.supplier else {}),
        **({"reference": order.reference} if order.reference else {}),
        **({"inspect": order.inspect.value} if order.inspect is not Inspect.NONE else {}),
        "lines": [_line_body(line) for line in order.lines],
    }


def _line_body(line: OrderLine) -> dict[str, object]:
    place = line.place
    return {
        "line": line.line,
        "item": line.item,
        "quantity": line.quantity,
        "host_key": line.host_key,
        "lot": line.lot,
        "owner": line.owner,
        "machine": place.machine if place else None,
        "tray": place.tray if place else None,
        "compartment": place.compartment if place else None,
        "note": line.note,
        "min_remaining_days": line.min_remaining_days,
        **({"rank": line.rank} if line.rank else {}),
        **({"kit": asdict(line.kit)} if line.kit else {}),
        **({"inspect": line.inspect.value} if line.inspect is not Inspect.NONE else {}),
    }


def order_of(body: Body) -> Order:
    """What `order_body` wrote."""
    name = _text(body, "order")
    return Order(
        order=name,
        kind=OrderKind(body["kind"]),
        host_key=_text(body, "host_key"),
        destination=_text(body, "destination"),
        need_by=None if body["need_by"] is None else moment(body["need_by"]),
        priority=_whole(body, "priority"),
        is_express=body.get("is_express") is True,
        sequence=_text(body, "sequence") if "sequence" in body else "",
        split_of=_text(body, "split_of", default=""),
        supplier=_text(body, "supplier", default=""),
        reference=_text(body, "reference", default=""),
        inspect=Inspect(body.get("inspect", Inspect.NONE)),
        lines=tuple(_line_of(name, each) for each in body["lines"]),
    )


def _line_of(order: str, body: Body) -> OrderLine:
    place = None
    if body["machine"] is not None:
        place = Place(_text(body, "machine"), _whole(body, "tray"), body["compartment"] or "")
    return OrderLine(
        order=order,
        line=_text(body, "line"),
        item=_text(body, "item"),
        quantity=_whole(body, "quantity"),
        host_key=_text(body, "host_key"),
        lot=_text(body, "lot"),
        owner=_text(body, "owner"),
        place=place,
        note=_text(body, "note"),
        min_remaining_days=_whole(body, "min_remaining_days", default=0),
        rank=_whole(body, "rank") if "rank" in body else 0,
        kit=_kit_of(body["kit"]) if "kit" in body else None,
        inspect=Inspect(body.get("inspect", Inspect.NONE)),
    )


def _kit_of(body: Body) -> KitPart:
    return KitPart(_text(body, "kit"), _text(body, "line"), _whole(body, "asked"), _whole(body, "each"))


def person_body(document: PersonDocument) -> dict[str, object]:
    """A person with what sign-on needs. The counter of wrong PINs is the station's own."""
    person = document.person
    return {
        "person": person.person,
        "name": person.name,
        "role": person.role.value,
        "language": person.language,
        "is_active": person.is_active,
        "rights": list(person.rights),
        "badge_digest": document.badge_digest,
        "verifier": document.verifier,
        "pepper_id": document.pepper_id,
        "offline_days": document.offline_days,
    }


def person_of(body: Body) -> PersonDocument:
    """What `person_body` wrote."""
    person = Person(
        person=_text(body, "person"),
        name=_text(body, "name"),
        role=Role(body["role"]),
        language=_text(body, "language"),
        is_active=bool(body["is_active"]),
        rights=_words(body, "rights"),
    )
    secrets = {name: _text(body, name) for name in ("badge_digest", "verifier", "pepper_id")}
    return PersonDocument(person=person, offline_days=int(body.get("offline_days", 0)), **secrets)


def _words(body: Body, name: str) -> tuple[str, ...]:
    """Sorted words; none in a body of an older station."""
    found = body.get(name, ())
    if not isinstance(found, list | tuple) or not all(isinstance(each, str) for each in found):
        raise TypeError(f"{name} are no words")
    return tuple(sorted(set(found)))


def _text(body: Body, name: str, *, default: str | None = None) -> str:
    value = body[name] if default is None else body.get(name, default)
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value


def _whole(body: Body, name: str, *, default: int | None = None) -> int:
    value = body[name] if default is None else body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is no whole number")
    return value
