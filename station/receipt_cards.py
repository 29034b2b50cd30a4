"""A kanban card at a receipt: it is no label of goods, but names what was announced against it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from station.codes import own
from station.receipt_values import Announced
from station.scan import CardScan, classify
from station.view.message import Level, Message


def card_of(text: str) -> str:
    """The card that a code names, "" for every other text."""
    read = classify(text)
    return read.card if isinstance(read, CardScan) else ""


def against(card: str, lines: Sequence[Announced]) -> tuple[Announced, ...]:
    """The lines of receipts whose reference is this card, with its prefix or without."""
    names = (card, own.KANBAN + card)
    return tuple(each for each in lines if each.order.reference in names)


def refusal(card: str, items: int) -> Message | None:
    """Why a card names no goods that could be received; None where it names one item."""
    if items == 1:
        return None
    return Message("card_of_several" if items else "card_not_announced", Level.ACT, {"card": card}, error="O482")
