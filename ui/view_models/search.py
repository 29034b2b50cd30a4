"""The search for an item: what is typed with what it finds, the list, the pictures, and one item with its places."""

from __future__ import annotations

from dataclasses import dataclass, replace

from station.view.action import Action, Offer
from station.view.search import FoundRow, PlaceRow, SearchFace
from station.zones import place_text
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange, primary
from ui.view_models.questions import LettersModel
from ui.view_models.rows import ListModel, RowModel, Tone, page_count, paged

NAMED = 3  # so many of the found items are named while one types
FIRST = (Action.BACK, Action.MOVE_FROM, Action.RETURN_TO, Action.SHOW_LETTERS, Action.SHOW_PICTURES)
PRIMARY = (Action.SHOW_FOUND, Action.CALL_PLACE)


@dataclass(frozen=True, slots=True)
class FoundModel:
    """The items that were found, in pages. `summary` stands above the rows."""

    rows: ListModel
    summary: str


@dataclass(frozen=True, slots=True)
class TileModel:
    """One item as its picture. `name` is the button's."""

    name: str
    picture: str
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class PicturesModel:
    """Items as pictures; ▲▼ turn the page where there are more."""

    tiles: tuple[TileModel, ...]
    page_text: str
    has_up: bool
    has_down: bool
    empty: str = ""


@dataclass(frozen=True, slots=True)
class FoundItemModel:
    """One item with its picture, how much there is, and where."""

    code: str
    name: str
    picture: str
    total: str
    note: str
    rows: ListModel


SearchModel = LettersModel | FoundModel | PicturesModel | FoundItemModel


def present(face: SearchFace, local: Local, texts: Texts, *, rows: int, item_rows: int) -> SearchModel:
    """What the page shows now."""
    match face.at:
        case "letters":
            return LettersModel(live(face, texts), face.text)
        case "pictures":
            return _pictures(face, texts)
        case "item" if face.item is not None:
            return _item(face, face.item, local, texts, size=item_rows)
        case _:
            models = [_found(each, texts) for each in face.found]
            empty = texts.label("search_reading" if face.is_reading else "search_nothing", text=face.text)
            summary = texts.label("found_summary" if face.has_all else "found_more", count=len(face.found))
            return FoundModel(paged("", models, texts, page=local.page, size=rows, empty=empty), summary)


def present_row(face: SearchFace, texts: Texts) -> ActionRowModel:
    """What goes on is the primary button: show what was found, or call the tray of the chosen place."""
    offer = next((each for each in face.offers if each.action in PRIMARY), None)
    button = None
    if offer is not None:
        button = primary(f"action_{offer.action.value}", _primary_text(face, offer, texts), reason=texts.refusal(offer.refused))
    return arrange(face.offers, texts, primary_button=button, without=PRIMARY, first=FIRST)


def live(face: SearchFace, texts: Texts) -> str:
    """What the text finds so far, beside it while one types."""
    if not face.text:
        return texts.label("search_what")
    if face.is_reading and not face.found:
        return texts.label("search_reading")
    if not face.found:
        return texts.label("search_nothing", text=face.text)
    if not face.has_all:
        return texts.label("search_many", count=len(face.found) - 1)
    if len(face.found) == 1:
        return texts.label("search_one", item=face.found[0].item.code, name=face.found[0].item.name)
    names = ", ".join(each.item.code for each in face.found[:NAMED]) + (" …" if len(face.found) > NAMED else "")
    return texts.label("search_count", count=len(face.found), names=names)


def row_count(face: SearchFace) -> int:
    return len(face.places) if face.at == "item" else len(face.found)


def _primary_text(face: SearchFace, offer: Offer, texts: Texts) -> str:
    if offer.action is Action.SHOW_FOUND and len(face.found) == 1:
        return texts.label("show_one", item=face.found[0].item.code)
    if offer.action is Action.SHOW_FOUND and face.found:
        return texts.label("show_all", count=len(face.found))
    return texts.action(offer.action)


def _found(row: FoundRow, texts: Texts) -> RowModel:
    places = texts.label("found_places", count=row.places) if row.places else texts.label("found_nowhere")
    return RowModel(
        name=f"hit_{row.item.code}",
        lead=row.item.code,
        main=row.item.name,
        sub=" · ".join(each for each in (*row.item.barcodes[:2], row.item.note) if each),
        right=_total(row, texts) if row.places else "",
        right_sub=places,
    )


def _total(row: FoundRow, texts: Texts) -> str:
    return texts.label("to_be_counted") if row.total is None else texts.quantity(row.total, row.item)


def _pictures(face: SearchFace, texts: Texts) -> PicturesModel:
    tiles = tuple(TileModel(f"hit_{each.item.code}", each.item.picture, each.item.name, each.item.code) for each in face.found)
    if not tiles:
        empty = texts.label("search_reading") if face.is_reading else texts.message_of("search_no_pictures")
        return PicturesModel((), "", False, False, empty)
    size = len(tiles) if face.first == 0 and face.pictured <= len(tiles) else PICTURES
    pages = page_count(face.pictured, size)
    text = texts.label("page", page=face.first // size + 1, pages=pages) if pages > 1 else ""
    return PicturesModel(tiles, text, face.first > 0, face.first + len(tiles) < face.pictured)


PICTURES = 8  # of a page (station.flows.search.A_PAGE)


def _item(face: SearchFace, item: FoundRow, local: Local, texts: Texts, *, size: int) -> FoundItemModel:
    models = [_place(each, item, face.chosen, texts) for each in face.places]
    listed = paged(texts.label("where_else"), models, texts, page=local.page, size=size, empty=texts.label("found_nowhere"))
    total = "" if not item.places else _total(item, texts)
    if item.places and item.total is not None:
        total = texts.label("search_total", quantity=total)
    return FoundItemModel(item.item.code, item.item.name, item.item.picture, total, item.item.note, listed)


def _place(row: PlaceRow, item: FoundRow, chosen: int | None, texts: Texts) -> RowModel:
    reason = texts.outage_reason(row.why) if row.where == "out" else row.why
    model = RowModel(
        name=f"place_{row.number}",
        lead=place_text(row.place) if row.where == "zone" else f"{row.place.tray} · {row.place.compartment}",
        main=texts.stock_key(row.key) or texts.label("plain_stock"),
        sub=texts.label(f"where_{row.where}", why=reason),
        right="" if row.quantity is None else texts.quantity(row.quantity, item.item),
        right_sub=texts.label("to_be_counted") if row.quantity is None else "",
        is_chosen=row.number == chosen,
    )
    return replace(model, tone=Tone.LATE) if row.where in ("out", "locked") or row.is_spoilt else model
