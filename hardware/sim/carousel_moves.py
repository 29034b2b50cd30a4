"""The moves of a pod of horizontal carousels: each turns by itself, the shortest way round, until the bin is in front.

A carousel has always a bin in front of its opening; there is nothing to store. Its opening's curtain guards the whole turn.
"""

from __future__ import annotations

from hardware.sim.layout import Carousel, Pod
from hardware.sim.moves import Job, Phase, Places, Refusal, Step


class CarouselMoves:
    """Moves by the bins' places on their loops. A drive is named as its carousel."""

    def __init__(self, pod: Pod) -> None:
        self._pod = pod
        self._of_bin = {number: carousel for carousel in pod.carousels for number in carousel.bins}
        self._by_name = {carousel.name: carousel for carousel in pod.carousels}

    @property
    def openings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(carousel.opening for carousel in self._pod.carousels))

    @property
    def trays(self) -> tuple[int, ...]:
        return tuple(self._of_bin)

    def places(self) -> Places:
        front = {carousel.opening: carousel.bins[0] for carousel in reversed(self._pod.carousels)}
        return Places({carousel.name: 0 for carousel in self._pod.carousels}, front)

    def drive_of(self, places: Places, opening: str, tray: int | None) -> str:
        number = places.front.get(opening) if tray is None else tray
        at_opening = (carousel for carousel in self._pod.carousels if carousel.opening == opening)
        return self._of_bin[number].name if number in self._of_bin else next(at_opening).name

    def refusal_of(self, places: Places, opening: str, tray: int) -> Refusal | None:
        carousel = self._of_bin.get(tray)
        return None if carousel is not None and carousel.opening == opening else Refusal.NO_SUCH_TRAY

    def refusal_of_prefetch(self, places: Places, opening: str, tray: int) -> Refusal | None:
        return Refusal.NO_SECOND_PLACE

    def fetch(self, places: Places, opening: str, tray: int) -> list[Phase]:
        if places.front.get(opening) == tray:
            return []
        return self._turn(self._of_bin[tray], places, tray)

    def store(self, places: Places, opening: str, tray: int) -> list[Phase]:
        return []

    def prefetch(self, places: Places, opening: str, tray: int) -> list[Phase]:
        return []

    def back(self, places: Places, job: Job) -> list[Phase]:
        return []

    def reference(self, places: Places, drive: str) -> tuple[str, int, list[Phase]]:
        """Turn to the mark, which is at the first bin."""
        carousel = self._by_name[drive]
        first = carousel.bins[0]
        leave, turn, arrive = self._turn(carousel, places, first)
        turn.step, turn.left_s, turn.whole_s = Step.REFERENCE, self._pod.kinematics.reference_s, self._pod.kinematics.reference_s
        return carousel.opening, first, [leave, turn, arrive]

    def _turn(self, carousel: Carousel, places: Places, tray: int) -> list[Phase]:
        at_mm, loop_mm = places.drives[carousel.name], len(carousel.bins) * self._pod.pitch_mm
        by_mm = shortest_mm(at_mm, carousel.bins.index(tray) * self._pod.pitch_mm, loop_mm)
        to_mm = (at_mm + by_mm) % loop_mm
        seconds = self._pod.kinematics.approach_s(by_mm, is_loaded=True)
        is_shown = places.front.get(carousel.opening) in carousel.bins  # not another carousel's bin at a shared opening
        leave = Phase(Step.LEAVE if is_shown else Step.TRAVEL, 0.0, at_mm, zone=carousel.opening)
        turn = Phase(Step.TRAVEL, seconds, at_mm, by_mm, loop_mm, zone=carousel.opening)
        return [leave, turn, Phase(Step.IN_FRONT, 0.0, to_mm)]


def shortest_mm(from_mm: int, to_mm: int, loop_mm: int) -> int:
    """How far to turn, negative the other way; half a round goes forward."""
    forward_mm = (to_mm - from_mm) % loop_mm
    return forward_mm if forward_mm * 2 <= loop_mm else forward_mm - loop_mm
