"""What other work asks of the store, and its answers, as values."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.rules.put_away import Proposal
from station.values import Item, NetPick, Person, Place, Stock, StockKey, Taken


@dataclass(frozen=True, slots=True)
class LookInto:
    """Find the item of this text, and what is known of it. The answer is LookedInto."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedInto:
    """What the text means. Stock is of this machine; `expired` what of it is good no more; `taken` what is on anybody's
    account; `is_open`: the person has the right that the item asks for."""

    text: str = field(repr=False)
    items: tuple[Item, ...] = ()
    stock: tuple[Stock, ...] = ()
    expired: frozenset[StockKey] = frozenset()
    picks: tuple[NetPick, ...] = ()
    taken: tuple[Taken, ...] = ()
    people: tuple[Person, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class FindPlaces:
    """Find where this much of a stock key may go. The answer is PlacesFound."""

    item: Item
    key: StockKey
    quantity: int


@dataclass(frozen=True, slots=True)
class PlacesFound:
    asked: FindPlaces
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class CheckPlace:
    """Find out whether there is such a compartment, and whether these goods may lie there. The answer is PlaceChecked."""

    place: Place
    goods: Item | None = None


@dataclass(frozen=True, slots=True)
class PlaceNamed:
    """The label of a place without a lift was scanned, as the answer to where."""

    place: Place


@dataclass(frozen=True, slots=True)
class PlaceChecked:
    """`other`: the item that lies there and shares its compartment with no other."""

    place: Place
    is_there: bool
    other: str = ""


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Find out whether what was said to be a job is anybody's badge: before the answer it is in no record and no message. The
    answer is JobChecked."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class JobChecked:
    text: str = field(repr=False)
    is_badge: bool = False


OtherQuestion = LookInto | FindPlaces | CheckPlace | CheckJob
OtherAnswer = LookedInto | PlacesFound | PlaceChecked | JobChecked
