"""How long a lift takes, pure. Figures of reference 6; jerk is left out (0.1 s on a long travel)."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinematics:
    """One extractor. Speeds in m/s, acceleration in m/s2, times in seconds."""

    empty_speed: float = 1.5
    loaded_speed: float = 1.0
    acceleration: float = 1.0
    transfer_s: float = 4.8  # tray between rack or bay and extractor, each way
    settle_s: float = 2.0  # fine positioning at a level
    reference_s: float = 10.0  # finding the position again after the power was away, our choice

    def __post_init__(self) -> None:
        if min(self.empty_speed, self.loaded_speed, self.acceleration) <= 0 or min(self.transfer_s, self.settle_s) < 0:
            raise ValueError("speeds and acceleration are more than 0, times at least 0")

    def travel_s(self, distance_mm: float, *, is_loaded: bool) -> float:
        """Trapezoid where there is room to reach full speed (d >= v^2/a), triangle where there is not."""
        distance_m = abs(distance_mm) / 1000
        speed = self.loaded_speed if is_loaded else self.empty_speed
        if distance_m == 0:
            return 0.0
        if distance_m >= speed**2 / self.acceleration:
            return speed / self.acceleration + distance_m / speed
        return 2 * math.sqrt(distance_m / self.acceleration)

    def approach_s(self, distance_mm: float, *, is_loaded: bool) -> float:
        """Travel and settle; nothing to do where the extractor stands already."""
        return self.travel_s(distance_mm, is_loaded=is_loaded) + self.settle_s if distance_mm else 0.0
