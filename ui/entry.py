"""Digits of a keypad and the scaled number they mean. Pure."""

from __future__ import annotations

from station.quantity import QuantityError, from_text
from station.view.ask import AskNumber, AskText
from ui.local_state import Local

LONGEST_NUMBER = 9
LONGEST_TEXT = 24
LONGEST_PIN = 12


def number_of(ask: AskNumber, entry: str) -> int | None:
    """The scaled number typed so far, None when nothing usable is typed."""
    if not entry or entry == ".":
        return None
    try:
        return from_text(entry, ask.item.decimals if ask.item else 0)
    except QuantityError:
        return None


def refusal_of(ask: AskNumber, entry: str) -> str:
    """Why the number cannot be accepted now, as a refusal code; "" when it can."""
    number = number_of(ask, entry)
    if number is None:
        return "no_number"
    if number < ask.minimum:
        return "too_few"
    return "too_many" if ask.maximum is not None and number > ask.maximum else ""


def type_number(local: Local, key: str, ask: AskNumber) -> Local:
    """One key of the number keypad: a digit or ".". Digits beyond the item's decimals are not taken."""
    decimals = ask.item.decimals if ask.item else 0
    if key == ".":
        if not decimals:
            return local
        start = local if local.entry else local.typed("0", length=LONGEST_NUMBER)
        return start.typed(".", length=LONGEST_NUMBER)
    whole, point, places = local.entry.partition(".")
    if point and len(places) >= decimals:
        return local
    if whole == "0" and not point:
        return local.cleared().typed(key, length=LONGEST_NUMBER)
    return local.typed(key, length=LONGEST_NUMBER)


def text_refusal_of(ask: AskText, entry: str) -> str:
    """Why the text cannot be accepted now; an exact length is demanded where the question has one."""
    if not entry or (ask.length is not None and len(entry) != ask.length):
        return "no_text"
    return ""


def type_text(local: Local, key: str, ask: AskText) -> Local:
    return local.typed(key, length=ask.length or LONGEST_TEXT)
