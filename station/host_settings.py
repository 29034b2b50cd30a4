"""The settings of how hosts are spoken to. Parts of `station.settings`."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import choice, number, text

_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}"
_NAME_TEXT = "letters, digits, dot, dash and underscore, at most 31"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSettings:
    """[[folder]]: where a host puts its files and fetches results."""

    name: str = text("host", pattern=_NAME, allowed=_NAME_TEXT)
    inbox: str = text("", key="in")
    out: str = text("")
    archive: str = text("")
    rejects: str = text("")
    poll_s: float = number(2.0, 0.2, 3600.0)
    closed: str = choice("rename", "rename", "marker")
    dialect: str = choice("baylight", "baylight", "modula")
    format: str = choice("csv", "csv", "json", "xml")
    resend_s: int = number(300, 5, 86400)
    stock_at: str = text("", pattern=r"(|([01][0-9]|2[0-3]):[0-5][0-9])", allowed='empty, or a time like "02:30"')
    decimals: int = number(0, 0, 3)
