"""Hand-made Views of days that are worked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.planner.history import Measured
from station.planner.learning import LearntMachine
from station.planner.motion_log import Levels
from station.planner.own_machine import own_lift
from station.planner.problem import Operator, PolicyName
from station.planner.replay import POLICIES, Played, Replay, Variant
from station.planner.visit_log import LearntOperator
from station.values import Role
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.replay import ReplayFace
from station.view.status import OperatorTag
from station.view.view import View
from tests.helpers.faces import NOW, view

LEARNT = LearntMachine(speed_m_s=0.82, acceleration_m_s2=0.5, transfer_s=4.1, rms_s=0.43, n=2188, left_out=31, mean_s=17.0)
RATES = {
    PolicyName.FCFS: (78, 105, 78, 105),
    PolicyName.ORDER: (80, 108, 80, 108),
    PolicyName.WAVE: (80, 108, 126, 192),
    PolicyName.OLDEST: (81, 116, 134, 213),
    PolicyName.VOTES: (81, 116, 135, 234),
    PolicyName.OVERLAP: (89, 131, 160, 268),
    PolicyName.AUTO: (91, 139, 169, 279),
}


def _played() -> tuple[Played, ...]:
    bays = ((1, 1), (2, 1), (1, 8), (2, 8))
    return tuple(
        Played(
            variant=Variant(policy, positions, places),
            lines_per_hour=float(RATES[policy][at]),
            wait_share=max(0.1, 1 - RATES[policy][at] / 330),
            trays_per_line=0.98 if places == 1 else 0.34,
            late=max(0, 34 - RATES[policy][at] // 8),
            hours=31.5,
        )
        for at, (positions, places) in enumerate(bays)
        for policy in POLICIES
    )


REPORT = Replay(
    station="S1",
    machine_name="VLM1",
    first=NOW - timedelta(days=7),
    until=NOW,
    measured=Measured(
        orders=612,
        lines=2731,
        lines_per_hour=78.4,
        wait_share=0.62,
        trays_per_line=0.97,
        late=34,
        with_need_by=590,
        hours=34.8,
    ),
    played=_played(),
    machine=own_lift(Levels(bay_mm=900, trays_mm={1: 2600, 2: 2600, 3: 2900}), LEARNT),
    operator=LearntOperator(operator=Operator(4.3, 8.8), rms_s=2.1, n=1904),
    positions=1,
    places=8,
    has_places=False,
    left_out=12,
    assumed=("released", "usual_places"),
)
SUPERVISOR = OperatorTag("p_1", "J. Weber", Role.SUPERVISOR)
BACK, LOCK = Offer(Action.BACK), Offer(Action.LOCK)


def replay_views() -> Iterator[tuple[str, View]]:
    """Which days, the progress, the report, a bay without need-by times, and what ends it otherwise."""
    choices = tuple(Choice(str(each), "replay_days", {"count": each}) for each in (1, 7, 28))
    ask = AskChoice(code="replay_which", choices=choices)
    yield "replay_which", _view(ReplayFace(offers=(BACK, LOCK), ask=ask), Message("replay_which"))
    running = ReplayFace(offers=(Offer(Action.STOP_REPLAY), LOCK), days=7)
    yield "replay_reading", _view(running, Message("replay_running"))
    yield "replay_running", _view(replace(running, done=11, of=28), Message("replay_running"))
    done = ReplayFace(offers=(BACK, Offer(Action.POLICIES), LOCK), days=7, report=REPORT)
    yield "replay", _view(done, Message("replay_page"))
    policies = replace(done, offers=(BACK, LOCK), shows_policies=True)
    yield "replay_policies", _view(policies, Message("replay_policies"))
    plain = replace(REPORT, measured=replace(REPORT.measured, with_need_by=0, late=0), assumed=("machine", "released"))
    yield "replay_plain", _view(replace(done, report=plain), Message("replay_page"))
    nothing = Message("replay_nothing", Level.ACT, error="O512")
    yield "replay_nothing", _view(ReplayFace(offers=(BACK, LOCK), days=1, why="nothing"), nothing)
    failed = Message("replay_failed", Level.ACT, error="O516")
    yield "replay_failed", _view(ReplayFace(offers=(BACK, LOCK), days=1, why="failed"), failed)


def _view(face: ReplayFace, bar: Message) -> View:
    return view(face, bar, operator=SUPERVISOR)
