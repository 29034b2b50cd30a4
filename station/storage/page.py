"""Trays and items at the supervisor's desk: what is shown, what is asked, and what comes back. Values without a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from station.storage.layout import Consequence, consequence
from station.values import Item, LayoutChange, PlannedMove, Stock, Tray, TrayUse

if TYPE_CHECKING:
    from db.records.moves import MovePlanned
    from station.storage.desk import StorageDesk


class Show(StrEnum):
    """What the page shows."""

    TRAYS = "trays"
    SPARE = "spare"
    NEARER = "nearer"
    TOGETHER = "together"
    FITS = "fits"


class Step(StrEnum):
    """What the builder asks."""

    WALL = "wall"
    TEMPLATES = "templates"
    LIKE = "like"
    APPLY = "apply"
    UNDO = "undo"
    AWAY = "away"  # goods lie in the way: are they to be moved?


LOSSES: Final = (Step.APPLY, Step.AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A tray as the store has it, with what lies there (`loads`: the compartments with one), the moves from and to it, and its
    last change where that may be taken back."""

    tray: Tray
    stock: tuple[Stock, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict)
    loads: frozenset[str] = frozenset()
    moves: tuple[PlannedMove, ...] = ()
    change: LayoutChange | None = None

    @property
    def stocked(self) -> frozenset[str]:
        """The compartments with goods."""
        return frozenset(each.place.compartment for each in self.stock if each.quantity)

    def means(self, after: Tray) -> Consequence:
        """What this layout would mean."""
        return consequence(self.tray, after, stock=self.stock, loads=self.loads, moves=self.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """The tray that is built. `draft` is how it is to be; nothing is changed before it is applied. `places` are where a wall can
    stand while it is placed, `at` is the one that is shown; `is_across`: from left to right."""

    book: Built
    draft: Tray
    selected: tuple[str, ...] = ()
    step: Step | None = None
    places: tuple[int, ...] = ()
    at: int = 0
    is_across: bool = False
    is_writing: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether something is to be applied."""
        return self.draft != self.book.tray


@dataclass(frozen=True, slots=True, kw_only=True)
class StoragePage:
    """Trays and items. `asked` numbers the questions to the store, `number` those to the other process: an older answer changes
    nothing. `item` is the one that is to fit, `about` the proposal that is asked about, `builder` the tray that is built."""

    show: Show = Show.TRAYS
    asked: int = 0
    number: int = 0
    uses: tuple[TrayUse, ...] | None = None
    desk: StorageDesk | None = None
    is_failed: bool = False
    item: str = ""
    is_finding: bool = False
    about: int | None = None
    builder: Builder | None = None
    behind: None = None  # it lies over the work only


@dataclass(frozen=True, slots=True)
class ReadUses:
    """Read how full the trays are. The answer is UsesRead."""

    number: int


@dataclass(frozen=True, slots=True)
class ReadBuilder:
    """Read a tray to build it; `label` is the compartment that is meant. The answer is BuilderRead."""

    number: int
    tray: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class ReadLike:
    """Read another tray, to divide one as that. The answer is LikeRead."""

    number: int
    tray: int


@dataclass(frozen=True, slots=True)
class FindFit:
    """Which item is meant by what was typed or scanned, which may be anybody's badge. The answer is FitFound."""

    number: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MakeStorage:
    """Make the figures of storage, in a process of its own; `item`: also where this one fits. The answer is StorageRead."""

    number: int
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoves:
    """Plan these moves; `without`: of so many compartments the goods have no place. The answer is MovesTold, and SiteChanged."""

    records: tuple[MovePlanned, ...]
    operator: str
    without: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAway:
    """Plan moves of all goods in these compartments to empty ones that take them, which another process looks for. The answer is
    MovesTold, and SiteChanged."""

    machine: str
    tray: int
    labels: tuple[str, ...]
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLayout:
    """Take the new layout over, in one event, and print the labels of `printed`. The answer is LayoutTold, and SiteChanged."""

    before: Tray
    after: Tray
    why: str
    undoes: str = ""
    changed: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    operator: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class UsesRead:
    number: int
    uses: tuple[TrayUse, ...]


@dataclass(frozen=True, slots=True)
class BuilderRead:
    """`built` None: there is no such tray. `now` are the compartments that lie where an old label's lay."""

    number: int
    built: Built | None
    label: str = ""
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LikeRead:
    number: int
    tray: Tray | None


@dataclass(frozen=True, slots=True)
class FitFound:
    """`item` "": nothing or more than one is meant."""

    number: int
    item: str


@dataclass(frozen=True, slots=True)
class StorageRead:
    """`desk` None: it could not be made."""

    number: int
    desk: StorageDesk | None


@dataclass(frozen=True, slots=True)
class MovesTold:
    """So many moves are planned, and so many compartments' goods have no place. `why` nothing is planned; `code`: no store took
    it."""

    count: int = 0
    without: int = 0
    why: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class LayoutTold:
    """The layout is on the disk, or `why` not: changed, occupied; `code`: no store took it."""

    tray: int
    why: str = ""
    code: str = ""


StorageQuestion = ReadUses | ReadBuilder | ReadLike | FindFit
StorageEffect = MakeStorage | PlanMoves | PlanAway | ChangeLayout
StorageAnswer = UsesRead | BuilderRead | LikeRead | FitFound | StorageRead | MovesTold | LayoutTold
