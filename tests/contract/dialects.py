"""Every lift dialect as the contract tests run it: one row each. A new driver is held to the contract by adding its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hardware.config import LiftConfig, LiftTiming
from hardware.sim.options import SimulatorOptions

MAPS = Path(__file__).parent / "maps"
MACHINES = Path(__file__).parent / "machines"
OWN_MAP, CAROUSEL_MAP, PULSE_MAP = (str(MAPS / f"{name}.toml") for name in ("own", "carousel", "plc-lift"))
TIMING = LiftTiming(ping_s=0.1, silence_s=0.6, status_s=0.5, accepted_s=0.5, fetch_s=4.0, fetch_per_metre_s=0, store_s=4.0)
LINK_SERIAL = "115200,8E1"
POD_BINS = 10  # on each carousel


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """`is_fetch` recognises the frame that asks for a tray; `start_bits` are registers of the machine that are on while a command
    is given to it, and never longer; `carousels` more than one are a pod, which only stations work at."""

    name: str
    protocol: str
    is_fetch: Callable[[bytes], bool]
    opening: str = "SH1-1"
    tray: int = 12
    tells_idle_stops: bool = True  # a stop is told when no command is under way, too
    names_tray: bool = True  # an answer or a status names the tray that came
    start_bits: tuple[str, ...] = ()
    numbers_commands: bool = True  # each command's frame is one of its kind
    keeps_tray: bool = False  # a carousel: what was fetched stays at the opening when it is stored
    carousels: int = 1
    lift: dict[str, Any] = field(default_factory=dict)
    simulator: dict[str, Any] = field(default_factory=dict)

    @property
    def other_tray(self) -> int:
        """A second tray; of a pod, on the next carousel."""
        return self.tray + (1 if self.carousels == 1 else POD_BINS)

    @property
    def has_link(self) -> bool:
        """Whether a link layer carries the frames, and repeats those that were not acknowledged."""
        return "link_layer" in self.lift

    def config(self, url: str, timing: LiftTiming = TIMING) -> LiftConfig:
        return LiftConfig(url=url, protocol=self.protocol, opening=self.opening, timing=timing, **self.lift)

    def options(self, listen: str, *faults: str, speed: float) -> SimulatorOptions:
        return SimulatorOptions(protocol=self.protocol, listen=listen, speed=speed, faults=faults, seed=5, **self.simulator)


DIALECTS = (
    Dialect(
        name="jmif", protocol="jmif", is_fetch=lambda data: data.startswith(b"1|") and b"|0|0|" not in data, names_tray=False
    ),
    *(
        Dialect(
            name=f"jmif over 3964r, {ours}",
            protocol="jmif",
            is_fetch=lambda data: data.startswith(b"1|") and b"|0|0|" not in data,
            names_tray=False,
            lift={"link_layer": "3964r", "link_priority": ours, "serial": LINK_SERIAL},
            simulator={"link_layer": "3964r", "priority": theirs, "serial": LINK_SERIAL},
        )
        for ours, theirs in (("high", "low"), ("low", "high"))
    ),
    Dialect(name="hostcom", protocol="hostcom", is_fetch=lambda data: b"macro=get_shelf" in data, opening="001-1"),
    Dialect(
        name="modula-link",
        protocol="modula-link",
        is_fetch=lambda data: b"|CALL|" in data,
        lift={"other_openings": ("SH1-2",)},
    ),
    Dialect(
        name="register map",
        protocol="modbus",
        is_fetch=lambda data: data[1:4] == b"\x06\x00\x05",  # the command's number, which starts it
        lift={"map_file": OWN_MAP, "serial": "115200,8N1"},  # a status is quicker than the shortest stop
        simulator={"map": OWN_MAP},
    ),
    Dialect(
        name="carousel2",
        protocol="carousel2",
        is_fetch=lambda data: data[:1] == b"\x01",
        tray=7,
        numbers_commands=False,
        keeps_tray=True,
    ),
)

SILENT_PINGS = Dialect(
    name="jmif, pings that never tell a stop",
    protocol="jmif",
    is_fetch=lambda data: data.startswith(b"1|") and b"|0|0|" not in data,
    names_tray=False,
    tells_idle_stops=False,
    simulator={"machine_file": MACHINES / "silent_pings.json"},
)

# A lift that is started by a bit: what stays on is a command that nobody gave.
PULSED = Dialect(
    name="register map, pulse",
    protocol="modbus",
    is_fetch=lambda data: data[1:6] == b"\x05\x00\x64\xff\x00",
    numbers_commands=False,
    start_bits=("coil:100", "coil:101"),
    lift={"map_file": PULSE_MAP, "serial": "115200,8N1"},
    simulator={"map": PULSE_MAP},
)

# The contract of the driver holds them to less than a row of their own would cost: a carousel behind a map turns as the lift
# behind a map does, and HOST-COM's texts go through 3964R as JMIF's do. Stations work at all of them.
MORE_AT_A_STATION = (
    SILENT_PINGS,
    Dialect(
        name="hostcom over 3964r",
        protocol="hostcom",
        is_fetch=lambda data: b"macro=get_shelf" in data,
        opening="001-1",
        lift={"link_layer": "3964r", "link_priority": "low", "serial": LINK_SERIAL},
        simulator={"link_layer": "3964r", "priority": "high", "serial": LINK_SERIAL},
    ),
    Dialect(
        name="register map, carousel",
        protocol="modbus",
        is_fetch=lambda data: data[1:5] == b"\x05\x00\x00\xff",
        numbers_commands=False,
        keeps_tray=True,
        lift={"map_file": CAROUSEL_MAP, "serial": "115200,8N1"},
        simulator={"map": CAROUSEL_MAP},
    ),
    Dialect(
        name="pod of two",
        protocol="carousel2",
        is_fetch=lambda data: data[:1] == b"\x01",
        tray=7,
        numbers_commands=False,
        keeps_tray=True,
        carousels=2,
    ),
)
