"""What every question to the store begins with: which bay asks, for whom, and what of the plant it can reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from station.allocation import OutOfService, Terms
from station.count_offer import OfferBudget
from station.count_reading import CountReading
from station.elsewhere import OTHER_BAY
from station.flows.lines import LineId
from station.ports import Library
from station.put_reading import PutPlaces, places_now
from station.receipt_reading import ReceiptReading
from station.rules.rights import closed_trays
from station.task import Mode, Task, count_due_task, zero_check_task
from station.usable_stock import Carrier
from station.values import Elsewhere, Item, Outage, Person, Stock
from station.walk_reading import WalkReading
from station.wear import Intervals, WearReport, assess
from station.zones import ZoneKind, Zones, of_kind


def _out(outages: Sequence[Outage]) -> OutOfService:
    """The trays that get no work now, and why."""
    return {(each.machine, each.tray): each.reason for each in outages if each.tray is not None}


@dataclass(frozen=True, slots=True)
class BayReading:
    """Reads for one machine's station. `is_site_away`: it has a site database and does not reach it now. `who` is the person
    who works here at the moment of a question."""

    library: Library
    machine: str
    intervals: Intervals = field(default_factory=Intervals)
    opening: str = ""
    is_site_away: Callable[[], bool] = lambda: False
    offers: OfferBudget = field(default_factory=OfferBudget)
    who: Callable[[], Person | None] = lambda: None
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)
    has_site: bool = False
    station: str = ""
    zones: Zones = field(default_factory=dict)  # places without a lift
    beside: tuple[str, ...] = ()  # openings of this station's further lifts

    @property
    def machines(self) -> tuple[str, ...]:
        """The machine, and what stands beside it without a lift."""
        return (self.machine, *self.zones)

    def counts(self) -> CountReading:
        """What is asked of the store for counts."""
        return CountReading(self.library, self.machine, self.offers, tuple(self.zones))

    @property
    def walks(self) -> WalkReading:
        """What is asked of the store for places without a lift."""
        return WalkReading(self.library, self.zones, self.machine)

    def out_of_service(self) -> OutOfService:
        """The trays that get no work now: out of service, or another bay's while nobody knows what it did with them."""
        out = _out(self.library.outages(self.machine))
        if not self.is_site_away():
            return out
        others = self.elsewhere()
        return {**{(self.machine, each.tray): OTHER_BAY for each in others}, **out}

    def elsewhere(self) -> tuple[Elsewhere, ...]:
        """The trays that another station's bay had last."""
        found = self.library.elsewhere(self.machine, self.opening)
        return tuple(each for each in found if each.opening not in self.beside)

    def reachable(self, stock: Sequence[Stock]) -> tuple[Stock, ...]:
        """The stock in this machine and beside it; another machine's trays never come to this bay."""
        machines = self.machines
        return tuple(each for each in stock if each.place.machine in machines)

    def items(self, codes: Iterable[str]) -> dict[str, Item]:
        """Those of the items that are known, by code."""
        return {each.code: each for each in self.library.items_named(codes)}

    def terms(self) -> Terms:
        """When and for whom it is read."""
        person, today = self.who(), self.utc().date()
        quarantine = frozenset(of_kind(self.zones, ZoneKind.QUARANTINE))
        held = self.library.lot_holds()
        anybody = Terms(today=today, machine=self.machine, zones=frozenset(self.zones), quarantine=quarantine, held=held)
        if person is None:
            return anybody
        locked = closed_trays(self.library.locks(self.machine), person.rights)
        by_carrier = {(self.machine, tray): lock.right for tray, lock in locked.items()}
        by_carrier |= self.walks.closed(person.rights)
        return replace(anybody, rights=frozenset(person.rights), locked=by_carrier)

    def released_gaps(self) -> frozenset[LineId]:
        """The lines whose empty positions hold up nobody any more."""
        return frozenset((each.order, each.line) for each in self.library.gaps() if each.released_by)

    def zero_checks(self, carriers: Set[Carrier] | None, *, is_walk: bool) -> tuple[Task, ...]:
        """The questions that nobody has answered: those where work is done anyway, or all of the bay or of the walk (None)."""
        checks = [each for name in (self.zones if is_walk else (self.machine,)) for each in self.library.zero_checks(name)]
        out = self.out_of_service()
        wanted = [each for each in checks if carriers is None or (each.place.machine, each.place.tray) in carriers]
        wanted = [each for each in wanted if (each.place.machine, each.place.tray) not in out]
        items = self.items({each.key.item for each in wanted})
        return tuple(zero_check_task(each, items[each.key.item]) for each in wanted if each.key.item in items)

    def counts_due(self, carriers: Set[Carrier], *, beside: Sequence[Task] = ()) -> tuple[Task, ...]:
        """What is to be counted on these trays; not what is counted, or looked into, there anyway (`beside`)."""
        counted = {(task.place, task.key) for task in beside if task.mode is Mode.COUNT}
        asked = [each for name in {machine for machine, _ in carriers} for each in self.library.counts_due(name)]
        due = [each for each in asked if (each.place.machine, each.place.tray) in carriers]
        due = [each for each in due if (each.place, each.key) not in counted]
        items = self.items({each.key.item for each in due})
        return tuple(count_due_task(each, items[each.key.item]) for each in due if each.key.item in items)

    def put_places(self) -> PutPlaces:
        """Where goods can go now."""
        out, terms = self.out_of_service(), self.terms()
        return places_now(self.library, self.machine, out_of_service=out, terms=terms, zones=self.zones)

    def is_island(self) -> bool:
        """Whether there is no site database to be asked now."""
        return not self.has_site or self.is_site_away()

    @property
    def receipts(self) -> ReceiptReading:
        """What is asked of the store for goods that come in."""
        return ReceiptReading(self.library, self.machine, self.station, self.put_places, self.terms, tuple(self.zones))

    def wear(self, now: datetime) -> WearReport:
        """How worn the machine is, against its intervals."""
        return assess(self.library.wear(self.machine), self.intervals, now)
