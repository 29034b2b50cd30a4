"""The settings of the planner. Part of `station.settings`."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import choice


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerSettings:
    """[planner]: which tray of a round comes next."""

    policy: str = choice("votes", "votes", "oldest", "planner", "off")
