"""Days of the record worked again, as the window shows them."""

from __future__ import annotations

from station.core.replay_page import DAYS
from station.core.state import ReplayPage
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.replay import ReplayFace

NOTHING, FAILED = "nothing", "failed"
CODES = {NOTHING: "O512", FAILED: "O516"}


def replay_face(page: ReplayPage) -> ReplayFace:
    """The question which days, the progress, or the report."""
    lock = Offer(Action.LOCK)
    if not page.days:
        choices = tuple(Choice(str(each), "replay_days", {"count": each}) for each in DAYS)
        return ReplayFace(offers=(Offer(Action.BACK), lock), ask=AskChoice(code="replay_which", choices=choices))
    if page.is_running:
        return ReplayFace(offers=(Offer(Action.STOP_REPLAY), lock), days=page.days, done=page.done, of=page.of)
    more = (Offer(Action.POLICIES),) if page.report is not None and not page.shows_policies else ()
    offers = (Offer(Action.BACK), *more, lock)
    return ReplayFace(offers=offers, days=page.days, report=page.report, why=page.why, shows_policies=page.shows_policies)


def replay_bar(page: ReplayPage) -> Message:
    """What is to be seen, and what to do next."""
    if not page.days:
        return Message("replay_which")
    if page.is_running:
        return Message("replay_running")
    if page.why:
        return Message(f"replay_{page.why}", Level.ACT, error=CODES[page.why])
    return Message("replay_policies" if page.shows_policies else "replay_page")
