"""Work that no order asks for, as the window shows it."""

from __future__ import annotations

from datetime import datetime

from station.core.other_page import LENT, PLANNED, around, kinds, to_move, to_put_down
from station.core.state import OtherPage, StationState
from station.faces.other_ask import draft_ask, draft_said
from station.flows.other_draft import WAITS
from station.taken_seen import lent
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Message
from station.view.other import OtherFace


def other_face(state: StationState, page: OtherPage, now: datetime) -> OtherFace:
    """The kinds of other work, the question that is open, or the tools that are out."""
    refused = "store_read_only" if state.store_code else ""
    if page.draft is not None or page.awaits_hand:
        draft = page.draft
        ask = draft_ask(draft, around(state)) if draft is not None else None
        wait = "reading" if draft is None or draft.step in WAITS else ""
        said = draft_said(draft) if draft is not None else ()
        return OtherFace(rows=(), offers=(Offer(Action.BACK), Offer(Action.LOCK)), ask=ask, wait=wait, said=said)
    back = (Offer(Action.BACK),)
    if page.shows_lent:
        return OtherFace(rows=lent(state.taken, now), offers=(*back, Offer(Action.LOCK)))
    choices = tuple(Choice(each, f"other_{each}") for each in kinds(state, page))
    if page.is_tools:
        ask = AskChoice(code="other_tools", choices=(*choices, Choice(LENT, "other_lent")))
        return OtherFace(rows=(), offers=(*back, Offer(Action.LOCK)), ask=ask)
    if moves := to_move(state):
        choices = (*choices, Choice(PLANNED, "other_planned_move", {"count": len(moves)}))
    down = (Offer(Action.PUT_DOWN, refused),) if to_put_down(state) else ()
    ask_kind = None if refused else AskChoice(code="other_what", choices=choices)
    offers = (*back, *down, Offer(Action.TOOLS), Offer(Action.LOCK))
    return OtherFace(rows=(), offers=offers, ask=ask_kind, wait=refused)


def other_bar(state: StationState, page: OtherPage) -> Message:
    """What to do here."""
    if page.draft is None:
        return Message("other_lent" if page.shows_lent else "other_page")
    if page.draft.step in WAITS:
        return Message("reading")
    return Message("answer_or_scan" if page.draft.step.value in SCANNED else "answer_question")


SCANNED = frozenset({"item", "place", "tray", "compartment", "stock", "job"})
