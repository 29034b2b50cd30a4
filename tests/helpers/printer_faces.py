"""Hand-made Views of the printers' page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.printing.seen import PrinterSeen
from station.values import LabelAbout, PrintJob, PrintState
from station.view.action import Action
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.printers import PrintersFace
from station.view.view import View
from tests.helpers.faces import NOW, offers, view


def job(name: str, label: str, state: PrintState, **more: object) -> PrintJob:
    """A job of the label printer, asked for ten minutes ago."""
    at = NOW - timedelta(minutes=10)
    made = PrintJob(
        job=name, printer="LP1", label=label, cause="order_end", about=LabelAbout(), state=state, queued_at=at, changed_at=at
    )
    return replace(made, **more)  # type: ignore[arg-type]


OPEN = (
    job("u", "packing_slip", PrintState.UNKNOWN, about=LabelAbout(order="SO-100277"), code="L407"),
    job("q", "packing_slip", PrintState.QUEUED, about=LabelAbout(order="SO-100281"), code="L403"),
    job(
        "r",
        "item",
        PrintState.QUEUED,
        cause="receipt",
        about=LabelAbout(machine="VLM1", tray=17, compartment="A10", item="4762-0466"),
    ),
)
PAST = (
    job("p", "tote", PrintState.PRINTED, cause="tote_end", about=LabelAbout(order="SO-100276"), copy_of="o", copy=2),
    job("d", "tray", PrintState.DROPPED, cause="tray_end", about=LabelAbout(machine="VLM1", tray=17)),
)
PRINTERS = (
    PrinterSeen(name="LP1", kind="zpl", open=OPEN, past=PAST, code="L403"),
    PrinterSeen(
        name="Office-2", kind="cups", past=(job("s", "packing_slip", PrintState.PRINTED, about=LabelAbout(order="SO-100270")),)
    ),
)


def printer_views() -> Iterator[tuple[str, View]]:
    """The queues, and the questions about one label."""
    face = PrintersFace(printers=PRINTERS, offers=offers(Action.BACK, Action.LOCK))
    stands = Message("printer_stands", Level.ACT, {"printer": "LP1", "fault": "L403", "count": 2}, error="L403")
    yield "printers", view(face, stands)
    well = replace(face, printers=tuple(replace(each, code="", open=(), past=()) for each in PRINTERS))
    yield "printers_well", view(well, Message("printers_page"))
    leave = Choice("leave_it", "print_leave_it")
    again, drop = Choice("again", "print_again", is_primary=True), Choice("drop", "print_drop")
    for name, about, choices in (
        ("unknown", OPEN[0], (again, drop, leave)),
        ("waiting", OPEN[1], (replace(drop, is_primary=True), leave)),
        ("past", PAST[0], (again, leave)),
    ):
        ask = AskChoice(code="what_of_print", choices=choices, params={"printer": "LP1"})
        yield f"printers_{name}", view(replace(face, ask=ask, about=about), Message("answer_question"))
