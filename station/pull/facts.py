"""What the rules of pull ask of the store, within the transaction that writes what they decide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from typing import Protocol

from station.values import Item, Order, Pulled, PullLoop, PullPosition, PullSignal


class Facts(Protocol):
    """The store as it is in this transaction."""

    def loops(self) -> tuple[PullLoop, ...]: ...

    def loop(self, name: str) -> PullLoop | None: ...

    def signal(self, name: str) -> PullSignal | None: ...

    def signal_of_card(self, card: str) -> PullSignal | None:
        """The newest signal of a card: the open one where there is one."""

    def order_of_card(self, card: str) -> str:
        """The open order by which the site database was asked for this card, "" for none."""

    def raised_by(self, name: str) -> int:
        """How many signals this card has raised, or this loop without a card."""

    def waiting_signals(self) -> tuple[PullSignal, ...]:
        """Signals that the machine is to serve and that are no work yet, what is needed first before the others."""

    def at_work(self, consumer: str) -> int:
        """How many signals the consumer has under way."""

    def with_rest(self) -> tuple[PullSignal, ...]:
        """Signals of which less was there than was asked, and whose rest nobody has asked for yet."""

    def positions(self, items: Collection[str]) -> Mapping[str, PullPosition]: ...

    def item(self, code: str) -> Item | None: ...

    def order(self, order: str) -> Order | None: ...

    def is_order(self, name: str) -> bool:
        """Whether an order has this name."""

    def is_taken(self, name: str) -> bool:
        """Whether an order or a signal has this name."""


class PullStore(Protocol):
    """The part of the store that writes what was decided."""

    def append_pull(self, decide: Callable[[Facts], Pulled], *, operator: str = "", role: str = "") -> Future[Pulled]:
        """Write what is decided of the store as it is in that very transaction. Fails with StoreError."""
