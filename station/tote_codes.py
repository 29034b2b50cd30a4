"""The codes of totes and put places, told from their text alone."""

from __future__ import annotations

from collections.abc import Collection

from station.codes import own
from station.flows.turn import ToteNamed
from station.scan import clean

LONGEST = 31


def tote_label(tote: str) -> str:
    """The code printed on a tote."""
    return f"{own.TOTE}{tote}"


def tote_of(text: str) -> str:
    """The tote that a code with our prefix means, "" for any other text."""
    code = clean(text)
    name = code[len(own.TOTE) :]
    return name if code.startswith(own.TOTE) and is_tote(name) else ""


def is_tote(name: str) -> bool:
    """Whether a tote may be called so: one word that can be shown and printed."""
    return 0 < len(name) <= LONGEST and name.isprintable() and not any(each.isspace() or each in "=," for each in name)


def place_of(text: str, places: Collection[str]) -> str:
    """The put place that a text names, "" for none. Whoever types it may use small letters."""
    said = clean(text).casefold()
    return next((each for each in places if each.casefold() == said), "")


def named(text: str, places: Collection[str], by: str) -> ToteNamed | None:
    """What a scanned code names, None when it is neither a tote nor a put place."""
    if tote := tote_of(text):
        return ToteNamed(tote, by)
    place = place_of(text, places)
    return ToteNamed(place, by, is_place=True) if place else None
