"""The service page as the window shows it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from station.core import wear_page
from station.core.state import ServiceEntry, StationState, WearPage
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskText, Choice
from station.view.message import Level, Message
from station.view.wear import WearFace
from station.wear import INSPECTION, SERVICE


def wear_face(state: StationState, page: WearPage, now: datetime) -> WearFace:
    """The figures, or the question of a booking."""
    if page.entry is not None:
        offers: tuple[Offer, ...] = (Offer(Action.BACK), Offer(Action.LOCK))
        return WearFace(report=page.report, offers=offers, ask=_ask(state, page.entry, now))
    may_book = wear_page.may_book(state)
    book = (Offer(Action.BOOK_SERVICE, _refusal(state, page)),) if may_book else ()
    seen = (Offer(Action.SEE_DRIFT, _refusal(state, page)),) if may_book and drift_message(state) is not None else ()
    return WearFace(report=page.report, offers=(Offer(Action.BACK), *book, *seen, Offer(Action.LOCK)))


def _refusal(state: StationState, page: WearPage) -> str:
    if wear_page.awaits_report(state, page):
        return "reading"
    return "store_read_only" if state.store_code else ""


def _ask(state: StationState, entry: ServiceEntry, now: datetime) -> Ask:
    """What took place, when the next inspection is, by whom, and whether all that is right."""
    machine: dict[str, str | int] = {"machine": state.custody.machine}
    if not entry.what:
        choices = tuple(Choice(each, f"service_{each}") for each in (SERVICE, INSPECTION))
        return AskChoice(code="what_service", choices=choices, params=machine)
    if wear_page.asks_date(entry):
        days = wear_page.next_dates(now.date())
        named = tuple(Choice(each.isoformat(), "next_inspection_on", {"date": each.isoformat()}) for each in days)
        return AskChoice(code="next_inspection", choices=(*named, Choice(wear_page.NO_DATE, "no_date_yet")), params=machine)
    if wear_page.asks_note(entry):
        return AskText(code="service_note", params=machine)
    code = "book_inspection_until" if entry.next_inspection else f"book_{entry.what}"
    said: dict[str, str | int] = {"note": entry.note, "date": entry.next_inspection or ""}
    book = Choice(wear_page.BOOK, code, said, is_primary=True)
    return AskChoice(code=f"book_{entry.what}_now", choices=(book, Choice("not_booked", "not_booked")), params=machine)


def wear_bar(state: StationState, page: WearPage) -> Message:
    """What the page shows, or what is asked."""
    if page.entry is not None:
        return Message("answer_question")
    if page.report is not None and (due := due_message(page.report.machine, page.report.due)) is not None:
        return replace(due, code="wear_due")
    return drift_message(state) or Message("wear_page")


def drift_message(state: StationState) -> Message | None:
    """That the machine has become slower or faster than it was, until somebody who may has seen it."""
    told = state.drift
    if told is None or told.is_seen or not told.percent:
        return None
    code = "machine_slower" if told.percent > 0 else "machine_faster"
    params: dict[str, str | int] = {"machine": state.custody.machine, "percent": abs(told.percent), "date": told.since}
    return Message(code, Level.ACT, params, error="O513")


def due_message(machine: str, due: Collection[str]) -> Message | None:
    """That the machine is due, and where to read of what; None while nothing is."""
    if not due:
        return None
    code, error = ("inspection_due", "O331") if set(due) == {INSPECTION} else ("service_due", "O330")
    return Message(code, Level.ACT, {"machine": machine}, error=error)
