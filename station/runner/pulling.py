"""The scan of a card and the step of a signal, decided and written in one transaction, on a reader thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from db.errors import Kind, StoreError
from station.core.effects import MoveSignal, ScanCard
from station.core.inputs import CardTold, SignalTold
from station.jit.signal import Step
from station.pull import cards, steps
from station.pull.facts import Facts, PullStore
from station.values import Item, Pulled

logger = logging.getLogger(__name__)

STORE_TIMEOUT_S = 30.0
NO_STORE = "D402"


class CardStore(PullStore, Protocol):
    """What a scan needs of the store."""

    def item(self, code: str) -> Item | None: ...


def scan_card(store: CardStore | None, asked: ScanCard, utc: Callable[[], datetime]) -> CardTold:
    """What the scan came to. Raises what is a bug."""
    if store is None:
        return CardTold(asked.card, "", code=NO_STORE)
    turns: list[cards.CardTurn] = []

    def decide(facts: Facts) -> Pulled:
        turns.append(cards.scanned(facts, asked.card, utc(), said=asked.said))
        return turns[-1].pulled

    try:
        store.append_pull(decide, operator=asked.operator, role=asked.role).result(STORE_TIMEOUT_S)
    except StoreError as error:
        return CardTold(asked.card, "", code=refused(error))
    turn = turns[-1]
    loop = turn.loop
    raises = turn.came_to in (cards.Scanned.RAISED, cards.Scanned.RETURNED)
    return CardTold(
        asked.card,
        turn.came_to.value,
        signal=turn.signal,
        item=store.item(loop.item) if loop else None,
        quantity=loop.container if loop else 0,
        consumer=loop.consumer if loop else "",
        is_waiting=raises and not turn.pulled.orders,
    )


def move_signal(store: CardStore | None, asked: MoveSignal, utc: Callable[[], datetime]) -> SignalTold:
    """What became of the step. Raises what is a bug."""
    if store is None:
        return SignalTold(asked.signal, asked.step, code=NO_STORE)
    whys: list[str] = []

    def decide(facts: Facts) -> Pulled:
        pulled, why = steps.stepped(facts, asked.signal, Step(asked.step), utc(), proof="touch")
        whys.append(why)
        return pulled

    try:
        store.append_pull(decide, operator=asked.operator, role=asked.role).result(STORE_TIMEOUT_S)
    except StoreError as error:
        return SignalTold(asked.signal, asked.step, code=refused(error))
    return SignalTold(asked.signal, asked.step, why=whys[-1])


def refused(error: StoreError) -> str:
    """The code of what the store did not take. Raises what is a bug."""
    if error.kind is Kind.BUG:
        raise error
    logger.warning("a pull signal was not written: %s", error)
    return error.code
