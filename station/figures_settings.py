"""The settings of figures by person."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import choice, number, text


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresSettings:
    """[figures]: whether figures of one person are told (only with a purpose, which stands on the page and in each look's event),
    and of how many days back at most."""

    by_person: str = choice("off", "off", "on")
    purpose: str = text("")
    person_days: int = number(30, 1, 365)
