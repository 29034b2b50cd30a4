"""From settings to ports. Only the composition root calls this; nothing else names a driver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hardware.config import ConfigError, DisplayConfig, LiftConfig, PodPlace, ScaleConfig, ScannerConfig
from hardware.devices.alpha.driver import AlphaDisplay
from hardware.devices.carousel2.driver import make_carousel2_lift
from hardware.devices.cd5220.driver import Cd5220Display
from hardware.devices.evdev_scanner.driver import EvdevScanner
from hardware.devices.hostcom.driver import make_hostcom_lift
from hardware.devices.jmif.driver import make_jmif_lift
from hardware.devices.modula_link.driver import make_modula_lift
from hardware.devices.register_map.driver import make_register_map_lift
from hardware.devices.serial_scanner.driver import SerialScanner
from hardware.devices.sics_scale.driver import SicsScale
from hardware.devices.ssi.driver import SsiScanner
from hardware.lift.pod import Member, PodLift
from hardware.link_3964r.settings import link_of, timing_over_link
from hardware.ports import Lift, Scale, Scanner, TextDisplay

LIFT_MAKERS: dict[str, Callable[[LiftConfig], Lift]] = {
    "jmif": make_jmif_lift,
    "modula-link": make_modula_lift,
    "modbus": make_register_map_lift,
    "carousel2": make_carousel2_lift,
    "hostcom": make_hostcom_lift,
}
LINKABLE = ("jmif", "hostcom")  # protocols whose texts a link layer can carry
SCANNER_MAKERS: dict[str, Callable[[ScannerConfig], Scanner]] = {
    "line": SerialScanner,
    "ssi": SsiScanner,
    "evdev": EvdevScanner,
}
DISPLAY_MAKERS: dict[str, Callable[[DisplayConfig], TextDisplay]] = {
    "cd5220": Cd5220Display,
    "alpha": AlphaDisplay,
}


def make_lift(config: LiftConfig) -> Lift:
    """The driver for this machine's protocol, not yet opened. Raises ConfigError for a protocol that is not built."""
    if config.protocol not in LIFT_MAKERS:
        raise ConfigError("protocol", config.protocol, " | ".join(LIFT_MAKERS))
    if config.link_layer:
        config = _over_link(config)
    return LIFT_MAKERS[config.protocol](config)


def _over_link(config: LiftConfig) -> LiftConfig:
    """Who waits for an answer waits longer: a block may take its time to leave."""
    if config.protocol not in LINKABLE:
        raise ConfigError("link_layer", config.link_layer, f"only with {' | '.join(LINKABLE)}")
    return replace(config, timing=timing_over_link(config.timing, link_of(config)))


def make_pod(config: LiftConfig, places: Sequence[PodPlace]) -> Lift:
    """Carousels that speak the same protocol, as one machine, not yet opened. Raises ConfigError."""
    members = [
        Member(make_lift(replace(config, name=f"{config.name}-{number}", url=place.url)), place.first_bin, place.last_bin)
        for number, place in enumerate(places, start=1)
    ]
    return PodLift(config.name, members)


def make_scanner(config: ScannerConfig) -> Scanner:
    """The driver for this scanner's protocol, not yet opened. Raises ConfigError for a protocol that is not built."""
    if config.protocol not in SCANNER_MAKERS:
        raise ConfigError("protocol", config.protocol, " | ".join(SCANNER_MAKERS))
    return SCANNER_MAKERS[config.protocol](config)


def make_display(config: DisplayConfig) -> TextDisplay:
    """The driver for this display's protocol, not yet opened. Raises ConfigError for a protocol that is not built."""
    if config.protocol not in DISPLAY_MAKERS:
        raise ConfigError("protocol", config.protocol, " | ".join(DISPLAY_MAKERS))
    return DISPLAY_MAKERS[config.protocol](config)


def make_scale(config: ScaleConfig) -> Scale:
    """The driver for this scale's protocol, not yet opened. Raises ConfigError for a protocol that is not built."""
    if config.protocol != "mt-sics":
        raise ConfigError("protocol", config.protocol, "mt-sics")
    return SicsScale(config)
