"""Settings of the devices, frozen and checked when they are made. A port is a pyserial URL."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

LINK_SERIAL = "9600,8E1"  # of a line with a link layer: even parity is usual there; the speed is our choice
RTU_SERIAL = "19200,8E1"  # what the Modbus serial line guide says a device speaks before anybody sets it
_SERIAL = re.compile(r"(?P<baud>\d{3,7})(?:,(?P<bits>[78])(?P<parity>[NEO])(?P<stop>[12]))?")


class ConfigError(ValueError):
    """A device setting that cannot be: names the key, the value and what is allowed."""

    def __init__(self, key: str, value: str, allowed: str) -> None:
        super().__init__(f"{key} = {value!r}: allowed is {allowed}")
        self.key = key
        self.value = value
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class SerialSettings:
    """Line settings of a serial port; a socket ignores them."""

    baud: int = 9600
    bits: int = 8
    parity: str = "N"
    stop: int = 1


def parse_serial(text: str) -> SerialSettings:
    """`19200,8E1` or `9600`; an empty text means 9600,8N1. Raises ConfigError."""
    if not text:
        return SerialSettings()
    match = _SERIAL.fullmatch(text.strip().upper())
    if match is None:
        raise ConfigError("serial", text, "BAUD[,BITS PARITY STOP] such as 19200,8E1")
    if match["bits"] is None:
        return SerialSettings(int(match["baud"]))
    return SerialSettings(int(match["baud"]), int(match["bits"]), match["parity"], int(match["stop"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class PortConfig:
    """One line: where it is and how it is kept open. Times in seconds."""

    name: str
    url: str
    serial: SerialSettings = SerialSettings()
    first_retry_s: float = 0.2  # reference 8: reconnect back-off 0.2 -> 5 s with jitter
    longest_retry_s: float = 5.0
    write_timeout_s: float = 1.0  # a stuck RTS/CTS line would block for ever

    def __post_init__(self) -> None:
        if not self.url.strip():
            raise ConfigError("url", self.url, "a device (/dev/..., COM3) or a URL (socket://host:port, rfc2217://host:port)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftTiming:
    """How long to wait for what, in seconds. Values of reference 8 (time-outs to start with)."""

    ping_s: float = 2.0
    silence_s: float = 5.0
    status_s: float = 3.0
    accepted_s: float = 3.0
    fetch_s: float = 60.0
    fetch_per_metre_s: float = 3.0
    store_s: float = 60.0
    point_s: float = 10.0


@dataclass(frozen=True, slots=True)
class PodPlace:
    """One carousel of a pod: its line, and which bins of the pod it has."""

    url: str
    first_bin: int
    last_bin: int


_POD_PLACE = re.compile(r"(?P<url>[^\s#]+)#(?P<first>[1-9]\d{0,3})-(?P<last>[1-9]\d{0,3})")


def parse_pod(text: str) -> tuple[PodPlace, ...]:
    """`URL#1-40, URL#41-80`: two or three carousels whose bins do not overlap. Raises ConfigError."""
    matches = [_POD_PLACE.fullmatch(part.strip()) for part in text.split(",")]
    places = tuple(PodPlace(match["url"], int(match["first"]), int(match["last"])) for match in matches if match)
    ordered = sorted(places, key=lambda place: place.first_bin)
    is_apart = all(before.last_bin < after.first_bin for before, after in itertools.pairwise(ordered))
    if len(places) != len(matches) or not 2 <= len(places) <= 3 or not is_apart or any(p.last_bin < p.first_bin for p in places):
        raise ConfigError("pod", text, "two or three URL#FIRST-LAST, parted by commas, no bin twice")
    return places


@dataclass(frozen=True, slots=True, kw_only=True)
class HostComOptions:
    """What differs between Hänel controllers: our number there, how parameters are spelled (`PM1` or `PM01`), and what stands
    between `$U` and `XR` (`space` or `nbsp`, a no-break space in UTF-8)."""

    host: str = "2301"
    parameter: str = "PM1"
    separator: str = "space"

    def __post_init__(self) -> None:
        if re.fullmatch(r"[0-9]{4}", self.host) is None:
            raise ConfigError("hostcom_host", self.host, "four digits")
        if self.parameter not in ("PM1", "PM01"):
            raise ConfigError("hostcom_pm", self.parameter, "PM1 | PM01")
        if self.separator not in ("space", "nbsp"):
            raise ConfigError("hostcom_separator", self.separator, "space | nbsp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carousel2Options:
    """What differs between carousels of the two-byte protocol: what bit 2 of the status says when it is 1."""

    bit2: str = "manual"

    def __post_init__(self) -> None:
        if self.bit2 not in ("manual", "remote"):
            raise ConfigError("carousel_mode_bit", self.bit2, "manual | remote")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftConfig:
    """One machine's line. `opening` is the one this station stands at, `other_openings` are the machine's others (asked by
    protocols that allow one tray out at a time); `height_mm` is the machine's, for the time-out. `link_layer` is what lies
    between the line and the telegrams: empty, `3964r` or `3964`; `link_priority` is our end's there. `map_file` and `modbus`
    (auto, rtu, tcp) are for machines that are described by a register map."""

    url: str
    protocol: str = "jmif"
    name: str = "lift"
    serial: str = ""
    map_file: str = ""
    modbus: str = "auto"
    opening: str = "SH1-1"
    other_openings: tuple[str, ...] = ()
    height_mm: int = 10_000
    timing: LiftTiming = field(default_factory=LiftTiming)
    link_layer: str = ""
    link_priority: str = "high"
    hostcom: HostComOptions = field(default_factory=HostComOptions)
    carousel2: Carousel2Options = field(default_factory=Carousel2Options)

    @property
    def port(self) -> PortConfig:
        usual = LINK_SERIAL if self.link_layer else RTU_SERIAL if self.protocol == "modbus" else ""
        return PortConfig(name=self.name, url=self.url, serial=parse_serial(self.serial or usual))

    @property
    def fetch_limit_s(self) -> float:
        """How long a fetch may take before nobody knows: the base plus the machine's height."""
        return self.timing.fetch_s + self.timing.fetch_per_metre_s * self.height_mm / 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerConfig:
    """A scanner of its own. `line`: codes end with CR, LF, CRLF or ETX, or after `idle_end_s` of silence; `ssi`: packets;
    `evdev`: `url` is an input device of Linux (/dev/input/by-id/...), whose keys nobody else gets."""

    url: str
    protocol: str = "line"
    name: str = "scanner"
    serial: str = ""
    idle_end_s: float = 0.05

    @property
    def port(self) -> PortConfig:
        return PortConfig(name=self.name, url=self.url, serial=parse_serial(self.serial))


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayConfig:
    """A text display of two lines of 20 characters."""

    url: str
    protocol: str = "cd5220"
    name: str = "display"
    serial: str = ""

    @property
    def port(self) -> PortConfig:
        return PortConfig(name=self.name, url=self.url, serial=parse_serial(self.serial))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleConfig:
    """A counting scale."""

    url: str
    protocol: str = "mt-sics"
    name: str = "scale"
    serial: str = ""

    @property
    def port(self) -> PortConfig:
        return PortConfig(name=self.name, url=self.url, serial=parse_serial(self.serial))
