"""The settings of lifts that stand beside [machine]. Part of `station.settings`."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import choice, number, text

_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}"
_TRAYS = r"[1-9][0-9]{0,3}-[1-9][0-9]{0,3}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftSettings:
    """[[lift]]: a further lift before the same person; it speaks what [machine] speaks (decision 0049)."""

    bay: str = text("BAY2", pattern=_NAME, allowed="letters, digits, dot, dash and underscore, at most 31")
    url: str = text("")
    opening: str = text("SH1-1", pattern=_NAME, allowed="a name of the machine's, at most 31")
    trays: str = text("101-200", pattern=_TRAYS, allowed='like "41-80"')
    own_first: int = number(1, 1, 9999)
    side: str = choice("right", "right", "left")
