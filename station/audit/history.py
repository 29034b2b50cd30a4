"""The state of the tray history page, what it asks, and the answers. Values only.

Each question has a number; an answer with another one than the newest question's is of the past and is dropped. While one is open
the next moment waits in `pending`, so that a quick hand on the slider never piles questions up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from station.values import Followed, Item, PastAsk, PastFilter, PastPage, Trace

FIRST_FILTERS, FURTHER_FILTERS = ("person", "item", "order", "reason"), ("lot", "serial", "since", "until")
FILTERS = (*FIRST_FILTERS, *FURTHER_FILTERS)
MORE = "more"  # the further ones are asked for
NOT_WHOLE = "O534"  # the code of a record that does not prove itself
GOODS = ("lot", "item", "supplier")  # what can be blocked by its name; a lot by way of its trace
TRACES = ("lot", "serial", "receipt", "order")
BLOCK_REASONS = ("recall", "quality", "supplier_told")  # why what was traced may leave at no station
MOST_NAMED = 3  # goods in a sentence


class Beside(StrEnum):
    """What stands beside the tray."""

    EVENTS = "events"
    CONTENTS = "contents"
    CUSTODY = "custody"
    TRACE = "trace"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the person. `what`: filter, trace, find, review, goods (which to block), block (why); `field` is the one
    of several that was chosen; `text` is what was said so far."""

    what: str
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was checked for what is shown, and what was found. `shown` events of it were compared with the chain, of which all
    `events` were computed; `flaws` are sentences in no language."""

    shown: int
    events: int
    checkpoints: int
    sealed_seq: int
    receipts: int
    seq: int
    head: str
    missing: tuple[int, ...] = ()
    flaws: tuple[str, ...] = ()
    took_ms: int = 0

    @property
    def is_right(self) -> bool:
        return not self.flaws and not self.missing


@dataclass(frozen=True, slots=True)
class Long:
    """Work that takes a while: proving or exporting, and how far it is. `total` 0: not known yet."""

    what: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blockable:
    """What a person has named to be blocked, as item and lot ("": all of it). `code` says why nothing can be: nothing_known,
    several_items, blocked. `is_whole`: the receipts of all stations of the site are known."""

    what: str
    key: str
    scopes: tuple[tuple[str, str], ...] = ()
    is_whole: bool = True
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """`number` None: a tray is chosen on the map, where those of `found` are marked. `page` is the moment that is shown, None
    until it was read. `asked` is the number of the newest question and `open` what is waited for, "" for nothing."""

    number: int | None = None
    found: tuple[int, ...] = ()
    beside: Beside = Beside.EVENTS
    wanted: PastFilter = field(default_factory=PastFilter)
    person: str = ""  # the filter's, as it was typed
    page: PastPage | None = None
    selected: str = ""
    asked: int = 0
    open: str = ""  # past | trace | find | goods
    pending: PastAsk | None = None
    question: Question | None = None
    trace: Trace | None = None
    items: Mapping[str, Item] = field(default_factory=dict)  # of the trace
    names: Mapping[str, str] = field(default_factory=dict)
    goods: Blockable | None = None  # named by a person, to be blocked
    long: Long | None = None
    long_number: int = 0
    proof: Proof | None = None
    exported: str = ""
    behind: None = None  # it lies over the work only

    @property
    def to_block(self) -> tuple[Followed, ...]:
        """The lots of the trace that is shown alone: what a supervisor may block."""
        followed = () if self.trace is None or self.number is not None else self.trace.followed
        return tuple(each for each in followed if each.lot)


# --- what is asked, and the answers


@dataclass(frozen=True, slots=True)
class ReadPast:
    """Read a tray at a moment. `person` is who the filter wants, as it was typed. The answer is PastRead."""

    number: int
    ask: PastAsk
    person: str = ""


@dataclass(frozen=True, slots=True)
class ReadTrace:
    """Follow goods through the record. The answer is TraceRead."""

    number: int
    what: str
    key: str


@dataclass(frozen=True, slots=True)
class FindTrays:
    """Find the trays that a code or a text means. The answer is TraysFound."""

    number: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FindGoods:
    """Find what an item or a supplier stands for, as it was typed or scanned. The answer is GoodsFound."""

    number: int
    what: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoodsFound:
    number: int
    goods: Blockable


@dataclass(frozen=True, slots=True)
class PastRead:
    """The moment; None where nobody, or more than one, has the filter's name. `person` is the id of whom the filter wants."""

    number: int
    page: PastPage | None
    person: str = ""


@dataclass(frozen=True, slots=True)
class TraceRead:
    number: int
    trace: Trace
    items: Mapping[str, Item]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TraysFound:
    """The trays where it lies or lay, and the filter that it stands for."""

    number: int
    trays: tuple[int, ...]
    wanted: PastFilter


@dataclass(frozen=True, slots=True)
class ProveShown:
    """Prove the record, and that these events (epoch, seq, hash) are in it. The answers are LongTold and Proven."""

    number: int
    shown: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class ExportShown:
    """Write the events of this tray that the filter wants into signed files. The answers are LongTold and Exported."""

    number: int
    machine: str
    tray: int
    wanted: PastFilter


@dataclass(frozen=True, slots=True)
class StopLong:
    """Stop the proof or the export that is under way."""


@dataclass(frozen=True, slots=True)
class LongTold:
    """How far it is."""

    number: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Proven:
    """The proof; None where it was stopped, or could not be made (`code`)."""

    number: int
    proof: Proof | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """The directory; "" where it was stopped, or could not be written (`code`)."""

    number: int
    directory: str
    code: str = ""


HistoryQuestion = ReadPast | ReadTrace | FindTrays | FindGoods
HistoryWork = ProveShown | ExportShown | StopLong
HistoryAnswer = PastRead | TraceRead | TraysFound | GoodsFound | LongTold | Proven | Exported
