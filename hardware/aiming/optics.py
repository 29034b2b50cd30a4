"""What a pointer's pan and tilt mean as directions of its beam.

Between a tray and the units of two axes there is no exact homography: the units are angles, and a plane seen at angles is bent
(60 mm on a tray of 2500 mm seen from 2 m). Between a tray and the directions of the beam there is one. So aims are turned into
directions first, where the range of the two axes is known.

- `units`: nothing is known; the plain numbers are taken, which is good for narrow trays only
- `mirrors`: a scanner with two mirrors, or a laser that pans about an axis along the tray
- `head`: a moving head, which pans about the axis from which it tilts
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from hardware.values import Aim

Beam = tuple[float, float, float]
KINDS = ("units", "mirrors", "head")
MIDDLE, MOST = 0x8000, 0xFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Optics:
    """`pan_deg` and `tilt_deg` are the angles from 0 to 65535; the middle looks straight ahead. Either may turn either way."""

    kind: str = "units"
    pan_deg: float = 540.0
    tilt_deg: float = 270.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS or not 0 < self.pan_deg <= 1080 or not 0 < self.tilt_deg <= 1080:
            raise ValueError(f"no optics: {self.kind} {self.pan_deg} {self.tilt_deg}")

    def beam(self, aim: Aim) -> Beam:
        """The direction of the beam, of length 1; of `units` the plain numbers and 1."""
        if self.kind == "units":
            return float(aim.pan), float(aim.tilt), 1.0
        pan, tilt = self._angle(aim.pan, self.pan_deg), self._angle(aim.tilt, self.tilt_deg)
        if self.kind == "mirrors":
            return math.sin(pan) * math.cos(tilt), math.sin(tilt), math.cos(pan) * math.cos(tilt)
        return math.sin(tilt) * math.cos(pan), math.sin(tilt) * math.sin(pan), math.cos(tilt)

    def aims(self, beam: Beam) -> tuple[Aim, ...]:
        """Every aim that sends the beam there: none out of reach, and two or more where a head can turn to it in several ways."""
        x, y, z = beam
        if self.kind == "units":
            found = [(x / z, y / z)]
        elif self.kind == "mirrors":
            found = self._units(math.atan2(x, z), math.atan2(y, math.hypot(x, z)))
        else:
            pan, tilt = math.atan2(y, x), math.atan2(math.hypot(x, y), z)
            found = self._units(pan, tilt) + self._units(pan + math.pi, -tilt)
        rounded = (Aim(round(pan), round(tilt)) for pan, tilt in found)
        return tuple(aim for aim in rounded if 0 <= aim.pan <= MOST and 0 <= aim.tilt <= MOST)

    @staticmethod
    def _angle(units: int, range_deg: float) -> float:
        return math.radians((units - MIDDLE) / MOST * range_deg)

    def _units(self, pan: float, tilt: float) -> list[tuple[float, float]]:
        """With whole turns of pan to both sides: many heads turn further than once."""
        tilted = MIDDLE + math.degrees(tilt) / self.tilt_deg * MOST
        turns = (-2, -1, 0, 1, 2)
        return [(MIDDLE + (math.degrees(pan) + 360 * turn) / self.pan_deg * MOST, tilted) for turn in turns]
