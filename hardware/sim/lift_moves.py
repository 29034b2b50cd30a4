"""The moves of a vertical lift: one extractor between racks and openings, in mm above the floor."""

from __future__ import annotations

from hardware.sim.layout import Layout
from hardware.sim.moves import Job, Kind, Phase, Places, Refusal, Step

EXTRACTOR = "extractor"


class LiftMoves:
    """Moves by a layout with levels."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    @property
    def openings(self) -> tuple[str, ...]:
        return tuple(self._layout.openings)

    @property
    def trays(self) -> tuple[int, ...]:
        return tuple(self._layout.trays)

    def places(self) -> Places:
        return Places({EXTRACTOR: self._layout.start_level_mm})

    def drive_of(self, places: Places, opening: str, tray: int | None) -> str:
        return EXTRACTOR

    def refusal_of(self, places: Places, opening: str, tray: int) -> Refusal | None:
        here = places.front.get(opening)
        if tray not in self._layout.trays:
            return Refusal.NO_SUCH_TRAY
        if here == tray or (here is None and places.waiting.get(opening) == tray):
            return None
        if tray in places.in_use:
            return Refusal.NO_SUCH_TRAY
        is_full = here is not None or (self._layout.is_one_tray_out and bool(places.in_use))
        return Refusal.OCCUPIED if is_full else None

    def refusal_of_prefetch(self, places: Places, opening: str, tray: int) -> Refusal | None:
        if not self._layout.has_second_place:
            return Refusal.NO_SECOND_PLACE
        if tray not in self._layout.trays or tray in places.in_use:
            return Refusal.NO_SUCH_TRAY
        return Refusal.OCCUPIED if opening in places.waiting else None

    def fetch(self, places: Places, opening: str, tray: int) -> list[Phase]:
        if places.front.get(opening) == tray:
            return []
        if places.waiting.get(opening) == tray:
            transfer_s = self._layout.kinematics.transfer_s
            return [Phase(Step.SWAP_IN, transfer_s, places.drives[EXTRACTOR], zone=opening)]
        return self._bring(places, opening, tray, Step.PRESENT)

    def prefetch(self, places: Places, opening: str, tray: int) -> list[Phase]:
        return self._bring(places, opening, tray, Step.PRESENT_WAITING)

    def store(self, places: Places, opening: str, tray: int) -> list[Phase]:
        if places.front.get(opening) != tray:
            return []
        bay = self._layout.openings[opening]
        here = self._to(places.drives[EXTRACTOR], bay, Step.PULL_FROM_BAY, is_loaded=False, zone=opening)
        return [*here, *self._to(bay, self._layout.trays[tray], Step.PUT, is_loaded=True)]

    def back(self, places: Places, job: Job) -> list[Phase]:
        level_mm = places.drives[EXTRACTOR]
        is_on_its_way = job.kind is Kind.ERRAND and any(phase.step is Step.PRESENT for phase in job.phases)
        if job.kind is Kind.STORE or is_on_its_way:
            return self._to(level_mm, self._layout.openings[job.opening], Step.PRESENT, is_loaded=True, zone=job.opening)
        return self._to(level_mm, self._layout.trays[job.tray], Step.PUT, is_loaded=True)

    def reference(self, places: Places, drive: str) -> tuple[str, int, list[Phase]]:
        level_mm = places.drives[drive]
        home_mm = self._layout.start_level_mm
        return "", 0, [Phase(Step.REFERENCE, self._layout.kinematics.reference_s, level_mm, home_mm - level_mm)]

    def _bring(self, places: Places, opening: str, tray: int, last: Step) -> list[Phase]:
        rack, bay = self._layout.trays[tray], self._layout.openings[opening]
        taken = self._to(places.drives[EXTRACTOR], rack, Step.PULL, is_loaded=False)
        return [*taken, *self._to(rack, bay, last, is_loaded=True, zone=opening)]

    def _to(self, from_mm: int, to_mm: int, then: Step, *, is_loaded: bool, zone: str = "") -> list[Phase]:
        """Travel to a level, settle, and transfer the tray there. Only the transfer is in the curtain's zone."""
        kinematics, by_mm = self._layout.kinematics, to_mm - from_mm
        travel = Phase(Step.TRAVEL, kinematics.approach_s(by_mm, is_loaded=is_loaded), from_mm, by_mm)
        return [travel, Phase(then, kinematics.transfer_s, to_mm, zone=zone)]
