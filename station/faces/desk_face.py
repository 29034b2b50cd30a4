"""The supervisor's desk, as the window shows it."""

from __future__ import annotations

from station.core.desk_counts import COUNT_NOW
from station.core.desk_page import kinds_of
from station.core.state import DeskPage
from station.desk.values import OF_CASES, OF_COUNTS, WITH_PEOPLE, Show, group_of, is_of_figures
from station.exceptions.steps import REASONS
from station.figures.sheet import ByPerson
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, Choice
from station.view.desk import DeskFace
from station.view.message import Message


def desk_face(page: DeskPage, by_person: ByPerson) -> DeskFace:
    """The list, or the question about one of its rows."""
    ask = _ask(page)
    offers = [Offer(Action.BACK)]
    if page.is_filterable and ask is None:
        offers.append(Offer(Action.DESK_FILTER))
    if page.sheet is not None and ask is None and page.show in WITH_PEOPLE:
        offers.append(Offer(Action.DESK_EXPORT, "desk_exporting" if page.is_exporting else ""))
    return DeskFace(
        show=page.show,
        offers=(*offers, Offer(Action.LOCK)),
        shown=group_of(page.show, with_people=by_person.is_on),
        rows=page.listed,
        cases=page.cases,
        health=page.health,
        kind=page.kind,
        ask=ask,
        about=page.about if ask is not None else None,
        sheet=page.sheet,
        counts=page.counts,
        to_count=page.to_count,
        stretch=page.stretch,
        by_person=by_person,
        wait="" if _is_read(page) else "reading",
    )


def desk_bar(page: DeskPage) -> Message:
    """What to do here."""
    if page.to_count is not None:
        return Message("desk_ask")
    if page.is_filtering or page.about is not None:
        return Message("desk_ask" if page.steps is not None or page.is_filtering else "reading")
    if not _is_read(page):
        return Message("reading")
    if page.show in (Show.PROGRAMME, Show.MISSING, Show.VARIANCES):
        return Message("desk_counts")
    if page.show in (Show.PEOPLE, Show.OWN):
        return Message("desk_people")
    return Message(f"desk_{page.show}" if page.show in (Show.CASES, Show.TOLD) else "desk_page")


def _is_read(page: DeskPage) -> bool:
    if page.show in OF_CASES:
        return page.cases is not None
    if page.show in OF_COUNTS:
        return page.counts is not None
    return (page.sheet if is_of_figures(page.show) else page.health) is not None


def _ask(page: DeskPage) -> Ask | None:
    if page.is_filtering and is_of_figures(page.show):
        return AskChoice(code="desk_stretch", choices=tuple(Choice(each, f"stretch_{each}") for each in kinds_of(page)))
    if page.is_filtering:
        return AskChoice(code="desk_filter", choices=tuple(Choice(each, f"case_{each}") for each in kinds_of(page)))
    if page.to_count is not None:
        return AskChoice(code="have_counted", choices=(Choice(COUNT_NOW, COUNT_NOW, is_primary=True),))
    if page.about is None or page.steps is None:
        return None
    if page.step in REASONS:
        choices = tuple(Choice(each, f"reason_{each}") for each in REASONS[page.step])
        return AskChoice(code=f"why_{page.step}", choices=choices)
    return AskChoice(code="case_steps", choices=tuple(Choice(each, each) for each in page.steps))
