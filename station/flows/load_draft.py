"""What is said of a load before it goes in: for which order and operation, for whom, and when it is to be taken. Pure.

CODE (only where the label cannot be scanned) -> ORDER -> OPERATION -> CONSUMER -> WHEN -> a plan. Each but the code may be left
out. WHICH: the text is a production order of which loads lie here; one of them comes out, or a new load goes in. At a consumer's
ceiling the draft ends, or asks whoever has the right: OVER.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from station import commands as do
from station.load import is_at_ceiling
from station.load_plan import LoadPlan
from station.values import Load

LATER_H = {"load_in_1": 1, "load_in_2": 2, "load_in_4": 4, "load_in_8": 8, "load_in_24": 24}
NOT_PLANNED, NOBODY, PUT_OVER, LEAVE_IT = "load_not_planned", "nobody", "put_over", "leave_it"
NEW_LOAD = "new_load"


class LoadStep(StrEnum):
    CODE = "code"
    WHICH = "which"
    ORDER = "order"
    OPERATION = "operation"
    CONSUMER = "consumer"
    WHEN = "when"
    OVER = "over"


TYPED = (LoadStep.CODE, LoadStep.ORDER, LoadStep.OPERATION)


@dataclass(frozen=True, slots=True)
class LoadDraft:
    """The open question, and what was said so far. `found` are the loads of the production order that was named."""

    step: LoadStep
    plan: LoadPlan
    found: tuple[Load, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What the last two questions depend on: who takes loads, how many may wait for each, what waits, and who is asked."""

    consumers: tuple[str, ...]
    ceilings: Mapping[str, int]
    loads: Sequence[Load]
    may_go_over: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """All is said: the load may go in."""

    plan: LoadPlan


@dataclass(frozen=True, slots=True)
class Full:
    """Nothing more goes in for this consumer."""

    consumer: str


@dataclass(frozen=True, slots=True)
class TakeOut:
    """It is a load that lies here: it comes out."""

    load: str


DraftTurn = LoadDraft | Planned | Full | TakeOut | None


def new(load: str) -> LoadDraft:
    """A load whose code was read."""
    return LoadDraft(LoadStep.ORDER, LoadPlan(load=load))


def of_order(text: str, found: tuple[Load, ...]) -> LoadDraft:
    """A production order was named, and loads of it lie here."""
    return LoadDraft(LoadStep.WHICH, LoadPlan(load=text), found)


def said(draft: LoadDraft, text: str) -> LoadDraft:
    """What was typed or scanned, once it is known to be nobody's badge."""
    match draft.step:
        case LoadStep.CODE:
            return new(text)
        case LoadStep.ORDER:
            return LoadDraft(LoadStep.OPERATION, replace(draft.plan, production_order=text))
        case LoadStep.OPERATION:
            return LoadDraft(LoadStep.CONSUMER, replace(draft.plan, operation=text))
        case _:
            return draft


def advance(draft: LoadDraft, command: do.Command, *, limits: Limits, now: datetime) -> DraftTurn:
    """The next question, or what comes of the last one. None: given up. A command that means nothing here changes nothing."""
    match draft.step, command:
        case _, do.Back() | do.ClosePage():
            return None
        case LoadStep.WHICH, do.Choose(key="new_load"):
            return new(draft.plan.load)
        case LoadStep.WHICH, do.Choose(key=key) if any(each.load == key for each in draft.found):
            return TakeOut(key)
        case LoadStep.ORDER, do.LeaveOut():  # an operation without its order says nothing
            return LoadDraft(LoadStep.CONSUMER, draft.plan)
        case LoadStep.OPERATION, do.LeaveOut():
            return LoadDraft(LoadStep.CONSUMER, draft.plan)
        case LoadStep.CONSUMER, do.Choose(key=key) if key == NOBODY or key in limits.consumers:
            return _for(replace(draft.plan, consumer="" if key == NOBODY else key), limits)
        case LoadStep.OVER, do.Choose(key="put_over") if limits.may_go_over:
            return LoadDraft(LoadStep.WHEN, replace(draft.plan, over_ceiling=True))
        case LoadStep.OVER, do.Choose(key="put_over" | "leave_it"):
            return None
        case LoadStep.WHEN, do.Choose(key=key) if key in LATER_H:
            return Planned(replace(draft.plan, take_at=now + timedelta(hours=LATER_H[key])))
        case LoadStep.WHEN, do.Choose(key="load_not_planned"):
            return Planned(draft.plan)
        case _:
            return draft


def _for(plan: LoadPlan, limits: Limits) -> DraftTurn:
    plan = replace(plan, ceiling=limits.ceilings.get(plan.consumer))
    if not is_at_ceiling(plan.consumer, limits.loads, limits.ceilings):
        return LoadDraft(LoadStep.WHEN, plan)
    return LoadDraft(LoadStep.OVER, plan) if limits.may_go_over else Full(plan.consumer)
