"""Lots on quality hold: each in a row, and where it lies before it is released."""

from __future__ import annotations

from dataclasses import dataclass

from station.held_lots import HeldLot
from station.receiving import is_receiving
from station.values import Place
from station.view.lots import LotsFace
from station.zones import place_text
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, paged

MOST_PLACES = 6  # named before the question; more are counted


@dataclass(frozen=True, slots=True)
class LotsModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: LotsFace, local: Local, texts: Texts, *, rows: int) -> LotsModel:
    """The list's page and the line above it."""
    empty = texts.message_of(face.wait) if face.wait else texts.label("no_held_lots")
    models = [_row(number, each, texts) for number, each in enumerate(face.rows)]
    shown = paged("", models, texts, page=local.page, size=rows, empty=empty)
    return LotsModel(shown, texts.label("held_lots_count", count=len(face.rows)) if face.rows else "")


def present_row(face: LotsFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts)


def said_of(face: LotsFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer."""
    lot = face.about
    if lot is None:
        return ()
    where = [_place(each.place, face, texts) for each in lot.places[:MOST_PLACES]]
    more = len(lot.places) - MOST_PLACES
    told = [*where, texts.label("held_lot_more", count=more)] if more > 0 else where
    item = texts.label("goods_item", item=lot.item.code, name=lot.item.name)
    return (item, texts.label("held_lot_quantity", quantity=texts.quantity(lot.quantity, lot.item)), " · ".join(told))


def _place(place: Place, face: LotsFace, texts: Texts) -> str:
    if is_receiving(place.machine):
        return texts.label("receipt_at_bay")
    if place.machine in face.zones:
        return place_text(place)
    return texts.label("held_lot_place", tray=place.tray, compartment=place.compartment)


def _reach(lot: HeldLot, texts: Texts) -> str:
    """The stations that do not know of it yet."""
    missing = sorted({name for each in lot.blocks for name in each.missing})
    return texts.label("block_not_reached", stations=", ".join(missing)) if missing else ""


def _row(number: int, lot: HeldLot, texts: Texts) -> RowModel:
    key = texts.stock_key(lot.places[0].key) if lot.places else ""
    return RowModel(
        name=f"lot_{number}",
        lead=lot.lot or lot.item.code,
        main=lot.item.name,
        sub=" · ".join(each for each in (lot.item.code, key, _reach(lot, texts)) if each),
        right=texts.quantity(lot.quantity, lot.item),
        right_sub=texts.label("held_lot_places", count=len(lot.places)) if lot.places else texts.label("held_lot_to_come"),
    )
