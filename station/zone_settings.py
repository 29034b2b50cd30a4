"""The settings of places without a lift. Part of `station.settings`."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import choice, text

_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneSettings:
    """[[zone]]: places without a lift: a shelf, a receiving area, the line side, a quarantine. They are walked in this order."""

    name: str = text("SHELF1", pattern=_NAME, allowed="letters, digits, dot, dash and underscore, at most 31")
    kind: str = choice("shelf", "shelf", "receiving", "line_side", "quarantine")
    title: str = text("", pattern=r"[^\x00-\x1f]{0,40}", allowed="a text of one line, at most 40")
    put: str = choice("unfit", "unfit", "always")
