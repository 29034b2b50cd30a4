"""What waits in the machine for somebody else, as the window shows it."""

from __future__ import annotations

from station.core.loads_page import limits
from station.core.state import LoadsPage, StationState
from station.flows.load_draft import (
    LATER_H,
    LEAVE_IT,
    NEW_LOAD,
    NOBODY,
    NOT_PLANNED,
    PUT_OVER,
    TYPED,
    Limits,
    LoadDraft,
    LoadStep,
)
from station.load import waiting_for
from station.values import Load
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskText, Choice
from station.view.loads import Ceiling, LoadsFace
from station.view.message import Message


def loads_face(state: StationState, page: LoadsPage) -> LoadsFace:
    """The list with its buttons, or the question that is open."""
    rows, known = page.loads or (), limits(state, page)
    ceilings = tuple(Ceiling(each, waiting_for(each, rows), most) for each, most in known.ceilings.items())
    if page.draft is not None:
        ask, load = _ask(page.draft, known), page.draft.plan.load
        return LoadsFace(rows=rows, ceilings=ceilings, offers=_asked_offers(page.draft), ask=ask, wait=_wait(page), load=load)
    refused = "store_read_only" if state.store_code else ""
    offers = (Offer(Action.BACK), Offer(Action.PUT_LOAD, refused), Offer(Action.LOCK))
    return LoadsFace(rows=rows, ceilings=ceilings, offers=offers, wait=_wait(page))


def loads_bar(page: LoadsPage) -> Message:
    """What to do here."""
    if _wait(page):
        return Message(_wait(page))
    if page.draft is None:
        return Message("loads_page" if page.loads else "loads_page_empty")
    return Message("answer_load" if page.draft.step in TYPED else "answer_question")


def _wait(page: LoadsPage) -> str:
    return "reading" if page.loads is None or page.asked or page.placing is not None else ""


def _asked_offers(draft: LoadDraft) -> tuple[Offer, ...]:
    leave = (Offer(Action.LEAVE_OUT),) if draft.step in (LoadStep.ORDER, LoadStep.OPERATION) else ()
    return (Offer(Action.BACK), *leave, Offer(Action.LOCK))


def _ask(draft: LoadDraft, known: Limits) -> Ask:
    params: dict[str, str | int] = {"load": draft.plan.load, "consumer": draft.plan.consumer}
    match draft.step:
        case LoadStep.WHICH:
            here = tuple(Choice(each.load, "load_of_order", _about(each)) for each in draft.found)
            return AskChoice(code="load_which", choices=(*here, Choice(NEW_LOAD, "load_new", params)), params=params)
        case LoadStep.CONSUMER:
            named = tuple(Choice(each, "load_consumer", {"consumer": each}) for each in known.consumers)
            return AskChoice(code="load_consumer", choices=(*named, Choice(NOBODY, "load_for_nobody")), params=params)
        case LoadStep.WHEN:
            hours = tuple(Choice(key, "load_in_hours", {"count": hours}) for key, hours in LATER_H.items())
            return AskChoice(code="load_when", choices=(*hours, Choice(NOT_PLANNED, "load_not_planned")), params=params)
        case LoadStep.OVER:
            there = {**params, "count": waiting_for(draft.plan.consumer, known.loads)}
            choices = (Choice(LEAVE_IT, "load_leave_it", is_primary=True), Choice(PUT_OVER, "load_put_over"))
            return AskChoice(code="load_over", choices=choices, params=there)
        case step:
            return AskText(code=f"load_{step.value}", params=params)


def _about(load: Load) -> dict[str, str | int]:
    """What tells one load of an order from the others."""
    place = load.place
    return {"load": load.load, "operation": load.operation, "tray": place.tray, "compartment": place.compartment}
