"""The demo's store: made on first use from the sample site's files through the real import, and marked as a sample.

The mark is written last: only a whole store is a sample. What is being made has another mark; interrupted, it is made again from
the beginning, over what is there already, because nobody can have worked in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from station.requests import Requests
from station.sample.zones import write_zone_files
from station.sample_site import (
    SAMPLE_MACHINE,
    SAMPLE_OPENING,
    SAMPLE_PEOPLE,
    SampleNames,
    make_orders,
    make_sample_site,
    write_orders,
    write_sample_site,
)
from station.secret import badge_digest
from station.settings import PrinterSettings, ScreenSettings, Settings, UpstreamSettings
from station.values import Role
from station.zone_settings import ZoneSettings
from ui.bootstrap.requests import SAMPLE_MARK, open_requests
from ui.bootstrap.store import tell_empty
from ui.demo.lifts import bay_of, lift_settings
from ui.demo.machine import SAMPLE_MAP, Device
from ui.demo.names import SampleSource

if TYPE_CHECKING:
    from ui.bootstrap.store import Store

SIMULATED = "SIMULATED VLM"
SIMULATED_CAROUSEL = "SIMULATED CAROUSEL"
HOSTCOM_OPENING = "001-1"  # there an opening is a lift and an access point
CAROUSELS = ("carousel2",)  # protocols of the demo whose machine is one
STOP_CODES = {
    "jmif": ("1001", "1002"),
    "hostcom": ("", ""),
    "modula-link": ("1", "2"),
    "modbus": ("", ""),
    "carousel2": ("", "E4"),
}  # curtain and E-stop of our simulated ones
# The levels of the simulated lift at this opening: two trays on each, in front and rear (docs/wire/simulator.md).
SAMPLE_LEVELS_MM = ", ".join(["bay=900", *(f"{n}-{n + 1}={2600 + 150 * (n - 1)}" for n in range(1, 41, 2))])
PLAIN_SOURCE = SampleSource()
BEGUN_MARK = "sample.begun.json"
SITE_FILES = ("items", "trays", "stock", "orders")  # of a site of one's own, in the order of import
SMALL_BALLAST_BYTES = 1 << 20  # a demo's disk is nobody's production


@dataclass(frozen=True, slots=True)
class SampleMark:
    """What DIR/sample.json says: this store is whole and holds made-up people with public PINs. `tours` counts releases of
    further orders; the names are those that it was made with, whatever the site database is now."""

    seed: int
    tours: int = 0
    machine: str = SAMPLE_MACHINE
    before: str = ""

    @property
    def names(self) -> SampleNames:
        return SampleNames(machine=self.machine, before=self.before)


class NotASampleError(Exception):
    """The directory holds a real store: the demo would bring its public PINs into it."""

    code = "C103"

    def __init__(self, directory: Path) -> None:
        self.message = f"{directory} holds a store that the demo did not make"
        super().__init__(f"{self.code} {self.message}")


class SiteFileError(Exception):
    """A file of the site does not fit the import. `reject_file` holds its bad rows, "" when the file was not understood."""

    code = "C104"

    def __init__(self, path: Path, report: Mapping[str, Any]) -> None:
        self.path = path
        self.rejected = int(report["rejected"])
        self.reject_file = str(report["reject_file"])
        self.first: Mapping[str, Any] = report["errors"][0]
        super().__init__(f"{self.code} {path}: {dict(self.first)}")


class NoSiteError(FileNotFoundError):
    """The directory given as a site does not hold its four import files."""


def prepare_site(
    directory: Path,
    station: str,
    *,
    seed: int,
    orders: int,
    waiting: bool,
    has_new_machine: bool = False,
    site: Path | None = None,
    source: SampleSource = PLAIN_SOURCE,
    has_zones: bool = False,
    machines: int = 1,
) -> SampleMark:
    """Make the sample store where there is none, or no whole one, and release `orders` more orders. `waiting` imports the 40 of
    the sample too.

    `has_new_machine`: its machine was just made for it, so that nothing can be at the opening. `site` holds import files that
    take the place of the sample's; its machine must have the sample machine's name. Stock that `source` brings is not loaded a
    second time. `has_zones`: a new site gets places without a lift as well. `machines` lifts share its trays. Raises
    NotASampleError, NoSiteError and SiteFileError.
    """
    given = () if site is None else site_files(site)
    directory.mkdir(parents=True, exist_ok=True)
    known = read_mark(directory) or _begin(directory, SampleMark(seed, machine=source.names.machine, before=source.names.before))
    with open_requests(directory, station, ballast_bytes=SMALL_BALLAST_BYTES) as requests:
        people = {each.name for each in requests.people.everybody()}
        is_whole = read_mark(directory) is not None and bool(people)
        if not is_whole:
            _refuse_real_people(directory, people)
            _import_files(requests, given or _sample_files(directory, known, waiting=waiting, has_stock=source.fill is None))
            if has_zones and not given and source.fill is None:
                _import_files(requests, _zone_files(directory, known))
            if source.fill is not None:
                source.fill(cast("Store", requests.store))
            _add_people(requests, people)
        if orders:
            known = replace(known, tours=known.tours + 1)
            if is_whole:  # before its orders: they may be worked on, and could not be released again under these names
                _write(directory / SAMPLE_MARK, known)
            _release(directory, requests, known, orders)
    if not is_whole:
        if has_new_machine:
            for opening in (SAMPLE_OPENING, *map(bay_of, range(2, machines + 1))):
                tell_empty(directory, station, machine=known.machine, opening=opening)
        _write(directory / BEGUN_MARK, known)
        os.replace(directory / BEGUN_MARK, directory / SAMPLE_MARK)
    return known


def _begin(directory: Path, mark: SampleMark) -> SampleMark:
    """Mark what is to become a sample, unless it is marked already. Raises NotASampleError."""
    begun = _read(directory / BEGUN_MARK)
    if begun is not None:
        return begun
    if (directory / "store.db").exists():
        raise NotASampleError(directory)
    _write(directory / BEGUN_MARK, mark)
    return mark


def _refuse_real_people(directory: Path, names: Set[str]) -> None:
    """Somebody may have made a real store of what was only begun. Raises NotASampleError."""
    if names - {each.name for each in SAMPLE_PEOPLE}:
        raise NotASampleError(directory)


def read_mark(directory: Path) -> SampleMark | None:
    """The mark of a whole store that the demo made, None for any other."""
    return _read(directory / SAMPLE_MARK)


def sample_people() -> tuple[tuple[str, str, str, Role], ...]:
    """The people as the sign-on screen lists them: name, badge, PIN, role."""
    return tuple((each.name, each.badge, each.pin, each.role) for each in SAMPLE_PEOPLE)


def sample_settings(
    station: str,
    *,
    url: str,
    display_url: str = "",
    scale_url: str = "",
    opening: str = SAMPLE_OPENING,
    protocol: str = "jmif",
    prefetch: bool = False,
    tap_lock_s: float | None = None,
    screen: ScreenSettings | None = None,
    machine_name: str = SAMPLE_MACHINE,
    upstream: UpstreamSettings | None = None,
    offers_counts: bool = False,
    put_places: int = 0,
    planner: str | None = None,
    printers: tuple[PrinterSettings, ...] = (),
    zones: tuple[ZoneSettings, ...] = (),
    beside: Sequence[Device] = (),
) -> Settings:
    """The settings of a station at the sample site's simulated machine, or at a pod (`url` as in machine.pod).

    `screen` is the one they are shown on. With `offers_counts` the time decides what is counted, and two tours of one
    seed would differ. `beside` are the further lifts, which share its trays.
    """
    plain = Settings()
    is_carousel = protocol in CAROUSELS
    curtain_code, e_stop_code = STOP_CODES[protocol]
    machine = replace(
        plain.machine,
        name=machine_name,
        kind="carousel" if is_carousel else "lift",
        protocol=protocol,
        prefetch="on" if prefetch else "off",
        url=url,
        pod=url if "#" in url else "",
        map=SAMPLE_MAP if protocol == "modbus" else "",
        opening=HOSTCOM_OPENING if protocol == "hostcom" and opening == SAMPLE_OPENING else opening,
        levels_mm=SAMPLE_LEVELS_MM if opening == SAMPLE_OPENING and not is_carousel else "",
        simulated=SIMULATED_CAROUSEL if is_carousel else SIMULATED,
        curtain_code=curtain_code,
        e_stop_code=e_stop_code,
    )
    display, scale = replace(plain.display, url=display_url), replace(plain.scale, url=scale_url)
    shown = screen or plain.screen
    shown = shown if tap_lock_s is None else replace(shown, tap_lock_s=tap_lock_s)
    own, above = replace(plain.station, name=station), upstream or plain.upstream
    count = plain.count if offers_counts else replace(plain.count, budget_s_per_hour=0)
    plain = replace(plain, count=count)
    totes = replace(plain.totes, positions=",".join(f"T{number}" for number in range(1, put_places + 1)))
    plain = plain if planner is None else replace(plain, planner=replace(plain.planner, policy=planner))
    fitted = replace(plain, machine=machine, display=display, scale=scale, totes=totes)
    lifts = lift_settings(beside, opening=machine.opening)
    return replace(fitted, station=own, screen=shown, upstream=above, printer=printers, zone=zones, lift=lifts)


def site_files(site: Path) -> tuple[Path, ...]:
    """The four import files of a site, in the order of import. Raises NoSiteError."""
    return tuple(_site_file(site, name) for name in SITE_FILES)


def _site_file(site: Path, name: str) -> Path:
    for path in (site / f"{name}.csv", site / f"{name}.json"):
        if path.is_file():
            return path
    raise NoSiteError(f"{site} holds no {name}.csv or {name}.json")


def _sample_files(directory: Path, mark: SampleMark, *, waiting: bool, has_stock: bool) -> tuple[Path, ...]:
    files = write_sample_site(directory / "sample", mark.seed, now=datetime.now(UTC), names=mark.names)
    left = {*(() if waiting else (files.orders,)), *(() if has_stock else (files.stock,))}
    return tuple(path for path in files.in_order if path not in left)


def _zone_files(directory: Path, mark: SampleMark) -> tuple[Path, ...]:
    """The zones, with an order that asks for something of the lift too: of what there is most."""
    now = datetime.now(UTC)
    site = make_sample_site(mark.seed, now=now, names=mark.names)
    plain = {each.code for each in site.items if not (each.decimals or each.lot_tracked or each.serial_tracked)}
    most = max((each for each in site.stock if each.key.item in plain), key=lambda each: (each.quantity, each.key.item))
    return write_zone_files(directory / "sample", now, beside=((most.key.item, 4),), before=mark.before).in_order


def _import_files(requests: Requests, paths: Iterable[Path]) -> None:
    for path in paths:
        _import(requests, path)


def _add_people(requests: Requests, there: Set[str]) -> None:
    """Those who are not there yet. Only here their PINs are allowed while the store is not marked as a sample."""
    requests = replace(requests, people=replace(requests.people, forbidden_pins=frozenset()))
    for each in SAMPLE_PEOPLE:
        person = {"name": each.name, "role": each.role.value, "badge": each.badge, "pin": each.pin}
        if each.name not in there and not _is_known(requests, each.badge):
            requests.carry_out("people_add", person)


def _is_known(requests: Requests, badge: str) -> bool:
    """Whether the badge is somebody's already: of a site whose people have come down, and whose pepper is here too."""
    people = requests.people
    return people.store.person_by_badge(badge_digest(people.pepper, badge)) is not None


def _release(directory: Path, requests: Requests, mark: SampleMark, count: int) -> None:
    """Orders depend on seed, prefix and number only; each release has its own prefix."""
    now = datetime.now(UTC)
    path = directory / "sample" / f"order-{mark.tours}.csv"
    orders = make_orders(count, mark.seed, now=now, prefix=f"T{mark.tours}-", names=mark.names)
    write_orders(path, orders, make_sample_site(mark.seed, now=now).items)
    _import(requests, path)


def _import(requests: Requests, path: Path) -> None:
    report = requests.carry_out("import", {"path": str(path)})
    if report["rejected"]:
        raise SiteFileError(path, report)


def _read(path: Path) -> SampleMark | None:
    try:
        return SampleMark(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _write(path: Path, mark: SampleMark) -> None:
    draft = path.with_name(path.name + ".new")
    draft.write_text(json.dumps(asdict(mark)), encoding="utf-8")
    os.replace(draft, path)
