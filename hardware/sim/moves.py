"""What a move is made of, and what a kind of machine has to say about its moves."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import Enum, StrEnum
from typing import Any, Protocol


class Refusal(Enum):
    """Why a request is not taken."""

    BUSY = "busy"
    STOPPED = "stopped"
    MANUAL = "manual"
    NOT_READY = "not_ready"
    NO_SUCH_OPENING = "no_such_opening"
    NO_SUCH_TRAY = "no_such_tray"
    NO_SECOND_PLACE = "no_second_place"
    OCCUPIED = "occupied"


class Kind(StrEnum):
    """What a move is for. An errand is the machine's own: nobody is told of it."""

    FETCH = "fetch"
    STORE = "store"
    PREFETCH = "prefetch"
    ERRAND = "errand"


class Step(StrEnum):
    """A stretch of a move. What has changed at its end stands in `Places.end`."""

    TRAVEL = "travel"
    PULL = "pull"
    PUT = "put"
    PRESENT = "present"
    PULL_FROM_BAY = "pull_from_bay"
    PRESENT_WAITING = "present_waiting"
    SWAP_IN = "swap_in"
    REFERENCE = "reference"
    LEAVE = "leave"
    IN_FRONT = "in_front"


@dataclass(slots=True)
class Phase:
    """A stretch of a move from `from_mm` by `by_mm` (round a loop of `loop_mm`, if it is one). A curtain at the opening `zone`
    stops it."""

    step: Step
    left_s: float
    from_mm: int
    by_mm: int = 0
    loop_mm: int = 0
    zone: str = ""
    whole_s: float = 0.0

    def __post_init__(self) -> None:
        self.step = Step(self.step)
        self.whole_s = self.whole_s or self.left_s

    @property
    def end_mm(self) -> int:
        return self._at(1.0)

    def position_mm(self) -> int:
        """Where the drive is now; in even steps of time, which is near enough for a stop between levels."""
        return self._at(1.0 - self.left_s / self.whole_s if self.whole_s else 1.0)

    def _at(self, done: float) -> int:
        at_mm = self.from_mm + round(self.by_mm * done)
        return at_mm % self.loop_mm if self.loop_mm else at_mm


@dataclass(slots=True)
class Job:
    """The move in hand of one drive. `alarm` is what the check of a store has found: the tray is on its way back to the bay."""

    request: str
    opening: str
    tray: int
    kind: Kind
    phases: list[Phase] = field(default_factory=list)
    has_started: bool = False
    alarm: str = ""

    @property
    def is_referencing(self) -> bool:
        return any(phase.step is Step.REFERENCE for phase in self.phases)

    @property
    def holds_tray(self) -> bool:
        """Whether the tray is on the extractor: it was taken somewhere and is not where it goes to."""
        steps = {phase.step for phase in self.phases}
        return bool(steps & {Step.PUT, Step.PRESENT, Step.PRESENT_WAITING}) and not steps & {Step.PULL, Step.PULL_FROM_BAY}

    @property
    def left_s(self) -> float:
        return sum(phase.left_s for phase in self.phases)

    def snapshot(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def restored(cls, state: dict[str, Any]) -> Job:
        phases = [Phase(**phase) for phase in state["phases"]]
        return cls(**{**state, "kind": Kind(state["kind"]), "phases": phases})


@dataclass(slots=True)
class Places:
    """Where things are. `drives` are positions in mm, `front` and `waiting` trays by opening."""

    drives: dict[str, int]
    front: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)

    @property
    def in_use(self) -> set[int]:
        return {*self.front.values(), *self.waiting.values()}

    def end(self, step: Step, opening: str, tray: int) -> None:
        """A stretch is over."""
        match step:
            case Step.PULL_FROM_BAY | Step.LEAVE:
                self.front.pop(opening, None)
            case Step.PRESENT | Step.IN_FRONT:
                self.front[opening] = tray
            case Step.PRESENT_WAITING:
                self.waiting[opening] = tray
            case Step.SWAP_IN:
                self.waiting.pop(opening, None)
                self.front[opening] = tray
            case _:
                pass


class Moves(Protocol):
    """One kind of machine: what it refuses, and of which stretches its moves are made."""

    @property
    def openings(self) -> tuple[str, ...]: ...

    @property
    def trays(self) -> tuple[int, ...]: ...

    def places(self) -> Places:
        """Where everything is when the machine is new."""

    def drive_of(self, places: Places, opening: str, tray: int | None) -> str:
        """Which drive a request keeps busy; `tray` None asks for storing."""

    def refusal_of(self, places: Places, opening: str, tray: int) -> Refusal | None:
        """Why this tray would not be brought to this opening, busy or not."""

    def refusal_of_prefetch(self, places: Places, opening: str, tray: int) -> Refusal | None:
        """Why this tray would not be brought to the second place of this opening."""

    def fetch(self, places: Places, opening: str, tray: int) -> list[Phase]: ...

    def store(self, places: Places, opening: str, tray: int) -> list[Phase]: ...

    def prefetch(self, places: Places, opening: str, tray: int) -> list[Phase]: ...

    def back(self, places: Places, job: Job) -> list[Phase]:
        """Bring the tray that the job holds back to where it came from, from where the drive stands."""

    def reference(self, places: Places, drive: str) -> tuple[str, int, list[Phase]]:
        """Find the position again: opening and tray it ends with (none: "" and 0), and the stretches."""
