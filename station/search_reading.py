"""What the search asks of the store. Blocking calls, made on a reader thread."""

from __future__ import annotations

from station.flows.search import (
    A_PAGE,
    MOST,
    FoundFor,
    LookAt,
    LookedAt,
    LookedThrough,
    LookedUp,
    LookFor,
    LookThrough,
    LookUp,
    SearchAnswer,
    SearchQuestion,
)
from station.ports import Library
from station.scan_name import items_meant


def answer(library: Library, question: SearchQuestion) -> SearchAnswer:
    """The answer to one question of the search."""
    match question:
        case LookFor(text):
            return FoundFor(text, library.search(text, MOST))
        case LookUp(text):
            codes = [each.code for each in items_meant(text, library)]
            return LookedUp(text, library.found_items(codes) if codes else ())
        case LookAt(code):
            return LookedAt(code, next(iter(library.found_items((code,))), None))
        case LookThrough(first):
            return LookedThrough(first, library.pictured(first, A_PAGE), library.pictures())
