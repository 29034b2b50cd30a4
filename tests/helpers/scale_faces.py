"""Hand-made Views of questions beside a counting scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from station.view.action import Action, Offer
from station.view.ask import AskNumber
from station.view.message import Message
from station.view.status import DeviceLight, Light
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.view import View
from station.view.weighing import Weighing
from tests.helpers.faces import BAY, BOLT, LIGHTS, QUESTION, ask_views, view

SURE = Weighing(weight_mg=164_000, step_mg=100, pieces=40, plus_minus=1, is_sure=True, piece_ug=4_100_300, sample=10)
ABOUT = replace(SURE, weight_mg=1_689_200, pieces=412, plus_minus=3, is_sure=False)
WHY = ("scale_moving", "scale_overload", "scale_underload", "scale_negative", "scale_empty", "scale_not_learnt")
ON_SCALE = AskNumber(code="pieces_on_scale", item=BOLT, result="learn_weight", params={"item": BOLT.code})


def with_scale(shown: View, weighing: Weighing) -> View:
    """The same question with a scale at the bay."""
    assert isinstance(shown.face, TaskFace | BayFace)
    scale = DeviceLight("scale", Light.BAD if weighing.why == "scale_no_link" else Light.GOOD)
    return replace(shown, face=replace(shown.face, weighing=weighing), lights=(*LIGHTS[:-1], scale, LIGHTS[-1]))


def scale_views() -> Iterator[tuple[str, View]]:
    """Every kind of thing that a scale has to say."""
    taken = dict(ask_views())["ask_taken"]
    assert isinstance(taken.face, TaskFace)
    yield "scale_sure", with_scale(taken, SURE)
    yield "scale_about", with_scale(taken, ABOUT)
    for why in WHY:
        piece_ug = 0 if why == "scale_not_learnt" else SURE.piece_ug
        yield why, with_scale(taken, replace(SURE, why=why, is_sure=False, piece_ug=piece_ug))
    yield "scale_no_link", with_scale(taken, replace(SURE, weight_mg=None, why="scale_no_link", is_sure=False))
    yield "scale_learning", _learning(taken, replace(SURE, is_learning=True, is_sure=False, piece_ug=0))
    ask = AskNumber(code="direct_pick_quantity", item=BOLT, params={"item": BOLT.code, "compartment": "C7"})
    direct = view(replace(BAY, ask=ask, offers=taken.face.offers), QUESTION)
    yield "scale_direct", with_scale(direct, SURE)


def _learning(taken: View, weighing: Weighing) -> View:
    shown = with_scale(taken, weighing)
    assert isinstance(shown.face, TaskFace)
    face = replace(shown.face, ask=ON_SCALE, offers=(Offer(Action.BACK), Offer(Action.LOCK)))
    return replace(shown, face=face, bar=Message("weigh_sample", params={"item": BOLT.code, "needed": 10}))
