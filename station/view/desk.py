"""The supervisor's desk."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.accuracy.desk import CountSheet
from station.count_orders import WhatToCount
from station.desk.values import Health, Show
from station.exceptions.case import Case
from station.exceptions.reading import Cases
from station.figures.sheet import ByPerson, Sheet, Stretch
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFace:
    """`rows` are the cases that are shown, of all that were read (`cases`); `about` is the one that is asked about. `wait` is
    what is awaited, "" for nothing. `shown` is everything the page can show now."""

    show: Show
    offers: tuple[Offer, ...] = ()
    shown: tuple[Show, ...] = ()
    rows: tuple[Case, ...] = ()
    cases: Cases | None = None
    health: Health | None = None
    kind: str = ""
    sheet: Sheet | None = None
    counts: CountSheet | None = None
    to_count: WhatToCount | None = None
    stretch: Stretch = Stretch.TODAY
    by_person: ByPerson = field(default_factory=ByPerson)
    ask: Ask | None = None
    about: Case | None = None
    wait: str = ""
