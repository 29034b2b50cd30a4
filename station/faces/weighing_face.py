"""What the scale says beside a question for a number of pieces. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from station.core.state import ScaleState, StationState
from station.core.weighing import Subject, subject, why_not_weighed
from station.piece_weight import count
from station.view.action import Action, Offer
from station.view.ask import AskNumber
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.weighing import Weighing

F = TypeVar("F", TaskFace, BayFace)


def beside(state: StationState, face: F) -> F:
    """The face with what the scale says; the face as it is where there is no scale, or no number of pieces is asked."""
    about, scale = subject(state), state.scale
    if about is None or scale is None:
        return face
    weighing = _weighing(state, scale, about)
    if not scale.is_learning:
        return replace(face, weighing=weighing)
    ask = AskNumber(code="pieces_on_scale", item=about.item, result="learn_weight", params={"item": about.item.code})
    return replace(face, weighing=weighing, ask=ask, offers=(Offer(Action.BACK), Offer(Action.LOCK)))


def _weighing(state: StationState, scale: ScaleState, about: Subject) -> Weighing:
    """A figure only of a still weight, of a lot whose pieces were weighed."""
    read, weight = scale.read, scale.weight
    shown = Weighing(
        weight_mg=read.weight_mg if read is not None and scale.is_up else None,
        step_mg=read.step_mg if read is not None else 0,
        why=why_not_weighed(state, scale) or _why_not_counted(scale, about),
        piece_ug=weight.piece_ug if weight is not None else 0,
        sample=weight.sample if weight is not None else 0,
        is_learning=scale.is_learning,
        may_learn=_why_not_learnt(state, scale, about),
    )
    if shown.why or shown.weight_mg is None or weight is None:
        return shown
    found = count(
        shown.weight_mg,
        shown.step_mg,
        piece_ug=weight.piece_ug,
        uncertainty_ug=weight.uncertainty_ug,
        precision=state.rules.precision,
    )
    return replace(shown, pieces=found.pieces, plus_minus=found.plus_minus, is_sure=found.is_sure)


def _why_not_counted(scale: ScaleState, about: Subject) -> str:
    if about.lot is None:
        return "scale_lot_not_known"
    if not scale.is_weight_read:
        return "scale_reading"
    return "scale_not_learnt" if scale.weight is None else ""


def _why_not_learnt(state: StationState, scale: ScaleState, about: Subject) -> str:
    """Why learning cannot be begun, as a refusal's code."""
    if not scale.is_up:
        return "scale_no_link"
    if about.lot is None:
        return "lot_not_known"
    if scale.is_saving:
        return "reading"
    return "store_read_only" if state.store_code else ""
