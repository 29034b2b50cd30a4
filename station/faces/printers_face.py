"""The printers as the window shows them: their page, their light, and the sentence at the work list."""

from __future__ import annotations

from station.core import printers_page
from station.core.page_state import PrintersPage
from station.core.state import StationState
from station.printing.seen import PrinterSeen
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.printers import PrintersFace
from station.view.status import DeviceLight, Light

CUT = "L407"


def printers_face(state: StationState, page: PrintersPage) -> PrintersFace:
    """The queues, or the question about one label."""
    job = printers_page.job_of(state, page.job) if page.job else None
    offers = (Offer(Action.BACK), Offer(Action.LOCK))
    if job is None:
        return PrintersFace(printers=state.printers, offers=offers)
    may = printers_page.answers(job)
    answers = tuple(Choice(each, f"print_{each}", is_primary=not place) for place, each in enumerate(may))
    ask = AskChoice(
        code="what_of_print", choices=(*answers, Choice("leave_it", "print_leave_it")), params={"printer": job.printer}
    )
    return PrintersFace(printers=state.printers, offers=offers, ask=ask, about=job)


def printers_bar(state: StationState, page: PrintersPage) -> Message:
    """What is wrong, or what the page is for."""
    return Message("answer_question") if page.job else printer_message(state) or Message("printers_page")


def printer_message(state: StationState) -> Message | None:
    """The first printer that needs somebody, those that do not print first."""
    return next(iter(printer_messages(state)), None)


def printer_messages(state: StationState) -> tuple[Message, ...]:
    """All of that."""
    return (
        *(_stands(each) for each in state.printers if each.code),
        *(_unknown(each) for each in state.printers if each.unknown),
        *(_impossible(each) for each in state.printers if each.impossible),
    )


def _stands(printer: PrinterSeen) -> Message:
    params: dict[str, str | int] = {"printer": printer.name, "fault": printer.code, "count": len(printer.waiting)}
    return Message("printer_stands", Level.ACT, params, error=printer.code)


def _unknown(printer: PrinterSeen) -> Message:
    params: dict[str, str | int] = {"printer": printer.name, "count": len(printer.unknown)}
    return Message("print_unknown", Level.ACT, params, error=printer.unknown[0].code or CUT)


def _impossible(printer: PrinterSeen) -> Message:
    params: dict[str, str | int] = {"printer": printer.name, "count": len(printer.impossible)}
    return Message("print_impossible", Level.ACT, params, error=printer.impossible[0].code)


def printer_light(state: StationState) -> DeviceLight | None:
    """Amber where a label waits for somebody: nothing at the bay stands because of it. None without a printer."""
    if not state.printers:
        return None
    said = printer_message(state)
    return DeviceLight("printer", Light.GOOD if said is None else Light.WAIT, "" if said is None else said.error)
