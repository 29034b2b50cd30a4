"""Where the person stands who works at places without a lift. Pure.

    NOWHERE --a task at a place--> GOING --its label, or its section's, is scanned--> THERE --a task at another place--> GOING
    GOING --its label cannot be read--> TYPING --what stands on it is typed--> THERE
No motion brings such a place: the scan is what a tray's "it is here" is at the bay. Nothing is booked before it
(`station.interlocks.may_work_at`), and it counts for this one place and for this one stay: who locks the screen, leaves the work
or walks on scans again. A visit is one presence at a section: 1 + the highest visit of it known here, kept from place to place
within it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from db.records.places import PlaceReached
from station import commands as do
from station.flows.turn import Note, Say
from station.scan import place_label
from station.values import Place
from station.view.message import Level, Message
from station.zones import place_text

OTHER_PLACE: Final = "O440"
NOT_REACHED: Final = "O441"
NOT_THE_LABEL: Final = "O442"
SCAN, SECTION, TYPED = "scan", "section", "typed"

Section = tuple[str, int]


@dataclass(frozen=True, slots=True)
class WalkStep:
    """Where the walk stands."""


@dataclass(frozen=True, slots=True)
class Nowhere(WalkStep):
    """Nothing is to be done at a place without a lift."""


@dataclass(frozen=True, slots=True)
class Going(WalkStep):
    """On the way: its label was not scanned in this stay."""

    place: Place


@dataclass(frozen=True, slots=True)
class Typing(WalkStep):
    """At the place whose label cannot be read: what stands on it is asked."""

    place: Place


@dataclass(frozen=True, slots=True)
class There(WalkStep):
    """At the place, by a scan of its label or of its section's."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """`last` is where the person was seen last in this stay, `visit` the number of that presence at its section. `visits` are the
    highest known of each section."""

    step: WalkStep = field(default_factory=Nowhere)
    last: Place | None = None
    visit: int = 0
    visits: Mapping[Section, int] = field(default_factory=dict)

    @property
    def there(self) -> Place | None:
        """The place that the person has proven to stand at."""
        return self.step.place if isinstance(self.step, There) else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The task in hand is at this place; None: at no place without a lift. `visit` is the highest of its section in the store."""

    place: Place | None
    visit: int = 0


@dataclass(frozen=True, slots=True)
class LabelScanned:
    """The label of a compartment was scanned, or (`place.compartment` "") that of a section or tray."""

    place: Place
    scanner: str = ""


@dataclass(frozen=True, slots=True)
class OtherScanned:
    """Something else was scanned: an item, or what nobody knows."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The person is not there any more, or nobody can say: the screen was locked, or he has left the work."""


WalkEvent = Wanted | LabelScanned | OtherScanned | Gone | do.LabelUnreadable | do.EnterText | do.Back
WalkEffect = Note | Say
WalkTurn = tuple[Walk, tuple[WalkEffect, ...]]


def advance(walk: Walk, event: WalkEvent) -> WalkTurn:
    """The next state and what is to be written and said. An event that means nothing here changes nothing."""
    match event:
        case Wanted(place, visit):
            return _wanted(walk, place, visit), ()
        case Gone():
            return _gone(walk), ()
        case _:
            pass
    match walk.step, event:
        case Going(place) | Typing(place), LabelScanned(scanned, scanner):
            return _scanned(walk, place, scanned, scanner)
        case Going(place) | Typing(place), OtherScanned():
            return walk, (_say("place_first", NOT_REACHED, place),)
        case Going(place), do.LabelUnreadable():
            return replace(walk, step=Typing(place)), ()
        case Typing(place), do.EnterText(text=text):
            return _typed(walk, place, text)
        case Typing(place), do.Back():
            return replace(walk, step=Going(place)), ()
        case _:
            return walk, ()


def _wanted(walk: Walk, place: Place | None, visit: int) -> Walk:
    """Another place asks for its own scan; a task more at the same one does not."""
    if place is None:
        return replace(walk, step=Nowhere())
    section = (place.machine, place.tray)
    known = max(visit, walk.visits.get(section, 0))
    walk = walk if known == walk.visits.get(section, 0) else replace(walk, visits={**walk.visits, section: known})
    at = walk.step
    stands = isinstance(at, Going | Typing | There) and at.place == place
    return walk if stands else replace(walk, step=Going(place))


def _gone(walk: Walk) -> Walk:
    """Who comes back scans again, and that is another visit."""
    at = walk.step
    step = Going(at.place) if isinstance(at, Typing | There) else at
    return replace(walk, step=step, last=None, visit=0)


def _scanned(walk: Walk, place: Place, scanned: Place, scanner: str) -> WalkTurn:
    if scanned == place:
        return _reached(walk, place, SCAN, scanner)
    if scanned == replace(place, compartment=""):
        return _reached(walk, place, SECTION, scanner)
    params = {"place": place_text(place), "scanned": _name(scanned)}
    return walk, (Say(Message("other_place", Level.ACT, params, error=OTHER_PLACE)),)


def _typed(walk: Walk, place: Place, text: str) -> WalkTurn:
    """Only the place itself: as people say it or as its code is printed, whatever stands between its parts."""
    if _parts(text) in (_parts(place_text(place)), _parts(place_label(place))):
        return _reached(walk, place, TYPED, "")
    return walk, (_say("not_the_label", NOT_THE_LABEL, place),)


def _parts(text: str) -> tuple[str, ...]:
    """What is told apart by blanks, dashes and the like: SHELF1 3 is not SHELF 13."""
    return tuple("".join(each if each.isalnum() else " " for each in text.upper()).split())


def _reached(walk: Walk, place: Place, how: str, scanner: str) -> WalkTurn:
    """The person stands there: within a section it is the same visit, else a new one."""
    section = (place.machine, place.tray)
    stays = walk.last is not None and (walk.last.machine, walk.last.tray) == section
    visit = walk.visit if stays else walk.visits.get(section, 0) + 1
    visits = {**walk.visits, section: visit}
    record = PlaceReached(
        machine=place.machine, tray=place.tray, compartment=place.compartment, visit=visit, how=how, scanner=scanner
    )
    return Walk(step=There(place), last=place, visit=visit, visits=visits), (Note((record,)),)


def _name(place: Place) -> str:
    return place_text(place) if place.compartment else f"{place.machine} {place.tray}"


def _say(code: str, error: str, place: Place) -> Say:
    return Say(Message(code, Level.ACT, {"place": place_text(place)}, error=error))
