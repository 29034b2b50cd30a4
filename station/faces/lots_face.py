"""Lots on quality hold, as the window shows them."""

from __future__ import annotations

from station.core.state import LotsPage
from station.held_lots import RELEASE_REASONS
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.lots import LotsFace
from station.view.message import Message


def lots_face(page: LotsPage, zones: frozenset[str] = frozenset()) -> LotsFace:
    """The list, or why one of them is released."""
    offers = (Offer(Action.BACK), Offer(Action.LOCK))
    about = page.about
    if about is None:
        return LotsFace(rows=page.lots or (), offers=offers, wait="reading" if page.lots is None else "", zones=zones)
    params: dict[str, str | int] = {"item": about.item.code, "lot": about.lot}
    choices = tuple(Choice(each, f"reason_{each}", params) for each in RELEASE_REASONS)
    ask = AskChoice(code="why_lot_released" if about.lot else "why_goods_released", choices=choices, params=params)
    return LotsFace(rows=page.lots or (), offers=offers, ask=ask, about=about, zones=zones)


def lots_bar(page: LotsPage) -> Message:
    """What to do here."""
    if page.lots is None:
        return Message("reading")
    if page.about is not None:
        return Message("lot_ask")
    return Message("lots_page" if page.lots else "lots_none")
