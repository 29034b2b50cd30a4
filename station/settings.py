"""The settings of a station, as frozen values. How they are read and checked: `station.settings_file`.

Each field says beside its default what it means and what is allowed; docs/settings.md lists the same, and a test compares them.
The only secret that may stand here is the password in `upstream.url`, which is shown nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from station.figures_settings import FiguresSettings
from station.host_settings import FolderSettings
from station.jit_settings import JitSettings
from station.lift_settings import LiftSettings
from station.other_work_settings import OtherWorkSettings
from station.planner_settings import PlannerSettings
from station.print_settings import PrinterSettings
from station.record_settings import (
    AuditSettings,
    BackupSettings,
    CountSettings,
    EmergencySettings,
    MetricsSettings,
    ResultSettings,
    RetentionSettings,
    StoreSettings,
    UpstreamSettings,
)
from station.setting_fields import choice, number, text
from station.telling_settings import MailSettings, TellSettings, WebhookSettings
from station.two_person_settings import TwoPersonSettings
from station.zone_settings import ZoneSettings

__all__ = [
    "SECTIONS",
    "AuditSettings",
    "BackupSettings",
    "CountSettings",
    "DisplaySettings",
    "EmergencySettings",
    "FiguresSettings",
    "FolderSettings",
    "JitSettings",
    "LiftSettings",
    "LoadSettings",
    "MachineSettings",
    "MailSettings",
    "MetricsSettings",
    "PlannerSettings",
    "PointerSettings",
    "PrinterSettings",
    "ReceiptSettings",
    "ResultSettings",
    "RetentionSettings",
    "ScaleSettings",
    "ScannerSettings",
    "ScreenSettings",
    "ServiceSettings",
    "Settings",
    "SignOnSettings",
    "StationSettings",
    "StoreSettings",
    "TellSettings",
    "ToteSettings",
    "UpstreamSettings",
    "WebhookSettings",
    "WedgeSettings",
    "ZoneSettings",
]


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
_CEILING = r"[^\x00-\x1f=,]{1,31}=[1-9][0-9]{0,3}"
_CEILINGS = rf"(|{_CEILING}(,{_CEILING}){{0,99}})"
_COMPARTMENT = r"[A-Za-z0-9]{0,8}"
_PLACES = r"(|[^\x00-\x1f=,]{1,31}(,[^\x00-\x1f=,]{1,31}){0,63})"
_SUPPLIERS = r"(|\*|[^\x00-\x1f,]{1,60}(,[^\x00-\x1f,]{1,60}){0,63})"
_LAMPS = rf"(|{_LAMP}(,{_LAMP}){{0,199}})"


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSettings:
    """[station]"""

    name: str = text("S1", pattern=_NAME, allowed=_NAME_TEXT)
    language: str = choice("en", "en", "de", "it", "fr", "es")
    data: str = text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSettings:
    """[screen]"""

    diagonal_in: float = number(12.1, 7.0, 60.0)
    size_px: str = text("", pattern=_SIZE, allowed='empty, or like "1280x800"')
    window: str = choice("auto", "auto", "full", "framed")
    theme: str = choice("day", "day", "night", "contrast")
    hand: str = choice("right", "right", "left")
    tap_lock_s: float = number(0.4, 0.1, 2.0)
    sounds: str = choice("on", "on", "off")
    accessibility: str = choice("on", "on", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnSettings:
    """[sign_on]"""

    idle_lock_s: int = number(120, 10, 3600)
    return_by_badge_s: int = number(900, 0, 28800)
    pin_length: int = field(default=6, metadata={"choices": (4, 6), "allowed": "4 or 6"})
    offline_days: int = number(30, 1, 365)
    people_changes: str = choice("files", "files", "pin")


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineSettings:
    """[machine]"""

    name: str = text("M1", pattern=_NAME, allowed=_NAME_TEXT)
    kind: str = choice("lift", "lift", "carousel")
    protocol: str = choice("jmif", "jmif", "hostcom", "modula-link", "modbus", "carousel2")
    url: str = text("")
    serial: str = text("", pattern=_SERIAL, allowed=_SERIAL_TEXT)
    pod: str = text("", pattern=_POD, allowed="two or three URL#FIRST-LAST, parted by commas")
    link_layer: str = choice("", "", "3964r", "3964")
    link_priority: str = choice("high", "high", "low")
    map: str = text("")
    modbus: str = choice("auto", "auto", "rtu", "tcp")
    opening: str = text("SH1-1", pattern=r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}", allowed="a name of the machine's, at most 31")
    other_openings: str = text("", pattern=_OPENINGS, allowed="names of the machine's, parted by commas")
    hostcom_host: str = text("2301", pattern=r"[0-9]{4}", allowed="four digits")
    hostcom_pm: str = choice("PM1", "PM1", "PM01")
    hostcom_separator: str = choice("space", "space", "nbsp")
    carousel_mode_bit: str = choice("manual", "manual", "remote")
    simulated: str = text("")
    prefetch: str = choice("off", "off", "on")
    height_mm: int = number(6000, 1000, 40000)
    levels_mm: str = text("", pattern=_LEVELS, allowed='empty, or like "bay=900, 1-2=2600, 3-20=2900+150"')
    curtain_code: str = text("", pattern=r"[0-9A-Za-z]{0,12}", allowed="a code of the machine's, at most 12")
    e_stop_code: str = text("", pattern=r"[0-9A-Za-z]{0,12}", allowed="a code of the machine's, at most 12")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """[service]: when the machine is due for service and inspection; 0 and empty: nobody has said."""

    cycles: int = number(0, 0, 10_000_000)
    hours: int = number(0, 0, 100_000)
    metres: int = number(0, 0, 100_000_000)
    days: int = number(0, 0, 3650)
    next_inspection: str = text("", pattern=_DATE, allowed='empty, or a date like "2027-11-26"')


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerSettings:
    """[[scanner]]: a scanner of its own. A keyboard wedge needs no entry."""

    name: str = text("scanner", pattern=_NAME, allowed=_NAME_TEXT)
    protocol: str = choice("line", "line", "ssi", "evdev")
    url: str = text("")
    serial: str = text("9600,8N1", pattern=_SERIAL, allowed=_SERIAL_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class WedgeSettings:
    """[wedge]: how the scanner that types into the window says its codes. What is empty is as it was taught."""

    prefix: str = text("", pattern=_AROUND, allowed=_AROUND_TEXT)
    suffix: str = text("", pattern=_AROUND, allowed=_AROUND_TEXT)
    gs: str = text("", pattern=r"[^\x00-\x1c\x1e\x1f]{0,6}", allowed='empty, "\\u001d", "F8" or up to 6 characters')
    layout: str = choice("", "", "host", "keys", "de", "fr")
    caps: str = choice("", "", "normal", "inverted")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplaySettings:
    """[display]: the text display at the bay."""

    protocol: str = choice("cd5220", "cd5220", "alpha")
    url: str = text("")
    serial: str = text("9600,8N1", pattern=_SERIAL, allowed=_SERIAL_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointerSettings:
    """[pointer]: a light of its own that shows the compartment."""

    protocol: str = choice("lift", "lift", "dmx", "wled")
    url: str = text("")
    serial: str = text("", pattern=_SERIAL, allowed=_SERIAL_TEXT)
    tray_height_mm: int = number(0, 0, 2000)
    optics: str = choice("head", "head", "mirrors", "units")
    pan_deg: float = number(540.0, 1.0, 1080.0)
    tilt_deg: float = number(270.0, 1.0, 1080.0)
    settle_s: float = number(1.5, 0.1, 10.0)
    refresh_hz: int = field(default=0, metadata={"choices": (0, *range(25, 41)), "allowed": "0, or 25 to 40"})
    address: int = number(1, 1, 512)
    pan: int = number(1, 1, 512)
    pan_fine: int = number(2, 0, 512)
    tilt: int = number(3, 1, 512)
    tilt_fine: int = number(4, 0, 512)
    dimmer: int = number(6, 0, 512)
    shutter: int = number(0, 0, 512)
    shutter_open: int = number(255, 0, 255)
    shutter_closed: int = number(0, 0, 255)
    fixed: str = text("", pattern=_CHANNELS, allowed='empty, or like "5=0,8=255"')
    leds: int = number(150, 1, 32768)
    length_mm: int = number(2500, 1, 20000)
    offset_mm: int = number(0, -5000, 5000)
    first_led: str = choice("left", "left", "right")
    spot_mm: int = number(60, 1, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToteSettings:
    """[totes]: the put places, and the lamps over them."""

    positions: str = text("", pattern=_PLACES, allowed='empty, or names parted by commas, like "T1,T2,T3"')

    protocol: str = choice("wled", "wled", "register", "pick-iq")
    url: str = text("")
    serial: str = text("", pattern=_SERIAL, allowed=_SERIAL_TEXT)
    lamps: str = text("", pattern=_LAMPS, allowed='empty, or like "T1=0-9,T2=10-19" or "T1=3,T2=4"')
    leds: int = number(150, 1, 32768)
    register: int = number(0, 0, 65535)
    lit: int = number(1, 0, 65535)
    dark: int = number(0, 0, 65535)
    digits_register: int = number(0, 0, 65535)
    key_register: int = number(0, 0, 65535)
    key_pressed: int = number(1, 0, 65535)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSettings:
    """[loads]: work in progress and finished orders that wait in the machine."""

    ceilings: str = text("", pattern=_CEILINGS, allowed='empty, or like "Line 3=8,Line 4=4"')


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSettings:
    """[receipts]: goods that come in at the bay."""

    photos: str = text("")
    quarantine: str = text("", pattern=_COMPARTMENT, allowed="empty, or letters and digits, at most 8")
    identifiers: str = text("", pattern=_SUPPLIERS, allowed='empty, "*", or names parted by commas, like "ACME,Bolt Works"')


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleSettings:
    """[scale]: a counting scale at the bay."""

    protocol: str = choice("mt-sics", "mt-sics")
    url: str = text("")
    serial: str = text("9600,8N1", pattern=_SERIAL, allowed=_SERIAL_TEXT)
    repeatability_mg: float = number(0.0, 0.0, 1_000_000.0)
    spread_percent: float = number(1.0, 0.0, 20.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings; each field is a section of the file."""

    station: StationSettings = field(default_factory=StationSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    sign_on: SignOnSettings = field(default_factory=SignOnSettings)
    two_person: TwoPersonSettings = field(default_factory=TwoPersonSettings)
    machine: MachineSettings = field(default_factory=MachineSettings)
    lift: tuple[LiftSettings, ...] = ()
    zone: tuple[ZoneSettings, ...] = ()
    service: ServiceSettings = field(default_factory=ServiceSettings)
    scanner: tuple[ScannerSettings, ...] = ()
    printer: tuple[PrinterSettings, ...] = ()
    wedge: WedgeSettings = field(default_factory=WedgeSettings)
    display: DisplaySettings = field(default_factory=DisplaySettings)
    pointer: PointerSettings = field(default_factory=PointerSettings)
    totes: ToteSettings = field(default_factory=ToteSettings)
    loads: LoadSettings = field(default_factory=LoadSettings)
    receipts: ReceiptSettings = field(default_factory=ReceiptSettings)
    other_work: OtherWorkSettings = field(default_factory=OtherWorkSettings)
    scale: ScaleSettings = field(default_factory=ScaleSettings)
    results: ResultSettings = field(default_factory=ResultSettings)
    folder: tuple[FolderSettings, ...] = ()
    emergency: EmergencySettings = field(default_factory=EmergencySettings)
    backup: BackupSettings = field(default_factory=BackupSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    audit: AuditSettings = field(default_factory=AuditSettings)
    count: CountSettings = field(default_factory=CountSettings)
    figures: FiguresSettings = field(default_factory=FiguresSettings)
    jit: JitSettings = field(default_factory=JitSettings)
    planner: PlannerSettings = field(default_factory=PlannerSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    upstream: UpstreamSettings = field(default_factory=UpstreamSettings)
    metrics: MetricsSettings = field(default_factory=MetricsSettings)
    tell: tuple[TellSettings, ...] = ()
    mail: MailSettings = field(default_factory=MailSettings)
    webhook: WebhookSettings = field(default_factory=WebhookSettings)


SECTIONS: dict[str, type[Any]] = {
    "station": StationSettings,
    "screen": ScreenSettings,
    "sign_on": SignOnSettings,
    "two_person": TwoPersonSettings,
    "machine": MachineSettings,
    "lift": LiftSettings,
    "zone": ZoneSettings,
    "service": ServiceSettings,
    "scanner": ScannerSettings,
    "printer": PrinterSettings,
    "wedge": WedgeSettings,
    "display": DisplaySettings,
    "pointer": PointerSettings,
    "totes": ToteSettings,
    "loads": LoadSettings,
    "receipts": ReceiptSettings,
    "other_work": OtherWorkSettings,
    "scale": ScaleSettings,
    "results": ResultSettings,
    "folder": FolderSettings,
    "emergency": EmergencySettings,
    "backup": BackupSettings,
    "store": StoreSettings,
    "audit": AuditSettings,
    "count": CountSettings,
    "figures": FiguresSettings,
    "jit": JitSettings,
    "planner": PlannerSettings,
    "retention": RetentionSettings,
    "upstream": UpstreamSettings,
    "metrics": MetricsSettings,
    "tell": TellSettings,
    "mail": MailSettings,
    "webhook": WebhookSettings,
}
