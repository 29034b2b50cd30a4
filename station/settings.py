"""The settings of a station, as frozen values. How they are read and checked: `station.settings_file`.

Each field says beside its default what it means and what is allowed; docs/settings.md lists the same, and a test compares them.
There are no secrets here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_SERIAL = r"(|[1-9][0-9]{2,6},[5-8][NEO](1|1\.5|2))"
_SERIAL_TEXT = 'empty, or like "19200,8E1"'
_SIZE = r"(|[1-9][0-9]{2,3}x[1-9][0-9]{2,3})"
_AROUND = r"[^\x00]{0,16}"
_AROUND_TEXT = "at most 16 characters"
_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}"
_OPENINGS = r"(|[A-Za-z0-9][A-Za-z0-9_.-]{0,30}(, ?[A-Za-z0-9][A-Za-z0-9_.-]{0,30}){0,7})"
_POD = r"(|[^\s#,]+#[1-9][0-9]{0,3}-[1-9][0-9]{0,3}(, ?[^\s#,]+#[1-9][0-9]{0,3}-[1-9][0-9]{0,3}){1,2})"
_NAME_TEXT = "letters, digits, dot, dash and underscore, at most 31"
_CHANNELS = r"(|[1-9][0-9]{0,2}=[0-9]{1,3}( ?, ?[1-9][0-9]{0,2}=[0-9]{1,3}){0,15})"
_LEVEL = r"(bay|[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?)=[0-9]{1,5}(\+[0-9]{1,4})?"
_LEVELS = rf"(|{_LEVEL}(, ?{_LEVEL}){{0,199}})"
_DAY = r"((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
_DATE = rf"(|20[0-9]{{2}}-{_DAY})"
_LAMP = r"[^\x00-\x1f=,]{1,31}=[0-9]{1,5}(-[0-9]{1,5})?"
_LAMPS = rf"(|{_LAMP}(,{_LAMP}){{0,199}})"


def _text(default: str, *, pattern: str = r"[^\x00-\x1f]{0,250}", allowed: str = "a text of one line, at most 250") -> Any:
    return field(default=default, metadata={"pattern": pattern, "allowed": allowed})


def _choice(default: str, *choices: str) -> Any:
    allowed = ", ".join(f'"{each}"' for each in choices)
    return field(default=default, metadata={"pattern": "|".join(choices), "allowed": f"one of {allowed}"})


def _number(default: float, low: float, high: float) -> Any:
    return field(default=default, metadata={"low": low, "high": high, "allowed": f"{low} to {high}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSettings:
    """[station]"""

    name: str = _text("S1", pattern=_NAME, allowed=_NAME_TEXT)
    language: str = _choice("en", "en", "de", "it", "fr", "es")
    data: str = _text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSettings:
    """[screen]"""

    diagonal_in: float = _number(12.1, 7.0, 60.0)
    size_px: str = _text("", pattern=_SIZE, allowed='empty, or like "1280x800"')
    window: str = _choice("auto", "auto", "full", "framed")
    tap_lock_s: float = _number(0.4, 0.1, 2.0)
    sounds: str = _choice("on", "on", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnSettings:
    """[sign_on]"""

    idle_lock_s: int = _number(120, 10, 3600)
    return_by_badge_s: int = _number(900, 0, 28800)
    pin_length: int = field(default=6, metadata={"choices": (4, 6), "allowed": "4 or 6"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineSettings:
    """[machine]"""

    name: str = _text("M1", pattern=_NAME, allowed=_NAME_TEXT)
    kind: str = _choice("lift", "lift", "carousel")
    protocol: str = _choice("jmif", "jmif", "hostcom", "modula-link", "modbus", "carousel2")
    url: str = _text("")
    serial: str = _text("", pattern=_SERIAL, allowed=_SERIAL_TEXT)
    pod: str = _text("", pattern=_POD, allowed="two or three URL#FIRST-LAST, parted by commas")
    link_layer: str = _choice("", "", "3964r", "3964")
    link_priority: str = _choice("high", "high", "low")
    map: str = _text("")
    modbus: str = _choice("auto", "auto", "rtu", "tcp")
    opening: str = _text("SH1-1", pattern=r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}", allowed="a name of the machine's, at most 31")
    other_openings: str = _text("", pattern=_OPENINGS, allowed="names of the machine's, parted by commas")
    hostcom_host: str = _text("2301", pattern=r"[0-9]{4}", allowed="four digits")
    hostcom_pm: str = _choice("PM1", "PM1", "PM01")
    hostcom_separator: str = _choice("space", "space", "nbsp")
    carousel_mode_bit: str = _choice("manual", "manual", "remote")
    simulated: str = _text("")
    prefetch: str = _choice("off", "off", "on")
    height_mm: int = _number(6000, 1000, 40000)
    levels_mm: str = _text("", pattern=_LEVELS, allowed='empty, or like "bay=900, 1-2=2600, 3-20=2900+150"')
    curtain_code: str = _text("", pattern=r"[0-9A-Za-z]{0,12}", allowed="a code of the machine's, at most 12")
    e_stop_code: str = _text("", pattern=r"[0-9A-Za-z]{0,12}", allowed="a code of the machine's, at most 12")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """[service]: when the machine is due for service and inspection; 0 and empty: nobody has said."""

    cycles: int = _number(0, 0, 10_000_000)
    hours: int = _number(0, 0, 100_000)
    metres: int = _number(0, 0, 100_000_000)
    days: int = _number(0, 0, 3650)
    next_inspection: str = _text("", pattern=_DATE, allowed='empty, or a date like "2027-11-26"')


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerSettings:
    """[[scanner]]: a scanner of its own. A keyboard wedge needs no entry."""

    name: str = _text("scanner", pattern=_NAME, allowed=_NAME_TEXT)
    protocol: str = _choice("line", "line", "ssi", "evdev")
    url: str = _text("")
    serial: str = _text("9600,8N1", pattern=_SERIAL, allowed=_SERIAL_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class WedgeSettings:
    """[wedge]: how the scanner that types into the window says its codes. What is empty is as it was taught."""

    prefix: str = _text("", pattern=_AROUND, allowed=_AROUND_TEXT)
    suffix: str = _text("", pattern=_AROUND, allowed=_AROUND_TEXT)
    gs: str = _text("", pattern=r"[^\x00-\x1c\x1e\x1f]{0,6}", allowed='empty, "\\u001d", "F8" or up to 6 characters')
    layout: str = _choice("", "", "host", "keys", "de", "fr")
    caps: str = _choice("", "", "normal", "inverted")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplaySettings:
    """[display]: the text display at the bay."""

    protocol: str = _choice("cd5220", "cd5220", "alpha")
    url: str = _text("")
    serial: str = _text("9600,8N1", pattern=_SERIAL, allowed=_SERIAL_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointerSettings:
    """[pointer]: a light of its own that shows the compartment."""

    protocol: str = _choice("lift", "lift", "dmx", "wled")
    url: str = _text("")
    serial: str = _text("", pattern=_SERIAL, allowed=_SERIAL_TEXT)
    tray_height_mm: int = _number(0, 0, 2000)
    optics: str = _choice("head", "head", "mirrors", "units")
    pan_deg: float = _number(540.0, 1.0, 1080.0)
    tilt_deg: float = _number(270.0, 1.0, 1080.0)
    settle_s: float = _number(1.5, 0.1, 10.0)
    refresh_hz: int = field(default=0, metadata={"choices": (0, *range(25, 41)), "allowed": "0, or 25 to 40"})
    address: int = _number(1, 1, 512)
    pan: int = _number(1, 1, 512)
    pan_fine: int = _number(2, 0, 512)
    tilt: int = _number(3, 1, 512)
    tilt_fine: int = _number(4, 0, 512)
    dimmer: int = _number(6, 0, 512)
    shutter: int = _number(0, 0, 512)
    shutter_open: int = _number(255, 0, 255)
    shutter_closed: int = _number(0, 0, 255)
    fixed: str = _text("", pattern=_CHANNELS, allowed='empty, or like "5=0,8=255"')
    leds: int = _number(150, 1, 32768)
    length_mm: int = _number(2500, 1, 20000)
    offset_mm: int = _number(0, -5000, 5000)
    first_led: str = _choice("left", "left", "right")
    spot_mm: int = _number(60, 1, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToteSettings:
    """[totes]: lamps over the tote positions."""

    protocol: str = _choice("wled", "wled", "register", "pick-iq")
    url: str = _text("")
    serial: str = _text("", pattern=_SERIAL, allowed=_SERIAL_TEXT)
    lamps: str = _text("", pattern=_LAMPS, allowed='empty, or like "T1=0-9,T2=10-19" or "T1=3,T2=4"')
    leds: int = _number(150, 1, 32768)
    register: int = _number(0, 0, 65535)
    lit: int = _number(1, 0, 65535)
    dark: int = _number(0, 0, 65535)
    digits_register: int = _number(0, 0, 65535)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleSettings:
    """[scale]: a counting scale at the bay."""

    protocol: str = _choice("mt-sics", "mt-sics")
    url: str = _text("")
    serial: str = _text("9600,8N1", pattern=_SERIAL, allowed=_SERIAL_TEXT)
    repeatability_mg: float = _number(0.0, 0.0, 1_000_000.0)
    spread_percent: float = _number(1.0, 0.0, 20.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSettings:
    """[results]"""

    format: str = _choice("csv", "csv", "json")
    directory: str = _text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSettings:
    """[backup]"""

    directory: str = _text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """[store]"""

    check_at: str = _text("02:30", pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]", allowed='a time like "02:30"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings; each field is a section of the file."""

    station: StationSettings = field(default_factory=StationSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    sign_on: SignOnSettings = field(default_factory=SignOnSettings)
    machine: MachineSettings = field(default_factory=MachineSettings)
    service: ServiceSettings = field(default_factory=ServiceSettings)
    scanner: tuple[ScannerSettings, ...] = ()
    wedge: WedgeSettings = field(default_factory=WedgeSettings)
    display: DisplaySettings = field(default_factory=DisplaySettings)
    pointer: PointerSettings = field(default_factory=PointerSettings)
    totes: ToteSettings = field(default_factory=ToteSettings)
    scale: ScaleSettings = field(default_factory=ScaleSettings)
    results: ResultSettings = field(default_factory=ResultSettings)
    backup: BackupSettings = field(default_factory=BackupSettings)
    store: StoreSettings = field(default_factory=StoreSettings)


SECTIONS: dict[str, type[Any]] = {
    "station": StationSettings,
    "screen": ScreenSettings,
    "sign_on": SignOnSettings,
    "machine": MachineSettings,
    "service": ServiceSettings,
    "scanner": ScannerSettings,
    "wedge": WedgeSettings,
    "display": DisplaySettings,
    "pointer": PointerSettings,
    "totes": ToteSettings,
    "scale": ScaleSettings,
    "results": ResultSettings,
    "backup": BackupSettings,
    "store": StoreSettings,
}
