"""Looking for an item. Pure.

    LETTERS -- all that is found --> FOUND --+
      |  ^                                   +--> ITEM (where else is it?) --> a place is chosen
      |  `--- by picture --> PICTURES -------+
      `------ a scan, or the one item found ---------^
Each key asks the store anew; an answer to another text than the one that is typed now is not shown. Back leads one step back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from station import commands as do
from station.flows.turn import Say
from station.values import FoundItem
from station.view.message import Level, Message

ERASE, CLEAR = "erase", "clear"
LONGEST = 24
MOST = 40  # so many items are shown of a text that finds more
A_PAGE = 8  # pictures beside each other


class Looking(StrEnum):
    """What the page shows."""

    LETTERS = "letters"
    FOUND = "found"
    PICTURES = "pictures"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Search:
    """`text` is what was typed and `found` what it finds; None while that is read. `item` is what is looked at, `chosen` the
    number of one of its places; `asked` a scanned code that is being looked up, `asked_item` an item that is read. `first` is the
    place of the first picture shown. `before` leads back from the item."""

    at: Looking = Looking.LETTERS
    text: str = field(default="", repr=False)
    found: tuple[FoundItem, ...] | None = ()
    pictures: tuple[FoundItem, ...] | None = None
    first: int = 0
    pictured: int = 0  # how many there are
    item: FoundItem | None = None
    chosen: int | None = None
    asked: str = field(default="", repr=False)  # it may be a badge
    asked_item: str = ""
    before: Looking = Looking.LETTERS


# --- what is asked of the store, and its answers


@dataclass(frozen=True, slots=True)
class LookFor:
    """Find the items that this text may mean. The answer is FoundFor."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookUp:
    """Find the items that a scanned code means. The answer is LookedUp."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookAt:
    """Read an item and where it is. The answer is LookedAt."""

    code: str


@dataclass(frozen=True, slots=True)
class LookThrough:
    """Read a page of items with pictures. The answer is LookedThrough."""

    first: int


@dataclass(frozen=True, slots=True)
class FoundFor:
    text: str = field(repr=False)
    found: tuple[FoundItem, ...]


@dataclass(frozen=True, slots=True)
class LookedUp:
    text: str = field(repr=False)
    found: tuple[FoundItem, ...]


@dataclass(frozen=True, slots=True)
class LookedAt:
    code: str
    found: FoundItem | None


@dataclass(frozen=True, slots=True)
class LookedThrough:
    first: int
    found: tuple[FoundItem, ...]
    pictured: int


SearchAnswer = FoundFor | LookedUp | LookedAt | LookedThrough
SearchQuestion = LookFor | LookUp | LookAt | LookThrough
SearchEvent = do.Command | SearchAnswer
SearchTurn = tuple[Search | None, tuple[SearchQuestion | Say, ...]]


def begin_scan(search: Search, text: str) -> SearchTurn:
    """A code was scanned: the item that it means is shown, whatever was on the page."""
    return replace(search, asked=text), (LookUp(text),)


def advance(search: Search, event: SearchEvent) -> SearchTurn:
    """The search's next state, None when it is left, and what it asks. An event that means nothing here changes nothing."""
    match search.at, event:
        case _, FoundFor() | LookedUp() | LookedAt() | LookedThrough():
            return _answered(search, event)
        case _, do.Back() | do.ClosePage():
            return _back(search), ()
        case Looking.LETTERS, do.SearchKey(key=key):
            return _typed(search, key)
        case Looking.LETTERS, do.ShowFound() if search.found:
            return _shown(search, search.found)
        case Looking.LETTERS | Looking.FOUND, do.ShowPictures():
            return replace(search, at=Looking.PICTURES, pictures=None, first=0), (LookThrough(0),)
        case Looking.FOUND | Looking.PICTURES, do.ShowLetters():
            return replace(search, at=Looking.LETTERS), ()
        case Looking.PICTURES, do.MorePictures(pages=pages):
            return _turned(search, pages)
        case Looking.FOUND | Looking.PICTURES, do.ShowItem(code=code) if _is_shown(search, code):
            return replace(search, asked_item=code), (LookAt(code),)
        case Looking.ITEM, do.ChoosePlace(number=number) if search.item is not None and 0 <= number < len(search.item.stock):
            return replace(search, chosen=None if search.chosen == number else number), ()
        case _:
            return search, ()


def _back(search: Search) -> Search | None:
    match search.at:
        case Looking.LETTERS:
            return None
        case Looking.ITEM:
            return replace(search, at=search.before, item=None, chosen=None)
        case _:
            return replace(search, at=Looking.LETTERS)


def _typed(search: Search, key: str) -> SearchTurn:
    if key == CLEAR:
        text = ""
    elif key == ERASE:
        text = search.text[:-1]
    else:
        text = search.text + key
    if text == search.text or len(text) > LONGEST:
        return search, ()
    if not text:
        return replace(search, text="", found=()), ()
    return replace(search, text=text, found=None), (LookFor(text),)


def _shown(search: Search, found: tuple[FoundItem, ...]) -> SearchTurn:
    """One item is shown itself, several as a list."""
    if len(found) == 1:
        return _item(search, found[0]), ()
    return replace(search, at=Looking.FOUND, found=found), ()


def _item(search: Search, found: FoundItem) -> Search:
    """Where that item is; back leads to where the search was."""
    before = search.before if search.at is Looking.ITEM else search.at
    return replace(search, at=Looking.ITEM, item=found, chosen=None, asked_item="", before=before)


def _turned(search: Search, pages: int) -> SearchTurn:
    first = search.first + pages * A_PAGE
    if first < 0 or first >= search.pictured or first == search.first:
        return search, ()
    return replace(search, first=first, pictures=None), (LookThrough(first),)


def _is_shown(search: Search, code: str) -> bool:
    shown = search.found if search.at is Looking.FOUND else search.pictures
    return any(each.item.code == code for each in shown or ())


def _answered(search: Search, event: SearchAnswer) -> SearchTurn:
    match event:
        case FoundFor(text, found) if text == search.text and search.found is None:
            return replace(search, found=found), ()
        case LookedThrough(first, found, pictured) if search.at is Looking.PICTURES and first == search.first:
            return replace(search, pictures=found, pictured=pictured), ()
        case LookedUp(text, found) if text == search.asked and text:
            search = replace(search, asked="")
            if not found:
                return search, (Say(Message("no_such_item", Level.ACT, error="O306")),)
            return _shown(search, found)
        case LookedAt(code, found):
            return _looked_at(search, code, found)
        case _:
            return search, ()


def _looked_at(search: Search, code: str, found: FoundItem | None) -> SearchTurn:
    """The item that was asked for, or once more the one that is shown: what was chosen of it stays where its places did."""
    if code == search.asked_item:
        if found is None:
            return replace(search, asked_item=""), (Say(Message("item_gone", Level.ACT, {"item": code}, error="O430")),)
        return _item(search, found), ()
    if search.at is not Looking.ITEM or search.item is None or search.item.item.code != code or found is None:
        return search, ()
    is_same = [each.place for each in found.stock] == [each.place for each in search.item.stock]
    return replace(search, item=found, chosen=search.chosen if is_same else None), ()
