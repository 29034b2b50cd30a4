"""What the supervisor's desk asks of the store, and what comes back. Values without a verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from station.accuracy.desk import CountRules, CountSheet
from station.count_orders import WhatToCount
from station.desk.alarms import Alarm
from station.exceptions.case import Case
from station.exceptions.reading import Cases
from station.figures.sheet import Sheet, Stretch

STRETCH: Final = timedelta(days=30)  # of cases, as the command has it
ALARM_STRETCH: Final = timedelta(days=7)


class Show(StrEnum):
    """What the page shows."""

    CASES = "cases"
    LOSS_ITEM = "loss_item"
    LOSS_TRAY = "loss_tray"
    LOSS_SHIFT = "loss_shift"
    LOSS_ACCESS = "loss_access"
    ALARMS = "alarms"
    HEALTH = "health"
    TOLD = "told"
    FIGURES = "figures"
    TERMS = "terms"
    SHIFTS = "shifts"
    MACHINE = "machine"
    PEOPLE = "people"
    OWN = "own"
    PROGRAMME = "programme"
    ACCURACY = "accuracy"
    VARIANCES = "variances"
    MISSING = "missing"


OF_CASES: Final = (Show.CASES, Show.LOSS_ITEM, Show.LOSS_TRAY, Show.LOSS_SHIFT, Show.LOSS_ACCESS)
OF_ALARMS: Final = (Show.ALARMS, Show.HEALTH, Show.TOLD)
OF_FIGURES: Final = (Show.FIGURES, Show.TERMS, Show.SHIFTS, Show.MACHINE)
WITH_PEOPLE: Final = (*OF_FIGURES, Show.PEOPLE)  # where the site tells figures by person
OF_OWN: Final = (Show.OWN,)
OF_COUNTS: Final = (Show.PROGRAMME, Show.ACCURACY, Show.VARIANCES, Show.MISSING)
GROUPS: Final = (OF_CASES, OF_ALARMS, OF_FIGURES, OF_OWN, OF_COUNTS)


def is_of_figures(show: Show) -> bool:
    """Whether this is a list of figures."""
    return show in (*WITH_PEOPLE, *OF_OWN)


def group_of(show: Show, *, with_people: bool) -> tuple[Show, ...]:
    """All that the page can show instead of this."""
    group = next((each for each in GROUPS if show in each), OF_FIGURES)
    return WITH_PEOPLE if group is OF_FIGURES and with_people else group


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Somebody was told of something, or could not be. `answered_by` is who has seen to it, "" while nobody has."""

    topic: str
    about: str
    way: str
    to: str
    at: datetime
    outcome: str
    attempt: int
    code: str = ""
    answered_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """What the data directory says. `copied_at` is when the newest copy was made, None where there is none."""

    store_bytes: int
    free_bytes: int
    copied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`events` is how many the record has, `clock_steps` how often the clock was set in the past days."""

    alarms: tuple[Alarm, ...]
    tellings: tuple[Telling, ...]
    events: int
    clock_steps: int
    disk: Disk | None
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """The supervisor's desk. `asked` numbers its questions: an answer to an older one changes nothing. `kind` filters the cases,
    "" for all; `about` is the case that is answered, `steps` what may be done about it (None until that is read), `step` the one
    that was chosen; `is_filtering`: which kind is asked, or which `stretch` of time the figures of `sheet` are to be of.
    `exported` is the file that they were written to last. `counts` is what was read of counts, `to_count` what is asked to be
    counted."""

    show: Show = Show.CASES
    asked: int = 0
    cases: Cases | None = None
    health: Health | None = None
    kind: str = ""
    about: Case | None = None
    steps: tuple[str, ...] | None = None
    step: str = ""
    is_filtering: bool = False
    sheet: Sheet | None = None
    stretch: Stretch = Stretch.TODAY
    exported: str = ""
    is_exporting: bool = False
    counts: CountSheet | None = None
    to_count: WhatToCount | None = None
    behind: None = None  # it lies over the work only

    @property
    def is_filterable(self) -> bool:
        """Whether it can be asked which cases are shown, or figures of when."""
        return self.cases is not None if self.show is Show.CASES else self.sheet is not None

    @property
    def listed(self) -> tuple[Case, ...]:
        """The cases that are shown: those that are open before those that were answered."""
        if self.cases is None:
            return ()
        wanted = [each for each in self.cases.cases if self.kind in ("", each.kind.value)]
        return tuple(sorted(wanted, key=lambda case: bool(case.answer)))


@dataclass(frozen=True, slots=True)
class ReadCases:
    """Read the cases. The answer is CasesRead."""

    number: int


@dataclass(frozen=True, slots=True)
class ReadSteps:
    """Read what may be done about this case. The answer is StepsRead."""

    number: int
    case: Case


@dataclass(frozen=True, slots=True)
class ReadHealth:
    """Read the alarms and how the station does. The answer is HealthRead."""

    number: int


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """Read the figures of a stretch, of at most so many days where `person` (`read_sheet`) is not "". The answer is SheetRead."""

    number: int
    stretch: Stretch
    person: str = ""
    most_days: int | None = None


@dataclass(frozen=True, slots=True)
class CasesRead:
    number: int
    cases: Cases


@dataclass(frozen=True, slots=True)
class StepsRead:
    number: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HealthRead:
    number: int
    health: Health


@dataclass(frozen=True, slots=True)
class SheetRead:
    number: int
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class ExportSheet:
    """Write the figures from `first` to `until` as a table and on paper. The answer is SheetExported."""

    number: int
    first: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class SheetExported:
    """`path` is the file on paper, the table lies beside it; "" where it could not be written, with `code`."""

    number: int
    path: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """Read what this list of counts shows. The answer is CountsRead."""

    number: int
    show: Show
    machine: str
    rules: CountRules


@dataclass(frozen=True, slots=True)
class CountsRead:
    number: int
    counts: CountSheet


DeskQuestion = ReadCases | ReadSteps | ReadHealth | ReadSheet | ReadCounts
DeskAnswer = CasesRead | StepsRead | HealthRead | SheetRead | SheetExported | CountsRead
