"""The demo by hand: the window on the sample site with its simulated machine."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from station.sample.zones import SAMPLE_ZONES
from station.sample_site import SAMPLE_OPENING
from station.settings import PrinterSettings, ScreenSettings, Settings, UpstreamSettings
from ui.demo.lifts import start_lifts
from ui.demo.machine import StartingDevice, end_device, start_device
from ui.demo.names import source_of
from ui.demo.site import SMALL_BALLAST_BYTES, prepare_site, sample_people, sample_settings

if TYPE_CHECKING:
    from ui.run import Running

SAMPLE_SEED = 1
DEMO_STATION = "DEMO1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """What the demo by hand was told. `orders` more are released beside those of the sample, or of `site`."""

    data: Path | None = None  # None: everything is gone afterwards, the machine too
    station: str = DEMO_STATION
    orders: int = 0
    speed: float = 1.0
    seed: int = SAMPLE_SEED
    machine_url: str | None = None  # of a simulated machine that runs already
    scale_url: str = ""  # of a scale that runs already
    opening: str = SAMPLE_OPENING
    protocol: str = "jmif"
    prefetch: bool = False  # a machine with a second place, and a round that names the tray it wants next
    site: Path | None = None
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    upstream: UpstreamSettings = field(default_factory=UpstreamSettings)
    printers: tuple[PrinterSettings, ...] = ()
    machines: int = 1  # lifts side by side
    is_practice: bool = False  # marked in every state, with hints and a few orders
    work: Callable[[Running], Awaitable[None]] | None = None  # the program ends with it


def run_sample_window(options: WindowOptions) -> int:
    """Run until the window is closed."""
    if options.data is not None:
        return _run(options, options.data)
    with tempfile.TemporaryDirectory(prefix="baylight-") as made:
        return _run(options, Path(made))


def _run(options: WindowOptions, directory: Path) -> int:
    from ui.run import RunOptions, run_station

    with sample_ready(options, directory) as settings:
        return run_station(
            RunOptions(
                directory=directory,
                settings=settings,
                sample_people=sample_people(),
                ballast_bytes=SMALL_BALLAST_BYTES,
                work=options.work,
                is_practice=options.is_practice,
                offers_practice=not options.is_practice and options.work is None,
            )
        )


@contextmanager
def sample_ready(options: WindowOptions, directory: Path) -> Iterator[Settings]:
    """The sample site in this directory and its simulated devices: the settings of a station there. Without a data directory the
    devices end with the block."""
    starting = _start_devices(options, directory)
    source = source_of(options.station, directory, options.upstream, joins=options.machine_url is not None)
    mark = prepare_site(
        directory,
        options.station,
        seed=options.seed,
        orders=options.orders,
        waiting=not options.is_practice,
        has_new_machine=options.machine_url is None,
        site=options.site,
        source=source,
        has_zones=not options.is_practice,
        machines=options.machines,
    )
    devices = [each.ready() for each in starting]
    settings = sample_settings(
        options.station,
        url=options.machine_url or devices[0].url,
        display_url=devices[1].url if devices else "",
        scale_url=options.scale_url,
        opening=options.opening,
        protocol=options.protocol,
        prefetch=options.prefetch,
        screen=options.screen,
        machine_name=mark.machine,
        upstream=options.upstream,
        offers_counts=True,
        printers=options.printers,
        beside=devices[2:],
        zones=() if options.is_practice or options.site is not None else SAMPLE_ZONES,
    )
    if options.is_practice:
        settings = replace(settings, machine=replace(settings.machine, simulated="PRACTICE"))
    try:
        yield settings
    finally:
        if options.data is None:
            for begun, device in zip(starting, devices, strict=True):
                end_device(begun, device)


def _start_devices(options: WindowOptions, directory: Path) -> list[StartingDevice]:
    """The simulated lift and text display, begun while the site is made; none where a running machine is joined."""
    if options.machine_url is not None:
        return []
    speed, seed = options.speed, options.seed
    return [
        start_device(directory, options.protocol, speed=speed, seed=seed, has_second_place=options.prefetch),
        start_device(directory, "cd5220", speed=speed, seed=seed),
        *start_lifts(directory, options.protocol, options.machines, speed=speed, seed=seed),
    ]
