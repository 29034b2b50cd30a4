"""A tray's past and a trace as rows of plain values: for `--json`, for tables, and for the files of an export. No sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from station.audit.stays import Custody, Refusal, Stay
from station.quantity import to_text
from station.values import Item, PastEvent, PastPage, PastStock, Trace

STOCK_COLUMNS = ("compartment", "item", "lot", "serial", "status", "quantity", "unit", "person", "order", "since")
TRACE_COLUMNS = ("way", "seq", "at", "kind", "item", "lot", "serial", "quantity", "place", "person", "order")
_FIGURES = ("quantity", "counted", "remaining")


def past_row(page: PastPage, custody: Custody) -> dict[str, object]:
    """A tray at a moment, whole."""
    past = page.past
    return {
        "machine": past.machine,
        "tray": past.number,
        "at": past.at.isoformat() if past.at else None,
        "n": past.n,
        "seq": past.event.row.seq if past.event else None,
        "index": past.index,
        "total": past.total,
        "compartments": [asdict(each) for each in past.tray.compartments] if past.tray else [],
        "stock": [stock_row(each, page.items, page.names) for each in past.stock],
        "changed_since": list(past.changed),
        "has_others": past.has_others,
        "custody": [stay_row(each, page.names) for each in custody.stays],
        "refused": [refusal_row(each, page.names) for each in custody.refusals],
    }


def stock_row(stock: PastStock, items: Mapping[str, Item], names: Mapping[str, str]) -> dict[str, object]:
    """What lay in a compartment, and who left it so."""
    item = items.get(stock.key.item)
    return {
        "compartment": stock.compartment,
        "item": stock.key.item,
        "lot": stock.key.lot,
        "serial": stock.key.serial,
        "owner": stock.key.owner,
        "status": stock.key.status.value,
        "quantity": to_text(stock.quantity, item.decimals if item else 0),
        "unit": item.unit if item else "",
        "kind": stock.kind,
        "person": names.get(stock.person, "") or stock.person,
        "order": stock.order,
        "since": stock.at.isoformat(),
        "seq": stock.seq,
    }


def stay_row(stay: Stay, names: Mapping[str, str]) -> dict[str, object]:
    """One stay at an opening."""
    moments = {name: getattr(stay, name) for name in ("called_at", "arrived_at", "sent_at", "left_at")}
    return {
        "seq": stay.seq,
        "opening": stay.opening,
        "called_by": names.get(stay.called_by, "") or stay.called_by,
        "sent_by": names.get(stay.sent_by, "") or stay.sent_by,
        **{name: at.isoformat() if at else None for name, at in moments.items()},
        "exposed_s": stay.exposed_s(),
        "stops": stay.stops,
        "how": stay.how,
        "outcome": stay.outcome,
    }


def refusal_row(refusal: Refusal, names: Mapping[str, str]) -> dict[str, object]:
    """One refused access."""
    person = names.get(refusal.person, "") or refusal.person
    return {"seq": refusal.seq, "at": refusal.at.isoformat(), "person": person, "right": refusal.right, "what": refusal.what}


def trace_rows(trace: Trace, items: Mapping[str, Item], names: Mapping[str, str]) -> list[dict[str, object]]:
    """Where it came from, what was done with it, who got it, and where it lies: in this order."""
    rows: list[dict[str, object]] = []
    for way, events in (("came", trace.came), ("other", trace.other), ("went", trace.went)):
        rows += [_trace_event(way, each, trace, items, names) for each in events]
    for stock in trace.lies:
        item = items.get(stock.key.item)
        place = f"{stock.place.machine} {stock.place.tray} {stock.place.compartment}"
        about = {"item": stock.key.item, "lot": stock.key.lot, "serial": stock.key.serial, "status": stock.key.status.value}
        rows.append({"way": "lies", **about, "quantity": to_text(stock.quantity, item.decimals if item else 0), "place": place})
    for taken in trace.taken:
        item = items.get(taken.key.item)
        about = {"item": taken.key.item, "lot": taken.key.lot, "serial": taken.key.serial}
        person = names.get(taken.holder, "") or taken.holder
        held = {"quantity": to_text(taken.quantity, item.decimals if item else 0), "person": person, "job": taken.job}
        rows.append({"way": "taken", **about, **held, "at": taken.since.isoformat()})
    return rows


def _trace_event(
    way: str, event: PastEvent, trace: Trace, items: Mapping[str, Item], names: Mapping[str, str]
) -> dict[str, object]:
    data = json.loads(event.row.body)["data"]
    item, order = items.get(str(data.get("item", ""))), str(data.get("order", ""))
    figure = next((data[name] for name in _FIGURES if name in data), None)
    seen = next((each for each in trace.orders if each.order == order), None)
    place = " ".join(str(data[name]) for name in ("machine", "tray", "compartment") if name in data)
    return {
        "way": way,
        "epoch": event.row.epoch,
        "seq": event.row.seq,
        "at": event.row.at.isoformat(),
        "kind": event.row.kind,
        "item": str(data.get("item", "")),
        "lot": str(data.get("lot", "")),
        "serial": str(data.get("serial", "")),
        "quantity": "" if figure is None else to_text(int(figure), item.decimals if item else 0),
        "place": place,
        "person": names.get(event.row.operator, "") or event.row.operator,
        "order": order,
        "destination": seen.destination if seen else "",
        "tote": str(data.get("tote", "")),
        "supplier": str(data.get("supplier", "")) or (seen.supplier if seen else ""),
        "reference": str(data.get("reference", "")) or (seen.reference if seen else ""),
        "reason": str(data.get("reason", "")),
    }
