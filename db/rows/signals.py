"""Pull signals, loops and cards as the store has them. Quantities are scaled integers (`db.rows.items`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

PULL_AT_WORK: Final = ("released", "picking", "picked", "handed_over")  # what a consumer has under way: its work in progress


@dataclass(frozen=True, slots=True, kw_only=True)
class PullLoop:
    """A loop. `supplier` "": it is served from the machine. `trigger_at` None: only its cards ask. `wip_limit` 0: any number."""

    loop: str
    item: str
    consumer: str
    container: int
    cards: int
    lead_time_min: int
    since: datetime
    supplier: str = ""
    goes_back: str = "bin_empty"
    trigger_at: int | None = None
    up_to: int = 0
    wip_limit: int = 0
    use_per_day: int = 0
    safety_percent: int = 0
    is_active: bool = True
    bottleneck_per_1000h: int = 0  # with the two below what `wip_limit` is made from; 0: nobody said
    raw_time_min: int = 0
    wanted_per_1000h: int = 0

    @property
    def covers(self) -> str:
        """Which variability its stock is there for."""
        return "external" if self.supplier else "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class PullSignal:
    """A signal with when it came to each state, in order. `done` is what was picked, or received from a supplier; `order` is the
    work that it became."""

    signal: str
    item: str
    quantity: int
    consumer: str
    origin: str
    raised_at: datetime
    need_by: datetime | None = None
    loop: str = ""
    card: str = ""
    supplier: str = ""
    order: str = ""
    state: str = "signalled"
    reason: str = ""
    rest_of: str = ""
    done: int = 0
    rest: int = 0  # was short, and is to be asked for anew
    is_open: bool = True
    steps: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PullOrder:
    """An open pick order that no signal of ours became: its release asks. `lines` are those that are open; of one alone `item`
    and what is left of its `quantity` are said."""

    order: str
    consumer: str
    need_by: datetime | None
    state: str
    sequence: str
    reference: str
    lines: int
    item: str
    quantity: int


@dataclass(frozen=True, slots=True)
class PullCard:
    """A card that was seen: when last, and how often."""

    card: str
    loop: str
    seen_at: datetime
    scans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PullPosition:
    """What there is of an item and what is coming: free stock; asked of suppliers; shipped or announced; asked by open work."""

    on_hand: int = 0
    on_order: int = 0
    on_the_way: int = 0
    committed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Goods that were received, and what became of them: seconds from the receipt to the order or the compartment, None while
    they are at the receiving place. `way`: crossed | stored | mixed | waits."""

    order: str
    item: str
    supplier: str
    reference: str
    quantity: int
    at: datetime
    way: str
    dwell_s: int | None
