"""What a supervisor looked at and what he did about it; and who was told of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record
from db.records.stock import Corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSigned(Record):
    """A tray's past up to event `through_seq` of `epoch`, whose hash is `head`, was reviewed. `filters` are what was asked for
    (name=value, sorted), `events` how many that showed; `proof`: proven | flawed | unchecked, as it was when it was signed."""

    kind: ClassVar[str] = "review_signed"
    machine: str
    tray: int
    epoch: str
    through_seq: int
    head: str
    events: int
    filters: tuple[str, ...] = ()
    proof: str = "unchecked"
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswered(Record):
    """What a supervisor did about the case that event `case` of this log is. `step`: dismissed | counted | counter_booked;
    `order` is the count that was made. `value` is the case's, in minor units of money; `reason` is never empty."""

    kind: ClassVar[str] = "case_answered"
    case: str
    what: str
    step: str
    reason: str
    value: int = 0
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterBooked(Corrected):
    """A correction or a count variance is taken back because it was wrong: the opposite of its `takes_back` is booked, on
    whatever the book has by then. `remaining` and `delta` are added by the log; `counters` is the event that it takes back."""

    counters: str
    takes_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Record):
    """Somebody was told of something, or could not be. `about` is what happened (stable, one for each happening), `topic` the
    word of the settings, `way` screen | mail | webhook, `to` its address. `outcome`: sent | failed; `code` says why; `attempt`
    counts."""

    kind: ClassVar[str] = "told"
    topic: str
    about: str
    way: str
    to: str
    outcome: str
    attempt: int
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingAnswered(Record):
    """Somebody has seen what was told `about`, so that nobody else is told of it."""

    kind: ClassVar[str] = "telling_answered"
    topic: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresLooked(Record):
    """Somebody looked at the figures of everybody by person, for the `purpose` that the site gave. `stretch`: today | week |
    month, up to this event and of at most `most_days`."""

    kind: ClassVar[str] = "figures_looked"
    purpose: str
    stretch: str
    most_days: int
