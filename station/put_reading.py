"""What the store is asked for a put: where the goods should go, and what is known of the place that they go to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from station.allocation import OutOfService, Terms, closed, put_task
from station.ports import Library
from station.put_proposal import MAX_PROPOSALS, Survey, fits_anywhere, propose, survey
from station.rules import storage
from station.rules.put_away import Proposal
from station.rules.rights import by_tray
from station.task import Task
from station.values import Item, Order, OrderLine, Place, Stock, StockKey, StockStatus
from station.zones import Zone, ZoneKind, Zones

UNFIT_LOAD = "unfit_load"  # work in progress lies there
OFTEN_PICKS = 20  # of the newest that are counted: then an item is used often
BUSY_SHARE = 3  # a third of the trays is called more than the others


@dataclass(frozen=True, slots=True)
class PutPlaces:
    """The machine's trays as they are now, for all goods of one question. Blocking; made and used on a reader thread."""

    library: Library
    survey: Survey
    loads: frozenset[Place] = frozenset()  # what holds a load takes no goods
    beside: tuple[tuple[Zone, Survey], ...] = ()  # places without a lift, each zone looked through by itself

    def tasks(
        self, wanted: Iterable[tuple[Order, OrderLine]], items: Mapping[str, Item], *, tray_at_bay: int | None
    ) -> list[Task]:
        """Put lines without a place get the best proposal; two lines never get the same compartment."""
        tasks: list[Task] = []
        taken: set[Place] = set()
        for order, line in wanted:
            item = items[line.item]
            found = self.of(item, line, line.quantity, exclude=taken, tray_at_bay=tray_at_bay)
            if found:
                taken.add(found[0].place)
                tasks.append(as_proposed(put_task(order, line, item=item, place=found[0].place), found))
        return tasks

    def of(
        self,
        item: Item,
        line: OrderLine,
        quantity: int,
        *,
        exclude: set[Place],
        tray_at_bay: int | None,
        status: StockStatus = StockStatus.FREE,
        serial: str = "",
    ) -> tuple[Proposal, ...]:
        """The best place for this much of a line, and the runners-up."""
        key = StockKey(item=line.item, lot=line.lot, serial=serial, owner=line.owner, status=status)
        return self.of_key(item, key, quantity, exclude=exclude, tray_at_bay=tray_at_bay)

    def of_key(
        self, item: Item, key: StockKey, quantity: int, *, exclude: set[Place], tray_at_bay: int | None
    ) -> tuple[Proposal, ...]:
        """The same for goods that no order names."""
        often = self.library.picks_of(item.code) >= OFTEN_PICKS
        found = propose(
            item, key, quantity, on=self.survey, exclude=exclude | self.loads, tray_at_bay=tray_at_bay, is_used_often=often
        )
        if not self.beside:
            return found
        is_free, fits_lift = key.status is StockStatus.FREE, fits_anywhere(item, quantity, on=self.survey)
        on_foot = [
            place
            for zone, on in self.beside
            if _is_meant(zone, is_free=is_free, fits_lift=fits_lift)
            for place in propose(item, key, quantity, on=on, exclude=exclude)
        ]
        ranked = (*found, *on_foot) if is_free else (*on_foot, *found)
        return ranked[:MAX_PROPOSALS]

    def in_zones(self, kind: ZoneKind, item: Item, key: StockKey, quantity: int) -> tuple[Proposal, ...]:
        """The best places for it in the zones of one kind."""
        surveys = [on for zone, on in self.beside if zone.kind is kind]
        return tuple(place for on in surveys for place in propose(item, key, quantity, on=on))[:MAX_PROPOSALS]


def _is_meant(zone: Zone, *, is_free: bool, fits_lift: bool) -> bool:
    """Whether goods go there: into quarantine all that is not free, and nothing else; onto a shelf what does not fit the lift at
    all, or whatever its setting says."""
    if zone.kind is ZoneKind.QUARANTINE or not is_free:
        return zone.kind is ZoneKind.QUARANTINE and not is_free
    return zone.always_proposed or (zone.kind is ZoneKind.SHELF and not fits_lift)


def as_proposed(task: Task, found: Sequence[Proposal]) -> Task:
    """The task at the best of these places, with its reasons and the runners-up."""
    return replace(task, place=found[0].place, reasons=found[0].reasons, runners_up=tuple(found[1:]))


def places_now(
    library: Library, machine: str, *, out_of_service: OutOfService, terms: Terms, zones: Zones | None = None
) -> PutPlaces:
    """Read the trays and what lies on them, and the zones beside them: once for all lines of a question."""
    out = closed(out_of_service, terms)
    trays = [each for each in library.trays(machine) if (each.machine, each.number) not in out]
    stock = library.stock()
    items = {each.code: each for each in library.items_named({each.key.item for each in stock})}
    locks = {tray: {lock.right for lock in found} for tray, found in by_tray(library.locks(machine)).items()}
    loads = frozenset(each.place for each in library.loads(machine))
    lift = survey(trays, stock, items, rights=locks, busy=busy_trays(library, machine))
    beside = tuple((zone, _of_zone(library, zone, stock, items, out)) for zone in (zones or {}).values())
    return PutPlaces(library, lift, loads, beside)


def _of_zone(library: Library, zone: Zone, stock: Sequence[Stock], items: Mapping[str, Item], out: OutOfService) -> Survey:
    sections = [each for each in library.trays(zone.name) if (each.machine, each.number) not in out]
    locks = {
        tray: {lock.right for lock in found if lock.what != "item"} for tray, found in by_tray(library.locks(zone.name)).items()
    }
    return survey(sections, stock, items, rights=locks)


def busy_trays(library: Library, machine: str) -> frozenset[int]:
    """The third of the trays that came to the bay most often."""
    worn = sorted(library.wear(machine).in_log, key=lambda each: -each.cycles)
    return frozenset(each.tray for each in worn[: len(worn) // BUSY_SHARE] if each.cycles)


def why_unfit(library: Library, item: Item, place: Place) -> str:
    """Why the item may not be put into this compartment; "" when it may, or when nobody knows the compartment."""
    if any(each.place == place for each in library.loads(place.machine)):
        return UNFIT_LOAD
    tray = library.tray(place.machine, place.tray)
    compartment = tray.compartment(place.compartment) if tray else None
    return storage.why_not(item, tray, compartment) if tray and compartment else ""
