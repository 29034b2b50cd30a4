"""Hand-made Views of the service page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from station.values import Role, ServiceBooked
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskText, Choice
from station.view.message import Level, Message
from station.view.status import OperatorTag
from station.view.view import View
from station.view.wear import WearFace
from station.wear import Gauge, TrayReport, WearReport
from tests.helpers.device_faces import MAINTENANCE
from tests.helpers.faces import NOW, view

SERVICED = ServiceBooked(at=NOW - timedelta(days=212), person="p_3", note="KARDEX REPORT 4711")
TRAYS = tuple(
    TrayReport(
        tray=12 + 3 * place,
        cycles=2418 - 173 * place,
        metres=None if place == 2 else 9811.6 - 640 * place,
        run_s=81_300 - 5_200 * place,
        bay_s=402_000 - 31_000 * place,
        not_done=3 if place == 1 else 0,
        unknown=1 if place == 1 else 0,
        last_at=NOW - timedelta(hours=2 + 31 * place),
    )
    for place in range(12)
)
GAUGES = (Gauge("cycles", 8_204, 10_000), Gauge("hours", 412.4, 400), Gauge("metres", None, 50_000), Gauge("days", 212, 365))
REPORT = WearReport(
    machine="VLM1",
    gauges=GAUGES,
    motions=16_399,
    not_done=14,
    unknown=2,
    since=SERVICED.at,
    service=SERVICED,
    next_inspection=NOW.date() + timedelta(days=48),
    days_left=48,
    trays=TRAYS,
)
NEW = WearReport(
    machine="VLM1", gauges=(Gauge("cycles", 0), Gauge("hours", 0.0), Gauge("metres", None), Gauge("days", None)), trays=()
)
OFFERS = (Offer(Action.BACK), Offer(Action.BOOK_SERVICE), Offer(Action.LOCK))


def wear_views() -> Iterator[tuple[str, View]]:
    """The figures, none yet, an inspection that is over, and the questions of a booking."""
    face = WearFace(report=REPORT, offers=OFFERS)
    due = Message("wear_due", Level.ACT, {"machine": "VLM1"}, error="O330")
    yield "wear", _view(face, due)
    yield "wear_new", _view(replace(face, report=NEW), Message("wear_page"))
    reading = (Offer(Action.BACK), Offer(Action.BOOK_SERVICE, "reading"), Offer(Action.LOCK))
    yield "wear_reading", _view(WearFace(report=None, offers=reading), Message("wear_page"))
    drifted = {"machine": "VLM1", "percent": 18, "date": "2026-02-24"}
    seen = (*OFFERS[:2], Offer(Action.SEE_DRIFT), OFFERS[2])
    yield "wear_drifted", _view(replace(face, offers=seen), Message("machine_slower", Level.ACT, drifted, error="O513"))
    late = replace(REPORT, next_inspection=date(2026, 1, 31), days_left=-31, service=None)
    supervisor = OperatorTag("p_1", "J. Weber", Role.SUPERVISOR)
    looked = replace(face, report=late, offers=(Offer(Action.BACK), Offer(Action.LOCK)))
    yield "wear_supervisor", replace(_view(looked, due), operator=supervisor)
    machine: dict[str, str | int] = {"machine": "VLM1"}
    what = tuple(Choice(each, f"service_{each}") for each in ("service", "inspection"))
    yield "wear_what", _asking(face, AskChoice(code="what_service", choices=what, params=machine))
    days = tuple(Choice(each, "next_inspection_on", {"date": each}) for each in ("2026-09-03", "2027-03-03", "2028-03-03"))
    dates = (*days, Choice("no_date", "no_date_yet"))
    yield "wear_date", _asking(face, AskChoice(code="next_inspection", choices=dates, params=machine))
    yield "wear_note", _asking(face, AskText(code="service_note", params=machine))
    for kind in ("service", "inspection"):
        code = "book_inspection_until" if kind == "inspection" else "book_service"
        said: dict[str, str | int] = {"note": "KARDEX-4711-AND-4712-OK", "date": "2027-03-03"}
        book = Choice("book", code, said, is_primary=True)
        ask = AskChoice(code=f"book_{kind}_now", choices=(book, Choice("not_booked", "not_booked")), params=machine)
        yield f"wear_book_{kind}", _asking(face, ask)


def _asking(face: WearFace, ask: Ask) -> View:
    return _view(replace(face, ask=ask, offers=(Offer(Action.BACK), Offer(Action.LOCK))), Message("answer_question"))


def _view(face: WearFace, bar: Message) -> View:
    return view(face, bar, operator=MAINTENANCE)
