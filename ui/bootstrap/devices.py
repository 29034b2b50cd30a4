"""Devices: those of a station by its settings, one lift for one command, and the simulated ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Store
    from hardware.config import Carousel2Options, HostComOptions
    from hardware.ports import Lift, Scale, Scanner, TextDisplay
    from station.lift_call import LiftAnswer, LiftCall
    from station.piece_weight import Precision
    from station.settings import DisplaySettings, MachineSettings, ScaleSettings, ScannerSettings


def lift_of(machine: MachineSettings) -> Lift:
    """The lift, or the pod of carousels, that these settings name, not opened yet. Raises ConfigError."""
    from hardware.config import ConfigError, LiftConfig, parse_pod
    from hardware.factory import make_lift, make_pod

    config = LiftConfig(
        url=machine.url,
        protocol=machine.protocol,
        name=machine.name,
        serial=machine.serial,
        map_file=machine.map,
        modbus=machine.modbus,
        opening=machine.opening,
        other_openings=openings_but(machine.opening, machine),
        height_mm=machine.height_mm,
        link_layer=machine.link_layer,
        link_priority=machine.link_priority,
        hostcom=hostcom_of(machine),
        carousel2=carousel2_of(machine),
    )
    if not machine.pod:
        return make_lift(config)
    if machine.kind != "carousel":
        raise ConfigError("kind", machine.kind, "carousel, because machine.pod is set")
    return make_pod(config, parse_pod(machine.pod))


def motion_limits_s(machine: MachineSettings) -> dict[str, float]:
    """How long a command of each verb is waited for. A link protocol or a register map may add some seconds of its own."""
    from hardware.config import LiftConfig

    config = LiftConfig(url=machine.url, protocol=machine.protocol, height_mm=machine.height_mm)
    return {"fetch": config.fetch_limit_s, "store": config.timing.store_s, "point": config.timing.point_s}


def openings_but(opening: str, machine: MachineSettings) -> tuple[str, ...]:
    """The machine's other openings, seen from this one, which may be another than the station's."""
    named = tuple(filter(None, machine.other_openings.replace(" ", "").split(",")))
    every = (machine.opening, *named) if opening in named else named
    return tuple(each for each in every if each != opening)


def hostcom_of(machine: MachineSettings) -> HostComOptions:
    """How this Hänel controller spells; other protocols ignore it."""
    from hardware.config import HostComOptions

    return HostComOptions(host=machine.hostcom_host, parameter=machine.hostcom_pm, separator=machine.hostcom_separator)


def carousel2_of(machine: MachineSettings) -> Carousel2Options:
    """What this carousel's status means; other protocols ignore it."""
    from hardware.config import Carousel2Options

    return Carousel2Options(bit2=machine.carousel_mode_bit)


def scanners_of(settings: Sequence[ScannerSettings]) -> tuple[Scanner, ...]:
    """The scanners that these settings name, not opened yet. Raises ConfigError."""
    from hardware.config import ScannerConfig
    from hardware.factory import make_scanner

    return tuple(
        make_scanner(ScannerConfig(url=each.url, protocol=each.protocol, name=each.name, serial=each.serial)) for each in settings
    )


def display_of(settings: DisplaySettings) -> TextDisplay | None:
    """The display that these settings name, not opened yet; None when none is fitted. Raises ConfigError."""
    from hardware.config import DisplayConfig
    from hardware.factory import make_display

    if not settings.url:
        return None
    return make_display(DisplayConfig(url=settings.url, protocol=settings.protocol, serial=settings.serial))


def scale_of(settings: ScaleSettings) -> Scale | None:
    """The scale that these settings name, not opened yet; None when none is fitted. Raises ConfigError."""
    from hardware.config import ScaleConfig
    from hardware.factory import make_scale

    if not settings.url:
        return None
    return make_scale(ScaleConfig(url=settings.url, protocol=settings.protocol, serial=settings.serial))


def precision_of(settings: ScaleSettings) -> Precision:
    """How well the site's scale weighs and its lots are alike, as these settings say."""
    from station.piece_weight import Precision

    return Precision(repeatability_mg=settings.repeatability_mg, spread=settings.spread_percent / 100)


@asynccontextmanager
async def lift_call(
    *,
    protocol: str,
    url: str,
    serial: str,
    link_layer: str,
    priority: str,
    register_map: str,
    modbus: str,
    opening: str,
    machine: str,
    timeout_s: float | None,
    store: Store | None,
    settings: MachineSettings,
) -> AsyncIterator[LiftCall]:
    """A line to a lift for one command; intent and result are journalled when there is a store. `settings` say what no option
    does: the machine's other openings and height, and how it spells where its protocol has several ways."""
    from hardware.config import LiftConfig, LiftTiming
    from hardware.factory import make_lift
    from station.lift_call import Journal, LiftCall

    timing = LiftTiming()
    if timeout_s is not None:
        timing = replace(timing, fetch_s=timeout_s, fetch_per_metre_s=0.0, store_s=timeout_s)
    lift = make_lift(
        LiftConfig(
            url=url,
            protocol=protocol,
            serial=serial,
            link_layer=link_layer,
            link_priority=priority,
            map_file=register_map,
            modbus=modbus,
            opening=opening,
            other_openings=openings_but(opening, settings),
            height_mm=settings.height_mm,
            timing=timing,
            hostcom=hostcom_of(settings),
            carousel2=carousel2_of(settings),
        )
    )
    journal = Journal(store, store) if store is not None else None
    call = LiftCall(lift, machine=machine, opening=opening, journal=journal)
    try:
        await call.open()
        yield call
    finally:
        await call.close()


def lift_failure(error: Exception) -> LiftAnswer | None:
    """A device's error as the answer to a lift command; None for another error."""
    from hardware.errors import DeviceError
    from station.lift_call import LiftAnswer

    if not isinstance(error, DeviceError):
        return None
    return LiftAnswer(outcome=error.outcome, code=error.code, message=error.message, frames=error.frames)


def simulate(
    *,
    protocol: str,
    listen: str,
    serial: str = "",
    register_map: str | None = None,
    link_layer: str = "",
    priority: str = "low",
    machine_file: Path | None = None,
    state_file: Path | None = None,
    speed: float = 1.0,
    faults: tuple[str, ...] = (),
    seed: int = 0,
    linger_s: float | None = None,
    control: str = "tcp:0",
) -> int:
    """Be a simulated device until the end; the exit status. Raises OptionError before anything starts."""
    from hardware.sim.options import SimulatorOptions
    from hardware.sim.server import serve

    return serve(
        SimulatorOptions(
            protocol=protocol,
            listen=listen,
            serial=serial,
            map=register_map,
            link_layer=link_layer,
            priority=priority,
            machine_file=machine_file,
            state_file=state_file,
            speed=speed,
            faults=faults,
            seed=seed,
            linger_s=linger_s,
            control=control,
        )
    )
