"""Hand-made Views of the search for an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from station.values import Item, Place, StockKey, StockStatus
from station.view.action import Action, Offer
from station.view.message import Message
from station.view.search import FoundRow, PlaceRow, SearchFace
from station.view.view import View
from tests.helpers.faces import BOLT, offers, view

LONG = replace(
    BOLT, code="6ES7214-1AG40-0XB0", name="Compact controller with 14 inputs, 10 outputs and two analogue inputs", note="ESD"
)
SEAL = Item(code="OR-70-12", name="O-ring 70 FKM", decimals=0, picture=BOLT.picture, barcodes=("4006381333931",))


def _row(item: Item, total: int | None, places: int) -> FoundRow:
    return FoundRow(item=item, total=total, places=places)


def _place(
    number: int, tray: int, quantity: int | None, where: str, *, why: str = "", lot: str = "", held: bool = False
) -> PlaceRow:
    status = StockStatus.QUALITY_HOLD if held else StockStatus.FREE
    key = StockKey(item=BOLT.code, lot=lot, status=status)
    at = Place("VLM1", tray, f"C{number + 1}")
    return PlaceRow(number=number, place=at, key=key, quantity=quantity, where=where, why=why, is_spoilt=held)


FOUND = (_row(BOLT, 1340, 5), _row(LONG, None, 2), _row(SEAL, 0, 0))
PLACES = (
    _place(0, 12, 640, "here"),
    _place(1, 37, 500, "away", lot="L-2026-0417"),
    _place(2, 41, 100, "out", why="bent", held=True, lot="L-2026-0391"),
    _place(3, 8, 88, "locked", why="tool_cage"),
    _place(4, 101, 12, "other_machine", why="VLM2"),
)


def search_views() -> Iterator[tuple[str, View]]:
    """The letters with what they find, the list, the pictures, and one item with a chosen place."""
    ways = (Action.BACK, Action.SHOW_FOUND, Action.SHOW_PICTURES, Action.LOCK)
    typing = SearchFace(at="letters", text="M8", found=FOUND, offers=offers(*ways))
    yield "search", view(replace(typing, text="", found=()), Message("search_type"))
    yield "search_typed", view(typing, Message("search_typed"))
    nothing = replace(typing, text="M8-ZINC", found=(), offers=_refusing(ways, Action.SHOW_FOUND, "nothing_found"))
    yield "search_nothing", view(nothing, Message("search_typed"))
    yield "search_one", view(replace(typing, found=FOUND[1:2]), Message("search_typed"))
    listed = replace(typing, at="found", offers=offers(Action.BACK, Action.SHOW_LETTERS, Action.SHOW_PICTURES, Action.LOCK))
    yield "search_found", view(listed, Message("search_choose"))
    tiles = tuple(
        _row(replace(each, code=f"{each.code}-{n}", picture=BOLT.picture), 5, 1) for n, each in enumerate((BOLT, LONG, SEAL) * 3)
    )
    seen = SearchFace(at="pictures", found=tiles[:8], pictured=20, offers=offers(Action.BACK, Action.SHOW_LETTERS, Action.LOCK))
    yield "search_pictures", view(seen, Message("search_picture"))
    yield "search_no_pictures", view(replace(seen, found=(), pictured=0), Message("search_no_pictures"))
    item = SearchFace(at="item", item=FOUND[0], places=PLACES, offers=offers(Action.BACK, Action.LOCK))
    yield "search_item", view(item, Message("search_choose_place"))
    acts = (Action.BACK, Action.CALL_PLACE, Action.MOVE_FROM, Action.RETURN_TO, Action.LOCK)
    yield "search_place", view(replace(item, chosen=1, offers=offers(*acts)), Message("search_chosen"))
    away = replace(item, chosen=4, offers=_refusing(acts, Action.CALL_PLACE, "other_machine"))
    yield "search_other_machine", view(away, Message("search_chosen"))
    hidden = (*PLACES[:3], replace(PLACES[3], quantity=None), PLACES[4])
    blind = replace(item, item=_row(BOLT, None, 5), places=hidden)
    yield "search_hidden", view(blind, Message("search_choose_place"))
    nowhere = replace(item, item=_row(LONG, 0, 0), places=())
    yield "search_nowhere", view(nowhere, Message("search_nowhere", params={"item": LONG.code}))


def _refusing(actions: tuple[Action, ...], which: Action, why: str) -> tuple[Offer, ...]:
    return tuple(Offer(each, why if each is which else "") for each in actions)
