"""Every state of a card's signal against every answer: what a scan comes to, and what is written of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.records.pull import CardSeen, SignalMoved, SignalRaised
from station.jit.signal import ENDED, SignalState
from station.pull.cards import AWAY, Scanned, scanned
from station.values import PullLoop, PullSignal
from tests.helpers.fake_store import NOON, FakeStore

S = SignalState
ASKS_ANEW = frozenset(ENDED)
SAID = ("", Scanned.HANDED_OVER.value, Scanned.RETURNED.value)


def store(state: SignalState | None, *, is_active: bool = True) -> FakeStore:
    made = FakeStore()
    made.pull_loops["K12"] = PullLoop(
        loop="K12", item="BOLT", consumer="L", container=4, cards=2, lead_time_min=60, since=NOON, is_active=is_active
    )
    if state is not None:
        made.signals["K12-1.1"] = PullSignal(
            signal="K12-1.1", item="BOLT", quantity=4, consumer="L", origin="card", raised_at=NOON, loop="K12", card="K12-1",
            state=state.value, is_open=state not in ENDED, steps=((state.value, NOON),),
        )  # fmt: skip
    return made


def expected(state: SignalState | None, said: str, *, is_away: bool) -> Scanned:
    if state is None or state in ASKS_ANEW:
        return Scanned.RAISED
    if state is S.PICKED:
        return Scanned(said) if said else Scanned.ASK
    return Scanned.RETURNED if state is S.HANDED_OVER and is_away else Scanned.OPEN


@pytest.mark.parametrize("after", [timedelta(seconds=1), AWAY])
@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("state", [None, *SignalState])
def test_a_scan_comes_to_what_its_signal_allows(state: SignalState | None, said: str, after: timedelta) -> None:
    turn = scanned(store(state), "K12-1", NOON + after, said=said)
    assert turn.came_to is expected(state, said, is_away=after >= AWAY)
    raised = [each for each in turn.pulled.records if isinstance(each, SignalRaised)]
    moved = [each.step for each in turn.pulled.records if isinstance(each, SignalMoved) and each.step != "release"]
    assert [each.quantity for each in raised] == ([4] if turn.came_to in (Scanned.RAISED, Scanned.RETURNED) else [])
    assert len(turn.pulled.orders) == len(raised)
    steps = {Scanned.RETURNED: ["deliver"], Scanned.HANDED_OVER: ["hand_over"]}
    assert moved == steps.get(turn.came_to, [])
    seen = [each.outcome for each in turn.pulled.records if isinstance(each, CardSeen)]
    assert seen == ([] if turn.came_to is Scanned.ASK else [turn.came_to.value])


@pytest.mark.parametrize(
    ("card", "came_to"),
    [("K12", Scanned.RAISED), ("K12-0", Scanned.SURPLUS), ("K12-3", Scanned.SURPLUS), ("K12-", Scanned.UNKNOWN),
     ("K12-1x", Scanned.UNKNOWN), ("K12-²", Scanned.UNKNOWN), ("K12-00001", Scanned.UNKNOWN), ("", Scanned.UNKNOWN)],
)  # fmt: skip
def test_a_card_is_a_loop_and_its_number_and_nothing_is_guessed(card: str, came_to: Scanned) -> None:
    assert scanned(store(None), card, NOON).came_to is came_to


def test_a_card_that_is_back_in_a_loop_out_of_use_arrives_and_asks_for_nothing() -> None:
    turn = scanned(store(S.PICKED, is_active=False), "K12-1", NOON, said="returned")
    assert turn.came_to is Scanned.IDLE
    assert [each.step for each in turn.pulled.records if isinstance(each, SignalMoved)] == ["deliver"]
    assert turn.pulled.orders == ()


@pytest.mark.parametrize("state", [None, S.PICKED, S.DELIVERED])
def test_what_the_site_was_called_for_is_asked_for_once(state: SignalState | None) -> None:
    made = store(state)
    made.called["K12-1"] = "K12-1.c1"
    turn = scanned(made, "K12-1", NOON + AWAY, said="returned" if state is S.PICKED else "")
    assert (turn.came_to, turn.signal) == (Scanned.OPEN, "K12-1.c1")
    assert not turn.pulled.orders
    moved = [each.step for each in turn.pulled.records if isinstance(each, SignalMoved)]
    assert moved == (["deliver"] if state is S.PICKED else [])
