"""The supervisor's desk, as the window shows it."""

from __future__ import annotations

from station.core.desk_page import kinds_of
from station.core.state import DeskPage
from station.desk.values import OF_ALARMS, OF_CASES, Show
from station.exceptions.steps import REASONS
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, Choice
from station.view.desk import DeskFace
from station.view.message import Message


def desk_face(page: DeskPage) -> DeskFace:
    """The list, or the question about one of its rows."""
    ask = _ask(page)
    offers = [Offer(Action.BACK)]
    if page.show is Show.CASES and ask is None and page.cases is not None:
        offers.append(Offer(Action.DESK_FILTER))
    is_read = page.cases is not None if page.show in OF_CASES else page.health is not None
    return DeskFace(
        show=page.show,
        offers=(*offers, Offer(Action.LOCK)),
        shown=OF_CASES if page.show in OF_CASES else OF_ALARMS,
        rows=page.listed,
        cases=page.cases,
        health=page.health,
        kind=page.kind,
        ask=ask,
        about=page.about if ask is not None else None,
        wait="" if is_read else "reading",
    )


def desk_bar(page: DeskPage) -> Message:
    """What to do here."""
    if page.is_filtering or page.about is not None:
        return Message("desk_ask" if page.steps is not None or page.is_filtering else "reading")
    if (page.cases if page.show in OF_CASES else page.health) is None:
        return Message("reading")
    return Message(f"desk_{page.show}" if page.show in (Show.CASES, Show.TOLD) else "desk_page")


def _ask(page: DeskPage) -> Ask | None:
    if page.is_filtering:
        return AskChoice(code="desk_filter", choices=tuple(Choice(each, f"case_{each}") for each in kinds_of(page)))
    if page.about is None or page.steps is None:
        return None
    if page.step in REASONS:
        choices = tuple(Choice(each, f"reason_{each}") for each in REASONS[page.step])
        return AskChoice(code=f"why_{page.step}", choices=choices)
    return AskChoice(code="case_steps", choices=tuple(Choice(each, each) for each in page.steps))
