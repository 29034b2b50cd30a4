"""The two parts of the list in the words of the station's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import zip_longest

from station.emergency import OpenLine, OpenOrder, TrayContents
from station.values import Item, Place, Stock, StockKey
from ui.emergency.blocks import Block, Column, Part
from ui.emergency.paper import BOLD, PAD, PLAIN, Text, in_lines
from ui.texts import Texts

ITEM_WIDTH = 222.0
NAME_LINES = 3
NAME_SIZE = 10.5


def day_and_time(texts: Texts, name: str, at: datetime) -> str:
    """A moment on paper: the whole date, because nobody knows when it will be read."""
    return texts.paper(name, date=texts.local(at).date().isoformat(), time=texts.clock(at))


def orders_part(orders: Sequence[OpenOrder], texts: Texts, *, of_machines: bool) -> Part:
    """The first part: what is to be done. `of_machines`: there are several, and a tray's number does not say enough."""
    fields = [Column(texts.paper(name), width, is_field=True) for name, width in (("done", 58.0), ("time", 50.0), ("name", 92.0))]
    return Part(
        title=texts.paper("part_orders"),
        columns=(
            Column(texts.paper("line"), 36.0),
            Column(texts.paper("item"), ITEM_WIDTH),
            Column(texts.paper("quantity"), 72.0, is_right=True),
            Column(texts.paper("tray"), 46.0, is_right=True),
            Column(texts.paper("compartment"), 62.0),
            Column(texts.paper("lot"), 84.0),
            Column(texts.paper("there"), 64.0, is_right=True),
            *fields,
        ),
        blocks=tuple(_line(order, line, texts, of_machines) for order in orders for line in order.lines),
        none=texts.paper("no_orders"),
        continued=texts.paper("continued"),
    )


def _line(order: OpenOrder, line: OpenLine, texts: Texts, of_machines: bool) -> Block:
    left = _asked(line, texts)
    right = [_place(place, there, line.item, texts, of_machines) for place, there in line.places] or [_nothing(texts)]
    if line.more:
        right.append((Text(texts.paper("more_places", count=line.more), span=4), None, None, None))
    none3, none4 = (None, None, None), (None, None, None, None)
    rows = tuple((*(one or none3), *(other or none4)) for one, other in zip_longest(left, right))
    return Block(rows=rows, band=_band(order, texts), band_right=_due(order, texts), fields=max(1, len(line.places)))


def _asked(line: OpenLine, texts: Texts) -> list[tuple[Text | None, ...]]:
    """The left side: line, item and quantity, and below it the name in as many rows as it needs."""
    quantity = "" if line.quantity is None else texts.quantity(line.quantity, line.item)
    first = (Text(line.line, size=11.0), Text(line.item_code, BOLD, 12.0), Text(quantity, BOLD, 13.0, is_right=True))
    named = in_lines(line.item.name if line.item else "", PLAIN, NAME_SIZE, ITEM_WIDTH - 2 * PAD, NAME_LINES)
    said = [*named, *([texts.paper("lot_of", lot=line.lot)] if line.lot else []), *([line.note] if line.note else [])]
    return [first, *((None, Text(each, size=NAME_SIZE), None) for each in said)]


def _place(place: Place, there: Stock | None, item: Item | None, texts: Texts, of_machines: bool) -> tuple[Text | None, ...]:
    tray = f"{place.machine} {place.tray}" if of_machines else str(place.tray)
    key, quantity = (_key(there.key, texts), texts.quantity(there.quantity, item)) if there is not None else ("", "")
    return Text(tray, BOLD, 14.0, is_right=True), Text(place.compartment, BOLD, 14.0), Text(key), Text(quantity, is_right=True)


def _nothing(texts: Texts) -> tuple[Text | None, ...]:
    return Text(texts.paper("no_stock"), span=4), None, None, None


def _key(key: StockKey, texts: Texts) -> str:
    """The column is headed "lot": a plain lot stands there without the word."""
    plain = StockKey(item=key.item, lot=key.lot)
    return key.lot if key == plain else texts.stock_key(key)


def _band(order: OpenOrder, texts: Texts) -> str:
    goes_to = (texts.paper("goes_to", destination=order.destination),) if order.destination else ()
    started = (texts.paper("started"),) if order.is_started else ()
    return "  ·  ".join((texts.paper("order", order=order.order), texts.kind(order.kind), *goes_to, *started))


def _due(order: OpenOrder, texts: Texts) -> str:
    return texts.paper("no_time") if order.need_by is None else day_and_time(texts, "need_by", order.need_by)


def trays_part(trays: Sequence[TrayContents], items: Mapping[str, Item], texts: Texts, *, of_machines: bool) -> Part:
    """The second part: what is where."""
    fields = [Column(texts.paper(name), width, is_field=True) for name, width in (("done", 66.0), ("time", 50.0), ("name", 92.0))]
    numbers = {_tray_band(each, texts, of_machines): each.number for each in trays}

    def span(bands: Sequence[str]) -> str:
        first, last = numbers[bands[0]], numbers[bands[-1]]
        return texts.paper("tray_of", tray=first) if first == last else texts.paper("trays_from_to", first=first, last=last)

    return Part(
        title=texts.paper("part_trays"),
        columns=(
            Column(texts.paper("compartment"), 62.0),
            Column(texts.paper("item"), 112.0),
            Column("", 224.0),
            Column(texts.paper("lot"), 104.0),
            Column(texts.paper("there"), 76.0, is_right=True),
            *fields,
        ),
        blocks=tuple(block for tray in trays for block in _tray(tray, items, texts, of_machines)),
        none=texts.paper("no_trays"),
        continued=texts.paper("continued"),
        span=span,
    )


def _tray(tray: TrayContents, items: Mapping[str, Item], texts: Texts, of_machines: bool) -> list[Block]:
    band = _tray_band(tray, texts, of_machines)
    why = texts.paper("out_of_service", why=texts.outage_reason(tray.out_of_service)) if tray.out_of_service else ""
    rows = [_contents(label, there, items, texts) for label, there in tray.compartments] or [((None,) * 5,)]
    return [Block(rows=each, band=band, band_right=why) for each in rows]


def _tray_band(tray: TrayContents, texts: Texts, of_machines: bool) -> str:
    machine = (texts.paper("machine_of", machine=tray.machine),) if of_machines else ()
    name = (tray.name,) if tray.name else ()
    return "  ·  ".join((*machine, texts.paper("tray_of", tray=tray.number), *name))


def _contents(label: str, there: Sequence[Stock], items: Mapping[str, Item], texts: Texts) -> tuple[tuple[Text | None, ...], ...]:
    named = Text(label, BOLD, 13.0)
    if not there:
        return ((named, None, Text(texts.paper("empty"), size=10.5), None, None),)
    return tuple(_held(named if no == 0 else None, each, items.get(each.key.item), texts) for no, each in enumerate(there))


def _held(label: Text | None, there: Stock, item: Item | None, texts: Texts) -> tuple[Text | None, ...]:
    quantity = Text(texts.quantity(there.quantity, item), BOLD, 12.0, is_right=True)
    name = Text(item.name if item else "", size=10.5)
    return label, Text(there.key.item, size=11.0), name, Text(_key(there.key, texts)), quantity
