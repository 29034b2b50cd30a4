"""What pull rules ask of the store and write into it, in one transaction of the writer: what was true when it was decided is true
when it is written, so that nothing is asked for twice."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries import items as item_queries
from db.queries import orders as order_queries
from db.queries import signals
from db.rows.items import Item
from db.rows.orders import Order
from db.rows.pulled import Pulled
from db.rows.signals import PullLoop, PullPosition, PullSignal


@dataclass(frozen=True, slots=True)
class PullFacts:
    """The store as it is in this transaction."""

    _connection: Connection

    def loops(self) -> tuple[PullLoop, ...]:
        return signals.loops(self._connection)

    def loop(self, name: str) -> PullLoop | None:
        return signals.loop(self._connection, name)

    def signal(self, name: str) -> PullSignal | None:
        return signals.signal(self._connection, name)

    def signal_of_card(self, card: str) -> PullSignal | None:
        return signals.signal_of_card(self._connection, card)

    def order_of_card(self, card: str) -> str:
        return signals.order_of_card(self._connection, card)

    def raised_by(self, name: str) -> int:
        """How many signals this card or loop has raised."""
        return signals.raised_by(self._connection, name)

    def waiting_signals(self) -> tuple[PullSignal, ...]:
        return signals.waiting(self._connection)

    def at_work(self, consumer: str) -> int:
        return signals.at_work(self._connection, consumer)

    def with_rest(self) -> tuple[PullSignal, ...]:
        return signals.with_rest(self._connection)

    def positions(self, items: Collection[str]) -> dict[str, PullPosition]:
        return signals.positions(self._connection, items)

    def item(self, code: str) -> Item | None:
        return item_queries.item(self._connection, code)

    def order(self, order: str) -> Order | None:
        return order_queries.order(self._connection, order)

    def is_order(self, name: str) -> bool:
        return order_queries.is_known(self._connection, name)

    def is_taken(self, name: str) -> bool:
        """Whether an order or a signal has this name."""
        return signals.is_signal(self._connection, name) or order_queries.is_known(self._connection, name)


DecidePull = Callable[[PullFacts], Pulled]
