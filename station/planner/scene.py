"""What a policy sees when it decides: orders on the places, orders that wait, what lies at the bay. A policy changes nothing of
it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from station.planner.bays import Bays
from station.planner.board import Board, Need
from station.planner.decision import Admission, Decision
from station.planner.work import Work

if TYPE_CHECKING:
    from station.planner.places import Places


@dataclass(slots=True)
class Scene:
    """`bound`: trays that are at the bay or on their way for a visit that has been decided and has not ended, as bits. `here`:
    the one of them in work, None between visits; `until_s`: when its visit ends (`places` know what is taken already)."""

    board: Board
    bays: Bays
    places: Places
    now_s: float = 0.0
    bound: int = 0
    here: int | None = None
    until_s: float = 0.0

    @property
    def works(self) -> Sequence[Work]:
        """Open orders by turn."""
        return self.places.works

    @property
    def waiting(self) -> Sequence[Need]:
        """Released orders without a place, by turn."""
        return self.places.waiting

    @property
    def usable(self) -> Sequence[Work]:
        """Open orders that may be worked on: not those that wait only for older ones to end."""
        places = self.places
        return places.works if places.is_free_of_turns else [each for each in places.works if not places.is_blocked(each)]

    @property
    def is_taking(self) -> bool:
        """Whether the lines of a visit are being taken at this moment."""
        return self.here is not None and self.until_s <= self.now_s

    def wanted(self) -> int:
        """All trays that open orders need, without those that are coming, as bits."""
        mask = 0
        for work in self.works:
            mask |= work.mask
        return mask & ~self.bound


class Policy(Protocol):
    """Chooses orders for places and trays for machines."""

    @property
    def most_places(self) -> int | None:
        """How many places it uses; None is all."""

    @property
    def is_line_by_line(self) -> bool:
        """Whether a visit takes only what comes next in the oldest order."""

    def admit(self, scene: Scene) -> Admission | None:
        """Which waiting order gets the free place; None leaves it free."""

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        """Which tray this machine brings next; None lets it stand."""
