"""A kanban card, or the label of a line-side bin, is scanned at the bay. Pure.

A card has one open signal: its second scan shows the first, also where the site database was called for it. Goods that were
picked leave the bay with their card; the card comes back with the empty bin (or with the first piece out of it), and that says
that they have arrived and asks for the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from db.records.pull import CardSeen, SignalMoved
from station.jit.signal import Origin, Step
from station.pull.facts import Facts
from station.pull.raising import of_loop, raised
from station.values import Pulled, PullLoop, PullSignal

BETWEEN = "-"  # a loop's name, and the number of the card
AWAY = timedelta(seconds=60)  # a card that left comes back no sooner: a second scan at the hand-over asks for nothing


NOTHING = Pulled()


class Scanned(StrEnum):
    """What the scan of a card came to."""

    RAISED = "raised"
    OPEN = "open"  # its signal stands already
    ASK = "ask"  # its goods are picked: do they leave now, or is the bin back?
    HANDED_OVER = "handed_over"
    RETURNED = "returned"  # what it had asked for has arrived, and it asks for the next
    SURPLUS = "surplus"  # its loop has fewer cards
    IDLE = "idle"  # its loop is out of use
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CardTurn:
    """What a scan came to: its signal as it was before ("" raised: of the new one), and what is written."""

    came_to: Scanned
    signal: str = ""
    loop: PullLoop | None = None
    pulled: Pulled = NOTHING


def loop_of(facts: Facts, card: str) -> tuple[PullLoop, int] | None:
    """The loop of a card and its number in it: `K12-3` is the third card of K12; the bin of a loop may have its name alone."""
    if (own := facts.loop(card)) is not None:
        return own, 1
    name, between, number = card.rpartition(BETWEEN)
    loop = facts.loop(name) if between and number.isascii() and number.isdigit() and len(number) <= 4 else None
    return None if loop is None else (loop, int(number))


def scanned(facts: Facts, card: str, at: datetime, *, said: str = "") -> CardTurn:
    """What this scan means now. `said`: handed_over or returned, where a person answered which of them it is."""
    found = loop_of(facts, card)
    if found is None:
        return CardTurn(Scanned.UNKNOWN)
    loop, number = found
    before = facts.signal_of_card(card)
    is_open = before is not None and before.is_open
    if before is not None and is_open and (turn := _of_open(facts, loop, before, at, said=said)) is not None:
        return turn
    if before is not None and is_open:
        return _seen(loop, card, Scanned.OPEN, before.signal)
    if called := facts.order_of_card(card):
        return _seen(loop, card, Scanned.OPEN, called)
    if not loop.is_active:
        return _seen(loop, card, Scanned.IDLE)
    if not 1 <= number <= loop.cards:
        return _seen(loop, card, Scanned.SURPLUS)
    name, pulled = raised(facts, of_loop(loop, loop.container, Origin.CARD, at, card=card))
    return _seen(loop, card, Scanned.RAISED, name, pulled)


def _of_open(facts: Facts, loop: PullLoop, signal: PullSignal, at: datetime, *, said: str) -> CardTurn | None:
    """Goods that were picked leave, or have arrived; None: the scan only shows the signal."""
    is_away = signal.state == "handed_over"
    if signal.state == "picked" and said == Scanned.HANDED_OVER:
        return _seen(loop, signal.card, Scanned.HANDED_OVER, signal.signal, Pulled((_step(signal, Step.HAND_OVER),)))
    if signal.state == "picked" and said != Scanned.RETURNED:
        return CardTurn(Scanned.ASK, signal.signal, loop)
    since = signal.steps[-1][1] if signal.steps else signal.raised_at
    if signal.state == "picked" or (is_away and at - since >= AWAY):
        done = Pulled((_step(signal, Step.DELIVER),))
        if not loop.is_active:
            return _seen(loop, signal.card, Scanned.IDLE, signal.signal, done)
        if called := facts.order_of_card(signal.card):  # somebody has called meanwhile
            return _seen(loop, signal.card, Scanned.OPEN, called, done)
        name, pulled = raised(facts, of_loop(loop, loop.container, Origin.CARD, at, card=signal.card), gone=1)
        return _seen(loop, signal.card, Scanned.RETURNED, name, done + pulled)
    return None


def _step(signal: PullSignal, step: Step) -> SignalMoved:
    return SignalMoved(signal=signal.signal, step=step.value, proof="scan")


def _seen(loop: PullLoop, card: str, came_to: Scanned, signal: str = "", pulled: Pulled = NOTHING) -> CardTurn:
    record = CardSeen(card=card, loop=loop.loop, outcome=came_to.value, signal=signal)
    return CardTurn(came_to, signal, loop, pulled + Pulled((record,)))
