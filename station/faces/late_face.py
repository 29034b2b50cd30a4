"""What was done without the station, as the window shows it."""

from __future__ import annotations

from station.core.late_rights import may_enter_late
from station.core.state import LatePage, StationState
from station.count_due import LATE_REASONS
from station.faces.late_draft_face import draft_ask, draft_said
from station.flows.late import MARK, Marking, MarkStep
from station.flows.late_draft import Step
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskNumber, AskText, Choice
from station.view.late import LateFace
from station.view.message import Message


def late_face(state: StationState, page: LatePage) -> LateFace:
    """The list with its buttons, or the question that is open."""
    rows = tuple(state.counts_due.values())
    if page.marking is not None:
        return LateFace(rows=rows, offers=(Offer(Action.BACK), Offer(Action.LOCK)), ask=_ask(page.marking))
    if page.draft is not None:
        draft = page.draft
        wait = draft.step.value if draft.step in (Step.READING, Step.BOOKING) else ""
        back = () if draft.step is Step.BOOKING else (Offer(Action.BACK),)
        said = draft_said(draft)
        return LateFace(rows=rows, offers=(*back, Offer(Action.LOCK)), ask=draft_ask(draft), wait=wait, said=said)
    refused = "store_read_only" if state.store_code else ""
    marks = (Offer(Action.LATE_BOOKING, refused), Offer(Action.MARK_TRAY, refused), Offer(Action.MARK_ALL, refused))
    return LateFace(rows=rows, offers=(Offer(Action.BACK), *marks, Offer(Action.LOCK)))


def offers_of_tray(state: StationState, tray: int | None) -> tuple[Offer, ...]:
    """What the tray page offers: to be counted at the next visit."""
    if tray is None or not may_enter_late(state) or tray in state.counts_due:
        return ()
    return (Offer(Action.MARK_TRAY, "store_read_only" if state.store_code else ""),)


def late_bar(state: StationState, page: LatePage) -> Message:
    """What to do here."""
    if page.draft is not None:
        step = page.draft.step
        return Message(step.value) if step in (Step.READING, Step.BOOKING) else Message("answer_late")
    if page.marking is None:
        return Message("late_page")
    return Message("which_tray" if page.marking.step is MarkStep.WHICH else "answer_late")


def _ask(marking: Marking) -> Ask:
    params: dict[str, str | int] = {} if marking.tray is None else {"tray": marking.tray}
    what = "all" if marking.tray is None else "tray"
    match marking.step:
        case MarkStep.WHICH:
            return AskNumber(code="which_tray", result="mark_tray")
        case MarkStep.WHY:
            reasons = tuple(Choice(each, f"reason_{each}") for each in LATE_REASONS)
            return AskChoice(code=f"why_mark_{what}", choices=reasons, params=params)
        case MarkStep.SAY:
            return AskText(code="say_why_late", params=params)
        case MarkStep.SURE:
            mark = Choice(MARK, f"mark_{what}", params, is_primary=True)
            return AskChoice(code=f"mark_{what}", choices=(mark,), params={**params, "reason": marking.why})
