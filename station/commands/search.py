"""Looking for an item: by text, scan or picture, and what is done with one that was found."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """Open the search over the work list."""


@dataclass(frozen=True, slots=True)
class SearchKey:
    """One more character of the text that is looked for; "erase" takes the last one off, "clear" all."""

    token: int
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShowFound:
    """Show all that the text finds, as a list; where it is one item, the item."""

    token: int


@dataclass(frozen=True, slots=True)
class ShowLetters:
    """Type another text."""

    token: int


@dataclass(frozen=True, slots=True)
class ShowPictures:
    """Choose by picture."""

    token: int


@dataclass(frozen=True, slots=True)
class MorePictures:
    """The pictures before (-1) or after (1) those that are shown."""

    token: int
    pages: int


@dataclass(frozen=True, slots=True)
class ShowItem:
    """Show where else this item is."""

    token: int
    code: str


@dataclass(frozen=True, slots=True)
class ChoosePlace:
    """Choose one of the places where the item is, by its number in the list; what can be done with it is offered then."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class CallPlace:
    """Call the tray of the chosen place."""

    token: int


@dataclass(frozen=True, slots=True)
class MoveFromPlace:
    """Take of the item there, to put it elsewhere."""

    token: int


@dataclass(frozen=True, slots=True)
class ReturnToPlace:
    """Put of the item there what comes back."""

    token: int


SearchCommand = (
    OpenSearch
    | SearchKey
    | ShowFound
    | ShowLetters
    | ShowPictures
    | MorePictures
    | ShowItem
    | ChoosePlace
    | CallPlace
    | MoveFromPlace
    | ReturnToPlace
)
