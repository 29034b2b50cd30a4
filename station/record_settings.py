"""The settings of the record: where it goes, how it is proven, how long it is kept. Parts of `station.settings`."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import choice, number, secret, text

_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
_DAYS = r"[1-9][0-9]{0,3}(, ?[1-9][0-9]{0,3}){2}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSettings:
    """[results]"""

    format: str = choice("csv", "csv", "json")
    directory: str = text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencySettings:
    """[emergency]: the list for the day on which the station is dead."""

    directory: str = text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSettings:
    """[backup]"""

    directory: str = text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """[store]"""

    check_at: str = text("02:30", pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]", allowed='a time like "02:30"')


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSettings:
    """[audit]"""

    heads_directory: str = text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSettings:
    """[count]: which counts wait for a different person, and how much time offered counts may take. "supervisor" is an older word
    for "on"."""

    approval: str = choice("on", "on", "off", "supervisor")
    tolerance_pieces: int = number(2, 0, 100_000)
    tolerance_percent: int = number(0, 0, 100)
    budget_s_per_hour: int = number(120, 0, 3600)
    offer_s: int = number(8, 2, 120)
    year_begins: str = text("01-01", pattern=_DAY, allowed='a month and a day, like "07-01"')
    class_days: str = text("30,90,365", pattern=_DAYS, allowed='days for A, B and C, like "30,90,365"')


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """[retention]: how long each kind of data is kept at the station. 0 names_days: until somebody erases them."""

    events_days: int = number(3650, 90, 36500)
    recordings_days: int = number(90, 1, 3650)
    results_days: int = number(365, 7, 3650)
    backups: int = number(24, 2, 720)
    names_days: int = number(0, 0, 3650)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsSettings:
    """[metrics]: figures for a monitoring system."""

    file: str = text("")
    every_s: int = number(15, 1, 3600)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamSettings:
    """[upstream]: the site database."""

    url: str = secret("", allowed="empty, or a PostgreSQL URL, at most 500")
    prefetch_h: float = number(2.0, 0.0, 72.0)
    results: str = choice("off", "off", "tables")
    warn_age_h: float = number(24.0, 0.1, 720.0)
    warn_events: int = number(10_000, 100, 10_000_000)
