"""The settings of work that no order asks for."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import number


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWorkSettings:
    """[other_work]: above so many stock units, or so much money (minor units), a second person confirms what is scrapped; 0: no
    limit. From `counter_value` on another person confirms what is booked back."""

    scrap_pieces: int = number(0, 0, 1_000_000)
    counter_value: int = number(10_000, 0, 1_000_000_000)
    scrap_value: int = number(0, 0, 1_000_000_000)
